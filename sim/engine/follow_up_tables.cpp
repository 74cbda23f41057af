// SPDX-License-Identifier: Apache-2.0
// The tables of scores in waves and of events of histories.
#include "follow_up_tallies.hpp"
#include "tables.hpp"

#include <array>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

using Quantity = ScoreQuantity;

constexpr double steps_of_truth = 0x1p-20;

/// What a wave is called: `6 months` stands in the file.
std::string words_of_wave(Wave const& wave, std::string_view language) {
  struct Words {
    std::string_view start, end, after_end, day, days, week, weeks, month, months, year, years;
  };
  static constexpr Words nb{"ved start", "ved slutten", "{} etter slutten", "dag", "dager", "uke",
                            "uker",      "måned",       "måneder",          "år",  "år"};
  static constexpr Words nn{"ved start", "ved slutten", "{} etter slutten", "dag", "dagar", "veke",
                            "veker",     "månad",       "månader",          "år",  "år"};
  static constexpr Words en{"at the start", "at the end", "{} after the end", "day",  "days", "week",
                            "weeks",        "month",      "months",           "year", "years"};
  Words const& words = language == "en" ? en : language == "nn" ? nn : nb;
  if (wave.after.minutes == 0) return std::string{wave.of_end ? words.end : words.start};
  std::string time = format(wave.after);
  auto const blank = time.find(' ');
  if (blank != std::string::npos) {
    std::string const unit = time.substr(blank + 1);
    for (auto const& [name, word] : {std::pair{"day", words.day},
                                     {"days", words.days},
                                     {"week", words.week},
                                     {"weeks", words.weeks},
                                     {"month", words.month},
                                     {"months", words.months},
                                     {"year", words.year},
                                     {"years", words.years}})
      if (unit == name) time = time.substr(0, blank + 1) + std::string{word};
  }
  return wave.of_end ? fmt::format(fmt::runtime(words.after_end), time) : time;
}

std::string title_of(std::string const& name, Labels const& label, std::string_view language) {
  return label_in(label, language, name);
}

void describe(Scenario const& scenario, RunResult& result) {
  for (Score const& score : scenario.scores)
    result.scores.push_back({score.name, "", title_of(score.name, score.label, "nb"),
                             title_of(score.name, score.label, "nn"), title_of(score.name, score.label, "en")});
  for (HistoryEvent const& event : scenario.events)
    result.events.push_back({event.name, "", title_of(event.name, event.label, "nb"),
                             title_of(event.name, event.label, "nn"), title_of(event.name, event.label, "en")});
  for (Waves const& follow_up : scenario.waves) {
    for (Wave const& wave : follow_up.at) {
      auto const text = [&](std::string_view language) {
        return title_of(follow_up.name, follow_up.label, language) + ", " + words_of_wave(wave, language);
      };
      result.waves.push_back({follow_up.name + ": " + wave.label, follow_up.name, text("nb"), text("nn"), text("en")});
    }
  }
}

struct DescribedScore {
  Quantity quantity;
  char const* name;
  char const* long_name;
  char const* units;
};
constexpr std::array<DescribedScore, score_quantities> described_scores{{
    {Quantity::persons, "score_persons", "people who were measured", "1"},
    {Quantity::sum, "score_sum", "sum of their measured scores", "points"},
    {Quantity::squares, "score_squares", "sum of the squares of their measured scores", "points2"},
    {Quantity::truth, "score_truth", "sum of their scores without the error of measurement", "points"},
    {Quantity::change_persons, "score_change_persons", "people who were measured in the first wave as well", "1"},
    {Quantity::change_sum, "score_change_sum", "sum of their changes since the first wave", "points"},
    {Quantity::change_squares, "score_change_squares", "sum of the squares of these changes", "points2"},
}};

