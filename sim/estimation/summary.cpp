// SPDX-License-Identifier: Apache-2.0
#include "frailty_tables.hpp"
#include "limit_tables.hpp"

#include <utvei/estimation/tables.hpp>

#include <algorithm>
#include <cmath>
#include <iterator>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace utvei {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(RegisterCounts const& counts) {
  Json rejected = Json::array();
  for (RejectCount const& reason : counts.rejected) {
    rejected.push_back({{"file", reason.file}, {"reason", reason.reason}, {"rows", reason.rows}});
  }
  return {{"read", counts.rows},
          {"rejected", std::move(rejected)},
          {"still_open", counts.still_open},
          {"outside_window", counts.outside_window},
          {"duplicates", counts.duplicates},
          {"zero_length", counts.zero_length},
          {"before_birth", counts.before_birth},
          {"covered", counts.covered},
          {"cut", counts.cut},
          {"joined", counts.joined},
          {"bridged", counts.bridged},
          {"filled", counts.filled},
          {"past_limit", counts.past_limit},
          {"replaced", counts.replaced},
          {"persons_without_spells", counts.persons_without_spells}};
}

Json json_of(Uncounted const& u) {
  auto const entry = [](std::int64_t minutes, std::int64_t events) {
    return Json{{"person_years", in_years(Duration{minutes})}, {"events", events}};
  };
  return {{"before_first_band", entry(u.minutes_before_first_band, u.events_before_first_band)},
          {"unknown_time_in_state", entry(u.minutes_unknown_time_in_state, u.events_unknown_time_in_state)},
          {"unknown_trait", entry(u.minutes_unknown_trait, u.events_unknown_trait)},
          {"unknown_region", entry(u.minutes_unknown_region, u.events_unknown_region)},
          {"at_limits", {{"person_years", in_years(Duration{u.minutes_at_limit})}}}};
}

Json json_of(TransitionSummary const& t, Model const& model) {
  Transition const& transition = model.transitions[t.transition];
  Json warnings = Json::array();
  if (t.person_years <= 0) {
    warnings.push_back("no person-time: no rate");
  }
  for (auto const& warning : t.warnings) {
    warnings.push_back(warning);
  }
  return {{"from", model.states[transition.from].name},
          {"to", model.states[transition.to].name},
          {"events", t.events},
          {"person_years", t.person_years},
          {"rule_events", t.rule_events},
          {"cells", t.cells},
          {"cells_without_events", t.cells_without_events},
          {"cells_without_person_time", t.cells_without_person_time},
          {"log_likelihood", t.log_likelihood},
          {"deviance", t.deviance},
          {"parameters", t.parameters},
          {"iterations", t.iterations},
          {"converged", t.converged},
          {"warnings", std::move(warnings)}};
}

std::string describe_sds(Fit const& fit, TransitionId transition) {
  std::string text;
  for (Coefficient const& coefficient : fit.coefficients) {
    if (coefficient.transition == transition &&
        (coefficient.term.starts_with("sd(") || coefficient.term.starts_with("mixing("))) {
      text += fmt::format("{}{} {:.3f}", text.empty() ? "" : ", ", coefficient.term, coefficient.estimate);
    }
  }
  return text;
}

/// How much each region borrows from the others, by transition; each region by name where they are few.
std::string describe_borrowing(Fit const& fit, Model const& model) {
  constexpr std::size_t few = 12;
  if (fit.regions.empty()) {
    return {};
  }
  std::string text = "\nhow much each region borrows from the others (1 - weight of its own data):\n";
  for (auto const& t : fit.summary.transitions) {
    std::vector<RegionRatio> regions;
    std::copy_if(fit.regions.begin(), fit.regions.end(), std::back_inserter(regions),
                 [&](RegionRatio const& region) { return region.transition == t.transition; });
    if (regions.empty()) {
      continue;
    }
    std::stable_sort(regions.begin(), regions.end(),
                     [](auto const& a, auto const& b) { return a.borrowed < b.borrowed; });
    text += fmt::format("{}: {}; ", model.transitions[t.transition].name, describe_sds(fit, t.transition));
    if (regions.front().borrowed == 1) {
      text += "all of it: one rate for all\n";
      continue;
    }
    double apart = 0;
    std::string names;
    for (RegionRatio const& region : regions) {
      apart = std::max(apart, std::abs(std::log(region.ratio / region.gamma_ratio)));
      names += fmt::format("{}{} {:.0f} %", names.empty() ? "" : ", ", region.region, 100 * region.borrowed);
    }
    text += regions.size() <= few
                ? names
                : fmt::format("{:.0f} % to {:.0f} %, median {:.0f} %", 100 * regions.front().borrowed,
                              100 * regions.back().borrowed, 100 * regions[regions.size() / 2].borrowed);
    text += fmt::format("; gamma-Poisson ratios within {:.0f} %\n", std::ceil(100 * std::expm1(apart)));
  }
  return text;
}

/// Each warning once, with the transitions that it is about.
std::string describe_warnings(FitSummary const& summary, Model const& model) {
  std::string text;
  for (auto const& warning : summary.warnings) {
    text += fmt::format("\nwarning: {}", warning);
  }
  std::vector<std::pair<std::string, std::string>> by_warning;
  for (auto const& t : summary.transitions) {
    for (auto const& warning : t.warnings) {
      auto found =
          std::find_if(by_warning.begin(), by_warning.end(), [&](auto const& w) { return w.first == warning; });
      if (found == by_warning.end()) {
        found = by_warning.insert(by_warning.end(), {warning, {}});
      }
      found->second += fmt::format("{}`{}`", found->second.empty() ? "" : ", ", model.transitions[t.transition].name);
    }
  }
  for (auto const& [warning, transitions] : by_warning) {
    text += fmt::format("\nwarning: {}: {}", transitions, warning);
  }
  return text + (text.empty() ? "" : "\n");
}

