// SPDX-License-Identifier: Apache-2.0
#include <utvei/batch/run_units.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <new>
#include <optional>
#include <thread>

#include <fmt/format.h>

namespace utvei {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds between_looks{50};
constexpr unsigned mode_of_register = 0600;
constexpr unsigned mode_of_others = 0666;

/// Whoever asks for the next unit gets one, until there is none or somebody wants to stop.
class UnitWork {
 public:
  UnitWork(BatchPlan const& plan, std::vector<std::size_t> const& units, VariantShelf& shelf, UnitStore const& store,
           RunUnitsOptions const& options)
      : plan_{plan}, shelf_{shelf}, store_{store}, units_{units}, draw_{options.draw} {
    if (!draw_) draw_ = [this] { return drawn_ < units_.size() ? std::optional{drawn_++} : std::nullopt; };
    progress_.units = units.size();
    for (std::size_t const unit : units) progress_.lives += plan.units[unit].lives();
    std::size_t const all = thread_count(options.threads);
    workers_ = std::max<std::size_t>(1, std::min(all, units.size()));
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
      while (auto const unit = next()) do_unit(*unit);
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
  std::optional<std::size_t> next() {
    if (auto const drawn = drawn_unit()) return drawn;
    std::unique_lock lock{mutex_};
    while (!stops_) {
      if (next_ < again_.size()) return again_[next_++];
      if (elsewhere_.empty()) return std::nullopt;
      changed_.wait_for(lock, between_looks * 4);
      if (next_ < again_.size()) continue;
      again_ = std::exchange(elsewhere_, {});
      next_ = 0;
    }
    return std::nullopt;
  }

  /// None when all have been given out once.
  std::optional<std::size_t> drawn_unit() {
    std::scoped_lock const lock{drawing_};
    if (stops_ || all_are_drawn_) return std::nullopt;
    auto const number = draw_();
    if (!number) all_are_drawn_ = true;
    return number ? std::optional{units_[*number]} : std::nullopt;
  }

  void do_unit(std::size_t number) {
    BatchUnit const& unit = plan_.units[number];
    std::uint64_t told = 0;
    try {
      if (is_there(unit)) {
        store_.tidy(unit.id);
        return;
      }
      auto const claim = store_.claim(unit.id);
      if (!claim) {
        std::scoped_lock const lock{mutex_};
        elsewhere_.push_back(number);
        return;
      }
      // Somebody may have finished it before the claim.
      if (is_there(unit)) return;
      simulate_unit(unit, told);
      std::scoped_lock const lock{mutex_};
      ++progress_.done;
    } catch (Interrupted const&) {
      throw;
    } catch (InputError const& error) {
      fail(number, told, error.what());
    } catch (std::bad_alloc const&) {
      fail(number, told, "not enough memory: take fewer threads, or fewer people_per_unit");
    } catch (std::exception const& error) {
      fail(number, told, fmt::format("a bug of ours: {}", error.what()));
    }
  }

  bool is_there(BatchUnit const& unit) {
    if (store_.load(unit.id).state != UnitStore::State::whole) return false;
    std::scoped_lock const lock{mutex_};
    ++progress_.found;
    progress_.lives -= unit.lives();
    return true;
  }

  void simulate_unit(BatchUnit const& unit, std::uint64_t& told) {
    PlannedVariant const& planned = plan_.variants[unit.variant];
    auto const variant = shelf_.take(planned);
    SimulateOptions options;
    options.threads = threads_of_worker_;
    options.stop = &at_once_;
    std::atomic<std::uint64_t> lives{0};
    options.progress = [&](std::uint64_t done, std::uint64_t) {
      std::uint64_t before = lives.load();
      while (before < done && !lives.compare_exchange_weak(before, done)) {
      }
      if (before < done) lives_done_ += done - before;
    };
    PartTallies tallies = variant->run->follow(unit.part, options);
    told = lives;
    store_.save(unit.id, variant->run->pack(tallies),
                planned.data_class == "register" ? mode_of_register : mode_of_others);
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
  std::vector<std::size_t> const& units_;
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

UnitsRun run_units(BatchPlan const& plan, std::vector<std::size_t> const& units, VariantShelf& shelf,
                   UnitStore const& store, RunUnitsOptions const& options) {
  return UnitWork{plan, units, shelf, store, options}.run(options);
}

}  // namespace utvei
