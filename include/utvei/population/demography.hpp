// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/column.hpp>
#include <utvei/core/time.hpp>
#include <utvei/document/stock_dates.hpp>
#include <utvei/model/rates.hpp>
#include <utvei/population/population.hpp>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace utvei {

/// People who join a run after its start: a table of how many, by year and by who they are.
struct Entrants {
  enum class Kind { entrants, arrivals };
  Kind kind{Kind::entrants};  ///< people of different kinds never have the same luck
  std::string file;           ///< resolved
  Place place;
  std::optional<std::pair<std::string, Place>> state, age;  ///< of all, where the table has no such column
  std::optional<MonthDay> at;                               ///< the day of the year on which all come; none: any
};

/// Moves between regions: at which rate people leave theirs, and where they go.
struct Moves {
  std::vector<Rate> rates;  ///< of leaving; the transition says nothing
  struct Destination {
    RegionId region;
    double weight{0};  ///< above 0; need not sum to 1
  };
  Column<RegionId, std::vector<Destination>> destinations;  ///< by the region that is left
  Place place;
};

/// The key `demography` of a scenario: what changes a population beside the transitions of its model.
struct Demography {
  std::vector<Entrants> entrants;
  std::optional<Moves> moves;
  std::vector<StateId> outside;  ///< states of people who do not live in the country: they do not move
  std::vector<std::string> inputs;
  std::string data_class{"synthetic"};
};

/// Reads the key. Tables of deaths and departures become those of the transitions to their states that have no rates of
/// their own, in `model`.
Demography read_demography(Value const& value, Model& model, Diagnostics& diagnostics);

/// Adds the people who come between start and end, each with the moment. Who they are does not depend on how many
/// others there are: the key of a person is a hash of the line's year, region, state, age and traits, and of the place
/// among those; so a change in one line leaves the luck of all others as it was. Counts that are not whole are rounded
/// at random, unbiased, by a number of the line. Diagnoses what the people of the start have and a table lacks.
void add_entrants(Demography const& demography, Model const& model, Instant start, Instant end, Population& people,
                  Diagnostics& diagnostics);

}  // namespace utvei
