// SPDX-License-Identifier: Apache-2.0
// A piecewise-exponential model of each transition, fitted to events and person-time by cell as a Poisson log-linear
// model: the likelihood is a product over transitions, so each is fitted by itself (Holford 1980; Andersen & Keiding
// 2002), unless a constraint gives several of them one coefficient: these are fitted together.
#include "log_linear.hpp"

#include "region_design.hpp"
#include "transition_model.hpp"

#include <utvei/core/parallel.hpp>

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace utvei {
namespace {

/// Transitions that are fitted together: one, or those that constraints connect.
class TransitionGroup {
 public:
  TransitionGroup(Exposure const& exposure, Model const& model, EstimateOptions const& options,
                  ScaledGraph const& graph, std::vector<TransitionId> const& transitions)
      : model_{model}, options_{options}, graph_{graph} {
    own_.reserve(transitions.size());
    for (TransitionId const transition : transitions) {
      auto const kept = axes_of(transition, exposure.axes, options);
      bool const whole = kept.size() == exposure.axes.size();
      if (!whole) own_.push_back(projected(exposure, kept, transition, model));
      members_.emplace_back(whole ? exposure : own_.back(), model, options, transition);
    }
  }

  /// What is known of each transition, and the model that they were fitted with, if any had events.
  struct Result {
    std::vector<Outcome> outcomes;
    std::optional<RateModel> model;
  };
  Result fit();

 private:
  void number_columns(std::vector<TransitionModel const*> const& fitted);
  [[nodiscard]] RateModel rate_model(std::vector<TransitionModel const*> const& fitted, MixedFit const& fit) const;

  Model const& model_;
  EstimateOptions const& options_;
  ScaledGraph const& graph_;   ///< of spatial regions
  std::vector<Exposure> own_;  ///< of members that do not use all axes
  std::vector<TransitionModel> members_;
  std::vector<std::vector<std::uint32_t>> columns_;  ///< by fitted member: its columns among all
  std::vector<std::string> names_;                   ///< by column
};

/// Columns of a constrained term are those of the first transition of the constraint.
void TransitionGroup::number_columns(std::vector<TransitionModel const*> const& fitted) {
  std::map<std::pair<std::size_t, std::string>, std::uint32_t> shared;  // constraint and column
  for (TransitionModel const* member : fitted) {
    auto& columns = columns_.emplace_back();
    Design const& design = member->design();
    for (std::size_t own = 0; own < design.names().size(); ++own) {
      auto const next = static_cast<std::uint32_t>(names_.size());
      auto const constraint = std::ranges::find_if(options_.constraints, [&](Constraint const& each) {
        return each.axis == design.axes()[own] &&
               std::ranges::find(each.transitions, member->transition()) != each.transitions.end();
      });
      bool is_new = true;
      std::uint32_t column = next;
      if (constraint != options_.constraints.end()) {
        auto const number = static_cast<std::size_t>(constraint - options_.constraints.begin());
        auto const [found, added] = shared.emplace(std::pair{number, design.names()[own]}, next);
        is_new = added;
        column = found->second;
      }
      columns.push_back(column);
      if (!is_new) continue;
      bool const alone = fitted.size() == 1 || constraint != options_.constraints.end();
      names_.push_back(alone
                           ? design.names()[own]
                           : fmt::format("{}: {}", model_.transitions[member->transition()].name, design.names()[own]));
    }
  }
}

/// Coefficients, then the effects of regions that borrow, as in the joint covariance.
RateModel TransitionGroup::rate_model(std::vector<TransitionModel const*> const& fitted, MixedFit const& fit) const {
  std::vector<std::string> transitions;
  for (TransitionModel const* member : fitted) transitions.push_back(model_.transitions[member->transition()].name);
  RateModel model{fmt::format("{}", fmt::join(transitions, ", ")), names_, fit.fixed.coefficients,
                  factor_of(fit.covariance).values};
  for (std::size_t r = 0; r < fit.effect.size(); ++r) {
    model.effects.push_back(fmt::format("region={}", fitted.front()->axes().front().labels[r]));
    model.estimate.push_back(fit.effect[r]);
  }
  return model;
}

TransitionGroup::Result TransitionGroup::fit() {
  std::vector<TransitionModel const*> fitted;
  for (TransitionModel const& member : members_) {
    if (member.events() > 0) fitted.push_back(&member);
  }
  number_columns(fitted);
  PoissonCells cells;
  MixedFit mixed;
  Result result;
  if (!fitted.empty()) {
    cells.terms = names_.size();
    cells.regions = fitted.front()->design().regions();
    for (std::size_t i = 0; i < fitted.size(); ++i) fitted[i]->add_rows(columns_[i], cells);
    if (cells.regions > 0) {
      mixed = fit_mixed_poisson(cells, region_effects_of(fitted.front()->axes().front(), model_, options_, graph_),
                                options_.sd_prior);
    } else {
      mixed.fixed = fit_poisson(cells);
      mixed.covariance = mixed.fixed.covariance;
    }
    result.model = rate_model(fitted, mixed);
  }
  std::size_t place = 0;
  for (TransitionModel& member : members_) {
    bool const has_events = member.events() > 0;
    result.outcomes.push_back(has_events ? std::move(member).report(mixed, columns_[place], cells)
                                         : std::move(member).limits());
    place += has_events ? 1 : 0;
  }
  return result;
}

/// In the order of their first transitions.
std::vector<std::vector<TransitionId>> groups_of(Model const& model, EstimateOptions const& options) {
  std::vector<std::size_t> root(model.transitions.size());
  std::iota(root.begin(), root.end(), std::size_t{0});
  auto const find = [&](std::size_t i) {
    while (root[i] != i) i = root[i];
    return i;
  };
  for (Constraint const& constraint : options.constraints) {
    for (TransitionId const transition : constraint.transitions) {
      auto const [low, high] = std::minmax({find(transition.value()), find(constraint.transitions.front().value())});
      root[high] = low;
    }
  }
  std::vector<std::vector<TransitionId>> by_root(root.size());
  for (std::size_t i = 0; i < root.size(); ++i) by_root[find(i)].emplace_back(i);
  std::erase_if(by_root, [](auto const& group) { return group.empty(); });
  return by_root;
}

/// The graph of the regions that have rates; edges of others are counted in a warning.
ScaledGraph graph_with_warnings(Exposure const& exposure, EstimateOptions const& options, FitSummary& summary) {
  if (options.region != RegionEffect::spatial) return {};
  auto const& regions = exposure.axes.front().regions;
  auto const edges = edges_among(regions, options);
  auto graph = scaled_graph(regions.size(), edges);
  if (edges.size() < options.neighbours.size()) {
    summary.warnings.push_back(fmt::format("{} of {} pairs of neighbours name a region that has no rates: not used",
                                           options.neighbours.size() - edges.size(), options.neighbours.size()));
  }
  if (graph.singletons > 0) {
    summary.warnings.push_back(fmt::format("{} of {} regions have no neighbour: they borrow from all regions alike",
                                           graph.singletons, regions.size()));
  }
  return graph;
}

}  // namespace

void fit_log_linear(Exposure const& exposure, Model const& model, EstimateOptions const& options, std::size_t threads,
                    Fit& fit) {
  fit.method = "poisson";
  ScaledGraph const graph = graph_with_warnings(exposure, options, fit.summary);
  auto const groups = groups_of(model, options);
  std::vector<TransitionGroup::Result> results(groups.size());
  parallel_for_blocks(groups.size(), 1, threads, nullptr, [&](Block const& block) {
    for (std::size_t i = block.first; i < block.last; ++i) {
      results[i] = TransitionGroup{exposure, model, options, graph, groups[i]}.fit();
    }
  });
  std::vector<Outcome> outcomes(model.transitions.size());
  for (std::size_t i = 0; i < groups.size(); ++i) {
    auto const number = static_cast<std::uint32_t>(fit.models.size());
    if (results[i].model) fit.models.push_back(std::move(*results[i].model));
    for (std::size_t k = 0; k < groups[i].size(); ++k) {
      Outcome& outcome = outcomes[groups[i][k].value()] = std::move(results[i].outcomes[k]);
      for (RateCell& cell : outcome.cells) cell.effects.model = cell.effects.places.empty() ? 0 : number;
    }
  }
  for (Outcome& outcome : outcomes) {
    fit.cells.insert(fit.cells.end(), outcome.cells.begin(), outcome.cells.end());
    fit.coefficients.insert(fit.coefficients.end(), outcome.coefficients.begin(), outcome.coefficients.end());
    fit.regions.insert(fit.regions.end(), outcome.regions.begin(), outcome.regions.end());
    fit.summary.transitions.push_back(std::move(outcome.summary));
  }
}

}  // namespace utvei
