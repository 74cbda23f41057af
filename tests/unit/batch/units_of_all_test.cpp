// SPDX-License-Identifier: Apache-2.0
// Units that all members of a crew follow together: the bytes of one process, and nobody waits for who cannot go on.
#include "support/files.hpp"
#include "support/threads_together.hpp"

#include <utvei/batch/batch_file.hpp>
#include <utvei/batch/units_of_all.hpp>
#include <utvei/core/diagnostics.hpp>

#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

/// One thread of several in place of a rank.
class CrewOfThreads final : public Crew {
 public:
  explicit CrewOfThreads(Exchange& others) : others_{others} {}
  [[nodiscard]] std::size_t rank() const override { return others_.member(); }
  [[nodiscard]] std::size_t size() const override { return others_.members(); }
  std::vector<std::string> all_say(std::string own) override { return others_.all_say(std::move(own)); }
  void collect(std::string own, std::function<void(std::string const&)> const& take) override {
    auto const all = others_.all_say(std::move(own));
    for (std::size_t member = 1; rank() == 0 && member < all.size(); ++member) take(all[member]);
  }
  int agree(int code, std::string_view /*fingerprint*/) override { return code; }
  void begin(std::size_t /*count*/) override {}
  std::optional<std::size_t> next() override { return std::nullopt; }
  void tell(CrewCounts const& /*own*/) override {}
  [[nodiscard]] CrewCounts others() const override { return {}; }
  [[nodiscard]] bool is_stopped() const override { return false; }
  int end(int stopped) override { return stopped; }
  void finish() override {}
  std::vector<std::uint64_t> sum(std::vector<std::uint64_t> own) override { return own; }
  std::vector<std::uint64_t> gather(std::vector<std::uint64_t> const& own) override { return own; }

 private:
  Exchange& others_;
};

constexpr std::string_view national = R"(utvei: scenario/1
extends: baseline.yaml
name: national
measures:
  - name: help
    who: {state: no_known_status}
    lasts: {median: 5 months}
    places: {total: 20}
    queue: {gives_up_after: {median: 9 months}}
    allocate: {every: 1 month}
    effects: [{transition: "no_known_status -> work", hazard_ratio: 1.6, assumed: true}]
)";
constexpr std::string_view batch = R"(utvei: batch/1
name: all
scenarios: [baseline.yaml, national.yaml]
names: "{scenario}"
set: {population.persons: 1500}
people_per_unit: 400
)";
constexpr std::string_view two_draws = "draws: 2\n";

class SharedUnits : public testing::Test {
 protected:
  SharedUnits() {
    std::filesystem::copy(std::filesystem::path{UTVEI_SOURCE_DIR} / "scenarios/example", folder_.path(),
                          std::filesystem::copy_options::recursive | std::filesystem::copy_options::overwrite_existing);
    folder_.write("national.yaml", national);
    folder_.write("all.yaml", std::string{batch} + std::string{two_draws});
  }

  /// What one process has before it begins.
  struct Process {
    Process(support::TempFolder const& folder, std::string const& store_name)
        : store{(folder.path() / store_name).string()} {
      Diagnostics diagnostics;
      BatchFile file = read_batch((folder.path() / "all.yaml").string(), {}, diagnostics);
      throw_if_errors(diagnostics);
      plan = plan_batch(std::move(file), shelf, diagnostics);
      throw_if_errors(diagnostics);
      for (std::size_t unit = 0; unit < plan.units.size(); ++unit)
        if (may_be_of_all(plan, unit)) of_all.push_back({unit});
    }
    VariantShelf shelf{"program", 1};
    BatchPlan plan;
    UnitStore store;
    std::vector<UnitBundle> of_all;
  };

  /// By three members, each with a process of its own; `prepare` may spoil one.
  std::vector<UnitsOfAll> run(std::function<void(std::size_t member, Process&, RunUnitsOptions&)> const& prepare = {}) {
    std::vector<UnitsOfAll> ran(3);
    support::ThreadsTogether{3}.run([&](Exchange& others) {
      Process process{folder_, "together"};
      RunUnitsOptions options;
      options.threads = 1;
      if (prepare) prepare(others.member(), process, options);
      CrewOfThreads crew{others};
      try {
        ran[others.member()] =
            run_units_of_all(process.plan, bundles_of(process.plan), process.shelf, process.store, crew, options);
      } catch (Interrupted const&) {
        std::scoped_lock const lock{mutex_};
        ++stopped_;
      }
    });
    return ran;
  }

