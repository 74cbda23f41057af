// SPDX-License-Identifier: Apache-2.0
#include "read_targets.hpp"

#include <utvei/analysis/calibration.hpp>
#include <utvei/document/reader.hpp>
#include <utvei/scenario/patterns.hpp>

#include <algorithm>
#include <filesystem>
#include <set>
#include <system_error>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr double most_prior_sd = 10;
constexpr std::int64_t most_replicates = 1000;

/// The key `offsets`.
class AdjustmentReader {
 public:
  AdjustmentReader(Scenario const& scenario, Population const& people, Diagnostics& diagnostics)
      : model_{scenario.model}, people_{people}, diagnostics_{diagnostics} {}

  void read(Value const& value, std::vector<Adjustment>& adjustments) {
    MapReader reader{value, "the offset", diagnostics_};
    if (!value.is_map()) return;
    Adjustment adjustment;
    adjustment.place = value.place;
    LogRateOffset& offset = adjustment.offset;
    offset.traits.resize(model_.traits.size());
    auto const* name = reader.optional("name");
    if (auto const* transition = reader.required("transition"))
      offset.transitions = read_transition_patterns(*transition, model_, diagnostics_);
    if (auto const* sd = reader.required("prior_sd")) adjustment.prior_sd = read_prior(*sd);
    if (auto const* region = reader.optional("region"))
      offset.regions = read_region_codes(*region, model_, diagnostics_);
    if (auto const* age = reader.optional("age")) offset.age = read_age_span(*age, diagnostics_);
    if (auto const* traits = reader.optional("traits"))
      offset.traits = read_levels_of_traits(*traits, model_, diagnostics_);
    if (auto const* from = reader.optional("from"))
      offset.calendar.from = as_date(*from, "from", diagnostics_).value_or(distant_past).minutes;
    if (auto const* to = reader.optional("to"))
      offset.calendar.to = as_date(*to, "to", diagnostics_).value_or(distant_future).minutes;
    auto const* by = reader.optional("by");
    reader.finish();
    offset.name = name ? as_code(*name, "name", diagnostics_).value_or("") : words_of(offset);
    if (by) return add_by_level(*by, adjustment, adjustments);
    adjustments.push_back(std::move(adjustment));
  }

 private:
  double read_prior(Value const& value) {
    auto const sd = as_number(value, "prior_sd", diagnostics_);
    if (sd && (!(*sd > 0) || *sd > most_prior_sd)) {
      diagnostics_.error(value.place, fmt::format("`prior_sd` of {}", *sd),
                         "it is the standard deviation of the log of the factor before the targets are seen",
                         "0.2 lets a rate change by some twenty per cent either way");
    }
    return sd && *sd > 0 ? *sd : 1;
  }

  [[nodiscard]] std::string words_of(LogRateOffset const& offset) const {
    std::string words;
    for (TransitionId const id : offset.transitions) words += (words.empty() ? "" : ", ") + model_.transitions[id].name;
    if (offset.age != everything) {
      words += " " + (offset.age.from > 0 ? fmt::format("{:g}", in_years(Duration{offset.age.from})) : "0");
      words += offset.age.to < distant_future.minutes ? fmt::format("-{:g}", in_years(Duration{offset.age.to})) : "+";
    }
    for (TraitId const id : ids_of(model_.traits)) {
      for (std::uint32_t const level : offset.traits[id.value()]) words += " " + model_.traits[id].levels[level];
    }
    return words;
  }

  /// One for each region of a level in which somebody lives.
  void add_by_level(Value const& by, Adjustment const& adjustment, std::vector<Adjustment>& adjustments) {
    auto const level = as_code(by, "by", diagnostics_);
    if (!level) return;
    if (!adjustment.offset.regions.empty()) {
      diagnostics_.error(by.place, "`by` beside `region`", "`by` gives one offset to each region of a level",
                         "leave one of the two out");
      return;
    }
    std::set<std::string> levels;
    std::size_t found = 0;
    for (std::size_t r = 0; r < model_.regions.size(); ++r) {
      RegionId const region{r};
      levels.insert(model_.regions[region].level);
      if (model_.regions[region].level != *level || !has_people(region)) continue;
      Adjustment one = adjustment;
      one.offset.regions = {region};
      one.offset.name = fmt::format("{} in {}", adjustment.offset.name, model_.regions[region].code);
      adjustments.push_back(std::move(one));
      ++found;
    }
    if (found == 0) {
      diagnostics_.error(by.place, fmt::format("nobody lives in a region of the level `{}`", *level),
                         "levels are those of the regions file",
                         did_you_mean(*level, std::vector<std::string>(levels.begin(), levels.end())));
    }
  }
  [[nodiscard]] bool has_people(RegionId region) const {
    return std::ranges::any_of(people_.region, [&](RegionId home) { return model_.regions.is_within(home, region); });
  }

  Model const& model_;
  Population const& people_;
  Diagnostics& diagnostics_;
};

