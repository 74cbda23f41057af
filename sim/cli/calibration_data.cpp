// SPDX-License-Identifier: Apache-2.0
#include "calibration_data.hpp"

#include <utility>

#include <fmt/format.h>

namespace utvei {

PreparedCalibration prepare_calibration(std::string const& path, std::vector<Override> const& overrides,
                                        CalibrationStage stage, std::size_t threads, Diagnostics& diagnostics) {
  PreparedCalibration prepared;
  CalibrationDocument const document = read_calibration_document(path, overrides, Request{}, diagnostics);
  if (document.scenario.empty()) return prepared;
  Preparation preparation{{}, threads, diagnostics};
  bool const is_after = stage == CalibrationStage::after && !document.calibrated.empty();
  std::string const& scenario = is_after ? document.calibrated : document.scenario;
  Place const& named = is_after ? document.calibrated_place : document.scenario_place;
  if (preparation.add(scenario, Request{named}) == nullptr) return prepared;
  prepared.run = std::move(preparation.all().front());
  if (stage == CalibrationStage::before && !prepared.run->scenario.measures.empty())
    diagnostics.error(named, "its scenario has measures",
                      "rates are calibrated to what was published of the world without them",
                      "calibrate a scenario without `measures`, and give its rates to this one");
  prepared.calibration =
      read_calibration(document, prepared.run->scenario, prepared.run->rates, *prepared.run->population, diagnostics);
  if (diagnostics.has_errors()) return prepared;
  for (FrozenOffsets const& earlier : prepared.run->rates.frozen) {
    if (stage == CalibrationStage::before && earlier.name == prepared.calibration.name)
      diagnostics.error(
          document.scenario_place, fmt::format("its rates were calibrated under the name `{}` already", earlier.name),
          "offsets of one name are drawn with the same luck, so that their errors would not be independent",
          "calibrate the rates as they were before, or give this calibration another name");
  }
  collecting(diagnostics, [&] {
    Prepared const& run = *prepared.run;
    ModelFigures{prepared.calibration, run.scenario, run.rates, *run.population, {}};
  });
  return prepared;
}

std::vector<std::string> files_of(PreparedCalibration const& prepared) {
  std::vector<std::string> files = prepared.calibration.inputs;
  auto const add = [&](std::vector<std::string> const& more) { files.insert(files.end(), more.begin(), more.end()); };
  add(prepared.run->scenario.inputs);
  add(prepared.run->rates.inputs);
  add(prepared.run->population->inputs);
  return files;
}

}  // namespace utvei
