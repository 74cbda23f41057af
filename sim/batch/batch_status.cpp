// SPDX-License-Identifier: Apache-2.0
#include "bundle_runs.hpp"

#include <utvei/batch/batch_status.hpp>
#include <utvei/core/memory.hpp>
#include <utvei/engine/exchange.hpp>

#include <algorithm>
#include <barrier>
#include <chrono>
#include <exception>
#include <memory>
#include <numeric>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <utility>

namespace utvei {
namespace {

constexpr std::size_t people_measured = 5'000;
constexpr std::size_t people_held = 100'000;  ///< that each thread follows where memory is measured, and of a unit
constexpr std::size_t bundles_held = 2;       ///< of each thread at least: plans of draws follow each other

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

/// Of a unit the people whose lives are measured; none where they are too many that wait for each other, of whom a
/// share is.
std::optional<RunPart> sample_of(RunPart part, bool is_divisible, std::size_t people = people_measured) {
  // A queue is for everybody: the time of so many is measured as it is, of more it would be most of the work.
  bool const measures_all = !is_divisible && part.last - part.first <= 20 * people_measured;
  if (!is_divisible && !measures_all) return std::nullopt;
  if (!measures_all) part.last = std::min(part.last, part.first + people);
  return part;
}

/// Of too many who wait for each other a share, as if the others never asked for anything.
class ShareAlone final : public Exchange {
 public:
  ShareAlone(RunPart const& part, std::size_t people)
      : people_{part.last - part.first}, members_{people_ / people + 1} {}
  [[nodiscard]] std::size_t member() const override { return 0; }
  [[nodiscard]] std::size_t members() const override { return members_; }
  std::vector<std::string> all_say(std::string own) override {
    most_said_ = std::max<std::uint64_t>(most_said_, own.size());
    std::vector<std::string> said(members_);
    said.front() = std::move(own);
    return said;
  }
  /// What more one process takes for all: the others' rows, and what they would ask for, each as much as this one,
  /// which is in memory twice when it is gathered.
  [[nodiscard]] std::uint64_t bytes_of_others() const {
    return (2 * most_said_ + people_ / members_ * sizeof(PersonRow)) * (members_ - 1);
  }

