// SPDX-License-Identifier: Apache-2.0
#include "frailty_tables.hpp"

#include <cmath>

#include <fmt/format.h>

namespace utvei {
namespace {

using Json = nlohmann::ordered_json;

Json or_null(std::optional<double> value) {
  return value ? Json(*value) : Json(nullptr);
}

std::string_view name_of(FrailtyFit::End end) {
  switch (end) {
    case FrailtyFit::End::alike:
      return "one_class";
    case FrailtyFit::End::mover_stayer:
      return "mover_stayer";
    case FrailtyFit::End::none:
      break;
  }
  return "two_classes";
}

std::string describe_classes(FrailtyFit const& fit) {
  if (fit.persons == 0) return "nobody was at risk\n";
  if (fit.end == FrailtyFit::End::alike)
    return "one class has as high a likelihood: people do not differ beyond chance\n";
  std::string const share =
      fmt::format("{:.1f} %{}", 100 * fit.share, fit.share_se ? fmt::format(" (se {:.1f})", 100 * *fit.share_se) : "");
  double const gained = fit.log_likelihood - fit.log_likelihood_of_one_class;
  std::string const gain =
      fmt::format("; log-likelihood {:.1f} above that of one class{}{}\n", gained,
                  gained < 2 ? ", too little to tell them apart" : "", fit.converged ? "" : "; not converged");
  if (fit.end == FrailtyFit::End::mover_stayer) return fmt::format("{} do not move at all (stayers){}", share, gain);
  return fmt::format("{} have intensities {:.3f} times as high as the others', log ratio {:.3f}{}{}", share,
                     std::exp(fit.log_ratio), fit.log_ratio,
                     fit.log_ratio_se ? fmt::format(" (se {:.3f})", *fit.log_ratio_se) : "", gain);
}

}  // namespace

std::string describe_frailty(Fit const& fit, Model const& model) {
  if (!fit.frailty) return {};
  FrailtyReport const& report = *fit.frailty;
  std::string text = "\ntwo classes of people: " + describe_classes(report.fit);
  for (StillThere const& each : report.still_there) {
    text += fmt::format(
        "  still in {} after a year: {:.1f} % of {} spells; one class says {:.1f} %, two say {:.1f} %\n",
        model.states[each.state].name, 100 * each.observed, each.spells, 100 * each.one_class, 100 * each.two_classes);
  }
  if (report.fit.end == FrailtyFit::End::alike) return text;
  return text + "  runs give each person one of the classes, for life\n";
}

Json frailty_json(Fit const& fit, Model const& model) {
  FrailtyReport const& report = *fit.frailty;
  FrailtyFit const& classes = report.fit;
  Json transitions = Json::array();
  for (TransitionId const transition : report.transitions) transitions.push_back(model.transitions[transition].name);
  Json persistence = Json::array();
  for (StillThere const& each : report.still_there) {
    persistence.push_back({{"state", model.states[each.state].name},
                           {"years", 1},
                           {"spells", each.spells},
                           {"observed", each.observed},
                           {"one_class", each.one_class},
                           {"two_classes", each.two_classes}});
  }
  return {{"classes", 2},
          {"transitions", std::move(transitions)},
          {"result", name_of(classes.end)},
          {"persons", classes.persons},
          {"share", classes.share},
          {"share_se", or_null(classes.share_se)},
          {"log_ratio", classes.log_ratio},
          {"log_ratio_se", or_null(classes.log_ratio_se)},
          {"level", classes.level},
          {"level_se", or_null(classes.level_se)},
          {"log_likelihood_gain", classes.log_likelihood - classes.log_likelihood_of_one_class},
          {"iterations", classes.iterations},
          {"converged", classes.converged},
          {"still_there", std::move(persistence)},
          {"used_by_runs", classes.end != FrailtyFit::End::alike}};
}

std::vector<Coefficient> frailty_coefficients(Fit const& fit) {
  std::vector<Coefficient> lines;
  if (!fit.frailty) return lines;
  FrailtyFit const& classes = fit.frailty->fit;
  for (TransitionId const transition : fit.frailty->transitions) {
    lines.push_back({transition, "class=2", classes.log_ratio, classes.log_ratio_se});
    lines.push_back({transition, "share(class=2)", classes.share, classes.share_se});
  }
  return lines;
}

}  // namespace utvei
