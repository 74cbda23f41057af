// SPDX-License-Identifier: Apache-2.0
#include "calibration_data.hpp"

#include <utility>

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
  prepared.calibration = read_calibration(document, prepared.run->scenario, *prepared.run->population, diagnostics);
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
