// SPDX-License-Identifier: Apache-2.0
#include "life.hpp"
#include "life_courses.hpp"
#include "tables.hpp"
#include "tallies.hpp"

#include <utvei/engine/simulate.hpp>
#include <utvei/population/fingerprint.hpp>
#include <utvei/scenario/plan.hpp>

#include <algorithm>
#include <atomic>
#include <memory>
#include <numeric>
#include <span>

#include <fmt/format.h>

namespace utvei {

namespace {

/// What one thread owns.
struct Worker {
  Worker(RunPlan const& plan, TallyDesign const& design) : life{plan}, tallies{design} {}
  Life life;
  Tallies tallies;
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
                  LifeCourseSelection const& selection, Worker& worker) {
  Life& life = worker.life;
  Tallies& tallies = worker.tallies;
  for (PersonRow const& person : block) {
    fetch_ahead(people, block, &person);
    life.begin(people, person, key);
    tallies.begin(life);
    RecordedLife record{worker.records, selection, life};
    while (life.is_open()) {
      Event const event = next_event(plan, life);
      tallies.add_time(life, event.time);
      life.apply(event);
      tallies.count(event, life);
      record.add(event);
    }
  }
}

/// Sorts rows by a small number, keeping the order of equals.
template <class Key>
void sort_by(std::span<PersonRow> rows, std::size_t keys, Key const& key) {
  std::vector<std::uint32_t> starts(keys + 1);
  for (PersonRow const row : rows) {
    ++starts[key(row) + 1];
  }
  std::partial_sum(starts.begin(), starts.end(), starts.begin());
  std::vector<PersonRow> const old(rows.begin(), rows.end());
  for (PersonRow const row : old) {
    rows[starts[key(row)]++] = row;
  }
}

/// People of one profile stand together, and in a block those of one group, so that a worker uses a small part of the
/// rates and of the tallies at a time. Sums of integers do not mind the order.
std::vector<PersonRow> working_order(RunPlan const& plan, Population const& people, TallyDesign const& design,
                                     std::size_t block_size) {
  std::vector<PersonRow> order(people.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    order[i] = PersonRow{i};
  }
  if (plan.profiles.size() > 1) {
    std::vector<std::uint16_t> levels(people.traits.size());
    sort_by(std::span{order}, plan.profiles.size(), [&](PersonRow row) {
      for (std::size_t t = 0; t < levels.size(); ++t) {
        levels[t] = people.traits[t].empty() ? std::uint16_t{0} : people.traits[t][row];
      }
      return plan.profiles.find(people.region.empty() ? RegionId{} : people.region[row], levels);
    });
  }
  for (std::size_t first = 0; first < order.size(); first += block_size) {
    sort_by(std::span{order}.subspan(first, std::min(block_size, order.size() - first)), design.groups,
            [&](PersonRow row) { return design.group_of(people.key[row]); });
  }
  return order;
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
      sum.add(workers[i]->tallies);
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

RunResult described(Scenario const& scenario, Rates const& rates, Population const& people,
                    std::vector<bool> const& shown, std::size_t threads) {
  RunResult result;
  for (State const& state : scenario.model.states) {
    result.states.push_back(info_of(state));
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
  result.provenance.people = fingerprint(people, scenario.model, threads);
  bool const from_register = rates.data_class == "register" || people.data_class == "register";
  bool const open = rates.data_class == "open" || people.data_class == "open";
  result.provenance.data_class = from_register ? "register" : open ? "open" : "synthetic";
  return result;
}

}  // namespace

RunResult simulate(Scenario const& scenario, Rates const& rates, Population const& people,
                   SimulateOptions const& options) {
  std::size_t const threads = thread_count(options.threads);
  TallyDesign const design{scenario, TallyCalendar{scenario.start, scenario.end, scenario.stock_dates}};
  std::vector<bool> const shown = regions_of(scenario.model.regions, people);
  ResultTables tables{scenario, design, shown};
  RunResult result = described(scenario, rates, people, shown, threads);
  LifeCourseRecords courses;
  std::uint32_t const draws = std::max(1U, scenario.draws);
  std::uint64_t const total = std::uint64_t{people.size()} * draws * scenario.replicates;
  std::atomic<std::uint64_t> done{0};
  for (std::uint32_t draw = 0; draw < draws; ++draw) {
    Diagnostics diagnostics;
    RunPlan const plan = compile(scenario, rates, people, draw, diagnostics);
    throw_if_errors(diagnostics);
    std::vector<PersonRow> const order = working_order(plan, people, design, options.block_size);
    for (std::uint32_t replicate = 0; replicate < scenario.replicates; ++replicate) {
      RandomKey const key{scenario.seed, draw, replicate};
      LifeCourseSelection const selection =
          draw + replicate == 0 ? select_life_courses(scenario.life_courses, people) : LifeCourseSelection{};
      std::vector<std::unique_ptr<Worker>> workers(threads);
      parallel_for_blocks(order.size(), options.block_size, threads, options.stop, [&](Block const& block) {
        auto& worker = workers[block.thread];
        if (!worker) {
          worker = std::make_unique<Worker>(plan, design);
        }
        follow_block(plan, people, std::span{order}.subspan(block.first, block.last - block.first), key, selection,
                     *worker);
        done += block.last - block.first;
        if (options.progress) {
          options.progress(done.load(), total);
        }
      });
      tables.append(gather(workers, design, courses));
    }
  }
  tables.move_into(result);
  if (scenario.life_courses.kind != LifeCourseRequest::Kind::none) {
    result.life_courses = to_table(std::move(courses), scenario.model);
  }
  return result;
}

}  // namespace utvei
