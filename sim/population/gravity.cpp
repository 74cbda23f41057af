// SPDX-License-Identifier: Apache-2.0
#include "gravity.hpp"

#include "attributes.hpp"

#include <utvei/document/delimited.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr double no_distance = std::numeric_limits<double>::quiet_NaN();

class Gravity {
 public:
  Gravity(Model const& model, std::vector<std::string>& inputs, Diagnostics& diagnostics)
      : regions_{model.regions}, model_{model}, inputs_{inputs}, diagnostics_{diagnostics} {}

  Column<RegionId, std::vector<Moves::Destination>> read(Value const& value) {
    MapReader reader{value, "`gravity`", diagnostics_};
    if (!value.is_map()) return {};
    auto const* mass = reader.required("mass");
    auto const* distance = reader.required("distance");
    double const mass_power = power(reader, "mass_power", 1);
    double const distance_power = power(reader, "distance_power", 2);
    reader.finish();
    auto const masses = mass != nullptr ? covariate(*mass, "mass") : std::nullopt;
    if (distance != nullptr) read_distances(*distance);
    if (!masses || distances_.empty()) return {};
    return weigh(*masses, mass_power, distance_power);
  }

 private:
  double power(MapReader& reader, std::string_view key, double otherwise) {
    auto const* value = reader.optional(key);
    return value == nullptr ? otherwise : as_number_at_least(*value, 0, key, diagnostics_).value_or(otherwise);
  }

  /// A column of the regions file, with a number for each region at the bottom.
  std::optional<std::vector<double>> covariate(Value const& value, std::string_view what) {
    auto const name = as_code(value, what, diagnostics_);
    if (!name) return std::nullopt;
    auto const found = std::ranges::find(regions_.covariate_names, *name);
    if (found == regions_.covariate_names.end()) {
      diagnostics_.error(value.place, fmt::format("the regions file has no column `{}`", *name), {},
                         did_you_mean(*name, regions_.covariate_names));
      return std::nullopt;
    }
    auto const& values = regions_.covariates[static_cast<std::size_t>(found - regions_.covariate_names.begin())];
    for (std::size_t r = 0; r < regions_.size(); ++r) {
      if (is_bottom(RegionId{r}) && what == "mass" && values[r] < 0) {
        diagnostics_.error(value.place,
                           fmt::format("`{}` of region `{}` is below 0", *name, regions_[RegionId{r}].code),
                           "people go where the mass is", "a mass is a number such as that of the people");
        return std::nullopt;
      }
      if (!is_bottom(RegionId{r}) || !std::isnan(values[r])) continue;
      diagnostics_.error(value.place, fmt::format("region `{}` has no `{}`", regions_[RegionId{r}].code, *name),
                         "gravity needs the number of each region at the bottom of the tree",
                         "fill it in in the regions file");
      return std::nullopt;
    }
    return values;
  }

  [[nodiscard]] bool is_bottom(RegionId region) const { return regions_.children(region).empty(); }
  double& distance_of(RegionId a, RegionId b) { return distances_[a.value() * regions_.size() + b.value()]; }

  void read_distances(Value const& value) {
    distances_.assign(regions_.size() * regions_.size(), no_distance);
    if (value.is_map()) return compute_distances(value);
    if (!as_text(value, "distance", diagnostics_)) return;
    std::string const path = path_beside(value);
    inputs_.push_back(path);
    auto const file = DelimitedFile::open(path, Request{value.place}, diagnostics_);
    if (!file) return;
    auto const from = file->require_column("from", Place{}, diagnostics_);
    auto const to = file->require_column("to", Place{}, diagnostics_);
    auto const distance = file->require_column("distance", Place{}, diagnostics_);
    if (!from || !to || !distance) return;
    file->for_each_row(diagnostics_, [&](DelimitedFile::Row const& row) {
      auto const a = read_region(row[*from], model_);
      auto const b = read_region(row[*to], model_);
      if (!a.value) diagnostics_.error(row.place(*from), a.problem, {}, a.suggestion);
      if (!b.value) diagnostics_.error(row.place(*to), b.problem, {}, b.suggestion);
      auto const length = parse_number(row[*distance], file->separator());
      bool const good = length && *length > 0 && std::isfinite(*length);
      if (!good) {
        diagnostics_.error(row.place(*distance), fmt::format("`{}` is not a distance", row[*distance]), {},
                           "write a number above 0, in any unit");
      } else if (a.value && b.value) {
        distance_of(*a.value, *b.value) = distance_of(*b.value, *a.value) = *length;
      }
    });
  }

  void compute_distances(Value const& value) {
    MapReader reader{value, "`distance`", diagnostics_};
    auto const* x = reader.required("x");
    auto const* y = reader.required("y");
    reader.finish();
    auto const east = x != nullptr ? covariate(*x, "x") : std::nullopt;
    auto const north = y != nullptr ? covariate(*y, "y") : std::nullopt;
    if (!east || !north) return;
    for (std::size_t i = 0; i < regions_.size(); ++i) {
      for (std::size_t j = 0; j < regions_.size(); ++j) {
        double const length = std::hypot((*east)[i] - (*east)[j], (*north)[i] - (*north)[j]);
        if (i != j && length > 0) distance_of(RegionId{i}, RegionId{j}) = length;
      }
    }
  }

  Column<RegionId, std::vector<Moves::Destination>> weigh(std::vector<double> const& masses, double mass_power,
                                                          double distance_power) {
    Column<RegionId, std::vector<Moves::Destination>> destinations(regions_.size());
    for (RegionId const from : ids_of(destinations)) {
      for (RegionId const to : ids_of(destinations)) {
        double const length = distance_of(from, to);
        if (from == to || !is_bottom(to) || std::isnan(length)) continue;
        double const weight = std::pow(masses[to.value()], mass_power) / std::pow(length, distance_power);
        if (weight > 0 && std::isfinite(weight)) destinations[from].push_back({to, weight});
      }
    }
    return destinations;
  }

  Regions const& regions_;
  Model const& model_;
  std::vector<std::string>& inputs_;
  Diagnostics& diagnostics_;
  std::vector<double> distances_;
};

}  // namespace

Column<RegionId, std::vector<Moves::Destination>> destinations_by_gravity(Value const& value, Model const& model,
                                                                          std::vector<std::string>& inputs,
                                                                          Diagnostics& diagnostics) {
  MapReader reader{value, "`to` of `moves`", diagnostics};
  auto const* gravity = reader.required("gravity");
  reader.finish();
  if (gravity == nullptr) return {};
  return Gravity{model, inputs, diagnostics}.read(*gravity);
}

}  // namespace utvei