  [[nodiscard]] std::map<std::string, std::string> units(std::string const& store) const {
    std::map<std::string, std::string> found;
    if (!std::filesystem::exists(folder_.path() / store)) return found;
    for (auto const& entry : std::filesystem::recursive_directory_iterator{folder_.path() / store})
      if (entry.path().extension() == ".unit")
        found[entry.path().filename().string()] = support::read_file(entry.path().string());
    return found;
  }

  support::TempFolder folder_;
  std::mutex mutex_;
  int stopped_{0};
};

TEST_F(SharedUnits, MayBeThoseOfManyWhoWaitForPlacesAtDates) {
  Process process{folder_, "alone"};
  EXPECT_THAT(process.of_all, SizeIs(2));
  for (UnitBundle const& bundle : process.of_all) EXPECT_EQ(process.plan.units[bundle.front()].variant, 1);
  process.plan.file.people_per_unit = 1500;
  EXPECT_FALSE(may_be_of_all(process.plan, process.of_all.front().front())) << "one member can do so many";
}

TEST_F(SharedUnits, HaveTheBytesOfOneProcess) {
  Process alone{folder_, "alone"};
  run_units(alone.plan, alone.of_all, alone.shelf, alone.store, {});
  auto const ran = run();
  EXPECT_EQ(ran[0].ran.progress.done, 2);
  EXPECT_EQ(ran[1].ran.progress.done, 0) << "each is counted once";
  for (UnitsOfAll const& each : ran) EXPECT_EQ(each.left_over, ran[0].left_over);
  EXPECT_THAT(ran[0].left_over, SizeIs(bundles_of(alone.plan).size() - 2));
  EXPECT_THAT(units("together"), SizeIs(2));
  EXPECT_EQ(units("together"), units("alone"));
  EXPECT_EQ(run()[0].ran.progress.units, 0) << "they are there";
}

TEST_F(SharedUnits, AreThoseThatWouldLeaveMembersIdle) {
  folder_.write("all.yaml", std::string{batch} + "draws: 8\n");
  auto const ran = run();
  EXPECT_EQ(ran[0].ran.progress.done, 8 % 3);
  // The next time the others are there but for one: no more than members.
  Process process{folder_, "together"};
  std::erase_if(process.of_all, [&](UnitBundle const& bundle) {
    return process.store.load(process.plan.units[bundle.front()].id).state == UnitStore::State::whole;
  });
  process.of_all.pop_back();
  run_units(process.plan, process.of_all, process.shelf, process.store, {});
  EXPECT_EQ(run()[0].ran.progress.done, 1);
}

TEST_F(SharedUnits, LeaveWhatAnotherProcessWorksOn) {
  Process other{folder_, "together"};
  auto const claim = other.store.claim(other.plan.units[other.of_all.front().front()].id);
  auto const ran = run();
  EXPECT_EQ(ran[0].ran.progress.done, 1);
  EXPECT_THAT(ran[0].left_over, testing::Contains(other.of_all.front()));
}

TEST_F(SharedUnits, AreDoneByNoneWhereOneCannot) {
  auto const ran = run([](std::size_t member, Process& process, RunUnitsOptions&) {
    if (member == 1) process.plan.variants[1].key = "of other files";
  });
  EXPECT_EQ(ran[0].ran.progress.failed, 2);
  ASSERT_THAT(ran[0].ran.failures, SizeIs(2));
  EXPECT_THAT(ran[0].ran.failures[0].why, HasSubstr("has changed since the batch began"));
  EXPECT_THAT(ran[1].ran.failures, IsEmpty());
  EXPECT_THAT(units("together"), IsEmpty());
  EXPECT_EQ(run()[0].ran.progress.done, 2) << "nobody holds them";
}

TEST_F(SharedUnits, StopForAllWhenOneIsToldTo) {
  for (StopWish const wish : {StopWish::after_units, StopWish::at_once}) {
    run([wish](std::size_t member, Process&, RunUnitsOptions& options) {
      if (member == 2) options.wish = [wish] { return wish; };
    });
    EXPECT_THAT(units("together"), IsEmpty());
  }
  EXPECT_EQ(stopped_, 2 * 3);
  // In the middle of a unit: the wish comes after the members have agreed to do it.
  run([](std::size_t member, Process&, RunUnitsOptions& options) {
    if (member == 1)
      options.wish = [asked = std::make_shared<std::atomic<int>>(0)] {
        return (*asked)++ == 0 ? StopWish::none : StopWish::at_once;
      };
  });
  EXPECT_EQ(stopped_, 3 * 3);
  EXPECT_EQ(run()[0].ran.progress.failed, 0);
  EXPECT_THAT(units("together"), SizeIs(2));
}

}  // namespace
}  // namespace utvei
