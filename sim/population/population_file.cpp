// SPDX-License-Identifier: Apache-2.0
#include "population_file.hpp"

#include "attributes.hpp"
#include "memory.hpp"
#include "text_hash.hpp"

#include <utvei/document/delimited.hpp>
#include <utvei/document/reader.hpp>

#include <algorithm>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

namespace utvei {

namespace {

constexpr std::size_t shown_errors = 100;
constexpr std::int64_t most_copies = 4'000'000'000;

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};
template <class T>
using TextMap = std::unordered_map<std::string, T, TextHash, std::equal_to<>>;

/// One column of the file; the same text is read once.
template <class T>
class FileColumn {
 public:
  using Read = std::function<Reading<T>(std::string_view)>;
  FileColumn() = default;
  FileColumn(std::optional<std::size_t> column, Read read) : column_{column}, read_{std::move(read)} {}

  [[nodiscard]] bool is_there() const { return column_.has_value(); }

  /// nullopt after a diagnosis.
  std::optional<T> value(DelimitedFile::Row const& row, Diagnostics& diagnostics) {
    std::string_view const text = row[*column_];
    auto found = known_.find(text);
    if (found == known_.end()) found = known_.emplace(std::string{text}, read_(text)).first;
    Reading<T> const& reading = found->second;
    if (!reading.value) diagnostics.error(row.place(*column_), reading.problem, {}, reading.suggestion);
    return reading.value;
  }

 private:
  std::optional<std::size_t> column_;
  Read read_;
  TextMap<Reading<T>> known_;
};

/// The people as they are read, one vector an attribute.
struct Rows {
  std::vector<PersonKey> key;
  std::vector<StateId> state;
  std::vector<Instant> birth;
  std::vector<RegionId> region;
  std::vector<Duration> time_in_state;
  std::vector<std::vector<std::uint16_t>> traits;
  std::vector<std::vector<float>> numbers;
  std::vector<std::uint32_t> household;
};

Reading<Duration> read_time_or_zero(std::string_view text) {
  return text.find_first_not_of(' ') == std::string_view::npos ? Reading<Duration>{Duration{}, {}, {}}
                                                               : read_time_in_state(text);
}

Reading<std::int64_t> read_count(std::string_view text) {
  if (text.find_first_not_of(' ') == std::string_view::npos) return {1, {}, {}};
  auto const count = parse_integer(text);
  if (count && *count >= 0 && *count <= most_copies) return {count, {}, {}};
  return {{}, fmt::format("`{}` is not a number of people", text), "write a whole number, 0 or more"};
}

class FileReader {
 public:
  FileReader(DelimitedFile const& file, PopulationSpec const& spec, Model const& model, Instant start,
             Diagnostics& diagnostics)
      : file_{file}, spec_{spec}, model_{model}, start_{start}, diagnostics_{diagnostics} {
    rows_.traits.resize(model.traits.size());
    rows_.numbers.resize(model.traits.size());
    find_columns();
    refuse_other_columns();
    room_ = most_that_fit(bytes_each());
  }

  Population read() {
    if (!state_.is_there()) return {};
    std::size_t const before = diagnostics_.error_count();
    file_.for_each_row(diagnostics_, [this, before](DelimitedFile::Row const& row) {
      if (diagnostics_.error_count() - before < shown_errors) read_row(row);
    });
    if (diagnostics_.error_count() - before >= shown_errors) {
      diagnostics_.error({}, fmt::format("too many errors in {}: the rest is not shown", file_.path()));
    } else if (diagnostics_.error_count() == before && rows_.key.empty()) {
      diagnostics_.error(spec_.file_place, fmt::format("no people in {}", file_.path()),
                         "it has no rows, or counts of 0 alone", "add a row for each person, or one with a `count`");
    }
    return finish();
  }

 private:
  template <class T>
  FileColumn<T> column(std::string_view name, typename FileColumn<T>::Read read) const {
    return {file_.column(name), std::move(read)};
  }

