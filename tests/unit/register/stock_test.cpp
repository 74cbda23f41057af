// SPDX-License-Identifier: Apache-2.0
#include "small_study.hpp"

#include <utvei/register/disclosure.hpp>
#include <utvei/register/overview.hpp>
#include <utvei/register/stock.hpp>

#include <array>
#include <map>
#include <random>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace utvei {
namespace {

using testing::HasSubstr;
using testing::Not;

std::vector<StockRow> stock_of(LifeCourses const& lives, Study const& study, std::size_t threads = 2) {
  return count_stock(lives, stock_moments(study.stock_dates, study.from, study.to), threads);
}

TEST(Stock, MomentsLieInTheWindow) {
  auto const moments = stock_moments({{11, 16}, {1, 1}}, *date(2015, 1, 1), *date(2016, 11, 16));
  EXPECT_EQ(moments, (std::vector<Instant>{*date(2015, 1, 1), *date(2015, 11, 16), *date(2016, 1, 1)}));
}

TEST(Stock, CountsHeadsByStateWhereSourcesNameStates) {
  SmallStudy small{std::string{plain_study} + "stock_dates: [\"01-08\", \"01-31\"]\n"};
  small.spells(
      "1,2015-01-03,2015-01-08,a\n1,2015-01-08,2015-01-10,b\n"  // who changes on the day has changed
      "2,2015-01-08,,b\n3,2015-01-01,2015-01-08,c\n4,2014-01-01,,a\n");
  auto const lives = small.read();
  EXPECT_EQ(stock_csv(stock_of(lives, small.study), small.study.model, lives.activity_names),
            "date,activities,state,persons\n"
            "2015-01-08,,a,1\n2015-01-08,,b,2\n"
            "2015-01-31,,a,1\n2015-01-31,,b,1\n");
}

constexpr std::string_view activities_study = R"(utvei: study/1
name: small
model: model.yaml
data_class: register
window: {from: 2015-01-01, to: 2015-02-01}
sources:
  - {file: spells.csv, id: person, start: start, stop: stop, activity_from: {column: state}}
states_when:
  - {state: c, all: [job, aap]}
  - {state: a, all: [job]}
  - {state: b, all: [aap], none: [course]}
stock_dates: ["01-08", "01-20"]
)";

TEST(Stock, CrossesActivitiesWithTheStateTheyGive) {
  SmallStudy small{activities_study};
  small.spells(
      "1,2015-01-03,2015-01-09,job\n1,2015-01-08,2015-01-20,aap\n2,2015-01-01,,job\n3,2015-01-01,2015-01-10,aap\n"
      "4,2015-01-01,2015-01-20,course\n4,2015-01-02,,aap\n");
  auto const lives = small.read();
  EXPECT_EQ(stock_csv(stock_of(lives, small.study), small.study.model, lives.activity_names),
            "date,activities,state,persons\n"
            "2015-01-08,job,a,1\n2015-01-08,aap,b,1\n2015-01-08,job+aap,c,1\n2015-01-08,aap+course,,1\n"
            "2015-01-20,job,a,1\n2015-01-20,aap,b,1\n")
      << "who has activities that give no state is there too";
}

TEST(Stock, CountsOfFewPeopleAreHidden) {
  std::vector<std::optional<std::int64_t>> counts{7, 5, 0, 9, 4};
  std::vector<std::optional<std::int64_t>*> places;
  for (auto& count : counts) places.push_back(&count);
  hide_small_counts(places);
  // One alone could be had from the sum of all: the smallest of the others goes with it, and so with few in all.
  EXPECT_EQ(counts, (std::vector<std::optional<std::int64_t>>{7, std::nullopt, 0, 9, std::nullopt}));
  counts = {7, 3, 5, 1};
  hide_small_counts(places = {&counts[0], &counts[1], &counts[2], &counts[3]});
  EXPECT_EQ(counts, (std::vector<std::optional<std::int64_t>>{7, std::nullopt, std::nullopt, std::nullopt}));
  counts = {7, 3, 6, 2};
  hide_small_counts(places);
  EXPECT_EQ(counts, (std::vector<std::optional<std::int64_t>>{7, std::nullopt, std::nullopt, std::nullopt}))
      << "3 + 2 tells that both are small";
}

TEST(Stock, DatesAreHiddenEachByItself) {
  std::vector<StockRow> rows{{day(1), StateId{0}, {}, 8},
                             {day(1), StateId{1}, {}, 2},
                             {day(1), StateId{2}, {}, 6},
                             {day(2), StateId{0}, {}, 8},
                             {day(2), StateId{1}, {}, 5}};
  hide_small_counts(rows);
  SmallStudy small;
  Study const study = small.read_the_study();
  EXPECT_EQ(stock_csv(rows, study.model, {}),
            "date,activities,state,persons\n2015-01-01,,a,8\n2015-01-01,,b,:\n2015-01-01,,c,:\n"
            "2015-01-02,,a,8\n2015-01-02,,b,5\n");
  EXPECT_EQ(stock_text(rows, study.model, {}),
            "people at the stock dates\n"
            "state  2015-01-01  2015-01-02\n"
            "a               8           8\n"
            "b               :           5\n"
            "c               :           0\n"
            ": hidden, as fewer than five people; --inside shows them\n");
}

