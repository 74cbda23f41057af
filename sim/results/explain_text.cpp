// SPDX-License-Identifier: Apache-2.0
#include "pathway_wording.hpp"
#include "wording.hpp"

#include <utvei/core/normal.hpp>
#include <utvei/results/explain.hpp>
#include <utvei/results/text_columns.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace utvei {
namespace {

constexpr std::size_t most_told = 12;
constexpr std::size_t most_reasons = 3;

struct ExplainWording {
  std::string_view title;  ///< scenario, outcome
  std::string_view sum;    ///< scenario, number, more or fewer, outcome, ±
  std::string_view more, fewer;
  std::string_view reasons;            ///< the largest, joined
  std::string_view happens, fails;     ///< number, transition
  std::string_view more_go, fewer_go;  ///< number, transition
  std::string_view lives, flows, by;   ///< headings; {} of `by` is the dimension
  std::array<std::string_view, 4> lives_columns;
  std::array<std::string_view, 5> flow_columns;  ///< what, baseline, scenario, contribution, ±
  std::string_view it_happens, it_fails;         ///< {} is the transition
  std::string_view start, within_years, rest, whole;
  std::string_view about_lives;  ///< people, who part
  std::string_view about_flows;
  std::string_view about_part;  ///< of draws, replicates or people
  std::string_view year, age_group;
  std::string_view about_errors;
};

constexpr ExplainWording explain_nb{
    "Hvorfor: {} – {}",
    "{} gir {} {} personår {}{}",
    "flere",
    "færre",
    ": {}",
    "{} fordi {} skjer, eller skjer før",
    "{} fordi {} ikke skjer, eller skjer seinere",
    "{} fordi flere går {}",
    "{} fordi færre går {}",
    "Hva som først skiller livene",
    "Hvilke overganger det er i regnskapet",
    "Fordelt på {}",
    {"", "mennesker", "personår", ""},
    {"", "grunnlag", "", "personår", ""},
    "{} skjer, eller skjer før",
    "{} skjer ikke, eller skjer seinere",
    "tilstand ved start",
    "når på året det skjer",
    "resten",
    "i alt",
    "Hvert menneske lever to ganger med de samme tilfeldighetene. Alt som blir annerledes etter den første "
    "forskjellen, er "
    "ført på den. {} av {} mennesker får et annet liv.\n",
    "Den som kommer inn, legger til resten av kjøringen, den som går ut, trekker den fra: ett menneske kan gå ut og "
    "inn "
    "flere ganger, så linjene er store hver for seg. Tallene i de to første kolonnene er overganger.\n",
    "Liv er bare tatt vare på av første trekning og gjentakelse, eller av et utvalg: summen er en annen enn "
    "virkningen.\n",
    "år",
    "alder",
    "I tabellene under er ± simuleringens alene."};
constexpr ExplainWording explain_nn{
    "Kvifor: {} – {}",
    "{} gir {} {} personår {}{}",
    "fleire",
    "færre",
    ": {}",
    "{} fordi {} skjer, eller skjer før",
    "{} fordi {} ikkje skjer, eller skjer seinare",
    "{} fordi fleire går {}",
    "{} fordi færre går {}",
    "Kva som først skil liva",
    "Kva overgangar det er i rekneskapen",
    "Fordelt på {}",
    {"", "menneske", "personår", ""},
    {"", "grunnlag", "", "personår", ""},
    "{} skjer, eller skjer før",
    "{} skjer ikkje, eller skjer seinare",
    "tilstand ved start",
    "når på året det skjer",
    "resten",
    "i alt",
    "Kvart menneske lever to gonger med dei same tilfellingane. Alt som blir annleis etter den første skilnaden, er "
    "ført "
    "på han. {} av {} menneske får eit anna liv.\n",
    "Den som kjem inn, legg til resten av køyringa, den som går ut, trekkjer ho frå: eitt menneske kan gå ut og inn "
    "fleire gonger, så linjene er store kvar for seg. Tala i dei to første kolonnane er overgangar.\n",
    "Liv er berre tekne vare på av første trekning og gjentaking, eller av eit utval: summen er ein annan enn "
    "verknaden.\n",
    "år",
    "alder",
    "I tabellane under er ± simuleringa si aleine."};
constexpr ExplainWording explain_en{
    "Why: {} – {}",
    "{} gives {} {} person-years {}{}",
    "more",
    "fewer",
    ": {}",
    "{} as {} happens, or happens earlier",
    "{} as {} does not happen, or happens later",
    "{} as more go {}",
    "{} as fewer go {}",
    "What parts the lives first",
    "Which transitions it is in the accounts",
    "By {}",
    {"", "people", "person-years", ""},
    {"", "baseline", "", "person-years", ""},
    "{} happens, or happens earlier",
    "{} does not happen, or happens later",
    "state at the start",
    "when in the year it happens",
    "the rest",
    "in all",
    "Everybody lives twice, with the same luck. All that is different after the first difference is laid to it. {} of "
    "{} "
    "people have another life.\n",
    "Who comes in adds the rest of the run, who goes out takes it away: one person may go out and in several times, so "
    "single lines are large. The first two columns are transitions.\n",
    "Lives are kept of the first draw and replicate only, or of a sample: the sum is another one than the effect.\n",
    "year",
    "age",
    "In the tables below ± is of the simulation alone."};

/// One explanation in one language.
class ExplanationLines {
 public:
  ExplanationLines(Explanation const& explanation, Comparison const& comparison, std::string_view language)
      : explanation_{explanation},
        comparison_{comparison},
        language_{language},
        words_{wording(language)},
        own_{language == "en"   ? explain_en
             : language == "nn" ? explain_nn
                                : explain_nb} {
    labels_.states = comparison.states;
  }

