// SPDX-License-Identifier: Apache-2.0
#include "catchments.hpp"
#include "describe_run.hpp"
#include "follow_together.hpp"
#include "tables.hpp"
#include "working_order.hpp"

#include <utvei/core/contract.hpp>
#include <utvei/engine/parted_run.hpp>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <utility>

namespace utvei {
namespace {

/// The tables of a result, of one kind of tallies each.
struct AllTables {
  AllTables(Scenario const& scenario, Designs const& designs, std::vector<bool> const& shown)
      : states{scenario, designs.states, shown},
        defined{designs.definitions, shown},
        served{designs.services, shown},
        began{designs.participants, shown},
        contacts{designs.services, shown},
        followed{designs.follow_ups, shown},
        ways{designs.pathways, shown} {}
  ResultTables states;
  DefinitionTables defined;
  ServiceTables served;
  ParticipantTables began;
  ContactTables contacts;
  FollowUpTables followed;
  PathwayTables ways;

  void append(PartNumbers numbers, RunPlan const* plan) {
    defined.append(numbers.defined);
    if (plan != nullptr) served.append(numbers.served, *plan);
    began.append(numbers.began);
    contacts.append(numbers.contacts);
    followed.append(numbers.followed);
    ways.append(numbers.ways);
    states.append(std::move(numbers.tallies));
  }
  void move_into(RunResult& result, std::uint32_t draws, std::uint32_t replicates) {
    states.move_into(result);
    defined.move_into(result, draws, replicates);
    served.move_into(result, draws, replicates);
    began.move_into(result, draws, replicates);
    contacts.move_into(result, draws, replicates);
    followed.move_into(result, draws, replicates);
    ways.move_into(result, draws, replicates);
  }
};

}  // namespace

/// Plans are large: one is kept, and those that somebody still follows people by.
class PartedRunInside {
 public:
  PartedRunInside(Scenario const& scenario, Rates const& rates, Population const& people, RunPlan plan,
                  std::size_t threads, std::size_t block_size)
      : scenario_{scenario},
        rates_{rates},
        people_{people},
        threads_{thread_count(threads)},
        block_size_{block_size},
        designs_{scenario, people},
        shown_{shown_regions(scenario.model.regions, people)},
        tables_{scenario, designs_, shown_},
        catchments_{plan, people, scenario.model.regions.size()},
        order_{working_order(plan.profiles, people, designs_.states, catchments_.places_of_regions(), threads_)},
        selection_{select_life_courses(scenario.life_courses, people)},
        plan_{std::make_shared<RunPlan const>(std::move(plan))} {}

  [[nodiscard]] bool is_divisible() const { return catchments_.are_none(); }
  [[nodiscard]] bool serves_at_dates() const { return !is_divisible() && catchments_.serve_at_dates(); }
  [[nodiscard]] std::vector<std::size_t> cuts(std::size_t people_per_part) const;
  [[nodiscard]] bool may_cut_at(std::size_t place) const;
  PartNumbers follow(RunPart const& part, SimulateOptions const& options, Exchange* others = nullptr);
  [[nodiscard]] bool can_join(PartedRunInside const& baseline) const;
  [[nodiscard]] bool divides_like(PartedRunInside const& other) const { return order_ == other.order_; }
  static CountedTogether follow(std::span<PartedRunInside* const> runs, RunPart const& part,
                                SimulateOptions const& options);
  [[nodiscard]] Designs const& designs() const { return designs_; }
  void append(PartNumbers numbers);
  RunResult finish(std::function<void(std::string const&)> const& warn);

 private:
  std::shared_ptr<RunPlan const> plan_of(std::uint32_t draw);
  [[nodiscard]] std::vector<PersonRow> rows_of(RunPart const& part, std::size_t threads) const {
    auto const rows = std::span<PersonRow const>{order_}.subspan(part.first, part.last - part.first);
    return by_group(rows, people_, designs_.states, block_size_, threads);
  }
  [[nodiscard]] RandomKey key_of(RunPart const& part) const { return {scenario_.seed, part.draw, part.replicate}; }
  [[nodiscard]] RegionId region_at(std::size_t place) const {
    return people_.region.empty() ? RegionId{} : people_.region[order_[place]];
  }
  [[nodiscard]] std::uint32_t catchment_at(std::size_t place) const { return catchments_.of(region_at(place)); }
  [[nodiscard]] std::size_t end_of_piece(std::size_t place) const;

