// SPDX-License-Identifier: Apache-2.0
// The mappings that are shipped, each with a small file of its table's form; and a draft of every such file.
#include "table_test_base.hpp"

#include <utvei/document/value.hpp>

#include <map>

namespace utvei {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::IsSupersetOf;

std::filesystem::path shipped_folder() {
  return std::filesystem::path{UTVEI_SOURCE_DIR} / "scenarios" / "tables";
}

class ShippedTable : public TableTest {
 protected:
  std::optional<PublicTable> read_shipped(std::string const& name) {
    auto table = read_table_file((shipped_folder() / name).string(), {}, nullptr, Request{}, diagnostics_);
    EXPECT_THAT(problems(), IsEmpty()) << render(diagnostics_);
    return table;
  }
};

TEST_F(ShippedTable, PopulationOf07459) {
  auto const table = read_shipped("07459.yaml");
  ASSERT_TRUE(table);
  EXPECT_EQ(table->rows(), 24U);
  EXPECT_THAT(table->columns[0].labels, ElementsAre("3901", "4003"));
  EXPECT_THAT(table->columns[1].labels, ElementsAre("female", "male"));
  EXPECT_THAT(table->columns[2].labels, ElementsAre("18", "19", "105+"));
  EXPECT_THAT(rows_of(table), IsSupersetOf({"3901,female,18,2023,171,171,171,", "3901,female,18,2024,168,168,168,",
                                            "4003,male,105+,2024,1,1,1,", "3901,male,19,2024,174,174,174,"}));
}

TEST_F(ShippedTable, StatusOf13563) {
  auto const table = read_shipped("13563.yaml");
  ASSERT_TRUE(table);
  EXPECT_THAT(rows_of(table), IsSupersetOf({"39,work,15-29,2024,230,230,230,", "39,pension,15-29,2024,,0,2,",
                                            "39,pension,30-61,2024,,1,3,", "40,other,30-61,2024,,,,:"}));
  EXPECT_EQ(table->inputs.size(), 4U) << "the mapping, the table, the model and its regions";
}

TEST_F(ShippedTable, MovesOf12427) {
  auto const table = read_shipped("12427.yaml");
  ASSERT_TRUE(table);
  EXPECT_THAT(rows_of(table), IsSupersetOf({"2012,work,aap_disability,2017,90173,90173,90173,",
                                            "2012,unemployed,work,2017,24609,24609,24609,"}));
}

TEST_F(ShippedTable, IncomeOf06944AndStatusOf12423) {
  EXPECT_THAT(rows_of(read_shipped("06944.yaml")), Contains("3901,2023,571000,571000,571000,"));
  EXPECT_THAT(rows_of(read_shipped("12423.yaml")), Contains("work,male,2022,900,900,900,"));
}

/// NAV, 30 June 2016: counties by name, ages side by side. The ages of a county sum to the printed total.
TEST_F(ShippedTable, ASheetOfNav) {
  auto const table = read_shipped("nav_disability.yaml");
  ASSERT_TRUE(table);
  EXPECT_THAT(table->columns[0].labels, ElementsAre("03", "39", "40"));
  std::map<std::string, double> sums;
  for (std::size_t row = 0; row < table->rows(); ++row) sums[table->label(row, 0)] += table->values[row].low;
  EXPECT_THAT(sums, ElementsAre(std::pair{"03", 25085}, std::pair{"39", 18014}, std::pair{"40", 13656}));
}

TEST_F(ShippedTable, ADraftReadsTheTableThatItIsOf) {
  for (std::string const name : {"07459.json", "13563.json", "12423.json", "12427.csv", "06944.csv"}) {
    diagnostics_ = {};
    auto const draft = draft_mapping(write(name, support::read_file(shipped_folder() / name)), Request{}, diagnostics_);
    EXPECT_TRUE(read(draft)) << draft << render(diagnostics_);
    EXPECT_THAT(problems(), IsEmpty()) << draft;
  }
}

TEST_F(ShippedTable, ADraftOfAwkwardWords) {
  auto const path = write("odd.csv", "\"a: b\";n\n\"two\nlines\";1\n\"\"\"quoted\"\" \\\";2\n# no;3\n");
  auto const draft = draft_mapping(path, Request{}, diagnostics_);
  auto const table = read(draft);
  ASSERT_TRUE(table) << draft << render(diagnostics_);
  EXPECT_THAT(table->columns[0].labels, ElementsAre("two\nlines", "\"quoted\" \\", "# no"));
}

}  // namespace
}  // namespace utvei
