// SPDX-License-Identifier: Apache-2.0
#include "income_tallies.hpp"

#include <utvei/core/time.hpp>

#include <algorithm>
#include <functional>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr std::size_t chain_states = income_state_names.size();

std::vector<std::string> counted(std::size_t count) {
  std::vector<std::string> labels;
  for (std::size_t i = 0; i < count; ++i) labels.push_back(std::to_string(i));
  return labels;
}

template <std::size_t Size>
std::vector<std::string> labels_of(std::array<std::string_view, Size> const& names) {
  return {names.begin(), names.end()};
}

std::vector<std::string> passage_labels() {
  std::vector<std::string> names = labels_of(income_state_names);
  names.emplace_back("not_counted");
  std::vector<std::string> labels;
  for (std::size_t i = 0; i < income_passages; ++i)
    labels.push_back(fmt::format("{} -> {}", names[i / names.size()], names[i % names.size()]));
  return labels;
}

std::vector<std::string> bin_labels(IncomeLayout const& layout) {
  std::vector<std::string> labels;
  for (std::int64_t b = 0; b < layout.bins; ++b)
    labels.push_back(fmt::format("{}-{}", b * layout.bin_width, (b + 1) * layout.bin_width - 1));
  labels.push_back(fmt::format("{}+", layout.bins * layout.bin_width));
  return labels;
}

void add_up(std::vector<std::int64_t>& sums, std::vector<std::int64_t> const& more) {
  std::ranges::transform(sums, more, sums.begin(), std::plus{});
}

/// Those who took a step and not the next one. The last has no next.
std::vector<std::int64_t> lost(std::vector<std::int64_t> const& people, IncomeLayout const& layout) {
  std::vector<std::int64_t> gone(people.size(), 0);
  for (std::size_t i = 0; i + 1 < people.size(); ++i)
    if (!layout.is_last_step[i % layout.steps]) gone[i] = people[i] - people[i + 1];
  return gone;
}

}  // namespace

IncomeLayout::IncomeLayout(IncomePlan const& plan, Scenario const& scenario, bool by_region)
    : place_of_region(scenario.model.regions.size(), 0),
      years{plan.calendar.years()},
      whole_years{plan.calendar.whole()},
      groups{scenario.groups},
      year_labels{plan.calendar.labels()},
      whole_labels{plan.calendar.whole_labels()},
      bin_width{plan.rules.histogram_width},
      bins{plan.rules.histogram_bins},
      draws{std::max(1U, scenario.draws)},
      replicates{scenario.replicates} {
  for (std::size_t r = 0; by_region && r < plan.inhabited.size(); ++r) {
    if (!plan.inhabited[r]) continue;
    place_of_region[r] = static_cast<std::uint32_t>(regions.size());
    regions.push_back(scenario.model.regions[RegionId{r}].code);
  }
  region_count = std::max<std::size_t>(1, regions.size());
  for (IncomePathway const& pathway : plan.rules.pathways)
    for (std::size_t s = 0; s < pathway.steps.size(); ++s) {
      step_labels.push_back(fmt::format("{}: {} {}", pathway.name, s + 1, pathway.steps[s].name));
      is_last_step.push_back(s + 1 == pathway.steps.size());
    }
  steps = step_labels.size();
}

IncomeTallies::IncomeTallies(IncomeLayout const& layout)
    : state(layout.groups * layout.cells() * chain_states, 0),
      three_years(layout.cells(), 0),
      passage(layout.region_count * (layout.whole_years - 1) * layout.types * income_passages, 0),
      income(layout.cells(), 0),
      histogram(layout.bins > 0 ? layout.whole_years * (static_cast<std::size_t>(layout.bins) + 1) : 0, 0),
      step_people(layout.region_count * layout.years * layout.types * layout.steps, 0),
      step_time(step_people.size(), 0) {}

void IncomeTallies::add(IncomeTallies const& other) {
  add_up(state, other.state);
  add_up(three_years, other.three_years);
  add_up(passage, other.passage);
  add_up(income, other.income);
  add_up(histogram, other.histogram);
  add_up(step_people, other.step_people);
  add_up(step_time, other.step_time);
}

std::vector<Dimension> IncomeTableMaker::by_region_and(std::vector<Dimension> others) const {
  if (!layout_.regions.empty()) others.insert(others.begin(), {"region", layout_.regions});
  return others;
}

