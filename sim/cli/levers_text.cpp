// SPDX-License-Identifier: Apache-2.0
#include "lever_names.hpp"
#include "levers.hpp"

#include <utvei/results/text_columns.hpp>

#include <algorithm>
#include <cmath>
#include <functional>

#include <fmt/format.h>

namespace utvei {
namespace {

class LeverTeller {
 public:
  LeverTeller(Scenario const& scenario, std::vector<LeverOutcome> const& outcomes, LeverReport const& report,
              std::size_t most, std::string_view language)
      : scenario_{scenario}, outcomes_{outcomes}, report_{report}, most_{most}, names_{scenario.model, language} {}

  std::string text() {
    for (std::size_t o = 0; o < outcomes_.size(); ++o) {
      tell_outcome(o);
      tell_ranking(o, true, false);
      tell_ranking(o, false, false);
      if (!report_.regions.empty() || !report_.ages.empty()) tell_ranking(o, true, true);
      tell_rules(o);
    }
    tell_method();
    return std::move(text_);
  }

 private:
  [[nodiscard]] std::string pick(std::string_view nb, std::string_view nn, std::string_view en) const {
    return std::string{names_.pick(nb, nn, en)};
  }
  template <class... Arguments>
  void say(std::string_view nb, std::string_view nn, std::string_view en, Arguments const&... arguments) {
    text_ += fmt::format(fmt::runtime(names_.pick(nb, nn, en)), arguments...) + '\n';
  }

  void tell_outcome(std::size_t o) {
    std::string const outcome = names_.outcome(outcomes_[o]);
    say("{}: hva én prosent mer av hver overgang gjør med «{}»",
        "{}: kva éin prosent meir av kvar overgang gjer med «{}»",
        "{}: what one per cent more of each transition does to “{}”", scenario_.name, outcome);
    say("Slik det er: {} personår på {} år, og {} mennesker til slutt.\n",
        "Slik det er: {} personår på {} år, og {} menneske til slutt.\n",
        "As things are: {} person-years in {} years, and {} people at the end.\n",
        names_.number(report_.totals[o].person_years, 0),
        names_.number(report_.years, std::fmod(report_.years, 1) < 0.01 || std::fmod(report_.years, 1) > 0.99 ? 0 : 1),
        names_.number(report_.totals[o].at_end, 0));
  }

  /// Those that make the outcome better, or worse; the strongest first.
  [[nodiscard]] std::vector<RateLever const*> ranked(std::size_t o, bool is_better, bool by_cell) const {
    bool const less = less_is_better(outcomes_[o], scenario_.model);
    std::vector<RateLever const*> levers;
    for (RateLever const& lever : report_.rates) {
      double const years = lever.effects[o].mean.person_years;
      bool const helps = years != 0 && ((years < 0) == less) == is_better;
      if (helps && (lever.cell != LeverCell{}) == by_cell) levers.push_back(&lever);
    }
    std::ranges::stable_sort(levers, std::greater{},
                             [o](RateLever const* lever) { return std::abs(lever->effects[o].mean.person_years); });
    return levers;
  }

  void tell_ranking(std::size_t o, bool is_better, bool by_cell) {
    auto levers = ranked(o, is_better, by_cell);
    if (levers.empty()) return;
    std::size_t const left_out = levers.size() - std::min(levers.size(), most_);
    levers.resize(levers.size() - left_out);
    std::string const outcome = names_.outcome(outcomes_[o]);
    bool const fewer = less_is_better(outcomes_[o], scenario_.model) == is_better;
    if (by_cell) {
      say("For hvem det betyr mest, i samme retning:", "For kven det betyr mest, i same retning:",
          "For whom it matters most, the same way:");
    } else if (fewer) {
      say("Her betyr én prosent flere mest for å få færre i «{}»:",
          "Her betyr éin prosent fleire mest for å få færre i «{}»:",
          "Here one per cent more matters most for fewer in “{}”:", outcome);
    } else {
      say("Her gir én prosent flere mest flere i «{}»:", "Her gir éin prosent fleire mest fleire i «{}»:",
          "Here one per cent more gives most more in “{}”:", outcome);
    }
    std::vector<std::string> header{pick("overgang", "overgang", "transition")};
    if (by_cell) header.push_back(pick("hvem", "kven", "who"));
    for (auto const& word : {pick("i året", "i året", "a year"), pick("personår", "personår", "person-years"),
                             pick("i prosent", "i prosent", "per cent"), pick("til slutt", "til slutt", "at the end"),
                             pick("per overgang", "per overgang", "per transition")})
      header.push_back(word);
    bool const has_draws = rates_vary();
    if (has_draws) header.push_back(pick("95 % (ratene)", "95 % (ratane)", "95 % (rates)"));
    TextColumns table{header};
    for (RateLever const* lever : levers) table.add(row_of(*lever, o, by_cell, has_draws));
    text_ += table.text();
    if (left_out > 0)
      say("… og {} til: --most, eller --format csv.", "… og {} til: --most, eller --format csv.",
          "… and {} more: --most, or --format csv.", left_out);
    text_ += '\n';
  }

