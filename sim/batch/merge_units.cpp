// SPDX-License-Identifier: Apache-2.0
#include <utvei/batch/merge_units.hpp>
#include <utvei/core/packed_numbers.hpp>

#include <optional>

namespace utvei {
namespace {

std::optional<PartTallies> tallies_of(BatchUnit const& unit, PartedRun const& run, UnitStore const& store) {
  auto const found = store.load(unit.id);
  if (found.state != UnitStore::State::whole) return std::nullopt;
  try {
    return run.unpack(found.content);
  } catch (DamagedNumbers const&) {
    return std::nullopt;
  }
}

}  // namespace

MergedVariant merge_units(BatchPlan const& plan, std::size_t variant, VariantShelf& shelf, UnitStore const& store,
                          RunOptions const& options) {
  PlannedVariant const& planned = plan.variants[variant];
  auto const loaded = shelf.take(planned);
  PartedRun& run = *loaded->run;
  // What was added to it cannot be taken away again.
  shelf.drop(planned);
  MergedVariant merged;
  for (std::size_t u = planned.first_unit; u < planned.first_unit + planned.units; u += planned.blocks) {
    std::optional<PartTallies> sum;
    for (std::size_t block = 0; block < planned.blocks; ++block) {
      auto part = tallies_of(plan.units[u + block], run, store);
      if (!part) merged.bad_units.push_back(u + block);
      if (part && sum)
        sum->add(std::move(*part));
      else if (part)
        sum.emplace(std::move(*part));
    }
    if (options.stop != nullptr && *options.stop) throw Interrupted{};
    if (merged.bad_units.empty()) run.append(std::move(*sum));
  }
  if (merged.bad_units.empty()) merged.run = complete_run(*loaded->prepared, run.finish(options.warn), options);
  return merged;
}

}  // namespace utvei