  Scenario const& scenario_;
  Rates const& rates_;
  Population const& people_;
  std::size_t threads_, block_size_;
  Designs designs_;
  std::vector<bool> shown_;
  AllTables tables_;
  Catchments catchments_;
  std::vector<PersonRow> order_;
  LifeCourseSelection selection_;
  std::shared_ptr<RunPlan const> plan_;  ///< of the draw
  std::uint32_t draw_{0};
  std::mutex mutex_;  ///< of these two
  std::size_t appended_{0}, capped_rates_{0}, capped_draws_{0};
  LifeCourseRecords courses_;
};

std::shared_ptr<RunPlan const> PartedRunInside::plan_of(std::uint32_t draw) {
  std::scoped_lock const lock{mutex_};
  if (draw != draw_ || !plan_) {
    plan_.reset();
    Diagnostics diagnostics;
    plan_ = std::make_shared<RunPlan const>(compile(scenario_, rates_, people_, draw, diagnostics));
    draw_ = draw;
    throw_if_errors(diagnostics);
  }
  return plan_;
}

/// Where those end who stay together if they can: the people of a catchment, or of a region.
std::size_t PartedRunInside::end_of_piece(std::size_t place) const {
  RegionId const region = region_at(place);
  std::uint32_t const catchment = catchment_at(place);
  while (place < order_.size() &&
         (catchment == Catchments::none ? region_at(place) == region : catchment_at(place) == catchment))
    ++place;
  return place;
}

bool PartedRunInside::may_cut_at(std::size_t place) const {
  if (place == 0 || place >= order_.size()) return true;
  return catchment_at(place) == Catchments::none || catchment_at(place) != catchment_at(place - 1);
}

std::vector<std::size_t> PartedRunInside::cuts(std::size_t people_per_part) const {
  UTVEI_EXPECT(people_per_part > 0);
  std::vector<std::size_t> cuts{0};
  std::size_t at = 0;
  while (at < order_.size()) {
    std::size_t const end = end_of_piece(at);
    bool const fits = end - cuts.back() <= people_per_part;
    if (!fits && at > cuts.back()) cuts.push_back(at);
    bool const is_whole = catchment_at(at) != Catchments::none;
    while (!is_whole && end - cuts.back() > people_per_part) cuts.push_back(cuts.back() + people_per_part);
    at = end;
  }
  if (cuts.back() < order_.size() || cuts.size() == 1) cuts.push_back(order_.size());
  return cuts;
}

namespace {

/// Tells how many lives are done out of all, from any thread; nothing where nobody listens.
std::function<void(std::uint64_t)> teller(SimulateOptions const& options, std::atomic<std::uint64_t>& done,
                                          std::uint64_t all) {
  if (!options.progress) return {};
  return [&options, &done, all](std::uint64_t lives) { options.progress(done += lives, all); };
}

}  // namespace

PartNumbers PartedRunInside::follow(RunPart const& part, SimulateOptions const& options, Exchange* others) {
  UTVEI_EXPECT(part.first <= part.last && may_cut_at(part.first) && may_cut_at(part.last));
  std::shared_ptr<RunPlan const> const plan = plan_of(part.draw);
  RunPart own = part;
  if (others != nullptr) {
    std::size_t const people = part.last - part.first;
    own.first = part.first + people * others->member() / others->members();
    own.last = part.first + people * (others->member() + 1) / others->members();
  }
  std::vector<PersonRow> const rows = rows_of(own, options.threads);
  std::atomic<std::uint64_t> done{0};
  bool const is_first = part.draw + part.replicate == 0;
  return follow_part(*plan, {people_, rows, key_of(part)}, is_first ? selection_ : LifeCourseSelection{}, designs_,
                     options, teller(options, done, rows.size()), others);
}

bool PartedRunInside::can_join(PartedRunInside const& baseline) const {
  auto const keeps_none = [](Scenario const& scenario) {
    return scenario.life_courses.kind == LifeCourseRequest::Kind::none;
  };
  return &people_ == &baseline.people_ && scenario_.seed == baseline.scenario_.seed && keeps_none(scenario_) &&
         keeps_none(baseline.scenario_) && designs_.count_like(baseline.designs_);
}

CountedTogether PartedRunInside::follow(std::span<PartedRunInside* const> runs, RunPart const& part,
                                        SimulateOptions const& options) {
  PartedRunInside& baseline = *runs.front();
  std::vector<std::shared_ptr<RunPlan const>> plans;
  std::vector<RunOfPart> all;
  for (PartedRunInside* const run : runs) {
    UTVEI_EXPECT(run->may_cut_at(part.first) && run->may_cut_at(part.last));
    UTVEI_EXPECT(run == &baseline || run->can_join(baseline));
    plans.push_back(run->plan_of(part.draw));
    all.push_back({*plans.back(), run->designs_});
  }
  std::vector<PersonRow> const rows = baseline.rows_of(part, options.threads);
  std::atomic<std::uint64_t> done{0};
  return follow_together(all, {baseline.people_, rows, baseline.key_of(part)}, options,
                         teller(options, done, rows.size() * runs.size()));
}

void PartedRunInside::append(PartNumbers numbers) {
  auto const draw = static_cast<std::uint32_t>(appended_ / scenario_.replicates);
  if (appended_++ % scenario_.replicates == 0) {
    capped_rates_ += numbers.capped_rates;
    capped_draws_ += numbers.capped_rates > 0 ? 1U : 0U;
  }
  courses_.append(std::move(numbers.courses));
  // The plan has the places of measures.
  auto const plan = designs_.services.is_empty() ? nullptr : plan_of(draw);
  tables_.append(std::move(numbers), plan.get());
}

RunResult PartedRunInside::finish(std::function<void(std::string const&)> const& warn) {
  UTVEI_EXPECT(appended_ == std::size_t{std::max(1U, scenario_.draws)} * scenario_.replicates);
  if (warn && capped_rates_ > 0) warn(describe_capped(capped_rates_, capped_draws_));
  RunResult result = described(scenario_, rates_, people_, shown_, threads_);
  tables_.move_into(result, scenario_.draws, scenario_.replicates);
  if (scenario_.life_courses.kind != LifeCourseRequest::Kind::none)
    result.life_courses = to_table(
        std::move(courses_), selection_, people_, scenario_.model, scenario_.start,
        std::ranges::any_of(scenario_.measures, [](Measure const& measure) { return measure.state.has_value(); }));
  return result;
}

PartTallies::PartTallies(std::unique_ptr<PartNumbers> numbers) : numbers_{std::move(numbers)} {}
PartTallies::PartTallies(PartTallies&&) noexcept = default;
PartTallies& PartTallies::operator=(PartTallies&&) noexcept = default;
PartTallies::~PartTallies() = default;

void PartTallies::add(PartTallies other) {
  numbers_->add(std::move(*other.numbers_));
}

PartedRun::PartedRun(Scenario const& scenario, Rates const& rates, Population const& people, RunPlan plan,
                     std::size_t threads, std::size_t block_size)
    : inside_{std::make_unique<PartedRunInside>(scenario, rates, people, std::move(plan), threads, block_size)} {}
PartedRun::~PartedRun() = default;

bool PartedRun::is_divisible() const {
  return inside_->is_divisible();
}

bool PartedRun::serves_at_dates() const {
  return inside_->serves_at_dates();
}

std::vector<std::size_t> PartedRun::cuts(std::size_t people_per_part) const {
  return inside_->cuts(people_per_part);
}

bool PartedRun::may_cut_at(std::size_t place) const {
  return inside_->may_cut_at(place);
}

PartTallies PartedRun::follow(RunPart const& part, SimulateOptions const& options) {
  return PartTallies{std::make_unique<PartNumbers>(inside_->follow(part, options))};
}

PartTallies PartedRun::follow_with(Exchange& others, RunPart const& part, SimulateOptions const& options) {
  return PartTallies{std::make_unique<PartNumbers>(inside_->follow(part, options, &others))};
}

bool PartedRun::can_join(PartedRun const& baseline) const {
  return inside_->can_join(*baseline.inside_);
}

bool PartedRun::divides_like(PartedRun const& other) const {
  return inside_->divides_like(*other.inside_);
}

std::vector<PartedRun::Followed> PartedRun::follow_together(std::span<PartedRun* const> runs, RunPart const& part,
                                                            SimulateOptions const& options) {
  std::vector<PartedRunInside*> insides;
  for (PartedRun* const run : runs) insides.push_back(run->inside_.get());
  CountedTogether counted = PartedRunInside::follow(insides, part, options);
  std::vector<Followed> all;
  for (std::size_t i = 0; i < runs.size(); ++i)
    all.push_back({PartTallies{std::make_unique<PartNumbers>(std::move(counted.numbers[i]))}, counted.followed[i]});
  return all;
}

std::string PartedRun::pack(PartTallies& tallies) const {
  return utvei::pack(*tallies.numbers_, inside_->designs());
}

PartTallies PartedRun::unpack(std::string_view bytes) const {
  return PartTallies{std::make_unique<PartNumbers>(utvei::unpack(bytes, inside_->designs()))};
}

void PartedRun::append(PartTallies tallies) {
  inside_->append(std::move(*tallies.numbers_));
}

RunResult PartedRun::finish(std::function<void(std::string const&)> const& warn) {
  return inside_->finish(warn);
}

}  // namespace utvei
