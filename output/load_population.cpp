// SPDX-License-Identifier: Apache-2.0
#include "hdf5_read.hpp"
#include "provenance.hpp"
#include "write_failure.hpp"

#include <utvei/core/data_class.hpp>
#include <utvei/document/reader.hpp>
#include <utvei/output/population_file.hpp>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr FileFormat population_format{"utvei-population", 1, "people of `utvei populate`"};
constexpr std::size_t most_strangers_told = 5;

/// Reads one file for one model.
class PeopleReader {
 public:
  PeopleReader(hid_t root, Model const& model, Place place, Diagnostics& diagnostics)
      : root_{root}, model_{model}, place_{std::move(place)}, diagnostics_{diagnostics} {}

  SavedPopulation read() {
    SavedPopulation saved{text_attribute(root_, "name"), Instant{integer_attribute(root_, "date")}, {}};
    Population& people = saved.people;
    people.data_class = read_provenance(root_).data_class;
    people.key = column<PersonKey>(read_numbers<std::uint64_t>(open_dataset(root_, "person").get()),
                                   [](std::uint64_t key) { return PersonKey{key}; });
    rows_ = people.size();
    people.state = named<StateId>("state", "labels/state", "state", model_.state_names(),
                                  [&](std::string const& name) { return model_.state(name); });
    if (has_link(root_, "region"))
      people.region = named<RegionId>("region", "labels/region", "region", model_.regions.codes(),
                                      [&](std::string const& code) { return model_.regions.find(code); });
    if (has_link(root_, "birth"))
      people.birth = column<Instant>(numbers<std::int64_t>("birth"), [](std::int64_t t) { return Instant{t}; });
    if (has_link(root_, "time_in_state"))
      people.time_in_state =
          column<Duration>(numbers<std::int64_t>("time_in_state"), [](std::int64_t t) { return Duration{t}; });
    if (has_link(root_, "household"))
      people.household = column<std::uint32_t>(numbers<std::uint32_t>("household"), std::identity{});
    read_traits(people);
    if (strangers_ > most_strangers_told)
      diagnostics_.error(
          place_, fmt::format("{} more names of the people are not in the model", strangers_ - most_strangers_told),
          "the people were made for another model", "name people of this model");
    return saved;
  }
  [[nodiscard]] bool fits() const { return strangers_ == 0; }

 private:
  void stranger(std::string const& what, std::string const& name, std::vector<std::string> const& known) {
    if (++strangers_ <= most_strangers_told)
      diagnostics_.error(place_, fmt::format("the people have the {} `{}`, which the model does not have", what, name),
                         "they were made for another model", did_you_mean(name, known));
  }

  template <class T>
  std::vector<T> numbers(std::string const& name) {
    auto values = read_numbers<T>(open_dataset(root_, name).get());
    if (values.size() != rows_) throw Hdf5Failure{fmt::format("`{}` has {} rows of {}", name, values.size(), rows_)};
    return values;
  }

  template <class T, class Number, class Make>
  static Column<PersonRow, T> column(std::vector<Number> const& values, Make const& make) {
    std::vector<T> made;
    made.reserve(values.size());
    std::ranges::transform(values, std::back_inserter(made), make);
    return Column<PersonRow, T>{std::move(made)};
  }

  /// Numbers of the file to what the model has of that name; what occurs and is not there is diagnosed.
  template <class T, class Find>
  Column<PersonRow, T> named(std::string const& dataset, std::string const& labels_of, std::string const& what,
                             std::vector<std::string> const& known, Find const& find) {
    auto const labels = read_texts(open_dataset(root_, labels_of).get());
    std::vector<std::optional<T>> translated(labels.size());
    std::vector<bool> seen(labels.size(), false);
    return column<T>(numbers<std::uint32_t>(dataset), [&](std::uint32_t number) {
      if (number >= labels.size()) throw Hdf5Failure{fmt::format("`{}` holds {}, which has no label", dataset, number)};
      if (!seen[number]) {
        seen[number] = true;
        translated[number] = find(labels[number]);
        if (!translated[number]) stranger(what, labels[number], known);
      }
      return translated[number].value_or(T{});
    });
  }

  void read_traits(Population& people) {
    people.traits.resize(model_.traits.size());
    people.numbers.resize(model_.traits.size());
    Handle const group = open_group(root_, "traits");
    for (auto const& name : link_names(group.get())) {
      auto const trait = model_.trait(name);
      if (!trait || model_.traits[*trait].numeric) {
        stranger("trait", name, model_.trait_names());
        continue;
      }
      auto const& levels = model_.traits[*trait].levels;
      people.traits[trait->value()] = named<std::uint16_t>(
          "traits/" + name, "labels/traits/" + name, "level of " + name, levels, [&](std::string const& level) {
            auto const found = std::ranges::find(levels, level);
            return found == levels.end() ? std::nullopt
                                         : std::optional{static_cast<std::uint16_t>(found - levels.begin())};
          });
    }
  }

  hid_t root_;
  Model const& model_;
  Place place_;
  Diagnostics& diagnostics_;
  std::size_t rows_{0};
  std::size_t strangers_{0};
};

}  // namespace

std::shared_ptr<SavedPopulation const> load_population(std::string const& path, Model const& model,
                                                       Request const& request, Diagnostics& diagnostics) {
  std::shared_ptr<SavedPopulation> saved;
  std::error_code ignored;
  if (request.from.source && !std::filesystem::exists(path, ignored)) {
    diagnostics.error(request.from, fmt::format("the population file `{}` does not exist", path), {},
                      fmt::format("check the path, or make it: utvei populate POPULATION.yaml -o {}", path));
    return nullptr;
  }
  try {
    read_hdf5_file(path, population_format, [&](hid_t root) {
      PeopleReader reader{root, model, request.from.source ? request.from : whole_file(path), diagnostics};
      SavedPopulation read = reader.read();
      if (reader.fits()) saved = std::make_shared<SavedPopulation>(std::move(read));
    });
  } catch (InputError const& error) {
    report_where_named(error, fmt::format("the population file `{}`", path), request, diagnostics);
    return nullptr;
  }
  if (saved) saved->people.inputs.push_back(path);
  return saved;
}

}  // namespace utvei
