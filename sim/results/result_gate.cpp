// SPDX-License-Identifier: Apache-2.0
#include "directions.hpp"
#include "linked_quantity.hpp"

#include <utvei/core/contract.hpp>
#include <utvei/results/marginal.hpp>
#include <utvei/results/result_gate.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <set>

namespace utvei {
namespace {

constexpr std::string_view for_means = "means";
constexpr std::string_view for_runs = "runs";

/// The cells of a sum, with the dimensions of one place that it may have beside.
Table hidden_table(LinkedQuantity const& of, std::vector<std::size_t> const& axes, std::vector<bool> const& hidden,
                   std::string_view what) {
  Table table;
  table.quantity = of.quantity;
  table.long_name = what;
  table.units = "1";
  table.name = of.quantity + "_" + std::string{what};
  for (std::size_t const axis : axes) {
    table.dimensions.push_back(of.dimensions[axis]);
    table.name += "_" + of.dimensions[axis].name;
  }
  table.dimensions.insert(table.dimensions.end(), of.single.begin(), of.single.end());
  table.values = std::vector<std::int64_t>(hidden.begin(), hidden.end());
  return table;
}

/// Two sets of tables of a quantity may have the same dimensions with other labels.
void name_apart(std::vector<Table>& tables) {
  std::set<std::string> names;
  for (Table& table : tables)
    while (!names.insert(table.name).second) table.name += "_again";
}

/// Quantities whose numbers are hidden together: one, or a whole with a part of it and the rest.
using TiedQuantities = std::vector<LinkedQuantity const*>;

bool have_same_tables(LinkedQuantity const& a, LinkedQuantity const& b) {
  return a.dimensions == b.dimensions &&
         std::ranges::equal(a.means.tables, b.means.tables, {}, &LinkedTable::axes, &LinkedTable::axes) &&
         std::ranges::equal(a.runs.tables, b.runs.tables, {}, &LinkedTable::axes, &LinkedTable::axes);
}

std::vector<TiedQuantities> tied(std::vector<LinkedQuantity> const& quantities) {
  std::vector<TiedQuantities> all;
  auto const like = [&](std::string_view name, LinkedQuantity const& other) {
    return std::ranges::find_if(
        quantities, [&](LinkedQuantity const& one) { return one.quantity == name && have_same_tables(one, other); });
  };
  std::set<LinkedQuantity const*> done;
  for (LinkedQuantity const& part : quantities) {
    auto const whole = like(whole_of_part(part.quantity), part);
    auto const rest = like(rest_of_part(part.quantity), part);
    if (whole == quantities.end() || rest == quantities.end()) continue;
    all.push_back({&*whole, &part, &*rest});
    done.insert(all.back().begin(), all.back().end());
  }
  // A rest without its whole and part is in no table, and nothing asks for it.
  for (LinkedQuantity const& quantity : quantities)
    if (!done.contains(&quantity) && !is_rest(quantity.quantity)) all.push_back({&quantity});
  return all;
}

/// Hides the same of all of them: what a number of one gives or takes, another then can take or give. Hiding more never
/// breaks what was found for the one before.
HiddenCells protect_together(TiedQuantities const& tied, LinkedTables LinkedQuantity::*tables,
                             DisclosureRules const& rules, std::vector<std::vector<bool>> const& before) {
  HiddenCells hidden;
  hidden.hidden = before;
  std::size_t small = 0;
  std::size_t withheld = 0;
  for (LinkedQuantity const* const quantity : tied) {
    hidden = protect(quantity->*tables, rules, hidden.hidden);
    small += hidden.small;
    withheld = std::max(withheld, hidden.withheld);
  }
  if (tied.size() == 1) return hidden;
  std::size_t cells = 0;
  for (auto const& table : hidden.hidden) cells += static_cast<std::size_t>(std::ranges::count(table, true));
  return {std::move(hidden.hidden), std::min(small, cells), cells - std::min(small, cells), withheld};
}

HeldBack hide_quantities(TiedQuantities const& tied, DisclosureRules const& rules, std::vector<Table>& hidden) {
  HiddenCells const means = protect_together(tied, &LinkedQuantity::means, rules, {});
  HiddenCells runs;
  if (!tied.front()->runs.tables.empty()) runs = protect_together(tied, &LinkedQuantity::runs, rules, means.hidden);
  // The rest is in no table: it is the last of three.
  std::size_t const shown = std::min<std::size_t>(tied.size(), 2);
  for (std::size_t q = 0; q < shown; ++q) {
    LinkedQuantity const& quantity = *tied[q];
    for (std::size_t t = 0; t < means.hidden.size(); ++t)
      hidden.push_back(hidden_table(quantity, quantity.means.tables[t].axes, means.hidden[t], for_means));
    for (std::size_t t = 0; t < runs.hidden.size(); ++t)
      hidden.push_back(hidden_table(quantity, quantity.runs.tables[t].axes, runs.hidden[t], for_runs));
  }
  return {means.small * shown, means.complements * shown, means.withheld * shown};
}

/// Numbers of hidden tables are found by labels: two results may have other measures or transitions.
std::optional<std::size_t> cell_of(Table const& table, std::vector<std::pair<std::string, std::string>> const& place) {
  std::size_t cell = 0;
  for (Dimension const& dimension : table.dimensions) {
    auto const at = std::ranges::find(place, dimension.name, &std::pair<std::string, std::string>::first);
    if (at == place.end() && dimension.labels.size() == 1) continue;
    if (at == place.end()) return std::nullopt;
    auto const label = std::ranges::find(dimension.labels, at->second);
    if (label == dimension.labels.end()) return std::nullopt;
    cell = cell * dimension.labels.size() + static_cast<std::size_t>(label - dimension.labels.begin());
  }
  return cell;
}

std::vector<std::pair<std::string, std::string>> place_of(Table const& table, std::size_t cell) {
  std::vector<std::pair<std::string, std::string>> place(table.dimensions.size());
  for (std::size_t i = table.dimensions.size(); i-- > 0;) {
    auto const& labels = table.dimensions[i].labels;
    place[i] = {table.dimensions[i].name, labels[cell % labels.size()]};
    cell /= labels.size();
  }
  return place;
}

bool has_names(Table const& table, Table const& other) {
  return std::ranges::equal(table.dimensions, other.dimensions, {}, &Dimension::name, &Dimension::name);
}

/// Whether the dimensions of a hidden table have the labels that they have in the table that it is of.
bool agree(Table const& table, Table const& hidden) {
  return std::ranges::all_of(hidden.dimensions, [&](Dimension const& dimension) {
    auto const axis = table.axis(dimension.name);
    return axis ? table.dimensions[*axis] == dimension : dimension.labels.size() == 1;
  });
}

/// What is hidden, in the order of the table and for each of its draws and replicates.
std::vector<bool> spread(Table const& table, Table const& hidden) {
  std::vector<std::size_t> strides(table.dimensions.size(), 0);
  std::size_t stride = 1;
  for (std::size_t i = hidden.dimensions.size(); i-- > 0;) {
    if (hidden.dimensions[i].labels.size() == 1) continue;
    strides[*table.axis(hidden.dimensions[i].name)] = stride;
    stride *= hidden.dimensions[i].labels.size();
  }
  auto const& stays = std::get<std::vector<std::int64_t>>(hidden.values);
  std::vector<bool> cells(table.size());
  std::vector<std::size_t> index(strides.size(), 0);
  std::size_t at = 0;
  for (auto&& cell : cells) {
    cell = stays[at] != 0;
    for (std::size_t axis = index.size(); axis-- > 0;) {
      at += strides[axis];
      if (++index[axis] < table.dimensions[axis].labels.size()) break;
      at -= strides[axis] * index[axis];
      index[axis] = 0;
    }
  }
  return cells;
}

/// Adds what another result hides of the same sum.
void add_hidden(Table& to, Table const& from) {
  auto& cells = std::get<std::vector<std::int64_t>>(to.values);
  auto const& others = std::get<std::vector<std::int64_t>>(from.values);
  bool const is_same = to.dimensions == from.dimensions;
  for (std::size_t i = 0; i < others.size(); ++i) {
    if (others[i] == 0) continue;
    auto const cell = is_same ? std::optional{i} : cell_of(to, place_of(from, i));
    if (cell) cells[*cell] = 1;
  }
}

}  // namespace

bool stays_inside(std::string_view quantity, std::string_view units) {
  if (units == "kroner" && quantity != "median_income") return true;
  if (units.starts_with("points")) return true;
  constexpr std::array<std::string_view, 17> counted_back{
      // Who is left of those before, or of those who are followed, follows from the next line; compare sums them up.
      "after_start", "after_end", "step_years", "pathway_lost", "begun_within", "way_lost",
      // What other tables hold as well: who comes to a step, stocks of two dates, the chain of two years. Protected
      // each by itself, one would tell what the other hides.
      "way_months", "incidence_events", "incidence_events_by_region", "flows", "flows_by_region", "income_transitions",
      // Time that one person may have many years of.
      "way_time", "pathway_time", "incidence_years", "time_to_all_met", "contact_years"};
  return std::ranges::find(counted_back, quantity) != counted_back.end() || quantity == "waited_days" ||
         quantity.starts_with("participants_by_") || quantity.starts_with("event_") || quantity.starts_with("score_");
}

namespace {

/// Quantities that the results have in common stand together, others by themselves.
std::vector<LinkedQuantity> quantities_of_all(std::vector<RunResult*> const& results) {
  std::vector<LinkedQuantity> all;
  for (RunResult const* const result : results) {
    for (LinkedQuantity& quantity : linked_quantities(*result)) {
      bool const is_taken =
          std::ranges::any_of(all, [&](LinkedQuantity& known) { return take_together(known, quantity); });
      if (!is_taken) all.push_back(std::move(quantity));
    }
  }
  return all;
}

DisclosureRules rules_of_all(std::vector<RunResult const*> const& results) {
  std::optional<DisclosureRules> rules;
  for (RunResult const* const result : results) {
    if (result->provenance.data_class != "register") continue;
    rules = rules ? strictest(*rules, result->provenance.disclosure) : result->provenance.disclosure;
  }
  return rules.value_or(DisclosureRules{});
}

bool is_any_of_register(std::vector<RunResult const*> const& results) {
  return std::ranges::any_of(results, [](auto const* result) { return result->provenance.data_class == "register"; });
}

/// People whose income is known in the year and run with fewest of them; a median of few is what one of them has.
double fewest_with_income(RunResult const& result) {
  Table const* const people = result.table("income_state");
  if (people == nullptr) return 0;
  auto const by_year = marginal(*people, {"draw", "replicate", "year"});
  return by_year.empty() ? 0 : std::ranges::min(by_year) / static_cast<double>(result.provenance.weight);
}

/// By all of them together, and by what was decided for each when it was run.
std::vector<Table> hidden_together(std::vector<RunResult const*> const& results) {
  std::vector<RunResult> copies(results.size());
  std::vector<RunResult*> all;
  for (std::size_t i = 0; i < results.size(); ++i) {
    copies[i].tables = results[i]->tables;
    copies[i].provenance = results[i]->provenance;
    copies[i].provenance.disclosure = rules_of_all(results);
    all.push_back(&copies[i]);
  }
  hide_cells(all);
  std::vector<Table> hidden = std::move(copies.front().hidden);
  for (Table& table : hidden)
    for (RunResult const* const result : results)
      for (Table const& other : result->hidden)
        if (other.name == table.name && has_names(table, other)) add_hidden(table, other);
  return hidden;
}

}  // namespace

HeldBack hide_cells(std::vector<RunResult*> const& results) {
  HeldBack held;
  std::vector<RunResult const*> const all{results.begin(), results.end()};
  if (!is_any_of_register(all)) return held;
  DisclosureRules const rules = rules_of_all(all);
  std::vector<Table> hidden;
  std::vector<LinkedQuantity> const quantities = quantities_of_all(results);
  for (TiedQuantities const& some : tied(quantities)) {
    HeldBack const more = hide_quantities(some, rules, hidden);
    held.small += more.small;
    held.complements += more.complements;
    held.withheld += more.withheld;
  }
  // Of sets of tables that differ in their labels, what one hides the other does too.
  std::vector<Table> const before = hidden;
  for (Table& table : hidden)
    for (Table const& other : before)
      if (&other - before.data() != &table - hidden.data() && other.name == table.name && has_names(table, other))
        add_hidden(table, other);
  name_apart(hidden);
  for (RunResult* const result : results) result->hidden = hidden;
  return held;
}

ResultGate::ResultGate(std::vector<RunResult const*> const& results) {
  for (RunResult const* const result : results) {
    for (Table const& table : result->tables) {
      std::string const quantity = stays_inside(table.quantity, table.units) ? std::string{} : table.quantity;
      quantities_.try_emplace(table.name, quantity);
    }
  }
  is_open_ = !is_any_of_register(results);
  if (is_open_) return;
  rules_ = rules_of_all(results);
  shows_medians_ = std::ranges::all_of(
      results, [&](RunResult const* result) { return fewest_with_income(*result) >= rules_.denominator; });
  bool const is_decided = std::ranges::all_of(results, [&](RunResult const* result) {
    return !result->hidden.empty() && result->provenance.disclosure == rules_ &&
           result->hidden == results.front()->hidden;
  });
  hidden_ = is_decided ? results.front()->hidden : hidden_together(results);
}

bool ResultGate::is_sum_at(Table const& hidden, std::vector<std::pair<std::string, std::string>> const& place) const {
  // A sum over more dimensions is another number.
  return std::ranges::all_of(place, [&](auto const& at) { return hidden.axis(at.first).has_value(); });
}

bool ResultGate::hides(std::string const& table, std::vector<std::pair<std::string, std::string>> const& place,
                       std::string const& category) const {
  if (is_open_) return false;
  auto const quantity = quantities_.find(table);
  if (quantity == quantities_.end() || quantity->second.empty()) return true;
  if (quantity->second == "median_income") return !shows_medians_;
  // What is left when sequences are told apart: between results of other sequences it is of others.
  if (quantity->second == "sequences" && category == "other") return true;
  bool is_known = false;
  for (Table const& hidden : hidden_) {
    if (hidden.quantity != quantity->second || hidden.long_name != for_means) continue;
    auto whole = place;
    if (!category.empty()) {
      auto const name = category_of(hidden);
      if (name.empty()) continue;  // a sum over all of them is another number
      whole.emplace_back(name, category);
    }
    auto const cell = cell_of(hidden, whole);
    if (!cell || !is_sum_at(hidden, whole)) continue;
    is_known = true;
    if (hidden.value(*cell) != 0) return true;
  }
  return !is_known;
}

std::vector<bool> ResultGate::hidden_in(Table const& table) const {
  std::size_t const cells = table.size();
  if (is_open_) return std::vector<bool>(cells, false);
  if (stays_inside(table.quantity, table.units)) return std::vector<bool>(cells, true);
  if (table.quantity == "median_income") return std::vector<bool>(cells, !shows_medians_);
  std::vector<std::string> names;
  std::size_t runs = 1;
  for (Dimension const& dimension : table.dimensions) {
    if (dimension.name == "draw" || dimension.name == "replicate")
      runs *= dimension.labels.size();
    else if (dimension.labels.size() > 1)
      names.push_back(dimension.name);
  }
  std::string_view const what = runs > 1 ? for_runs : for_means;
  for (Table const& hidden : hidden_) {
    auto const longer = [](Dimension const& dimension) { return dimension.labels.size() > 1; };
    bool const is_it = hidden.quantity == table.quantity && hidden.long_name == what &&
                       static_cast<std::size_t>(std::ranges::count_if(hidden.dimensions, longer)) == names.size() &&
                       std::ranges::all_of(names, [&](auto const& name) { return hidden.axis(name).has_value(); });
    if (is_it && agree(table, hidden)) return spread(table, hidden);
  }
  return std::vector<bool>(cells, true);
}

}  // namespace utvei
