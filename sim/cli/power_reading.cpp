// SPDX-License-Identifier: Apache-2.0
#include "power_reading.hpp"

#include <utvei/register/disclosure.hpp>

#include <algorithm>
#include <cmath>

namespace utvei {

bool is_loose(StudySize const& size, StudyDesign const& design) {
  double const alpha = design.significance;
  double const error = std::sqrt(alpha * (1 - alpha) / design.studies);
  return size.false_alarms && *size.false_alarms > std::max(1.25 * alpha, alpha + 3 * error);
}

bool does_enough_hold(StudyDesign const& design, PowerReport const& report) {
  if (!report.enough || report.sizes.empty()) return true;
  auto const distance = [&](StudySize const& size) {
    return std::abs(std::log(static_cast<double>(size.persons) / *report.enough));
  };
  return !is_loose(*std::ranges::min_element(report.sizes, {}, distance), design);
}

std::vector<std::uint32_t> totals_beyond(StudyDesign const& design, PowerReport const& report) {
  std::vector<std::uint32_t> totals;
  auto const add = [&](std::uint32_t total) {
    if (total > std::round(report.available)) totals.push_back(total);
  };
  for (StudySize const& size : report.sizes) add(size.treated + size.controls);
  if (does_enough_hold(design, report)) {
    if (report.enough) add(*report.enough + report.enough_controls);
    for (PowerAtEnd const& end : report.at_ends)
      if (end.enough) add(*end.enough * (report.enough_controls > 0 ? 1 + design.controls_each : 1));
  }
  std::ranges::sort(totals);
  totals.erase(std::ranges::unique(totals).begin(), totals.end());
  return totals;
}

std::optional<double> told_count(double count, std::string_view data_class) {
  double const people = std::round(count);
  if (data_class == "register" && !may_be_shown(people)) return std::nullopt;
  return people;
}

}  // namespace utvei
