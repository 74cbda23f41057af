// SPDX-License-Identifier: Apache-2.0
#include "support/files.hpp"

#include <utvei/core/diagnostics.hpp>
#include <utvei/output/unit_store.hpp>

#include <filesystem>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

using State = UnitStore::State;

std::string const some_unit = "ab" + std::string(62, '0');

std::filesystem::path file_of_unit(support::TempFolder const& folder) {
  return folder / "units" / "ab" / (some_unit + ".unit");
}

struct UnitStoreTest : testing::Test {
  support::TempFolder folder;
  UnitStore store{(folder / "units").string()};
  void save(std::string const& content) {
    auto const claim = store.claim(some_unit);
    store.save(some_unit, content, 0600);
  }
};

TEST_F(UnitStoreTest, GivesBackWhatItWasGiven) {
  EXPECT_EQ(store.load(some_unit).state, State::missing);
  std::string const content{"a\0b\n", 4};
  save(content);
  EXPECT_EQ(store.load(some_unit).state, State::whole);
  EXPECT_EQ(store.load(some_unit).content, content);
  EXPECT_EQ(std::filesystem::status(file_of_unit(folder)).permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST_F(UnitStoreTest, SeesEveryFlippedBitAndEveryLostByte) {
  save("numbers");
  auto const whole = support::read_file(file_of_unit(folder));
  for (std::size_t byte = 0; byte < whole.size(); ++byte) {
    auto text = whole;
    text[byte] = static_cast<char>(text[byte] ^ 1);
    support::write_file(file_of_unit(folder), text);
    EXPECT_EQ(store.load(some_unit).state, State::damaged) << byte;
    support::write_file(file_of_unit(folder), whole.substr(0, byte));
    EXPECT_EQ(store.load(some_unit).state, State::damaged) << byte;
  }
}

TEST_F(UnitStoreTest, SeesAUnitUnderTheNameOfAnother) {
  save("numbers");
  std::string const other = "ab" + std::string(62, '1');
  std::filesystem::rename(file_of_unit(folder), folder / "units" / "ab" / (other + ".unit"));
  EXPECT_EQ(store.load(other).state, State::damaged);
}

TEST_F(UnitStoreTest, GivesAUnitToOneAtATime) {
  {
    auto const claim = store.claim(some_unit);
    ASSERT_TRUE(claim);
    EXPECT_TRUE(store.is_claimed(some_unit));
    EXPECT_FALSE(store.claim(some_unit));
  }
  EXPECT_FALSE(store.is_claimed(some_unit));
  EXPECT_TRUE(store.claim(some_unit));
}

TEST_F(UnitStoreTest, TakesOverFromWhoeverWasKilledAndSweeps) {
  std::filesystem::create_directories(folder / "units" / "ab");
  support::write_file(folder / "units" / "ab" / (some_unit + ".claim"), "");
  support::write_file(folder / "units" / "ab" / ("." + some_unit + ".unit.123-0.part"), "half");
  EXPECT_FALSE(store.is_claimed(some_unit));
  save("numbers");
  std::size_t files = 0;
  for ([[maybe_unused]] auto const& each : std::filesystem::directory_iterator{folder / "units" / "ab"}) ++files;
  EXPECT_EQ(files, 1);
}

TEST_F(UnitStoreTest, TidiesAfterWhoeverWasKilledWithTheUnitDone) {
  save("numbers");
  auto const left = folder / "units" / "ab" / (some_unit + ".claim");
  support::write_file(left, "");
  store.tidy(some_unit);
  EXPECT_FALSE(std::filesystem::exists(left));
  EXPECT_EQ(store.load(some_unit).state, State::whole);
}

TEST_F(UnitStoreTest, ForgetsAFailureWhenTheUnitIsDone) {
  EXPECT_FALSE(store.failure(some_unit));
  auto const claim = store.claim(some_unit);
  store.note_failure(some_unit, "no room");
  EXPECT_EQ(store.failure(some_unit), "no room");
  store.save(some_unit, "numbers", 0600);
  EXPECT_FALSE(store.failure(some_unit));
}

TEST_F(UnitStoreTest, TellsOfAFailureThatThereWasNoRoomToWriteDown) {
  std::filesystem::create_directories(folder / "units" / "ab");
  support::write_file(folder / "units" / "ab" / (some_unit + ".failed"), "");
  EXPECT_THAT(store.failure(some_unit), testing::Optional(testing::HasSubstr("on a full disk")));
}

}  // namespace
}  // namespace utvei
