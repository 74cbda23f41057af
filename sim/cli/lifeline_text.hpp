// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/engine/life_line.hpp>
#include <utvei/scenario/scenario.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace utvei {

struct Estimate {
  double mean{0};
  double half_width{0};  ///< of its 95 % interval, by luck alone
};

/// Of many lives of one person, in months.
struct WaySummary {
  std::size_t lives{0};
  Estimate to_be_found, handed_over, waiting, being_helped;  ///< in all contacts together
  std::optional<Estimate> share_all_met;                     ///< of contacts
  std::optional<Estimate> to_all_met;                        ///< of those in which all needs were met
  Estimate outside;
  Estimate in_work;  ///< where people are not in contact with services
};

/// One life under one way of working.
struct WayOfLife {
  WayOfWorking way{WayOfWorking::one_after_another};
  Scenario scenario;
  std::vector<LifeLineEvent> events;
  WaySummary summary;
};

/// In nb, nn or en.
std::string lifeline_text(std::string const& name, std::vector<WayOfLife> const& ways, std::string_view language);
std::string lifeline_json(std::string const& name, std::vector<WayOfLife> const& ways, std::string const& data_class);

}  // namespace utvei