void IncomeTableMaker::add_table(Frame frame) {
  Table table{frame.name, frame.name, frame.long_name, frame.units, std::move(frame.dimensions), {}};
  if (layout_.replicates > 1)
    table.dimensions.insert(table.dimensions.begin(), {"replicate", counted(layout_.replicates)});
  table.dimensions.insert(table.dimensions.begin(), {"draw", counted(layout_.draws)});
  bool const is_whole = frame.name != "median_income" && frame.name != "pathway_time";
  if (is_whole) {
    table.values = std::vector<std::int64_t>{};
  } else {
    table.values = std::vector<double>{};
  }
  tables_.push_back(std::move(table));
}

IncomeTableMaker::IncomeTableMaker(IncomeLayout const& layout) : layout_{layout} {
  Dimension const whole{"year", layout.whole_labels};
  Dimension const types{"household_type", labels_of(household_type_names)};
  add_table({"income_state", "people by where they are in the chain of low income", "1",
             by_region_and({whole, types, {"income_state", labels_of(income_state_names)}})});
  by_group_ = tables_.back();
  std::size_t const before = layout.replicates > 1 ? 2 : 1;
  by_group_.dimensions.insert(by_group_.dimensions.begin() + static_cast<std::ptrdiff_t>(before),
                              {"group", counted(layout.groups)});
  add_table({"three_years_known", "people whose income of this year and the two before is known", "1",
             by_region_and({whole, types})});
  if (layout.whole_years > 1) {
    Dimension const later{"year", {layout.whole_labels.begin() + 1, layout.whole_labels.end()}};
    add_table({"income_transitions", "people by their places in the chain of low income in the year before and in this",
               "1", by_region_and({later, types, {"income_transition", passage_labels()}})});
  }
  add_table({"median_income",
             "median of household income per consumption unit (EU scale) after tax, over people",
             "kroner",
             {whole}});
  if (layout.keeps_sums)
    add_table({"income_sum", "household income per consumption unit after tax, summed over people", "kroner",
               by_region_and({whole, types})});
  if (layout.bins > 0)
    add_table({"income_histogram",
               "people by household income per consumption unit",
               "1",
               {whole, {"income", bin_labels(layout)}}});
  if (layout.steps == 0) return;
  Dimension const begun{"year", layout.year_labels};
  auto const steps = [&] { return by_region_and({begun, types, {"pathway_step", layout.step_labels}}); };
  add_table(
      {"pathway_people", "people who come to each step, by the year in which they came to the first", "1", steps()});
  add_table({"pathway_lost", "people who come to a step and not to the next one", "1", steps()});
  add_table({"pathway_time", "time from the step before, of all who come to a step", "years", steps()});
}

void IncomeTableMaker::append_counts(std::string const& name, std::vector<std::int64_t> const& counts) {
  auto const table = std::ranges::find(tables_, name, &Table::name);
  if (table == tables_.end()) return;
  auto& values = std::get<std::vector<std::int64_t>>(table->values);
  values.insert(values.end(), counts.begin(), counts.end());
}

void IncomeTableMaker::append(IncomeTallies const& tallies, std::vector<double> const& medians) {
  std::size_t const size = tallies.state.size() / layout_.groups;
  std::vector<std::int64_t> state(size, 0);
  for (std::size_t i = 0; i < tallies.state.size(); ++i) state[i % size] += tallies.state[i];
  append_counts("income_state", state);
  auto& by_group = std::get<std::vector<std::int64_t>>(by_group_.values);
  by_group.insert(by_group.end(), tallies.state.begin(), tallies.state.end());
  append_counts("three_years_known", tallies.three_years);
  append_counts("income_transitions", tallies.passage);
  append_counts("income_sum", tallies.income);
  append_counts("income_histogram", tallies.histogram);
  for (Table& table : tables_) {
    auto* const values = std::get_if<std::vector<double>>(&table.values);
    if (values == nullptr) continue;
    if (table.name == "median_income") {
      values->insert(values->end(), medians.begin(), medians.end());
    } else {
      for (std::int64_t const minutes : tallies.step_time) values->push_back(in_years(Duration{minutes}));
    }
  }
  if (layout_.steps == 0) return;
  append_counts("pathway_people", tallies.step_people);
  append_counts("pathway_lost", lost(tallies.step_people, layout_));
}

void IncomeTableMaker::move_into(std::vector<Table>& tables, std::vector<Table>& group_tables) {
  for (Table& table : tables_) tables.push_back(std::move(table));
  group_tables.push_back(std::move(by_group_));
}

}  // namespace utvei
