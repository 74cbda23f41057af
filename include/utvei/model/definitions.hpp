// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/document/stock_dates.hpp>
#include <utvei/document/value.hpp>
#include <utvei/model/subpopulation.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace utvei {

/// Text by language: nb, nn, en. Where a language is missing, the next of nb, en, nn, then the name itself.
using Labels = std::map<std::string, std::string, std::less<>>;
std::string label_in(Labels const& labels, std::string_view language, std::string_view name);

/// A named outcome, as an agency defines it: who is counted, out of whom, and when. It stands wherever a state may.
struct Definition {
  std::string name;
  Subpopulation who;
  /// Levels that those who are counted have, and the others of the whole need not: by TraitId; empty: any.
  std::vector<std::vector<std::uint32_t>> flags;
  std::vector<bool> of;     ///< states whose people, of the same ages, traits and regions, it is a share of; by StateId
  Duration longer_than{0};  ///< so long they have been in `states` without a break; 0: however long
  std::optional<MonthDay> at;  ///< when heads are counted each year; none: it is not counted by runs
  /// Weights of age groups, that sum to 1: the share is their weighted mean, as in a population of these ages.
  struct AgeWeight {
    Span age{everything};
    double weight{0};
    friend bool operator==(AgeWeight const&, AgeWeight const&) = default;
  };
  std::vector<AgeWeight> standard;
  std::string better;  ///< less | more, or empty: nobody has said
  Labels label;
  std::string source;
  Place place;
};

/// Whether the key `of` says whom the share is of, or what is counted brings its own whole along.
enum class WholeOf : std::uint8_t { asked, its_own };
/// The keys of a definition that say who is counted: states, of, age, traits, flags, standardise. Files that are read
/// join `inputs`.
void read_whom(MapReader& reader, WholeOf whole, Definition& definition, Model const& model,
               std::vector<std::string>& inputs, Diagnostics& diagnostics);

}  // namespace utvei
