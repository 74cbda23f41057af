// SPDX-License-Identifier: Apache-2.0
// A region with the rates of another, as a scenario: hazard ratios of the one to the other.
#include "region_pair.hpp"

#include <utvei/core/diagnostics.hpp>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <filesystem>

#include <fmt/format.h>

namespace utvei {
namespace {

/// Intensities are whole numbers of small units: ratios that are the same differ by their rounding.
constexpr double same_ratio = 1e-6;

bool is_same_ratio(double a, double b) {
  return std::abs(a - b) <= same_ratio * std::max(a, b);
}

/// Whom and when a ratio is for: places among profiles, calendar and ages.
struct RatioCell {
  std::uint32_t profile;
  std::uint32_t calendar, age;
  double ratio;
};

class RatesExchange {
 public:
  RatesExchange(RegionPair const& pair, RegionTemplate const& shape, RegionId region)
      : model_{pair.region.world.scenario.model}, pair_{pair}, shape_{shape}, region_{region} {}

  void add_state(StateId state, TableRates const& own, TableRates const& others) {
    auto const& exits = shape_.base().states[state].exits;
    for (std::size_t k = 0; k < exits.size(); ++k) {
      auto const ratios = ratios_of(state, k, own, others);
      if (ratios.empty()) continue;
      auto const is_first = [&](RatioCell const& cell) { return is_same_ratio(cell.ratio, ratios.front().ratio); };
      if (std::ranges::all_of(ratios, is_first)) {
        add(exits[k].transition, ratios.front(), state, false);
      } else {
        for (RatioCell const& cell : ratios) add(exits[k].transition, cell, state, true);
      }
    }
  }
  [[nodiscard]] std::string const& yaml() const { return yaml_; }

 private:
  [[nodiscard]] std::vector<RatioCell> ratios_of(StateId state, std::size_t k, TableRates const& own,
                                                 TableRates const& others) const {
    TableAxes const& axes = shape_.axes()[state.value()];
    std::size_t const exits = shape_.base().states[state].exit_count;
    std::vector<RatioCell> ratios;
    std::size_t at = k;
    for (std::uint32_t profile = 0; profile < shape_.base().profiles.size(); ++profile) {
      for (std::uint32_t calendar = 0; calendar < axes.calendar.bands(); ++calendar) {
        for (std::uint32_t age = 0; age < axes.age.bands(); ++age) {
          std::optional<double> ratio;
          for (std::uint32_t time = 0; time < axes.time_in_state.bands(); ++time, at += exits) {
            double const from = own.intensity[at];
            double const to = others.intensity[at];
            if (from == 0 && to == 0) continue;
            if (from == 0 || (ratio && !is_same_ratio(*ratio, to / from))) refuse(state, k, from == 0);
            ratio = to / from;
          }
          if (ratio) ratios.push_back({profile, calendar, age, *ratio});
        }
      }
    }
    return ratios;
  }

  [[noreturn]] void refuse(StateId state, std::size_t k, bool is_none) const {
    Transition const& transition = model_.transitions[shape_.base().states[state].exits[k].transition];
    throw InputError{Fault::file, transition.place,
                     fmt::format("no hazard ratio makes `{}` of {} that of {}", transition.name, pair_.region.name,
                                 pair_.reference.name),
                     is_none ? "the rate of the region is nothing, and that of the reference is not"
                             : "how they differ varies with the time in the state, and changes do not",
                     "leave --as-scenario out: the comparison says what the rates of the reference would give"};
  }

  void add(TransitionId transition, RatioCell const& cell, StateId state, bool is_for_some) {
    if (is_same_ratio(cell.ratio, 1)) return;
    TableAxes const& axes = shape_.axes()[state.value()];
    yaml_ += fmt::format("  rates_{}_{}: {{transition: {}, region: [\"{}\"], hazard_ratio: {:.10g}",
                         model_.regions.empty() ? "" : model_.regions[region_].code, ++number_,
                         model_.transitions[transition].name,
                         model_.regions.empty() ? "" : model_.regions[region_].code, cell.ratio);
    if (is_for_some) {
      yaml_ += traits_of(cell.profile) + ages_of(axes.age, cell.age) + dates_of(axes.calendar, cell.calendar);
    }
    yaml_ += "}\n";
  }

