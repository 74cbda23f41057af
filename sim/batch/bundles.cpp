// SPDX-License-Identifier: Apache-2.0
#include <utvei/batch/batch_plan.hpp>

#include <map>
#include <tuple>
#include <utility>

namespace utvei {
namespace {

/// Scenarios beside a baseline in one bundle. The shelf keeps so many, and the baseline.
constexpr std::size_t most_beside = 5;

/// Chunk of scenarios, draw, replicate, people.
using BundleKey = std::tuple<std::size_t, std::uint32_t, std::uint32_t, std::size_t, std::size_t>;

}  // namespace

std::vector<UnitBundle> bundles_of(BatchPlan const& plan) {
  std::map<BundleKey, UnitBundle> bundles;
  std::size_t beside = 0;  // so far
  std::size_t const chunks = plan.variants.size() / most_beside + 1;
  for (std::size_t v = 0; v < plan.variants.size(); ++v) {
    PlannedVariant const& planned = plan.variants[v];
    // Those that are simulated alone come after the others, each by itself.
    bool const is_alone = !planned.why_alone.empty();
    std::size_t chunk = is_alone ? chunks + v : 0;
    if (!is_alone && v != plan.baseline) chunk = beside++ / most_beside;
    for (std::size_t u = planned.first_unit; u < planned.first_unit + planned.units; ++u) {
      RunPart const& part = plan.units[u].part;
      bundles[{chunk, part.draw, part.replicate, part.first, part.last}].push_back(u);
    }
  }
  std::vector<UnitBundle> all;
  for (auto& [key, bundle] : bundles) all.push_back(std::move(bundle));
  return all;
}

std::vector<UnitBundle> share_of(BatchPlan const& plan, std::size_t index, std::size_t count) {
  std::vector<UnitBundle> share;
  std::size_t before = 0;
  for (UnitBundle& bundle : bundles_of(plan)) {
    std::size_t const of_share = before * count / plan.units.size() + 1;
    before += bundle.size();
    if (of_share == index) share.push_back(std::move(bundle));
  }
  return share;
}

}  // namespace utvei
