// SPDX-License-Identifier: Apache-2.0
#include "region_rates.hpp"

#include <utvei/core/diagnostics.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include <fmt/format.h>

namespace utvei {
namespace {

/// The states of a plan, then its turns.
template <class Plan>
auto& table_of(Plan& plan, std::size_t place) {
  return place < plan.states.size() ? plan.states[StateId{place}] : plan.turns->table;
}
std::size_t table_count(RunPlan const& plan) {
  return plan.states.size() + (plan.turns ? 1 : 0);
}

Axis joined(Axis const& a, Axis const& b, std::int64_t later, Span within) {
  Axis axis = a;
  for (std::int64_t const cut : b.cuts)
    if (cut + later > within.from && cut + later < within.to) axis.cuts.push_back(cut + later);
  std::ranges::sort(axis.cuts);
  auto const repeated = std::ranges::unique(axis.cuts);
  axis.cuts.erase(repeated.begin(), repeated.end());
  return axis;
}

/// By band of an axis: the band of another that holds it.
std::vector<std::size_t> bands_within(Axis const& axis, Axis const& wider, std::int64_t later) {
  std::vector<std::size_t> bands;
  for (std::uint32_t band = 0; band < axis.bands(); ++band)
    bands.push_back(band == 0 ? 0 : wider.band_after(axis.cuts[band - 1] - later));
  return bands;
}

/// The place of each cell of the axes in one class of a table.
std::vector<std::size_t> cells_of_table(StatePlan const& table, TableAxes const& axes, std::int64_t later) {
  auto const calendar = bands_within(axes.calendar, table.calendar, later);
  auto const age = bands_within(axes.age, table.age, 0);
  auto const time = bands_within(axes.time_in_state, table.time_in_state, 0);
  std::vector<std::size_t> places;
  for (std::size_t const c : calendar)
    for (std::size_t const a : age)
      for (std::size_t const t : time)
        places.push_back(c * table.calendar_stride + a * table.age_stride + t * table.exit_count);
  return places;
}

RuleShares shares_of_rule(Rule const& rule, std::uint32_t profile, std::size_t states) {
  RuleShares shares{rule.stay.empty() ? 0 : rule.stay[profile], std::vector<double>(states, 0)};
  double before = 0;
  for (Rule::Way const& way : rule.ways[profile]) {
    shares.to[way.to.value()] += way.up_to - before;
    before = way.up_to;
  }
  return shares;
}

/// The mean of numbers with weights that sum to 1, from the first of them on: equal numbers have it exactly as their
/// mean, so that sides with the same rates are seen to have them.
class ExactMean {
 public:
  void add(double weight, double value) {
    if (!first_) first_ = value;
    beyond_ += weight * (value - *first_);
  }
  [[nodiscard]] double value() const { return first_.value_or(0) + beyond_; }

