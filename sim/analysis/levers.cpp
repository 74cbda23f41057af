// SPDX-License-Identifier: Apache-2.0
#include "few_cohorts.hpp"
#include "lever_scores.hpp"
#include "rule_levers.hpp"

#include <utvei/core/diagnostics.hpp>
#include <utvei/core/quantile.hpp>
#include <utvei/scenario/rate_offset.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

namespace utvei {
namespace {

constexpr double one_per_cent = 0.01;
/// By how much of the log of a rate two simulations differ: wide enough that many lives do, and the error of a central
/// difference falls with its square.
constexpr double log_ratio_apart = 0.1;

LeverAmount scaled(LeverAmount const& amount, double factor) {
  return {amount.person_years * factor, amount.at_end * factor};
}
void add_to(LeverAmount& sum, LeverAmount const& more) {
  sum.person_years += more.person_years;
  sum.at_end += more.at_end;
}

bool is_nothing(RateLever const& lever) {
  return lever.events == 0 && std::ranges::all_of(lever.effects, [](LeverEffect const& effect) {
           return effect.mean.person_years == 0 && effect.mean.at_end == 0;
         });
}

/// Numbers of one plan: each transition, and after it its cells.
struct RateLevers {
  std::vector<RateLever> levers;
  std::vector<LeverAmount> totals;
  std::vector<std::vector<LeverAmount>> by_region;
};

RateLevers empty_levers(LeverGrid const& grid, std::size_t transitions, std::size_t outcomes) {
  RateLevers result;
  for (std::size_t t = 0; t < transitions; ++t) {
    result.levers.push_back({TransitionId{t}, {}, 0, std::vector<LeverEffect>(outcomes)});
    if (!grid.tells_apart()) continue;
    for (std::size_t r = 0; r < grid.region_count(); ++r)
      for (std::size_t a = 0; a < grid.age_count(); ++a)
        result.levers.push_back({TransitionId{t}, grid.cell(r, a), 0, std::vector<LeverEffect>(outcomes)});
  }
  result.totals.resize(outcomes);
  result.by_region.assign(outcomes, std::vector<LeverAmount>(grid.regions.size()));
  return result;
}

/// Where the levers of a transition begin, and that of one of its cells stands.
std::size_t place_of(LeverGrid const& grid, std::size_t transition, std::size_t region, std::size_t age) {
  std::size_t const cells = grid.tells_apart() ? grid.region_count() * grid.age_count() : 0;
  return transition * (1 + cells) + 1 + region * grid.age_count() + age;
}

/// Forward-mode derivatives of the equations. An offset of one age group for everybody gives those by region as well:
/// people of one profile do not come to another, so that the numbers of a profile hang on its own rates alone.
class DerivedLevers {
 public:
  DerivedLevers(LeverWorld const& world, RunPlan const& plan)
      : world_{world}, plan_{plan}, grid_{world.grid()}, query_{world.query_of(plan)} {
    for (std::size_t t = 0; t < plan.transition_count; ++t)
      for (std::size_t a = 0; a < grid_.age_count(); ++a)
        offsets_.push_back({{TransitionId{t}}, {}, grid_.ages.empty() ? everything : grid_.ages[a], everything, 0});
    for (std::uint32_t profile = 0; profile < plan.profiles.size(); ++profile)
      region_of_.push_back(grid_.region_at(plan.profiles[profile].region));
  }

  RateLevers run() {
    CohortOptions options = world_.cohort_options();
    options.derivatives = Derivatives::by_offset;
    ExpectedOccupation const expected =
        expected_occupation(plan_, few_cohorts(plan_, world_.people()), query_, offsets_, options);
    auto const& outcomes = world_.options().outcomes;
    ExpectedOutcomes const sees{plan_, world_.regions(), query_, expected};
    double const weight = world_.scenario().weight;
    result_ = empty_levers(grid_, plan_.transition_count, outcomes.size());
    for (std::size_t o = 0; o < outcomes.size(); ++o) {
      auto const base = sees.by_profile(outcomes[o], expected.expected);
      for (std::size_t profile = 0; profile < base.size(); ++profile) {
        add_to(result_.totals[o], scaled(base[profile], weight));
        if (!grid_.regions.empty() && region_of_[profile] != LeverGrid::no_region)
          add_to(result_.by_region[o][region_of_[profile]], scaled(base[profile], weight));
      }
      for (std::size_t k = 0; k < offsets_.size(); ++k)
        add_slopes(k, o, sees.by_profile(outcomes[o], expected.derivatives[k]), weight * one_per_cent);
    }
    count_events(expected, weight);
    return std::move(result_);
  }