  void find_columns() {
    if (auto const state = file_.require_column("state", {}, diagnostics_)) {
      state_ = {state, [this](std::string_view text) { return read_state(text, model_); }};
    }
    person_ = file_.column("person");
    household_ = file_.column("household");
    char const separator = file_.separator();
    age_ = column<Duration>("age", [separator](std::string_view text) { return read_age(text, separator); });
    region_ = column<RegionId>("region", [this](std::string_view text) { return read_region(text, model_); });
    time_in_state_ = column<Duration>("time_in_state", read_time_or_zero);
    count_ = column<std::int64_t>("count", read_count);
    for (Trait const& trait : model_.traits) {
      levels_.push_back(trait.numeric ? FileColumn<std::uint16_t>{}
                                      : column<std::uint16_t>(trait.name, [&trait](std::string_view text) {
                                          return read_level(text, trait);
                                        }));
      numbers_.push_back(trait.numeric ? column<float>(trait.name,
                                                       [&trait, separator](std::string_view text) {
                                                         return read_number(text, trait, separator);
                                                       })
                                       : FileColumn<float>{});
    }
  }

  void refuse_other_columns() {
    std::vector<std::string> known{"person", "state", "age", "region", "time_in_state", "count", "household"};
    for (std::string const& trait : model_.trait_names()) known.push_back(trait);
    auto const& names = file_.columns();
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (std::find(known.begin(), known.end(), names[i]) != known.end()) continue;
      diagnostics_.error(file_.header_place(i), fmt::format("unknown column `{}`", names[i]), {},
                         did_you_mean(names[i], known));
    }
    if (region_.is_there() && model_.regions.empty()) {
      diagnostics_.error(file_.header_place(*file_.column("region")),
                         "a column `region`, but the model names no regions", {},
                         "add `regions: regions.csv` to the model, or remove the column");
      region_ = {};
    }
  }

  void read_row(DelimitedFile::Row const& row) {
    std::size_t const before = diagnostics_.error_count();
    auto const state = state_.value(row, diagnostics_);
    auto const age = optional_value(age_, row);
    auto const region = optional_value(region_, row);
    auto const time = optional_value(time_in_state_, row);
    auto const count = count_.is_there() ? count_.value(row, diagnostics_) : std::optional<std::int64_t>{1};
    level_.assign(levels_.size(), 0);
    number_.assign(numbers_.size(), 0);
    for (std::size_t t = 0; t < levels_.size(); ++t) {
      level_[t] = optional_value(levels_[t], row).value_or(std::uint16_t{0});
      number_[t] = optional_value(numbers_[t], row).value_or(0.0F);
    }
    check_person(row);
    if (count) check_household(row, *count);
    if (diagnostics_.error_count() != before) return;

    auto const copies = static_cast<std::size_t>(*count);
    if (rows_.key.size() + copies > room_) {
      fits_into_memory(rows_.key.size() + copies, bytes_each(), row.place(), diagnostics_);
      return;
    }
    add_keys(row, copies);
    rows_.state.insert(rows_.state.end(), copies, *state);
    if (age) rows_.birth.insert(rows_.birth.end(), copies, start_ - *age);
    if (region) rows_.region.insert(rows_.region.end(), copies, *region);
    if (household_) rows_.household.insert(rows_.household.end(), copies, number_of_household(row[*household_]));
    if (time) rows_.time_in_state.insert(rows_.time_in_state.end(), copies, *time);
    for (std::size_t t = 0; t < levels_.size(); ++t) {
      if (levels_[t].is_there()) rows_.traits[t].insert(rows_.traits[t].end(), copies, level_[t]);
      if (numbers_[t].is_there()) rows_.numbers[t].insert(rows_.numbers[t].end(), copies, number_[t]);
    }
  }

  template <class T>
  std::optional<T> optional_value(FileColumn<T>& column, DelimitedFile::Row const& row) {
    return column.is_there() ? column.value(row, diagnostics_) : std::nullopt;
  }

  /// The same person twice would live both lives with the same luck.
  void check_person(DelimitedFile::Row const& row) {
    if (!person_) return;
    auto const [found, is_new] = line_of_.emplace(text_hash(row[*person_]), row.line());
    if (is_new) return;
    diagnostics_.error(row.place(*person_), fmt::format("person `{}` is there twice", row[*person_]),
                       fmt::format("the first is in line {}", found->second),
                       "give each row its own person, or use the column `count`");
  }

  /// A row that stands for many people says nothing of who lives with whom.
  void check_household(DelimitedFile::Row const& row, std::int64_t count) {
    if (!household_ || row[*household_].empty() || count == 1) return;
    diagnostics_.error(row.place(*household_), fmt::format("a household, and a count of {}", count),
                       "people of a household are told apart", "give each of them a row, or leave the household empty");
  }

