// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/column.hpp>
#include <utvei/core/random.hpp>
#include <utvei/core/time.hpp>
#include <utvei/model/model.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace utvei {

/// Shares of one attribute: values with weights that need not sum to 1.
struct Shares {
  struct Item {
    std::string value;
    double weight{1};
    Place place;
  };
  std::vector<Item> items;
  Place place;
};

struct SavedPopulation;

/// The key `population` of a scenario: shares, or a file.
struct PopulationSpec {
  std::uint64_t persons{0};
  Place persons_place;
  std::optional<std::string> file;  ///< resolved path of a CSV, or of what `saved` holds; then there are no shares
  Place file_place;
  std::shared_ptr<SavedPopulation const> saved;  ///< of a file of `utvei populate`
  std::string data_class{"synthetic"};           ///< register | open | synthetic; a file's people may be real
  Shares state, age, region, time_in_state;
  std::vector<Shares> traits;  ///< by TraitId; no items: not given
  Place place;
};

/// Synthetic people at the start of a run, one column per attribute. A synthetic person stands for one real person.
struct Population {
  Column<PersonRow, PersonKey> key;
  Column<PersonRow, StateId> state;
  Column<PersonRow, Instant> birth;                      ///< empty: nobody has an age
  Column<PersonRow, RegionId> region;                    ///< empty: there are no regions
  Column<PersonRow, Duration> time_in_state;             ///< empty: zero for all
  Column<PersonRow, Instant> enters;                     ///< when they join the run; empty: all at its start
  std::vector<Column<PersonRow, std::uint16_t>> traits;  ///< by TraitId: level; empty if not given
  std::vector<Column<PersonRow, float>> numbers;         ///< by TraitId, numeric traits
  Column<PersonRow, std::uint32_t> household;            ///< number from 1, 0: in none; may be shorter than the rest
  std::string data_class{"synthetic"};
  std::vector<std::string> inputs;
  [[nodiscard]] std::size_t size() const { return key.size(); }
};

/// People of a file of `utvei populate`.
struct SavedPopulation {
  std::string name;
  Instant date;  ///< the day that they are of
  Population people;
};
/// Reads such a file for a model; nullptr after a diagnosis.
using PeopleLoader = std::function<std::shared_ptr<SavedPopulation const>(
    std::string const& path, Model const& model, Request const& request, Diagnostics& diagnostics)>;

/// Whether somebody is there from the start of the run; the first row is.
inline bool is_there_at_start(Population const& people, PersonRow row) {
  return people.enters.empty() || people.enters[row] == people.enters[PersonRow{0}];
}

/// Reads the key `population` of a scenario. Without a loader (load_population of output is one), a file of `utvei
/// populate` is an error.
PopulationSpec read_population_spec(Value const& value, Model const& model, Diagnostics& diagnostics,
                                    PeopleLoader const& load = {});

/// The states in which people of positive share start, in the order of the model; of a CSV those that its column
/// `state` names. Diagnoses nothing: make_population does.
std::vector<StateId> start_states(PopulationSpec const& spec, Model const& model);

/// Whether the people have a region: shares of it, or a column of the CSV.
bool gives_region(PopulationSpec const& spec);

/// Makes the people. Shares are filled by an additive recurrence (Kronecker sequence, one irrational per attribute), so
/// that person i is the same for any number of persons and each share is met closely; a CSV
/// `person;state;age;region;<traits>;time_in_state;count` is read row by row. Columns that are not given stay empty.
/// The file's rows are in Population in the order of the file. More people than memory holds is an error, and so are
/// saved people of another day than `start`.
Population make_population(PopulationSpec const& spec, Model const& model, Instant start, Diagnostics& diagnostics,
                           std::size_t threads = 0);

}  // namespace utvei