  [[nodiscard]] std::string traits_of(std::uint32_t profile) const {
    std::string text;
    auto const& traits = shape_.base().profiles[profile].traits;
    for (std::size_t t = 0; t < traits.size(); ++t) {
      if (!traits[t]) continue;
      Trait const& trait = model_.traits[TraitId{t}];
      text += fmt::format("{}{}: [\"{}\"]", text.empty() ? "" : ", ", trait.name, trait.levels[*traits[t]]);
    }
    return text.empty() ? text : ", traits: {" + text + "}";
  }
  [[nodiscard]] static std::string ages_of(Axis const& axis, std::uint32_t band) {
    if (axis.cuts.empty()) return {};
    auto const years = [](std::int64_t cut) { return in_years(Duration{cut}); };
    std::string const from = band == 0 ? "" : fmt::format("from: {:.10g}", years(axis.cuts[band - 1]));
    std::string const to = band == axis.cuts.size() ? "" : fmt::format("to: {:.10g}", years(axis.cuts[band]));
    return fmt::format(", age: {{{}{}{}}}", from, from.empty() || to.empty() ? "" : ", ", to);
  }
  [[nodiscard]] static std::string dates_of(Axis const& axis, std::uint32_t band) {
    std::string text;
    if (band > 0) text += ", from: " + format(Instant{axis.cuts[band - 1]});
    if (band < axis.cuts.size()) text += ", to: " + format(Instant{axis.cuts[band]});
    return text;
  }

  Model const& model_;
  RegionPair const& pair_;
  RegionTemplate const& shape_;
  RegionId region_;
  std::string yaml_;
  std::size_t number_{0};
};

std::string name_made_of(std::string text) {
  for (char& c : text)
    if (std::isalnum(static_cast<unsigned char>(c)) == 0 && c != '-' && c != '.') c = '_';
  return text;
}

}  // namespace

std::string scenario_with_rates_of(RegionPair const& pair, std::string const& path) {
  namespace fs = std::filesystem;
  Scenario const& scenario = pair.region.world.scenario;
  RunPlan const plan = plan_of_sides(pair.region, pair, {}, std::nullopt);
  RegionWeights const others = weights_of_side(pair.reference, rows_of_side(pair.reference), plan.profiles);
  std::string changes;
  for (RegionId const region : weights_of_side(pair.region, rows_of_side(pair.region), plan.profiles).regions) {
    RegionWeights const here{{region}, {1}, {}};
    RegionTemplate const shape{{plan, here}, {plan, others}, scenario.model};
    auto const own = shape.rates_of({plan, here});
    auto const wanted = shape.rates_of({plan, others});
    RatesExchange exchange{pair, shape, region};
    for (StateId const state : ids_of(plan.states))
      exchange.add_state(state, own[state.value()], wanted[state.value()]);
    changes += exchange.yaml();
  }
  std::string const folder = fs::path{path}.parent_path().string();
  bool const is_absolute = fs::path{scenario.path}.is_absolute();
  std::string const extended =
      is_absolute
          ? scenario.path
          : fs::proximate(fs::absolute(scenario.path), fs::absolute(folder.empty() ? "." : folder)).generic_string();
  return fmt::format(
      "# {} with the rates of {}, as hazard ratios at the point estimates; limits and measures stay. Written by utvei "
      "regions.\n"
      "extends: \"{}\"\nname: {}\n{}",
      pair.region.name, pair.reference.name, extended,
      name_made_of(fmt::format("{}_{}_with_rates_of_{}", scenario.name, pair.region.name, pair.reference.name)),
      changes.empty() ? changes : "changes:\n" + changes);
}

}  // namespace utvei
