// SPDX-License-Identifier: Apache-2.0
#include "decision_text.hpp"

#include <utvei/core/normal.hpp>
#include <utvei/results/readable.hpp>
#include <utvei/results/text_columns.hpp>

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr std::size_t most_lines = 15;
constexpr double widest_bar = 12;

/// Of each kind of input in nb, nn and en, in the order of UncertainInput::Kind.
constexpr std::array<std::array<std::string_view, 3>, 8> kind_words{{
    {"Rate", "Rate", "Rate"},
    {"Kalibrering", "Kalibrering", "Calibration"},
    {"Grense", "Grense", "Limit"},
    {"Virkning", "Verknad", "Effect"},
    {"Tid", "Tid", "Time"},
    {"Andel", "Del", "Share"},
    {"Poeng", "Poeng", "Score"},
    {"Kostnad", "Kostnad", "Cost"},
}};

class DecisionTeller {
 public:
  DecisionTeller(DecisionReport const& report, std::string_view language)
      : report_{report}, found_{report.found}, language_{language} {}

  std::string text() {
    say(pick("Hva usikkerheten kommer av: {} ({}), {} trekninger, mot {}",
             "Kva uvissa kjem av: {} ({}), {} trekningar, mot {}",
             "Where the uncertainty comes from: {} ({}), {} draws, against {}"),
        outcome_words(read_outcome(report_.outcome.text, "--outcome"), report_.labels, language_), unit(), found_.draws,
        report_.baseline);
    text_ += '\n';
    tell_scenarios();
    tell_assumptions();
    if (!tell_unknown()) {
      if (report_.view.value_of_information) tell_values();
      tell_groups();
      if (report_.view.tornado) tell_tornado();
      tell_method();
    }
    return std::move(text_);
  }

 private:
  [[nodiscard]] std::size_t language() const { return language_ == "nn" ? 1 : language_ == "en" ? 2 : 0; }
  [[nodiscard]] std::string_view pick(std::string_view nb, std::string_view nn, std::string_view en) const {
    return std::array{nb, nn, en}[language()];
  }
  template <class... Arguments>
  void say(std::string_view pattern, Arguments const&... arguments) {
    text_ += fmt::format(fmt::runtime(pattern), arguments...) + '\n';
  }
  [[nodiscard]] std::string unit() const {
    std::string const& units = report_.outcome.units;
    if (units == "years") return std::string{pick("år", "år", "years")};
    if (units == "1") return std::string{pick("personer", "personar", "people")};
    return units;
  }
  [[nodiscard]] std::string number(double value) const { return readable_digits(value, language_); }
  [[nodiscard]] std::string plus_minus(WithError const& estimate) const {
    return number(estimate.value) + " ± " + readable_digits(normal_975 * estimate.se, language_);
  }
  [[nodiscard]] std::string percent(WithError const& share) const {
    return fmt::format("{} ± {} %", readable(100 * share.value, 0, language_),
                       readable(100 * normal_975 * share.se, 0, language_));
  }
  [[nodiscard]] std::string words_for(UncertainInput::Kind kind, std::string const& name) const {
    return fmt::format("{}: {}", kind_words[static_cast<std::size_t>(kind)][language()], words_for(name));
  }
  [[nodiscard]] std::string words_for(std::string const& name) const {
    return input_words(name, report_.labels.of, language_);
  }

  /// Luck is all that draws of the scenario differ by, as far as they show.
  [[nodiscard]] bool is_hidden(std::size_t scenario) const {
    auto const& one = found_.scenarios[scenario];
    return one.luck_share > 0 && !(one.parameter_variance.value_or(0) > 0);
  }

