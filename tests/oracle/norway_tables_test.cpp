// SPDX-License-Identifier: Apache-2.0
// Every municipality of Norway since 1994, by code and by name: Kartverket's list of 2024, and the crosswalk of
// regtools.
#include "support/csv.hpp"
#include "support/files.hpp"
#include "support/oracle.hpp"

#include <utvei/tables/read_table.hpp>

#include <map>
#include <set>
#include <string>

#include <gtest/gtest.h>

namespace utvei {
namespace {

/// A model whose regions are Norway's municipalities and counties.
class NorwayTables : public testing::Test {
 protected:
  void make_model(std::filesystem::path const& municipalities) {
    std::string regions = "region;parent;level;name_nb\n";
    std::set<std::string> counties;
    for (auto const& row : support::read_csv(municipalities)) {
      if (counties.insert(row.at("fylkesnummer")).second)
        regions += row.at("fylkesnummer") + ";;county;" + row.at("fylke") + "\n";
      regions += row.at("kommunenummer") + ";" + row.at("fylkesnummer") + ";municipality;" + row.at("kommune") + "\n";
      ++names_[row.at("kommune")];
      codes_.insert(row.at("kommunenummer"));
    }
    folder_.write("regions.csv", regions);
    folder_.write("model.yaml",
                  "utvei: model/1\nregions: regions.csv\nstates: {work: {}, out: {}}\ntransitions:\n"
                  "  - {from: work, to: out, rate_per_year: 1}\n  - {from: out, to: work, rate_per_year: 1}\n");
  }

  std::optional<PublicTable> read(std::string const& text, std::string const& mapping) {
    folder_.write("table.csv", text);
    auto const path = folder_.write("mapping.yaml", "utvei: mapping/1\nmodel: model.yaml\nfile: table.csv\n" + mapping);
    return read_table_file(path, {}, nullptr, Request{}, diagnostics_);
  }

  support::TempFolder folder_;
  Diagnostics diagnostics_;
  std::map<std::string, int> names_;
  std::set<std::string> codes_;
};

TEST_F(NorwayTables, OldCodesOfThirtyYearsBecomeThoseOf2024) {
  UTVEI_REQUIRE_ORACLE(crosswalk, "facts/kommune_crosswalk_1994_2024.csv");
  UTVEI_REQUIRE_ORACLE(municipalities, "facts/kommuner_2024.csv");
  make_model(municipalities);
  folder_.write("codes.csv", support::read_file(crosswalk));
  std::string text = "region;persons\n";
  std::map<std::string, double> expected;
  for (auto const& row : support::read_csv(crosswalk)) {
    text += row.at("old_code") + " " + row.at("old_name") + " (" + row.at("valid_note") + ");1\n";
    if (codes_.contains(row.at("code_2024"))) ++expected[row.at("code_2024")];
  }
  auto const table = read(text,
                          "columns: {region: {as: region, others: drop}}\n"
                          "recode: {file: codes.csv, from: old_code, to: code_2024}\n");
  ASSERT_TRUE(table) << render(diagnostics_);
  std::map<std::string, double> found;
  for (std::size_t row = 0; row < table->rows(); ++row) found[table->label(row, 0)] = table->values[row].low;
  EXPECT_EQ(found.size(), 357U);
  EXPECT_EQ(found, expected) << "Svalbard and what is no municipality are dropped";
}

TEST_F(NorwayTables, NamesFindTheirCodes) {
  UTVEI_REQUIRE_ORACLE(municipalities, "facts/kommuner_2024.csv");
  make_model(municipalities);
  std::string text = "region;persons\n";
  for (auto const& [name, count] : names_)
    if (count == 1) text += name + ";1\n";
  auto const table = read(text, "columns: {region: {as: region, level: municipality}}\n");
  ASSERT_TRUE(table) << render(diagnostics_);
  EXPECT_EQ(table->rows(), 353U);
  EXPECT_FALSE(read(text + "Våler;1\n", "columns: {region: {as: region, level: municipality}}\n"));
  ASSERT_EQ(diagnostics_.all().size(), 1U);
  EXPECT_EQ(diagnostics_.all()[0].why, "2 regions are called `Våler`");
}

}  // namespace
}  // namespace utvei