 private:
  void add_slopes(std::size_t offset, std::size_t outcome, std::vector<LeverAmount> const& slopes, double factor) {
    std::size_t const t = offset / grid_.age_count();
    for (std::size_t profile = 0; profile < slopes.size(); ++profile) {
      LeverAmount const slope = scaled(slopes[profile], factor);
      add_to(all_of(t).effects[outcome].mean, slope);
      if (RateLever* const cell = cell_of(t, profile, offset % grid_.age_count()))
        add_to(cell->effects[outcome].mean, slope);
    }
  }

  void count_events(ExpectedOccupation const& expected, double weight) {
    for (std::size_t group = 0; group < expected.age_groups; ++group) {
      std::size_t const age = grid_.age_at(group == 0 ? 0 : query_.age_groups[group - 1].minutes);
      for (std::uint32_t profile = 0; profile < expected.profiles; ++profile) {
        for (std::size_t t = 0; t < plan_.transition_count; ++t) {
          double const events = expected.expected.passages[expected.passage_at(0, group, profile, t)] * weight;
          all_of(t).events += events;
          if (RateLever* const cell = cell_of(t, profile, age)) cell->events += events;
        }
      }
    }
  }

  RateLever& all_of(std::size_t transition) { return result_.levers[place_of(grid_, transition, 0, 0) - 1]; }
  RateLever* cell_of(std::size_t transition, std::size_t profile, std::size_t age) {
    std::size_t const region = region_of_[profile];
    if (!grid_.tells_apart() || region == LeverGrid::no_region) return nullptr;
    return &result_.levers[place_of(grid_, transition, region, age)];
  }

  LeverWorld const& world_;
  RunPlan const& plan_;
  LeverGrid const& grid_;
  OccupationQuery query_;
  std::vector<RateOffset> offsets_;
  std::vector<std::size_t> region_of_;  ///< by profile
  RateLevers result_;
};

RateLevers levers_by_scores(LeverWorld const& world, RunPlan const& plan) {
  ScoredLevers const scored = scored_levers(world, plan);
  RateLevers result = empty_levers(world.grid(), scored.transitions, scored.outcomes);
  std::size_t const rows = world.grid().tells_apart() ? scored.rows() : 1;
  for (std::size_t t = 0; t < scored.transitions; ++t) {
    for (std::size_t row = 0; row < rows; ++row) {
      RateLever& lever = result.levers[t * rows + row];
      lever.events = scored.events[scored.at(t, row)];
      for (std::size_t o = 0; o < scored.outcomes; ++o) {
        std::size_t const at = scored.at(t, row) * scored.outcomes + o;
        lever.effects[o].mean = scaled(scored.slope[at], one_per_cent);
        lever.effects[o].mc_se = scaled(scored.se[at], one_per_cent);
      }
    }
  }
  for (std::size_t o = 0; o < scored.outcomes; ++o) {
    for (LeverAmount const& amount : scored.base[o]) add_to(result.totals[o], amount);
    for (std::size_t r = 0; r < world.grid().regions.size(); ++r) result.by_region[o][r] = scored.base[o][r];
  }
  return result;
}

/// Central differences of simulations that share their luck.
class DifferencedLevers {
 public:
  DifferencedLevers(LeverWorld const& world, std::optional<std::uint32_t> draw) : world_{world}, draw_{draw} {}

  RateLevers run(std::uint64_t& done, std::uint64_t total) {
    LeverGrid const& grid = world_.grid();
    auto const& options = world_.options();
    RunPlan const plan = world_.plan_of(world_.scenario(), draw_);
    LeverCounts const now = world_.counts_of(plan);
    RateLevers result = empty_levers(grid, plan.transition_count, options.outcomes.size());
    for (std::size_t o = 0; o < options.outcomes.size(); ++o) result.totals[o] = sum_of(now.outcomes, now.groups, o);
    std::size_t const passages = now.passages.size() / now.groups;
    for (RateLever& lever : result.levers) {
      if (options.progress) options.progress(done, total);
      LeverCounts const more = world_.counts_of(world_.plan_of(with_ratio(lever, log_ratio_apart), draw_));
      LeverCounts const less = world_.counts_of(world_.plan_of(with_ratio(lever, -log_ratio_apart), draw_));
      double const factor = one_per_cent / (2 * log_ratio_apart);
      for (std::size_t o = 0; o < lever.effects.size(); ++o) {
        PairedAmount const difference = paired(more.outcomes, less.outcomes, now.groups, o);
        lever.effects[o].mean = scaled(difference.mean, factor);
        if (!world_.places_couple()) lever.effects[o].mc_se = scaled(difference.se, factor);
      }
      for (std::size_t g = 0; g < now.groups && lever.cell == LeverCell{}; ++g)
        lever.events += now.passages[g * passages + lever.transition.value()];
      ++done;
    }
    return result;
  }

