// SPDX-License-Identifier: Apache-2.0
#include "spell_rows.hpp"

#include "row_values.hpp"

#include <utvei/document/reader.hpp>

#include <optional>

#include <fmt/format.h>

namespace utvei {
namespace {

struct SpellColumns {
  std::size_t start{0}, stop{0};
  std::optional<std::size_t> state;
  PersonColumns person;
};

std::optional<SpellColumns> find_columns(DelimitedFile const& file, Study const& study, SpellSource const& source,
                                         Diagnostics& diagnostics) {
  auto const start = file.require_column(source.start.name, source.start.place, diagnostics);
  auto const stop = file.require_column(source.stop.name, source.stop.place, diagnostics);
  std::optional<std::size_t> state;
  if (source.state_column) {
    state = file.require_column(source.state_column->name, source.state_column->place, diagnostics);
  }
  PersonsSpec spec = study.persons.file ? PersonsSpec{} : study.persons;
  spec.id = source.id;
  auto const person = find_person_columns(file, spec, diagnostics);
  if (!start || !stop || !person || (source.state_column && !state)) {
    return std::nullopt;
  }
  return SpellColumns{*start, *stop, state, *person};
}

/// Turns rows into spells, one at a time.
class RowReader {
 public:
  RowReader(Study const& study, std::size_t number, SpellColumns const& columns, PersonTable& table, char separator,
            RejectLog& log)
      : study_{study},
        source_{study.sources[number]},
        rank_{static_cast<std::uint32_t>(number) + 1},
        columns_{columns},
        table_{table},
        separator_{separator},
        log_{log} {}

  std::optional<SpellRow> read(DelimitedFile::Row const& row) {
    auto const person = read_person(row);
    auto const state = read_state(row);
    auto const interval = read_interval(row, columns_.start, columns_.stop, study_, separator_, log_);
    if (!person || !state || !interval) {
      return std::nullopt;
    }
    std::uint32_t const rank = study_.model.states[*state].absorbing ? 0 : rank_;
    return SpellRow{*person, rank, *state, interval->start, interval->stop};
  }

 private:
  std::optional<PersonRow> read_person(DelimitedFile::Row const& row) {
    if (study_.persons.file || row[columns_.person.id].empty()) {
      return find_person(row, columns_.person.id, study_, table_, log_);
    }
    return table_.add_or_compare(row, columns_.person, separator_, log_);
  }

  std::optional<StateId> read_state(DelimitedFile::Row const& row) {
    if (source_.state) {
      return source_.state;
    }
    auto const name = row[*columns_.state];
    auto const state = study_.model.state(name);
    if (!state) {
      log_.reject("unknown state", row, *columns_.state, fmt::format("the model has no state `{}`", name), {},
                  did_you_mean(name, study_.model.state_names()));
    }
    return state;
  }

  Study const& study_;
  SpellSource const& source_;
  std::uint32_t rank_;
  SpellColumns const& columns_;
  PersonTable& table_;
  char separator_;
  RejectLog& log_;
};

}  // namespace

void read_spell_rows(Study const& study, std::size_t number, PersonTable& table, std::vector<SpellRow>& rows,
                     RegisterCounts& counts, std::vector<RejectedRow>* all, Diagnostics& diagnostics) {
  SpellSource const& source = study.sources[number];
  auto const file = DelimitedFile::open(source.file, Request{source.file_place}, diagnostics);
  auto const columns = file ? find_columns(*file, study, source, diagnostics) : std::nullopt;
  if (!columns) {
    return;
  }
  RejectLog log{*file, all};
  RowReader reader{study, number, *columns, table, file->separator(), log};
  log.for_each_row([&](DelimitedFile::Row const& row) {
    if (auto const spell = reader.read(row)) {
      counts.still_open += spell->stop == distant_future ? 1 : 0;
      rows.push_back(*spell);
    }
  });
  counts.rows += log.rows();
  log.close(study.rejects_at_most, counts.rejected, diagnostics);
}

}  // namespace utvei
