// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/document/value.hpp>
#include <utvei/results/result.hpp>
#include <utvei/scenario/scenario.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace utvei {

/// Scenarios of one run either all ask for one precision, with as many draws and replicates to begin with, or none
/// does: they are compared run by run.
void check_precision_agrees(std::vector<Scenario const*> const& scenarios, Diagnostics& diagnostics);

/// How many draws or replicates it takes that an outcome is known as well as `precision` asks. Draw k and replicate r
/// are the same however many there are, so the numbers that are tried, and the one that it ends with, follow from the
/// scenarios alone.
class PrecisionSearch {
 public:
  explicit PrecisionSearch(Scenario const& scenario);
  /// Whether the scenario has not the number that is to be tried.
  [[nodiscard]] bool is_another_number(Scenario const& scenario) const;
  [[nodiscard]] Override override_of_number() const;
  /// The scenarios with the number that was tried. True: it is over.
  bool look_at(std::vector<RunResult const*> const& results);
  /// What came out, and what is next, as a line.
  [[nodiscard]] std::string message() const;
  [[nodiscard]] nlohmann::ordered_json report() const;

 private:
  [[nodiscard]] std::string key() const { return adds_draws_ ? "draws" : "replicates"; }

  Precision asked_;
  bool adds_draws_;
  std::uint32_t number_, tried_{0}, rounds_{0};
  std::optional<double> reached_;
  std::size_t results_{1};
  enum class State { goes_on, met, ceiling } state_{State::goes_on};
};

}  // namespace utvei