 private:
  [[nodiscard]] Scenario with_ratio(RateLever const& lever, double log_ratio) const {
    Scenario scenario = world_.scenario();
    LogRateOffset offset;
    offset.transitions = {lever.transition};
    if (lever.cell.age_group) offset.age = world_.grid().ages[*lever.cell.age_group];
    if (lever.cell.region) offset.regions = {world_.grid().regions[*lever.cell.region]};
    offset.traits.resize(scenario.model.traits.size());
    offset.estimate = log_ratio;
    scenario.changes.push_back(change_of(offset));
    return scenario;
  }

  LeverWorld const& world_;
  std::optional<std::uint32_t> draw_;
};

class LeverSearch {
 public:
  LeverSearch(Scenario const& scenario, Rates const& rates, Population const& people, LeverOptions const& options)
      : world_{scenario, rates, people, options} {
    bool const has_runs = world_.method() == LeverMethod::common_luck;
    std::size_t const cells =
        world_.grid().tells_apart() ? world_.grid().region_count() * world_.grid().age_count() : 0;
    total_ = (scenario.draws + 1) * (has_runs ? scenario.model.transitions.size() * (1 + cells) : 1);
  }

  LeverReport run() {
    Scenario const& scenario = world_.scenario();
    LeverReport report;
    report.method = world_.method();
    report.why_not_equations = world_.why_not_equations();
    report.places_couple = world_.places_couple();
    report.draws = scenario.draws;
    report.years = world_.years();
    report.weight = scenario.weight;
    report.regions = world_.grid().regions;
    report.ages = world_.grid().ages;
    RateLevers found = levers_at(std::nullopt);
    report.totals = std::move(found.totals);
    report.by_region = std::move(found.by_region);
    report.rates = std::move(found.levers);
    report.rules = find_rule_levers(world_);
    add_draws(report);
    std::erase_if(report.rates, [](RateLever const& lever) { return lever.cell != LeverCell{} && is_nothing(lever); });
    return report;
  }

 private:
  RateLevers levers_at(std::optional<std::uint32_t> draw) {
    if (world_.method() == LeverMethod::common_luck) return DifferencedLevers{world_, draw}.run(done_, total_);
    RunPlan const plan = world_.plan_of(world_.scenario(), draw);
    if (world_.options().progress) world_.options().progress(done_++, total_);
    if (world_.method() == LeverMethod::scores) return levers_by_scores(world_, plan);
    return DerivedLevers{world_, plan}.run();
  }

  void add_draws(LeverReport& report) {
    if (report.draws < 2) return;
    std::vector<std::vector<RateLever>> drawn;
    for (std::uint32_t draw = 0; draw < report.draws; ++draw) drawn.push_back(levers_at(draw).levers);
    for (std::size_t i = 0; i < report.rates.size(); ++i) {
      for (std::size_t o = 0; o < report.totals.size(); ++o) {
        std::vector<double> years, end;
        for (auto const& each : drawn) {
          years.push_back(each[i].effects[o].mean.person_years);
          end.push_back(each[i].effects[o].mean.at_end);
        }
        LeverEffect& effect = report.rates[i].effects[o];
        effect.low_95 = {quantile_of(years, 0.025), quantile_of(end, 0.025)};
        effect.high_95 = {quantile_of(years, 0.975), quantile_of(end, 0.975)};
      }
    }
  }

  LeverWorld world_;
  std::uint64_t done_{0}, total_{1};
};

}  // namespace

std::optional<LeverOutcome> lever_outcome(Model const& model, std::string_view name) {
  if (Definition const* const definition = model.definition(name)) return LeverOutcome{std::string{name}, *definition};
  LeverOutcome outcome{std::string{name}, {}};
  outcome.whom.name = name;
  auto& states = outcome.whom.who.states;
  if (auto const state = model.state(name)) {
    states.resize(model.states.size());
    states[state->value()] = true;
    outcome.whom.label = model.states[*state].label;
    return outcome;
  }
  for (State const& state : model.states) states.push_back(!name.empty() && state.group == name);
  if (std::ranges::find(states, true) == states.end()) return std::nullopt;
  return outcome;
}

LeverAmount LeverReport::base(std::size_t outcome, LeverCell const& cell) const {
  return cell.region ? by_region[outcome][*cell.region] : totals[outcome];
}

LeverReport find_levers(Scenario const& scenario, Rates const& rates, Population const& people,
                        LeverOptions const& options) {
  return LeverSearch{scenario, rates, people, options}.run();
}

}  // namespace utvei
