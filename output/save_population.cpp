// SPDX-License-Identifier: Apache-2.0
#include "hdf5_write.hpp"
#include "provenance.hpp"

#include <utvei/output/population_file.hpp>
#include <utvei/register/disclosure.hpp>

#include <algorithm>
#include <functional>
#include <iterator>
#include <span>
#include <utility>

#include <hdf5_hl.h>

namespace utvei {
namespace {

class PeopleWriter {
 public:
  PeopleWriter(hid_t root, Population const& people, Model const& model, std::size_t threads)
      : root_{root}, people_{people}, model_{model}, threads_{threads} {}

  void write() {
    write_labels();
    row_ = make_bare_dimension(root_, "row", people_.size(), Growth::unlimited);
    column<std::uint64_t>(root_, "person", "key of the person", people_.key, [](PersonKey key) { return key.value; });
    column<std::uint16_t>(root_, "state", "number of the state in labels/state, from 0", people_.state,
                          [](StateId state) { return static_cast<std::uint16_t>(state.value()); });
    if (!people_.birth.empty()) {
      auto const birth = column<std::int64_t>(root_, "birth", "time of birth", people_.birth,
                                              [](Instant time) { return time.minutes; });
      write_attribute(birth.get(), "units", "minutes since 1970-01-01 00:00");
    }
    if (!people_.region.empty())
      column<std::uint32_t>(root_, "region", "number of the region in labels/region, from 0", people_.region,
                            [](RegionId region) { return region.value(); });
    if (!people_.time_in_state.empty()) {
      auto const time = column<std::int64_t>(root_, "time_in_state", "time already spent in the state",
                                             people_.time_in_state, [](Duration spent) { return spent.minutes; });
      write_attribute(time.get(), "units", "minutes");
    }
    Handle const traits = make_group(root_, "traits");
    for (TraitId const trait : ids_of(model_.traits))
      if (auto const& levels = people_.traits[trait.value()]; !levels.empty() && !model_.traits[trait].is_hidden)
        column<std::uint16_t>(traits.get(), model_.traits[trait].name, "number of the level in labels/traits, from 0",
                              levels, std::identity{});
  }

  void write(Households const& households) const {
    Handle const of_person =
        write_numbers(root_, "household", {households.of_person.size()},
                      std::span<std::uint32_t const>{households.of_person}, Growth::unlimited, threads_);
    write_attribute(of_person.get(), "long_name", "number of the household in households, from 1; 0: in none");
    check_hdf5(H5DSattach_scale(of_person.get(), row_.get(), 0), "household");
    Handle const group = make_group(root_, "households");
    Handle const number = make_bare_dimension(group.get(), "number", households.size(), Growth::unlimited);
    auto const column = [&](char const* name, std::vector<std::uint8_t> const& values) {
      Handle const dataset = write_numbers(group.get(), name, {values.size()}, std::span<std::uint8_t const>{values},
                                           Growth::unlimited, threads_);
      check_hdf5(H5DSattach_scale(dataset.get(), number.get(), 0), name);
    };
    column("adults", households.adults);
    column("children", households.children);
  }

 private:
  void write_labels() const {
    Handle const labels = make_group(root_, "labels");
    write_texts(labels.get(), "state", model_.state_names());
    if (!people_.region.empty()) write_texts(labels.get(), "region", model_.regions.codes());
    Handle const traits = make_group(labels.get(), "traits");
    for (TraitId const trait : ids_of(model_.traits))
      if (!people_.traits[trait.value()].empty() && !model_.traits[trait].is_hidden)
        write_texts(traits.get(), model_.traits[trait].name, model_.traits[trait].levels);
  }

  template <class T, class Values, class Get>
  Handle column(hid_t group, std::string const& name, char const* long_name, Values const& values,
                Get const& get) const {
    std::vector<T> numbers;
    numbers.reserve(values.size());
    std::transform(values.begin(), values.end(), std::back_inserter(numbers), get);
    Handle dataset =
        write_numbers(group, name, {numbers.size()}, std::span<T const>{numbers}, Growth::unlimited, threads_);
    write_attribute(dataset.get(), "long_name", long_name);
    check_hdf5(H5DSattach_scale(dataset.get(), row_.get(), 0), name.c_str());
    return dataset;
  }

  hid_t root_;
  Population const& people_;
  Model const& model_;
  std::size_t threads_;
  Handle row_;
};

}  // namespace

void save_population(SavedPopulation const& saved, Households const& households, Model const& model,
                     Provenance const& provenance, std::string const& path) {
  Provenance said = provenance;
  said.format = "utvei-population";
  said.format_version = 1;
  said.data_class = saved.people.data_class;
  write_hdf5_file(
      path,
      [&](hid_t root) {
        write_provenance(root, said);
        write_attribute(root, "name", saved.name);
        write_attribute(root, "model", model.name);
        write_attribute(root, "date", saved.date.minutes);
        write_attribute(root, "seed", std::int64_t{said.seed});
        PeopleWriter writer{root, saved.people, model, provenance.threads};
        writer.write();
        if (households.size() > 0) writer.write(households);
      },
      file_mode(said.data_class));
}

}  // namespace utvei
