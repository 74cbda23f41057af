// SPDX-License-Identifier: Apache-2.0
#include "definition_words.hpp"

#include <utvei/core/text.hpp>
#include <utvei/results/text_columns.hpp>

#include <algorithm>
#include <functional>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace utvei {
namespace {

std::string_view one_of_three(std::string_view language, std::string_view nb, std::string_view nn,
                              std::string_view en) {
  return language == "en" ? en : language == "nn" ? nn : nb;
}

/// Whole years; the last one is inside.
std::string ages_in_words(Span age, std::string_view language) {
  auto const years = [](std::int64_t minutes) { return minutes / minutes_per_year; };
  std::string_view const unit = one_of_three(language, "år", "år", "years");
  bool const begins = age.from != everything.from, ends = age.to != everything.to;
  if (!begins && !ends) return {};
  if (!ends) return fmt::format("{} {} {}", one_of_three(language, "fra", "frå", "from"), years(age.from), unit);
  if (!begins) return fmt::format("{} {} {}", one_of_three(language, "under", "under", "under"), years(age.to), unit);
  return fmt::format("{}–{} {}", years(age.from), years(age.to) - 1, unit);
}

/// Levels of the traits that are asked for.
void add_levels(std::vector<std::vector<std::uint32_t>> const& asked, Model const& model,
                std::vector<std::string>& parts) {
  for (std::size_t t = 0; t < asked.size(); ++t) {
    if (asked[t].empty()) continue;
    Trait const& trait = model.traits[TraitId{t}];
    std::vector<std::string> levels;
    for (std::uint32_t const level : asked[t]) levels.push_back(trait.levels[level]);
    parts.push_back(fmt::format("{}: {}", trait.name, fmt::join(levels, ", ")));
  }
}

/// All but a few are told by the few.
std::string whole_in_words(std::vector<bool> const& of, Model const& model, std::string_view language) {
  std::string everybody{one_of_three(language, "av alle i alderen", "av alle i alderen", "of all of that age")};
  if (of.empty() || std::ranges::all_of(of, std::identity{})) return everybody;
  auto const counted = std::ranges::count(of, true);
  if (2 * counted <= std::ssize(of))
    return fmt::format("{} {}", one_of_three(language, "av", "av", "of"), states_listed(of, model, language));
  std::vector<bool> others = of;
  others.flip();
  return fmt::format("{} {} {}", everybody, one_of_three(language, "unntatt", "utanom", "except"),
                     states_listed(others, model, language));
}

}  // namespace

std::string states_listed(std::vector<bool> const& states, Model const& model, std::string_view language) {
  std::vector<std::string> names;
  for (std::size_t s = 0; s < states.size(); ++s) {
    if (!states[s]) continue;
    State const& state = model.states[StateId{s}];
    names.push_back(inside_sentence(label_in(state.label, language, state.name)));
  }
  return names.empty() ? std::string{one_of_three(language, "alle tilstander", "alle tilstandar", "all states")}
                       : fmt::format("{}", fmt::join(names, ", "));
}

std::string definition_words(Definition const& definition, Model const& model, std::string_view language) {
  std::vector<std::string> parts{states_listed(definition.who.states, model, language)};
  if (definition.longer_than.minutes > 0) {
    std::string_view const pattern = one_of_three(language, "i over {} uker", "i over {} veker", "for over {} weeks");
    parts.push_back(fmt::format(fmt::runtime(pattern), definition.longer_than.minutes / minutes_per_week));
  }
  add_levels(definition.who.traits, model, parts);
  add_levels(definition.flags, model, parts);
  if (std::string const ages = ages_in_words(definition.who.age, language); !ages.empty()) parts.push_back(ages);
  parts.push_back(whole_in_words(definition.of, model, language));
  if (!definition.standard.empty())
    parts.emplace_back(
        one_of_three(language, "standardisert for alder", "standardisert for alder", "age-standardised"));
  return fmt::format("{}", fmt::join(parts, "; "));
}

MeasureEvidence evidence_of_measure(Measure const& measure) {
  if (!measure.evidence) return {measure.name, {}, {}};
  return {measure.name, measure.evidence->source, measure.evidence->confidence};
}

}  // namespace utvei
