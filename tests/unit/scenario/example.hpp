// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "files.hpp"

#include <utvei/core/diagnostics.hpp>
#include <utvei/scenario/scenario.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace utvei::example {

inline constexpr std::string_view model = R"(utvei: model/1
name: example
regions: regions.csv
states:
  school: {group: education}
  work: {group: work, ends_at_age: {age: 67, to: {retired: 1}}}
  aap: {group: outside, limit: {after: 3 years, stay: 0.6, to: {disability: 0.5, work: 0.5}}}
  disability: {group: outside, ends_at_age: {age: 67, to: {retired: 1}}}
  retired: {absorbing: true}
traits:
  sex: [female, male]
  education: [basic, higher]
  debt: number
transitions:
  - {from: school, to: work, rate_per_year: 0.35}
  - {from: work, to: aap, rate_per_year: 0.05}
  - {from: aap, to: work, rate_per_year: 0.2}
  - {from: aap, to: disability, rate_per_year: 0.1}
)";

inline constexpr std::string_view regions =
    "region;parent;level;name_nb\n42;;county;Agder\n4203;42;municipality;Arendal\n4204;42;municipality;Kristiansand\n";

inline constexpr std::string_view scenario = R"(utvei: scenario/1
name: baseline
model: model.yaml
start: 2025-01-01
years: 10
population: {persons: 1000, state: school, age: 16, region: {"4204": 3, "4203": 1}}
)";

/// A folder with the model and its regions.
class Files {
 public:
  Files() {
    folder_.write("model.yaml", model);
    folder_.write("regions.csv", regions);
  }
  [[nodiscard]] support::TempFolder const& folder() const { return folder_; }
  std::string write(std::string_view name, std::string_view text) const { return folder_.write(name, text); }

  /// The example scenario with lines after it.
  Scenario read(std::string_view more = {}, std::vector<Override> const& overrides = {}) {
    return read_text(std::string{scenario} + std::string{more}, overrides);
  }
  Scenario read_text(std::string_view text, std::vector<Override> const& overrides = {}) {
    auto const path = write("scenario.yaml", text);
    diagnostics = {};
    return read_scenario(path, overrides, {}, diagnostics);
  }
  /// What is wrong with the example scenario once lines stand after it.
  std::vector<std::string> problems(std::string_view more) {
    read(more);
    return texts();
  }
  [[nodiscard]] std::vector<std::string> texts() const {
    std::vector<std::string> all;
    for (Diagnostic const& diagnostic : diagnostics.all()) all.push_back(diagnostic.problem);
    return all;
  }

  Diagnostics diagnostics;

 private:
  support::TempFolder folder_;
};

}  // namespace utvei::example
