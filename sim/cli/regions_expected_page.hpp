// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/analysis/expected_outcomes.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace utvei {

/// What there is to show of regions against what was expected of them.
struct ExpectedPage {
  std::string name;  ///< of the study
  std::string data_class;
  Model const& model;
  ExpectedOptions const& options;
  std::vector<std::string> covariates;                  ///< names
  std::vector<std::vector<std::string>> accounted_for;  ///< by outcome: what people's composition is told by
  std::vector<OutcomeReport> reports;
  std::optional<DisclosureRules> disclosure;  ///< that what is shown was held back by
};

/// `region,outcome,observed,expected,ratio,low_95,high_95,flag`
std::string expected_csv(ExpectedPage const& page);
/// All that is known of each region, a line each.
std::string expected_details_csv(ExpectedPage const& page);
/// Each region in each period, and its change.
std::string expected_trend_csv(ExpectedPage const& page);
std::string expected_page_json(ExpectedPage const& page);
/// For people, in nb, nn or en.
std::string expected_text(ExpectedPage const& page, std::string_view language);

}  // namespace utvei
