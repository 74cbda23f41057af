// SPDX-License-Identifier: Apache-2.0
#include "directions.hpp"
#include "label_advice.hpp"
#include "pair_tables.hpp"

#include <utvei/core/diagnostics.hpp>
#include <utvei/document/reader.hpp>
#include <utvei/results/marginal.hpp>
#include <utvei/results/outcome.hpp>
#include <utvei/results/result_gate.hpp>

#include <algorithm>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr auto outcome_example = "write person_years,state=work,year=2030, with a plus between several labels";

[[noreturn]] void refuse_outcome(AskedOutcome const& outcome, std::string const& problem, std::string why,
                                 std::string help) {
  throw InputError(Fault::usage, {}, fmt::format("outcome `{}`: {}", outcome.text, problem), std::move(why),
                   std::move(help));
}

std::vector<std::string> split_at(std::string const& text, char mark) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  for (std::size_t end = 0; end != std::string::npos; begin = end + 1) {
    end = text.find(mark, begin);
    parts.push_back(text.substr(begin, end == std::string::npos ? end : end - begin));
  }
  return parts;
}

/// Names of tables and quantities that one may ask for.
std::vector<std::string> names_of_tables(RunResult const& result) {
  std::vector<std::string> names;
  for (Table const& table : result.tables)
    for (std::string const* name : {&table.quantity, &table.name})
      if (std::ranges::find(names, *name) == names.end()) names.push_back(*name);
  return names;
}

/// The axis that a key of `where` is about; `state` is whatever stands in that column.
std::string axis_of(Table const& table, std::string const& key) {
  return key == "state" && !table.axis("state") ? category_of(table) : key;
}

/// Keys that no table of a result has are misspelt: another breakdown would not help.
void refuse_unknown_keys(RunResult const& result, AskedOutcome const& outcome) {
  auto const known = dimensions_to_ask_for(result);
  for (auto const& [key, labels] : outcome.where)
    if (std::ranges::find(known, key) == known.end())
      refuse_outcome(outcome, fmt::format("unknown key `{}`", key), {}, did_you_mean(key, known));
}

/// The first table of the quantity that has all that is asked for.
Table const& table_of(RunResult const& result, AskedOutcome const& outcome) {
  std::vector<std::string> lacking;
  bool is_there = false;
  for (Table const& table : result.tables) {
    if (table.name != outcome.of && table.quantity != outcome.of) continue;
    is_there = true;
    lacking.clear();
    for (auto const& [key, labels] : outcome.where) {
      std::string const axis = axis_of(table, key);
      if (axis.empty() || !table.axis(axis)) lacking.push_back(key);
    }
    if (lacking.empty()) return table;
  }
  if (!is_there)
    refuse_outcome(outcome, fmt::format("no table `{}` in `{}`", outcome.of, result.provenance.scenario_name), {},
                   did_you_mean(outcome.of, names_of_tables(result)));
  refuse_unknown_keys(result, outcome);
  refuse_outcome(outcome, fmt::format("no table `{}` is by {}", outcome.of, fmt::join(lacking, " and ")), {},
                 "add a breakdown with it to the scenarios and run them again, or leave it out");
}

bool matches(std::string const& label, std::string const& asked) {
  if (asked.ends_with('*')) return label.starts_with(std::string_view{asked}.substr(0, asked.size() - 1));
  return label == asked;
}

/// Places of the labels that were asked for along an axis; a group stands for its states.
std::vector<std::size_t> places_of(RunResult const& result, AskedOutcome const& outcome, Dimension const& axis,
                                   std::vector<std::string> const& asked) {
  std::vector<std::size_t> places;
  for (std::string const& one : asked) {
    std::size_t const before = places.size();
    for (std::size_t i = 0; i < axis.labels.size(); ++i)
      if (matches(axis.labels[i], one)) places.push_back(i);
    bool const is_state = places.size() > before;
    // A state of that name goes before a group.
    for (std::size_t i = 0; axis.name == "state" && !is_state && i < axis.labels.size(); ++i) {
      auto const state = std::ranges::find(result.states, axis.labels[i], &StateInfo::name);
      if (state != result.states.end() && state->group == one) places.push_back(i);
    }
    if (places.size() == before)
      refuse_outcome(outcome, fmt::format("no `{}` along `{}`", one, axis.name), {},
                     advice_for_label(result, axis, one));
  }
  std::ranges::sort(places);
  auto const twice = std::ranges::unique(places);
  places.erase(twice.begin(), twice.end());
  return places;
}

/// What is summed over must be a number of something.
void expect_sum(Table const& table, AskedOutcome const& outcome,
                std::map<std::string, std::vector<std::size_t>> const& held) {
  auto const is_one = [&](std::string const& name) {
    auto const found = held.find(name);
    return length_of(table, name) < 2 || (found != held.end() && found->second.size() == 1);
  };
  std::string const category = category_of(table);
  if (!category.empty() && !held.contains(category))
    refuse_outcome(
        outcome, "it does not say which state",
        "over all of them the sum is everybody, or no number that means anything",
        fmt::format("add state= and one of {}", fmt::join(table.dimensions[*table.axis(category)].labels, ", ")));
  if (category == "definition" && !is_one(category))
    refuse_outcome(outcome, "definitions do not add up", "one may hold whom another holds", "name one of them");
  if (!adds_up_over_years(table.quantity) && (!is_one("year") || !is_one("stock_date")))
    refuse_outcome(outcome, "heads of several years or days do not add up", "the same people are counted each time",
                   "name one year, as year=2030, and one stock_date where there are several");
  if (!is_one("waiting_time"))
    refuse_outcome(outcome, "who began within a week is among those who did within two", {}, "name one waiting_time");
  for (char const* const months : {"months_after_start", "months_after_end"})
    if (!is_one(months))
      refuse_outcome(outcome, "who is looked at after 6 months is looked at after 12 as well", {},
                     fmt::format("name one of {}", months));
}

