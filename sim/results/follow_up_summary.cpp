// SPDX-License-Identifier: Apache-2.0
#include "follow_up_summary.hpp"

#include "followed_parts.hpp"
#include "pair_tables.hpp"
#include "paired.hpp"
#include "said_in_scenario.hpp"

#include <utvei/results/marginal.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

/// What both runs are asked with.
struct Pair {
  RunResult const& baseline;
  RunResult const& scenario;
  bool has_groups;
  std::size_t draws, replicates;
  Value const &before, &after;  ///< resolved scenarios; null where a result has none
  std::vector<ComparisonNote>& notes;
  /// Whether both results say the same of what has this name; a note if not.
  [[nodiscard]] bool is_same(std::string_view section, std::string const& name,
                             std::vector<std::string_view> const& may_differ) const {
    auto const a = said_of(before, section, name, may_differ);
    auto const b = said_of(after, section, name, may_differ);
    if (!a || !b || *a == *b) return true;
    add_note(notes, ComparisonNote::Kind::other_follow_up, name);
    return false;
  }
};

CountedParts units_of(RunResult const& result, std::vector<FollowedPart> const& parts, Pair const& pair) {
  CountedParts const numbers = counted(result, parts, pair.has_groups);
  if (!numbers.is_there() || numbers.runs % pair.draws != 0) return {};
  return numbers.groups > 0 ? pooled(numbers, pair.draws) : by_replicate(numbers, pair.draws);
}

/// `is_same`: the two runs mean the same by it.
FollowedMean followed_mean(Pair const& pair, std::vector<FollowedPart> const& parts, Statistic const& statistic,
                           bool is_same) {
  FollowedMean mean;
  CountedParts const before = units_of(pair.baseline, parts, pair);
  CountedParts const after = units_of(pair.scenario, parts, pair);
  // People of all replicates were pooled.
  Statistic const persons = [&pair](double const* numbers) {
    return std::optional{numbers[0] / static_cast<double>(pair.replicates)};
  };
  mean.persons = mean_over_draws(after, persons).value_or(0);
  mean.value = mean_over_draws(after, statistic);
  if (!before.is_there() || !is_same) return mean;
  mean.baseline_persons = *mean_over_draws(before, persons);
  mean.baseline = mean_over_draws(before, statistic);
  auto const paired = paired_of(before, after, statistic);
  if (!paired) return mean;
  PairedEstimate const estimate = estimate_differences(*paired).front();
  mean.difference = estimate.difference;
  if (!estimate.monte_carlo_variance) return mean;
  mean.mc_se = std::sqrt(*estimate.monte_carlo_variance);
  if (!estimate.parameter_variance) return mean;
  // Where luck hides the parameters, all that draws differ by is an upper bound of what they do.
  mean.parameters_hidden = *estimate.parameter_variance <= 0 && *estimate.run_variance > 0;
  mean.parameter_sd = std::sqrt(mean.parameters_hidden ? estimate.draw_variance : *estimate.parameter_variance);
  return mean;
}

std::optional<double> ratio(double const* numbers) {
  return numbers[0] > 0 ? std::optional{numbers[1] / numbers[0]} : std::nullopt;
}

void add_scores(Pair const& pair, FollowUpSummary& summary) {
  // What moves a score, and how it is called, is what scenarios differ in.
  std::vector<std::string_view> const moving{"label", "states", "needs", "measures", "moves", "assumed", "source"};
  for (StateInfo const& score : summary.score_names) {
    bool const is_same_score = pair.is_same("scores", score.name, moving);
    for (StateInfo const& wave : summary.waves) {
      bool const is_same = is_same_score && pair.is_same("waves", wave.group, {"label"});
      std::vector<std::pair<std::string, std::string>> const labels{{"score", score.name}, {"wave", wave.name}};
      FollowedMean mean = followed_mean(pair, {{"score_persons", labels}, {"score_sum", labels}}, ratio, is_same);
      FollowedMean const change =
          followed_mean(pair, {{"score_change_persons", labels}, {"score_change_sum", labels}}, ratio, is_same);
      mean.what = score.name;
      mean.at = wave.name;
      mean.baseline_change = change.baseline;
      mean.change = change.value;
      if (mean.parameters_hidden) add_note(pair.notes, ComparisonNote::Kind::parameters_hidden, "score_sum");
      summary.scores.push_back(std::move(mean));
    }
  }
}

constexpr std::size_t ends_of_month = 4;

