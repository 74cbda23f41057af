// SPDX-License-Identifier: Apache-2.0
#include <utvei/core/text.hpp>
#include <utvei/document/delimited.hpp>
#include <utvei/document/reader.hpp>
#include <utvei/model/evidence.hpp>

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace utvei {
namespace {

std::vector<std::string> const statuses{"verified", "derived", "unverified"};
std::vector<std::string> const confidences{"H", "M", "L"};

bool is_table_of_numbers(DelimitedFile const& file) {
  return file.column("rate_per_year") || (file.column("to") && file.column("share")) || file.column("born_from");
}

void count_rows(DelimitedFile const& file, Evidence& evidence, Diagnostics& diagnostics) {
  auto const status = file.column("status");
  auto const confidence = file.column("confidence");
  if (!status && !confidence) return;
  auto const word = [&](DelimitedFile::Row const& row, std::size_t column, std::vector<std::string> const& known) {
    std::string text{trimmed(row[column])};
    if (!text.empty() && std::ranges::find(known, text) == known.end()) {
      diagnostics.error(row.place(column), fmt::format("`{}` is no {}", text, file.columns()[column]), {},
                        did_you_mean(text, known));
    }
    return text;
  };
  // Broken rows have been told of by who reads the numbers.
  file.for_each_row(
      [&](DelimitedFile::Row const& row) {
        if (confidence) word(row, *confidence, confidences);
        std::string const known = status ? word(row, *status, statuses) : std::string{};
        evidence.rows += known.empty() ? 0U : 1U;
        evidence.unverified += known == "unverified" ? 1U : 0U;
      },
      [](DelimitedFile::BrokenRow const&) {});
}

}  // namespace

Evidence evidence_of(std::vector<std::string> const& files, Diagnostics& diagnostics) {
  Evidence evidence;
  for (std::string const& path : std::set<std::string>{files.begin(), files.end()}) {
    if (path.ends_with(".yaml") || path.ends_with(".yml") || path.ends_with(".h5")) continue;
    Diagnostics ignored;
    auto const file = DelimitedFile::open(path, Request{}, ignored);
    if (file && is_table_of_numbers(*file)) count_rows(*file, evidence, diagnostics);
  }
  return evidence;
}

std::string describe(Evidence const& evidence) {
  return fmt::format("{} rows: {} unverified", evidence.rows, evidence.unverified);
}

}  // namespace utvei
