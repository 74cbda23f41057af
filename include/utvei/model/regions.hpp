// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/column.hpp>
#include <utvei/core/id.hpp>
#include <utvei/core/time.hpp>
#include <utvei/document/value.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace utvei {

struct Region {
  std::string code;
  std::optional<RegionId> parent;
  std::string level;
  std::string name_nb, name_nn, name_en;
  std::optional<Instant> valid_from, valid_to;  ///< half-open; none: unbounded
  Place place;
};

/// The tree of regions; a code stands for all below it.
class Regions {
 public:
  RegionId add(Region region);
  [[nodiscard]] std::size_t size() const { return regions_.size(); }
  [[nodiscard]] bool empty() const { return regions_.empty(); }
  [[nodiscard]] Region const& operator[](RegionId id) const { return regions_[id]; }
  [[nodiscard]] std::optional<RegionId> find(std::string_view code) const;
  /// Whether `inner` is `outer` or lies below it.
  [[nodiscard]] bool is_within(RegionId inner, RegionId outer) const;
  [[nodiscard]] std::vector<std::string> codes() const;
  /// The regions right below `parent`; without one, the roots.
  [[nodiscard]] std::vector<RegionId> children(std::optional<RegionId> parent) const;
  [[nodiscard]] std::string name(RegionId id, std::string_view language) const;
  /// What to write in place of what is no code: the code of the region of that name, a code like it, or the codes.
  [[nodiscard]] std::string advice_for(std::string_view text) const;

  std::vector<std::string> covariate_names;
  std::vector<std::vector<double>> covariates;  ///< by covariate, then RegionId; NaN where the file has none
  /// `parent` must not lie within `id`.
  void set_parent(RegionId id, RegionId parent);

 private:
  Column<RegionId, Region> regions_;
  std::unordered_map<std::string, RegionId> by_code_;
};

/// Reads region;parent;level;name_nb;name_nn;name_en;valid_from;valid_to and numeric covariates. Codes twice, parents
/// that are missing, cycles and unknown non-numeric columns are diagnosed.
Regions read_regions(std::string const& path, Request const& request, Diagnostics& diagnostics);

}  // namespace utvei
