// SPDX-License-Identifier: Apache-2.0
#include <utvei/batch/batch_status.hpp>

#include <algorithm>
#include <chrono>
#include <set>

namespace utvei {
namespace {

constexpr std::size_t people_measured = 5'000;

UnitLook look_at(BatchUnit const& unit, UnitStore const& store) {
  using State = UnitStore::State;
  State const state = store.load(unit.id).state;
  if (state == State::whole) return {UnitState::done, {}};
  if (store.is_claimed(unit.id)) return {UnitState::running, {}};
  if (auto why = store.failure(unit.id)) return {UnitState::failed, std::move(*why)};
  if (state == State::damaged) return {UnitState::damaged, {}};
  return {};
}

/// The first, the middle and the last scenario that have something to do.
std::vector<std::size_t> measured_variants(BatchPlan const& plan, std::vector<std::size_t> const& left) {
  std::set<std::size_t> with_work;
  for (std::size_t const unit : left) with_work.insert(plan.units[unit].variant);
  std::vector<std::size_t> all{with_work.begin(), with_work.end()};
  if (all.size() <= 3) return all;
  return {all.front(), all[all.size() / 2], all.back()};
}

}  // namespace

std::vector<UnitLook> look_at_units(BatchPlan const& plan, UnitStore const& store, std::size_t threads) {
  std::vector<UnitLook> looks(plan.units.size());
  parallel_for_blocks(looks.size(), 16, threads, nullptr, [&](Block const& block) {
    for (std::size_t u = block.first; u < block.last; ++u) looks[u] = look_at(plan.units[u], store);
  });
  return looks;
}

BatchEstimate estimate_batch(BatchPlan const& plan, std::vector<std::size_t> const& left, VariantShelf& shelf,
                             std::size_t threads, StopFlag const* stop) {
  BatchEstimate estimate;
  double seconds = 0;
  double bytes_of_unit = 0;
  for (std::size_t const v : measured_variants(plan, left)) {
    PlannedVariant const& planned = plan.variants[v];
    auto const loaded = shelf.take(planned);
    RunPart part = plan.units[planned.first_unit].part;
    // A queue is for everybody: the time of so many is measured as it is, of more it would be most of the work.
    bool const measures_all = !planned.is_divisible && part.last <= 20 * people_measured;
    if (!planned.is_divisible && !measures_all) {
      estimate.leaves_out_queues = true;
      continue;
    }
    if (!measures_all) part.last = std::min(part.last, part.first + people_measured);
    SimulateOptions options;
    options.threads = 1;
    options.stop = stop;
    auto const begun = std::chrono::steady_clock::now();
    PartTallies tallies = loaded->run->follow(part, options);
    seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
    bytes_of_unit += static_cast<double>(loaded->run->pack(tallies).size());
    ++estimate.scenarios_measured;
    estimate.lives_measured += part.last - part.first;
  }
  if (estimate.lives_measured == 0) return estimate;
  estimate.seconds_per_life = seconds / static_cast<double>(estimate.lives_measured);
  std::uint64_t lives = 0;
  for (std::size_t const unit : left) lives += plan.units[unit].lives();
  std::size_t const used = std::max<std::size_t>(1, thread_count(threads));
  estimate.seconds = estimate.seconds_per_life * static_cast<double>(lives) / static_cast<double>(used);
  estimate.unit_bytes = static_cast<std::uint64_t>(bytes_of_unit / static_cast<double>(estimate.scenarios_measured) *
                                                   static_cast<double>(left.size()));
  return estimate;
}

}  // namespace utvei
