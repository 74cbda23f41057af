// SPDX-License-Identifier: Apache-2.0
#include "contacts_text.hpp"
#include "follow_up_text.hpp"
#include "half_width.hpp"
#include "measures_text.hpp"
#include "money_text.hpp"
#include "participants_text.hpp"
#include "pathway_text.hpp"
#include "ranking_text.hpp"
#include "uncertainty_text.hpp"
#include "wording.hpp"

#include <utvei/results/render_comparison.hpp>
#include <utvei/results/text_columns.hpp>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <ranges>
#include <set>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr std::size_t most_transitions = 10;
constexpr std::size_t most_lines = 30;
constexpr std::size_t most_states_across = 4;

using Rows = std::vector<ComparisonRow const*>;

/// How far a difference stands out; for what is shown first.
double prominence(ComparisonRow const& row) {
  auto const half = half_width(row);
  if (row.difference == 0 || !half) return std::abs(row.difference);
  constexpr double certain = 1e6;
  return *half > 0 ? std::abs(row.difference) / *half : certain;
}

bool stands_out(ComparisonRow const& row) {
  auto const half = half_width(row);
  return row.difference != 0 && half && std::abs(row.difference) > *half;
}

/// The text of a comparison of one scenario.
class ScenarioText {
 public:
  ScenarioText(Comparison const& comparison, std::size_t scenario, std::string_view language);
  std::string write();

 private:
  [[nodiscard]] Rows rows_of(std::string_view quantity, bool by_region, std::string_view year) const;
  [[nodiscard]] std::string state_text(ComparisonRow const& row) const;
  [[nodiscard]] std::string state_label_of(std::string const& name) const;
  [[nodiscard]] std::string income_label_of(std::string const& name) const;
  [[nodiscard]] std::string region_text(std::string const& code) const;
  [[nodiscard]] std::string number(double value, bool whole) const;
  [[nodiscard]] std::string plus_minus(ComparisonRow const& row) const;
  [[nodiscard]] std::string with_error(ComparisonRow const& row) const;
  [[nodiscard]] std::string years() const;
  [[nodiscard]] std::string period() const;
  void heading(std::string_view pattern, std::string const& detail);
  void table_of(Rows const& rows, std::string_view first_column);
  [[nodiscard]] Rows rows_in_work() const;
  void in_short();
  void person_years();
  void where_definitions_stand();
  void of_last_year(std::string_view quantity, std::string_view pattern, std::string_view first_column);
  void transitions();
  void lines_by(std::string ComparisonRow::*label, Rows const& rows, std::string_view first_column,
                std::string_view pattern);
  void regions();
  void over_time();
  [[nodiscard]] std::string sentence_of(ComparisonRow const& row, std::string const& where) const;
  void sentences();
  void notes();

  Comparison const& comparison_;
  std::size_t place_;
  std::string const& scenario_;
  std::string_view language_;
  Wording const& words_;
  std::string text_;
  std::set<std::string> years_;
  Rows rows_;
};

ScenarioText::ScenarioText(Comparison const& comparison, std::size_t scenario, std::string_view language)
    : comparison_{comparison},
      place_{scenario},
      scenario_{comparison.scenarios[scenario]},
      language_{language},
      words_{wording(language)} {
  for (ComparisonRow const& row : comparison.rows) {
    if (row.scenario != scenario_) continue;
    rows_.push_back(&row);
    if (!row.year.empty()) years_.insert(row.year);
  }
}

/// Rows of the first table of a quantity, over all years or for one.
Rows ScenarioText::rows_of(std::string_view quantity, bool by_region, std::string_view year) const {
  Rows found;
  for (ComparisonRow const* row : rows_) {
    bool const is_quantity = row->measure_of == quantity || row->measure_of.starts_with(std::string{quantity} + "_by_");
    if (is_quantity && row->year == year && row->region.empty() != by_region && !row->state.empty())
      found.push_back(row);
  }
  return found;
}

std::string ScenarioText::state_label_of(std::string const& name) const {
  RunResult labels;
  labels.states = comparison_.states;
  return state_label(labels, name, language_);
}

