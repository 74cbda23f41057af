// SPDX-License-Identifier: Apache-2.0
#include "linked_quantity.hpp"

#include "directions.hpp"

#include <utvei/core/time.hpp>
#include <utvei/results/marginal.hpp>
#include <utvei/results/result_gate.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <numeric>
#include <optional>
#include <utility>

namespace utvei {
namespace {

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::ranges::find(names, name) != names.end();
}

/// Of the name of a quantity that is made: who is of the whole and not of the part.
constexpr std::string_view rest_prefix = "rest of ";

bool is_run(std::string_view dimension) {
  return dimension == "draw" || dimension == "replicate";
}

/// Regions, years, age groups, traits, and states or transitions: the others are never summed over.
bool adds_up_over(std::string_view dimension, std::string_view quantity) {
  if (quantity.starts_with(rest_prefix)) quantity.remove_prefix(rest_prefix.size());
  if (dimension == "year") return adds_up_over_years(quantity);
  return !is_one_of(dimension, {"stock_date", "waiting_time", "months_after_start", "months_after_end", "wave", "score",
                                "event", "months", "definition", "measure", "pathway_step", "phase", "payment",
                                "account", "ledger", "way_step", "incidence", "incidence_time", "incidence_outcome"});
}

/// How many people live in a place, work in it or leave it is no secret.
bool may_be_known(std::string_view dimension) {
  return is_one_of(dimension,
                   {"state", "transition", "income_state", "income_transition", "income", "leaving", "sequence"});
}

/// Years that the run goes over, the first and the last of them perhaps in part.
std::size_t years_of_run(RunResult const& result) {
  std::size_t years = 1;
  for (Table const& table : result.tables) years = std::max(years, length_of(table, "year"));
  auto const year_in = [](std::string const& date) {
    int year = 0;
    std::from_chars(date.data(), date.data() + date.size(), year);
    return year;
  };
  // A run that ends on the first day of a year has nothing of it.
  bool const ends_before = result.provenance.end.ends_with("-01-01");
  int const span = year_in(result.provenance.end) - year_in(result.provenance.start) + (ends_before ? 0 : 1);
  return std::max(years, static_cast<std::size_t>(std::max(span, 1)));
}

/// Who goes on to no further step of a way is told by the next line: where these are few, they are what is held
/// against the limit. `cells`: along `keep`.
void hold_few_lost(Table const& table, std::vector<std::string> const& keep, double least, std::vector<double>& cells) {
  std::string const category = category_of(table);
  if (category != "way_step" && category != "pathway_step") return;
  std::size_t stride = 1;
  for (std::size_t i = keep.size(); i-- > 0 && keep[i] != category;) stride *= length_of(table, keep[i]);
  auto const& steps = table.dimensions[*table.axis(category)].labels;
  auto const way_of = [&](std::size_t step) { return steps[step].substr(0, steps[step].find(": ")); };
  std::vector<double> const all = cells;
  for (std::size_t cell = 0; cell < cells.size(); ++cell) {
    std::size_t const step = cell / stride % steps.size();
    if (step == 0 || way_of(step) != way_of(step - 1) || cells[cell] <= 0) continue;
    double const lost = all[cell - stride] - all[cell];
    if (lost > 0 && lost < least) cells[cell] = std::min(cells[cell], lost);
  }
}

/// What is counted among what. Who is not of the part is told by the two together.
constexpr std::array<std::pair<std::string_view, std::string_view>, 5> parts_of_wholes{
    {{"contacts_all_met", "contacts"},
     {"refusals", "offers"},
     {"turned_away", "requests"},
     {"served_at_once", "participants"},
     {"defined", "defined_of"}}};

/// Who is of the whole and not of the part, as a table; nothing where the whole has no table with these dimensions.
std::optional<Table> rest_of(RunResult const& result, Table const& part) {
  auto const pair = std::ranges::find(parts_of_wholes, part.quantity, [](auto const& one) { return one.first; });
  if (pair == parts_of_wholes.end()) return std::nullopt;
  auto const whole = std::ranges::find_if(result.tables, [&](Table const& other) {
    return other.quantity == pair->second && other.dimensions == part.dimensions;
  });
  if (whole == result.tables.end()) return std::nullopt;
  Table rest = part;
  rest.quantity = rest_of_part(part.quantity);
  std::vector<double> numbers(part.size());
  for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] = std::max(0.0, whole->value(i) - part.value(i));
  rest.values = std::move(numbers);
  return rest;
}

