// SPDX-License-Identifier: Apache-2.0
#include "spell_rows.hpp"

#include "read_stretches.hpp"
#include "row_values.hpp"

#include <utvei/document/reader.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace utvei {
namespace {

struct SpellColumns {
  std::size_t start{0}, stop{0};
  std::optional<std::size_t> held;  ///< which state or activity
  PersonColumns person;
};

std::optional<SpellColumns> find_columns(DelimitedFile const& file, Study const& study, SpellSource const& source,
                                         Diagnostics& diagnostics) {
  auto const start = file.require_column(source.start.name, source.start.place, diagnostics);
  auto const stop = file.require_column(source.stop.name, source.stop.place, diagnostics);
  auto const& column = source.state_column ? source.state_column : source.activity_column;
  std::optional<std::size_t> held;
  if (column) {
    held = file.require_column(column->name, column->place, diagnostics);
  }
  PersonsSpec spec = study.persons.file ? PersonsSpec{} : study.persons;
  spec.id = source.id;
  auto const person = find_person_columns(file, spec, diagnostics);
  if (!start || !stop || !person || (column && !held)) {
    return std::nullopt;
  }
  return SpellColumns{*start, *stop, held, *person};
}

/// What one stretch of a file gives.
struct Part {
  Part(std::size_t lines, PersonTable nobody, PersonTable const& all) : own{std::move(nobody)}, find{all} {
    rows.reserve(lines);
  }
  PersonTable own;  ///< where people come from the spells: those of this stretch
  PersonFinder find;
  std::vector<SpellRow> rows;
  std::int64_t still_open{0};
};

/// Turns rows into spells, one at a time.
class RowReader {
 public:
  RowReader(Study const& study, std::size_t number, SpellColumns const& columns, DelimitedFile const& file)
      : study_{study},
        source_{study.sources[number]},
        rank_{static_cast<std::uint32_t>(number) + 1},
        columns_{columns},
        time_{time_form(study, source_.form, file)} {}

  /// `all`: the people of the study, where they come from the spells and the rows are read in their order; nullptr:
  /// the part's own.
  void read(DelimitedFile::Row const& row, Part& part, PersonTable* all, RejectLog& log) const {
    auto const person = read_person(row, part, all == nullptr ? part.own : *all, log);
    auto const held = read_held(row, log);
    auto const interval = read_interval(row, columns_.start, columns_.stop, time_, log);
    if (!person || !held || !interval) {
      return;
    }
    part.still_open += interval->stop == distant_future ? 1 : 0;
    bool const for_good = study_.activities.empty() && study_.model.states[held->state].absorbing;
    part.rows.push_back({*person, for_good ? 0 : rank_, held->state, held->activity, interval->start, interval->stop});
  }

 private:
  std::optional<PersonRow> read_person(DelimitedFile::Row const& row, Part& part, PersonTable& own,
                                       RejectLog& log) const {
    if (study_.persons.file || row[columns_.person.id].empty()) {
      return find_person(row, columns_.person.id, study_, part.find, log);
    }
    return own.add_or_compare(row, columns_.person, time_, log);
  }

  /// What a row is a spell of; of states and activities the one that the study has.
  struct Held {
    StateId state;
    ActivityId activity;
  };

  [[nodiscard]] std::optional<Held> read_held(DelimitedFile::Row const& row, RejectLog& log) const {
    if (source_.state) return Held{*source_.state, {}};
    if (source_.activity) return Held{{}, *source_.activity};
    if (source_.activity_column) {
      auto const activity = find_code(row, source_.activities, "activity", log);
      return activity ? std::optional{Held{{}, *activity}} : std::nullopt;
    }
    auto const state = source_.states.empty() ? find_state(row, log) : find_code(row, source_.states, "state", log);
    return state ? std::optional{Held{*state, {}}} : std::nullopt;
  }

  [[nodiscard]] std::optional<StateId> find_state(DelimitedFile::Row const& row, RejectLog& log) const {
    auto const name = row[*columns_.held];
    auto const state = study_.model.state(name);
    if (!state) {
      log.reject("unknown state", row, *columns_.held, fmt::format("the model has no state `{}`", name), {},
                 did_you_mean(name, study_.model.state_names()));
    }
    return state;
  }

  template <class Known>
  [[nodiscard]] std::optional<typename Known::mapped_type> find_code(DelimitedFile::Row const& row, Known const& known,
                                                                     std::string_view what, RejectLog& log) const {
    auto const code = row[*columns_.held];
    auto const found = known.find(code);
    if (found != known.end()) return found->second;
    std::vector<std::string> codes;
    for (auto const& [name, id] : known) codes.push_back(name);
    log.reject(fmt::format("unknown {}", what), row, *columns_.held, fmt::format("`{}` stands for no {}", code, what),
               {}, did_you_mean(code, codes));
    return std::nullopt;
  }

  Study const& study_;
  SpellSource const& source_;
  std::uint32_t rank_;
  SpellColumns const& columns_;
  TimeForm time_;
};

/// Lets rows name the people of the study in place of those of their part; not if the parts do not agree on somebody.
bool take_over_people(std::vector<Part>& parts, PersonTable& table) {
  for (Part& part : parts) {
    auto const persons = table.take_over(part.own, false);
    if (!persons) {
      return false;
    }
    for (SpellRow& row : part.rows) {
      row.person = (*persons)[row.person.value()];
    }
  }
  return true;
}

}  // namespace

void SpellReader::read(std::size_t number) {
  SpellSource const& source = study_.sources[number];
  auto const file = open_data_file(source.file, source.form, Request{source.file_place, threads_}, diagnostics_);
  auto const columns = file ? find_columns(*file, study_, source, diagnostics_) : std::nullopt;
  if (!columns) {
    return;
  }
  RowReader const reader{study_, number, *columns, *file};
  PersonTable const nobody = table_.without_people();
  auto const attempt = [&](std::size_t threads, PersonTable* all) {
    RejectLog log{*file, account_.all != nullptr};
    auto parts = read_stretches(
        *file, threads, log,
        [&](std::size_t lines) {
          return Part{lines, nobody, table_};
        },
        [&](DelimitedFile::Row const& row, Part& part, RejectLog& own) { reader.read(row, part, all, own); });
    if (all == nullptr && !study_.persons.file && !take_over_people(parts, table_)) {
      return false;
    }
    for (Part& part : parts) {
      counts_.still_open += part.still_open;
      rows_.push_back(std::move(part.rows));
    }
    counts_.rows += log.rows();
    log.close(study_.rejects_at_most, account_, diagnostics_);
    return true;
  };
  // What counts of a person whose rows do not agree is seen where the rows are read in their order.
  if (!attempt(threads_, nullptr)) {
    attempt(1, &table_);
  }
}

}  // namespace utvei
