// SPDX-License-Identifier: Apache-2.0
#include "support/files.hpp"

#include <utvei/batch/batch_file.hpp>
#include <utvei/core/diagnostics.hpp>

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::string_view two_axes = R"(utvei: batch/1
name: grid
base: base.yaml
axes:
  - {name: places, key: measures.ips.places.total, values: [0, 20]}
  - {name: town, key: measures.ips.regions, values: [["4203"], ["4203", "4204"]]}
)";

struct ReadBatch {
  BatchFile file;
  std::vector<Variant> variants;
  std::string problems;
};

ReadBatch read_text(std::string const& text) {
  support::TempFolder const folder;
  folder.write("batch.yaml", text);
  folder.write("baseline.yaml", "name: today\n");
  ReadBatch read;
  Diagnostics diagnostics;
  read.file = read_batch((folder / "batch.yaml").string(), {}, diagnostics);
  if (!diagnostics.has_errors()) read.variants = variants_of(read.file, diagnostics);
  read.problems = render(diagnostics);
  return read;
}

std::vector<std::string> names_of(ReadBatch const& read) {
  std::vector<std::string> names;
  for (Variant const& variant : read.variants) names.push_back(variant.name);
  return names;
}

TEST(BatchFile, MakesAScenarioOfEachCombination) {
  auto const read = read_text(std::string{two_axes});
  EXPECT_THAT(read.problems, IsEmpty());
  EXPECT_THAT(names_of(read), ElementsAre("grid-0-4203", "grid-0-4203+4204", "grid-20-4203", "grid-20-4203+4204"));
  auto const& sets = read.variants[3].sets;
  ASSERT_EQ(sets.size(), 2);
  EXPECT_EQ(sets[0].path, "measures.ips.places.total");
  EXPECT_EQ(sets[0].value, "20");
  EXPECT_EQ(sets[1].value, R"(["4203", "4204"])");
  EXPECT_EQ(describe(read.variants[3], read.file), "places 20, town 4203+4204");
}

TEST(BatchFile, ZipsAxes) {
  auto const read = read_text(std::string{two_axes} + "combine: zip\nnames: 'p{places}'\n");
  EXPECT_THAT(names_of(read), ElementsAre("p0", "p20"));
  EXPECT_THAT(read_text(std::string{two_axes} + "  - {name: uptake, key: u, values: [1]}\ncombine: zip\n").problems,
              HasSubstr("axis `uptake` has 1 values, `places` has 2"));
}

TEST(BatchFile, AddsToSetFromTheCommandLine) {
  support::TempFolder const folder;
  folder.write("batch.yaml", "utvei: batch/1\nname: one\nbase: base.yaml\nset: {population.persons: 4000}\n");
  Diagnostics diagnostics;
  BatchFile const file =
      read_batch((folder / "batch.yaml").string(),
                 {parse_override("set.population.persons=9"), parse_override("draws=2")}, diagnostics);
  EXPECT_THAT(render(diagnostics), IsEmpty());
  std::vector<std::string> sets;
  for (Override const& set : file.sets) sets.push_back(set.path + "=" + set.value);
  EXPECT_THAT(sets, ElementsAre("population.persons=4000", "draws=2", "population.persons=9"));
}

TEST(BatchFile, AsksForLabelsOfMapsWhereNamesHaveThem) {
  std::string const maps = "  - {name: who, key: w, values: [{a: 1}, {a: 2}]}\n";
  EXPECT_THAT(read_text(std::string{two_axes} + maps).problems, HasSubstr("give axis `who` a label for each value"));
  auto const zipped = read_text(std::string{two_axes} + maps + "combine: zip\nnames: 'p{places}'\n");
  EXPECT_THAT(zipped.problems, IsEmpty());
  EXPECT_THAT(names_of(zipped), ElementsAre("p0", "p20"));
}

TEST(BatchFile, ExcludesAndOverrides) {
  auto const read = read_text(std::string{two_axes} +
                              "exclude: [{places: 0, town: \"4203\"}]\n"
                              "overrides: [{when: {places: 20}, set: {years: 4}}]\nset: {seed: 7}\ndraws: 5\n");
  EXPECT_THAT(names_of(read), ElementsAre("grid-0-4203+4204", "grid-20-4203", "grid-20-4203+4204"));
  std::vector<std::string> paths;
  for (Override const& set : read.variants[1].sets) paths.push_back(set.path);
  EXPECT_THAT(paths, ElementsAre("seed", "draws", "measures.ips.places.total", "measures.ips.regions", "years"));
}

TEST(BatchFile, HasABaselineOfItsOwnOrAmongItsScenarios) {
  auto const own = read_text(std::string{two_axes} + "baseline: baseline.yaml\n");
  EXPECT_EQ(own.variants.size(), 5);
  EXPECT_EQ(own.variants.front().name, "today");
  EXPECT_TRUE(own.variants.front().is_baseline);
  auto const among = read_text(std::string{two_axes} + "baseline: {places: 0, town: \"4203\"}\n");
  EXPECT_EQ(among.variants.size(), 4);
  EXPECT_TRUE(among.variants.front().is_baseline);
  EXPECT_THAT(read_text(std::string{two_axes} + "baseline: {places: 0}\n").problems,
              HasSubstr("`baseline` is 2 of the scenarios"));
}

TEST(BatchFile, SaysAllThatIsWrongAtOnce) {
  auto const read = read_text(
      "utvei: batch/1\nname: grid\naxes: [{name: a, key: 'x..y', values: [1, 1]}]\nexclude: [{b: 1}]\nnumber: 3\n");
  for (std::string const problem :
       {"neither `base` nor `scenarios`", "`x..y` is no key", "no axis is named `b`", "`number`"})
    EXPECT_THAT(read.problems, HasSubstr(problem));
}

TEST(BatchFile, RefusesTwoScenariosOfOneName) {
  EXPECT_THAT(read_text(std::string{two_axes} + "names: 'p{places}'\n").problems,
              HasSubstr("two scenarios of the batch are named `p0`"));
}

}  // namespace
}  // namespace utvei
