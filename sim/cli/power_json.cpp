// SPDX-License-Identifier: Apache-2.0
#include "power_reading.hpp"
#include "power_text.hpp"
#include "version.hpp"

#include <array>

#include <nlohmann/json.hpp>

namespace utvei {
namespace {

using Json = nlohmann::ordered_json;

constexpr auto or_null = [](auto const& value) { return value ? Json(*value) : Json(nullptr); };

Json count_json(double count, std::string_view data_class) {
  auto const told = told_count(count, data_class);
  return told ? Json(static_cast<std::int64_t>(*told)) : Json(nullptr);
}

Json sizes_json(StudyDesign const& design, PowerReport const& report) {
  Json sizes = Json::array();
  for (StudySize const& size : report.sizes)
    sizes.push_back({{"persons", size.persons},
                     {"treated", size.treated},
                     {"controls", size.controls},
                     {"power", size.power},
                     {"power_se", size.power_se},
                     {"power_interval_95", {size.power_low, size.power_high}},
                     {"significant_studies", size.significant},
                     {"not_fitted", size.not_fitted},
                     {"test_holds", !is_loose(size, design)},
                     {"least_effect", or_null(size.least_effect)},
                     {"wrong_sign", or_null(size.wrong_sign)},
                     {"exaggeration", or_null(size.exaggeration)},
                     {"false_alarms", or_null(size.false_alarms)}});
  return sizes;
}

Json change_json(PowerReport const& report) {
  if (!report.change) return nullptr;
  return {{"at_start", report.change->at_start},
          {"development", report.change->development},
          {"regression", report.change->regression},
          {"effect", report.change->effect}};
}

Json ends_json(StudyDesign const& design, PowerReport const& report) {
  bool const holds = does_enough_hold(design, report);
  Json ends = Json::array();
  for (PowerAtEnd const& end : report.at_ends)
    ends.push_back(
        {{"effect", end.effect}, {"power", end.power}, {"enough", holds ? or_null(end.enough) : Json(nullptr)}});
  return ends;
}

std::string_view name_of(Estimator estimator) {
  constexpr std::array<std::string_view, 3> names{"difference", "hazard_ratio", "mixed_model"};
  return names[static_cast<std::size_t>(estimator)];
}

std::string_view name_of(StudyOutcome outcome) {
  constexpr std::array<std::string_view, 3> names{"employed_at", "ever_employed", "score"};
  return names[static_cast<std::size_t>(outcome)];
}

}  // namespace

std::string power_json(StudyDesign const& design, PowerReport const& report, std::string_view data_class) {
  bool const holds = does_enough_hold(design, report);
  bool const is_told = holds && report.enough;
  return Json{{"name", design.name},
              {"measure", design.measure},
              {"scenario", design.scenario},
              {"version", program_version()},
              {"data_class", data_class},
              {"seed", report.seed},
              {"outcome", name_of(design.outcome)},
              {"estimator", name_of(design.estimator)},
              {"robust_errors", design.errors == StandardErrors::robust},
              {"significance", design.significance},
              {"wanted_power", design.wanted_power},
              {"studies", design.studies},
              {"eligible", count_json(report.qualify, data_class)},
              {"enrolled", told_count(report.available, data_class) ? or_null(report.enrolled) : Json(nullptr)},
              {"available", count_json(report.available, data_class)},
              {"control", report.control},
              {"treated", report.treated},
              {"waiting", or_null(report.waiting)},
              {"regions", report.regions},
              {"hazard_ratio", report.hazard_ratio},
              {"effect", report.effect},
              {"effect_se", report.effect_se},
              {"is_effect_clear", report.is_effect_clear},
              {"can_tell_effect", design.assignment != Assignment::before_after},
              {"change", change_json(report)},
              {"sizes", sizes_json(design, report)},
              {"enough", is_told ? Json(*report.enough) : Json(nullptr)},
              {"enough_controls", is_told && report.enough_controls > 0 ? Json(report.enough_controls) : Json(nullptr)},
              {"enough_withheld", !holds},
              {"enough_simulated", report.is_enough_simulated},
              {"looked_up_to", report.looked_up_to},
              {"at_ends", ends_json(design, report)}}
             .dump(2) +
         '\n';
}

}  // namespace utvei
