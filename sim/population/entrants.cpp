// SPDX-License-Identifier: Apache-2.0
#include "entrant_table.hpp"
#include "memory.hpp"
#include "text_hash.hpp"

#include <utvei/core/random.hpp>
#include <utvei/population/demography.hpp>

#include <algorithm>
#include <cmath>
#include <optional>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

// What the numbers of a person or a line are used for: each is a hash of its own.
enum class Purpose : std::uint64_t { moment = 1, age = 2, fraction = 3 };

/// A number in [0, 1) that is a pure function of a key and what it is for.
double fraction_of(std::uint64_t key, Purpose purpose) {
  return static_cast<double>(mix64(key ^ mix64(static_cast<std::uint64_t>(purpose))) >> 11U) * 0x1p-53;
}

/// Makes people of lines.
class Comers {
 public:
  Comers(Instant start, Instant end, Population& people) : start_{start}, end_{end}, people_{people} {
    people_.enters = Column<PersonRow, Instant>{people.size(), start};
  }

  void add(EntrantLine const& line, std::optional<MonthDay> const& at) {
    for (int year = year_of(start_); start_of_year(year) < end_; ++year) {
      if (!line.year || *line.year == year) add(line, year, at);
    }
  }

 private:
  void add(EntrantLine const& line, int year, std::optional<MonthDay> const& at) {
    std::string const name = fmt::format("{}|{}", year, line.name);
    std::uint64_t const stratum = mix64(text_hash(name));
    std::uint64_t& order = next_[stratum];
    auto count = static_cast<std::uint64_t>(line.count);
    double const rest = line.count - std::floor(line.count);
    if (rest > 0 && fraction_of(stratum + order, Purpose::fraction) < rest) ++count;
    for (std::uint64_t i = 0; i < count; ++i) add_person(line, year, at, PersonKey{mix64(stratum + ++order)});
  }

  void add_person(EntrantLine const& line, int year, std::optional<MonthDay> const& at, PersonKey key) {
    Instant const enters = moment(year, at, key);
    if (enters < start_ || enters >= end_) return;
    people_.key.push_back(key);
    people_.state.push_back(line.state);
    people_.enters.push_back(enters);
    if (line.age) {
      auto const width = static_cast<double>((line.age->to - line.age->from).minutes);
      Duration const beyond{static_cast<std::int64_t>(width * fraction_of(key.value, Purpose::age))};
      people_.birth.push_back(enters - line.age->from - beyond);
    }
    if (line.region) people_.region.push_back(*line.region);
    if (!people_.time_in_state.empty()) people_.time_in_state.push_back(Duration{});
    for (std::size_t t = 0; t < line.levels.size(); ++t) {
      if (!people_.traits[t].empty()) people_.traits[t].push_back(line.levels[t]);
      if (!people_.numbers[t].empty()) people_.numbers[t].push_back(line.numbers[t]);
    }
  }

  static Instant moment(int year, std::optional<MonthDay> const& at, PersonKey key) {
    if (at) return *date(year, at->month, at->day);
    Instant const begin = start_of_year(year);
    auto const length = static_cast<double>((start_of_year(year + 1) - begin).minutes);
    return begin + Duration{static_cast<std::int64_t>(length * fraction_of(key.value, Purpose::moment))};
  }

  Instant start_, end_;
  Population& people_;
  std::unordered_map<std::uint64_t, std::uint64_t> next_;  ///< by hash of year and name: people so far
};

std::size_t bytes_of_person(Population const& people) {
  std::size_t bytes = sizeof(PersonKey) + sizeof(StateId) + sizeof(Instant);
  if (!people.birth.empty()) bytes += sizeof(Instant);
  if (!people.region.empty()) bytes += sizeof(RegionId);
  if (!people.time_in_state.empty()) bytes += sizeof(Duration);
  for (auto const& trait : people.traits) bytes += trait.empty() ? 0 : sizeof(std::uint16_t);
  return bytes;
}

double people_in(EntrantLine const& line, Instant start, Instant end) {
  int const first = year_of(start);
  int const last = year_of(end);
  if (line.year) return *line.year >= first && *line.year <= last ? line.count : 0;
  return line.count * (last - first + 1);
}

/// Tables that end before the run does would let a country die out.
void warn_of_missing_years(std::vector<EntrantLine> const& lines, Entrants const& table, Instant start, Instant end,
                           Diagnostics& diagnostics) {
  if (lines.empty() || std::ranges::any_of(lines, [](EntrantLine const& line) { return !line.year; })) return;
  int last_of_run = year_of(end);
  if (start_of_year(last_of_run) == end) --last_of_run;
  int const last = *std::ranges::max(lines, {}, &EntrantLine::year).year;
  int const first = *std::ranges::min(lines, {}, &EntrantLine::year).year;
  if (last >= last_of_run && first <= year_of(start)) return;
  diagnostics.warning(table.place,
                      fmt::format("{} tells of {} to {}, the run is from {} to {}", table.file, first, last,
                                  format(start), format(end)),
                      "in the other years nobody comes by this table",
                      "add lines for them, or leave `year` empty: then a line is for every year");
}

}  // namespace

void add_entrants(Demography const& demography, Model const& model, Instant start, Instant end, Population& people,
                  Diagnostics& diagnostics) {
  if (demography.entrants.empty()) return;
  std::size_t const before = diagnostics.error_count();
  std::vector<std::vector<EntrantLine>> lines;
  double count = 0;
  for (Entrants const& table : demography.entrants) {
    auto const& own = lines.emplace_back(read_entrant_table(table, model, people, diagnostics));
    for (EntrantLine const& line : own) count += people_in(line, start, end);
    warn_of_missing_years(own, table, start, end, diagnostics);
  }
  if (diagnostics.error_count() > before) return;
  auto const all = people.size() + static_cast<std::uint64_t>(count);
  if (!fits_into_memory(all, bytes_of_person(people), demography.entrants.front().place, diagnostics)) return;
  Comers comers{start, end, people};
  for (std::size_t i = 0; i < lines.size(); ++i) {
    for (EntrantLine const& line : lines[i]) comers.add(line, demography.entrants[i].at);
  }
}

}  // namespace utvei
