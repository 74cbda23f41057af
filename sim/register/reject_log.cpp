// SPDX-License-Identifier: Apache-2.0
#include "reject_log.hpp"

#include <utvei/core/text.hpp>

#include <algorithm>
#include <iterator>
#include <memory>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr std::size_t shown_of_each_reason = 5;

Place whole_file(std::string const& path) {
  return {std::make_shared<SourceText const>(SourceText{path, {}})};
}

}  // namespace

std::string to_csv(std::vector<RejectedRow> const& rows) {
  std::string csv = "file,line,column,reason,value,row\n";
  for (RejectedRow const& row : rows) {
    csv += fmt::format("{},{},{},{},{},{}\n", csv_field(row.file), row.line, csv_field(row.column),
                       csv_field(row.reason), csv_field(row.value), csv_field(row.row));
  }
  return csv;
}

void RejectLog::for_each_row(DelimitedFile::Stretch const& stretch, std::function<void(Row const&)> const& visit) {
  file_.for_each_row(
      stretch,
      [&](Row const& row) {
        ++rows_;
        visit(row);
      },
      [&](DelimitedFile::BrokenRow const& row) {
        ++rows_;
        if (row.rest_is_lost) {
          lost_ = Diagnostic{Severity::error, Fault::file, row.place, row.problem, row.why, row.suggestion};
          return;
        }
        add(row.reason, row.place, row.problem, row.why, row.suggestion);
        if (notes_all_) {
          noted_.push_back({file_.path(), row.place.line, {}, std::string{row.reason}, {}, std::string{row.text}});
        }
      });
}

void RejectLog::append(RejectLog&& later) {
  for (Reason& why_not : later.reasons_) {
    Reason& known = reason(why_not.name);
    known.rows += why_not.rows;
    known.is_mistake = why_not.is_mistake;
    for (Diagnostic& first : why_not.first) {
      if (known.first.size() < shown_of_each_reason) {
        known.first.push_back(std::move(first));
      }
    }
  }
  std::ranges::move(later.noted_, std::back_inserter(noted_));
  if (later.lost_) {
    lost_ = std::move(later.lost_);
  }
  rows_ += later.rows_;
  mistakes_ += later.mistakes_;
}

RejectLog::Reason& RejectLog::reason(std::string_view name) {
  auto found = std::ranges::find(reasons_, name, &Reason::name);
  if (found == reasons_.end()) {
    found = reasons_.insert(reasons_.end(), Reason{std::string{name}, 0, true, {}});
  }
  return *found;
}

void RejectLog::add(std::string_view name, Place place, std::string problem, std::string why, std::string suggestion) {
  Reason& why_not = reason(name);
  ++why_not.rows;
  ++mistakes_;
  if (why_not.first.size() < shown_of_each_reason) {
    why_not.first.push_back(
        {Severity::error, Fault::file, std::move(place), std::move(problem), std::move(why), std::move(suggestion)});
  }
}

void RejectLog::note(std::string_view name, Row const& row, std::size_t column) {
  last_line_ = row.line();
  if (notes_all_) {
    noted_.push_back({file_.path(), row.line(), file_.columns()[column], std::string{name}, std::string{row[column]},
                      std::string{row.text()}});
  }
}

void RejectLog::reject(std::string_view name, Row const& row, std::size_t column, std::string problem, std::string why,
                       std::string suggestion) {
  if (rejected(row)) {
    return;
  }
  add(name, row.place(column), std::move(problem), std::move(why), std::move(suggestion));
  note(name, row, column);
}

void RejectLog::follow(std::string_view name, Row const& row, std::size_t column) {
  if (rejected(row)) {
    return;
  }
  Reason& why_not = reason(name);
  why_not.is_mistake = false;
  ++why_not.rows;
  note(name, row, column);
}

std::string RejectLog::describe() const {
  std::string text;
  for (Reason const& why_not : reasons_) {
    if (!why_not.is_mistake) {
      continue;
    }
    std::string lines;
    for (Diagnostic const& first : why_not.first) {
      lines += fmt::format("{}{}", lines.empty() ? "" : ", ", first.place.line);
    }
    auto const more = why_not.rows - static_cast<std::int64_t>(why_not.first.size());
    text += fmt::format("{}{}: {} (line {}{})", text.empty() ? "" : "; ", why_not.name, why_not.rows, lines,
                        more > 0 ? ", …" : "");
  }
  return text;
}

void RejectLog::close(double at_most, RejectAccount const& account, Diagnostics& diagnostics) {
  for (Reason const& why_not : reasons_) {
    account.counts.push_back({file_.path(), why_not.name, why_not.rows});
  }
  if (account.all != nullptr) {
    std::ranges::move(noted_, std::back_inserter(*account.all));
  }
  if (lost_) {
    diagnostics.add(*lost_);
  }
  if (mistakes_ == 0) {
    return;
  }
  auto const problem = fmt::format("{} of {} rows cannot be used", mistakes_, rows_);
  if (static_cast<double>(mistakes_) <= at_most * static_cast<double>(rows_)) {
    diagnostics.warning(whole_file(file_.path()), problem, describe(), "`--rejects FILE` writes them all");
    return;
  }
  for (Reason const& why_not : reasons_) {
    for (Diagnostic const& first : why_not.first) {
      diagnostics.add(first);
    }
  }
  diagnostics.error(
      whole_file(file_.path()), problem,
      fmt::format("{}; the study lets {:g} % of the rows of a file be like these", describe(), 100 * at_most),
      "mend them (`--rejects FILE` writes them all), or let more pass with `rejects: {at_most: SHARE}`");
}

}  // namespace utvei
