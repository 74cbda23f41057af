// SPDX-License-Identifier: Apache-2.0
#include "follow_up_text.hpp"

#include "wording.hpp"

#include <utvei/core/normal.hpp>
#include <utvei/results/text_columns.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>

#include <fmt/format.h>

namespace utvei {
namespace {

struct FollowUpWording {
  std::string_view scores, events;  ///< headings; {} is the score
  std::array<std::string_view, 8> score_columns;
  std::array<std::string_view, 7> event_columns;
  std::string_view months;  ///< {} is how many
  std::string_view about_scores, about_events, about_size, about_missing, about_draws;
};

constexpr FollowUpWording follow_up_nb{
    "Skår over tid: {}",
    "Hendelser: andel som har opplevd det, prosent",
    {"", "målt", "", "", "forskjell", "", "endring: grunnlag", "endring: {}"},
    {"", "fulgt", "", "", "forskjell", "", "følges fortsatt"},
    "{} måneder",
    "Gjennomsnitt av målingene slik de blir, målefeil medregnet. Endring er siden første måling, for dem som er målt "
    "begge ganger; derfor er den ikke forskjellen mellom to linjer, og den er ikke virkningen: noe av den "
    "hadde kommet uten tiltaket. Hva tilstander, behov og "
    "tiltak gjør med skåren, er skrevet i scenarioet.\n",
    "Tid siden de begynte å bli fulgt. Den som dør eller går varig over i noe annet først, opplever det ikke.\n",
    "Antall målt og fulgt er i {0}, eller i grunnlaget / {0} der de er ulike.\n",
    "–: i grunnlaget er ingen målt eller fulgt, fordi det ikke har denne oppfølgingen, eller fordi ingen begynte; da "
    "kan virkningen ikke leses her.\n",
    "± er bare simuleringens tilfeldigheter: uten `draws` er virkningene tatt for kjent, og forskjellen er mindre "
    "sikker enn den ser ut.\n"};
constexpr FollowUpWording follow_up_nn{
    "Skår over tid: {}",
    "Hendingar: del som har opplevd det, prosent",
    {"", "målte", "", "", "skilnad", "", "endring: grunnlag", "endring: {}"},
    {"", "følgde", "", "", "skilnad", "", "blir følgde enno"},
    "{} månader",
    "Gjennomsnitt av målingane slik dei blir, målefeil medrekna. Endring er sidan første måling, for dei som er målte "
    "begge gonger; difor er ho ikkje skilnaden mellom to linjer, og ho er ikkje verknaden: noko av ho "
    "hadde kome utan tiltaket. Kva tilstandar, behov "
    "og tiltak gjer med skåren, er skrive i scenarioet.\n",
    "Tid sidan dei byrja å bli følgde. Den som døyr eller går varig over i noko anna først, opplever det ikkje.\n",
    "Tal på målte og følgde er i {0}, eller i grunnlaget / {0} der dei er ulike.\n",
    "–: i grunnlaget er ingen målte eller følgde, fordi det ikkje har denne oppfølginga, eller fordi ingen byrja; då "
    "kan verknaden ikkje lesast her.\n",
    "± er berre tilfelle i simuleringa: utan `draws` er verknadene tekne for kjende, og skilnaden er mindre sikker enn "
    "han ser ut.\n"};
constexpr FollowUpWording follow_up_en{
    "Scores over time: {}",
    "Events: share to whom it has happened, per cent",
    {"", "measured", "", "", "difference", "", "change: baseline", "change: {}"},
    {"", "followed", "", "", "difference", "", "still followed"},
    "{} months",
    "Means of measurements as they come, errors included. Change is since the first wave, of those who are measured in "
    "both; so it is not the difference of two lines, and it is not the effect: some of it "
    "would have come without the measure. How "
    "states, needs and measures move the score is what the scenario says.\n",
    "Time since people began to be followed. To who dies or comes to something else "
    "for good first, it does not happen.\n",
    "How many are measured and followed is of {0}, or of the baseline / {0} where they differ.\n",
    "–: in the baseline nobody is measured or followed, as it does not have this follow-up, or nobody began; the "
    "effect cannot be read "
    "here.\n",
    "± is the luck of the simulation alone: without `draws` effects are taken as known, and the difference is less "
    "certain than it looks.\n"};

std::string title_of(std::vector<StateInfo> const& names, std::string const& name, std::string_view language) {
  auto const info = std::ranges::find(names, name, &StateInfo::name);
  return info == names.end() ? name : label_of(*info, language);
}

class FollowUpLines {
 public:
  FollowUpLines(Comparison const& comparison, std::size_t scenario, std::string_view language)
      : summary_{comparison.follow_ups[scenario]},
        words_{wording(language)},
        own_{language == "en"   ? follow_up_en
             : language == "nn" ? follow_up_nn
                                : follow_up_nb},
        language_{language},
        scenario_{comparison.scenarios[scenario]} {}