 private:
  std::optional<double> first_;
  double beyond_{0};
};

/// Shares of those who leave are those of the people who leave, so they weigh by how many do.
RuleShares mean_shares(Rule const& rule, std::vector<std::uint32_t> const& profiles, std::vector<double> const& weights,
                       std::size_t states) {
  std::vector<RuleShares> own;
  ExactMean stay;
  double leaving = 0;
  for (std::size_t i = 0; i < profiles.size(); ++i) {
    own.push_back(shares_of_rule(rule, profiles[i], states));
    stay.add(weights[i], own.back().stay);
    leaving += weights[i] * (1 - own.back().stay);
  }
  RuleShares mean{stay.value(), std::vector<double>(states, 0)};
  if (leaving <= 0) return mean;
  for (std::size_t s = 0; s < states; ++s) {
    ExactMean to;
    for (std::size_t i = 0; i < profiles.size(); ++i) {
      double const leave = weights[i] * (1 - own[i].stay);
      if (leave > 0) to.add(leave / leaving, own[i].to[s]);
    }
    mean.to[s] = to.value();
  }
  return mean;
}

std::vector<Rule::Way> ways_of_shares(RuleShares const& shares) {
  std::vector<Rule::Way> ways;
  double sum = 0;
  for (std::size_t s = 0; s < shares.to.size(); ++s) {
    if (shares.to[s] <= 0) continue;
    sum += shares.to[s];
    ways.push_back({sum, StateId{s}});
  }
  if (!ways.empty()) ways.back().up_to = 1;
  return ways;
}

bool is_same_rule(Rule const& a, Rule const& b, Duration later) {
  auto const moved = [&](Instant at) { return at <= distant_past || at >= distant_future ? at : at + later; };
  return a.cause == b.cause && a.clock == b.clock && a.after == b.after && a.cohorts.size() == b.cohorts.size() &&
         a.valid_from == moved(b.valid_from) && a.valid_to == moved(b.valid_to) &&
         a.entered_from == moved(b.entered_from) && a.entered_to == moved(b.entered_to);
}

/// Rules that the two plans have in common; where one is in force at some dates, they have not.
void expect_same_rules(SidePlan const& region, SidePlan const& reference, Model const& model) {
  for (StateId const state : ids_of(region.plan.states)) {
    auto const& a = region.plan.states[state].rules;
    auto const& b = reference.plan.states[state].rules;
    auto const same = [&](Rule const& x, Rule const& y) { return is_same_rule(x, y, reference.later); };
    if (std::ranges::equal(a, b, same)) continue;
    throw InputError{
        Fault::file, model.states[state].place,
        fmt::format("the rules of `{}` are not the same in the two years", model.states[state].name),
        "a limit with dates is in force at other times after the start of one run than of the other: years "
        "on both sides of a change of rules are not compared",
        "compare years in which the same rules hold"};
  }
}

/// Plans are copied for each world, with rates of its own.
void forget_rates(StatePlan& table, bool is_state) {
  table.intensity.clear();
  table.inverse.clear();
  table.row_of_profile.clear();
  if (!is_state) return;
  for (Rule& rule : table.rules) {
    rule.ways.clear();
    rule.stay.clear();
  }
}

/// Rules with the profiles of one region alone.
void keep_profiles(std::vector<std::uint32_t> const& kept, std::vector<Rule>& rules) {
  for (Rule& rule : rules) {
    Rule const all = rule;
    rule.stay.clear();
    rule.ways.clear();
    for (std::uint32_t const profile : kept) {
      rule.stay.push_back(all.stay[profile]);
      rule.ways.push_back(all.ways[profile]);
    }
  }
}

void finish_table(StatePlan& table) {
  table.age_stride = std::size_t{table.time_in_state.bands()} * table.exit_count;
  table.calendar_stride = table.age.bands() * table.age_stride;
  Hazard const most = table.intensity.empty() ? 0 : std::ranges::max(table.intensity);
  table.short_span = (Hazard{1} << 56) / std::max<Hazard>(1, most);
  table.has_constant_rates = table.cells_per_class == 1 && table.rules.empty();
}

}  // namespace

TraitLevels levels_of_profile(Profiles::Description const& who, std::size_t traits) {
  TraitLevels levels(traits, 0);
  for (std::size_t t = 0; t < who.traits.size(); ++t) levels[t] = static_cast<std::uint16_t>(who.traits[t].value_or(0));
  return levels;
}

RegionWeights weights_of_side(RegionSide const& side, std::vector<PersonRow> const& rows, Profiles const& profiles) {
  Population const& people = side.world.people;
  std::map<RegionId, std::size_t> places;
  RegionWeights weights;
  for (PersonRow const row : rows) {
    RegionId const region = people.region.empty() ? RegionId{} : people.region[row];
    if (places.emplace(region, places.size()).second) weights.regions.push_back(region);
  }
  weights.of_all.assign(weights.regions.size(), 0);
  for (PersonRow const row : rows) {
    std::size_t const place = places.at(people.region.empty() ? RegionId{} : people.region[row]);
    TraitLevels levels = levels_of_person(people, row);
    auto const& told_apart = profiles[0].traits;
    for (std::size_t t = 0; t < levels.size(); ++t)
      if (t >= told_apart.size() || !told_apart[t]) levels[t] = 0;
    auto& of_levels = weights.of_levels[std::move(levels)];
    of_levels.resize(weights.regions.size());
    of_levels[place] += 1;
    weights.of_all[place] += 1;
  }
  auto const scale = [](std::vector<double>& counts) {
    double sum = 0;
    for (double const count : counts) sum += count;
    for (double& count : counts) count /= sum;
  };
  scale(weights.of_all);
  for (auto& [levels, counts] : weights.of_levels) scale(counts);
  return weights;
}

RegionTemplate::RegionTemplate(SidePlan const& region, SidePlan const& reference, Model const& model)
    : base_{region.plan}, slot_{region.weights.regions.front()} {
  expect_same_rules(region, reference, model);
  std::vector<std::uint32_t> kept;
  std::vector<std::pair<TraitId, std::uint32_t>> traits;
  auto const& all = region.plan.profiles;
  auto const& some = all[0];
  bool const by_region = some.region.has_value();
  for (std::size_t t = 0; t < some.traits.size(); ++t)
    if (some.traits[t])
      traits.emplace_back(TraitId{t}, static_cast<std::uint32_t>(model.traits[TraitId{t}].levels.size()));
  base_.profiles = Profiles{by_region, model.regions.size(), traits};
  for (std::uint32_t profile = 0; profile < all.size(); ++profile) {
    if (by_region && all[profile].region != slot_) continue;
    levels_.push_back(levels_of_profile(all[profile], model.traits.size()));
    base_.profiles.add(slot_, levels_.back());
    kept.push_back(profile);
  }
  if (base_.turns) keep_profiles(kept, base_.turns->table.rules);
  Span const run{region.plan.start.minutes, region.plan.end.minutes};
  for (std::size_t i = 0; i < table_count(region.plan); ++i) {
    StatePlan const& a = table_of(region.plan, i);
    StatePlan const& b = table_of(reference.plan, i);
    axes_.push_back({joined(a.calendar, b.calendar, reference.later.minutes, run), joined(a.age, b.age, 0, everything),
                     joined(a.time_in_state, b.time_in_state, 0, everything)});
    forget_rates(table_of(base_, i), i < base_.states.size());
  }
}

std::vector<TableRates> RegionTemplate::rates_of(SidePlan const& side) const {
  std::vector<TableRates> all;
  for (std::size_t i = 0; i < axes_.size(); ++i) {
    StatePlan const& table = table_of(side.plan, i);
    auto const places = cells_of_table(table, axes_[i], side.later.minutes);
    TableRates& rates = all.emplace_back();
    std::size_t const rules = i < base_.states.size() ? table.rules.size() : 0;  // a turn's rule is the same everywhere
    rates.rules.resize(rules);
    for (TraitLevels const& levels : levels_) {
      auto const& weights = side.weights.of(levels);
      std::vector<std::uint32_t> profiles;
      std::vector<double> shares;
      for (std::size_t r = 0; r < weights.size(); ++r) {
        if (weights[r] == 0) continue;
        profiles.push_back(side.plan.profiles.find(side.weights.regions[r], levels));
        shares.push_back(weights[r]);
      }
      for (std::size_t const place : places) {
        for (std::size_t k = 0; k < table.exit_count; ++k) {
          ExactMean mean;
          for (std::size_t r = 0; r < profiles.size(); ++r)
            mean.add(shares[r], static_cast<double>(table.intensity[table.row_of_profile[profiles[r]] + place + k]));
          rates.intensity.push_back(mean.value());
        }
      }
      for (std::size_t r = 0; r < rules; ++r)
        rates.rules[r].push_back(mean_shares(table.rules[r], profiles, shares, base_.states.size()));
    }
  }
  return all;
}

namespace {

void set_intensities(TableRates const& own, TableRates const& others, RateChoice const& choice, bool is_state,
                     StatePlan& table) {
  for (std::size_t at = 0; at < table.intensity.size(); ++at) {
    std::size_t const transition = table.exits[at % table.exit_count].transition.value();
    bool const is_others = is_state ? choice.transitions[transition] : choice.trait_changes;
    double const factor = is_state && !choice.log_factors.empty() ? std::exp(choice.log_factors[transition]) : 1;
    double const intensity = (is_others ? others : own).intensity[at] * factor;
    table.intensity[at] = std::llround(std::min(intensity, 1 / hazard_unit));  // no more than one a minute
    if (table.intensity[at] > 0) table.inverse[at] = 1 / static_cast<double>(table.intensity[at]);
  }
}

void set_rules(TableRates const& rates, StatePlan& table) {
  for (std::size_t r = 0; r < rates.rules.size(); ++r) {
    Rule& rule = table.rules[r];
    rule.ways.clear();
    rule.stay.clear();
    for (RuleShares const& each : rates.rules[r]) {
      rule.ways.push_back(ways_of_shares(each));
      rule.stay.push_back(each.stay);
    }
  }
}

}  // namespace

RunPlan mixed_plan(RegionTemplate const& shape, std::vector<TableRates> const& own,
                   std::vector<TableRates> const& others, RateChoice const& choice) {
  RunPlan plan = shape.base();
  std::size_t const profiles = plan.profiles.size();
  for (std::size_t i = 0; i < shape.axes().size(); ++i) {
    StatePlan& table = table_of(plan, i);
    TableAxes const& axes = shape.axes()[i];
    table.calendar = axes.calendar;
    table.age = axes.age;
    table.time_in_state = axes.time_in_state;
    table.cells_per_class = static_cast<std::uint32_t>(axes.cells());
    std::size_t const row = axes.cells() * table.exit_count;
    table.row_of_profile.clear();
    for (std::size_t profile = 0; profile < profiles; ++profile) table.row_of_profile.push_back(profile * row);
    table.intensity.assign(profiles * row, 0);
    table.inverse.assign(profiles * row, std::numeric_limits<double>::infinity());
    bool const is_state = i < plan.states.size();
    set_intensities(own[i], others[i], choice, is_state, table);
    set_rules((is_state && choice.limits ? others : own)[i], table);
    finish_table(table);
  }
  return plan;
}

}  // namespace utvei