Json json_of(HoldOutScore const& score) {
  return {{"cells", score.cells}, {"raw", score.raw}, {"pooled", score.pooled}, {"shrunk", score.shrunk}};
}

Json json_of(HoldOut const& hold_out, Model const& model) {
  Json json{{"held_out", hold_out.later ? "later" : "parts"},
            {"folds", hold_out.folds},
            {"shrunk_by", hold_out.shrunk_by_model ? "model" : "gamma_poisson"}};
  json.update(json_of(hold_out.total));
  json["transitions"] = Json::array();
  for (auto const& [transition, score] : hold_out.transitions) {
    Json row{{"transition", model.transitions[transition].name}};
    row.update(json_of(score));
    json["transitions"].push_back(std::move(row));
  }
  return json;
}

/// What predicts regions best: a line.
std::string describe(HoldOut const& hold_out) {
  HoldOutScore const& total = hold_out.total;
  if (total.cells == 0) return {};
  bool const raw_wins = total.raw < std::min(total.pooled, total.shrunk);
  bool const pooled_wins = !raw_wins && total.pooled < total.shrunk;
  return fmt::format(
      "\nhold-out deviance of regions ({}): raw {:.1f}, pooled {:.1f}, shrunk {:.1f}; {} predicts best\n",
      hold_out.later ? "the later events" : "fifths of the events, each from the rest", total.raw, total.pooled,
      total.shrunk,
      raw_wins      ? "each region by itself"
      : pooled_wins ? "one rate for all regions"
                    : "shrinkage");
}

std::string describe(Uncounted const& u) {
  std::string text;
  auto const add = [&](std::int64_t minutes, std::int64_t events, std::string_view why) {
    if (minutes > 0) {
      text += fmt::format("{:.1f} person-years and {} events not used: {}\n", in_years(Duration{minutes}), events, why);
    }
  };
  add(u.minutes_before_first_band, u.events_before_first_band, "before the first band of a clock");
  add(u.minutes_unknown_time_in_state, u.events_unknown_time_in_state,
      "the spell began before it was seen, so its time in state is not known");
  add(u.minutes_unknown_trait, u.events_unknown_trait, "a trait among the terms is empty");
  add(u.minutes_unknown_region, u.events_unknown_region, "nobody says where the person lived");
  if (u.minutes_at_limit > 0) {
    text += fmt::format("{:.1f} person-years around limits are of their rules, not of rates\n",
                        in_years(Duration{u.minutes_at_limit}));
  }
  return text;
}

}  // namespace

std::string summary_json(Fit const& fit, Model const& model) {
  Json transitions = Json::array();
  for (auto const& t : fit.summary.transitions) {
    transitions.push_back(json_of(t, model));
  }
  Json axes = Json::array();
  for (CellAxis const& axis : fit.axes) {
    axes.push_back({{"name", axis.name}, {"labels", axis.labels}});
  }
  Json json{{"method", fit.method},
            {"data_class", fit.data_class},
            {"persons", fit.summary.persons},
            {"spells", fit.summary.spells},
            {"rows", json_of(fit.summary.counts)},
            {"not_used", json_of(fit.summary.uncounted)},
            {"cells", std::move(axes)},
            {"transitions", std::move(transitions)},
            {"warnings", fit.summary.warnings}};
  if (fit.frailty) json["frailty"] = frailty_json(fit, model);
  if (!fit.limits.empty()) json["limits"] = limits_json(fit, model);
  if (fit.summary.hold_out) json["hold_out"] = json_of(*fit.summary.hold_out, model);
  return json.dump(2) + "\n";
}

std::string summary_text(Fit const& fit, Model const& model) {
  std::string text;
  if (fit.summary.spells > 0) {
    text = fmt::format("{} persons, {} spells; {}\n", fit.summary.persons, fit.summary.spells,
                       describe(fit.summary.counts));
  }
  text += describe(fit.summary.uncounted);
  std::size_t width = 10;
  for (auto const& name : model.transition_names()) {
    width = std::max(width, name.size());
  }
  text += fmt::format("\n{:<{}}  {:>9}  {:>12}  {:>10}  {:>7}  {:>5}  {:>9}  {:>8}\n", "transition", width, "events",
                      "person-years", "per year", "by rule", "cells", "no events", "pooled");
  for (auto const& t : fit.summary.transitions) {
    text +=
        fmt::format("{:<{}}  {:>9}  {:>12.1f}  {:>10}  {:>7}  {:>5}  {:>9}  {:>8}\n",
                    model.transitions[t.transition].name, width, t.events, t.person_years,
                    t.person_years > 0 ? fmt::format("{:.4f}", static_cast<double>(t.events) / t.person_years) : "-",
                    t.rule_events, t.cells, t.cells_without_events, t.cells_without_person_time);
  }
  text += describe_borrowing(fit, model);
  text += describe_limits(fit, model);
  text += describe_frailty(fit, model);
  if (fit.summary.hold_out) text += describe(*fit.summary.hold_out);
  return text + describe_warnings(fit.summary, model);
}

}  // namespace utvei
