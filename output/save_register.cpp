// SPDX-License-Identifier: Apache-2.0
#include "hdf5_write.hpp"
#include "provenance.hpp"

#include <utvei/output/register_file.hpp>
#include <utvei/register/disclosure.hpp>

#include <algorithm>
#include <functional>
#include <iterator>
#include <span>

#include <nlohmann/json.hpp>

namespace utvei {
namespace {

std::string counts_json(RegisterCounts const& counts) {
  nlohmann::ordered_json json;
  for (NamedCount const& named : named_counts()) json[std::string{named.name}] = counts.*named.count;
  json["rejected"] = nlohmann::ordered_json::array();
  for (RejectCount const& reason : counts.rejected)
    json["rejected"].push_back({{"file", reason.file}, {"reason", reason.reason}, {"rows", reason.rows}});
  // A path may hold any bytes; those that are not UTF-8 are replaced.
  return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

std::uint32_t number_of(RegionId region) {
  return region == unknown_region ? 0U : region.value() + 1U;
}

std::uint32_t number_of(std::uint16_t level) {
  return level == unknown_level ? 0U : level + 1U;
}

std::uint64_t number_of(ActivitySet active) {
  return active.bits();
}

class RegisterWriter {
 public:
  RegisterWriter(hid_t root, LifeCourses const& lives, Model const& model, std::size_t threads)
      : root_{root}, lives_{lives}, model_{model}, threads_{threads} {}

  void write_labels() const {
    Handle const labels = make_group(root_, "labels");
    write_texts(labels.get(), "state", model_.state_names());
    write_texts(labels.get(), "region", model_.regions.codes());
    if (!lives_.activities.empty()) write_texts(labels.get(), "activity", lives_.activity_names);
    Handle const traits = make_group(labels.get(), "traits");
    for (std::size_t t = 0; t < model_.traits.size(); ++t)
      if (lives_.persons.knows_trait(TraitId{t}))
        write_texts(traits.get(), model_.traits[TraitId{t}].name, model_.traits[TraitId{t}].levels);
  }

  void write_persons() const {
    RegisterPersons const& persons = lives_.persons;
    Handle const group = make_group(root_, "persons");
    write_texts(group.get(), "id", persons.id.values());
    column<std::uint64_t>(group.get(), "first_spell", lives_.first_spell, std::identity{});
    if (!persons.birth.empty())
      column<std::int64_t>(group.get(), "birth", persons.birth, [](Instant t) { return t.minutes; });
    if (!persons.region.empty())
      column<std::uint32_t>(group.get(), "region", persons.region, [](RegionId r) { return number_of(r); });
    Handle const traits = make_group(group.get(), "traits");
    for (std::size_t t = 0; t < persons.traits.size(); ++t)
      if (!persons.traits[t].empty())
        column<std::uint32_t>(traits.get(), model_.traits[TraitId{t}].name, persons.traits[t],
                              [](std::uint16_t level) { return number_of(level); });
  }

  void write_changes() const {
    RegisterPersons const& persons = lives_.persons;
    Handle const group = make_group(root_, "changes");
    if (!persons.residence.empty()) timeline(group.get(), "residence", persons.residence);
    if (!lives_.activities.empty()) timeline<std::uint64_t>(group.get(), "activities", lives_.activities);
    Handle const traits = make_group(group.get(), "traits");
    for (std::size_t t = 0; t < persons.traits_over_time.size(); ++t)
      if (!persons.traits_over_time[t].empty())
        timeline(traits.get(), model_.traits[TraitId{t}].name, persons.traits_over_time[t]);
  }

  void write_spells() const {
    Handle const group = make_group(root_, "spells");
    auto const minutes = [](Instant t) { return t.minutes; };
    column<std::uint32_t>(group.get(), "state", lives_.state, [](StateId s) { return s.value(); });
    column<std::int64_t>(group.get(), "entered", lives_.entered, minutes);
    column<std::int64_t>(group.get(), "enter", lives_.enter, minutes);
    column<std::int64_t>(group.get(), "leave", lives_.leave, minutes);
    column<std::uint8_t>(group.get(), "entry_known", lives_.entry_known,
                         [](bool known) { return static_cast<std::uint8_t>(known); });
    column<std::uint32_t>(group.get(), "next", lives_.next,
                          [](std::optional<StateId> s) { return s ? s->value() + 1U : 0U; });
  }

 private:
  template <class T, class Values, class Get>
  void column(hid_t group, std::string const& name, Values const& values, Get const& get) const {
    std::vector<T> numbers;
    numbers.reserve(values.size());
    std::transform(values.begin(), values.end(), std::back_inserter(numbers), get);
    write_numbers(group, name, {numbers.size()}, std::span<T const>{numbers}, Growth::fixed, threads_);
  }

  template <class Number = std::uint32_t, class T>
  void timeline(hid_t parent, std::string const& name, Timeline<T> const& line) const {
    Handle const group = make_group(parent, name);
    column<std::uint64_t>(group.get(), "first", line.first, std::identity{});
    column<std::int64_t>(group.get(), "from", line.from, [](Instant t) { return t.minutes; });
    column<Number>(group.get(), "value", line.value, [](T value) { return number_of(value); });
  }

  hid_t root_;
  LifeCourses const& lives_;
  Model const& model_;
  std::size_t threads_;
};

}  // namespace

void save_register(LifeCourses const& lives, Study const& study, Provenance const& provenance,
                   std::string const& path) {
  Provenance said = provenance;
  said.format = "utvei-register";
  said.format_version = 1;
  said.data_class = lives.data_class;
  said.disclosure = study.disclosure;
  write_hdf5_file(
      path,
      [&](hid_t root) {
        write_provenance(root, said);
        write_attribute(root, "name", study.name);
        write_attribute(root, "model", study.model.name);
        write_attribute(root, "window_from", study.from.minutes);
        write_attribute(root, "window_to", study.to.minutes);
        write_attribute(root, "time_unit", study.time.unit);
        if (study.time.origin) write_attribute(root, "time_origin", study.time.origin->minutes);
        write_attribute(root, "counts", counts_json(lives.counts));
        RegisterWriter const writer{root, lives, study.model, provenance.threads};
        writer.write_labels();
        writer.write_persons();
        writer.write_changes();
        writer.write_spells();
      },
      file_mode(lives.data_class));
}

}  // namespace utvei
