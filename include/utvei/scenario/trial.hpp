// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/time.hpp>
#include <utvei/document/reader.hpp>
#include <utvei/population/population.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace utvei {

/// One arm of a trial.
struct TrialArm {
  double share{0};  ///< with the outcome
  std::uint32_t people{0};
};

/// A randomised trial whose result an effect is transported from. A hazard ratio is not a ratio of shares or odds: it
/// is solved so that the trial's people have the outcomes of its arms.
struct Trial {
  enum class Outcome { employed_at, ever_employed };
  std::string path;           ///< of the file of its people
  PopulationSpec population;  ///< who took part
  Outcome outcome{Outcome::employed_at};
  Duration at;  ///< since they were drawn for an arm
  TrialArm control, treated;
  /// Shares of the arms at another time, which the ratio is not solved from: what the model says of them is a test.
  struct KeptOut {
    Duration at;
    std::optional<double> control{}, treated{};  ///< none: nothing was published of that time
  };
  std::vector<KeptOut> kept_out;
  Place place{};
};

/// `{population: ips_trial.yaml, outcome: employed_at, at: 12 months, control: 0.271, treated: 0.366, n: [205, 205]}`;
/// `n` are the people of the control arm and of the treated; `kept_out: [{at: 18 months, control: 0.271, treated:
/// 0.374}]` may follow. The file (`utvei: trial/1`) has a name, a source and the people, as a scenario has them. Files
/// that were read are added to `inputs`.
Trial read_trial(Value const& value, Model const& model, std::vector<std::string>& inputs, Diagnostics& diagnostics);

}  // namespace utvei
