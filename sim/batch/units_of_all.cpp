// SPDX-License-Identifier: Apache-2.0
#include "unit_ends.hpp"

#include <utvei/batch/units_of_all.hpp>
#include <utvei/core/diagnostics.hpp>
#include <utvei/engine/exchange.hpp>

#include <algorithm>
#include <chrono>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

namespace utvei {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds between_wishes{50};
constexpr std::chrono::milliseconds before_asking_again{200};

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
    std::vector<std::string> all = crew_.all_say(goes_on + std::move(own));
    look_for_ends(all);
    for (std::string& each : all) each.erase(0, 1);
    return all;
  }
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
};

/// Raises a flag when somebody wants all to stop at once.
class StopWatch {
 public:
  explicit StopWatch(std::function<StopWish()> const& wish)
      : thread_{[this, &wish](std::stop_token const& over) {
          while (wish && !over.stop_requested()) {
            if (wish() == StopWish::at_once) at_once_ = true;
            std::this_thread::sleep_for(between_wishes);
          }
        }} {}
  [[nodiscard]] StopFlag const* flag() const { return &at_once_; }

 private:
  StopFlag at_once_{false};
  std::jthread thread_;
};

class WorkOfAll {
 public:
  WorkOfAll(BatchPlan const& plan, VariantShelf& shelf, UnitStore const& store, Crew& crew,
            RunUnitsOptions const& options)
      : plan_{plan}, shelf_{shelf}, store_{store}, crew_{crew}, options_{options} {}

  UnitsRun run(std::vector<std::size_t> const& units) {
    std::deque<std::size_t> left{units.begin(), units.end()};
    ran_.progress.units = units.size();
    for (std::size_t const unit : units) ran_.progress.lives += plan_.units[unit].lives();
    while (!left.empty()) {
      std::size_t const unit = left.front();
      left.pop_front();
      Found const found = look_for(unit);
      if (found == Found::elsewhere) {
        left.push_back(unit);
        std::this_thread::sleep_for(before_asking_again);
      }
      if (found == Found::nowhere) do_unit(unit);
      claim_.reset();
      tell();
    }
    return std::move(ran_);
  }

 private:
  enum class Found : char { nowhere = 'n', there = 't', elsewhere = 'e', unknown = '?' };

  [[nodiscard]] bool is_first() const { return crew_.rank() == 0; }

  /// The first member looks, and takes the right to do it; all hear of it.
  Found look_for(std::size_t unit) {
    Found found = Found::unknown;
    std::string why;
    if (is_first()) {
      try {
        found = claimed(plan_.units[unit]);
      } catch (InputError const& error) {
        why = error.what();
      }
    }
    StopWish const wish = options_.wish ? options_.wish() : StopWish::none;
    auto const all = crew_.all_say({wish == StopWish::none ? goes_on : stops, static_cast<char>(found)});
    if (std::ranges::any_of(all, [](std::string const& each) { return each.front() == stops; })) throw Interrupted{};
    if (!why.empty()) fail(unit, why);
    return static_cast<Found>(all.front()[1]);
  }

  Found claimed(BatchUnit const& unit) {
    auto const is_there = [&] { return store_.load(unit.id).state == UnitStore::State::whole; };
    if (!is_there()) {
      auto claim = store_.claim(unit.id);
      if (!claim) return Found::elsewhere;
      claim_.emplace(std::move(*claim));
    }
    // Somebody may have finished it before the claim.
    if (!is_there()) return Found::nowhere;
    if (!claim_) store_.tidy(unit.id);
    ++ran_.progress.found;
    ran_.progress.lives -= unit.lives();
    return Found::there;
  }

  void do_unit(std::size_t number) {
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
    attempt(others, [&] {
      StopWatch const watch{options_.wish};
      variant = shelf_.take(plan_.variants[unit.variant]);
      SimulateOptions options;
      options.threads = options_.threads;
      options.stop = watch.flag();
      own = variant->run->follow_with(others, unit.part, options);
      if (!is_first()) packed = variant->run->pack(*own);
    });
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

  void tell() {
    ran_.progress.seconds = std::chrono::duration<double>(Clock::now() - begun_).count();
    if (options_.tell) options_.tell(ran_.progress);
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

bool is_of_all(BatchPlan const& plan, std::size_t unit) {
  BatchUnit const& asked = plan.units[unit];
  return plan.variants[asked.variant].serves_at_dates && asked.lives() > plan.file.people_per_unit;
}

std::vector<std::size_t> take_units_of_all(BatchPlan const& plan, std::vector<UnitBundle>& bundles) {
  std::vector<std::size_t> taken;
  for (UnitBundle& bundle : bundles)
    std::erase_if(bundle, [&](std::size_t unit) {
      if (is_of_all(plan, unit)) taken.push_back(unit);
      return is_of_all(plan, unit);
    });
  std::erase_if(bundles, &UnitBundle::empty);
  return taken;
}

UnitsRun run_units_of_all(BatchPlan const& plan, std::vector<std::size_t> const& units, VariantShelf& shelf,
                          UnitStore const& store, Crew& crew, RunUnitsOptions const& options) {
  return WorkOfAll{plan, shelf, store, crew, options}.run(units);
}

}  // namespace utvei
