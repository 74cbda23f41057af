// SPDX-License-Identifier: Apache-2.0
#include "number_text.hpp"

#include <utvei/core/normal.hpp>
#include <utvei/estimation/panel_tables.hpp>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace utvei {
namespace {

using Json = nlohmann::ordered_json;

std::string_view name_of(Embedding::Verdict verdict) {
  switch (verdict) {
    case Embedding::Verdict::yes:
      return "yes";
    case Embedding::Verdict::within_error:
      return "within_error";
    case Embedding::Verdict::no:
      return "no";
    case Embedding::Verdict::not_judged:
      break;
  }
  return "not_judged";
}

Json json_of(PanelCounts const& counts) {
  return {{"read", counts.rows},
          {"outside_window", counts.outside_window},
          {"repeated", counts.repeated},
          {"after_absorbing", counts.after_absorbing},
          {"persons_seen_once", counts.persons_seen_once}};
}

/// What looks hide, by the state at their start.
Json json_of(Column<StateId, HiddenMoves> const& hidden, PanelFit const& fit, Model const& model) {
  Json states = Json::array();
  for (StateId const state : ids_of(hidden)) {
    HiddenMoves const& here = hidden[state];
    Json entry{{"state", model.states[state].name},
               {"intervals", here.intervals},
               {"expected_moves", here.moves},
               {"expected_seen", here.seen},
               {"round_trips_per_interval", here.round_trips},
               {"unchanged", here.unchanged},
               {"away_in_between", here.away}};
    // JSON has no infinity: who does not leave has no mean stay.
    if (std::isfinite(fit.mean_sojourn[state])) entry["mean_stay_years"] = fit.mean_sojourn[state];
    states.push_back(std::move(entry));
  }
  return states;
}

Json json_of(Embedding const& embedding, Model const& model) {
  Json json{{"embeddable", name_of(embedding.verdict)}};
  if (!embedding.why.empty()) json["why"] = embedding.why;
  if (embedding.intervals > 0) {
    json["years"] = embedding.years;
    json["intervals"] = embedding.intervals;
  }
  if (embedding.lowest < 0) {
    json["lowest_intensity"] = embedding.lowest;
    json["se"] = embedding.lowest_se;
    json["from"] = model.states[embedding.from].name;
    json["to"] = model.states[embedding.to].name;
  }
  return json;
}

std::string describe(Embedding const& embedding, Model const& model) {
  if (embedding.verdict == Embedding::Verdict::not_judged) return {};
  auto text =
      fmt::format("transition matrix between {} looks {:.3g} years apart: ", embedding.intervals, embedding.years);
  if (embedding.lowest >= 0 && embedding.why.empty()) return text + "that of a Markov process\n";
  if (!embedding.why.empty()) return text + embedding.why + "\n";
  return text + fmt::format("lowest intensity of its logarithm {:.2g} per year (se {:.1g}), {} -> {}\n",
                            embedding.lowest, embedding.lowest_se, model.states[embedding.from].name,
                            model.states[embedding.to].name);
}

}  // namespace

TextTable coefficients_table(PanelFit const& fit, Model const& model) {
  TextTable table{{"from", "to", "term", "estimate", "se"}, {}};
  for (TransitionId const id : ids_of(model.transitions)) {
    Transition const& transition = model.transitions[id];
    for (PanelCoefficient const& coefficient : fit.coefficients) {
      auto const& shared = coefficient.transitions;
      if (std::ranges::find(shared, id) == shared.end()) continue;
      table.rows.push_back({model.states[transition.from].name, model.states[transition.to].name, coefficient.term,
                            number_text(coefficient.estimate), number_text(coefficient.se)});
    }
  }
  return table;
}

TextTable intensities_table(PanelFit const& fit, Model const& model) {
  TextTable table{{"from", "to", "region", "rate_per_year", "se", "low_95", "high_95"}, {}};
  for (PanelIntensity const& intensity : fit.intensities) {
    Transition const& transition = model.transitions[intensity.transition];
    double const rate = intensity.rate_per_year;
    double const factor = std::exp(normal_975 * intensity.log_se);
    table.rows.push_back({model.states[transition.from].name, model.states[transition.to].name, "", number_text(rate),
                          number_text(rate * intensity.log_se), number_text(rate / factor),
                          number_text(rate * factor)});
  }
  return table;
}

std::string summary_json(PanelFit const& fit, Panel const& panel, Model const& model) {
  Json const json{{"method", "panel"},
                  {"data_class", panel.data_class},
                  {"persons", panel.persons},
                  {"intervals", fit.intervals},
                  {"rows", json_of(panel.counts)},
                  {"not_used", panel.intervals.size() - fit.intervals},
                  {"minus2_log_likelihood", fit.minus2_log_likelihood},
                  {"parameters", fit.coefficients.size()},
                  {"iterations", fit.iterations},
                  {"converged", fit.converged},
                  {"identified", fit.identified},
                  {"least_eigenvalue", fit.least_eigenvalue},
                  {"median_interval_years", fit.median_interval},
                  {"between_looks", json_of(fit.hidden, fit, model)},
                  {"transition_matrix", json_of(fit.embedding, model)},
                  {"warnings", fit.warnings}};
  return json.dump(2) + "\n";
}

std::string summary_text(PanelFit const& fit, Panel const& panel, Model const& model) {
  auto text = fmt::format("{} persons, {} intervals between looks, {:.3g} years (median); {}\n", panel.persons,
                          fit.intervals, fit.median_interval, utvei::describe(panel.counts));
  text += fmt::format(
      "-2 log-likelihood {:.3f}, {} parameters, {} iterations, {}, {}\n", fit.minus2_log_likelihood,
      fit.coefficients.size(), fit.iterations, fit.converged ? "converged" : "not converged",
      fit.identified ? fmt::format("identified (least eigenvalue {:.3g})", fit.least_eigenvalue) : "not identified");
  text += describe(fit.embedding, model);
  std::size_t width = 10;
  for (auto const& name : model.transition_names()) width = std::max(width, name.size());
  text += fmt::format("\n{:<{}}  {:>10}  {:>21}\n", "transition", width, "per year", "95 % interval");
  for (PanelIntensity const& intensity : fit.intensities) {
    double const factor = std::exp(normal_975 * intensity.log_se);
    text += fmt::format("{:<{}}  {:>10.4f}  {:>10.4f}-{:<10.4f}\n", model.transitions[intensity.transition].name, width,
                        intensity.rate_per_year, intensity.rate_per_year / factor, intensity.rate_per_year * factor);
  }
  for (auto const& warning : fit.warnings) text += fmt::format("\nwarning: {}", warning);
  return text + (fit.warnings.empty() ? "" : "\n");
}

}  // namespace utvei
