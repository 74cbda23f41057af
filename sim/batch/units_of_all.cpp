// SPDX-License-Identifier: Apache-2.0
#include "unit_ends.hpp"

#include <utvei/batch/units_of_all.hpp>
#include <utvei/core/diagnostics.hpp>
#include <utvei/engine/exchange.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <functional>
#include <iterator>
#include <memory>
#include <mutex>
#include <optional>
#include <sstream>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds between_tells{50};

/// What a word to the others begins with.
constexpr char goes_on = '+', cannot = '-', stops = '!';

/// All have heard that one of them cannot go on with the unit, or wants all to stop.
struct Ended : std::exception {
  Ended(char how_it_did, std::string what) : how{how_it_did}, why{std::move(what)} {}
  char how;
  std::string why;
};

/// The others of a crew while all follow one unit: whoever cannot go on says so in place of what the others wait for.
class CrewExchange final : public Exchange {
 public:
  explicit CrewExchange(Crew& crew) : crew_{crew} {}
  [[nodiscard]] std::size_t member() const override { return crew_.rank(); }
  [[nodiscard]] std::size_t members() const override { return crew_.size(); }
  std::vector<std::string> all_say(std::string own) override {
    is_speaking_ = true;
    std::vector<std::string> all = crew_.all_say(goes_on + std::move(own));
    is_speaking_ = false;
    look_for_ends(all);
    for (std::string& each : all) each.erase(0, 1);
    return all;
  }
  /// Whether a word has failed on its way: then nobody knows what the others have heard.
  [[nodiscard]] bool is_speaking() const { return is_speaking_; }
  /// In place of the next word; all hear it, this one too.
  [[noreturn]] void end(char how, std::string_view why) {
    look_for_ends(crew_.all_say(how + std::string{why}));
    throw Ended{how, std::string{why}};
  }

 private:
  static void look_for_ends(std::vector<std::string> const& all) {
    for (char const how : {stops, cannot})
      for (std::string const& each : all)
        if (each.front() == how) throw Ended{how, each.substr(1)};
  }
  Crew& crew_;
  bool is_speaking_{false};
};

/// Looks now and then while the calling thread is at work: raises a flag when somebody wants all to stop at once, and
/// tells how far the work is.
class Watch {
 public:
  Watch(RunUnitsOptions const& options, std::function<void()> tell)
      : wish_{options.wish}, tell_{std::move(tell)}, thread_{[this](std::stop_token const& over) { look(over); }} {}
  [[nodiscard]] StopFlag const* flag() const { return &at_once_; }
  /// Throws what telling has thrown.
  void end() {
    thread_.request_stop();
    if (thread_.joinable()) thread_.join();
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  void look(std::stop_token const& over) {
    std::mutex mutex;
    std::unique_lock lock{mutex};
    std::condition_variable_any pause;
    try {
      while (!over.stop_requested()) {
        if (wish_ && wish_() == StopWish::at_once) at_once_ = true;
        tell_();
        pause.wait_for(lock, over, between_tells, [] { return false; });
      }
    } catch (...) {
      failure_ = std::current_exception();
      at_once_ = true;
    }
  }
  std::function<StopWish()> wish_;
  std::function<void()> tell_;
  StopFlag at_once_{false};
  std::exception_ptr failure_;
  std::jthread thread_;
};

class WorkOfAll {
 public:
  WorkOfAll(BatchPlan const& plan, VariantShelf& shelf, UnitStore const& store, Crew& crew,
            RunUnitsOptions const& options)
      : plan_{plan}, shelf_{shelf}, store_{store}, crew_{crew}, options_{options} {}

  UnitsOfAll run(std::vector<UnitBundle> bundles) {
    UnitsOfAll all;
    std::vector<std::size_t> const shared = shared_of(bundles);
    for (std::size_t const unit : shared) {
      claim_.reset();
      if (is_ours(unit)) {
        do_unit(unit);
        tell(0);
      } else {
        all.left_over.push_back({unit});
      }
    }
    claim_.reset();
    all.ran = std::move(ran_);
    std::ranges::move(bundles, std::back_inserter(all.left_over));
    return all;
  }

 private:
  [[nodiscard]] bool is_first() const { return crew_.rank() == 0; }

  /// Takes out of the bundles what all do together, as the first member sees it.
  std::vector<std::size_t> shared_of(std::vector<UnitBundle>& bundles) {
    std::string words;
    if (is_first())
      for (UnitBundle const& bundle : bundles)
        for (std::size_t const unit : bundle)
          if (may_be_of_all(plan_, unit) && !is_there(unit)) words += fmt::format("{} ", unit);
    std::istringstream said{crew_.all_say(std::move(words)).front()};
    std::vector<std::size_t> units{std::istream_iterator<std::size_t>{said}, {}};
    std::size_t const alone = units.size() / crew_.size() * crew_.size();
    units.erase(units.begin(), units.begin() + static_cast<std::ptrdiff_t>(alone));
    for (UnitBundle& bundle : bundles)
      std::erase_if(bundle, [&](std::size_t unit) { return std::ranges::find(units, unit) != units.end(); });
    std::erase_if(bundles, &UnitBundle::empty);
    return units;
  }

