// SPDX-License-Identifier: Apache-2.0
#include "participants_text.hpp"

#include "wording.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

namespace utvei {
namespace {

struct ParticipantWording {
  std::string_view heading, began, later, others;
  std::string_view explanation;
};
constexpr ParticipantWording participants_nb{
    "Hvem som begynte, og hvor de var siden", "{} ({} begynte): {}", "  etter {} måneder ({} fulgt): {}", "annet",
    "Fulgt: de som begynte så lenge før kjøringen slutter. Hvor de var, er ikke virkningen: mange hadde vært der også "
    "uten tiltaket.\n"};
constexpr ParticipantWording participants_nn{
    "Kven som byrja, og kvar dei var sidan", "{} ({} byrja): {}", "  etter {} månader ({} følgde): {}", "anna",
    "Følgde: dei som byrja så lenge før køyringa sluttar. Kvar dei var, er ikkje verknaden: mange hadde vore der òg "
    "utan tiltaket.\n"};
constexpr ParticipantWording participants_en{
    "Who began, and where they were later", "{} ({} began): {}", "  after {} months ({} followed): {}", "other",
    "Followed: those who began so long before the end of the run. Where they were is not the effect: many would have "
    "been there without the measure.\n"};

ParticipantWording const& words_of(std::string_view language) {
  if (language == "nn") return participants_nn;
  return language == "en" ? participants_en : participants_nb;
}

std::string name_in(std::vector<StateInfo> const& infos, std::string const& name, std::string_view language) {
  auto const found = std::ranges::find(infos, name, &StateInfo::name);
  return found == infos.end() ? name : label_of(*found, language);
}

/// The largest shares in words, and what is left of them.
std::string shares(std::vector<ParticipantSummary::People> people, double all, Comparison const& comparison,
                   std::string_view language) {
  constexpr std::size_t most = 4;
  constexpr double least_share = 0.005;  ///< what would be told as 0 %
  ParticipantWording const& words = words_of(language);
  std::ranges::stable_sort(people, std::ranges::greater{}, [](auto const& some) { return some.people.value_or(0); });
  auto const percent = [&](double part) { return readable(100 * part / all, 0, wording(language)); };
  std::string text;
  double told = 0;
  for (std::size_t i = 0; i < people.size() && i < most; ++i) {
    if (people[i].people.value_or(0) < least_share * all) break;
    told += *people[i].people;
    text +=
        fmt::format("{}{} {} %", text.empty() ? "" : ", ",
                    inside_sentence(name_in(comparison.states, people[i].label, language)), percent(*people[i].people));
  }
  bool const is_more = all - told >= least_share * all;
  return is_more ? fmt::format("{}{}{} {} %", text, text.empty() ? "" : ", ", words.others, percent(all - told)) : text;
}

}  // namespace

std::string participants_text(Comparison const& comparison, std::size_t scenario, std::string_view language) {
  if (scenario >= comparison.participants.size()) return {};
  ParticipantSummary const& summary = comparison.participants[scenario];
  ParticipantWording const& words = words_of(language);
  Wording const& numbers = wording(language);
  std::string text;
  for (ParticipantSummary::Began const& began : summary.began) {
    double const all = began.all.value_or(0);
    if (began.by != "state" || all <= 0) continue;
    text += fmt::format(fmt::runtime(words.began), name_in(comparison.measures[scenario], began.measure, language),
                        readable(all, 0, numbers), shares(began.people, all, comparison, language)) +
            '\n';
    for (ParticipantSummary::Later const& later : summary.later) {
      if (later.measure != began.measure || later.followed.value_or(0) <= 0) continue;
      text += fmt::format(fmt::runtime(words.later), later.months, readable(*later.followed, 0, numbers),
                          shares(later.people, *later.followed, comparison, language)) +
              '\n';
    }
  }
  return text.empty() ? text : fmt::format("{}\n\n{}\n{}\n", words.heading, text, words.explanation);
}

}  // namespace utvei