/// Nobody has more than a year in a year: years are of at least as many people.
double people_of(double number, Table const& table, double weight) {
  double const years = table.units == "days" ? static_cast<double>(minutes_per_day) / minutes_per_year : 1.0;
  return number * years / weight;
}

class QuantityBuilder {
 public:
  QuantityBuilder(std::string quantity, RunResult const& result)
      : weight_{static_cast<double>(result.provenance.weight)},
        least_{result.provenance.disclosure.least},
        result_{result} {
    made_.quantity = std::move(quantity);
  }

  /// False if a dimension has other labels here than in the tables before.
  bool fits(Table const& table) const {
    return std::ranges::all_of(table.dimensions, [&](Dimension const& dimension) {
      for (auto const* const known : {&made_.dimensions, &made_.single})
        for (Dimension const& other : *known)
          if (other.name == dimension.name && other != dimension) return false;
      return true;
    });
  }

  void add(Table const& table) {
    for (Dimension const& dimension : table.dimensions) {
      if (is_run(dimension.name)) continue;
      auto& to = dimension.labels.size() > 1 ? made_.dimensions : made_.single;
      if (std::ranges::find(to, dimension.name, &Dimension::name) == to.end()) to.push_back(dimension);
    }
    tables_.push_back(&table);
  }

  LinkedQuantity build() {
    for (Dimension const& dimension : made_.dimensions)
      made_.means.axes.push_back(
          {dimension.labels.size(), adds_up_over(dimension.name, made_.quantity), may_be_known(dimension.name)});
    for (Table const* const table : tables_) add_sums(*table);
    if (std::ranges::any_of(tables_, [](Table const* table) { return runs_of(*table) > 1; }))
      made_.runs.axes = made_.means.axes;
    else
      made_.runs.tables.clear();
    return std::move(made_);
  }

 private:
  static std::size_t runs_of(Table const& table) { return length_of(table, "draw") * length_of(table, "replicate"); }

  /// Tables over some of the dimensions that may be summed over, and all of the others.
  void add_sums(Table const& table) {
    std::vector<std::size_t> fixed;
    std::vector<std::size_t> free;
    std::string const category = category_of(table);
    for (std::size_t axis = 0; axis < made_.dimensions.size(); ++axis) {
      std::string const& name = made_.dimensions[axis].name;
      if (!table.axis(name)) continue;
      bool const is_kept = name == category || !made_.means.axes[axis].adds_up;
      (is_kept ? fixed : free).push_back(axis);
    }
    for (std::size_t choice = 0; choice < (std::size_t{1} << free.size()); ++choice) {
      std::vector<std::size_t> axes = fixed;
      for (std::size_t i = 0; i < free.size(); ++i)
        if ((choice >> i & 1U) != 0) axes.push_back(free[i]);
      std::ranges::sort(axes);
      if (std::ranges::find(made_.means.tables, axes, &LinkedTable::axes) == made_.means.tables.end())
        add_sum(table, std::move(axes));
    }
  }

