// SPDX-License-Identifier: Apache-2.0
#include "../../../sim/estimation/panel_hidden.hpp"

#include "support/plain_model.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace utvei {
namespace {

StateId const home{0};
StateId const away{1};

Model home_and_away() {
  return support::plain_model({"home", "away"}, {{0, 1}, {1, 0}});
}

/// Two states: all is known in closed form. With a and b the intensities and c = a + b, P_00(t) = (b + a e^-ct) / c.
TEST(HiddenMoves, AgreeWithClosedForms) {
  Model const model = home_and_away();
  double const a = 0.8;
  double const b = 1.3;
  double const t = 1.5;
  Panel panel;
  panel.intervals = {{0, t, home, home}, {0, t, home, away}, {0, t, home, home}, {0, t, home, home, PanelEnd::exact}};
  PanelOptions options;
  options.cuts = {{0.4, "0.4"}};  // a detour through two steps changes nothing where both periods are alike
  auto const design = make_panel_design(panel, model, panel_coefficients(model, options), options.cuts);
  Eigen::VectorXd at(4);
  at << std::log(a), std::log(b), 0, 0;
  auto const hidden = hidden_moves(design, at);

  double const c = a + b;
  double const stays = (b + a * std::exp(-c * t)) / c;
  double const time_home = (b * t + a * (1 - std::exp(-c * t)) / c) / c;
  EXPECT_EQ(hidden[home].intervals, 3U);
  EXPECT_NEAR(hidden[home].moves, 3 * (a * time_home + b * (t - time_home)), 1e-12);
  EXPECT_NEAR(hidden[home].seen, 3 * (1 - stays), 1e-12);
  EXPECT_NEAR(hidden[home].round_trips, b * (t - time_home), 1e-12);  // a return ends each stay elsewhere
  EXPECT_EQ(hidden[home].unchanged, 2);
  EXPECT_NEAR(hidden[home].away, 2 * (1 - std::exp(-a * t) / stays), 1e-12);
  EXPECT_EQ(hidden[away].intervals, 0U);
}

/// `counts` changes of each kind after one year.
Panel panel_of(std::vector<std::vector<int>> const& counts) {
  Panel panel;
  for (std::size_t from = 0; from < counts.size(); ++from) {
    for (std::size_t to = 0; to < counts.size(); ++to) {
      for (int i = 0; i < counts[from][to]; ++i) panel.intervals.push_back({0, 1, StateId{from}, StateId{to}});
    }
  }
  return panel;
}

TEST(Embedding, OfTwoStatesAsksThatMostStay) {
  Model const model = home_and_away();
  auto const mostly_stay = embedding_of(panel_of({{80, 20}, {30, 70}}), model);
  EXPECT_EQ(mostly_stay.verdict, Embedding::Verdict::yes);
  EXPECT_EQ(mostly_stay.intervals, 200U);
  EXPECT_EQ(mostly_stay.years, 1);
  // log P = log(p + q - 1) / (p + q - 2) (P - I), p and q the shares that stay; they sum to less than one here.
  auto const mostly_move = embedding_of(panel_of({{20, 80}, {70, 30}}), model);
  EXPECT_EQ(mostly_move.verdict, Embedding::Verdict::no);
  EXPECT_NE(mostly_move.why.find("negative"), std::string::npos);
}

TEST(Embedding, FindsWhatNoMarkovProcessCanGive) {
  Model const model = support::plain_model({"a", "b", "c"}, {{0, 1}, {1, 2}, {2, 0}, {1, 0}, {2, 1}, {0, 2}});
  // All who leave a are in b a year later, and half of those in b are in c: some should have gone on to c.
  auto const wrong = embedding_of(panel_of({{500, 500, 0}, {0, 500, 500}, {100, 0, 900}}), model);
  EXPECT_EQ(wrong.verdict, Embedding::Verdict::no);
  EXPECT_EQ(wrong.from, StateId{0});
  EXPECT_EQ(wrong.to, StateId{2});
  EXPECT_LT(wrong.lowest, -2 * wrong.lowest_se);
  auto const few = embedding_of(panel_of({{5, 2, 0}, {0, 5, 2}, {2, 0, 5}}), model);
  EXPECT_EQ(few.verdict, Embedding::Verdict::within_error);
  EXPECT_LT(few.lowest, 0);
}

TEST(Embedding, StandardErrorIsThatOfCounts) {
  Model const model = support::plain_model({"a", "b", "c"}, {{0, 1}, {1, 2}, {2, 0}, {1, 0}, {2, 1}, {0, 2}});
  auto const once = embedding_of(panel_of({{50, 50, 0}, {0, 50, 50}, {50, 0, 50}}), model);
  auto const often = embedding_of(panel_of({{5000, 5000, 0}, {0, 5000, 5000}, {5000, 0, 5000}}), model);
  EXPECT_NEAR(once.lowest_se / often.lowest_se, 10, 0.3);
}

TEST(Embedding, IsNotJudgedWithoutACommonLength) {
  Model const model = home_and_away();
  Panel panel = panel_of({{8, 2}, {3, 7}});
  for (std::size_t i = 0; i < panel.intervals.size(); ++i) panel.intervals[i].stop = 1 + static_cast<double>(i);
  auto const uneven = embedding_of(panel, model);
  EXPECT_EQ(uneven.verdict, Embedding::Verdict::not_judged);
  EXPECT_NE(uneven.why.find("all lengths"), std::string::npos);
  EXPECT_EQ(embedding_of(panel_of({{8, 2}, {0, 0}}), model).verdict, Embedding::Verdict::not_judged);
}

}  // namespace
}  // namespace utvei