  void tell_scenarios() {
    for (std::size_t s = 0; s < found_.scenarios.size(); ++s) {
      auto const& one = found_.scenarios[s];
      if (is_hidden(s)) {
        say(pick("{}: forskjellen er {} i snitt. Trekningene skiller seg ikke mer enn tilfeldighetene i simuleringen "
                 "gjør, så hva parametrene betyr, kan ikke sies. Flere personer eller gjentakelser skiller dem.",
                 "{}: skilnaden er {} i snitt. Trekningane skil seg ikkje meir enn tilfella i simuleringa gjer, så kva "
                 "parametrane betyr, kan ikkje seiast. Fleire personar eller gjentak skil dei.",
                 "{}: the difference is {} on average. Draws differ by no more than luck of the simulation does, so "
                 "what parameters mean cannot be told. More people or replicates tell them apart."),
            report_.outcome.scenarios[s], number(one.difference));
        continue;
      }
      say(pick("{}: forskjellen er {} i snitt; fra trekning til trekning gjør parametrene et standardavvik på {}.",
               "{}: skilnaden er {} i snitt; frå trekning til trekning gjer parametrane eit standardavvik på {}.",
               "{}: the difference is {} on average; from draw to draw parameters make a standard deviation of {}."),
          report_.outcome.scenarios[s], number(one.difference), number(std::sqrt(one.parameter_variance.value_or(0))));
      if (found_.luck_is_known)
        say(pick("  Simuleringens tilfeldigheter er {:.0f} % av variansen mellom trekningene, og trukket fra.",
                 "  Tilfella i simuleringa er {:.0f} % av variansen mellom trekningane, og trekte frå.",
                 "  Luck of the simulation is {:.0f} % of the variance between draws, and taken off."),
            100 * one.luck_share);
    }
    if (!found_.luck_is_known)
      say(pick(
          "Hvor mye av dette som er simuleringens tilfeldigheter, vises ikke av kjøringene: alle verdier her er "
          "for høye. Kjør med grupper, eller `replicates: 2`.",
          "Kor mykje av dette som er tilfelle i simuleringa, viser ikkje køyringane: alle verdiar her er for høge. "
          "Køyr med grupper, eller `replicates: 2`.",
          "How much of this is luck of the simulation the runs do not show: all values here are too high. Run "
          "with groups, or `replicates: 2`."));
    text_ += '\n';
  }

  void tell_assumptions() {
    for (std::size_t s = 0; s < report_.inputs.assumed.size(); ++s) {
      auto const& assumed = report_.inputs.assumed[s];
      if (assumed.empty()) continue;
      if (report_.inputs.main_effect_is_assumed[s])
        say(pick("{} hviler på virkninger som er antatt. Ingen verdi av å vite mer kan sies; dette må være sant:",
                 "{} kviler på verknader som er tekne for gitt. Ingen verdi av å vite meir kan seiast; dette må vere "
                 "sant:",
                 "{} rests on effects that are assumed. No value of knowing more can be told; this must be true:"),
            report_.outcome.scenarios[s]);
      else
        say(pick("I {} er også dette antatt:", "I {} er dette òg teke for gitt:", "In {} this is assumed, too:"),
            report_.outcome.scenarios[s]);
      for (auto const& effect : assumed) tell_assumed(effect, s);
      text_ += '\n';
    }
  }

  void tell_assumed(DecisionInputs::Assumed const& effect, std::size_t scenario) {
    if (!effect.is_drawn)
      return say(pick("  - {}: intensiteten er {} ganger så høy, i alle trekninger. Gi den `interval_95`, så sier "
                      "kjøringen hva den må være",
                      "  - {}: intensiteten er {} gonger så høg, i alle trekningar. Gje han `interval_95`, så seier "
                      "køyringa kva han må vere",
                      "  - {}: the intensity is {} times as high, in all draws. Give it `interval_95`, and the run "
                      "says what it must be"),
                 words_for(effect.name), number(effect.ratio));
    auto const input = std::ranges::find_if(found_.inputs, [&](InputInfluence const& one) {
      return one.kind == UncertainInput::Kind::effect && one.name == effect.name;
    });
    if (input == found_.inputs.end() || !input->swings[scenario].break_even)
      return say(
          pick("  - {}: {} ganger, med et intervall som er antatt; innenfor det skifter forskjellen ikke fortegn",
               "  - {}: {} gonger, med eit intervall som er teke for gitt; innanfor det skiftar skilnaden ikkje "
               "forteikn",
               "  - {}: {} times, with an interval that is assumed; within it the difference has one sign"),
          words_for(effect.name), number(effect.ratio));
    bool const rises = input->swings[scenario].swing.value > 0;
    bool const is_floor = rises != report_.outcome.less_is_better;
    say(is_floor ? pick("  - {}: over {} ganger (antatt {}); under det er scenariet dårligere enn {}",
                        "  - {}: over {} gonger (teke for gitt {}); under det er scenariet dårlegare enn {}",
                        "  - {}: above {} times (assumed {}); below that the scenario is worse than {}")
                 : pick("  - {}: under {} ganger (antatt {}); over det er scenariet dårligere enn {}",
                        "  - {}: under {} gonger (teke for gitt {}); over det er scenariet dårlegare enn {}",
                        "  - {}: below {} times (assumed {}); above that the scenario is worse than {}"),
        words_for(effect.name), number(*input->swings[scenario].break_even), number(effect.ratio), report_.baseline);
  }

