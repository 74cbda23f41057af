// SPDX-License-Identifier: Apache-2.0
#include "parts.hpp"

#include <utvei/analysis/decision_uncertainty.hpp>
#include <utvei/results/input_words.hpp>
#include <utvei/results/outcome_draws.hpp>

#include <algorithm>
#include <cmath>
#include <functional>

namespace utvei {
namespace {

/// Bars that a reader can take in.
constexpr std::size_t most_bars = 15;

struct TornadoMaterial {
  OutcomeDraws outcome;
  DecisionInputs inputs;
  DecisionUncertainty found;
  InputLabels labels;
};

TornadoMaterial tornado_material(Contents const& contents) {
  std::vector<RunResult const*> scenarios;
  TornadoMaterial made;
  made.labels = {contents.baseline().states, contents.baseline().measures};
  for (std::size_t i = 0; i < contents.scenarios(); ++i) {
    scenarios.push_back(&contents.scenario(i));
    made.labels.measures.insert(made.labels.measures.end(), contents.scenario(i).measures.begin(),
                                contents.scenario(i).measures.end());
  }
  made.outcome = outcome_draws(contents.baseline(), scenarios, "person_years,state=" + contents.main_group(), {});
  made.inputs = decision_inputs(contents.baseline(), scenarios);
  made.found = decision_uncertainty(made.outcome, made.inputs.drawn);
  return made;
}

/// Luck is all that draws of the scenario differ by, as far as they show.
bool is_all_luck(DecisionUncertainty::Scenario const& scenario) {
  return scenario.luck_share > 0 && !(scenario.parameter_variance.value_or(0) > 0);
}

/// What part of the variance comes from effects that no study is behind.
double assumed_share(TornadoMaterial const& made, std::size_t scenario) {
  double share = 0;
  for (GroupInformation const& group : made.found.groups) {
    bool const is_assumed = std::ranges::any_of(made.found.inputs, [&](InputInfluence const& input) {
      return input.is_assumed && input.kind == group.kind && input.group == group.group;
    });
    if (is_assumed) share += group.shares[scenario].value;
  }
  return share;
}

void add_bars(Contents const& contents, TornadoMaterial const& made, std::size_t scenario, ReportFigure& figure) {
  std::vector<InputInfluence const*> order;
  for (InputInfluence const& input : made.found.inputs)
    if (input.swings[scenario].swing.value != 0) order.push_back(&input);
  std::ranges::stable_sort(order, std::greater{},
                           [&](auto const* input) { return std::abs(input->swings[scenario].swing.value); });
  order.resize(std::min(order.size(), most_bars));
  for (InputInfluence const* const input : order) {
    InputSwing const& swing = input->swings[scenario];
    figure.rows.push_back({contents.name(scenario), input->name, swing.low.value, swing.high.value, swing.share.value,
                           std::string{input->is_assumed ? "assumed" : "drawn"}});
    figure.labels["input"][input->name] =
        in_three([&](std::string_view language) { return input_words(input->name, made.labels, language); });
  }
}

ReportText tornado_sentence(Contents const& contents, TornadoMaterial const& made, std::size_t scenario) {
  auto const& inputs = made.found.inputs;
  auto const width = [&](InputInfluence const& input) { return std::abs(input.swings[scenario].swing.value); };
  auto const most = std::ranges::max_element(inputs, {}, width);
  if (most == inputs.end() || width(*most) == 0) return {};
  InputSwing const& swing = most->swings[scenario];
  ReportText const name =
      in_three([&](std::string_view language) { return input_words(most->name, made.labels, language); });
  ReportText text =
      said({"{0}: mest betyr «{1}»: forskjellen er {2} når tallet er lavt og {3} når det er høyt.",
            "{0}: mest betyr «{1}»: skilnaden er {2} når talet er lågt og {3} når det er høgt.",
            "{0}: what matters most is “{1}”: the difference is {2} when it is low and {3} when it is high."},
           contents.title(scenario), name, amount(swing.low.value), amount(swing.high.value));
  double const assumed = assumed_share(made, scenario);
  if (assumed > 0)
    text = followed_by(text, said({"{} % av variansen kommer av virkninger som ingen studie står bak.",
                                   "{} % av variansen kjem av verknader som ingen studie står bak.",
                                   "{} % of the variance comes from effects that no study is behind."},
                                  number_words(100 * std::min(1.0, assumed), 0)));
  return text;
}

LeftOut without_tornado(ReportText part, DecisionUncertainty::Unknown unknown) {
  using Unknown = DecisionUncertainty::Unknown;
  if (unknown == Unknown::luck_hides_parameters)
    return {std::move(part),
            said({"Trekkene skiller seg ikke mer enn tilfeldighetene i simuleringen gjør.",
                  "Trekka skil seg ikkje meir enn slumpen i simuleringa gjer.",
                  "Draws differ by no more than luck of the simulation does."}),
            "utvei run … --set draws=200 --set replicates=5"};
  if (unknown == Unknown::no_inputs)
    return {std::move(part),
            said({"Ingen tall i scenariene er usikre.", "Ingen tal i scenaria er uvisse.",
                  "No number of the scenarios is uncertain."}),
            "utvei run … --set draws=200"};
  return {std::move(part),
          said({"Det trengs minst {} parametertrekk.", "Det trengst minst {} parametertrekk.",
                "It takes at least {} parameter draws."},
               least_draws),
          "utvei run … --set draws=200"};
}

}  // namespace

ReportSection tornado_section(Contents const& contents, LeftOutParts& left_out) {
  ReportSection section{"uncertainty",
                        said({"Hva usikkerheten kommer av", "Kva uvissa kjem av", "Where the uncertainty comes from"}),
                        {},
                        {}};
  if (!contents.shows_all()) {
    left_out.push_back({section.heading,
                        said({"Rater fra et register holdes tilbake.", "Ratar frå eit register blir haldne tilbake.",
                              "Rates of a register are held back."}),
                        "utvei report … --inside"});
    return section;
  }
  if (contents.comparison().draws < least_draws || !contents.has_group(contents.main_group())) {
    left_out.push_back(without_tornado(section.heading, DecisionUncertainty::Unknown::too_few_draws));
    return section;
  }
  TornadoMaterial const made = tornado_material(contents);
  for (std::size_t i = 0; i < contents.scenarios(); ++i) {
    if (made.found.unknown != DecisionUncertainty::Unknown::known || is_all_luck(made.found.scenarios[i])) continue;
    ReportFigure figure;
    figure.id = fmt::format("tornado-{}", i + 1);
    figure.kind = "tornado";
    figure.title = said({"Hva som betyr mest for svaret: {}", "Kva som betyr mest for svaret: {}",
                         "What matters most to the answer: {}"},
                        contents.title(i));
    figure.columns = {
        scenario_column(),
        {"input", said({"Tall", "Tal", "Number"}), ReportUnit::text},
        {"at_low", said({"Forskjell når det er lavt", "Skilnad når det er lågt", "Difference when it is low"}),
         ReportUnit::number, 1},
        {"at_high", said({"Forskjell når det er høyt", "Skilnad når det er høgt", "Difference when it is high"}),
         ReportUnit::number, 1},
        {"share", said({"Av variansen", "Av variansen", "Of the variance"}), ReportUnit::percent, 0},
        {"evidence", said({"Kunnskap", "Kunnskap", "Evidence"}), ReportUnit::text}};
    add_bars(contents, made, i, figure);
    figure.sentence = tornado_sentence(contents, made, i);
    if (figure.rows.empty() || figure.sentence.empty()) continue;
    figure.definition =
        said({"Forskjellen i personår {} når ett tall er ved sin 10. og 90. persentil, anslått ved regresjon på "
              "parametertrekkene; tilfeldighetene er trukket fra der de er kjent.",
              "Skilnaden i personår {} når eitt tal er ved sin 10. og 90. persentil, rekna ut ved regresjon på "
              "parametertrekka; slumpen er trekt frå der han er kjend.",
              "The difference in person-years {} with one number at its 10th and 90th percentile, by regression on the "
              "parameter draws; luck is taken off where it is known."},
             people_in(contents.main_group()));
    figure.source = contents.source();
    figure.labels["scenario"] = contents.scenario_labels();
    figure.labels["evidence"] = {{"assumed", said({"forutsatt", "føresett", "assumed"})},
                                 {"drawn", said({"anslått", "rekna ut", "estimated"})}};
    figure.options["centre"] = made.found.scenarios[i].difference;
    figure.options["unit"] = {{"nb", "personår"}, {"nn", "personår"}, {"en", "person-years"}};
    if (contents.is_assumed(i)) figure.evidence = "assumed";
    section.figures.push_back(std::move(figure));
  }
  if (section.figures.empty())
    left_out.push_back(without_tornado(section.heading, made.found.unknown == DecisionUncertainty::Unknown::known
                                                            ? DecisionUncertainty::Unknown::luck_hides_parameters
                                                            : made.found.unknown));
  return section;
}

}  // namespace utvei