/// From steps above the lower end of the scale to its points. `cell`: of one score and wave.
double in_points(Quantity quantity, Score const& score, std::int64_t const* cell) {
  auto const at = [cell](Quantity which) { return static_cast<double>(cell[static_cast<std::size_t>(which)]); };
  double const step = score.step;
  switch (quantity) {
    case Quantity::persons:
    case Quantity::change_persons:
      return at(quantity);
    case Quantity::sum:
      return score.low * at(Quantity::persons) + step * at(quantity);
    case Quantity::squares:
      return score.low * score.low * at(Quantity::persons) + 2 * score.low * step * at(Quantity::sum) +
             step * step * at(quantity);
    case Quantity::truth:
      return score.low * at(Quantity::persons) + step * steps_of_truth * at(quantity);
    case Quantity::change_sum:
      return step * at(quantity);
    case Quantity::change_squares:
      return step * step * at(quantity);
  }
  return 0;
}

}  // namespace

void FollowUpTables::append(FollowUpTallies const& tallies) {
  if (design_.is_empty()) return;
  auto const take = [&](std::int64_t const* from, std::size_t line, std::vector<std::int64_t>& to) {
    for (std::size_t place = 0; place < design_.places(); ++place, from += line)
      if (!design_.by_region || shown_[place % design_.regions]) to.insert(to.end(), from, from + line);
  };
  take(tallies.scores(), design_.score_line(), scores_);
  take(tallies.events(), design_.event_line(), events_);
  take(tallies.persons(), design_.events.size(), followed_);
}

void FollowUpTables::add_scores(std::vector<Dimension> const& dimensions, RunResult& result, std::uint32_t draws,
                                std::uint32_t replicates) {
  for (DescribedScore const& described : described_scores) {
    Table table{described.name, described.name, described.long_name, described.units, dimensions, {}};
    table.dimensions.push_back({"score", design_.scores});
    table.dimensions.push_back({"wave", design_.waves});
    bool const counts = described.units == std::string_view{"1"};
    std::vector<std::int64_t> heads;
    std::vector<double> points;
    for (std::size_t i = 0; i < scores_.size(); i += score_quantities) {
      std::int64_t const* const cell = scores_.data() + i;
      std::size_t const score = i / score_quantities / design_.waves.size() % design_.scores.size();
      if (counts)
        heads.push_back(cell[static_cast<std::size_t>(described.quantity)]);
      else
        points.push_back(in_points(described.quantity, design_.scenario.scores[score], cell));
    }
    if (counts)
      table.values = std::move(heads);
    else
      table.values = std::move(points);
    add_table(std::move(table), draws, replicates, result);
  }
}

void FollowUpTables::add_events(std::vector<Dimension> dimensions, RunResult& result, std::uint32_t draws,
                                std::uint32_t replicates) {
  dimensions.push_back({"event", design_.events});
  add_table({"event_persons", "event_persons", "people who are followed until an event", "1", dimensions,
             std::move(followed_)},
            draws, replicates, result);
  dimensions.push_back({"months", design_.months});
  dimensions.push_back({"event_outcome", {"happened", "ended_otherwise", "not_followed", "not_yet"}});
  add_table({"event_times", "event_times",
             "how following them ended, by months since it began (of month 3: after more than two, at most three)", "1",
             dimensions, std::move(events_)},
            draws, replicates, result);
}

void FollowUpTables::move_into(RunResult& result, std::uint32_t draws, std::uint32_t replicates) {
  if (design_.is_empty()) return;
  describe(design_.scenario, result);
  std::vector<Dimension> dimensions{numbered("group", design_.groups)};
  if (design_.by_region) {
    Dimension regions{"region", {}};
    for (std::size_t r = 0; r < shown_.size(); ++r)
      if (shown_[r]) regions.labels.push_back(design_.scenario.model.regions[RegionId{r}].code);
    dimensions.push_back(std::move(regions));
  }
  if (!design_.waves.empty()) add_scores(dimensions, result, draws, replicates);
  if (!design_.events.empty()) add_events(dimensions, result, draws, replicates);
}

}  // namespace utvei