/// Of the chain of low income.
std::string ScenarioText::income_label_of(std::string const& name) const {
  if (name == "not_low") return std::string{words_.not_low};
  return std::string{name == "low" ? words_.low : words_.persistently_low};
}

std::string ScenarioText::state_text(ComparisonRow const& row) const {
  auto const arrow = row.state.find(" -> ");
  bool const is_income = row.measure_of == "income_state";
  std::string text = is_income                    ? income_label_of(row.state)
                     : arrow == std::string::npos ? state_label_of(row.state)
                                                  : state_label_of(row.state.substr(0, arrow)) + " → " +
                                                        state_label_of(row.state.substr(arrow + 4));
  for (std::string const& label : row.by)
    if (!label.empty()) text += ", " + label;
  return text;
}

std::string ScenarioText::region_text(std::string const& code) const {
  auto const name = comparison_.region_names.find(code);
  return name == comparison_.region_names.end() || name->second.empty() ? code : name->second;
}

std::string ScenarioText::number(double value, bool whole) const {
  return rounded(value, whole, words_);
}

std::string ScenarioText::plus_minus(ComparisonRow const& row) const {
  auto const half = half_width(row);
  return half ? "± " + number(*half, false) : std::string{};
}

std::string ScenarioText::with_error(ComparisonRow const& row) const {
  std::string const difference = number(row.difference, false);
  return half_width(row) ? difference + " " + plus_minus(row) : difference;
}

std::string ScenarioText::years() const {
  if (years_.empty()) return {};
  return *years_.begin() == *years_.rbegin() ? *years_.begin() : *years_.begin() + "–" + *years_.rbegin();
}

std::string ScenarioText::period() const {
  if (years_.empty()) return std::string{words_.all_regions};
  return fmt::format("{}, {}", years(), words_.all_regions);
}

void ScenarioText::heading(std::string_view pattern, std::string const& detail) {
  text_ += fmt::format(fmt::runtime(pattern), detail) + "\n\n";
}

void ScenarioText::table_of(Rows const& rows, std::string_view first_column) {
  bool const whole = comparison_.draws * comparison_.replicates == 1 && !rows.empty() &&
                     comparison_.units.at(rows.front()->measure_of) == "1";
  TextColumns table{
      {std::string{first_column}, std::string{words_.baseline}, scenario_, std::string{words_.difference}, ""}};
  for (ComparisonRow const* row : rows)
    table.add({state_text(*row), number(row->baseline, whole), number(row->value, whole),
               number(row->difference, whole), plus_minus(*row)});
  text_ += table.text() + '\n';
}

/// Person-years in the states of the group `work`.
Rows ScenarioText::rows_in_work() const {
  Rows rows = rows_of("person_years", false, "");
  std::erase_if(rows, [&](ComparisonRow const* row) {
    auto const state = std::ranges::find(comparison_.states, row->state, &StateInfo::name);
    return state == comparison_.states.end() || state->group != "work";
  });
  return rows;
}

/// The answer first: what changes most among those in work.
void ScenarioText::in_short() {
  Rows const rows = rows_in_work();
  auto const largest = std::ranges::max_element(rows, {}, [](auto const* row) { return std::abs(row->difference); });
  if (largest == rows.end() || (*largest)->difference == 0) return;
  ComparisonRow const& row = **largest;
  // Work may be one of several states in which people are in work.
  std::string const where = rows.size() > 1 ? fmt::format(fmt::runtime(words_.the_state), state_text(row))
                                            : in_state(row.state, state_text(row), language_);
  text_ += fmt::format(fmt::runtime(words_.in_short), sentence_of(row, where)) + "\n\n";
}

void ScenarioText::person_years() {
  Rows const rows = rows_of("person_years", false, "");
  if (rows.empty()) return;
  heading(words_.person_years, period());
  table_of(rows, words_.state);
  Rows const in_work = rows_in_work();
  bool const is_split = std::ranges::any_of(in_work, [](auto const* row) {
    return std::ranges::any_of(row->by, [](std::string const& label) { return !label.empty(); });
  });
  if (in_work.size() < 2 || is_split) return;
  double difference = 0;
  std::vector<std::string> states;
  for (ComparisonRow const* row : in_work) {
    difference += row->difference;
    states.push_back(state_text(*row));
  }
  text_ += fmt::format(fmt::runtime(words_.in_work_is), fmt::join(states, ", "), number(difference, false)) + "\n\n";
}

