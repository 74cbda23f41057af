// SPDX-License-Identifier: Apache-2.0
#include "areas.hpp"

#include <utvei/results/marginal.hpp>

#include <algorithm>
#include <cmath>

namespace utvei {
namespace {

constexpr std::size_t municipality_digits = 4;
constexpr std::size_t county_digits = 2;

/// Labels along `region` where somebody spends time in one of the results.
std::vector<std::string> inhabited(std::vector<RunResult> const& results) {
  std::vector<std::string> codes;
  for (RunResult const& result : results)
    for (Table const& table : result.tables) {
      auto const axis = table.axis("region");
      if (table.quantity != "person_years" || !axis) continue;
      auto const years = marginal(table, {"region"});
      for (std::size_t i = 0; i < years.size(); ++i) {
        std::string const& code = table.dimensions[*axis].labels[i];
        if (years[i] > 0 && std::ranges::find(codes, code) == codes.end()) codes.push_back(code);
      }
    }
  return codes;
}

bool is_municipality(std::string const& code) {
  return code.size() == municipality_digits && code.find_first_not_of("0123456789") == std::string::npos;
}

ReportArea described(ReportMaterial const& material, std::string const& code) {
  ReportArea area{code, code, "", "", {}};
  auto const& names = material.comparison.region_names;
  if (auto const name = names.find(code); name != names.end() && !name->second.empty()) area.name = name->second;
  Regions const* const regions = material.regions;
  if (auto const id = regions != nullptr ? regions->find(code) : std::nullopt) {
    area.level = (*regions)[*id].level;
    if (area.name == code) area.name = regions->name(*id, "nb");
    if (auto const parent = (*regions)[*id].parent) area.parent = (*regions)[*parent].code;
  } else if (is_municipality(code)) {
    area.level = "municipality";
    area.parent = code.substr(0, county_digits);
  }
  return area;
}

}  // namespace

std::vector<ReportArea> areas_of(ReportMaterial const& material) {
  std::vector<ReportArea> areas;
  for (std::string const& code : inhabited(material.results)) {
    areas.push_back(described(material, code));
    areas.back().regions.push_back(code);
  }
  // People of a place are those of all places above it.
  for (std::size_t i = 0, below = areas.size(); i < below; ++i) {
    std::string const region = areas[i].code;
    for (std::string above = areas[i].parent; !above.empty();) {
      auto place = std::ranges::find(areas, above, &ReportArea::code);
      if (place == areas.end()) {
        areas.push_back(described(material, above));
        place = areas.end() - 1;
        // Above a municipality whose model is not at hand stands its county; other trees have levels of their own.
        if (place->level.empty() && is_municipality(region)) place->level = "county";
      }
      place->regions.push_back(region);
      above = place->parent;
    }
  }
  return areas;
}

bool is_place(ReportArea const& area) {
  return std::ranges::find(area.regions, area.code) != area.regions.end();
}

std::vector<GroupRow> told_places(Contents const& contents, std::size_t scenario, std::string const& group) {
  GroupQuestion question{group, false, {}};
  for (ReportArea const& area : contents.areas()) question.areas.push_back({area.code, area.regions});
  if (question.areas.size() < 2) return {};
  auto found = rows_of_group(contents.baseline(), contents.scenario(scenario), question, contents.material().gate).rows;
  std::erase_if(found, [&](GroupRow const& one) { return why_untold(one, contents.years()) != Untold::none; });
  return found;
}

Untold why_untold(GroupRow const& found, double years) {
  if (found.row.baseline / years < fewest_of_a_place) return Untold::few;
  auto const limits = shown_interval(found.row, 80);
  bool const is_wide = limits && limits->second - limits->first > std::abs(found.row.difference);
  return is_wide ? Untold::uncertain : Untold::none;
}

std::string_view name_of(Untold why) {
  return why == Untold::few ? "few" : why == Untold::uncertain ? "uncertain" : "";
}

std::vector<std::string> places_with_enough(Contents const& contents) {
  GroupQuestion question{contents.main_group(), false, {}};
  for (ReportArea const& area : contents.areas()) question.areas.push_back({area.code, area.regions});
  if (question.areas.empty()) return {};
  auto const found = rows_of_group(contents.baseline(), contents.scenario(0), question, contents.material().gate);
  std::vector<std::string> codes;
  for (GroupRow const& one : found.rows)
    if (one.row.baseline / contents.years() >= fewest_of_a_place) codes.push_back(one.row.region);
  return codes;
}

std::string place_to_tell(Contents const& contents, std::string const& code,
                          std::map<std::string, GroupRow const*> const& by_area, double years) {
  std::string at = code;
  while (!at.empty()) {
    auto const found = by_area.find(at);
    if (found != by_area.end() && why_untold(*found->second, years) == Untold::none) return at;
    ReportArea const* const area = contents.area(at);
    at = area == nullptr ? std::string{} : area->parent;
  }
  return {};
}

}  // namespace utvei
