// SPDX-License-Identifier: Apache-2.0
#include "files.hpp"
#include "small_result.hpp"

#include <utvei/core/diagnostics.hpp>
#include <utvei/output/result_file.hpp>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mount.h>

namespace utvei {
namespace {

using ::testing::HasSubstr;

TEST(FullDisk, EndsWithAMessageAndLeavesNothing) {
  support::TempFolder const folder;
  auto const disk = folder / "disk";
  std::filesystem::create_directory(disk);
  if (::mount("tmpfs", disk.c_str(), "tmpfs", 0, "size=16k") != 0)
    GTEST_SKIP() << "no small disk can be mounted here: " << std::strerror(errno);
  std::string message;
  try {
    save_result(test::small_result(), (disk / "a.h5").string());
  } catch (InputError const& error) {
    message = render(error.diagnostics());
  }
  bool const empty = std::filesystem::is_empty(disk);
  ::umount2(disk.c_str(), MNT_DETACH);
  EXPECT_THAT(message, HasSubstr("No space left on device"));
  EXPECT_TRUE(empty);
}

}  // namespace
}  // namespace utvei