  [[nodiscard]] bool is_there(std::size_t unit) const {
    return store_.load(plan_.units[unit].id).state == UnitStore::State::whole;
  }

  /// Whether all are to do a unit now: the first member has the right to it. All hear of it, or that somebody wants to
  /// stop.
  bool is_ours(std::size_t unit) {
    if (is_first()) {
      try {
        if (auto claim = store_.claim(plan_.units[unit].id)) claim_.emplace(std::move(*claim));
        if (claim_ && is_there(unit)) claim_.reset();  // somebody finished it before the claim
      } catch (InputError const&) {
        // Whoever does it alone says why it cannot be written.
      }
    }
    StopWish const wish = options_.wish ? options_.wish() : StopWish::none;
    auto const all = crew_.all_say({wish == StopWish::none ? goes_on : stops, claim_ ? 'y' : 'n'});
    if (std::ranges::any_of(all, [](std::string const& each) { return each.front() == stops; })) throw Interrupted{};
    return all.front()[1] == 'y';
  }

  void do_unit(std::size_t number) {
    ++ran_.progress.units;
    ran_.progress.lives += plan_.units[number].lives();
    try {
      follow(plan_.units[number]);
    } catch (Ended const& ended) {
      if (ended.how == stops) throw Interrupted{};
      if (is_first()) fail(number, ended.why);
    }
  }

  /// Each a share of the people; the first puts together what all have counted.
  void follow(BatchUnit const& unit) {
    CrewExchange others{crew_};
    std::shared_ptr<LoadedVariant> variant;
    std::optional<PartTallies> own;
    std::string packed;
    std::atomic<double> counted{0};  // share of the people whose lives are counted
    Watch watch{options_, [&] { tell(counted * static_cast<double>(unit.lives())); }};
    SimulateOptions options;
    options.threads = options_.threads;
    options.stop = watch.flag();
    options.progress = [&](std::uint64_t done, std::uint64_t all) {
      counted = static_cast<double>(done) / static_cast<double>(all);
    };
    try {
      attempt(others, [&] {
        variant = shelf_.take(plan_.variants[unit.variant]);
        own = variant->run->follow_with(others, unit.part, options);
        if (!is_first()) packed = variant->run->pack(*own);
      });
    } catch (Ended const&) {
      watch.end();
      throw;
    }
    watch.end();
    others.all_say({});  // nobody has failed
    std::string why;
    auto const note = [&](auto const& work) {
      if (!why.empty()) return;
      try {
        work();
      } catch (std::exception const& error) {
        why = why_it_failed(error);
      }
    };
    crew_.collect(std::move(packed),
                  [&](std::string const& share) { note([&] { own->add(variant->run->unpack(share)); }); });
    if (!is_first()) return;
    note([&] { save_unit(store_, plan_, unit, *variant->run, *own); });
    if (!why.empty()) throw Ended{cannot, why};
    ++ran_.progress.done;
    ran_.progress.lives_done += unit.lives();
  }

  /// Work that others wait for: they hear it if it goes wrong.
  template <class Work>
  static void attempt(CrewExchange& others, Work const& work) {
    char how = cannot;
    std::string why;
    try {
      work();
      return;
    } catch (Ended const&) {
      throw;
    } catch (Interrupted const&) {
      how = stops;
    } catch (std::exception const& error) {
      if (others.is_speaking()) throw;
      why = why_it_failed(error);
    }
    others.end(how, why);
  }

  void fail(std::size_t number, std::string why) {
    store_.note_failure(plan_.units[number].id, why);
    ran_.progress.lives_done += plan_.units[number].lives();
    ++ran_.progress.failed;
    ran_.failures.push_back({number, std::move(why)});
    if (options_.tell_failure) options_.tell_failure(ran_.failures.back());
  }

  /// With so many lives of the unit that is worked on.
  void tell(double lives) const {
    if (!is_first() || !options_.tell) return;
    BatchProgress now = ran_.progress;
    now.lives_done += static_cast<std::uint64_t>(lives);
    now.seconds = std::chrono::duration<double>(Clock::now() - begun_).count();
    options_.tell(now);
  }

  BatchPlan const& plan_;
  VariantShelf& shelf_;
  UnitStore const& store_;
  Crew& crew_;
  RunUnitsOptions const& options_;
  std::optional<UnitClaim> claim_;
  Clock::time_point begun_{Clock::now()};
  UnitsRun ran_;
};

}  // namespace

bool may_be_of_all(BatchPlan const& plan, std::size_t unit) {
  BatchUnit const& asked = plan.units[unit];
  return plan.variants[asked.variant].serves_at_dates && asked.lives() > plan.file.people_per_unit;
}

UnitsOfAll run_units_of_all(BatchPlan const& plan, std::vector<UnitBundle> bundles, VariantShelf& shelf,
                            UnitStore const& store, Crew& crew, RunUnitsOptions const& options) {
  return WorkOfAll{plan, shelf, store, crew, options}.run(std::move(bundles));
}

}  // namespace utvei
