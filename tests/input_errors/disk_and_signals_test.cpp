// SPDX-License-Identifier: Apache-2.0
// What can go wrong around a run: the disk, the folder, somebody who stops it. Nothing half-written is left.
#include "good_folder.hpp"
#include "support/program.hpp"

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <sys/mount.h>
#include <unistd.h>

namespace utvei {
namespace {

using testing::AllOf;
using testing::AnyOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// A disk of some kilobytes, for as long as the scope lasts.
class SmallDisk {
 public:
  explicit SmallDisk(std::filesystem::path path) : path_{std::move(path)} {
    std::filesystem::create_directories(path_);
    mounted_ = mount("tmpfs", path_.c_str(), "tmpfs", 0, "size=32k") == 0;
    if (!mounted_) reason_ = std::strerror(errno);
  }
  ~SmallDisk() {
    if (mounted_) umount2(path_.c_str(), MNT_DETACH);
  }
  SmallDisk(SmallDisk const&) = delete;
  SmallDisk& operator=(SmallDisk const&) = delete;
  SmallDisk(SmallDisk&&) = delete;
  SmallDisk& operator=(SmallDisk&&) = delete;
  [[nodiscard]] bool mounted() const { return mounted_; }
  [[nodiscard]] std::string const& reason() const { return reason_; }

 private:
  std::filesystem::path path_;
  bool mounted_{false};
  std::string reason_;
};

TEST(FullDisk, EndsARunWithAMessageAndLeavesNothing) {
  GoodFolder const folder;
  SmallDisk const disk{folder / "small"};
  if (!disk.mounted()) GTEST_SKIP() << "cannot mount a small disk (needs root): " << disk.reason();
  auto const outcome = support::run_program({"run", "baseline.yaml", "--out", "small", "--quiet", "--set",
                                             "life_courses=all", "--set", "population.persons=20000"},
                                            folder.path());
  EXPECT_EQ(outcome.exit_code, 4);
  EXPECT_THAT(outcome.err, AllOf(HasSubstr("small/baseline.h5"), HasSubstr("No space left on device")));
  EXPECT_THAT(names_in(folder / "small"), IsEmpty());
}

TEST(FullDisk, EndsAnEstimateWithAMessageAndLeavesNothing) {
  GoodFolder const folder;
  SmallDisk const disk{folder / "small"};
  if (!disk.mounted()) GTEST_SKIP() << "cannot mount a small disk (needs root): " << disk.reason();
  support::write_file(folder / "small" / "filler", std::string(31 * 1024, 'x'));
  auto const outcome = support::run_program(
      {"estimate", "study.yaml", "-o", "small/rates.h5", "--exposure", "small/exposure.csv", "--quiet"}, folder.path());
  EXPECT_EQ(outcome.exit_code, 4);
  EXPECT_THAT(outcome.err, HasSubstr("No space left on device"));
  EXPECT_THAT(names_in(folder / "small"), ElementsAre("filler"));
}

TEST(FullDisk, KeepsTheOldResult) {
  GoodFolder const folder;
  SmallDisk const disk{folder / "small"};
  if (!disk.mounted()) GTEST_SKIP() << "cannot mount a small disk (needs root): " << disk.reason();
  support::write_file(folder / "small" / "baseline.h5", "the old one");
  auto const outcome = support::run_program({"run", "baseline.yaml", "--out", "small", "--quiet", "--set",
                                             "life_courses=all", "--set", "population.persons=20000"},
                                            folder.path());
  EXPECT_EQ(outcome.exit_code, 4);
  EXPECT_THAT(names_in(folder / "small"), ElementsAre("baseline.h5"));
  EXPECT_EQ(support::read_file(folder / "small" / "baseline.h5"), "the old one");
}

TEST(UnwritableFolder, IsSaidBeforeTheWork) {
  GoodFolder const folder;
  // Root may write to any folder, but not make files in the kernel's.
  if (geteuid() == 0 && !std::filesystem::exists("/sys/kernel/mm"))
    GTEST_SKIP() << "root may write everywhere, and /sys is not mounted";
  auto runs = std::filesystem::path{"/sys/kernel"};
  if (geteuid() != 0) {
    runs = folder / "runs";
    std::filesystem::create_directory(runs);
    std::filesystem::permissions(runs, std::filesystem::perms::owner_read | std::filesystem::perms::owner_exec);
  }
  auto const outcome = support::run_program({"run", "baseline.yaml", "--quiet", "--out", runs.string()}, folder.path());
  EXPECT_EQ(outcome.exit_code, 4);
  EXPECT_THAT(outcome.err, AllOf(HasSubstr(runs.string()), HasSubstr("cannot be written"),
                                 AnyOf(HasSubstr("Permission denied"), HasSubstr("Read-only file system"),
                                       HasSubstr("Operation not permitted"))));
}

/// A run that takes much longer than the test waits, with an old result in its way.
support::Outcome stopped_run(GoodFolder const& folder, int signal) {
  support::write_file(folder / "runs" / "baseline.h5", "the old one");
  support::RunningProgram program{
      {"run", "baseline.yaml", "--quiet", "--set", "population.persons=3000000", "--set", "years=50"}, folder.path()};
  std::this_thread::sleep_for(std::chrono::milliseconds{700});
  program.signal(signal);
  return program.wait();
}

class StoppedRun : public testing::TestWithParam<std::pair<int, int>> {};

TEST_P(StoppedRun, LeavesNothingHalfWritten) {
  auto const [signal, exit_code] = GetParam();
  GoodFolder const folder;
  auto const outcome = stopped_run(folder, signal);
  EXPECT_EQ(outcome.exit_code, exit_code) << outcome.err;
  EXPECT_THAT(names_in(folder / "runs"), ElementsAre("baseline.h5"));
  EXPECT_EQ(support::read_file(folder / "runs" / "baseline.h5"), "the old one");
}

INSTANTIATE_TEST_SUITE_P(Signals, StoppedRun,
                         testing::Values(std::pair{SIGINT, 130}, std::pair{SIGTERM, 6}, std::pair{SIGUSR1, 6}));

}  // namespace
}  // namespace utvei
