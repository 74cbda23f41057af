// SPDX-License-Identifier: Apache-2.0
#include "mix_names.hpp"

#include "definition_words.hpp"

#include <utvei/core/normal.hpp>
#include <utvei/results/evidence.hpp>
#include <utvei/results/readable.hpp>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace utvei {

std::string MixNames::choice(MixCell const& cell) const {
  MixChoice const& choice = design_.choices[cell.choice];
  auto const measure = std::ranges::find(scenario_.measures, choice.name, &Measure::name);
  if (choice.is_resource || measure == scenario_.measures.end()) return choice.name;
  return label_in(measure->label, language_, choice.name);
}

std::string MixNames::area(MixCell const& cell) const {
  if (!cell.region) return std::string{pick("alle steder", "alle stader", "everywhere")};
  std::string const name = scenario_.model.regions.name(*cell.region, language_);
  return name.empty() ? cell.area : name;
}

std::string MixNames::cell(MixCell const& cell) const {
  return choice(cell) + ", " + area(cell);
}

bool MixNames::are_staff() const {
  return std::ranges::all_of(design_.choices, &MixChoice::is_resource);
}

std::string_view MixNames::places() const {
  return are_staff() ? pick("ansatte", "tilsette", "staff") : pick("plasser", "plassar", "places");
}

std::string_view MixNames::kind() const {
  return are_staff() ? pick("ressurs", "ressurs", "resource") : pick("tiltak", "tiltak", "measure");
}

std::string MixNames::outcome() const {
  MixOutcome const& outcome = *design_.outcome;
  std::string names;
  for (auto const& [name, place] : outcome.of) {
    std::string label = name;
    // Groups have no labels of their own.
    if (name == "work") label = pick("arbeid", "arbeid", "work");
    if (name == "outside") label = pick("utenfor arbeid og utdanning", "utanfor arbeid og utdanning", "outside");
    if (name == "education") label = pick("utdanning", "utdanning", "education");
    auto const state = std::ranges::find(scenario_.model.states, name, &State::name);
    if (state != scenario_.model.states.end()) label = inside_sentence(label_in(state->label, language_, label));
    names += (names.empty() ? "" : ", ") + label;
  }
  return names;
}

std::string MixNames::number(double number, int decimals) const {
  return readable(number, decimals, language_);
}

std::string MixNames::whole(double number) const {
  return readable(number, 0, language_);
}

std::string MixNames::gain(MixGain const& gain) const {
  double const error = normal_975 * gain.mc_se;
  int const decimals = error > 0 ? std::clamp(1 - static_cast<int>(std::floor(std::log10(error))), 0, 3) : 1;
  return number(gain.mean, decimals) + " ± " + number(error, decimals);
}

std::string MixNames::per_cent(double share, int decimals) const {
  return number(100 * share, decimals) + " %";
}

std::string MixNames::duration(Duration time) const {
  if (time.minutes % minutes_per_week == 0) {
    std::int64_t const weeks = time.minutes / minutes_per_week;
    return fmt::format("{} {}", weeks, weeks == 1 ? pick("uke", "veke", "week") : pick("uker", "veker", "weeks"));
  }
  double const days = static_cast<double>(time.minutes) / static_cast<double>(minutes_per_day);
  return fmt::format("{} {}", number(days, time.minutes % minutes_per_day == 0 ? 0 : 1),
                     days == 1 ? pick("dag", "dag", "day") : pick("dager", "dagar", "days"));
}

std::string notes_on_evidence(MixDesign const& design, Scenario const& scenario, std::string_view language) {
  std::string text;
  for (Measure const& measure : scenario.measures) {
    bool const is_chosen =
        std::ranges::any_of(design.choices, [&](MixChoice const& choice) { return choice.name == measure.name; });
    if (measure.effects.empty() || !is_chosen) continue;
    text += fmt::format("- {}: {}\n", label_in(measure.label, language, measure.name),
                        evidence_words(evidence_of_measure(measure), language));
  }
  return text.empty() ? text : fmt::format("{}\n{}\n", evidence_heading(language), text);
}

std::string notes_on_source(MixNames const& names, std::size_t draws, std::string_view data_class) {
  std::string text;
  if (draws <= 1)
    text += names.pick("Hvor usikre virkninger og rater er, er ikke med: skriv `draws: 100`.\n",
                       "Kor usikre verknader og ratar er, er ikkje med: skriv `draws: 100`.\n",
                       "How uncertain effects and rates are is not in it: write `draws: 100`.\n");
  if (data_class == "register")
    text += names.pick("Laget av et register: blir inne.\n", "Laga av eit register: blir inne.\n",
                       "Made from a register: it stays inside.\n");
  return text;
}

}  // namespace utvei
