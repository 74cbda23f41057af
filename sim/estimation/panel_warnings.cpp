// SPDX-License-Identifier: Apache-2.0
#include "panel_warnings.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr double longest_interval = 1.0 / 3;  ///< beside a mean stay: longer ones are warned of

double median(std::vector<double> values) {
  auto const middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

std::string describe_hidden(StateId state, Model const& model, PanelFit const& fit) {
  double const stay = fit.mean_sojourn[state];
  HiddenMoves const& hidden = fit.hidden[state];
  auto text = fmt::format(
      "people are looked at every {:.3g} years (median), and a stay in `{}` is estimated to last {:.3g}: {:.0f} % of "
      "the stays that begin right after a look end before the next one and are never seen",
      fit.median_interval, model.states[state].name, stay, -100 * std::expm1(-fit.median_interval / stay));
  if (hidden.intervals > 0) {
    text += fmt::format(". Between two looks of which the first is there, {:.2g} round trips leave no trace",
                        hidden.round_trips);
  }
  if (hidden.unchanged > 0) {
    text += fmt::format("; {:.0f} % of those who are there at both were away in between",
                        100 * hidden.away / hidden.unchanged);
  }
  return text;
}

/// Two changes between two looks leave no trace: the more of them, the more the estimate rests on the Markov property
/// alone.
void warn_of_short_stays(Model const& model, PanelFit& fit) {
  double moves = 0;
  double seen = 0;
  for (HiddenMoves const& hidden : fit.hidden) {
    moves += hidden.moves;
    seen += hidden.seen;
  }
  std::size_t const before = fit.warnings.size();
  for (StateId const state : ids_of(model.states)) {
    if (fit.median_interval >= fit.mean_sojourn[state] * longest_interval) {
      fit.warnings.push_back(describe_hidden(state, model, fit));
    }
  }
  if (fit.warnings.size() == before || moves <= 0) return;
  fit.warnings.push_back(fmt::format(
      "the fit implies {:.0f} changes of state between looks, of which {:.0f} show as a change ({:.0f} %). If "
      "moves are seasonal or people go back and forth, the intensities are too low; prefer dates of change, "
      "or more frequent looks",
      moves, seen, 100 * seen / moves));
}

void warn_of_embedding(Model const& model, PanelFit& fit) {
  Embedding const& embedding = fit.embedding;
  if (embedding.verdict != Embedding::Verdict::no) return;
  auto const reason =
      embedding.why.empty()
          ? fmt::format("its logarithm has the intensity {:.2g} per year (standard error {:.1g}) for `{} -> {}`",
                        embedding.lowest, embedding.lowest_se, model.states[embedding.from].name,
                        model.states[embedding.to].name)
          : embedding.why;
  fit.warnings.push_back(
      fmt::format("no Markov process in continuous time has the transition matrix that is seen between {} looks {:.3g} "
                  "years apart: {}. The fit is the nearest one; what depends on time in state or on the season is lost",
                  embedding.intervals, embedding.years, reason));
}

void warn_of_rules(Model const& model, PanelFit& fit) {
  std::string names;
  for (State const& state : model.states) {
    if (!state.limits.empty() || state.ends_at_age)
      names += fmt::format("{}`{}`", names.empty() ? "" : ", ", state.name);
  }
  if (names.empty()) return;
  fit.warnings.push_back(
      fmt::format("the model has limits or age ends in {}: looks do not tell who left by the rule, so the intensities "
                  "count them too, and a run would move them twice",
                  names));
}

void warn_of_numbers(Model const& model, PanelFit& fit) {
  for (TraitId const trait : ids_of(model.traits)) {
    bool const is_term = std::ranges::any_of(fit.coefficients, [&](PanelCoefficient const& coefficient) {
      return coefficient.kind == PanelCoefficient::Kind::number && coefficient.trait == trait;
    });
    if (!is_term) continue;
    fit.warnings.push_back(
        fmt::format("the rate file holds rates at {} = {:.6g}, its mean: rates of a file do not "
                    "depend on numbers; the coefficients have its effect",
                    model.traits[trait].name, fit.mean[trait]));
  }
}

}  // namespace

void warn_of_what_looks_hide(Panel const& panel, Model const& model, PanelFit& fit) {
  std::vector<double> lengths;
  for (PanelInterval const& interval : panel.intervals) {
    if (interval.end != PanelEnd::exact) lengths.push_back((interval.stop - interval.start) * panel.unit_years);
  }
  if (!lengths.empty()) {
    fit.median_interval = median(std::move(lengths));
    warn_of_short_stays(model, fit);
  }
  warn_of_embedding(model, fit);
  warn_of_rules(model, fit);
  warn_of_numbers(model, fit);
}

}  // namespace utvei