 private:
  std::size_t people_, members_;
  std::uint64_t most_said_{0};
};

using AllAtWork = std::barrier<>;

/// Nobody waits for a worker that is through, or that has failed.
struct LeaveWork {
  void operator()(AllAtWork* all) const { all->arrive_and_drop(); }
};
using PlaceAtWork = std::unique_ptr<AllAtWork, LeaveWork>;

/// With the last life in its tallies, and what was needed to follow it still in memory, a worker waits for the others:
/// all have theirs at once, however the system gives out its cores.
SimulateOptions waiting_for(AllAtWork& all, StopFlag const* stop) {
  SimulateOptions options;
  options.threads = 1;
  options.stop = stop;
  options.progress = [&all](std::uint64_t done, std::uint64_t of) {
    if (done == of) all.arrive_and_wait();
  };
  return options;
}

/// Follows some people of a unit, as a worker does; gives back what more the rest of them would take.
std::uint64_t try_unit(BatchPlan const& plan, BatchUnit const& unit, VariantShelf& shelf,
                       SimulateOptions const& options) {
  PlannedVariant const& planned = plan.variants[unit.variant];
  auto const loaded = shelf.take(planned);
  auto const part = sample_of(unit.part, planned.is_divisible, people_held);
  ShareAlone share{unit.part, people_held};
  PartTallies tallies =
      part ? loaded->run->follow(*part, options) : loaded->run->follow_with(share, unit.part, options);
  static_cast<void>(loaded->run->pack(tallies));
  return share.bytes_of_others();
}

/// The same of a bundle, whose units are simulated together where they can be.
std::uint64_t try_bundle(BatchPlan const& plan, UnitBundle const& bundle, VariantShelf& shelf,
                         SimulateOptions const& options) {
  auto const is_divisible = [&](std::size_t number) { return plan.variants[plan.units[number].variant].is_divisible; };
  auto const part = sample_of(plan.units[bundle.front()].part, std::ranges::all_of(bundle, is_divisible), people_held);
  auto const together = bundle.size() > 1 && part ? runs_of(plan, bundle, shelf) : std::nullopt;
  if (!together) {
    std::uint64_t more = 0;
    for (std::size_t const number : bundle) more = std::max(more, try_unit(plan, plan.units[number], shelf, options));
    return more;
  }
  auto followed = PartedRun::follow_together(together->runs, *part, options);
  for (std::size_t run = 0; run < followed.size(); ++run)
    static_cast<void>(together->runs[run]->pack(followed[run].tallies));
  return 0;
}

/// Of those with something to do the ones with many lives: they take most memory, and more where their people live in
/// more regions.
std::vector<UnitBundle> large_left(BatchPlan const& plan, std::vector<std::size_t> const& left) {
  std::vector<bool> is_left(plan.units.size());
  for (std::size_t const number : left) is_left[number] = true;
  std::vector<UnitBundle> bundles = bundles_of(plan);
  for (UnitBundle& bundle : bundles) std::erase_if(bundle, [&](std::size_t number) { return !is_left[number]; });
  auto const lives = [&](UnitBundle const& bundle) {
    std::uint64_t all = 0;
    for (std::size_t const number : bundle) all += plan.units[number].lives();
    return all;
  };
  std::uint64_t most = 0;
  for (UnitBundle const& bundle : bundles) most = std::max(most, lives(bundle));
  std::erase_if(bundles, [&](UnitBundle const& bundle) { return bundle.empty() || 2 * lives(bundle) < most; });
  return bundles;
}

/// How many of the bundles each thread tries: those of few people differ in where they live.
std::size_t bundles_tried(BatchPlan const& plan, std::vector<UnitBundle> const& bundles) {
  if (bundles.empty()) return 0;
  RunPart const& part = plan.units[bundles.front().front()].part;
  return std::max(bundles_held, people_held / std::max<std::size_t>(1, part.last - part.first));
}

/// As many threads as will work take large bundles that lie apart: what a process then has in memory, it has when it
/// works, for people are followed block by block.
std::uint64_t memory_at_work(BatchPlan const& plan, std::vector<std::size_t> const& left, VariantShelf& shelf,
                             std::size_t threads, StopFlag const* stop) {
  std::vector<UnitBundle> const bundles = large_left(plan, left);
  std::size_t const workers = std::min(threads, bundles.size());
  std::size_t const tried = std::min(workers * bundles_tried(plan, bundles), bundles.size());
  std::vector<std::exception_ptr> failures(workers);
  std::vector<std::uint64_t> more(workers);
  AllAtWork all_at_work{static_cast<std::ptrdiff_t>(workers)};
  {
    std::vector<std::jthread> all;
    std::vector<PlaceAtWork> places;  // before any thread: those of threads that cannot be started are left, too
    for (std::size_t i = 0; i < workers; ++i) places.emplace_back(&all_at_work);
    for (std::size_t i = 0; i < workers; ++i) {
      all.emplace_back([&, i, place = std::move(places[i])] {
        try {
          for (std::size_t k = i; k < tried; k += workers)
            more[i] = std::max(more[i],
                               try_bundle(plan, bundles[k * bundles.size() / tried], shelf, waiting_for(*place, stop)));
        } catch (...) {
          failures[i] = std::current_exception();
        }
      });
    }
  }
  for (auto const& failure : failures)
    if (failure) std::rethrow_exception(failure);
  return std::reduce(more.begin(), more.end(), peak_memory());
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
    auto const part = sample_of(plan.units[planned.first_unit].part, planned.is_divisible);
    RunPart const& whole = plan.units[planned.first_unit].part;
    ShareAlone share{whole, people_measured};
    estimate.leaves_out_queues = estimate.leaves_out_queues || !part;
    SimulateOptions options;
    options.threads = 1;
    options.stop = stop;
    auto const begun = std::chrono::steady_clock::now();
    PartTallies tallies = part ? loaded->run->follow(*part, options) : loaded->run->follow_with(share, whole, options);
    seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
    bytes_of_unit += static_cast<double>(loaded->run->pack(tallies).size());
    ++estimate.scenarios_measured;
    estimate.lives_measured += part ? part->last - part->first : (whole.last - whole.first) / share.members();
  }
  if (estimate.lives_measured == 0) return estimate;
  estimate.seconds_per_life = seconds / static_cast<double>(estimate.lives_measured);
  std::uint64_t lives = 0;
  for (std::size_t const unit : left) lives += plan.units[unit].lives();
  std::size_t const used = std::max<std::size_t>(1, thread_count(threads));
  estimate.seconds = estimate.seconds_per_life * static_cast<double>(lives) / static_cast<double>(used);
  estimate.unit_bytes = static_cast<std::uint64_t>(bytes_of_unit / static_cast<double>(estimate.scenarios_measured) *
                                                   static_cast<double>(left.size()));
  estimate.process_bytes = memory_at_work(plan, left, shelf, used, stop);
  return estimate;
}

}  // namespace utvei
