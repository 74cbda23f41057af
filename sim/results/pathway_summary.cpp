// SPDX-License-Identifier: Apache-2.0
// Cumulative incidences of two results and their difference, and where people are lost on their way. The error of a
// difference is the jackknife's over groups of people, or over replicates where places couple people.
#include "paired.hpp"
#include "pathway_frames.hpp"
#include "said_in_scenario.hpp"

#include <utvei/document/reader.hpp>
#include <utvei/results/marginal.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <utility>

namespace utvei {
namespace {

using Number = PathwaySummary::Number;

std::vector<std::string> const& labels_of(Table const& table, std::string_view dimension) {
  return table.dimensions[*table.axis(dimension)].labels;
}

double run_count(Table const& table) {
  return static_cast<double>(length_of(table, "draw") * length_of(table, "replicate"));
}

/// Means over draws and replicates.
std::vector<double> means_of(RunResult const& result, std::string_view name, std::vector<std::string> const& keep) {
  Table const* const table = result.table(name);
  if (table == nullptr) return {};
  std::vector<double> numbers = marginal(*table, keep);
  for (double& number : numbers) number /= run_count(*table);
  return numbers;
}

std::optional<double> number_at(std::vector<double> const& numbers, std::size_t place) {
  return place < numbers.size() ? std::optional{numbers[place]} : std::nullopt;
}

/// Months until half of the people, as if those of a month were spread over it.
std::optional<double> median_month(std::vector<double> const& numbers, std::size_t step, std::size_t months) {
  if (numbers.size() < (step + 1) * months) return std::nullopt;
  double all = 0;
  for (std::size_t m = 0; m < months; ++m) all += numbers[step * months + m];
  double left = all / 2;
  for (std::size_t m = 0; m < months && all > 0; ++m) {
    double const people = numbers[step * months + m];
    if (people >= left && people > 0) return m == 0 ? 0 : static_cast<double>(m - 1) + left / people;
    left -= people;
  }
  return std::nullopt;
}

void add_ways(RunResult const& baseline, RunResult const& scenario, bool is_same, PathwaySummary& summary) {
  Table const* const table = scenario.table("way_months");
  if (table == nullptr) return;
  auto const& steps = labels_of(*table, "way_step");
  std::size_t const months = length_of(*table, "months");
  auto const time_before = is_same ? means_of(baseline, "way_months", {"way_step", "months"}) : std::vector<double>{};
  auto const time = means_of(scenario, "way_months", {"way_step", "months"});
  auto const lost_before = is_same ? means_of(baseline, "way_lost", {"way_step", "state"}) : std::vector<double>{};
  auto const lost = means_of(scenario, "way_lost", {"way_step", "state"});
  auto const& states = labels_of(*scenario.table("way_lost"), "state");
  for (std::size_t s = 0; s < steps.size(); ++s) {
    summary.medians.push_back({steps[s], {median_month(time_before, s, months), median_month(time, s, months)}});
    for (std::size_t i = 0; i < states.size(); ++i) {
      Number const people{number_at(lost_before, s * states.size() + i), number_at(lost, s * states.size() + i)};
      if (people.baseline.value_or(0) > 0 || people.value.value_or(0) > 0)
        summary.losses.push_back({steps[s], states[i], people});
    }
  }
}

/// The numbers of `incidence_events` by draw, and by the parts that the jackknife leaves out.
struct RiskCounts {
  std::size_t draws{1}, parts{0}, width{0};
  double replicates{1};
  std::vector<double> total, by_part;
};

RiskCounts risk_counts(RunResult const& result, bool has_groups) {
  RiskCounts counts;
  Table const* const table = result.table("incidence_events");
  if (table == nullptr) return counts;
  std::vector<std::string> keep{"draw", "incidence_time", "incidence_outcome"};
  counts.draws = length_of(*table, "draw");
  counts.replicates = static_cast<double>(length_of(*table, "replicate"));
  counts.total = marginal(*table, keep);
  counts.width = counts.total.size() / counts.draws;
  Table const* const groups = has_groups ? result.group_table("incidence_events") : nullptr;
  Table const& parts = groups != nullptr ? *groups : *table;
  std::string const left_out = groups != nullptr ? "group" : "replicate";
  counts.parts = length_of(parts, left_out);
  keep.insert(keep.begin() + 1, left_out);
  if (counts.parts > 1) counts.by_part = marginal(parts, keep);
  return counts;
}

/// One incidence among the cells: bins of its scale, and which outcomes are destinations.
struct Scale {
  std::string name;
  std::size_t first{0}, bins{0};
  std::size_t destinations{0}, outcomes{0};
};

std::vector<RiskBin> bins_of(Scale const& scale, std::vector<double> const& cells) {
  std::vector<RiskBin> bins;
  for (std::size_t b = 0; b < scale.bins; ++b) {
    double const* const cell = cells.data() + (scale.first + b) * scale.outcomes;
    double const* const rest = cell + scale.destinations;
    bins.push_back({{cell, rest}, rest[0], rest[1], rest[2]});
  }
  return bins;
}

/// All shares of one draw: by bin, then destination; as far as anybody is at risk.
std::vector<double> incidences_of(Scale const& scale, std::vector<double> const& cells) {
  std::vector<double> flat;
  for (auto const& bin : cumulative_incidence(bins_of(scale, cells))) flat.insert(flat.end(), bin.begin(), bin.end());
  return flat;
}

std::vector<double> cells_of_draw(RiskCounts const& counts, std::size_t draw) {
  auto const first = counts.total.begin() + static_cast<std::ptrdiff_t>(draw * counts.width);
  return {first, first + static_cast<std::ptrdiff_t>(counts.width)};
}

std::vector<double> risk_without(RiskCounts const& counts, std::size_t draw, std::size_t part) {
  std::vector<double> cells = cells_of_draw(counts, draw);
  double const* const left_out = counts.by_part.data() + (draw * counts.parts + part) * counts.width;
  for (std::size_t i = 0; i < cells.size(); ++i) cells[i] -= left_out[i];
  return cells;
}

/// Cells that both have, of `after` less `before`.
std::vector<double> share_difference(std::vector<double> after, std::vector<double> const& before) {
  after.resize(std::min(after.size(), before.size()));
  for (std::size_t i = 0; i < after.size(); ++i) after[i] -= before[i];
  return after;
}

/// Differences of all shares with their errors, by bin and destination.
std::vector<PairedEstimate> differences_of(Scale const& scale, RiskCounts const& before, RiskCounts const& after) {
  PairedDifferences paired;
  paired.draws = after.draws;
  paired.groups = before.parts == after.parts && !before.by_part.empty() && !after.by_part.empty() ? after.parts : 0;
  std::vector<std::vector<double>> totals;
  std::size_t cells = scale.bins * scale.destinations;
  for (std::size_t d = 0; d < after.draws; ++d) {
    totals.push_back(share_difference(incidences_of(scale, cells_of_draw(after, d)),
                                      incidences_of(scale, cells_of_draw(before, d))));
    cells = std::min(cells, totals.back().size());
  }
  paired.cells = cells;
  double const parts = static_cast<double>(paired.groups);
  for (std::size_t d = 0; d < after.draws; ++d) {
    paired.total.insert(paired.total.end(), totals[d].begin(), totals[d].begin() + static_cast<std::ptrdiff_t>(cells));
    std::vector<std::vector<double>> left_out;
    std::vector<double> mean(cells);
    for (std::size_t p = 0; p < paired.groups; ++p) {
      left_out.push_back(share_difference(incidences_of(scale, risk_without(after, d, p)),
                                          incidences_of(scale, risk_without(before, d, p))));
      // Nobody is at risk any more without this part: it says nothing of those bins.
      for (std::size_t i = left_out.back().size(); i < cells; ++i) left_out.back().push_back(totals[d][i]);
      for (std::size_t i = 0; i < cells; ++i) mean[i] += left_out.back()[i] / parts;
    }
    for (auto const& without : left_out)
      for (std::size_t i = 0; i < cells; ++i)
        paired.by_group.push_back(totals[d][i] / parts + (parts - 1) / parts * (mean[i] - without[i]));
  }
  return cells > 0 ? estimate_differences(paired) : std::vector<PairedEstimate>{};
}

/// Bins whose ends are told: of months a few that are round, of ages every fifth and the last.
bool is_told(std::string const& label, bool is_last) {
  constexpr std::array<std::string_view, 8> marks{"3 months",  "6 months",  "12 months",  "24 months",
                                                  "36 months", "60 months", "120 months", "240 months"};
  if (!label.starts_with("age ")) return std::ranges::find(marks, label) != marks.end();
  return is_last || (std::stoi(label.substr(4)) + 1) % 5 == 0;
}

std::optional<double> mean_share(Scale const& scale, RiskCounts const& counts, std::size_t cell) {
  if (counts.width == 0) return std::nullopt;
  double sum = 0;
  for (std::size_t d = 0; d < counts.draws; ++d) {
    auto const shares = incidences_of(scale, cells_of_draw(counts, d));
    if (cell >= shares.size()) return std::nullopt;
    sum += shares[cell];
  }
  return sum / static_cast<double>(counts.draws);
}

/// Who had come to be at risk, or gone to a destination, by the end of a bin.
std::optional<double> people_until(Scale const& scale, RiskCounts const& counts, std::size_t bin,
                                   std::optional<std::size_t> destination) {
  if (counts.width == 0) return std::nullopt;
  double people = 0;
  for (std::size_t d = 0; d < counts.draws; ++d) {
    auto const bins = bins_of(scale, cells_of_draw(counts, d));
    for (std::size_t b = 0; b <= bin; ++b)
      people += destination ? bins[b].events[*destination] : bins[b].came + bins[b].came_within;
  }
  return people / (static_cast<double>(counts.draws) * counts.replicates);
}

void add_scale(Scale const& scale, std::vector<std::string> const& times, std::vector<std::string> const& outcomes,
               RiskCounts const& before, RiskCounts const& after, PathwaySummary& summary) {
  std::vector<PairedEstimate> const estimates =
      before.width > 0 ? differences_of(scale, before, after) : std::vector<PairedEstimate>{};
  for (std::size_t b = 0; b < scale.bins; ++b) {
    std::string const label = times[scale.first + b].substr(scale.name.size() + 2);
    if (!is_told(label, b + 1 == scale.bins)) continue;
    for (std::size_t d = 0; d < scale.destinations; ++d) {
      std::size_t const cell = b * scale.destinations + d;
      PathwaySummary::Incidence one{scale.name, label, outcomes[d], {}, {}, {}, {}, {}, {}};
      one.share = {mean_share(scale, before, cell), mean_share(scale, after, cell)};
      one.people = {people_until(scale, before, b, std::nullopt), people_until(scale, after, b, std::nullopt)};
      one.events = {people_until(scale, before, b, d), people_until(scale, after, b, d)};
      bool const happens = one.events.baseline.value_or(0) > 0 || one.events.value.value_or(0) > 0;
      if (!happens || !one.share.value) continue;
      if (cell < estimates.size()) {
        one.difference = estimates[cell].difference;
        if (estimates[cell].monte_carlo_variance) one.mc_se = std::sqrt(*estimates[cell].monte_carlo_variance);
        if (estimates[cell].parameter_variance) one.parameter_sd = std::sqrt(*estimates[cell].parameter_variance);
      }
      summary.incidence.push_back(std::move(one));
    }
  }
}

void add_incidence(RunResult const& baseline, RunResult const& scenario, bool is_same, PathwaySummary& summary) {
  Table const* const table = scenario.table("incidence_events");
  if (table == nullptr) return;
  auto const& times = labels_of(*table, "incidence_time");
  auto const& outcomes = labels_of(*table, "incidence_outcome");
  bool const has_groups = !baseline.provenance.places_couple_people && !scenario.provenance.places_couple_people;
  RiskCounts const after = risk_counts(scenario, has_groups);
  RiskCounts const before = is_same ? risk_counts(baseline, has_groups) : RiskCounts{};
  constexpr std::size_t no_destinations = 3;
  for (std::string const& name : labels_of(*scenario.table("incidence_persons"), "incidence")) {
    Scale scale{name, 0, 0, outcomes.size() - no_destinations, outcomes.size()};
    auto const is_its = [&](std::string const& label) { return label.starts_with(name + ": "); };
    scale.first = static_cast<std::size_t>(std::ranges::find_if(times, is_its) - times.begin());
    scale.bins = static_cast<std::size_t>(std::ranges::count_if(times, is_its));
    add_scale(scale, times, outcomes, before, after, summary);
  }
}

/// What things are called, as the scenario says: `ways.NAME`, `leaving.NAME.KIND`.
void collect_labels(Value const& value, std::string const& path, std::vector<StateInfo>& names) {
  if (Value const* const label = value.find("label"); label != nullptr && label->is_map()) {
    auto const in = [&](std::string_view language) {
      Value const* const text = label->find(language);
      return text != nullptr ? text->scalar : std::string{};
    };
    names.push_back({path, "", in("nb"), in("nn"), in("en")});
  }
  for (Member const& member : value.members)
    if (member.key != "label")
      collect_labels(member.value, member.key == "kinds" ? path : path + (path.empty() ? "" : ".") + member.key, names);
}

Value pathways_of(RunResult const& result) {
  Value const file = scenario_of(result);
  Value const* const pathways = file.find("pathways");
  return pathways != nullptr ? *pathways : Value{};
}

bool says_the_same(Value const& a, Value const& b, std::string_view section) {
  Value const* const one = a.find(section);
  Value const* const other = b.find(section);
  return one != nullptr && other != nullptr && to_yaml(*one) == to_yaml(*other);
}

}  // namespace

/// Cutler & Ederer (1958) with competing destinations (Kalbfleisch & Prentice 2002, 8.2) and late entry: who comes to
/// be at risk within a bin, or is followed no longer, counts half of it.
std::vector<std::vector<double>> cumulative_incidence(std::vector<RiskBin> const& bins) {
  std::vector<std::vector<double>> shares;
  double at_risk = 0;
  double surviving = 1;
  std::vector<double> share(bins.empty() ? 0 : bins.front().events.size());
  for (RiskBin const& bin : bins) {
    at_risk += bin.came;
    double events = 0;
    for (double const some : bin.events) events += some;
    // Who came in a bin of few may have left in it: nobody leaves who was not at risk.
    double const exposed = std::max(at_risk + bin.came_within / 2 - bin.not_followed / 2, events);
    // Of a time that nobody is followed to, nothing is known; where all have gone, everything is.
    if (!(exposed > 0) && surviving > 0) break;
    for (std::size_t d = 0; d < share.size() && exposed > 0; ++d) share[d] += surviving * bin.events[d] / exposed;
    if (exposed > 0) surviving *= 1 - events / exposed;
    at_risk += bin.came_within - events - bin.not_followed;
    shares.push_back(share);
  }
  return shares;
}

PathwaySummary summarise_pathways(RunResult const& baseline, RunResult const& scenario) {
  PathwaySummary summary;
  Value const before = pathways_of(baseline);
  Value const after = pathways_of(scenario);
  add_ways(baseline, scenario, says_the_same(before, after, "ways"), summary);
  add_incidence(baseline, scenario, says_the_same(before, after, "incidence"), summary);
  collect_labels(after, "", summary.names);
  return summary;
}

}  // namespace utvei
