// SPDX-License-Identifier: Apache-2.0
#include "dated_rows.hpp"

#include "read_stretches.hpp"
#include "row_values.hpp"

#include <utvei/document/reader.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include <fmt/format.h>

namespace utvei {
namespace {

template <class T>
struct DatedRow {
  PersonRow person;
  Instant start;
  Instant stop;
  T value;
};

/// The values of one person, whose rows are sorted by start.
template <class T>
class TimelineOfPerson {
 public:
  TimelineOfPerson(Timeline<T>& line, T unknown) : line_{line}, first_{line.from.size()}, unknown_{unknown} {}

  /// `next`: start of the row after this one.
  void add(DatedRow<T> const& row, Instant next) {
    put(row.start, row.value);
    if (row.stop < next) {
      put(row.stop, unknown_);
    }
  }

 private:
  void put(Instant from, T value) {
    if (line_.from.size() > first_ && line_.value.back() == value) {
      return;
    }
    line_.from.push_back(from);
    line_.value.push_back(value);
  }

  Timeline<T>& line_;
  std::size_t first_;
  T unknown_;
};

template <class T>
Timeline<T> timeline_of(std::vector<DatedRow<T>>& rows, std::size_t persons, T unknown, RegisterCounts& counts) {
  std::stable_sort(rows.begin(), rows.end(), [](DatedRow<T> const& a, DatedRow<T> const& b) {
    return std::tie(a.person, a.start) < std::tie(b.person, b.start);
  });
  // Of those that start together the first counts.
  auto const same_start = [](DatedRow<T> const& a, DatedRow<T> const& b) {
    return a.person == b.person && a.start == b.start;
  };
  auto const kept = std::unique(rows.begin(), rows.end(), same_start);
  counts.replaced += rows.end() - kept;
  rows.erase(kept, rows.end());
  Timeline<T> line;
  std::size_t at = 0;
  for (std::size_t p = 0; p < persons; ++p) {
    line.first.push_back(line.from.size());
    TimelineOfPerson<T> own{line, unknown};
    for (; at < rows.size() && rows[at].person == PersonRow{p}; ++at) {
      bool const is_last = at + 1 == rows.size() || rows[at + 1].person != PersonRow{p};
      Instant const next = is_last ? distant_future : rows[at + 1].start;
      counts.replaced += next < rows[at].stop && rows[at].stop != distant_future ? 1 : 0;
      own.add(rows[at], next);
    }
  }
  line.first.push_back(line.from.size());
  return line;
}

std::uint16_t read_coded_level(DelimitedFile::Row const& row, std::size_t column, DatedTrait const& dated,
                               Trait const& trait, RejectLog& log) {
  auto const found = dated.levels.find(row[column]);
  if (row[column].empty() || found != dated.levels.end()) {
    return row[column].empty() ? unknown_level : found->second;
  }
  std::vector<std::string> codes;
  for (auto const& [code, level] : dated.levels) codes.push_back(code);
  log.reject(fmt::format("unknown level of trait {}", trait.name), row, column,
             fmt::format("`{}` stands for no level of trait `{}`", row[column], trait.name), {},
             did_you_mean(row[column], codes));
  return unknown_level;
}

struct DatedColumns {
  std::size_t id, value, start;
  std::optional<std::size_t> stop;
};

std::optional<DatedColumns> find_columns(DelimitedFile const& file, DatedSource const& source,
                                         Diagnostics& diagnostics) {
  auto const find = [&](ColumnName const& name) { return file.require_column(name.name, name.place, diagnostics); };
  auto const id = find(source.id);
  auto const value = find(source.value);
  auto const start = find(source.start);
  std::optional<std::size_t> stop;
  if (source.stop) {
    stop = find(*source.stop);
  }
  if (!id || !value || !start || stop.has_value() != source.stop.has_value()) {
    return std::nullopt;
  }
  return DatedColumns{*id, *value, *start, stop};
}

}  // namespace

template <class T, class ReadInterval, class ReadValue>
Timeline<T> DatedReader::read(DatedSource const& source, T unknown, ReadInterval const& interval_of,
                              ReadValue const& read_value) {
  auto const file = open_data_file(source.file, source.form, Request{source.file_place, threads_}, diagnostics_);
  auto const columns = file ? find_columns(*file, source, diagnostics_) : std::nullopt;
  if (!columns) {
    return {};
  }
  struct Part {
    PersonFinder find;
    std::vector<DatedRow<T>> rows;
  };
  TimeForm const time = time_form(study_, source.form, *file);
  RejectLog log{*file, account_.all != nullptr};
  auto const parts = read_stretches(
      *file, threads_, log,
      [&](std::size_t) {
        return Part{PersonFinder{table_}, {}};
      },
      [&](DelimitedFile::Row const& row, Part& part, RejectLog& own) {
        auto const person = find_person(row, columns->id, study_, part.find, own);
        auto const interval = interval_of(row, columns->start, columns->stop, time, own);
        if (!person || !interval) {
          return;
        }
        T const value = read_value(row, columns->value, interval->start, own);
        if (!own.rejected(row) && interval->start < interval->stop) {
          part.rows.push_back({*person, interval->start, interval->stop, value});
        }
      });
  std::vector<DatedRow<T>> rows;
  for (Part const& part : parts) {
    rows.insert(rows.end(), part.rows.begin(), part.rows.end());
  }
  log.close(study_.rejects_at_most, account_, diagnostics_);
  return timeline_of(rows, table_.persons().size(), unknown, counts_);
}

Timeline<RegionId> DatedReader::residence(DatedSource const& source) {
  return read(source, unknown_region, read_interval,
              [&](DelimitedFile::Row const& row, std::size_t column, Instant start, RejectLog& log) {
                return codes_.read(row, column, start, log);
              });
}

Timeline<std::uint16_t> DatedReader::trait(DatedTrait const& trait) {
  bool const may_be_fixed = trait.source.form == DataForm::microdata;
  return read(trait.source, unknown_level, may_be_fixed ? read_interval_of_fixed : read_interval,
              [&](DelimitedFile::Row const& row, std::size_t column, Instant, RejectLog& log) {
                Trait const& levels = study_.model.traits[trait.trait];
                return trait.levels.empty() ? read_level(row, column, levels, log)
                                            : read_coded_level(row, column, trait, levels, log);
              });
}

}  // namespace utvei
