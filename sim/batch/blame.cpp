// SPDX-License-Identifier: Apache-2.0
#include "blame.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include <fmt/format.h>

namespace utvei {
namespace {

/// A problem, and the scenarios that have it.
struct Affected {
  Diagnostic what;
  std::set<std::size_t> variants;
};

std::vector<Affected> by_problem(std::vector<Diagnostics> const& of_variants) {
  std::map<std::string, std::size_t> known;
  std::vector<Affected> affected;
  for (std::size_t v = 0; v < of_variants.size(); ++v) {
    for (Diagnostic const& diagnostic : of_variants[v].all()) {
      if (diagnostic.severity != Severity::error) continue;
      auto const [at, is_new] = known.emplace(render(diagnostic), affected.size());
      if (is_new) affected.push_back({diagnostic, {}});
      affected[at->second].variants.insert(v);
    }
  }
  return affected;
}

/// Whether the scenarios with a value are just those that are meant.
bool is_cause(std::vector<Variant> const& variants, std::size_t axis, std::size_t value,
              std::set<std::size_t> const& meant) {
  for (std::size_t v = 0; v < variants.size(); ++v) {
    bool const has = !variants[v].values.empty() && variants[v].values[axis] == value;
    if (has != meant.contains(v)) return false;
  }
  return true;
}

std::string where(Diagnostic const& diagnostic) {
  Place const& place = diagnostic.place;
  if (!place.source) return {};
  return place.line > 0 ? fmt::format(" ({}:{}:{})", place.source->name, place.line, place.column)
                        : fmt::format(" ({})", place.source->name);
}

bool is_in_batch_file(Diagnostic const& diagnostic, BatchFile const& batch) {
  return diagnostic.place.source && diagnostic.place.source->name == batch.path;
}

/// The value that all affected scenarios have and no other; or else the first of them.
void blame(BatchFile const& batch, std::vector<Variant> const& variants, Affected const& affected,
           Diagnostics& diagnostics) {
  std::string const problem = affected.what.problem + where(affected.what);
  for (std::size_t axis = 0; axis < batch.axes.size(); ++axis) {
    for (std::size_t value = 0; value < batch.axes[axis].values.size(); ++value) {
      if (!is_cause(variants, axis, value, affected.variants)) continue;
      AxisValue const& cause = batch.axes[axis].values[value];
      diagnostics.error(cause.place, fmt::format("scenarios with {} {} are wrong", batch.axes[axis].name, cause.label),
                        problem, "mend it there, or leave the value out");
      return;
    }
  }
  Variant const& first = variants[*affected.variants.begin()];
  Place const place =
      first.values.empty() ? batch.baseline_place : batch.axes.front().values[first.values.front()].place;
  diagnostics.error(place,
                    fmt::format("{} of the {} scenarios {} wrong, the first with {}", affected.variants.size(),
                                variants.size(), affected.variants.size() == 1 ? "is" : "are", describe(first, batch)),
                    problem, "mend it there, or leave them out with `exclude`");
}

}  // namespace

void add_with_blame(BatchFile const& batch, std::vector<Variant> const& variants,
                    std::vector<Diagnostics> const& of_variants, Diagnostics& diagnostics) {
  for (Affected const& affected : by_problem(of_variants)) {
    diagnostics.add(affected.what);
    bool const is_of_all = affected.variants.size() == variants.size();
    if (!is_of_all && !is_in_batch_file(affected.what, batch)) blame(batch, variants, affected, diagnostics);
  }
}

}  // namespace utvei
