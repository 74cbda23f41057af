// SPDX-License-Identifier: Apache-2.0
// People of known intensities are looked at now and then; the fit must find the intensities again, and its standard
// errors must be those of the estimates.
#include "support/plain_model.hpp"

#include <utvei/core/random.hpp>
#include <utvei/estimation/panel_fit.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

namespace utvei {
namespace {

constexpr double end_of_study = 8;
constexpr double cut = 3;
StateId const dead{3};
TraitId const sex{0};

Model truth_model() {
  return support::plain_model({"work", "ill", "out", "dead"}, {{0, 1}, {1, 0}, {1, 2}, {0, 3}, {1, 3}, {2, 3}},
                              {{"sex", false, {"female", "male"}, {}}});
}

constexpr std::array intercepts{0.4, 0.6, 0.3, 0.03, 0.06, 0.25};
double const men_fall_ill = std::log(0.5);
double const men_die = std::log(1.6);  // from whichever state
double const later = std::log(1.4);    // of all transitions

PanelOptions truth_options(Model const& model) {
  PanelOptions options;
  options.traits = Column<TransitionId, std::vector<TraitId>>{model.transitions.size()};
  for (std::size_t const t : {0U, 3U, 4U, 5U}) options.traits[TransitionId{t}] = {sex};
  options.cuts = {{cut, "3"}};
  options.constraints = {{sex, {TransitionId{3}, TransitionId{4}, TransitionId{5}}}, {{}, {}}};
  for (TransitionId const t : ids_of(model.transitions)) options.constraints[1].transitions.push_back(t);
  return options;
}

/// In the order of the coefficients of the fit.
std::vector<double> truth() {
  std::vector<double> values;
  for (double const rate : intercepts) values.push_back(std::log(rate));
  values.insert(values.end(), {men_fall_ill, men_die, later});
  return values;
}

/// A person's luck, one number after the other.
class Luck {
 public:
  Luck(std::uint32_t replicate, std::size_t person) : key_{7, 0, replicate}, person_{mix64(person)} {}
  double uniform() { return utvei::uniform(key_, person_, stream_, count_++); }
  double exponential() { return unit_exponential(key_, person_, stream_, count_++); }

 private:
  RandomKey key_;
  PersonKey person_;
  StreamId stream_{stream_of("panel")};
  std::uint32_t count_{0};
};

struct Change {
  double time;
  StateId to;
};

double rate_of(std::size_t transition, bool male, bool late) {
  double log_rate = std::log(intercepts.at(transition)) + (late ? later : 0);
  if (male && transition == 0) log_rate += men_fall_ill;
  if (male && transition >= 3) log_rate += men_die;
  return std::exp(log_rate);
}

/// Event by event; what is left of a waiting time at the cut is drawn anew, for it has no memory.
std::vector<Change> live(Model const& model, bool male, Luck& luck) {
  std::vector<Change> changes{{0, StateId{0}}};
  double time = 0;
  while (changes.back().to != dead && time < end_of_study) {
    bool const late = time >= cut;
    std::vector<double> rates(model.transitions.size());
    double total = 0;
    for (TransitionId const t : ids_of(model.transitions)) {
      if (model.transitions[t].from == changes.back().to) total += rates[t.value()] = rate_of(t.value(), male, late);
    }
    double const next = time + luck.exponential() / total;
    if (!late && next > cut) {
      time = cut;
      continue;
    }
    double left = luck.uniform() * total;
    std::size_t chosen = 0;
    while (left > rates[chosen]) left -= rates[chosen++];
    time = next;
    changes.push_back({time, model.transitions[TransitionId{chosen}].to});
  }
  return changes;
}

StateId state_at(std::vector<Change> const& life, double time) {
  auto const after = std::ranges::upper_bound(life, time, {}, &Change::time);
  return std::prev(after)->to;
}

void add(Panel& panel, PanelInterval const& interval, bool male) {
  panel.intervals.push_back(interval);
  panel.traits[sex].push_back(male ? 1 : 0);
}

/// Looks about a year apart; a death is known to the moment.
void look_now_and_then(std::vector<Change> const& life, bool male, Luck& luck, Panel& panel) {
  double const death = life.back().to == dead ? life.back().time : end_of_study + 1;
  double before = 0;
  while (before < end_of_study) {
    double const gap = 0.5 + 0.25 * std::floor(4 * luck.uniform());
    double const next = std::min(before + gap, end_of_study);
    if (death <= next) {
      add(panel, {before, death, state_at(life, before), dead, PanelEnd::exact_entry}, male);
      return;
    }
    add(panel, {before, next, state_at(life, before), state_at(life, next)}, male);
    before = next;
  }
}

/// Every change is seen when it happens.
void follow(std::vector<Change> const& life, bool male, Panel& panel) {
  Change before = life.front();
  for (std::size_t i = 1; i < life.size() && life[i].time <= end_of_study; ++i) {
    add(panel, {before.time, life[i].time, before.to, life[i].to, PanelEnd::exact}, male);
    before = life[i];
  }
  if (before.to != dead) add(panel, {before.time, end_of_study, before.to, before.to, PanelEnd::exact}, male);
}

Panel panel_of(Model const& model, std::uint32_t replicate) {
  constexpr std::size_t persons = 400;
  Panel panel;
  panel.persons = persons;
  panel.traits = Column<TraitId, std::vector<double>>{1};
  for (std::size_t person = 0; person < persons; ++person) {
    Luck luck{replicate, person};
    bool const male = person % 2 == 1;
    auto const life = live(model, male, luck);
    if (person % 4 == 0) {
      follow(life, male, panel);
    } else {
      look_now_and_then(life, male, luck, panel);
    }
  }
  return panel;
}

TEST(PanelRecovery, FindsWhatWasPutIn) {
  constexpr std::uint32_t replicates = 40;
  Model const model = truth_model();
  auto const options = truth_options(model);
  auto const values = truth();
  std::vector<double> sum(values.size());
  std::vector<double> squares(values.size());
  int covered = 0;
  for (std::uint32_t replicate = 0; replicate < replicates; ++replicate) {
    auto const fit = fit_panel(panel_of(model, replicate), model, options);
    ASSERT_TRUE(fit.converged && fit.identified);
    ASSERT_EQ(fit.coefficients.size(), values.size());
    for (std::size_t c = 0; c < values.size(); ++c) {
      double const z = (fit.coefficients[c].estimate - values[c]) / fit.coefficients[c].se;
      sum[c] += z;
      squares[c] += z * z;
      covered += std::abs(z) < 1.959963984540054 ? 1 : 0;
    }
  }
  for (std::size_t c = 0; c < values.size(); ++c) {
    EXPECT_LT(std::abs(sum[c]) / std::sqrt(replicates), 4) << "coefficient " << c << " is biased";
    // The sum of squares of 40 standard normals leaves this range about once in ten thousand times.
    EXPECT_GT(squares[c], 15) << "the standard error of coefficient " << c << " is too large";
    EXPECT_LT(squares[c], 80) << "the standard error of coefficient " << c << " is too small";
  }
  double const share = static_cast<double>(covered) / static_cast<double>(replicates * values.size());
  EXPECT_NEAR(share, 0.95, 0.035);
}

}  // namespace
}  // namespace utvei