/// The cumulative incidence of a life table with competing ends (Cutler & Ederer 1958; Kalbfleisch & Prentice 2002,
/// 8.2): who is followed no longer during a month counts half of it. `numbers`: persons, then the four outcomes of
/// each month.
std::optional<double> incidence(double const* numbers, std::size_t until) {
  if (!(numbers[0] > 0)) return std::nullopt;
  double at_risk = numbers[0];
  double surviving = 1;
  double share = 0;
  for (std::size_t month = 0; month <= until && at_risk > 0; ++month) {
    double const* const ends = numbers + 1 + ends_of_month * month;
    double const exposed = at_risk - ends[2] / 2;
    if (exposed > 0) {
      share += surviving * ends[0] / exposed;
      surviving *= 1 - std::min(1.0, (ends[0] + ends[1]) / exposed);
    }
    at_risk -= ends[0] + ends[1] + ends[2] + ends[3];
  }
  return share;
}

/// Along `months` and `event_outcome`, as one dimension.
Table with_ends_together(Table table) {
  std::size_t const last = table.dimensions.size() - 1;
  std::vector<std::string> ends;
  for (std::string const& month : table.dimensions[last - 1].labels)
    for (std::string const& outcome : table.dimensions[last].labels)
      ends.push_back(fmt::format("{} {}", month, outcome));
  table.dimensions.resize(last - 1);
  table.dimensions.push_back({"ends", std::move(ends)});
  return table;
}

RunResult events_of(RunResult const& result) {
  RunResult events;
  for (auto const& [from, to] :
       {std::pair{&result.tables, &events.tables}, std::pair{&result.group_tables, &events.group_tables}})
    for (Table const& table : *from) {
      if (table.name == "event_persons") to->push_back(table);
      if (table.name == "event_times") to->push_back(with_ends_together(table));
    }
  return events;
}

/// How many are followed still when a month begins, of whom it has not happened.
double at_risk(double const* numbers, std::size_t month) {
  double left = numbers[0];
  for (std::size_t m = 0; m < month; ++m)
    for (std::size_t end = 0; end < ends_of_month; ++end) left -= numbers[1 + m * ends_of_month + end];
  return left;
}

void add_events(Pair const& pair, FollowUpSummary& summary) {
  RunResult const before = events_of(pair.baseline);
  RunResult const after = events_of(pair.scenario);
  Pair const both{before, after, pair.has_groups, pair.draws, pair.replicates, pair.before, pair.after, pair.notes};
  constexpr std::array<std::size_t, 8> marks{3, 6, 12, 24, 36, 60, 120, 240};
  for (StateInfo const& event : summary.event_names) {
    std::vector<std::pair<std::string, std::string>> const labels{{"event", event.name}};
    std::vector<FollowedPart> const parts{{"event_persons", labels}, {"event_times", labels, "ends"}};
    bool const is_same = pair.is_same("events", event.name, {"label"});
    std::size_t const months = length_of(*pair.scenario.table("event_times"), "months");
    for (std::size_t const mark : marks) {
      if (mark >= months) break;
      FollowedMean const left = followed_mean(
          both, parts, [mark](double const* numbers) { return std::optional{at_risk(numbers, mark)}; }, is_same);
      // Of a time that nobody is followed to, nothing is known.
      bool const has_baseline = is_same && left.baseline_persons > 0;
      if (!(left.value.value_or(0) > 0) || (has_baseline && !(left.baseline.value_or(0) > 0))) break;
      FollowedMean mean = followed_mean(
          both, parts, [mark](double const* numbers) { return incidence(numbers, mark); }, is_same);
      mean.what = event.name;
      mean.at = std::to_string(mark);
      mean.at_risk = *left.value / static_cast<double>(pair.replicates);
      if (mean.parameters_hidden) add_note(pair.notes, ComparisonNote::Kind::parameters_hidden, "event_times");
      summary.events.push_back(std::move(mean));
    }
  }
}

}  // namespace

bool tells_of_follow_ups(Table const& table) {
  return table.axis("wave") || table.axis("event");
}

FollowUpSummary summarise_follow_ups(RunResult const& baseline, RunResult const& scenario,
                                     std::vector<ComparisonNote>& notes) {
  FollowUpSummary summary{{}, {}, scenario.scores, scenario.waves, scenario.events};
  Table const* const scores = scenario.table("score_persons");
  Table const* const events = scenario.table("event_times");
  Table const* const any = scores != nullptr ? scores : events;
  if (any == nullptr) return summary;
  bool const is_coupled = baseline.provenance.places_couple_people || scenario.provenance.places_couple_people;
  Value const before = scenario_of(baseline);
  Value const after = scenario_of(scenario);
  Pair const pair{baseline, scenario, !is_coupled, length_of(*any, "draw"), length_of(*any, "replicate"),
                  before,   after,    notes};
  if (scores != nullptr) add_scores(pair, summary);
  if (events != nullptr) add_events(pair, summary);
  return summary;
}

}  // namespace utvei
