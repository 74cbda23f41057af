// SPDX-License-Identifier: Apache-2.0
#include "regions_text.hpp"

#include <nlohmann/json.hpp>

namespace utvei {
namespace {

nlohmann::ordered_json number_json(RegionNumber const& of, RegionMethod method) {
  nlohmann::ordered_json json{{"value", of.value}};
  if (of.low_95) {
    json["low_95"] = *of.low_95;
    json["high_95"] = *of.high_95;
  }
  if (method == RegionMethod::simulation) json["mc_se"] = of.mc_se;
  return json;
}

/// Measures that people of a side are offered, and why what they do is no services part.
nlohmann::ordered_json services_json(std::vector<RegionService> const& services) {
  auto json = nlohmann::ordered_json::array();
  for (RegionService const& each : services) {
    bool const is_known = each.doubt == RegionService::Doubt::none;
    json.push_back(
        {{"measure", each.measure},
         {"why_not_identified", is_known ? nlohmann::ordered_json{} : nlohmann::ordered_json(name_of(each.doubt))}});
  }
  return json;
}

}  // namespace

std::string regions_json(RegionsPage const& page) {
  using Json = nlohmann::ordered_json;
  RegionsReport const& report = page.report;
  Json json{{"utvei", "differences/1"},
            {"interpretation", "description, not cause"},
            {"services", report.identifies_services() ? "identified" : "not identified"},
            {"measures", services_json(report.services)},
            {"method", name_of(report.method)},
            {"why_not_equations", report.why_not_equations},
            {"draws", report.draws},
            {"without_counterpart", report.without_counterpart},
            {"data_class", page.data_class},
            {"differences", Json::array()}};
  for (RegionDifference const& difference : report.differences) {
    RegionPair const& pair = page.pairs[difference.pair];
    RegionOutcome const& outcome = page.outcomes[difference.outcome];
    Json components = Json::array();
    for (std::size_t c = 0; c < report.components.size(); ++c) {
      Json component{{"component", report.components[c]}};
      component.update(number_json(difference.contributions[c], report.method));
      components.push_back(std::move(component));
    }
    json["differences"].push_back(
        {{"region", pair.region.name},
         {"reference", pair.reference.name},
         {"outcome", outcome.name},
         {"unit", outcome.at ? "share of people" : "years per person"},
         {"at", outcome.at ? Json(format(*outcome.at)) : Json{}},
         {"of_region", number_json(difference.region, report.method)},
         {"of_reference", number_json(difference.reference, report.method)},
         {"with_reference_rates", number_json(difference.with_reference_rates, report.method)},
         {"total", number_json(difference.total, report.method)},
         {"components", std::move(components)}});
  }
  return json.dump(2) + "\n";
}

}  // namespace utvei