  /// Why there are no numbers; whether that is so.
  bool tell_unknown() {
    using Unknown = DecisionUncertainty::Unknown;
    if (found_.unknown == Unknown::too_few_draws)
      say(pick(
              "Med {} trekninger kan det ikke sies hva usikkerheten kommer av: det trengs minst {}, og helst 200 eller "
              "flere (`draws: 200` i begge scenarier).",
              "Med {} trekningar kan det ikkje seiast kva uvissa kjem av: det trengst minst {}, og helst 200 eller "
              "fleire (`draws: 200` i begge scenario).",
              "With {} draws it cannot be told where the uncertainty comes from: it takes at least {}, and better 200 "
              "or more (`draws: 200` in both scenarios)."),
          found_.draws, least_draws);
    else if (found_.unknown == Unknown::no_inputs)
      say(pick(
          "Resultatene sier ikke hva trekningene skiller seg på: ingen tall i scenariene er usikre, eller filene er "
          "fra en eldre utgave. Kjør på nytt.",
          "Resultata seier ikkje kva trekningane skil seg på: ingen tal i scenaria er uvisse, eller filene er frå "
          "ei eldre utgåve. Køyr på nytt.",
          "The results do not say what draws differ by: no number of the scenarios is uncertain, or the files are "
          "of an earlier version. Run again."));
    else if (found_.unknown == Unknown::luck_hides_parameters)
      say(
          pick("Trekningene skiller seg ikke mer enn tilfeldighetene i simuleringen gjør: hva parametrene betyr, kan "
               "ikke sies. Flere personer eller gjentakelser skiller dem.",
               "Trekningane skil seg ikkje meir enn tilfella i simuleringa gjer: kva parametrane betyr, kan ikkje "
               "seiast. Fleire personar eller gjentak skil dei.",
               "Draws differ by no more than luck of the simulation does: what parameters mean cannot be told. More "
               "people or replicates tell them apart."));
    return found_.unknown != Unknown::known;
  }

  void tell_values() {
    if (!report_.tells_values()) return;
    std::string const best = found_.best ? report_.outcome.scenarios[*found_.best] : report_.baseline;
    say(pick("I snitt er {} best. Å vite alt før valget (EVPI) er verdt {} {}.",
             "I snitt er {} best. Å vite alt før valet (EVPI) er verdt {} {}.",
             "On average {} is best. To know everything before the choice (EVPI) is worth {} {}."),
        best, plus_minus(found_.perfect), unit());
    if (found_.luck_is_known)
      say(pick("Uten å trekke fra tilfeldigheter ville det sett ut som {}.",
               "Utan å trekkje frå tilfelle ville det sett ut som {}.",
               "Without taking luck off it would have looked like {}."),
          number(found_.perfect_with_luck));
    text_ += '\n';
  }

  void tell_groups() {
    bool const has_values = report_.view.value_of_information && report_.tells_values();
    std::vector<std::string> header{std::string{pick("hva", "kva", "what")}};
    if (has_values) header.emplace_back(pick("verdt å vite (EVPPI)", "verdt å vite (EVPPI)", "worth knowing (EVPPI)"));
    for (std::string const& scenario : report_.outcome.scenarios)
      header.push_back(
          fmt::format(fmt::runtime(pick("av variansen, {}", "av variansen, {}", "of the variance, {}")), scenario));
    TextColumns table{std::move(header)};
    std::size_t shown = 0;
    std::size_t silent = 0;
    for (GroupInformation const& group : found_.groups) {
      if (!tells_something(group)) ++silent;
      if (!tells_something(group) || ++shown > most_lines) continue;
      std::vector<std::string> row{words_for(group.kind, group.group)};
      if (has_values) row.push_back(plus_minus(group.value));
      for (WithError const& share : group.shares) row.push_back(percent(share));
      table.add(std::move(row));
    }
    text_ += table.text();
    tell_left_out(shown, silent);
    for (std::size_t s = 0; s < found_.scenarios.size(); ++s)
      if (!is_hidden(s))
        say(pick("{}: {:.0f} % av variansen er samspill mellom delene, og det som tallene for dem ikke fanger.",
                 "{}: {:.0f} % av variansen er samspel mellom delane, og det som tala for dei ikkje fangar.",
                 "{}: {:.0f} % of the variance is between the parts, or what their numbers do not catch."),
            report_.outcome.scenarios[s], 100 * (1 - found_.scenarios[s].explained));
    text_ += '\n';
  }

