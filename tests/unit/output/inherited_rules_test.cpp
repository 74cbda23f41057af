// SPDX-License-Identifier: Apache-2.0
#include "small_result.hpp"
#include "support/files.hpp"

#include <utvei/output/inherited_rules.hpp>
#include <utvei/output/result_file.hpp>

#include <filesystem>
#include <string>

#include <gmock/gmock.h>

namespace utvei {
namespace {

class InheritedRules : public ::testing::Test {
 protected:
  std::string made_with(std::string const& name, DisclosureRules const& rules,
                        std::vector<InputFile> const& inputs = {}) {
    auto result = test::small_result();
    result.life_courses.reset();
    result.provenance.data_class = "register";
    result.provenance.disclosure = rules;
    result.provenance.inputs = inputs;
    auto path = (folder / name).string();
    save_result(result, path);
    return path;
  }
  support::TempFolder folder;
};

TEST_F(InheritedRules, AreTheUsualOnesWhereNobodySaysAnything) {
  auto const text = folder.write("rates.csv", "from,to\n");
  EXPECT_EQ(inherited_rules({text, "nowhere.h5"}), DisclosureRules{});
}

TEST_F(InheritedRules, FollowTheData) {
  auto const path = made_with("one.h5", {10, 50, 3});
  EXPECT_EQ(inherited_rules({path}), (DisclosureRules{10, 50, 3}));
  EXPECT_EQ(load_result(path).provenance.disclosure, (DisclosureRules{10, 50, 3}));
}

TEST_F(InheritedRules, AreTheStrictestOfAllInputs) {
  auto const one = made_with("one.h5", {3, 50, 1});
  auto const other = made_with("other.h5", {5, 30, 3});
  EXPECT_EQ(inherited_rules({one}), (DisclosureRules{3, 50, 1}));
  EXPECT_EQ(inherited_rules({one, other}), (DisclosureRules{5, 50, 3}));
}

/// Whoever writes the file may have forgotten: what it was made of has not.
TEST_F(InheritedRules, CannotBeLoweredByWhoWrites) {
  auto const strict = made_with("strict.h5", {20, 100, 5});
  auto const made = made_with("made.h5", {4, 30, 1}, {{strict, ""}});
  EXPECT_EQ(load_result(made).provenance.disclosure, (DisclosureRules{20, 100, 5}));
}

TEST_F(InheritedRules, AreOfRegistersAlone) {
  auto result = test::small_result();
  result.provenance.disclosure.least = 50;
  auto const path = (folder / "made_up.h5").string();
  save_result(result, path);
  EXPECT_EQ(inherited_rules({path}), DisclosureRules{});
}

TEST_F(InheritedRules, FilesOfRegistersAreForTheirOwnerAlone) {
  auto const path = made_with("one.h5", {});
  EXPECT_EQ(std::filesystem::status(path).permissions(), std::filesystem::perms{0600});
}

}  // namespace
}  // namespace utvei