TEST(Stock, OverviewHasAllTables) {
  SmallStudy small{std::string{activities_study} + "flags: [course]\n"};
  std::string model{small_model};
  model.replace(model.find("  debt: number\n"), 15, "  course: [\"no\", \"yes\"]\n");
  small.folder.write("model.yaml", model);
  std::string rows = "f,2015-01-01,2015-01-06,course\n";
  for (int i = 0; i < 6; ++i) rows += fmt::format("{},2015-01-01,2015-01-09,job\n{},2015-01-09,,aap\n", i, i);
  small.spells(rows + "f,2015-01-01,,job\n");
  auto const lives = small.read();
  auto overview = overview_of(lives, small.study, 2);
  auto const text = overview_text(overview, small.study.model);
  EXPECT_THAT(text, HasSubstr("person-years with a flag\nflag            a          b        all\n"
                              "course        0.0        0.0        0.0\n"));
  EXPECT_THAT(text, HasSubstr("a      job                  7           1\n"));
  EXPECT_THAT(text, HasSubstr("b      aap                  0           6\n"));
  auto const csv = overview_csv(overview, small.study.model);
  EXPECT_THAT(csv, HasSubstr("flag_person_years,,a,,course,0.01368925"));  // five days
  EXPECT_THAT(csv, HasSubstr("\nstock,2015-01-20,a,,job,1\nstock,2015-01-20,b,,aap,6\n"));
  EXPECT_THAT(csv, HasSubstr("\nchanges,,a,b,,6\n"));
  hide_small_counts(overview);
  EXPECT_THAT(overview_csv(overview, small.study.model),
              HasSubstr("\nstock,2015-01-20,a,,job,:\nstock,2015-01-20,b,,aap,:\n"));
}

/// Day by day against a naive count over the rows as they are written.
TEST(Stock, IsThatOfANaiveCount) {
  constexpr std::array names{"job", "aap", "course"};
  for (unsigned seed = 1; seed <= 40; ++seed) {
    std::mt19937 bits{seed};
    auto const below = [&](unsigned most) { return static_cast<unsigned>(bits() % most); };
    std::map<std::string, std::int64_t> expected;
    std::string rows;
    for (unsigned person = 0; person < 30; ++person) {
      std::array<std::array<bool, 3>, 2> has{};
      for (unsigned i = below(6); i > 0; --i) {
        unsigned const what = below(3);
        unsigned const start = 1 + below(28);
        unsigned const stop = start + below(32 - start);
        rows += fmt::format("{},2015-01-{:02},2015-01-{:02},{}\n", person, start, stop, names.at(what));
        if (start <= 8 && 8 < stop) has[0].at(what) = true;
        if (start <= 20 && 20 < stop) has[1].at(what) = true;
      }
      for (std::size_t d = 0; d < 2; ++d) {
        auto const [job, aap, course] = has.at(d);
        if (!job && !aap && !course) continue;
        std::string active;
        for (auto const& [is, name] : {std::pair{job, "job"}, {aap, "aap"}, {course, "course"}})
          if (is) active += (active.empty() ? "" : "+") + std::string{name};
        auto const* const state = job && aap ? "c" : job ? "a" : aap && !course ? "b" : "";
        ++expected[fmt::format("{},{},{}", d == 0 ? "2015-01-08" : "2015-01-20", active, state)];
      }
    }
    SmallStudy small{activities_study};
    small.spells(rows);
    auto const lives = small.read();
    std::map<std::string, std::int64_t> found;
    auto const stock = stock_of(lives, small.study, seed % 3 + 1);
    for (StockRow const& row : stock)
      found[fmt::format("{},{},{}", format(row.date), joined_names(row.activities, lives.activity_names),
                        row.state ? small.study.model.states[*row.state].name : "")] = *row.persons;
    EXPECT_EQ(found, expected) << "seed " << seed;
  }
}

TEST(Stock, DatesNeedACalendarAndAWindow) {
  SmallStudy outside{std::string{plain_study} + "stock_dates: [\"11-16\"]\n"};
  outside.spells("1,2015-01-03,,a\n");
  EXPECT_THAT(outside.messages(), HasSubstr("no stock date lies in the window of the study"));
  SmallStudy twice{std::string{plain_study} + "stock_dates: [\"01-16\", \"01-16\"]\n"};
  EXPECT_THAT(twice.messages(), HasSubstr("stock date `01-16` is there twice"));
}

}  // namespace
}  // namespace utvei
