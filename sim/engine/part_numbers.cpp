// SPDX-License-Identifier: Apache-2.0
#include "part_numbers.hpp"

#include <utvei/core/packed_numbers.hpp>

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

namespace utvei {
namespace {

constexpr std::size_t numbers_of_time = 2;

/// The numbers of everything but states; `use` gets them in the same order whether they are written or read.
template <class Use>
void for_each_plain_array(PartNumbers& part, Use const& use) {
  use(std::span{part.tallies.persons()});
  part.defined.for_each_array(use);
  part.served.for_each_array(use);
  part.began.for_each_array(use);
  part.contacts.for_each_array(use);
  part.followed.for_each_array(use);
  part.ways.for_each_array(use);
}

/// The numbers of one home.
template <class T>
std::span<T> home_of(ZeroArray<T>& all, TallyLayout const& layout, std::size_t home, std::size_t numbers) {
  return all.part(home * layout.ages * numbers, layout.ages * numbers);
}

/// Whether anybody was counted there. What was added and taken away again leaves no trace in the bytes.
bool has_numbers(TallySums& sums, TallyLayout const& layout, std::size_t home) {
  auto const is_some = [](auto const& numbers) {
    return std::ranges::any_of(numbers, [](std::int64_t number) { return number != 0; });
  };
  return sums.is_used[home] != 0 && (std::ranges::any_of(home_of(sums.time, layout, home, layout.times()),
                                                         [](TallySums::Time const& time) {
                                                           return time.minutes != 0 || time.years_before != 0;
                                                         }) ||
                                     is_some(home_of(sums.stock, layout, home, layout.stock_changes())) ||
                                     is_some(home_of(sums.events, layout, home, layout.events())));
}

void pack_states(TallySums& sums, TallyLayout const& layout, NumberPacker& packer) {
  for (std::size_t home = 0; home < layout.homes; ++home) {
    if (!has_numbers(sums, layout, home)) continue;
    packer.add(static_cast<std::int64_t>(home) + 1);
    std::vector<std::int64_t> times;
    for (TallySums::Time const& time : home_of(sums.time, layout, home, layout.times())) {
      times.push_back(time.minutes);
      times.push_back(time.years_before);
    }
    packer.add(times);
    packer.add(home_of(sums.stock, layout, home, layout.stock_changes()));
    packer.add(home_of(sums.events, layout, home, layout.events()));
  }
  packer.add(0);
}

void unpack_states(TallySums& sums, TallyLayout const& layout, NumberUnpacker& unpacker) {
  while (std::int64_t const number = unpacker.number()) {
    if (number < 0 || static_cast<std::size_t>(number) > layout.homes) throw DamagedNumbers{};
    auto const home = static_cast<std::size_t>(number - 1);
    sums.is_used[home] = 1;
    auto const times = home_of(sums.time, layout, home, layout.times());
    std::vector<std::int64_t> numbers(times.size() * numbers_of_time);
    unpacker.fill(numbers);
    for (std::size_t i = 0; i < times.size(); ++i)
      times[i] = {numbers[i * numbers_of_time], numbers[i * numbers_of_time + 1]};
    unpacker.fill(home_of(sums.stock, layout, home, layout.stock_changes()));
    unpacker.fill(home_of(sums.events, layout, home, layout.events()));
  }
}

void pack_sequences(SequenceCounts const& sequences, NumberPacker& packer) {
  packer.add(static_cast<std::int64_t>(sequences.size()));
  for (auto const& [sequence, people] : std::map<std::u16string, std::int64_t>{sequences.begin(), sequences.end()}) {
    packer.add(static_cast<std::int64_t>(sequence.size()));
    for (char16_t const token : sequence) packer.add(token);
    packer.add(people);
  }
}

void unpack_sequences(SequenceCounts& sequences, NumberUnpacker& unpacker) {
  for (std::size_t left = unpacker.count(); left > 0; --left) {
    std::u16string sequence(unpacker.count(), u'\0');
    for (char16_t& token : sequence) token = static_cast<char16_t>(unpacker.number());
    sequences[sequence] = unpacker.number();
  }
}

void pack_courses(LifeCourseRecords const& courses, NumberPacker& packer) {
  packer.add(static_cast<std::int64_t>(courses.records.size()));
  for (auto const& record : courses.records) {
    packer.add(static_cast<std::int64_t>(record.person));
    packer.add(record.from);
    packer.add(record.to);
    packer.add(record.time);
    packer.add(static_cast<std::int64_t>(record.cause));
  }
  packer.add(static_cast<std::int64_t>(courses.changes.size()));
  for (auto const& change : courses.changes) {
    packer.add(static_cast<std::int64_t>(change.person));
    packer.add(change.time);
    packer.add(change.trait ? static_cast<std::int64_t>(change.trait->value()) : -1);
    packer.add(change.value);
  }
}

void unpack_courses(LifeCourseRecords& courses, NumberUnpacker& unpacker) {
  courses.records.resize(unpacker.count());
  for (auto& record : courses.records) {
    record.person = static_cast<std::uint64_t>(unpacker.number());
    record.from = static_cast<std::uint16_t>(unpacker.number());
    record.to = static_cast<std::uint16_t>(unpacker.number());
    record.time = unpacker.number();
    record.cause = static_cast<Cause>(unpacker.number());
  }
  courses.changes.resize(unpacker.count());
  for (auto& change : courses.changes) {
    change.person = static_cast<std::uint64_t>(unpacker.number());
    change.time = unpacker.number();
    std::int64_t const trait = unpacker.number();
    if (trait >= 0) change.trait = TraitId{static_cast<std::size_t>(trait)};
    change.value = static_cast<std::uint32_t>(unpacker.number());
  }
}

using Arrays = std::vector<std::span<std::int64_t>>;

/// The numbers that people have whom no service knows, but for states and sequences.
Arrays carried_arrays(PartNumbers& part) {
  Arrays arrays{std::span{part.tallies.persons()}};
  auto const note = [&](std::span<std::int64_t> array) { arrays.push_back(array); };
  part.defined.for_each_array(note);
  part.followed.for_each_array(note);
  part.ways.for_each_array(note);
  return arrays;
}

bool same_tables_of_ways(PathwayTable const& a, PathwayTable const& b) {
  return a.line == b.line && a.by_group == b.by_group && a.by_region == b.by_region;
}

}  // namespace

Designs::Designs(Scenario const& scenario, Population const& people)
    : states{scenario, TallyCalendar{scenario.start, scenario.end, scenario.stock_dates}},
      definitions{scenario, people, states.calendar},
      services{scenario, states.calendar, definitions.by_region},
      participants{scenario, services, states.age_cuts},
      follow_ups{scenario, definitions.by_region},
      pathways{scenario, states.calendar, definitions.by_region} {}

PartNumbers::PartNumbers(Designs const& designs)
    : tallies{designs.states},
      defined{designs.definitions},
      served{designs.services},
      began{designs.participants},
      contacts{designs.services},
      followed{designs.follow_ups},
      ways{designs.pathways} {}

void PartNumbers::add(PartNumbers other) {
  tallies.add(std::move(other.tallies));
  defined.add(other.defined);
  served.add(other.served);
  began.add(other.began);
  contacts.add(other.contacts);
  followed.add(other.followed);
  ways.add(other.ways);
  courses.append(std::move(other.courses));
}

bool Designs::count_like(Designs const& other) const {
  return states.passages == other.states.passages && states.layouts.size() == other.states.layouts.size() &&
         states.groups == other.states.groups && definitions.cells() == other.definitions.cells() &&
         follow_ups.places() == other.follow_ups.places() && follow_ups.waves == other.follow_ups.waves &&
         follow_ups.event_line() == other.follow_ups.event_line() &&
         std::ranges::equal(pathways.tables, other.pathways.tables, same_tables_of_ways);
}

void PartNumbers::carry(PartNumbers& other, std::int64_t sign) {
  tallies.carry(other.tallies, sign);
  Arrays const sums = carried_arrays(*this);
  Arrays const more = carried_arrays(other);
  for (std::size_t i = 0; i < sums.size(); ++i)
    std::ranges::transform(sums[i], more[i], sums[i].begin(),
                           [sign](std::int64_t sum, std::int64_t number) { return sum + sign * number; });
  for (auto const& [sequence, people] : other.ways.sequences()) {
    auto const place = ways.sequences().try_emplace(sequence, 0).first;
    place->second += sign * people;
    if (place->second == 0) ways.sequences().erase(place);
  }
}

std::string pack(PartNumbers& numbers, Designs const& designs) {
  NumberPacker packer;
  packer.add(static_cast<std::int64_t>(numbers.capped_rates));
  for (std::size_t i = 0; i < designs.states.layouts.size(); ++i)
    pack_states(numbers.tallies.sums()[i], designs.states.layouts[i], packer);
  for_each_plain_array(numbers, [&](std::span<std::int64_t const> array) { packer.add(array); });
  pack_sequences(numbers.ways.sequences(), packer);
  pack_courses(numbers.courses, packer);
  return packer.take();
}

PartNumbers unpack(std::string_view bytes, Designs const& designs) {
  PartNumbers numbers{designs};
  NumberUnpacker unpacker{bytes};
  numbers.capped_rates = static_cast<std::size_t>(unpacker.number());
  for (std::size_t i = 0; i < designs.states.layouts.size(); ++i)
    unpack_states(numbers.tallies.sums()[i], designs.states.layouts[i], unpacker);
  for_each_plain_array(numbers, [&](std::span<std::int64_t> array) { unpacker.fill(array); });
  unpack_sequences(numbers.ways.sequences(), unpacker);
  unpack_courses(numbers.courses, unpacker);
  unpacker.finish();
  return numbers;
}

}  // namespace utvei
