// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace utvei {

/// A table for the terminal: the first column to the left, numbers to the right, a line under the header.
class TextColumns {
 public:
  explicit TextColumns(std::vector<std::string> header) { rows_.push_back(std::move(header)); }
  void add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }
  [[nodiscard]] std::string text() const;

 private:
  std::vector<std::vector<std::string>> rows_;
};

/// A label in the middle of a sentence: `Arbeid` becomes `arbeid`, `AAP` stays.
std::string inside_sentence(std::string label);

}  // namespace utvei