  [[nodiscard]] std::string text() const {
    std::string_view const group = group_in_words(explanation_.outcome, language_);
    bool const is_state =
        std::ranges::find(comparison_.states, explanation_.outcome, &StateInfo::name) != comparison_.states.end();
    std::string const outcome = is_state || group.empty() ? state(explanation_.outcome) : std::string{group};
    std::string text = fmt::format(fmt::runtime(own_.title), explanation_.scenario, outcome) + "\n\n";
    text +=
        fmt::format(fmt::runtime(own_.sum), explanation_.scenario, number(std::abs(explanation_.total)),
                    explanation_.total < 0 ? own_.fewer : own_.more, in_state(explanation_.outcome, outcome, language_),
                    explanation_.half_95 ? " (± " + number(*explanation_.half_95) + ")" : std::string{});
    if (auto const said = reasons(); !said.empty()) text += fmt::format(fmt::runtime(own_.reasons), said);
    text += ".\n";
    bool const has_draws = comparison_.draws > 1;
    if (explanation_.half_95)
      text += std::string{has_draws ? words_.half_width_parameters : words_.half_width_luck} + ' ' +
              std::string{own_.about_errors} + '\n';
    text += '\n';
    if (explanation_.partings) text += lives(*explanation_.partings);
    text += flows();
    for (auto const& people : explanation_.people) text += by_people(people);
    return text;
  }

 private:
  [[nodiscard]] std::string number(double value) const { return rounded(value, false, words_); }
  [[nodiscard]] std::string error(std::optional<double> const& mc_se) const {
    return mc_se ? "± " + number(normal_975 * *mc_se) : std::string{};
  }
  [[nodiscard]] std::string state(std::string const& name) const {
    return inside_sentence(state_label(labels_, name, language_));
  }
  [[nodiscard]] std::string transition(std::string const& name) const {
    auto const arrow = name.find(" -> ");
    return state(name.substr(0, arrow)) + " → " + state(name.substr(arrow + 4));
  }

  /// The largest, of lives where these are known.
  [[nodiscard]] std::string reasons() const {
    std::vector<std::pair<double, std::string>> all;
    auto const add = [&](EffectPart const& part, std::string_view pattern) {
      if (part.effect != 0)
        all.emplace_back(std::abs(part.effect),
                         fmt::format(fmt::runtime(pattern), number(part.effect), transition(part.what)));
    };
    if (auto const& partings = explanation_.partings; partings && holds_everybody(*partings)) {
      for (auto const& part : partings->happens) add(part, own_.happens);
      for (auto const& part : partings->fails) add(part, own_.fails);
    } else {
      for (auto const& part : explanation_.flows) add(part, part.value > part.baseline ? own_.more_go : own_.fewer_go);
    }
    std::ranges::stable_sort(all, [](auto const& a, auto const& b) { return a.first > b.first; });
    all.resize(std::min(all.size(), most_reasons));
    std::string text;
    for (auto const& [size, reason] : all) text += (text.empty() ? "" : "; ") + reason;
    return text;
  }

  [[nodiscard]] bool holds_everybody(Partings const& partings) const {
    return comparison_.draws * comparison_.replicates == 1 &&
           static_cast<double>(partings.people) == comparison_.persons;
  }

  [[nodiscard]] std::string lives(Partings const& partings) const {
    TextColumns table{{own_.lives_columns.begin(), own_.lives_columns.end()}};
    double rest = partings.total;
    double others = 0;
    auto const add = [&](std::vector<EffectPart> const& parts, std::string_view pattern) {
      for (std::size_t i = 0; i < std::min(parts.size(), most_told); ++i) {
        table.add({fmt::format(fmt::runtime(pattern), transition(parts[i].what)),
                   number(std::max(parts[i].baseline, parts[i].value)), number(parts[i].effect),
                   error(parts[i].mc_se)});
        rest -= parts[i].effect;
      }
      for (std::size_t i = most_told; i < parts.size(); ++i) others += std::max(parts[i].baseline, parts[i].value);
    };
    add(partings.happens, own_.it_happens);
    add(partings.fails, own_.it_fails);
    if (others > 0) table.add({std::string{own_.rest}, number(others), number(rest), ""});
    table.add({std::string{own_.whole}, "", number(partings.total), ""});
    std::string text =
        std::string{own_.lives} + "\n\n" + table.text() + '\n' +
        fmt::format(fmt::runtime(own_.about_lives), number_of(partings.parted), number_of(partings.people)) +
        (holds_everybody(partings) ? std::string{} : std::string{own_.about_part}) + '\n';
    TextColumns start{
        {std::string{own_.start}, std::string{own_.lives_columns[1]}, std::string{own_.lives_columns[2]}, ""}};
    for (auto const& part : partings.start_state)
      start.add({state(part.what), number(part.value), number(part.effect), error(part.mc_se)});
    start.add({std::string{own_.whole}, "", number(partings.total), ""});
    return text + start.text() + '\n';
  }
  [[nodiscard]] std::string number_of(std::size_t people) const {
    return rounded(static_cast<double>(people) * comparison_.weight, true, words_);
  }