/// Counts that do not add up over years: those of the last year that has the most.
void ScenarioText::of_last_year(std::string_view quantity, std::string_view pattern, std::string_view first_column) {
  Rows rows;
  std::string last;
  for (auto const& year : std::views::reverse(years_)) {
    Rows found = rows_of(quantity, false, year);
    if (found.size() <= rows.size()) continue;
    rows = std::move(found);
    last = year;
  }
  if (rows.empty()) return;
  heading(pattern, fmt::format("{}, {}", last, words_.all_regions));
  table_of(rows, first_column);
}

/// A name alone does not say who is counted.
void ScenarioText::where_definitions_stand() {
  bool const are_there = std::ranges::any_of(rows_, [](auto const* row) { return row->measure_of == "defined"; });
  if (!are_there || comparison_.model.empty()) return;
  text_ += fmt::format(fmt::runtime(words_.where_definitions_stand), comparison_.model) + "\n\n";
}

void ScenarioText::transitions() {
  Rows rows = rows_of("transitions", false, "");
  if (rows.empty()) return;
  std::ranges::stable_sort(rows, [](auto const* a, auto const* b) { return prominence(*a) > prominence(*b); });
  std::size_t const left_out = rows.size() > most_transitions ? rows.size() - most_transitions : 0;
  rows.resize(rows.size() - left_out);
  heading(words_.transitions, period());
  table_of(rows, words_.transition);
  if (left_out > 0) text_ += fmt::format(fmt::runtime(words_.others_left_out), left_out) + "\n\n";
}

/// One line for each label of a dimension that has a column of its own, the states that differ most across.
void ScenarioText::lines_by(std::string ComparisonRow::*label, Rows const& rows, std::string_view first_column,
                            std::string_view pattern) {
  Rows leading = rows_of("person_years", false, "");
  if (rows.empty() || !comparison_.by.empty()) return;
  std::ranges::stable_sort(leading, [](auto const* a, auto const* b) { return prominence(*a) > prominence(*b); });
  leading.resize(std::min(leading.size(), most_states_across));
  std::vector<std::string> header{std::string{first_column}};
  for (ComparisonRow const* row : leading) header.push_back(state_text(*row));
  TextColumns table{std::move(header)};
  std::vector<std::string> labels;
  std::map<std::pair<std::string, std::string>, ComparisonRow const*> cells;
  for (ComparisonRow const* row : rows) {
    if (labels.empty() || labels.back() != row->*label) labels.push_back(row->*label);
    cells.emplace(std::pair{row->*label, row->state}, row);
  }
  std::size_t const left_out = labels.size() > most_lines ? labels.size() - most_lines : 0;
  labels.resize(labels.size() - left_out);
  for (std::string const& one : labels) {
    std::vector<std::string> line{label == &ComparisonRow::region ? region_text(one) : one};
    for (ComparisonRow const* state : leading) {
      auto const cell = cells.find({one, state->state});
      // Small numbers of a register were left out.
      line.push_back(cell == cells.end() ? ":" : with_error(*cell->second));
    }
    table.add(std::move(line));
  }
  heading(pattern, fmt::format(fmt::runtime(words_.person_years), years()));
  text_ += table.text() + '\n';
  if (left_out > 0) text_ += fmt::format(fmt::runtime(words_.others_left_out), left_out) + "\n\n";
}

void ScenarioText::regions() {
  lines_by(&ComparisonRow::region, rows_of("person_years", true, ""), words_.region, words_.by_region);
}

void ScenarioText::over_time() {
  Rows rows;
  for (std::string const& year : years_)
    std::ranges::copy(rows_of("person_years", false, year), std::back_inserter(rows));
  if (years_.size() > 1) lines_by(&ComparisonRow::year, rows, words_.year, words_.by_year);
}

