// SPDX-License-Identifier: Apache-2.0
#include "files.hpp"

#include <utvei/document/digest.hpp>

#include <string>

#include <gtest/gtest.h>

namespace utvei {
namespace {

// FIPS 180-4 examples.
TEST(Sha256, KnownAnswers) {
  EXPECT_EQ(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256(std::string(1'000'000, 'a')), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, OfFiles) {
  support::TempFolder const folder;
  std::string const big(3'000'001, '\n');
  EXPECT_EQ(sha256_of_file(folder.write("big", big)), sha256(big));
  EXPECT_EQ(sha256_of_file(folder.write("empty", "")), sha256(""));
  EXPECT_EQ(sha256_of_file((folder / "none").string()), "");
  EXPECT_EQ(sha256_of_file(folder.path().string()), "");
}

}  // namespace
}  // namespace utvei
