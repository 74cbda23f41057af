// SPDX-License-Identifier: Apache-2.0
// The examples of docs/formats/model.md are read as a user would copy them.
#include "scratch.hpp"

#include <sstream>

namespace utvei {
namespace {

class ModelPage : public ScratchTest {
 protected:
  /// The YAML blocks of the page, and its indented tables by their first column.
  void SetUp() override {
    std::istringstream page{support::read_file(std::string{UTVEI_SOURCE_DIR} + "/docs/formats/model.md")};
    bool in_yaml = false;
    std::string* table = nullptr;
    for (std::string line; std::getline(page, line);) {
      if (line == "```yaml") yaml_.emplace_back();
      bool const indented = line.starts_with("    ") && !in_yaml;
      if (!indented) table = nullptr;
      if (indented && table == nullptr) table = &tables_.emplace_back();
      if (indented) *table += line.substr(4) + "\n";
      if (in_yaml && line != "```") yaml_.back() += line + "\n";
      if (line.starts_with("```")) in_yaml = line == "```yaml";
    }
  }

  [[nodiscard]] std::string table_with(std::string_view header) const {
    for (std::string const& table : tables_) {
      if (table.starts_with(header)) return table;
    }
    return {};
  }

  std::vector<std::string> yaml_;
  std::vector<std::string> tables_;
};

TEST_F(ModelPage, ItsModelAndTablesAreRead) {
  write("regions.csv", table_with("region;parent"));
  write("rates/work.csv", table_with("from;to;region"));
  Rates const read_back = read_with_rates(yaml_.at(0));
  EXPECT_THAT(problems(), testing::IsEmpty());
  EXPECT_EQ(model_.regions.size(), 3U);
  EXPECT_EQ(read_back.rates.size(), 6U);
}

TEST_F(ModelPage, ItsLimitsAreRead) {
  write("regions.csv", table_with("region;parent"));
  write("page.yaml", yaml_.at(0));
  model_ = read("extends: page.yaml\n" + yaml_.at(1));
  EXPECT_THAT(problems(), testing::IsEmpty());
  EXPECT_EQ(model_.states[*model_.state("aap")].limits.size(), 2U);
}

TEST_F(ModelPage, ItsSharesByRegionAreRead) {
  write("regions.csv", table_with("region;parent"));
  write("to.csv", table_with("region;sex;to;share"));
  model_ = read(R"(utvei: model/1
regions: regions.csv
states: {aap: {limit: {after: 3 years, to: to.csv}}, work: {absorbing: true}, disability: {absorbing: true}}
traits: {sex: [female, male]}
)");
  EXPECT_THAT(problems(), testing::IsEmpty());
  EXPECT_EQ(model_.states[*model_.state("aap")].limits[0].to.rows.size(), 2U);
}

}  // namespace
}  // namespace utvei