  [[nodiscard]] std::vector<std::string> row_of(RateLever const& lever, std::size_t o, bool by_cell,
                                                bool has_draws) const {
    Transition const& transition = scenario_.model.transitions[lever.transition];
    LeverEffect const& effect = lever.effects[o];
    LeverAmount const base = report_.base(o, lever.cell);
    std::vector<std::string> row{names_.way(transition.from, transition.to)};
    if (by_cell) row.push_back(names_.cell(report_, lever.cell));
    auto const error = [&](double LeverAmount::*part) {
      return effect.mc_se ? std::optional{(*effect.mc_se).*part} : std::nullopt;
    };
    double const a_year = lever.events / report_.years;
    row.push_back(lever.events > 0 ? names_.number(a_year, a_year < 10 ? 1 : 0) : "–");
    row.push_back(names_.difference(effect.mean.person_years, error(&LeverAmount::person_years)));
    row.push_back(names_.difference(elasticity(effect.mean.person_years, base.person_years), std::nullopt) + " %");
    row.push_back(names_.difference(effect.mean.at_end, error(&LeverAmount::at_end)));
    row.push_back(lever.events > 0 ? names_.difference(effect.mean.person_years / (0.01 * lever.events), std::nullopt)
                                   : "–");
    if (has_draws)
      row.push_back(effect.low_95
                        ? fmt::format("[{}, {}]", names_.difference(effect.low_95->person_years, std::nullopt),
                                      names_.difference(effect.high_95->person_years, std::nullopt))
                        : "");
    return row;
  }

  /// Whether draws of the rates differ: else no rate has an error that is known.
  [[nodiscard]] bool rates_vary() const {
    return std::ranges::any_of(report_.rates, [](RateLever const& lever) {
      LeverEffect const& effect = lever.effects.front();
      return effect.low_95 && effect.low_95->person_years != effect.high_95->person_years;
    });
  }

  void tell_rules(std::size_t o) {
    if (std::ranges::none_of(report_.rules, [o](RuleLever const& rule) {
          return rule.effects[o].mean.person_years != 0 || rule.effects[o].mean.at_end != 0;
        }))
      return;
    say("Reglene: en måned lenger eller senere, eller ett prosentpoeng flere som får bli:",
        "Reglane: ein månad lenger eller seinare, eller eitt prosentpoeng fleire som får bli:",
        "Rules: a month longer or later, or one percentage point more who may stay:");
    TextColumns table{{pick("tilstand eller tiltak", "tilstand eller tiltak", "state or measure"),
                       pick("regel", "regel", "rule"), pick("personår", "personår", "person-years"),
                       pick("i prosent", "i prosent", "per cent"), pick("til slutt", "til slutt", "at the end")}};
    for (RuleLever const& rule : report_.rules) {
      LeverEffect const& effect = rule.effects[o];
      // Nobody comes to it in the run.
      if (effect.mean.person_years == 0 && effect.mean.at_end == 0) continue;
      auto const error = [&](double LeverAmount::*part) {
        return effect.mc_se ? std::optional{(*effect.mc_se).*part} : std::nullopt;
      };
      table.add(
          {names_.subject(rule, scenario_), names_.rule(rule),
           names_.difference(effect.mean.person_years, error(&LeverAmount::person_years)),
           names_.difference(elasticity(effect.mean.person_years, report_.totals[o].person_years), std::nullopt) + " %",
           names_.difference(effect.mean.at_end, error(&LeverAmount::at_end))});
    }
    text_ += table.text() + '\n';
  }

