// SPDX-License-Identifier: Apache-2.0
// The same lives written twice: cleanly, and as registers are. The estimates must be the same, and every broken row
// must be accounted for.
#include "support/csv.hpp"
#include "support/files.hpp"
#include "working_folder.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace utvei {
namespace {

constexpr std::string_view model = R"(utvei: model/1
name: messy
regions: regions.csv
states: {school: {}, work: {}, sick: {}, aap: {}}
traits: {sex: [female, male]}
transitions:
  - {from: school, to: work}
  - {from: work, to: sick}
  - {from: sick, to: work}
  - {from: sick, to: aap}
  - {from: aap, to: work}
)";
constexpr std::string_view estimate = R"(
estimate:
  bands: {age: [16, 25, 40], time_in_state: [0 days, 90 days, 1 year]}
  terms: [sex, age, time_in_state]
  region: fixed
)";
constexpr std::string_view clean_study = R"(utvei: study/1
name: clean
model: model.yaml
data_class: synthetic
window: {from: 2015-01-01, to: 2021-01-01}
persons: {file: persons.csv, id: person, birth: birth, sex: sex, region: region}
sources:
  - {file: spells.csv, id: person, start: start, stop: stop, state_from: {column: state}}
)";
constexpr std::string_view messy_study = R"(utvei: study/1
name: messy
model: model.yaml
data_class: synthetic
window: {from: 2015-01-01, to: 2021-01-01}
persons: {file: folk.csv, id: løpenr, birth: født, sex: sex, region: kommune}
crosswalk: {file: koder.csv, from: gammel, to: ny}
rejects: {at_most: 0.05}
sources:
  - {file: aap.csv, id: løpenr, start: fra, stop: til, state: aap}
  - {file: sick.csv, id: løpenr, start: fra, stop: til, state: sick}
  - {file: other.csv, id: løpenr, start: fra, stop: til, state_from: {column: tilstand}}
)";

struct Spell {
  std::string state;
  int start;  ///< days since 2012-01-01
  int stop;
};

/// `2012-01-01` and so many days.
std::string date(int days) {
  std::chrono::year_month_day const ymd{std::chrono::sys_days{std::chrono::January / 1 / 2012} +
                                        std::chrono::days{days}};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(ymd.year()), static_cast<unsigned>(ymd.month()),
                     static_cast<unsigned>(ymd.day()));
}

/// æ, ø and å of UTF-8 in Latin-1.
std::string in_latin1(std::string text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (static_cast<unsigned char>(text[i]) == 0xc3 && i + 1 < text.size())
      result += static_cast<char>(static_cast<unsigned char>(text[++i]) + 0x40);
    else
      result += text[i];
  }
  return result;
}

class MessyRegister : public testing::Test {
 protected:
  MessyRegister() {
    folder.write("model.yaml", model);
    folder.write("regions.csv", "region;parent\n4203;\n4204;\n");
    folder.write("koder.csv", "gammel;ny\n0906;4203\n1001;4204\n1017;4204\n");
    folder.write("clean.yaml", std::string{clean_study} + std::string{estimate});
    folder.write("messy.yaml", std::string{messy_study} + std::string{estimate});
    for (int person = 0; person < 1500; ++person) add_person(fmt::format("å{:04}", person));
    for (std::string const name : {"aap", "sick"}) write_messy(name, "løpenr;fra;til", 3);
    write_messy("other", "løpenr;fra;til;tilstand", 4);
    folder.write("persons.csv", persons_);
    folder.write("spells.csv", spells_);
    folder.write("folk.csv", in_latin1(people_));
  }

  unsigned below(unsigned most) { return static_cast<unsigned>(bits_() % most); }

  std::vector<Spell> life() {
    std::vector<Spell> spells;
    std::string state = below(2) == 0 ? "school" : "work";
    for (int at = static_cast<int>(below(800)); at < 3000;) {
      int const stop = at + 1 + static_cast<int>(below(state == "sick" ? 200 : 900));
      spells.push_back({state, at, stop});
      state = state == "school" ? "work" : state == "work" ? "sick" : state == "sick" && below(3) == 0 ? "aap" : "work";
      at = stop;
    }
    return spells;
  }

