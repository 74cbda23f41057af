// SPDX-License-Identifier: Apache-2.0
#include "bundle_runs.hpp"
#include "unit_ends.hpp"

#include <utvei/batch/run_units.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace utvei {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds between_looks{50};

/// Whoever asks for the next unit gets one, until there is none or somebody wants to stop.
class UnitWork {
 public:
  UnitWork(BatchPlan const& plan, std::vector<UnitBundle> const& bundles, VariantShelf& shelf, UnitStore const& store,
           RunUnitsOptions const& options)
      : plan_{plan}, shelf_{shelf}, store_{store}, bundles_{bundles}, draw_{options.draw} {
    if (!draw_) draw_ = [this] { return drawn_ < bundles_.size() ? std::optional{drawn_++} : std::nullopt; };
    for (UnitBundle const& bundle : bundles) {
      progress_.units += bundle.size();
      progress_.lives += lives_of(bundle);
    }
    std::size_t const all = thread_count(options.threads);
    workers_ = std::max<std::size_t>(1, std::min(all, bundles.size()));
    threads_of_worker_ = std::max<std::size_t>(1, all / workers_);
  }

  UnitsRun run(RunUnitsOptions const& options) {
    std::vector<std::jthread> workers;
    for (std::size_t i = 0; i < workers_; ++i) workers.emplace_back([this] { work(); });
    watch(options);
    workers.clear();
    if (bug_) std::rethrow_exception(bug_);
    if (stops_) throw Interrupted{};
    return {now(), std::move(failures_)};
  }

 private:
  void work() {
    try {
      while (auto const bundle = next()) do_bundle(*bundle);
    } catch (Interrupted const&) {
      stops_ = true;
    } catch (...) {
      std::scoped_lock const lock{mutex_};
      bug_ = std::current_exception();
      stops_ = true;
    }
    std::scoped_lock const lock{mutex_};
    ++idle_;
    changed_.notify_all();
  }

  /// Units that another process works on come back after the others, a little later each time.
  std::optional<UnitBundle> next() {
    if (auto drawn = drawn_bundle()) return drawn;
    std::unique_lock lock{mutex_};
    while (!stops_) {
      if (next_ < again_.size()) return UnitBundle{again_[next_++]};
      if (elsewhere_.empty()) return std::nullopt;
      changed_.wait_for(lock, between_looks * 4);
      if (next_ < again_.size()) continue;
      again_ = std::exchange(elsewhere_, {});
      next_ = 0;
    }
    return std::nullopt;
  }

  /// None when all have been given out once.
  std::optional<UnitBundle> drawn_bundle() {
    std::scoped_lock const lock{drawing_};
    if (stops_ || all_are_drawn_) return std::nullopt;
    auto const number = draw_();
    if (!number) all_are_drawn_ = true;
    return number ? std::optional{bundles_[*number]} : std::nullopt;
  }

  [[nodiscard]] std::uint64_t lives_of(UnitBundle const& bundle) const {
    std::uint64_t lives = 0;
    for (std::size_t const unit : bundle) lives += plan_.units[unit].lives();
    return lives;
  }

  void do_bundle(UnitBundle const& bundle) {
    std::vector<UnitClaim> claims;
    UnitBundle mine;
    for (std::size_t const number : bundle) {
      guarded(number, 0, [&] {
        auto claim = claimed(number);
        if (!claim) return;
        claims.push_back(std::move(*claim));
        mine.push_back(number);
      });
    }
    if (mine.size() > 1) do_together(mine);
    for (std::size_t const number : mine) do_unit(number);
  }

  /// The right to do a unit; none if it is there, or somebody else works on it.
  std::optional<UnitClaim> claimed(std::size_t number) {
    BatchUnit const& unit = plan_.units[number];
    if (is_there(unit)) {
      store_.tidy(unit.id);
      return std::nullopt;
    }
    auto claim = store_.claim(unit.id);
    if (!claim) {
      std::scoped_lock const lock{mutex_};
      elsewhere_.push_back(number);
      return std::nullopt;
    }
    // Somebody may have finished it before the claim.
    if (is_there(unit)) return std::nullopt;
    return claim;
  }

  void do_unit(std::size_t number) {
    std::uint64_t told = 0;
    guarded(number, told, [&] {
      simulate_unit(plan_.units[number], told);
      std::scoped_lock const lock{mutex_};
      ++progress_.done;
    });
  }

  /// What goes wrong with a unit stops no other. `told`: how many of its lives the progress has heard of.
  template <class Work>
  void guarded(std::size_t number, std::uint64_t const& told, Work const& work) {
    try {
      work();
    } catch (Interrupted const&) {
      throw;
    } catch (std::exception const& error) {
      fail(number, told, why_it_failed(error));
    }
  }

  /// Takes out of the bundle what is done. Whatever goes wrong with a unit is told when it is done alone.
  void do_together(UnitBundle& bundle) {
    std::uint64_t told = 0;
    std::size_t const all = bundle.size();
    std::uint64_t const lives = lives_of(bundle);
    try {
      simulate_bundle(bundle, told);
    } catch (Interrupted const&) {
      throw;
    } catch (std::exception const&) {
      lives_done_ -= told;
      if (bundle.size() < all) lives_done_ += lives - lives_of(bundle);
    }
  }