  void add_sum(Table const& table, std::vector<std::size_t> axes) {
    std::vector<std::string> keep;
    for (std::size_t const axis : axes) keep.push_back(made_.dimensions[axis].name);
    std::size_t const runs = runs_of(table);
    LinkedTable mean{axes, marginal(table, keep), {}};
    for (double& people : mean.people) people = people_of(people / static_cast<double>(runs), table, weight_);
    hold_few_lost(table, keep, least_, mean.people);
    mean.most_of_one = most_of_one(result_, table, std::ranges::find(keep, "year") != keep.end());
    std::size_t const cells = mean.people.size();
    made_.means.tables.push_back(std::move(mean));
    keep.insert(keep.begin(), {"draw", "replicate"});
    std::vector<double> each = marginal(table, keep);
    for (double& people : each) people = people_of(people, table, weight_);
    hold_few_lost(table, keep, least_, each);
    LinkedTable least{std::move(axes), std::vector<double>(cells, 0.0), std::vector<double>(cells, 0.0),
                      made_.means.tables.back().most_of_one};
    for (std::size_t i = 0; i < each.size(); ++i) {
      double const people = each[i];
      double& smallest = least.people[i % cells];
      double& lowest = least.lowest[i % cells];
      if (people > 0 && (smallest == 0 || people < smallest)) smallest = people;
      lowest = i < cells ? people : std::min(lowest, people);
    }
    made_.runs.tables.push_back(std::move(least));
  }

  LinkedQuantity made_;
  double weight_;
  double least_;
  RunResult const& result_;
  std::vector<Table const*> tables_;
};

void take_least(LinkedTable& of, LinkedTable const& other) {
  if (of.lowest.empty()) of.lowest = of.people;
  auto const& lowest = other.lowest.empty() ? other.people : other.lowest;
  for (std::size_t i = 0; i < of.people.size(); ++i) {
    double const people = other.people[i];
    if (people > 0 && (of.people[i] == 0 || people < of.people[i])) of.people[i] = people;
    of.lowest[i] = std::min(of.lowest[i], lowest[i]);
  }
}

}  // namespace

bool take_together(LinkedQuantity& with, LinkedQuantity const& other) {
  auto const same_axes = [](LinkedTables const& one, LinkedTables const& two) {
    return std::ranges::equal(one.tables, two.tables, {}, &LinkedTable::axes, &LinkedTable::axes);
  };
  if (with.quantity != other.quantity || with.dimensions != other.dimensions || !same_axes(with.means, other.means) ||
      !same_axes(with.runs, other.runs))
    return false;
  for (std::size_t t = 0; t < with.means.tables.size(); ++t) take_least(with.means.tables[t], other.means.tables[t]);
  for (std::size_t t = 0; t < with.runs.tables.size(); ++t) take_least(with.runs.tables[t], other.runs.tables[t]);
  return true;
}

double most_of_one(RunResult const& result, Table const& table, bool by_year) {
  bool const is_time = table.units == "years" || table.units == "days";
  return is_time && !by_year ? static_cast<double>(years_of_run(result)) : 1;
}

std::string rest_of_part(std::string_view quantity) {
  return std::string{rest_prefix} + std::string{quantity};
}

bool is_rest(std::string_view quantity) {
  return quantity.starts_with(rest_prefix);
}

std::string_view whole_of_part(std::string_view quantity) {
  auto const pair = std::ranges::find(parts_of_wholes, quantity, [](auto const& one) { return one.first; });
  return pair == parts_of_wholes.end() ? std::string_view{} : pair->second;
}

std::vector<LinkedQuantity> linked_quantities(RunResult const& result) {
  std::vector<QuantityBuilder> builders;
  std::vector<std::string> quantities;
  std::vector<Table> rests;
  for (Table const& table : result.tables)
    if (auto rest = rest_of(result, table)) rests.push_back(std::move(*rest));
  std::vector<Table const*> tables;
  for (auto const* const some : {&result.tables, &std::as_const(rests)})
    for (Table const& table : *some) tables.push_back(&table);
  for (Table const* const each : tables) {
    Table const& table = *each;
    if (stays_inside(table.quantity, table.units) || table.quantity == "median_income") continue;
    std::size_t at = 0;
    while (at < builders.size() && (quantities[at] != table.quantity || !builders[at].fits(table))) ++at;
    if (at == builders.size()) {
      builders.emplace_back(table.quantity, result);
      quantities.push_back(table.quantity);
    }
    builders[at].add(table);
  }
  std::vector<LinkedQuantity> made;
  for (QuantityBuilder& builder : builders) made.push_back(builder.build());
  return made;
}

}  // namespace utvei