/// `where`: in which state.
std::string ScenarioText::sentence_of(ComparisonRow const& row, std::string const& where) const {
  auto const pattern = row.difference > 0 ? words_.more_person_years : words_.fewer_person_years;
  std::string text = fmt::format(fmt::runtime(pattern), scenario_, number(std::abs(row.difference), false), where);
  if (half_width(row)) text += " (" + plus_minus(row) + ")";
  if (half_width(row) && !stands_out(row)) text += words_.not_told_apart;
  return text + '.';
}

/// A sentence for each state that differs, most prominent first; those that do not differ share one.
void ScenarioText::sentences() {
  Rows rows = rows_of("person_years", false, "");
  std::ranges::stable_sort(rows, [](auto const* a, auto const* b) { return prominence(*a) > prominence(*b); });
  std::vector<std::string> unchanged;
  for (ComparisonRow const* row : rows) {
    if (row->difference == 0) {
      unchanged.push_back(inside_sentence(state_text(*row)));
      continue;
    }
    text_ += "- " + sentence_of(*row, in_state(row->state, state_text(*row), language_)) + '\n';
  }
  if (!unchanged.empty())
    text_ += "- " + fmt::format(fmt::runtime(words_.no_difference), scenario_, fmt::join(unchanged, ", ")) + '\n';
  if (!rows.empty()) text_ += '\n';
}

void ScenarioText::notes() {
  bool const has_error = std::ranges::any_of(rows_, [](auto const* row) { return half_width(*row).has_value(); });
  bool const has_interval =
      std::ranges::any_of(rows_, [](auto const* row) { return row->low_95 || row->parameters_hidden; });
  text_ += has_interval ? words_.half_width_parameters : has_error ? words_.half_width_luck : words_.no_half_width;
  text_ += '\n';
  if (comparison_.weight > 1) text_ += fmt::format(fmt::runtime(words_.stands_for), comparison_.weight) + '\n';
}

std::string ScenarioText::write() {
  in_short();
  person_years();
  text_ += uncertainty_text(comparison_, place_, language_);
  of_last_year("stock", words_.stock, words_.state);
  of_last_year("defined", words_.defined, words_.definition);
  where_definitions_stand();
  of_last_year("income_state", words_.income, words_.state);
  if (std::ranges::any_of(rows_, [](auto const* row) { return row->measure_of == "income_state"; }))
    text_ += std::string{words_.what_low_is} + "\n\n";
  text_ += measures_text(comparison_, place_, period(), language_);
  text_ += participants_text(comparison_, place_, language_);
  text_ += contacts_text(comparison_, place_, period(), language_);
  text_ += follow_up_text(comparison_, place_, language_);
  text_ += pathway_text(comparison_, place_, language_);
  text_ += money_text(comparison_, place_, language_);
  transitions();
  over_time();
  regions();
  text_ += contrasts_text(comparison_, place_, language_);
  sentences();
  text_ += assumptions_text(comparison_, place_, language_);
  notes();
  return std::move(text_);
}

/// Files and columns have the name, so that it stands beside what a scenario is called.
std::string with_name(std::string const& title, std::string const& name) {
  return title == name ? name : fmt::format("{} ({})", title, name);
}

}  // namespace

std::string render_text(Comparison const& comparison, std::string_view language) {
  std::string text;
  for (std::size_t i = 0; i < comparison.scenarios.size(); ++i) {
    if (i > 0) text += '\n';
    text += fmt::format("{} – {}\n\n", with_name(scenario_title(comparison, i, language), comparison.scenarios[i]),
                        with_name(baseline_title(comparison, language), comparison.baseline));
    if (std::string const notice = made_up_notice(comparison.data_class, language); !notice.empty())
      text += notice + "\n\n";
    text += ScenarioText{comparison, i, language}.write();
  }
  if (!comparison.rankings.empty()) text += '\n' + rankings_text(comparison, language);
  for (ComparisonNote const& note : joined(comparison.notes)) {
    // The text has no such column, says already what ± covers, and what must be true.
    if (note.kind != ComparisonNote::Kind::probability_is_monte_carlo &&
        note.kind != ComparisonNote::Kind::main_effect_is_assumed)
      text += text_of(note, language) + '\n';
  }
  return text;
}

}  // namespace utvei