  [[nodiscard]] std::string text() const {
    std::string text;
    for (StateInfo const& score : summary_.score_names) text += score_table(score);
    text += event_table();
    if (text.empty()) return text;
    text += fmt::format(fmt::runtime(own_.about_size), scenario_);
    auto const lacks_baseline = [](FollowedMean const& mean) { return mean.value && !mean.baseline; };
    if (std::ranges::any_of(summary_.scores, lacks_baseline) || std::ranges::any_of(summary_.events, lacks_baseline))
      text += own_.about_missing;
    auto const is_drawn = [](FollowedMean const& mean) { return mean.parameter_sd.has_value(); };
    if (std::ranges::none_of(summary_.scores, is_drawn) && std::ranges::none_of(summary_.events, is_drawn))
      text += own_.about_draws;
    return text + '\n';
  }

 private:
  [[nodiscard]] std::string number(std::optional<double> const& value, int decimals) const {
    return value ? readable(*value, decimals, words_) : "–";
  }
  [[nodiscard]] std::string error_of(FollowedMean const& mean, double scale) const {
    if (!mean.mc_se) return {};
    return "± " + readable(scale * normal_975 * std::hypot(*mean.mc_se, mean.parameter_sd.value_or(0)), 1, words_);
  }
  /// Of both where they differ.
  [[nodiscard]] std::string persons_of(FollowedMean const& mean) const {
    std::string const here = rounded(mean.persons, true, words_);
    std::string const before = rounded(mean.baseline_persons, true, words_);
    return here == before || !mean.baseline ? here : before + " / " + here;
  }
  template <std::size_t N>
  [[nodiscard]] TextColumns columns(std::array<std::string_view, N> const& names) const {
    std::vector<std::string> header{names.begin(), names.end()};
    header[2] = words_.baseline;
    header[3] = scenario_;
    if (header.size() == std::tuple_size_v<decltype(own_.score_columns)>)
      header.back() = fmt::format(fmt::runtime(header.back()), scenario_);
    return TextColumns{std::move(header)};
  }

  [[nodiscard]] std::string score_table(StateInfo const& score) const {
    TextColumns table = columns(own_.score_columns);
    bool is_empty = true;
    for (FollowedMean const& mean : summary_.scores) {
      if (mean.what != score.name) continue;
      is_empty = false;
      table.add({title_of(summary_.waves, mean.at, language_), persons_of(mean), number(mean.baseline, 1),
                 number(mean.value, 1), number(mean.difference, 1), error_of(mean, 1), number(mean.baseline_change, 1),
                 number(mean.change, 1)});
    }
    if (is_empty) return {};
    return fmt::format(fmt::runtime(own_.scores), label_of(score, language_)) + "\n\n" + table.text() + '\n' +
           std::string{own_.about_scores} + '\n';
  }

  [[nodiscard]] std::string event_table() const {
    if (summary_.events.empty()) return {};
    constexpr double per_cent = 100;
    auto const share = [&](std::optional<double> const& value) {
      return value ? readable(per_cent * *value, 1, words_) : "–";
    };
    TextColumns table = columns(own_.event_columns);
    std::string last;
    for (FollowedMean const& mean : summary_.events) {
      if (mean.what != last)
        table.add({title_of(summary_.event_names, mean.what, language_), persons_of(mean), "", "", "", "", ""});
      last = mean.what;
      table.add({"  " + fmt::format(fmt::runtime(own_.months), mean.at), "", share(mean.baseline), share(mean.value),
                 share(mean.difference), error_of(mean, per_cent), rounded(mean.at_risk, true, words_)});
    }
    return std::string{own_.events} + "\n\n" + table.text() + '\n' + std::string{own_.about_events} + '\n';
  }

  FollowUpSummary const& summary_;
  Wording const& words_;
  FollowUpWording const& own_;
  std::string_view language_;
  std::string scenario_;
};

}  // namespace

std::string follow_up_text(Comparison const& comparison, std::size_t scenario, std::string_view language) {
  // A comparison that was put together by hand may have none.
  if (scenario >= comparison.follow_ups.size()) return {};
  return FollowUpLines{comparison, scenario, language}.text();
}

}  // namespace utvei
