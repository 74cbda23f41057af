// SPDX-License-Identifier: Apache-2.0
#include "allocation.hpp"
#include "assumed_effects.hpp"
#include "contact_tallies.hpp"
#include "definition_tallies.hpp"
#include "follow_up_tallies.hpp"
#include "life.hpp"
#include "life_courses.hpp"
#include "participant_tallies.hpp"
#include "path_recorder.hpp"
#include "service_tallies.hpp"
#include "tables.hpp"
#include "tallies.hpp"
#include "working_order.hpp"

#include <utvei/core/data_class.hpp>
#include <utvei/engine/simulate.hpp>
#include <utvei/population/fingerprint.hpp>
#include <utvei/scenario/plan.hpp>

#include <algorithm>
#include <atomic>
#include <memory>
#include <span>

#include <fmt/format.h>

namespace utvei {

namespace {

/// Everything that is counted of lives, beside the states that they are in.
struct Designs {
  DefinitionDesign definitions;
  ServiceDesign const& services;
  ParticipantDesign participants;
  FollowUpDesign follow_ups;
  /// Whether lives are looked at whole when they are over.
  [[nodiscard]] bool need_paths() const { return !definitions.is_empty() || !follow_ups.is_empty(); }
};

/// What one thread owns.
struct Worker {
  Worker(RunPlan const& plan, TallyDesign const& design, Designs const& designs)
      : life{plan},
        tallies{design},
        defined{designs.definitions},
        served{designs.services},
        began{designs.participants},
        contacts{designs.services},
        followed{designs.follow_ups} {}
  Life life;
  Tallies tallies;
  DefinitionTallies defined;
  ServiceTallies served;
  ParticipantTallies began;
  ContactTallies contacts;
  FollowUpTallies followed;
  PathRecorder recorder;
  LifeCourseRecords records;
};

/// The working order jumps through the population: asks memory for people a few lives before they are followed.
/// (Were it a call, the compiler would find no effect in it and leave it out.)
[[gnu::always_inline]] inline void fetch_ahead(Population const& people, std::span<PersonRow const> block,
                                               PersonRow const* person) {
  constexpr std::ptrdiff_t lives = 4;
  if (&block.back() - person >= lives) {
    PersonRow const row = person[lives];
    auto const fetch = [row](auto const& column) __attribute__((always_inline)) {
      if (!column.empty()) {
        __builtin_prefetch(&column[row]);
      }
    };
    fetch(people.key);
    fetch(people.state);
    fetch(people.birth);
    fetch(people.region);
  }
}

/// The page that everybody reads: a block of people, one life after another.
void follow_block(RunPlan const& plan, Population const& people, std::span<PersonRow const> block, RandomKey const& key,
                  Answers const& answers, LifeCourseSelection const& selection, bool records_path, Worker& worker) {
  Life& life = worker.life;
  Tallies& tallies = worker.tallies;
  for (PersonRow const& person : block) {
    fetch_ahead(people, block, &person);
    life.begin(people, person, key, answers.of(person));
    tallies.begin(life);
    RecordedLife record{worker.records, selection, life};
    if (records_path) worker.recorder.begin(life);
    while (life.is_open()) {
      Event const event = next_event(plan, life);
      tallies.add_time(life, event.time);
      life.apply(event);
      tallies.count(event, life);
      record.add(event, life);
      if (records_path) worker.recorder.add(event, life);
    }
    if (records_path) {
      worker.defined.see(worker.recorder.path());
      worker.followed.see(worker.recorder.path(), plan, key);
    }
    worker.served.see(life);
    worker.began.see(life);
    worker.contacts.see(life);
  }
}

/// One kind of tallies of all workers.
template <class Sums, class Design>
Sums gather(std::vector<std::unique_ptr<Worker>> const& workers, Sums Worker::*part, Design const& design) {
  Sums sum{design};
  for (auto const& worker : workers) {
    if (worker) sum.add((*worker).*part);
  }
  return sum;
}

/// What the workers did, together. The first one's sums take the others'.
Tallies gather(std::vector<std::unique_ptr<Worker>>& workers, TallyDesign const& design, LifeCourseRecords& courses) {
  std::erase(workers, nullptr);
  if (workers.empty()) {
    return Tallies{design};
  }
  Tallies sum = std::move(workers.front()->tallies);
  for (std::size_t i = 0; i < workers.size(); ++i) {
    if (i > 0) {
      sum.add(std::move(workers[i]->tallies));
    }
    courses.append(std::move(workers[i]->records));
    workers[i].reset();
  }
  return sum;
}

StateInfo info_of(State const& state) {
  return {state.name, state.group, label_in(state.label, "nb", state.name), label_in(state.label, "nn", state.name),
          label_in(state.label, "en", state.name)};
}

/// The regions that tables tell apart: those at the bottom of the tree, and others in which somebody lives. A county's
/// people are its municipalities'.
std::vector<bool> regions_of(Regions const& regions, Population const& people) {
  std::vector<bool> shown(regions.size(), true);
  for (std::size_t r = 0; r < regions.size(); ++r) {
    if (auto const& parent = regions[RegionId{r}].parent) {
      shown[parent->value()] = false;
    }
  }
  for (RegionId const region : people.region) {
    shown[region.value()] = true;
  }
  return shown;
}

/// Whether who begins a measure, and when, hangs on the others who ask.
bool couples_people(Measure const& measure) {
  return measure.places || !measure.uses.empty() || measure.queue.group_size > 1;
}

bool slows_ways_out(Measure const& measure) {
  return measure.need &&
         std::ranges::any_of(measure.need->slows, [](Slowing const& slowing) { return slowing.ratio.mean != 1; });
}

RunResult described(Scenario const& scenario, Rates const& rates, Population const& people,
                    std::vector<bool> const& shown, std::size_t threads) {
  RunResult result;
  for (State const& state : scenario.model.states) {
    result.states.push_back(info_of(state));
  }
  for (Definition const& definition : scenario.model.definitions) {
    auto const label = [&](char const* language) { return label_in(definition.label, language, definition.name); };
    result.definitions.push_back({definition.name, definition.better, label("nb"), label("nn"), label("en")});
  }
  for (Measure const& measure : scenario.measures) {
    auto const label = [&](char const* language) { return label_in(measure.label, language, measure.name); };
    result.measures.push_back({measure.name, "", label("nb"), label("nn"), label("en")});
  }
  for (std::size_t r = 0; r < shown.size(); ++r) {
    if (shown[r]) {
      RegionId const region{r};
      result.region_names[scenario.model.regions[region].code] = scenario.model.regions.name(region, "nb");
    }
  }
  result.provenance.seed = scenario.seed;
  result.provenance.scenario_name = scenario.name;
  result.provenance.scenario = scenario.resolved;
  result.provenance.start = format(scenario.start);
  result.provenance.end = format(scenario.end);
  for (MonthDay const& day : scenario.stock_dates) {
    result.provenance.stock_dates +=
        fmt::format("{}{:02}-{:02}", result.provenance.stock_dates.empty() ? "" : ", ", day.month, day.day);
  }
  result.provenance.model = scenario.model.path;
  result.provenance.rates = scenario.model.rate_file.value_or("");
  result.provenance.people = fingerprint(people, scenario.model, threads);
  result.provenance.places_couple_people = std::ranges::any_of(scenario.measures, couples_people);
  result.provenance.unmet_needs_slow = std::ranges::any_of(scenario.measures, slows_ways_out);
  result.provenance.assumed = assumed_effects(scenario);
  result.provenance.data_class = strictest({rates.data_class, people.data_class, scenario.demography.data_class});
  return result;
}

}  // namespace

std::string describe_capped(std::size_t intensities, std::size_t draws) {
  if (intensities == 0) return {};
  return fmt::format(
      "{} intensities in {} of the parameter draws are above one a minute, and are taken as one a minute", intensities,
      draws);
}

RunResult simulate(Scenario const& scenario, Rates const& rates, Population const& people,
                   SimulateOptions const& options) {
  Diagnostics diagnostics;
  RunPlan plan = compile(scenario, rates, people, 0, diagnostics);
  throw_if_errors(diagnostics);
  return simulate(scenario, rates, people, std::move(plan), options);
}

RunResult simulate(Scenario const& scenario, Rates const& rates, Population const& people, RunPlan plan,
                   SimulateOptions const& options) {
  std::size_t const threads = thread_count(options.threads);
  TallyDesign const design{scenario, TallyCalendar{scenario.start, scenario.end, scenario.stock_dates}};
  std::vector<bool> const shown = regions_of(scenario.model.regions, people);
  ResultTables tables{scenario, design, shown};
  DefinitionDesign const definitions{scenario, people, design.calendar};
  ServiceDesign const services{scenario, design.calendar, definitions.by_region};
  Designs const designs{definitions, services, ParticipantDesign{scenario, services, design.age_cuts},
                        FollowUpDesign{scenario, definitions.by_region}};
  DefinitionTables defined{designs.definitions, shown};
  ServiceTables served{designs.services, shown};
  ParticipantTables began{designs.participants, shown};
  ContactTables contacts{designs.services, shown};
  FollowUpTables followed{designs.follow_ups, shown};
  RunResult result = described(scenario, rates, people, shown, threads);
  LifeCourseRecords courses;
  std::vector<PersonRow> const order = working_order(plan.profiles, people, design, options.block_size, threads);
  std::uint32_t const draws = std::max(1U, scenario.draws);
  std::uint64_t const total = std::uint64_t{people.size()} * draws * scenario.replicates;
  std::atomic<std::uint64_t> done{0};
  std::size_t capped = 0;
  std::size_t capped_draws = 0;
  for (std::uint32_t draw = 0; draw < draws; ++draw) {
    if (draw > 0) {
      Diagnostics diagnostics;
      plan = compile(scenario, rates, people, draw, diagnostics);
      throw_if_errors(diagnostics);
    }
    capped += plan.capped_rates;
    capped_draws += plan.capped_rates > 0 ? 1U : 0U;
    for (std::uint32_t replicate = 0; replicate < scenario.replicates; ++replicate) {
      RandomKey const key{scenario.seed, draw, replicate};
      Answers const answers = allocate(plan, people, key, threads, options.stop);
      LifeCourseSelection const selection =
          draw + replicate == 0 ? select_life_courses(scenario.life_courses, people) : LifeCourseSelection{};
      std::vector<std::unique_ptr<Worker>> workers(threads);
      parallel_for_blocks(order.size(), options.block_size, threads, options.stop, [&](Block const& block) {
        auto& worker = workers[block.thread];
        if (!worker) {
          worker = std::make_unique<Worker>(plan, design, designs);
        }
        follow_block(plan, people, std::span{order}.subspan(block.first, block.last - block.first), key, answers,
                     selection, designs.need_paths(), *worker);
        done += block.last - block.first;
        if (options.progress) {
          options.progress(done.load(), total);
        }
      });
      defined.append(gather(workers, &Worker::defined, designs.definitions));
      served.append(gather(workers, &Worker::served, designs.services), plan);
      began.append(gather(workers, &Worker::began, designs.participants));
      contacts.append(gather(workers, &Worker::contacts, designs.services));
      followed.append(gather(workers, &Worker::followed, designs.follow_ups));
      tables.append(gather(workers, design, courses));
    }
  }
  if (options.warn && capped > 0) options.warn(describe_capped(capped, capped_draws));
  tables.move_into(result);
  defined.move_into(result, scenario.draws, scenario.replicates);
  served.move_into(result, scenario.draws, scenario.replicates);
  began.move_into(result, scenario.draws, scenario.replicates);
  contacts.move_into(result, scenario.draws, scenario.replicates);
  followed.move_into(result, scenario.draws, scenario.replicates);
  if (scenario.life_courses.kind != LifeCourseRequest::Kind::none) {
    result.life_courses = to_table(
        std::move(courses), select_life_courses(scenario.life_courses, people), people, scenario.model, scenario.start,
        std::ranges::any_of(scenario.measures, [](Measure const& measure) { return measure.state.has_value(); }));
  }
  return result;
}

}  // namespace utvei