  void tell_method() {
    say("«I prosent»: av personårene, i samme region der regioner står. «Per overgang»: personår for hver overgang som "
        "kommer "
        "til i første omgang. Tallene er stigningen der vi er nå: ti prosent gir ikke nøyaktig ti ganger så mye.",
        "«I prosent»: av personåra, i same region der regionar står. «Per overgang»: personår for kvar overgang som "
        "kjem til "
        "i første omgang. Tala er stiginga der vi er no: ti prosent gir ikkje nøyaktig ti gonger så mykje.",
        "“Per cent”: of the person-years, in the same region where regions stand. “Per transition”: person-years for "
        "each "
        "transition that is added in the first place. Numbers are the slope where things are: ten per cent do not give "
        "exactly ten times as much.");
    switch (report_.method) {
      case LeverMethod::equations:
        say("Regnet med kohortligningene: ingen simuleringsusikkerhet.",
            "Rekna med kohortlikningane: inga simuleringsuvisse.", "By the cohort equations: no luck of a simulation.");
        break;
      case LeverMethod::scores:
        say("Simulert én gang, med hver overgangs skår (likelihood ratio); ± er 95 % av simuleringens usikkerhet. "
            "Reglene er forskjeller mellom simuleringer med samme tilfeldigheter.",
            "Simulert éin gong, med skåren til kvar overgang (likelihood ratio); ± er 95 % av uvissa i simuleringa. "
            "Reglane er skilnader mellom simuleringar med same tilfelle.",
            "Simulated once, with the score of each transition (likelihood ratio); ± is 95 % of the luck of the "
            "simulation. "
            "Rules are differences of simulations that share their luck.");
        tell_why();
        break;
      case LeverMethod::common_luck:
        say("Forskjeller mellom simuleringer med samme tilfeldigheter og ti prosent høyere og lavere rater; ± er 95 % "
            "av "
            "simuleringens usikkerhet.",
            "Skilnader mellom simuleringar med same tilfelle og ti prosent høgare og lågare ratar; ± er 95 % av uvissa "
            "i "
            "simuleringa.",
            "Differences of simulations that share their luck, at rates ten per cent higher and lower; ± is 95 % of "
            "the luck "
            "of the simulation.");
        tell_why();
        break;
    }
    if (report_.places_couple)
      say("Begrensede plasser gjør folk avhengige av hverandre: usikkerheten i simuleringen er ikke kjent.",
          "Avgrensa plassar gjer folk avhengige av kvarandre: uvissa i simuleringa er ikkje kjend.",
          "Limited places make people hang on each other: the luck of the simulation is not known.");
    if (report_.draws >= 2 && !rates_vary())
      say("Ingen av ratene har en kjent usikkerhet: trekninger endrer ingenting.",
          "Ingen av ratane har ei kjend uvisse: trekningar endrar ingenting.",
          "No rate has an error that is known: draws change nothing.");
    if (report_.draws < 2)
      say("Hvor usikre ratene er, er ikke med: --set draws=100.",
          "Kor usikre ratane er, er ikkje med: --set draws=100.",
          "How uncertain rates are is not in it: --set draws=100.");
  }

  void tell_why() {
    say("Kohortligningene gjelder ikke her: {}.", "Kohortlikningane gjeld ikkje her: {}.",
        "The cohort equations do not hold here: {}.", reason());
  }

  /// The equations give theirs in English.
  [[nodiscard]] std::string_view reason() const {
    std::string_view const english = report_.why_not_equations;
    if (english.starts_with("measures"))
      return names_.pick("tiltak følger hvert menneske fra tilbud til slutt",
                         "tiltak følgjer kvart menneske frå tilbod til slutt", english);
    if (english.starts_with("people move"))
      return names_.pick("folk flytter, får andre kjennetegn eller bruker av rettigheter over flere perioder",
                         "folk flyttar, får andre kjenneteikn eller bruker av rettar over fleire periodar", english);
    if (english.starts_with("a limit is of a clock"))
      return names_.pick("en grense teller over flere perioder", "ei grense tel over fleire periodar", english);
    return names_.pick("en ny grense gjelder bare noen av dem som er over den",
                       "ei ny grense gjeld berre nokre av dei som er over ho", english);
  }