  void tell_tornado() {
    for (std::size_t s = 0; s < report_.outcome.scenarios.size(); ++s) {
      if (is_hidden(s)) continue;
      say(pick("Forskjellen mellom {} og {} når ett tall er ved sin 10. og 90. persentil",
               "Skilnaden mellom {} og {} når eitt tal er ved sin 10. og 90. persentil",
               "The difference between {} and {} with one number at its 10th and 90th percentile"),
          report_.outcome.scenarios[s], report_.baseline);
      text_ += '\n';
      tell_swings(s);
      text_ += '\n';
    }
  }

  void tell_swings(std::size_t scenario) {
    std::vector<InputInfluence const*> order;
    for (InputInfluence const& input : found_.inputs) order.push_back(&input);
    auto const width = [&](InputInfluence const* input) { return std::abs(input->swings[scenario].swing.value); };
    std::ranges::stable_sort(order, [&](auto const* a, auto const* b) { return width(a) > width(b); });
    auto const silent =
        static_cast<std::size_t>(std::ranges::count_if(order, [&](auto* one) { return width(one) == 0; }));
    std::size_t const told = order.size() - silent;
    double const widest = order.empty() ? 0 : width(order.front());
    TextColumns table{{std::string{pick("tall", "tal", "number")}, "10 %", "90 %",
                       std::string{pick("forskjell ved 10 %", "skilnad ved 10 %", "difference at 10 %")},
                       std::string{pick("ved 90 %", "ved 90 %", "at 90 %")},
                       std::string{pick("utslag", "utslag", "swing")}, ""}};
    for (std::size_t i = 0; i < std::min(most_lines, told); ++i) {
      InputInfluence const& input = *order[i];
      InputSwing const& swing = input.swings[scenario];
      auto const value = [&](std::optional<double> const& at) { return at ? number(*at) : std::string{":"}; };
      std::string bar;
      for (double at = 0.5; widest > 0 && at < widest_bar * width(order[i]) / widest; ++at) bar += "█";
      table.add({words_for(input.kind, input.name), value(input.at_10), value(input.at_90), number(swing.low.value),
                 number(swing.high.value), plus_minus(swing.swing), bar});
    }
    text_ += table.text();
    tell_left_out(told, silent);
  }

  static bool tells_something(GroupInformation const& group) {
    return group.value.value > 0 ||
           std::ranges::any_of(group.shares, [](auto const& share) { return share.value > 0; });
  }

  /// `told`: lines that there would be; `silent`: those in which these draws show nothing.
  void tell_left_out(std::size_t told, std::size_t silent) {
    if (told > most_lines)
      say(pick("… og {} til, som betyr mindre (`--format json` har alle).",
               "… og {} til, som betyr mindre (`--format json` har alle).",
               "… and {} more, which matter less (`--format json` has all)."),
          told - most_lines);
    if (silent > 0)
      say(pick("{} andre gjør ingen forskjell som så mange trekninger viser.",
               "{} andre gjer ingen skilnad som så mange trekningar viser.",
               "{} others make no difference that so many draws show."),
          silent);
  }

  void tell_method() {
    say(pick(
        "Anslått ved regresjon på trekningene; ± er 95 % av hva antallet trekninger lar det være usikkert. En rate "
        "er snittet over scenariets folk, og sier ikke mer enn alle ratene bak. Et anslag kan være for lavt der "
        "sammenhengen er krokete.",
        "Rekna ut ved regresjon på trekningane; ± er 95 % av kva talet på trekningar lèt det vere uvisst. Ei rate "
        "er snittet over folket i scenariet, og seier ikkje meir enn alle ratane bak. Eit anslag kan vere for lågt "
        "der samanhengen er krokete.",
        "Estimated by regression on the draws; ± is 95 % of what the number of draws leaves open. A rate is the "
        "mean over the scenario's people, and tells no more than all the rates behind it. An estimate may be too "
        "low where a relation is crooked."));
  }

  DecisionReport const& report_;
  DecisionUncertainty const& found_;
  std::string_view language_;
  std::string text_;
};

}  // namespace

bool DecisionReport::tells_values() const {
  return std::ranges::none_of(inputs.main_effect_is_assumed, [](bool is_assumed) { return is_assumed; });
}

std::string decision_text(DecisionReport const& report, std::string_view language) {
  return DecisionTeller{report, language}.text();
}

}  // namespace utvei
