// SPDX-License-Identifier: Apache-2.0
#include <utvei/core/data_class.hpp>
#include <utvei/model/rate_table.hpp>

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

RateTable table_of_transitions(std::string const& path, Model const& model) {
  RateTable table;
  table.path = path;
  table.ends = model.state_names();
  table.owner = model.path;
  for (Transition const& transition : model.transitions) {
    table.ways.push_back({model.states[transition.from].name, model.states[transition.to].name, transition.name,
                          transition.table == path, transition.place, transition.table_place});
  }
  return table;
}

/// The changes of one trait that take this table, and those that do not.
RateTable table_of_levels(std::string const& path, TraitId trait, Model const& model) {
  RateTable table;
  table.path = path;
  table.way = "change";
  table.end = "level";
  table.ends = model.traits[trait].levels;
  table.owner = model.path;
  table.rates_of = RateTable::For::turns;
  for (TraitChange const& change : model.trait_changes) {
    if (change.trait != trait) continue;
    table.ways.push_back({table.ends[change.from], table.ends[change.to], change.name, change.table == path,
                          change.place, change.table_place});
  }
  return table;
}

class RateReader {
 public:
  RateReader(Model const& model, Diagnostics& diagnostics) : model_{model}, diagnostics_{diagnostics} {
    rates_.data_class = model.data_class;
  }

  Rates read() {
    for (TransitionId const id : ids_of(model_.transitions)) read_transition(id);
    for (std::size_t i = 0; i < model_.trait_changes.size(); ++i) read_change(i);
    return std::move(rates_);
  }

 private:
  bool is_new(std::string const& path) {
    if (std::ranges::find(rates_.inputs, path) != rates_.inputs.end()) return false;
    rates_.inputs.push_back(path);
    return true;
  }

  void read_transition(TransitionId id) {
    Transition const& transition = model_.transitions[id];
    if (transition.rate_per_year) {
      rates_.rates.push_back({id, Box{}, *transition.rate_per_year, std::nullopt, transition.place});
    }
    if (!transition.table || !is_new(*transition.table)) return;
    note_class(read_rate_table(table_of_transitions(*transition.table, model_), model_, Request{transition.table_place},
                               rates_.rates, diagnostics_));
  }

  void read_change(std::size_t i) {
    TraitChange const& change = model_.trait_changes[i];
    if (change.rate_per_year) {
      add_change({TransitionId{i}, Box{}, *change.rate_per_year, std::nullopt, change.place});
    }
    // A table of one trait is read once; the places of its ways are those of the trait's changes.
    bool const is_first =
        std::none_of(model_.trait_changes.data(), model_.trait_changes.data() + i,
                     [&](auto const& c) { return c.trait == change.trait && c.table == change.table; });
    if (!change.table || !is_first) return;
    is_new(*change.table);
    std::vector<Rate> rows;
    note_class(read_rate_table(table_of_levels(*change.table, change.trait, model_), model_,
                               Request{change.table_place}, rows, diagnostics_));
    std::vector<std::size_t> places;
    for (std::size_t k = 0; k < model_.trait_changes.size(); ++k) {
      if (model_.trait_changes[k].trait == change.trait) places.push_back(k);
    }
    for (Rate& row : rows) {
      row.transition = TransitionId{places[row.transition.value()]};
      add_change(std::move(row));
    }
  }

  /// Only people who have the level are at risk, and a line of the table may not say otherwise.
  void add_change(Rate rate) {
    TraitChange const& change = model_.trait_changes[rate.transition.value()];
    rate.box.traits.resize(model_.traits.size());
    auto& level = rate.box.traits[change.trait.value()];
    if (level && *level != change.from) {
      diagnostics_.error(rate.place, fmt::format("a line of `{}` for people of another level", change.name),
                         "only who has the level can leave it",
                         fmt::format("take the column `{}` out", model_.traits[change.trait].name));
    }
    level = change.from;
    rates_.of_traits.push_back(std::move(rate));
  }

  void note_class(std::string const& data_class) { rates_.data_class = strictest({rates_.data_class, data_class}); }

  Model const& model_;
  Diagnostics& diagnostics_;
  Rates rates_;
};

}  // namespace

Rates read_rates(Model const& model, Diagnostics& diagnostics) {
  return RateReader{model, diagnostics}.read();
}

}  // namespace utvei
