// SPDX-License-Identifier: Apache-2.0
#include "regions_text.hpp"

#include "region_words.hpp"

#include <utvei/core/text.hpp>
#include <utvei/results/readable.hpp>
#include <utvei/results/text_columns.hpp>

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

namespace utvei {
namespace {

/// What the parts of a difference are called.
struct ComponentWords {
  std::string_view name, nb, nn, en;
};
constexpr std::array component_words{
    ComponentWords{composition_component, "hvem som bor der (alder, kjennetegn)",
                   "kven som bur der (alder, kjenneteikn)", "who lives there (age, traits)"},
    ComponentWords{start_component, "hvor de står ved start", "kvar dei står ved start", "where they are at the start"},
    ComponentWords{labour_market_component, "arbeidsmarkedet", "arbeidsmarknaden", "the labour market"},
    ComponentWords{limits_component, "hva som skjer ved grenser", "kva som skjer ved grenser",
                   "what happens at limits"},
    ComponentWords{trait_changes_component, "hvor fort kjennetegn endrer seg", "kor fort kjenneteikn endrar seg",
                   "how fast traits change"},
    ComponentWords{within_component, "ulikhet innad i områdene", "ulikskap innetter i områda",
                   "differences within the areas"},
    ComponentWords{"exits_from_outside", "rater ut av tilstander utenfor", "ratar ut av tilstandar utanfor",
                   "rates out of states outside"},
    ComponentWords{"exits_from_work", "rater ut av arbeid", "ratar ut av arbeid", "rates out of work"},
    ComponentWords{"exits_from_education", "rater ut av utdanning", "ratar ut av utdanning", "rates out of education"},
    ComponentWords{"exits_from_other_states", "rater ut av andre tilstander", "ratar ut av andre tilstandar",
                   "rates out of other states"},
    ComponentWords{"other_exits", "de andre ratene", "dei andre ratane", "the other rates"},
};

class RegionsWriter {
 public:
  RegionsWriter(RegionsPage const& page, std::string_view language) : page_{page}, language_{language} {}

  std::string write() {
    for (RegionDifference const& difference : page_.report.differences) tell(difference);
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
    auto const found = std::ranges::find(component_words, component, &ComponentWords::name);
    if (found != component_words.end()) return std::string{pick(found->nb, found->nn, found->en)};
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
    add(table,
        fmt::format(fmt::runtime(pick("{} med ratene til {}", "{} med ratane til {}", "{} with the rates of {}")),
                    region, reference),
        difference.with_reference_rates, false);
    text_ += table.text();
    if (!equal.empty()) say(pick("Uten forskjell: {}.", "Utan skilnad: {}.", "No difference: {}."), equal);
    text_ += '\n';
  }

  void tell_limits() {
    say(pick("Dette er en beskrivelse, ikke årsak: den sier hvor forskjellen ligger, ikke hva som har skapt den.",
             "Dette er ei skildring, ikkje årsak: ho seier kvar skilnaden ligg, ikkje kva som har skapt han.",
             "This is a description, not a cause: it says where the difference lies, not what has made it."));
    say(pick("Hver del er snittet over alle rekkefølger delene kan byttes i (Shapley).",
             "Kvar del er snittet over alle rekkjefølgjer delane kan bytast i (Shapley).",
             "Each part is the mean over all orders in which the parts can be exchanged (Shapley)."));
    say(pick(
        "Tjenester: ikke identifisert. Ratene rommer allerede de tjenestene som har vært; det som er igjen, er ikke et "
        "mål på innsats.",
        "Tenester: ikkje identifisert. Ratane rommar alt dei tenestene som har vore; det som er att, er ikkje eit mål "
        "på innsats.",
        "Services: not identified. The rates hold the services that there were already; what remains is no measure of "
        "performance."));
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

  void tell_uncertainty() {
    if (page_.report.draws == 0) {
      say(pick("Intervaller: --draws 200 tar med hvor usikre ratene er.",
               "Intervall: --draws 200 tek med kor usikre ratane er.",
               "Intervals: --draws 200 takes in how unsure the rates are."));
      return;
    }
    say(pick(
            "Intervallene rommer usikkerheten i ratene ({} parametertrekk), ikke tilfeldighetene i hvem som faller ut.",
            "Intervalla rommar uvissa i ratane ({} parametertrekk), ikkje det tilfeldige i kven som fell ut.",
            "The intervals hold what is not known of the rates ({} parameter draws), not the luck of individual "
            "people."),
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
