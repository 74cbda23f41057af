// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/files.hpp"

#include <utvei/tables/read_table.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {

/// A test that reads tables from a folder of its own.
class TableTest : public testing::Test {
 protected:
  std::string write(std::string_view name, std::string_view text) const { return folder_.write(name, text); }

  std::optional<PublicTable> read(std::string_view mapping, Model const* model = nullptr) {
    return read_table_file(write("mapping.yaml", mapping), {}, model, Request{}, diagnostics_);
  }

  /// `label label …: number`, a line for each row.
  static std::vector<std::string> rows_of(std::optional<PublicTable> const& table) {
    std::vector<std::string> rows;
    if (!table) return rows;
    auto const text = to_csv(*table);
    for (std::size_t at = text.find('\n') + 1; at < text.size();) {
      auto const end = text.find('\n', at);
      rows.push_back(text.substr(at, end - at));
      at = end + 1;
    }
    return rows;
  }

  /// `FILE:LINE:COLUMN: problem` of each diagnosis, files without their folder.
  [[nodiscard]] std::vector<std::string> problems() const {
    std::vector<std::string> lines;
    for (auto const& diagnostic : diagnostics_.all()) {
      auto const& place = diagnostic.place;
      auto const file = place.source ? std::filesystem::path{place.source->name}.filename().string() : std::string{};
      lines.push_back(file + ":" + std::to_string(place.line) + ":" + std::to_string(place.column) + ": " +
                      diagnostic.problem);
    }
    return lines;
  }

  /// Oslo, and Vestfold with two municipalities; a second place called Horten lies in Oslo.
  Model const& model() {
    write("regions.csv",
          "region;parent;level;name_nb\n03;;county;Oslo\n0301;03;municipality;Oslo\n39;;county;Vestfold\n"
          "3901;39;municipality;Horten\n3903;39;municipality;Holmestrand\n");
    write("model.yaml",
          "utvei: model/1\nregions: regions.csv\nstates: {work: {}, out: {}, gone: {absorbing: true}}\n"
          "traits: {sex: [female, male]}\ntransitions:\n  - {from: work, to: out, rate_per_year: 1}\n"
          "  - {from: out, to: work, rate_per_year: 1}\n  - {from: work, to: gone, rate_per_year: 1}\n");
    Diagnostics none;
    model_ = read_model((folder_ / "model.yaml").string(), {}, Request{}, none);
    EXPECT_FALSE(none.has_errors()) << render(none);
    return model_;
  }

  Diagnostics diagnostics_;

 private:
  support::TempFolder folder_;
  Model model_;
};

}  // namespace utvei
