// SPDX-License-Identifier: Apache-2.0
#include "working_folder.hpp"

#include <set>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace utvei {
namespace {

using testing::HasSubstr;
using testing::IsSupersetOf;

TEST(Doctor, SaysWhatThereIs) {
  WorkingFolder const folder;
  auto const outcome = folder.run({"doctor", "--format", "json"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  std::set<std::string> names;
  for (auto const& finding : nlohmann::json::parse(outcome.out)) {
    names.insert(finding["name"]);
    EXPECT_TRUE(finding["status"] == "ok" || finding["status"] == "lacks") << finding;
    if (finding["status"] == "ok") continue;
    EXPECT_THAT(finding["remedy"].get<std::string>(), HasSubstr("apt-get install "));
  }
  EXPECT_THAT(names, IsSupersetOf({"utvei", "compiler", "HDF5", "cores", "memory", "disk", "output folder", "terminal",
                                   "graphviz", "h5py", "xarray"}));
}

TEST(Doctor, SaysHowToGetWhatIsMissing) {
  WorkingFolder const folder;
  auto const outcome = folder.shell("program=$(command -v utvei); PATH=/nowhere; \"$program\" doctor");
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_THAT(outcome.out, HasSubstr("apt-get install graphviz\n"));
}

TEST(Doctor, FailsWhereResultsCannotBeWritten) {
  WorkingFolder const folder;
  auto const outcome = folder.run({"doctor", "--out", "model.yaml/runs"});
  EXPECT_EQ(outcome.exit_code, 4);
  EXPECT_THAT(outcome.out, HasSubstr("fails  output folder"));
}

}  // namespace
}  // namespace utvei