  [[nodiscard]] TextColumns columns(std::string const& first) const {
    std::vector<std::string> header{own_.flow_columns.begin(), own_.flow_columns.end()};
    header[0] = first;
    header[2] = explanation_.scenario;
    return TextColumns{std::move(header)};
  }

  [[nodiscard]] std::string flows() const {
    TextColumns table = columns("");
    double rest = 0;
    for (std::size_t i = 0; i < explanation_.flows.size(); ++i) {
      EffectPart const& part = explanation_.flows[i];
      if (i >= most_told) {
        rest += part.effect;
      } else if (part.effect != 0) {
        table.add(
            {transition(part.what), number(part.baseline), number(part.value), number(part.effect), error(part.mc_se)});
      }
    }
    if (rest != 0) table.add({std::string{own_.rest}, "", "", number(rest), ""});
    table.add({std::string{own_.within_years}, "", "", number(explanation_.within_years), ""});
    table.add({std::string{own_.whole}, "", "", number(explanation_.total), error(explanation_.mc_se)});
    return std::string{own_.flows} + "\n\n" + table.text() + '\n' + std::string{own_.about_flows} + '\n';
  }

  [[nodiscard]] std::string by_people(Explanation::People const& people) const {
    bool const is_regions = people.dimension == "region";
    std::string const name = is_regions                        ? inside_sentence(std::string{words_.region})
                             : people.dimension == "year"      ? std::string{own_.year}
                             : people.dimension == "age_group" ? std::string{own_.age_group}
                                                               : people.dimension;
    TextColumns table = columns("");
    for (EffectPart const& part : people.parts) {
      auto const region = comparison_.region_names.find(part.what);
      std::string const label = is_regions && region != comparison_.region_names.end() && !region->second.empty()
                                    ? region->second
                                    : part.what;
      table.add({label, number(part.baseline), number(part.value), number(part.effect), error(part.mc_se)});
    }
    table.add({std::string{own_.whole}, "", "", number(explanation_.total), error(explanation_.mc_se)});
    return fmt::format(fmt::runtime(own_.by), name) + "\n\n" + table.text() + '\n';
  }

  Explanation const& explanation_;
  Comparison const& comparison_;
  std::string_view language_;
  Wording const& words_;
  ExplainWording const& own_;
  RunResult labels_;
};

using ExplainJson = nlohmann::ordered_json;

ExplainJson json_of(std::vector<EffectPart> const& parts) {
  ExplainJson json = ExplainJson::array();
  for (EffectPart const& part : parts)
    json.push_back({{"what", part.what},
                    {"effect", part.effect},
                    {"mc_se", part.mc_se ? ExplainJson(*part.mc_se) : ExplainJson()},
                    {"baseline", part.baseline},
                    {"value", part.value}});
  return json;
}

}  // namespace

std::string explanation_text(Explanation const& explanation, Comparison const& comparison, std::string_view language) {
  return ExplanationLines{explanation, comparison, language}.text();
}

std::string explanation_json(std::vector<Explanation> const& explanations) {
  ExplainJson json = ExplainJson::object();
  for (Explanation const& one : explanations) {
    ExplainJson people = ExplainJson::object();
    for (auto const& by : one.people) people[by.dimension] = json_of(by.parts);
    ExplainJson what{{"outcome", one.outcome},
                     {"states", one.states},
                     {"person_years", one.total},
                     {"mc_se", one.mc_se ? ExplainJson(*one.mc_se) : ExplainJson()},
                     {"half_width_95", one.half_95 ? ExplainJson(*one.half_95) : ExplainJson()},
                     {"transitions", json_of(one.flows)},
                     {"within_years", one.within_years},
                     {"by", std::move(people)}};
    if (one.partings)
      what["lives"] = {{"people", one.partings->people},
                       {"parted", one.partings->parted},
                       {"person_years", one.partings->total},
                       {"happens", json_of(one.partings->happens)},
                       {"does_not_happen", json_of(one.partings->fails)},
                       {"state_at_start", json_of(one.partings->start_state)}};
    json[one.scenario] = std::move(what);
  }
  return json.dump(2) + '\n';
}

}  // namespace utvei
