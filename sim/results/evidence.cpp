// SPDX-License-Identifier: Apache-2.0
#include "said_in_scenario.hpp"

#include <utvei/results/evidence.hpp>

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

std::string_view in_language(std::string_view language, std::string_view nb, std::string_view nn, std::string_view en) {
  return language == "en" ? en : language == "nn" ? nn : nb;
}

std::string text_at(Value const& map, std::string_view key) {
  Value const* const value = map.find(key);
  return value != nullptr ? value->scalar : std::string{};
}

/// A measure without effects changes nothing that evidence could be for.
std::vector<MeasureEvidence> evidence_in(Value const& scenario) {
  std::vector<MeasureEvidence> found;
  Value const* const measures = scenario.find("measures");
  Value const list = measures != nullptr ? named_items(*measures) : Value{};
  for (Value const& measure : list.items) {
    Value const* const effects = measure.find("effects");
    if (effects == nullptr || (effects->items.empty() && effects->members.empty())) continue;
    MeasureEvidence one{text_at(measure, "name"), {}, {}};
    if (Value const* const evidence = measure.find("evidence")) {
      one.source = text_at(*evidence, "source");
      one.confidence = text_at(*evidence, "confidence");
      if (Value const* const note = evidence->find("note")) {
        auto const in = [&](std::string_view key) { return note->is_map() ? text_at(*note, key) : note->scalar; };
        one.note_nb = in("nb");
        one.note_nn = in("nn");
        one.note_en = in("en");
      }
    }
    found.push_back(std::move(one));
  }
  return found;
}

std::string_view how_sure(std::string_view confidence, std::string_view language) {
  if (confidence == "H") return in_language(language, "godt kjent", "godt kjend", "well known");
  if (confidence == "M") return in_language(language, "middels sikker", "middels sikker", "moderately sure");
  return in_language(language, "svak", "svak", "weak");
}

std::string source_and_note(MeasureEvidence const& evidence, std::string_view language) {
  std::string const told = label_of(StateInfo{"", "", evidence.note_nb, evidence.note_nn, evidence.note_en}, language);
  return evidence.source + (told.empty() ? "" : "; " + told);
}

}  // namespace

std::vector<MeasureEvidence> evidence_beside(RunResult const& baseline, RunResult const& scenario) {
  Value const before = scenario_of(baseline);
  Value const after = scenario_of(scenario);
  std::vector<MeasureEvidence> apart;
  for (auto const& [of, other] : {std::pair{&after, &before}, std::pair{&before, &after}})
    for (MeasureEvidence& one : evidence_in(*of)) {
      bool const is_shared = said_of(*of, "measures", one.measure, {}) == said_of(*other, "measures", one.measure, {});
      bool const is_there = std::ranges::find(apart, one.measure, &MeasureEvidence::measure) != apart.end();
      if (!is_shared && !is_there) apart.push_back(std::move(one));
    }
  return apart;
}

std::string evidence_words(MeasureEvidence const& evidence, std::string_view language) {
  if (evidence.source.empty())
    return std::string{in_language(language, "ingen kilde er oppgitt: antatt", "inga kjelde er oppgitt: teke for gitt",
                                   "no source is given: assumed")};
  return fmt::format("{} {} ({}): {}", in_language(language, "evidens", "evidens", "evidence"), evidence.confidence,
                     how_sure(evidence.confidence, language), source_and_note(evidence, language));
}

std::string_view grade_words(std::string_view confidence, std::string_view language) {
  if (confidence == "H") return in_language(language, "god evidens", "god evidens", "good evidence");
  if (confidence == "M")
    return in_language(language, "middels god evidens", "middels god evidens", "moderate evidence");
  return in_language(language, "svak evidens", "svak evidens", "weak evidence");
}

std::string grade_and_source(MeasureEvidence const& evidence, std::string_view language) {
  return fmt::format("{}: {}", grade_words(evidence.confidence, language), source_and_note(evidence, language));
}

bool is_known(MeasureEvidence const& evidence) {
  return !evidence.source.empty() && evidence.confidence != "L";
}

std::string_view evidence_heading(std::string_view language) {
  return in_language(language, "Hva virkningene hviler på", "Kva verknadene kviler på", "What the effects rest on");
}

std::string made_up_notice(std::string_view data_class, std::string_view language) {
  if (data_class != "synthetic") return {};
  return std::string{in_language(
      language, "Oppdiktet eller anslått (klasse `synthetic`): bygger ikke på data, heller ikke der stedet finnes.",
      "Oppdikta eller gissa (klasse `synthetic`): byggjer ikkje på data, heller ikkje der staden finst.",
      "Made up or guessed (class `synthetic`): it rests on no data, even where the place is real.")};
}

}  // namespace utvei