  bool is_there(BatchUnit const& unit) {
    if (store_.load(unit.id).state != UnitStore::State::whole) return false;
    std::scoped_lock const lock{mutex_};
    ++progress_.found;
    progress_.lives -= unit.lives();
    return true;
  }

  /// `told`: how many lives the progress has heard of, of so many.
  SimulateOptions options_of(std::uint64_t lives, std::atomic<std::uint64_t>& told) {
    SimulateOptions options;
    options.threads = threads_of_worker_;
    options.stop = &at_once_;
    options.progress = [this, lives, &told](std::uint64_t done, std::uint64_t of) {
      done = of == 0 ? lives
                     : static_cast<std::uint64_t>(static_cast<double>(done) / static_cast<double>(of) *
                                                  static_cast<double>(lives));
      std::uint64_t before = told.load();
      while (before < done && !told.compare_exchange_weak(before, done)) {
      }
      if (before < done) lives_done_ += done - before;
    };
    return options;
  }

  void simulate_unit(BatchUnit const& unit, std::uint64_t& told) {
    PlannedVariant const& planned = plan_.variants[unit.variant];
    auto const variant = shelf_.take(planned);
    std::atomic<std::uint64_t> lives{0};
    PartTallies tallies = variant->run->follow(unit.part, options_of(unit.lives(), lives));
    told = lives;
    save_unit(store_, plan_, unit, *variant->run, tallies);
  }

  /// Beside the baseline, whose own unit may be among them, if they fit together.
  void simulate_bundle(UnitBundle& bundle, std::uint64_t& told) {
    auto const together = runs_of(plan_, bundle, shelf_);
    if (!together) return;
    std::atomic<std::uint64_t> lives{0};
    SimulateOptions const options = options_of(lives_of(bundle), lives);
    auto followed = PartedRun::follow_together(together->runs, plan_.units[bundle.front()].part, options);
    told = lives;
    for (std::size_t left = bundle.size(); left-- > 0; bundle.pop_back()) {
      std::size_t const run = together->run_of_unit[left];
      save_unit(store_, plan_, plan_.units[bundle.back()], *together->runs[run], followed[run].tallies);
      std::scoped_lock const lock{mutex_};
      ++progress_.done;
    }
  }

  void fail(std::size_t number, std::uint64_t told, std::string why) {
    store_.note_failure(plan_.units[number].id, why);
    std::scoped_lock const lock{mutex_};
    lives_done_ += plan_.units[number].lives() - told;
    ++progress_.failed;
    failures_.push_back({number, std::move(why)});
  }

  BatchProgress now() {
    std::scoped_lock const lock{mutex_};
    progress_.elsewhere = elsewhere_.size();
    progress_.lives_done = lives_done_;
    progress_.seconds = std::chrono::duration<double>(Clock::now() - begun_).count();
    return progress_;
  }

  void watch(RunUnitsOptions const& options) {
    while (true) {
      {
        std::unique_lock lock{mutex_};
        changed_.wait_for(lock, between_looks, [this] { return idle_ == workers_; });
        if (idle_ == workers_) break;
      }
      StopWish const wish = options.wish ? options.wish() : StopWish::none;
      if (wish != StopWish::none) stops_ = true;
      if (wish == StopWish::at_once) at_once_ = true;
      tell(options);
    }
    tell(options);
  }

  void tell(RunUnitsOptions const& options) {
    if (options.tell) options.tell(now());
    if (!options.tell_failure) return;
    std::vector<UnitFailure> failures;
    {
      std::scoped_lock const lock{mutex_};
      failures.assign(failures_.begin() + static_cast<std::ptrdiff_t>(told_failures_), failures_.end());
      told_failures_ = failures_.size();
    }
    for (UnitFailure const& failure : failures) options.tell_failure(failure);
  }

  BatchPlan const& plan_;
  VariantShelf& shelf_;
  UnitStore const& store_;
  std::vector<UnitBundle> const& bundles_;
  std::mutex drawing_;  ///< of what follows
  std::function<std::optional<std::size_t>()> draw_;
  std::size_t drawn_{0};
  bool all_are_drawn_{false};
  std::size_t workers_{1}, threads_of_worker_{1};
  Clock::time_point begun_{Clock::now()};
  StopFlag at_once_{false};
  std::atomic<bool> stops_{false};
  std::atomic<std::uint64_t> lives_done_{0};
  std::mutex mutex_;  ///< of what follows
  std::condition_variable changed_;
  std::vector<std::size_t> elsewhere_, again_;
  std::size_t next_{0};
  std::size_t idle_{0};
  BatchProgress progress_;
  std::vector<UnitFailure> failures_;
  std::size_t told_failures_{0};
  std::exception_ptr bug_;
};

}  // namespace

UnitsRun run_units(BatchPlan const& plan, std::vector<UnitBundle> const& bundles, VariantShelf& shelf,
                   UnitStore const& store, RunUnitsOptions const& options) {
  return UnitWork{plan, bundles, shelf, store, options}.run(options);
}

}  // namespace utvei
