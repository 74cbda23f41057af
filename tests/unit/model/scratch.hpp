// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/files.hpp"

#include <utvei/model/model.hpp>
#include <utvei/model/rates.hpp>

#include <filesystem>
#include <string>
#include <string_view>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {

/// A test with a folder of its own to write files into.
class ScratchTest : public testing::Test {
 protected:
  std::string write(std::string_view name, std::string_view text) const { return folder_.write(name, text); }

  Model read(std::string_view text) { return read_model(write("model.yaml", text), {}, Request{}, diagnostics_); }
  /// The model and its rates, checked.
  Rates read_with_rates(std::string_view text) {
    model_ = read(text);
    Rates rates = read_rates(model_, diagnostics_);
    check_rates(model_, rates, diagnostics_);
    return rates;
  }

  /// `FILE:LINE:COLUMN: problem` of each diagnosis, files without their folder.
  [[nodiscard]] std::vector<std::string> problems() const {
    std::vector<std::string> lines;
    for (Diagnostic const& diagnostic : diagnostics_.all()) {
      auto const& place = diagnostic.place;
      std::string const file = place.source ? std::filesystem::path{place.source->name}.filename().string() : "";
      lines.push_back(file + ":" + std::to_string(place.line) + ":" + std::to_string(place.column) + ": " +
                      diagnostic.problem);
    }
    return lines;
  }

  Diagnostics diagnostics_;
  Model model_;

 private:
  support::TempFolder folder_;
};

}  // namespace utvei
