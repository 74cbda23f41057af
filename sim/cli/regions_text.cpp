// SPDX-License-Identifier: Apache-2.0
#include "regions_text.hpp"

#include "definition_words.hpp"
#include "region_words.hpp"

#include <utvei/analysis/region_words.hpp>
#include <utvei/core/text.hpp>
#include <utvei/results/evidence.hpp>
#include <utvei/results/readable.hpp>
#include <utvei/results/text_columns.hpp>

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace utvei {
namespace {

class RegionsWriter {
 public:
  RegionsWriter(RegionsPage const& page, std::string_view language) : page_{page}, language_{language} {}

  std::string write() {
    if (std::string const notice = made_up_notice(page_.data_class, language_); !notice.empty())
      text_ += notice + "\n\n";
    for (RegionDifference const& difference : page_.report.differences) tell(difference);
    for (RegionOutcome const& outcome : page_.outcomes) tell_definition(outcome);
    tell_limits();
    return std::move(text_);
  }

 private:
  [[nodiscard]] std::string_view pick(std::string_view nb, std::string_view nn, std::string_view en) const {
    return language_ == "en" ? en : language_ == "nn" ? nn : nb;
  }
  template <class... Arguments>
  void say(std::string_view pattern, Arguments const&... arguments) {
    text_ += fmt::format(fmt::runtime(pattern), arguments...) + '\n';
  }

  /// Of a hundred people; with as many digits as tell it from nothing, and no minus before what rounds to nothing.
  [[nodiscard]] std::string number(double value, bool is_signed) const {
    return is_signed ? readable_signed(100 * value, 2, language_) : readable(100 * value, 2, language_);
  }
  [[nodiscard]] std::string interval(RegionNumber const& of, bool is_signed) const {
    return of.low_95 ? fmt::format(fmt::runtime(pick("{} til {}", "{} til {}", "{} to {}")),
                                   number(*of.low_95, is_signed), number(*of.high_95, is_signed))
                     : "";
  }

  [[nodiscard]] std::string name_of_side(RegionSide const& side) const {
    if (!side.region) return std::string{pick("alle", "alle", "everybody")};
    std::string const name = side.world.scenario.model.regions.name(*side.region, language_);
    return name == side.name ? name : fmt::format("{} ({})", name, side.name);
  }
  [[nodiscard]] std::string name_of_component(std::string const& component) const {
    std::string words = component_words(component, language_);
    if (words != component) return words;
    constexpr std::string_view of_group = "exits_from_";
    if (!component.starts_with(of_group)) return component;
    return fmt::format(
        fmt::runtime(pick("rater ut av {}", "ratar ut av {}", "rates out of {}")),
        inside_sentence(words_of_states(page_.pairs.front().region.world.scenario.model,
                                        std::string_view{component}.substr(of_group.size()), language_)));
  }
  [[nodiscard]] std::string what_is_counted(RegionOutcome const& outcome, Scenario const& scenario) const {
    std::string const name = outcome.label.empty() ? words_of_states(scenario.model, outcome.name, language_)
                                                   : label_in(outcome.label, language_, outcome.name);
    if (outcome.at)
      return fmt::format(
          fmt::runtime(pick("{}: av 100 mennesker, {}", "{}: av 100 menneske, {}", "{}: of 100 people, {}")), name,
          format(*outcome.at));
    return fmt::format(fmt::runtime(pick("{}: år for 100 mennesker, {} til {}", "{}: år for 100 menneske, {} til {}",
                                         "{}: years for 100 people, {} to {}")),
                       name, format(scenario.start), format(scenario.end));
  }

  [[nodiscard]] bool is_simulated() const { return page_.report.method == RegionMethod::simulation; }

  /// As it would be shown.
  [[nodiscard]] static bool rounds_to_nothing(RegionNumber const& of) {
    constexpr double least = 0.00005;
    auto const is_nothing = [](double value) { return std::abs(value) < least; };
    return is_nothing(of.value) && is_nothing(of.low_95.value_or(0)) && is_nothing(of.high_95.value_or(0));
  }

  [[nodiscard]] TextColumns empty_table() const {
    std::vector<std::string> header{"", std::string{pick("forskjell", "skilnad", "difference")}};
    if (is_simulated()) header.emplace_back(pick("± tilfeldighet", "± det tilfeldige", "± luck"));
    if (page_.report.draws > 0) header.emplace_back(pick("95 %-intervall", "95 %-intervall", "95 % interval"));
    return TextColumns{std::move(header)};
  }

  void add(TextColumns& table, std::string name, RegionNumber const& of, bool is_signed) const {
    std::vector<std::string> row{std::move(name), number(of.value, is_signed)};
    if (is_simulated()) row.push_back(number(of.mc_se, false));
    if (page_.report.draws > 0) row.push_back(interval(of, is_signed));
    table.add(std::move(row));
  }

  [[nodiscard]] std::string_view exchanged_pattern() const {
    return page_.report.services.empty()
               ? pick("{} med ratene til {}", "{} med ratane til {}", "{} with the rates of {}")
               : pick("{} med ratene og tiltakene til {}", "{} med ratane og tiltaka til {}",
                      "{} with the rates and measures of {}");
  }

  void tell(RegionDifference const& difference) {
    RegionPair const& pair = page_.pairs[difference.pair];
    std::string const region = name_of_side(pair.region);
    std::string const reference = name_of_side(pair.reference);
    say(pick("{} mot {}. {}", "{} mot {}. {}", "{} against {}. {}"), region, reference,
        what_is_counted(page_.outcomes[difference.outcome], pair.region.world.scenario));
    TextColumns table = empty_table();
    std::string equal;
    for (std::size_t c = 0; c < page_.report.components.size(); ++c) {
      std::string name = name_of_component(page_.report.components[c]);
      if (rounds_to_nothing(difference.contributions[c])) {
        equal += (equal.empty() ? "" : "; ") + name;
      } else {
        add(table, std::move(name), difference.contributions[c], true);
      }
    }
    add(table, std::string{pick("til sammen", "til saman", "together")}, difference.total, true);
    add(table, region, difference.region, false);
    add(table, reference, difference.reference, false);
    add(table, fmt::format(fmt::runtime(exchanged_pattern()), region, reference), difference.with_reference_rates,
        false);
    text_ += table.text();
    if (!equal.empty()) say(pick("Uten forskjell: {}.", "Utan skilnad: {}.", "No difference: {}."), equal);
    text_ += '\n';
  }

  void tell_definition(RegionOutcome const& outcome) {
    // One state is what it is called.
    if (!outcome.definition && std::ranges::count(outcome.states, true) <= 1) return;
    Model const& model = page_.pairs.front().region.world.scenario.model;
    std::string const name = outcome.label.empty() ? words_of_states(model, outcome.name, language_)
                                                   : label_in(outcome.label, language_, outcome.name);
    say(pick("«{}» teller: {}.", "«{}» tel: {}.", "\"{}\" counts: {}."), name,
        outcome.definition ? definition_words(*outcome.definition, model, language_)
                           : states_listed(outcome.states, model, language_));
  }

  void tell_limits() {
    say(pick("Dette er en beskrivelse, ikke årsak: den sier hvor forskjellen ligger, ikke hva som har skapt den.",
             "Dette er ei skildring, ikkje årsak: ho seier kvar skilnaden ligg, ikkje kva som har skapt han.",
             "This is a description, not a cause: it says where the difference lies, not what has made it."));
    say(pick("Hver del er snittet over alle rekkefølger delene kan byttes i (Shapley).",
             "Kvar del er snittet over alle rekkjefølgjer delane kan bytast i (Shapley).",
             "Each part is the mean over all orders in which the parts can be exchanged (Shapley)."));
    tell_services();
    if (page_.factors.labour_market.empty())
      say(pick("Arbeidsmarkedet er ikke skilt ut: ingen fil med --factors sier hva det gjør med ratene.",
               "Arbeidsmarknaden er ikkje skild ut: inga fil med --factors seier kva han gjer med ratane.",
               "The labour market is not told apart: no file of --factors says what it does to the rates."));
    if (is_simulated())
      say(pick("± tilfeldighet er standardfeilen til simuleringen.",
               "± det tilfeldige er standardfeilen til simuleringa.",
               "± luck is the standard error of the simulation."));
    tell_uncertainty();
    if (page_.report.without_counterpart > 0)
      say(pick("{} % av de som bor i et område, har ingen like (alder, kjennetegn) i det andre; hvor de står ved "
               "start, er "
               "regnet med i hvem som bor der.",
               "{} % av dei som bur i eit område, har ingen like (alder, kjenneteikn) i det andre; kvar dei står ved "
               "start, "
               "er rekna med i kven som bur der.",
               "{} % of those who live in an area have no counterparts (age, traits) in the other; where they are at "
               "the "
               "start is counted with who lives there."),
          number(page_.report.without_counterpart, false));
  }

  void tell_services() {
    if (page_.report.services.empty()) {
      say(pick(
          "Tjenester: ikke identifisert. Ratene rommer allerede de tjenestene som har vært; det som er igjen, er ikke "
          "et mål på innsats.",
          "Tenester: ikkje identifisert. Ratane rommar alt dei tenestene som har vore; det som er att, er ikkje eit "
          "mål på innsats.",
          "Services: not identified. The rates hold the services that there were already; what remains is no measure "
          "of performance."));
      return;
    }
    if (page_.report.identifies_services()) {
      say(pick("Tjenester: delen «tiltakene» er tiltak i scenarioet som har kilde og intervall: {}.",
               "Tenester: delen «tiltaka» er tiltak i scenarioet som har kjelde og intervall: {}.",
               "Services: the part \"the measures\" is measures of the scenario that have a source and an interval: "
               "{}."),
          names_of_services());
    } else {
      say(pick("Tjenester: ikke identifisert ({}). Delen «det som er forutsatt om tiltakene» følger av det scenarioet "
               "selv sier.",
               "Tenester: ikkje identifisert ({}). Delen «det som er føresett om tiltaka» følgjer av det scenarioet "
               "sjølv seier.",
               "Services: not identified ({}). The part \"what is assumed of the measures\" follows from what the "
               "scenario itself says."),
          doubts_of_services());
    }
    say(pick("Andre tjenester ligger i ratene; det som er igjen, er ikke et mål på innsats.",
             "Andre tenester ligg i ratane; det som er att, er ikkje eit mål på innsats.",
             "Other services are in the rates; what remains is no measure of performance."));
  }
  [[nodiscard]] std::string names_of_services() const {
    std::vector<std::string> names;
    for (RegionService const& each : page_.report.services)
      names.push_back(label_in(each.label, language_, each.measure));
    return fmt::format("{}", fmt::join(names, ", "));
  }
  [[nodiscard]] std::string doubts_of_services() const {
    std::vector<std::string> doubts;
    for (RegionService const& each : page_.report.services)
      if (each.doubt != RegionService::Doubt::none)
        doubts.push_back(fmt::format("{}: {}", label_in(each.label, language_, each.measure), words_of(each.doubt)));
    return fmt::format("{}", fmt::join(doubts, "; "));
  }
  [[nodiscard]] std::string_view words_of(RegionService::Doubt doubt) const {
    using enum RegionService::Doubt;
    if (doubt == no_evidence)
      return pick("tiltaket har ingen kilde", "tiltaket har inga kjelde", "the measure has no evidence");
    if (doubt == assumed_effect)
      return pick("en virkning er en forutsetning", "ein verknad er ein føresetnad", "an effect is assumed");
    return pick("en virkning har ikke noe intervall", "ein verknad har ikkje noko intervall",
                "an effect has no interval");
  }

  void tell_uncertainty() {
    if (page_.report.draws == 0) {
      say(pick("Intervaller: --draws 200 tar med hvor usikre ratene er.",
               "Intervall: --draws 200 tek med kor usikre ratane er.",
               "Intervals: --draws 200 takes in how unsure the rates are."));
      return;
    }
    bool const has_measures = !page_.report.services.empty();
    say(pick("Intervallene rommer usikkerheten i {} ({} parametertrekk), ikke tilfeldighetene i hvem som faller ut.",
             "Intervalla rommar uvissa i {} ({} parametertrekk), ikkje det tilfeldige i kven som fell ut.",
             "The intervals hold what is not known of {} ({} parameter draws), not the luck of individual people."),
        has_measures ? pick("ratene og tiltakene", "ratane og tiltaka", "the rates and measures")
                     : pick("ratene", "ratane", "the rates"),
        page_.report.draws);
  }

  RegionsPage const& page_;
  std::string_view language_;
  std::string text_;
};

}  // namespace

std::string regions_text(RegionsPage const& page, std::string_view language) {
  return RegionsWriter{page, language}.write();
}

std::string regions_csv(RegionsPage const& page) {
  std::string csv = "region,reference,outcome,total,component,contribution,low_95,high_95\n";
  auto const bound = [](std::optional<double> const& value) { return value ? fmt::to_string(*value) : std::string{}; };
  for (RegionDifference const& difference : page.report.differences) {
    RegionPair const& pair = page.pairs[difference.pair];
    for (std::size_t c = 0; c < page.report.components.size(); ++c) {
      RegionNumber const& part = difference.contributions[c];
      csv += fmt::format("{},{},{},{},{},{},{},{}\n", csv_field(pair.region.name), csv_field(pair.reference.name),
                         csv_field(page.outcomes[difference.outcome].name), difference.total.value,
                         csv_field(page.report.components[c]), part.value, bound(part.low_95), bound(part.high_95));
    }
  }
  return csv;
}

}  // namespace utvei