void read_adjustments(Value const& value, Scenario const& scenario, Population const& people, Calibration& calibration,
                      Diagnostics& diagnostics) {
  if (!value.is_list() || value.items.empty()) {
    diagnostics.error(value.place, "`offsets` must be a list", {},
                      "begin each with `- transition: a -> b`, and give its prior_sd");
    return;
  }
  AdjustmentReader reader{scenario, people, diagnostics};
  for (Value const& item : value.items) reader.read(item, calibration.adjustments);
  std::set<std::string> names;
  for (Adjustment const& each : calibration.adjustments) {
    if (!names.insert(each.offset.name).second)
      diagnostics.error(each.place, fmt::format("two offsets are named `{}`", each.offset.name), {},
                        "give one a `name`, or leave it out");
  }
}

void refuse_people_counted_twice(Calibration const& calibration, Diagnostics& diagnostics) {
  for (Target const& target : calibration.targets) {
    if (target.use != Target::Use::calibrate || target.is_of_others) continue;
    diagnostics.error(target.place,
                      fmt::format("`{}` may count people whom the rates were estimated from", target.name),
                      "the rates come from a register; who informs a rate and a figure would be counted twice, and "
                      "what is found would look surer than it is",
                      "write `overlap: none` if the figure is of other people or other years, or let it be of "
                      "`use: validate`");
  }
}

}  // namespace

CalibrationDocument read_calibration_document(std::string const& path, std::vector<Override> const& overrides,
                                              Request const& request, Diagnostics& diagnostics) {
  CalibrationDocument result{path, read_document(path, overrides, request, diagnostics), {}, {}, {}, {}};
  if (!result.document.is_map()) return result;
  Diagnostics of_format;
  MapReader reader{result.document, "the calibration", of_format};
  if (!check_format(reader, "calibration", diagnostics)) return result;
  if (auto const* scenario = reader.optional("scenario"); scenario && as_text(*scenario, "scenario", diagnostics)) {
    result.scenario = path_beside(*scenario);
    result.scenario_place = scenario->place;
  } else if (!scenario) {
    diagnostics.error(result.document.place, "the calibration names no scenario", {},
                      "add `scenario: baseline.yaml`: its model, rates and people are calibrated");
  }
  if (auto const* calibrated = reader.optional("calibrated");
      calibrated && as_text(*calibrated, "calibrated", diagnostics)) {
    result.calibrated = path_beside(*calibrated);
    result.calibrated_place = calibrated->place;
    std::error_code unreadable;
    if (!std::filesystem::exists(result.calibrated, unreadable))
      diagnostics.error(calibrated->place, fmt::format("there is no file `{}`", result.calibrated),
                        "it is the scenario that takes the calibrated rates", "check the path and the spelling");
  }
  return result;
}

Calibration read_calibration(CalibrationDocument const& document, Scenario const& scenario, Rates const& rates,
                             Population const& people, Diagnostics& diagnostics) {
  Calibration calibration;
  calibration.path = document.path;
  calibration.inputs.push_back(document.path);
  calibration.weight = scenario.weight;
  MapReader reader{document.document, "the calibration", diagnostics};
  if (!document.document.is_map()) return calibration;
  check_format(reader, "calibration", diagnostics);
  reader.optional("scenario");
  reader.optional("calibrated");
  if (auto const* name = reader.required("name")) calibration.name = as_code(*name, "name", diagnostics).value_or("");
  if (auto const* method = reader.optional("method")) {
    calibration.method_place = method->place;
    if (auto const choice = as_choice(*method, {"equations", "simulation"}, "method", diagnostics))
      calibration.method = *choice == 0 ? FigureMethod::equations : FigureMethod::simulation;
  }
  if (auto const* replicates = reader.optional("replicates"))
    calibration.replicates =
        static_cast<std::uint32_t>(as_integer(*replicates, 1, most_replicates, "replicates", diagnostics).value_or(1));
  TargetDefaults defaults;
  if (auto const* sd = reader.optional("sd_log")) defaults.log_sd = read_log_sd(*sd, diagnostics);
  if (auto const* sd = reader.optional("sd_log_per_year"))
    defaults.log_sd_per_year = as_number_at_least(*sd, 0, "sd_log_per_year", diagnostics).value_or(0);
  if (auto const* year = reader.optional("base_year")) {
    if (auto const read = as_integer(*year, 1900, 2200, "base_year", diagnostics))
      defaults.base_year = static_cast<int>(*read);
  }
  auto const* targets = reader.required("targets");
  auto const* offsets = reader.optional("offsets");
  reader.finish();
  if (targets) calibration.targets = read_targets(*targets, defaults, scenario, calibration.inputs, diagnostics);
  if (offsets) read_adjustments(*offsets, scenario, people, calibration, diagnostics);
  if (rates.data_class == "register") refuse_people_counted_twice(calibration, diagnostics);
  return calibration;
}

}  // namespace utvei
