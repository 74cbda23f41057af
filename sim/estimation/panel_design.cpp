// SPDX-License-Identifier: Apache-2.0
#include "panel_design.hpp"

#include <utvei/core/contract.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

namespace utvei {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;
using Active = std::vector<std::pair<std::size_t, double>>;

/// Mean and standard deviation of a number over the intervals where it is known.
PanelDesign::Spread spread_of(std::vector<double> const& values) {
  double sum = 0;
  double count = 0;
  for (double const x : values) {
    if (std::isnan(x)) continue;
    sum += x;
    ++count;
  }
  if (count == 0) return {};
  double const mean = sum / count;
  double squares = 0;
  for (double const x : values) squares += std::isnan(x) ? 0 : (x - mean) * (x - mean);
  double const sd = std::sqrt(squares / count);
  return {mean, sd > 0 ? sd : 1};
}

/// Years in each period between cuts; (a, b]: what ends at a cut belongs to the period before.
std::vector<std::pair<std::size_t, double>> pieces_of(PanelInterval const& interval, double unit_years,
                                                      std::vector<PanelCut> const& cuts) {
  std::vector<std::pair<std::size_t, double>> pieces;
  double start = interval.start;
  for (std::size_t period = 0; period <= cuts.size(); ++period) {
    double const end = period < cuts.size() ? std::min(cuts[period].time, interval.stop) : interval.stop;
    if (end > start) {
      pieces.emplace_back(period, (end - start) * unit_years);
      start = end;
    }
  }
  return pieces;
}

/// Fills a design, each kind of thing once.
class DesignBuilder {
 public:
  DesignBuilder(Panel const& panel, std::vector<PanelCoefficient> const& coefficients, PanelDesign& design)
      : panel_{panel}, coefficients_{coefficients}, design_{design} {}

  void add(std::size_t number, std::vector<PanelCut> const& cuts) {
    PanelInterval const& interval = panel_.intervals[number];
    UTVEI_EXPECT(interval.start < interval.stop);
    std::vector<std::size_t> path;
    for (auto const& [period, years] : pieces_of(interval, panel_.unit_years, cuts)) {
      if (!find_active(number, period)) {
        ++design_.unused;
        return;
      }
      auto const pattern = patterns_.try_emplace(active_, design_.patterns.size());
      if (pattern.second) design_.patterns.push_back({active_});
      auto const step = steps_.try_emplace({pattern.first->second, years}, design_.steps.size());
      if (step.second) design_.steps.push_back({pattern.first->second, years});
      path.push_back(step.first->second);
    }
    auto const found =
        known_.try_emplace({path, interval.from, interval.to, interval.end}, design_.contributions.size());
    if (found.second) design_.contributions.push_back({path, interval.from, interval.to, interval.end, 0});
    design_.contributions[found.first->second].count += 1;
  }

 private:
  /// Coefficients that hold through an interval in a period; false if a trait that they need is not known.
  bool find_active(std::size_t number, std::size_t period) {
    active_.clear();
    for (std::size_t c = 0; c < coefficients_.size(); ++c) {
      PanelCoefficient const& coefficient = coefficients_[c];
      double weight = 1;
      if (coefficient.kind == PanelCoefficient::Kind::period) weight = coefficient.level == period ? 1 : 0;
      if (coefficient.trait) {
        double const value = panel_.traits[*coefficient.trait][number];
        if (std::isnan(value)) return false;
        auto const& spread = design_.spread[*coefficient.trait];
        weight = coefficient.kind == PanelCoefficient::Kind::number ? (value - spread.mean) / spread.sd
                 : value == static_cast<double>(coefficient.level)  ? 1
                                                                    : 0;
      }
      if (weight != 0) active_.emplace_back(c, weight);
    }
    return true;
  }

  Panel const& panel_;
  std::vector<PanelCoefficient> const& coefficients_;
  PanelDesign& design_;
  Active active_;
  std::map<Active, std::size_t> patterns_;
  std::map<std::pair<std::size_t, double>, std::size_t> steps_;
  std::map<std::tuple<std::vector<std::size_t>, StateId, StateId, PanelEnd>, std::size_t> known_;
};

}  // namespace

VectorXd PanelDesign::rates(Pattern const& pattern, VectorXd const& coefficients_at) const {
  VectorXd log_rates = VectorXd::Zero(static_cast<Index>(transitions.size()));
  for (auto const& [c, weight] : pattern.active) {
    for (std::size_t const t : transitions_of[c]) {
      log_rates[static_cast<Index>(t)] += weight * coefficients_at[static_cast<Index>(c)];
    }
  }
  return log_rates.array().exp();
}

MatrixXd PanelDesign::generator(VectorXd const& rates) const {
  MatrixXd q = MatrixXd::Zero(static_cast<Index>(states), static_cast<Index>(states));
  for (std::size_t t = 0; t < transitions.size(); ++t) {
    auto const from = static_cast<Index>(transitions[t].from.value());
    double const rate = rates[static_cast<Index>(t)];
    q(from, static_cast<Index>(transitions[t].to.value())) = rate;
    q(from, from) -= rate;
  }
  return q;
}

PanelDesign make_panel_design(Panel const& panel, Model const& model, std::vector<PanelCoefficient> const& coefficients,
                              std::vector<PanelCut> const& cuts) {
  PanelDesign design;
  design.states = model.states.size();
  design.coefficients = coefficients.size();
  design.transitions = model.transitions.values();
  for (PanelCoefficient const& coefficient : coefficients) {
    auto& transitions = design.transitions_of.emplace_back();
    for (TransitionId const transition : coefficient.transitions) transitions.push_back(transition.value());
  }
  for (TraitId const trait : ids_of(model.traits)) {
    bool const scaled = model.traits[trait].numeric && !panel.traits.empty();
    design.spread.push_back(scaled ? spread_of(panel.traits[trait]) : PanelDesign::Spread{});
  }
  DesignBuilder builder{panel, coefficients, design};
  for (std::size_t i = 0; i < panel.intervals.size(); ++i) builder.add(i, cuts);
  return design;
}

}  // namespace utvei
