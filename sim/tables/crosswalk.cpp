// SPDX-License-Identifier: Apache-2.0
#include "crosswalk.hpp"

#include <utvei/core/text.hpp>
#include <utvei/document/delimited.hpp>

#include <algorithm>

namespace utvei {

Crosswalk::Crosswalk(Recoding const& recoding, Diagnostics& diagnostics) {
  auto const file = DelimitedFile::open(recoding.file.text, Request{recoding.file.place}, diagnostics);
  if (!file) return;
  auto const from = file->require_column(recoding.from.text, recoding.from.place, diagnostics);
  auto const to = file->require_column(recoding.to.text, recoding.to.place, diagnostics);
  if (!from || !to) return;
  file->for_each_row(diagnostics, [&](DelimitedFile::Row const& row) {
    auto const old_code = trimmed(row[*from]);
    auto const new_code = trimmed(row[*to]);
    if (old_code.empty() || new_code.empty()) {
      diagnostics.error(row.place(old_code.empty() ? *from : *to), "a code is empty",
                        "each line says what a code is called today", "write the code, or take the line away");
      return;
    }
    auto& codes = successors_[std::string{old_code}];
    if (std::ranges::find(codes, new_code) == codes.end()) codes.emplace_back(new_code);
  });
}

std::vector<std::string> Crosswalk::successors(std::string_view code) const {
  auto const found = successors_.find(code);
  return found == successors_.end() ? std::vector<std::string>{} : found->second;
}

}  // namespace utvei