  /// From 1, in the order of the file; an empty cell is no household.
  std::uint32_t number_of_household(std::string_view text) {
    if (text.find_first_not_of(' ') == std::string_view::npos) return 0;
    auto found = households_.find(text);
    if (found == households_.end())
      found = households_.emplace(std::string{text}, static_cast<std::uint32_t>(households_.size() + 1)).first;
    return found->second;
  }

  void add_keys(DelimitedFile::Row const& row, std::size_t copies) {
    std::uint64_t const first = person_ ? mix64(text_hash(row[*person_])) : rows_.key.size() + 1;
    for (std::size_t copy = 0; copy < copies; ++copy) rows_.key.push_back({mix64(first + copy)});
  }

  [[nodiscard]] std::size_t bytes_each() const {
    std::size_t bytes = sizeof(PersonKey) + sizeof(StateId);
    if (age_.is_there()) bytes += sizeof(Instant);
    if (household_) bytes += sizeof(std::uint32_t);
    if (region_.is_there()) bytes += sizeof(RegionId);
    if (time_in_state_.is_there()) bytes += sizeof(Duration);
    return bytes + levels_.size() * sizeof(float);
  }

  Population finish() {
    Population people;
    people.key = Column<PersonRow, PersonKey>{std::move(rows_.key)};
    people.state = Column<PersonRow, StateId>{std::move(rows_.state)};
    people.birth = Column<PersonRow, Instant>{std::move(rows_.birth)};
    people.region = Column<PersonRow, RegionId>{std::move(rows_.region)};
    people.time_in_state = Column<PersonRow, Duration>{std::move(rows_.time_in_state)};
    people.household = Column<PersonRow, std::uint32_t>{std::move(rows_.household)};
    for (auto& levels : rows_.traits) people.traits.emplace_back(std::move(levels));
    for (auto& numbers : rows_.numbers) people.numbers.emplace_back(std::move(numbers));
    return people;
  }

  DelimitedFile const& file_;
  PopulationSpec const& spec_;
  Model const& model_;
  Instant start_;
  Diagnostics& diagnostics_;
  std::optional<std::size_t> person_, household_;
  TextMap<std::uint32_t> households_;
  FileColumn<StateId> state_;
  FileColumn<Duration> age_;
  FileColumn<RegionId> region_;
  FileColumn<Duration> time_in_state_;
  FileColumn<std::int64_t> count_;
  std::vector<FileColumn<std::uint16_t>> levels_;  ///< by TraitId
  std::vector<FileColumn<float>> numbers_;         ///< by TraitId
  std::vector<std::uint16_t> level_;               ///< of the row at hand
  std::vector<float> number_;
  std::unordered_map<std::uint64_t, int> line_of_;  ///< by hash of the person
  Rows rows_;
  std::uint64_t room_{0};  ///< for so many people
};

}  // namespace

Population read_population_file(PopulationSpec const& spec, Model const& model, Instant start,
                                Diagnostics& diagnostics) {
  auto const file = DelimitedFile::open(*spec.file, Request{spec.file_place}, diagnostics);
  if (!file) return {};
  Population people = FileReader{*file, spec, model, start, diagnostics}.read();
  people.inputs.push_back(*spec.file);
  return people;
}

std::vector<StateId> start_states_of_file(PopulationSpec const& spec, Model const& model) {
  Diagnostics unheard;
  auto const file = DelimitedFile::open(*spec.file, Request{spec.file_place}, unheard);
  std::vector<bool> seen(model.states.size(), false);
  auto const column = file ? file->column("state") : std::nullopt;
  if (column) {
    file->for_each_row(unheard, [&](DelimitedFile::Row const& row) {
      if (auto const state = model.state(row[*column])) seen[state->value()] = true;
    });
  }
  std::vector<StateId> states;
  for (StateId const state : ids_of(model.states)) {
    if (seen[state.value()]) states.push_back(state);
  }
  return states;
}

bool file_gives_region(PopulationSpec const& spec) {
  Diagnostics unheard;
  auto const file = DelimitedFile::open(*spec.file, Request{spec.file_place}, unheard);
  return file && file->column("region");
}

}  // namespace utvei
