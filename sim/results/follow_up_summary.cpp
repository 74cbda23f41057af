// SPDX-License-Identifier: Apache-2.0
#include "follow_up_summary.hpp"

#include "pair_tables.hpp"
#include "paired.hpp"

#include <utvei/document/value.hpp>
#include <utvei/results/marginal.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <ranges>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

// Means of people who are followed are ratios, and shares with an event are those of a life table; the error of their
// differences is the jackknife's over the groups of people (Wolter 2007, Introduction to Variance Estimation, ch. 4).

namespace utvei {
namespace {

using Numbers = std::vector<double>;
/// From the numbers of some people to one figure; nothing where nobody is among them.
using Statistic = std::function<std::optional<double>(double const*)>;

/// The numbers behind one figure in every draw and replicate, and their parts by group.
struct FollowedSums {
  std::size_t runs{0}, groups{0}, width{0};
  Numbers total;     ///< [run][number]
  Numbers by_group;  ///< [run][group][number]
  [[nodiscard]] bool is_there() const { return runs > 0; }
};

/// One table, for some labels of its dimensions; all its cells along `rest` are kept.
struct Part {
  std::string_view table;
  std::vector<std::pair<std::string, std::string>> labels;
  std::string rest{};
};

/// By run and, of a table by group, group: [run][group][rest].
Numbers cells_of(Table const& table, Part const& part, std::size_t groups) {
  std::vector<std::string> keep{"draw", "replicate"};
  if (groups > 0) keep.emplace_back("group");
  for (auto const& [dimension, label] : part.labels) keep.push_back(dimension);
  if (!part.rest.empty()) keep.push_back(part.rest);
  Numbers const all = marginal(table, keep);
  std::size_t const rest = part.rest.empty() ? 1 : length_of(table, part.rest);
  std::size_t inner = rest;
  std::size_t place = 0;
  std::size_t stride = rest;
  for (auto const& [dimension, label] : part.labels | std::views::reverse) {
    auto const& labels = table.dimensions[*table.axis(dimension)].labels;
    auto const found = std::ranges::find(labels, label);
    if (found == labels.end()) return {};
    place += static_cast<std::size_t>(found - labels.begin()) * stride;
    stride *= labels.size();
    inner *= labels.size();
  }
  Numbers cells;
  for (std::size_t at = place; at < all.size(); at += inner)
    cells.insert(cells.end(), all.begin() + static_cast<std::ptrdiff_t>(at),
                 all.begin() + static_cast<std::ptrdiff_t>(at + rest));
  return cells;
}

/// Side by side, each part's cells after the other's.
Numbers beside(std::vector<Numbers> const& parts, std::size_t lines) {
  Numbers all;
  for (std::size_t line = 0; line < lines; ++line)
    for (Numbers const& part : parts) {
      auto const width = static_cast<std::ptrdiff_t>(part.size() / lines);
      auto const first = part.begin() + static_cast<std::ptrdiff_t>(line) * width;
      all.insert(all.end(), first, first + width);
    }
  return all;
}

FollowedSums counted(RunResult const& result, std::vector<Part> const& parts, bool with_groups) {
  FollowedSums numbers;
  std::vector<Numbers> totals, groups;
  for (Part const& part : parts) {
    Table const* const table = result.table(part.table);
    if (table == nullptr) return {};
    numbers.runs = length_of(*table, "draw") * length_of(*table, "replicate");
    totals.push_back(cells_of(*table, part, 0));
    if (totals.back().empty()) return {};
    Table const* const by_group = with_groups ? result.group_table(part.table) : nullptr;
    if (by_group == nullptr) continue;
    numbers.groups = length_of(*by_group, "group");
    groups.push_back(cells_of(*by_group, part, numbers.groups));
  }
  numbers.total = beside(totals, numbers.runs);
  numbers.width = numbers.total.size() / numbers.runs;
  if (numbers.groups > 1)
    numbers.by_group = beside(groups, numbers.runs * numbers.groups);
  else
    numbers.groups = 0;
  return numbers;
}

/// Replicates of a draw together: people of all of them are followed as one.
FollowedSums pooled(FollowedSums const& numbers, std::size_t draws) {
  FollowedSums sum{draws, numbers.groups, numbers.width, Numbers(draws * numbers.width),
                   Numbers(draws * numbers.groups * numbers.width)};
  std::size_t const replicates = numbers.runs / draws;
  auto const add = [&](Numbers const& from, std::size_t line, Numbers& to) {
    for (std::size_t i = 0; i < from.size(); ++i) to[i / (line * replicates) * line + i % line] += from[i];
  };
  add(numbers.total, numbers.width, sum.total);
  if (numbers.groups > 0) add(numbers.by_group, numbers.groups * numbers.width, sum.by_group);
  return sum;
}

/// Without groups, replicates are what is left out.
FollowedSums by_replicate(FollowedSums const& numbers, std::size_t draws) {
  FollowedSums result = pooled(numbers, draws);
  std::size_t const replicates = numbers.runs / draws;
  if (replicates < 2) return result;
  result.groups = replicates;
  result.by_group = numbers.total;
  return result;
}

std::optional<double> mean_over_draws(FollowedSums const& numbers, Statistic const& statistic) {
  double sum = 0;
  for (std::size_t run = 0; run < numbers.runs; ++run) {
    auto const one = statistic(numbers.total.data() + run * numbers.width);
    if (!one) return std::nullopt;
    sum += *one;
  }
  return sum / static_cast<double>(numbers.runs);
}

/// Of one draw, without one of its parts.
std::optional<double> without_part(FollowedSums const& numbers, std::size_t draw, std::size_t group,
                                   Statistic const& statistic) {
  Numbers rest(numbers.total.begin() + static_cast<std::ptrdiff_t>(draw * numbers.width),
               numbers.total.begin() + static_cast<std::ptrdiff_t>((draw + 1) * numbers.width));
  double const* const part = numbers.by_group.data() + (draw * numbers.groups + group) * numbers.width;
  for (std::size_t i = 0; i < rest.size(); ++i) rest[i] -= part[i];
  return statistic(rest.data());
}

/// Differences by draw; the jackknife's deviations stand in for the parts. Nothing where a draw has nobody.
std::optional<PairedDifferences> paired_of(FollowedSums const& before, FollowedSums const& after,
                                           Statistic const& statistic) {
  PairedDifferences paired;
  paired.draws = after.runs;
  paired.groups = before.groups == after.groups ? after.groups : 0;
  paired.cells = 1;
  double const groups = static_cast<double>(paired.groups);
  for (std::size_t draw = 0; draw < after.runs; ++draw) {
    auto const a = statistic(before.total.data() + draw * before.width);
    auto const b = statistic(after.total.data() + draw * after.width);
    if (!a || !b) return std::nullopt;
    paired.total.push_back(*b - *a);
    Numbers left_out;
    double mean = 0;
    for (std::size_t g = 0; g < paired.groups; ++g) {
      auto const c = without_part(before, draw, g, statistic);
      auto const d = without_part(after, draw, g, statistic);
      left_out.push_back(c && d ? *d - *c : *b - *a);
      mean += left_out.back() / groups;
    }
    // Sizes are in the jackknife already: the residual of equal shares is the deviation.
    for (double const difference : left_out)
      paired.by_group.push_back((*b - *a) / groups + (groups - 1) / groups * (mean - difference));
  }
  return paired;
}

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
                             std::vector<std::string> const& may_differ) const {
    auto const said = [&](Value const& file) -> std::optional<std::string> {
      Value const* const all = file.find(section);
      Value const* const one = all != nullptr ? all->find(name) : nullptr;
      if (one == nullptr) return std::nullopt;
      Value what = *one;
      std::erase_if(what.members, [&](Member const& member) {
        return std::ranges::find(may_differ, member.key) != may_differ.end();
      });
      return to_yaml(what);
    };
    auto const a = said(before);
    auto const b = said(after);
    if (!a || !b || *a == *b) return true;
    add_note(notes, ComparisonNote::Kind::other_follow_up, name);
    return false;
  }
};

FollowedSums units_of(RunResult const& result, std::vector<Part> const& parts, Pair const& pair) {
  FollowedSums const numbers = counted(result, parts, pair.has_groups);
  if (!numbers.is_there() || numbers.runs % pair.draws != 0) return {};
  return numbers.groups > 0 ? pooled(numbers, pair.draws) : by_replicate(numbers, pair.draws);
}

/// `is_same`: the two runs mean the same by it.
FollowedMean followed_mean(Pair const& pair, std::vector<Part> const& parts, Statistic const& statistic, bool is_same) {
  FollowedMean mean;
  FollowedSums const before = units_of(pair.baseline, parts, pair);
  FollowedSums const after = units_of(pair.scenario, parts, pair);
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
  std::vector<std::string> const moving{"label", "states", "needs", "measures", "moves", "assumed", "source"};
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
    std::vector<Part> const parts{{"event_persons", labels}, {"event_times", labels, "ends"}};
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

Value scenario_of(RunResult const& result) {
  Diagnostics unheard;
  return parse_yaml(result.provenance.scenario, "the scenario", unheard);
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