/// Sums of the cells that are held, by whatever goes before them.
class CellSum {
 public:
  CellSum(Table const& table, std::map<std::string, std::vector<std::size_t>> const& held) {
    for (auto const& [name, places] : held) {
      names_.push_back(name);
      std::vector<std::size_t> next;
      std::size_t const length = length_of(table, name);
      for (std::size_t const cell : cells_)
        for (std::size_t const place : places) next.push_back(cell * length + place);
      cells_ = std::move(next);
      size_ *= length;
    }
  }
  [[nodiscard]] std::vector<double> of(Table const& table, std::vector<std::string> before) const {
    before.insert(before.end(), names_.begin(), names_.end());
    std::vector<double> const values = marginal(table, before);
    std::vector<double> sums(values.size() / size_, 0);
    for (std::size_t i = 0; i < sums.size(); ++i)
      for (std::size_t const cell : cells_) sums[i] += values[i * size_ + cell];
    return sums;
  }
  /// Means over draws and replicates, cell by cell.
  [[nodiscard]] std::vector<double> cells(Table const& table, double runs) const {
    std::vector<double> const values = marginal(table, names_);
    std::vector<double> means;
    for (std::size_t const cell : cells_) means.push_back(values[cell] / runs);
    return means;
  }

 private:
  std::vector<std::string> names_;
  std::vector<std::size_t> cells_{0};
  std::size_t size_{1};
};

}  // namespace

AskedOutcome read_outcome(std::string const& text, std::string_view option) {
  AskedOutcome outcome;
  outcome.text = text;
  auto const parts = split_at(text, ',');
  outcome.of = parts.front();
  auto const refuse = [&](std::string const& what) {
    throw InputError(Fault::usage, {}, fmt::format("{}: cannot read `{}`", option, text), what, outcome_example);
  };
  if (outcome.of.empty() || outcome.of.find('=') != std::string::npos) refuse("it begins with the name of a table");
  for (std::size_t i = 1; i < parts.size(); ++i) {
    std::size_t const equals = parts[i].find('=');
    if (equals == std::string::npos || equals == 0) refuse(fmt::format("`{}` says nothing of a dimension", parts[i]));
    auto const labels = split_at(parts[i].substr(equals + 1), '+');
    if (std::ranges::find(labels, "") != labels.end()) refuse(fmt::format("`{}` lacks a label", parts[i]));
    if (!outcome.where.emplace(parts[i].substr(0, equals), labels).second)
      refuse(fmt::format("`{}` is there twice", parts[i].substr(0, equals)));
  }
  return outcome;
}

std::string text_of(AskedOutcome const& outcome) {
  std::string text = outcome.of;
  for (auto const& [key, labels] : outcome.where) text += fmt::format(",{}={}", key, fmt::join(labels, "+"));
  return text;
}

std::vector<NamedCell> cells_of_outcome(RunResult const& result, std::string const& outcome) {
  AskedOutcome const asked = read_outcome(outcome, "--rank");
  std::vector<NamedCell> cells;
  try {
    Table const& table = table_of(result, asked);
    std::map<std::string, std::vector<std::string>> labels;
    for (auto const& [key, wanted] : asked.where) {
      Dimension const& axis = table.dimensions[*table.axis(axis_of(table, key))];
      for (std::size_t const place : places_of(result, asked, axis, wanted))
        labels[axis.name].push_back(axis.labels[place]);
    }
    // Of heads one day is meant, whichever: all of them must be such as are shown.
    for (char const* const day : {"year", "stock_date"})
      if (auto const axis = table.axis(day); axis && !labels.contains(day) && !adds_up_over_years(table.quantity))
        labels[day] = table.dimensions[*axis].labels;
    cells.push_back({table.name, {}, {}});
    std::string const category = category_of(table);
    for (auto const& [name, some] : labels) {
      std::vector<NamedCell> next;
      for (NamedCell const& cell : cells)
        for (std::string const& label : some) {
          NamedCell& further = next.emplace_back(cell);
          if (name == category)
            further.category = label;
          else
            further.place.emplace_back(name, label);
        }
      cells = std::move(next);
    }
  } catch (InputError const&) {
    return {};  // of a measure that only another result has
  }
  return cells;
}

OutcomeValues values_of(RunResult const& result, AskedOutcome const& outcome) {
  Table const& table = table_of(result, outcome);
  std::map<std::string, std::vector<std::size_t>> held;
  for (auto const& [key, labels] : outcome.where) {
    std::string const axis = axis_of(table, key);
    held[axis] = places_of(result, outcome, table.dimensions[*table.axis(axis)], labels);
  }
  expect_sum(table, outcome, held);
  OutcomeValues values;
  values.draws = length_of(table, "draw");
  values.replicates = length_of(table, "replicate");
  if (auto const category = category_of(table); !category.empty())
    for (std::size_t const place : held.at(category))
      values.states.push_back(table.dimensions[*table.axis(category)].labels[place]);
  CellSum const sum{table, held};
  values.total = sum.of(table, {"draw", "replicate"});
  values.cells = sum.cells(table, static_cast<double>(values.draws * values.replicates));
  Table const* const groups = result.group_table(table.name);
  // Where places couple people, groups are no independent samples.
  if (groups == nullptr || length_of(*groups, "group") < 2 || result.provenance.places_couple_people) return values;
  values.groups = length_of(*groups, "group");
  values.by_group = sum.of(*groups, {"draw", "replicate", "group"});
  if (Table const* const persons = result.group_table("persons"); persons != nullptr)
    values.group_persons = marginal(*persons, {"group"});
  return values;
}

}  // namespace utvei
