// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/document/value.hpp>
#include <utvei/model/definitions.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace utvei {

/// One place of an axis: what it makes of a scenario.
struct AxisValue {
  std::string label;  ///< in names, and where the file speaks of the value
  Place place;
  std::vector<Override> sets;
  std::optional<std::string> file;  ///< of an axis of scenarios: resolved path
};

/// What differs between the scenarios of a batch.
struct BatchAxis {
  std::string name;
  Place place;
  std::vector<AxisValue> values;
  Place key_place{};  ///< of an axis of scenarios: none
  Labels called{};    ///< by readers; empty: its name
  /// By label.
  [[nodiscard]] std::optional<std::size_t> find(std::string const& label) const;
};

/// Labels of some axes: which variants are meant.
struct BatchCondition {
  struct Term {
    std::size_t axis{0};
    std::vector<std::size_t> values;
  };
  std::vector<Term> terms;
  Place place;
  [[nodiscard]] bool holds(std::vector<std::size_t> const& chosen) const;
};

/// A batch file as it is written (docs/formats/batch.md).
struct BatchFile {
  std::string path;
  std::string name;
  std::string base;  ///< resolved path; empty: an axis has the files
  Place base_place;
  std::vector<BatchAxis> axes;
  bool is_grid{true};  ///< else axes go along with each other
  std::vector<BatchCondition> exclude;
  std::vector<std::pair<BatchCondition, std::vector<Override>>> overrides;
  std::vector<Override> sets;  ///< of all
  std::string names;           ///< pattern; empty: NAME and all labels
  Place names_place;
  std::optional<std::string> baseline_file;  ///< resolved path
  std::optional<BatchCondition> baseline;    ///< one of the variants
  Place baseline_place;
  std::size_t people_per_unit{100'000};
  std::optional<std::string> out, store;  ///< as written
};

/// What is wrong with the file itself is diagnosed; scenarios are not read.
BatchFile read_batch(std::string const& path, std::vector<Override> const& overrides, Diagnostics& diagnostics);

/// One scenario of a batch.
struct Variant {
  std::string name;
  std::string file;  ///< scenario
  Place file_place;
  std::vector<Override> sets;
  std::vector<std::size_t> values;  ///< by axis; empty: the baseline, which stands outside the axes
  bool is_baseline{false};
};

/// The scenarios of a batch, in their order: the last axis runs fastest. Names that are not unique, conditions that
/// hold for none, and a baseline that is several are diagnosed; none where the names do not tell them apart.
std::vector<Variant> variants_of(BatchFile const& batch, Diagnostics& diagnostics);

/// `places 20, uptake 0.5`; `the baseline` outside the axes.
std::string describe(Variant const& variant, BatchFile const& batch);

}  // namespace utvei