  Scenario const& scenario_;
  std::vector<LeverOutcome> const& outcomes_;
  LeverReport const& report_;
  std::size_t most_;
  LeverNames names_;
  std::string text_;
};

std::string text_of_flows(LeverNames const& names, FlowReport const& report) {
  auto const pick = [&](std::string_view nb, std::string_view nn, std::string_view en) {
    return std::string{names.pick(nb, nn, en)};
  };
  std::vector<std::size_t> order(report.flows.people.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::stable_sort(order, std::greater{}, [&](std::size_t i) { return report.flows.people[i]; });
  TextColumns table{{pick("vei", "veg", "way"), pick("ved", "ved", "by"), pick("i året", "i året", "a year")}};
  for (std::size_t const i : order) {
    Passage const& way = report.flows.ways[i];
    double const a_year = report.flows.people[i] / report.years;
    std::string const cause = way.cause == Cause::limit ? pick("grense", "grense", "limit")
                              : way.cause == Cause::age ? pick("alder", "alder", "age")
                                                        : pick("overgang", "overgang", "transition");
    if (a_year > 0) table.add({names.way(way.from, way.to), cause, names.number(a_year, a_year < 10 ? 1 : 0)});
  }
  return pick("Så mange går hver vei i året:\n", "Så mange går kvar veg i året:\n",
              "So many go each way in a year:\n") +
         table.text() + '\n';
}

std::string text_of_removal(LeverNames const& names, WayRemoval const& removal) {
  auto const pick = [&](std::string_view nb, std::string_view nn, std::string_view en) {
    return std::string{names.pick(nb, nn, en)};
  };
  std::string const way = names.way(removal.from, removal.to);
  std::string text = fmt::format(
      fmt::runtime(pick("Om ingen gikk {}: her er folk i stedet.\n", "Om ingen gjekk {}: her er folk i staden.\n",
                        "If nobody went {}: here people are instead.\n")),
      way);
  TextColumns table{{pick("tilstand", "tilstand", "state"), pick("personår før", "personår før", "person-years before"),
                     pick("etter", "etter", "after"), pick("forskjell", "skilnad", "difference"),
                     pick("til slutt", "til slutt", "at the end"), pick("forskjell", "skilnad", "difference")}};
  for (StateId const id : ids_of(names.model().states)) {
    LeverAmount const& before = removal.before.flows.states[id];
    LeverAmount const& after = removal.after.states[id];
    auto const& error = removal.mc_se[id];
    table.add({names.state(id), names.number(before.person_years, 0), names.number(after.person_years, 0),
               names.difference(after.person_years - before.person_years,
                                error ? std::optional{error->person_years} : std::nullopt),
               names.number(after.at_end, 0),
               names.difference(after.at_end - before.at_end, error ? std::optional{error->at_end} : std::nullopt)});
  }
  return text + table.text() + '\n';
}

}  // namespace

std::string levers_text(Scenario const& scenario, std::vector<LeverOutcome> const& outcomes,
                        LeverFindings const& findings, std::size_t most, std::string_view data_class,
                        std::string_view language) {
  LeverNames const names{scenario.model, language};
  std::string text;
  if (findings.levers) text += LeverTeller{scenario, outcomes, *findings.levers, most, language}.text();
  if (findings.levers && (findings.flows || !findings.removals.empty())) text += '\n';
  if (findings.flows) text += text_of_flows(names, *findings.flows);
  for (WayRemoval const& removal : findings.removals) text += text_of_removal(names, removal);
  if (data_class == "register")
    text += names.pick("Laget av et register: blir inne.\n", "Laga av eit register: blir inne.\n",
                       "Made from a register: it stays inside.\n");
  return text;
}

}  // namespace utvei