  void add_person(std::string const& id) {
    std::string const birth = date(-9000 - static_cast<int>(below(6000)));
    std::string const sex = below(2) == 0 ? "female" : "male";
    bool const arendal = below(2) == 0;
    persons_ += fmt::format("{},{},{},{}\n", id, birth, sex, arendal ? "4203" : "4204");
    std::string const old = arendal ? (below(2) == 0 ? "0906" : "4203") : (below(2) == 0 ? "1001" : "1017");
    people_ += fmt::format("{};{};{};{}\n", id, birth, sex, old);
    auto const spells = life();
    // The job goes on while benefits are paid: those sources come first.
    Spell job{"work", -1, -1};
    for (auto const& [state, start, stop] : spells) {
      spells_ += fmt::format("{},{},{},{}\n", id, date(start), date(stop), state);
      if (state == "work") {
        job.start = job.start < 0 ? start : job.start;
        job.stop = stop;
      } else if (state == "school") {
        rows_["other"].push_back(fmt::format("{};{};{};school", id, date(start), date(stop)));
      } else {
        rows_[state].push_back(fmt::format("{};{};{}", id, date(start), date(stop)));
      }
    }
    if (job.start >= 0) rows_["other"].push_back(fmt::format("{};{};{};work", id, date(job.start), date(job.stop)));
  }

  std::string broken(int fields) {
    switch (below(5)) {
      case 0:
        return fields == 3 ? "å0001;2016-02-01;2016-01-01" : "å0001;2016-02-01;2016-01-01;work";
      case 1:
        return fields == 3 ? "å0001;2016-02-31;2016-03-01" : "å0001;2016-02-31;2016-03-01;work";
      case 2:
        return "å0001;2016-02-01";
      case 3:
        return fields == 3 ? "å9999;2016-02-01;2016-03-01" : "å0001;2016-02-01;2016-03-01;wrok";
      default:
        return fields == 3 ? ";2016-02-01;2016-03-01" : ";2016-02-01;2016-03-01;work";
    }
  }

  /// One row in ten twice, one in fifty broken, in no order.
  void write_messy(std::string const& name, std::string const& header, int fields) {
    auto& rows = rows_[name];
    std::size_t const good = rows.size();
    for (std::size_t i = 0; i < good; i += 10) rows.push_back(rows[i]);
    duplicates_ += (good + 9) / 10;
    std::size_t const whole = rows.size();
    std::vector<std::size_t> order(whole + whole / 49);
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::shuffle(order.begin(), order.end(), bits_);
    std::string text = header + "\r\n";
    for (std::size_t line = 0; line < order.size(); ++line) {
      bool const is_broken = order[line] >= whole;
      text += (is_broken ? broken(fields) : rows[order[line]]) + "\r\n";
      if (is_broken) broken_.emplace(name + ".csv", static_cast<int>(line) + 2);
    }
    folder.write(name + ".csv", in_latin1(text));
  }

  WorkingFolder folder;
  std::mt19937 bits_{20240917};
  std::string persons_{"person,birth,sex,region\n"}, spells_{"person,start,stop,state\n"};
  std::string people_{"løpenr;født;sex;kommune\n"};
  std::map<std::string, std::vector<std::string>> rows_;
  std::set<std::pair<std::string, int>> broken_;  ///< file and line
  std::size_t duplicates_{0};
};

TEST_F(MessyRegister, GivesTheEstimatesOfTheCleanOne) {
  auto const clean =
      folder.run({"estimate", "clean.yaml", "-o", "clean.h5", "--exposure", "ce.csv", "--coefficients", "cc.csv"});
  ASSERT_EQ(clean.exit_code, 0) << clean.err;
  auto const messy = folder.run({"estimate", "messy.yaml", "-o", "messy.h5", "--exposure", "me.csv", "--coefficients",
                                 "mc.csv", "--rejects", "rejects.csv", "--summary", "summary.json"});
  ASSERT_EQ(messy.exit_code, 0) << messy.err;
  EXPECT_EQ(support::read_file(folder / "me.csv"), support::read_file(folder / "ce.csv"));
  EXPECT_EQ(support::read_file(folder / "mc.csv"), support::read_file(folder / "cc.csv"));
  EXPECT_GT(support::read_csv(folder / "cc.csv").size(), 10U);

  std::set<std::pair<std::string, int>> found;
  for (auto const& row : support::read_csv(folder / "rejects.csv"))
    EXPECT_TRUE(found.emplace(row.at("file"), std::stoi(row.at("line"))).second) << "a row is rejected once";
  EXPECT_EQ(found, broken_);
  EXPECT_GT(found.size(), 100U);

  auto const counts = nlohmann::json::parse(support::read_file(folder / "summary.json")).at("rows");
  std::size_t rejected = 0;
  for (auto const& reason : counts.at("rejected")) rejected += reason.at("rows").get<std::size_t>();
  EXPECT_EQ(rejected, broken_.size());
  EXPECT_EQ(counts.at("duplicates"), duplicates_);
}

}  // namespace
}  // namespace utvei
