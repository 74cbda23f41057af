// SPDX-License-Identifier: Apache-2.0
#include "blame.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

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

bool is_at(Place const& a, Place const& b) {
  return a.source && b.source && a.source->name == b.source->name && a.line == b.line && a.column == b.column;
}

bool is_same_problem(Diagnostic const& a, Diagnostic const& b) {
  return a.problem == b.problem && a.why == b.why && a.suggestion == b.suggestion;
}

/// One problem that all values of an axis have alike: said once, at the key. False: there is none.
bool gather_at_key(BatchAxis const& axis, std::vector<Affected>& affected) {
  auto const is_at_value = [&](Affected const& one) {
    return std::ranges::any_of(axis.values, [&](auto const& value) { return is_at(one.what.place, value.place); });
  };
  for (Affected& first : affected) {
    if (!is_at(first.what.place, axis.values.front().place)) continue;
    auto const is_alike = [&](Affected const& one) {
      return is_same_problem(one.what, first.what) && is_at_value(one);
    };
    auto const number = static_cast<std::size_t>(std::ranges::count_if(affected, is_alike));
    if (number < axis.values.size()) continue;
    Affected gathered{first.what, {}};
    for (Affected const& one : affected)
      if (is_alike(one)) gathered.variants.insert(one.variants.begin(), one.variants.end());
    gathered.what.place = axis.key_place;
    Diagnostic const told = first.what;
    std::erase_if(affected, [&](Affected const& one) { return is_same_problem(one.what, told) && is_at_value(one); });
    affected.push_back(std::move(gathered));
    return true;
  }
  return false;
}

/// What is wrong at every value of an axis alike is wrong with its key.
void gather_at_keys(BatchFile const& batch, std::vector<Affected>& affected) {
  for (BatchAxis const& axis : batch.axes) {
    if (!axis.key_place.source || axis.values.size() < 2) continue;
    while (gather_at_key(axis, affected)) {
    }
  }
}

}  // namespace

void add_with_blame(BatchFile const& batch, std::vector<Variant> const& variants,
                    std::vector<Diagnostics> const& of_variants, Diagnostics& diagnostics) {
  std::vector<Affected> all = by_problem(of_variants);
  gather_at_keys(batch, all);
  for (Affected const& affected : all) {
    diagnostics.add(affected.what);
    bool const is_of_all = affected.variants.size() == variants.size();
    if (!is_of_all && !is_in_batch_file(affected.what, batch)) blame(batch, variants, affected, diagnostics);
  }
}

}  // namespace utvei
