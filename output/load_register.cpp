// SPDX-License-Identifier: Apache-2.0
#include "hdf5_read.hpp"
#include "provenance.hpp"
#include "write_failure.hpp"

#include <utvei/document/reader.hpp>
#include <utvei/output/register_file.hpp>

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace utvei {
namespace {

constexpr FileFormat register_format{"utvei-register", 1, "a register of `utvei register`"};

RegisterCounts counts_of(std::string const& text) {
  auto const json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_object()) throw Hdf5Failure{"`counts` should be a map"};
  RegisterCounts counts;
  for (NamedCount const& named : named_counts()) counts.*named.count = json.value(named.name, std::int64_t{0});
  for (auto const& reason : json.value("rejected", nlohmann::json::array()))
    counts.rejected.push_back({reason.value("file", std::string{}), reason.value("reason", std::string{}),
                               reason.value("rows", std::int64_t{0})});
  return counts;
}

/// Reads one file for one study.
class RegisterReader {
 public:
  RegisterReader(hid_t root, Study& study, Diagnostics& diagnostics)
      : root_{root}, study_{study}, diagnostics_{diagnostics} {}

  LifeCourses read() {
    read_time();
    LifeCourses lives;
    lives.data_class = study_.data_class;
    lives.has_calendar = study_.time.has_calendar();
    lives.counts = counts_of(text_attribute(root_, "counts"));
    lives.inputs = files_of(study_);
    read_persons(lives);
    read_changes(lives.persons);
    read_activities(lives);
    read_spells(lives);
    return lives;
  }

 private:
  void read_time() {
    Provenance const said = read_provenance(root_);
    study_.data_class = said.data_class;
    study_.disclosure = said.disclosure;
    study_.from = Instant{integer_attribute(root_, "window_from")};
    study_.to = Instant{integer_attribute(root_, "window_to")};
    study_.time.unit = text_attribute(root_, "time_unit");
    if (!study_.time.unit.empty()) study_.time.unit_minutes = minutes_of_unit(study_.time.unit);
    if (has_attribute(root_, "time_origin")) study_.time.origin = Instant{integer_attribute(root_, "time_origin")};
  }

  void unknown(std::string const& problem, std::string const& suggestion) {
    if (said_.insert(problem).second)
      diagnostics_.error(study_.register_place, problem, "the register was made for another model", suggestion);
  }

  /// Numbers of the file to those of the model. What the model lacks is diagnosed if it occurs.
  template <class Id, class Find>
  std::vector<Id> translated(std::vector<std::uint32_t> const& numbers, std::vector<std::string> const& labels,
                             std::string_view what, std::vector<std::string> const& known, Id unknown_id,
                             Find const& find) {
    std::vector<std::optional<Id>> ids(labels.size() + 1);
    ids[0] = unknown_id;
    std::vector<Id> result;
    result.reserve(numbers.size());
    for (auto const number : numbers) {
      if (number >= ids.size())
        throw Hdf5Failure{fmt::format("a {} has the number {}, which has no label", what, number)};
      if (!ids[number]) {
        std::string const& label = labels[number - 1];
        auto const found = find(label);
        if (!found)
          unknown(fmt::format("the register file holds the {} `{}`, which the model does not have", what, label),
                  did_you_mean(label, known));
        ids[number] = found.value_or(unknown_id);
      }
      result.push_back(*ids[number]);
    }
    return result;
  }

  std::vector<RegionId> regions(std::vector<std::uint32_t> const& numbers) {
    Regions const& known = study_.model.regions;
    return translated(numbers, read_texts(open_dataset(root_, "labels/region").get()), "region", known.codes(),
                      unknown_region, [&](std::string const& code) { return known.find(code); });
  }

  std::vector<std::uint16_t> levels(std::vector<std::uint32_t> const& numbers, TraitId id) {
    Trait const& trait = study_.model.traits[id];
    return translated(numbers, read_texts(open_dataset(root_, "labels/traits/" + trait.name).get()),
                      "level of trait " + trait.name, trait.levels, unknown_level, [&](std::string const& label) {
                        auto const found = std::ranges::find(trait.levels, label);
                        return found == trait.levels.end()
                                   ? std::nullopt
                                   : std::optional{static_cast<std::uint16_t>(found - trait.levels.begin())};
                      });
  }

  /// Calls `read` for each trait that stands in the group and that the model has.
  template <class Read>
  void for_each_trait(std::string const& group, Read const& read) {
    Handle const opened = open_group(root_, group);
    for (auto const& name : link_names(opened.get())) {
      if (auto const trait = study_.model.trait(name))
        read(*trait, fmt::format("{}/{}", group, name));
      else
        unknown(fmt::format("the register file holds the trait `{}`, which the model does not have", name),
                did_you_mean(name, study_.model.trait_names()));
    }
  }

  template <class T>
  std::vector<T> numbers(std::string const& name) {
    return read_numbers<T>(open_dataset(root_, name).get());
  }

  template <class T>
  std::vector<T> numbers(std::string const& name, std::size_t size) {
    auto values = numbers<T>(name);
    if (values.size() != size) throw Hdf5Failure{fmt::format("`{}` has {} rows of {}", name, values.size(), size)};
    return values;
  }

  std::vector<Instant> instants(std::string const& name, std::size_t size) {
    auto const minutes = numbers<std::int64_t>(name, size);
    std::vector<Instant> result;
    result.reserve(size);
    for (auto const minute : minutes) result.push_back(Instant{minute});
    return result;
  }

  /// Where the rows of each person begin, and one more.
  std::vector<std::size_t> firsts(std::string const& name, std::size_t persons) {
    auto const read = numbers<std::uint64_t>(name, persons + 1);
    if (read.front() != 0 || !std::ranges::is_sorted(read)) throw Hdf5Failure{fmt::format("`{}` does not rise", name)};
    return {read.begin(), read.end()};
  }

  void read_persons(LifeCourses& lives) {
    RegisterPersons& persons = lives.persons;
    persons.id = Column<PersonRow, std::string>{read_texts(open_dataset(root_, "persons/id").get())};
    std::size_t const size = persons.size();
    lives.first_spell = firsts("persons/first_spell", size);
    Handle const group = open_group(root_, "persons");
    if (has_link(group.get(), "birth")) {
      persons.birth = Column<PersonRow, Instant>{instants("persons/birth", size)};
      study_.persons.birth.emplace();
    }
    if (has_link(group.get(), "region")) {
      persons.region = Column<PersonRow, RegionId>{regions(numbers<std::uint32_t>("persons/region", size))};
      study_.persons.region.emplace();
    }
    persons.traits.resize(study_.model.traits.size());
    for_each_trait("persons/traits", [&](TraitId trait, std::string const& name) {
      persons.traits[trait.value()] =
          Column<PersonRow, std::uint16_t>{levels(numbers<std::uint32_t>(name, size), trait)};
      study_.persons.traits.push_back({trait, {}});
    });
  }

  template <class T, class Number = std::uint32_t, class Translate>
  Timeline<T> timeline(std::string const& name, std::size_t persons, Translate const& translate) {
    Timeline<T> line;
    line.first = firsts(name + "/first", persons);
    line.from = instants(name + "/from", line.first.back());
    line.value = translate(numbers<Number>(name + "/value", line.first.back()));
    return line;
  }

  void read_changes(RegisterPersons& persons) {
    Handle const group = open_group(root_, "changes");
    if (has_link(group.get(), "residence")) {
      persons.residence =
          timeline<RegionId>("changes/residence", persons.size(), [&](auto const& read) { return regions(read); });
      study_.residence.emplace();
    }
    persons.traits_over_time.resize(study_.model.traits.size());
    for_each_trait("changes/traits", [&](TraitId trait, std::string const& name) {
      persons.traits_over_time[trait.value()] =
          timeline<std::uint16_t>(name, persons.size(), [&](auto const& read) { return levels(read, trait); });
      study_.traits_over_time.push_back({trait, {}});
    });
  }

  /// Those of a study whose sources name activities; they are names of its own, not of the model.
  void read_activities(LifeCourses& lives) {
    Handle const group = open_group(root_, "changes");
    if (!has_link(group.get(), "activities")) return;
    lives.activity_names = read_texts(open_dataset(root_, "labels/activity").get());
    lives.activities = timeline<ActivitySet, std::uint64_t>("changes/activities", lives.persons.size(),
                                                            [](std::vector<std::uint64_t> const& sets) {
                                                              std::vector<ActivitySet> active;
                                                              active.reserve(sets.size());
                                                              for (std::uint64_t const set : sets)
                                                                active.emplace_back(set);
                                                              return active;
                                                            });
  }

  void read_spells(LifeCourses& lives) {
    std::size_t const size = lives.first_spell.back();
    auto const labels = read_texts(open_dataset(root_, "labels/state").get());
    // Numbers of states count from 0, those of what may be unknown from 1.
    auto const states = [&](std::vector<std::uint32_t> const& read) {
      return translated(read, labels, "state", study_.model.state_names(), no_state,
                        [&](std::string const& name) { return study_.model.state(name); });
    };
    auto state = numbers<std::uint32_t>("spells/state", size);
    for (auto& number : state) ++number;
    lives.state = Column<SpellId, StateId>{states(state)};
    lives.entered = Column<SpellId, Instant>{instants("spells/entered", size)};
    lives.enter = Column<SpellId, Instant>{instants("spells/enter", size)};
    lives.leave = Column<SpellId, Instant>{instants("spells/leave", size)};
    for (auto const known : numbers<std::uint8_t>("spells/entry_known", size)) lives.entry_known.push_back(known != 0);
    for (StateId const next : states(numbers<std::uint32_t>("spells/next", size)))
      lives.next.push_back(next == no_state ? std::nullopt : std::optional{next});
    lives.person.reserve(size);
    for (std::size_t p = 0; p < lives.persons.size(); ++p)
      for (auto s = lives.first_spell[p]; s < lives.first_spell[p + 1]; ++s) lives.person.push_back(PersonRow{p});
  }

  static constexpr StateId no_state{0xffffffff};

  hid_t root_;
  Study& study_;
  Diagnostics& diagnostics_;
  std::set<std::string> said_;
};

}  // namespace

LifeCourses load_register(Study& study, Diagnostics& diagnostics) {
  LifeCourses lives;
  try {
    read_hdf5_file(*study.register_file, register_format, [&](hid_t root) {
      lives = RegisterReader{root, study, diagnostics}.read();
    });
  } catch (InputError const& error) {
    report_where_named(error, fmt::format("the register file `{}`", *study.register_file),
                       Request{study.register_place}, diagnostics);
  }
  return lives;
}

}  // namespace utvei
