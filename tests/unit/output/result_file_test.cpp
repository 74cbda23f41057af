// SPDX-License-Identifier: Apache-2.0
#include "files.hpp"
#include "small_result.hpp"

#include <utvei/core/diagnostics.hpp>
#include <utvei/output/atomic_file.hpp>
#include <utvei/output/result_file.hpp>
#include <utvei/output/result_parts.hpp>

#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

using support::TempFolder;
using test::small_result;
using ::testing::HasSubstr;

/// What load_result says about a file that it cannot read.
std::string failure_of(std::filesystem::path const& path) {
  try {
    load_result(path.string());
  } catch (InputError const& error) {
    EXPECT_EQ(error.diagnostics().all().at(0).fault, Fault::data);
    return render(error.diagnostics());
  }
  return "read without complaint";
}

TEST(ResultFile, GivesBackAllThatWasSaved) {
  TempFolder const folder;
  auto const path = (folder.path() / "a.h5").string();
  auto const result = small_result();
  save_result(result, path);
  auto const loaded = load_result(path);
  EXPECT_EQ(loaded.provenance, result.provenance);
  EXPECT_EQ(loaded.tables, result.tables);
  EXPECT_EQ(loaded.group_tables, result.group_tables);
  EXPECT_EQ(loaded.states, result.states);
  EXPECT_EQ(loaded.region_names, result.region_names);
  EXPECT_EQ(loaded.life_courses, result.life_courses);
}

TEST(ResultFile, GivesBackGroupsTableByTableAndDrawByDraw) {
  TempFolder const folder;
  auto const path = (folder.path() / "parts.h5").string();
  auto const result = small_result();
  save_result(result, path);
  auto loaded = load_sums(path);
  EXPECT_EQ(loaded.tables, result.tables);
  EXPECT_TRUE(loaded.group_tables.empty());
  EXPECT_FALSE(loaded.life_courses);
  load_groups(path, loaded, [](Table const& table) { return table.quantity == "person_years"; });
  ASSERT_EQ(loaded.group_tables.size(), 1U);
  EXPECT_EQ(loaded.group_tables.front(), *result.group_table("person_years"));
  auto const part = load_groups_of_draw(path, "person_years", 0);
  ASSERT_TRUE(part);
  EXPECT_EQ(part->values, result.group_table("person_years")->values);  // there is one draw
  EXPECT_EQ(part->dimensions.front().name, "group");
  EXPECT_FALSE(load_groups_of_draw(path, "stock", 0));
}

TEST(ResultFile, GivesBackMeasuresAndDefinitions) {
  TempFolder const folder;
  auto const path = (folder.path() / "measures.h5").string();
  auto result = small_result();
  EXPECT_FALSE(result.provenance.places_couple_people);
  result.provenance.places_couple_people = true;
  result.definitions = {{"neet", "less", "Utenfor", "Utanfor", "Outside"}, {"ufore", "", "", "", ""}};
  result.measures = {{"ips", "", "Jobbspesialist", "Jobbspesialist på nynorsk", "Job specialist"},
                     {"kvp", "", "", "", ""}};
  result.tables.push_back(
      test::counts("participants", {{"draw", {"0"}}, {"measure", {"ips", "kvp"}}, {"year", {"2025", "2026", "2027"}}}));
  save_result(result, path);
  auto const loaded = load_result(path);
  EXPECT_EQ(loaded.provenance, result.provenance);
  EXPECT_EQ(loaded.definitions, result.definitions);
  EXPECT_EQ(loaded.measures, result.measures);
  EXPECT_EQ(loaded.tables, result.tables);
}

TEST(ResultFile, GivesBackInputs) {
  TempFolder const folder;
  RunResult result = small_result();
  result.inputs = {
      {"school -> work",
       "school -> work",
       UncertainInput::Kind::rates,
       UncertainInput::Scale::log,
       false,
       {0.2, 0.3, 0.25}},
      {"school -> work", "what if", UncertainInput::Kind::effect, UncertainInput::Scale::log, true, {1.3}}};
  auto const path = (folder.path() / "inputs.h5").string();
  save_result(result, path);
  EXPECT_EQ(load_result(path).inputs, result.inputs);
}

TEST(ResultFile, GivesBackMovesAndChangesOfTraits) {
  TempFolder const folder;
  auto const path = (folder.path() / "moves.h5").string();
  auto result = small_result();
  result.life_courses->changes = {{1, 1}, {28'927'001, 28'999'999}, {0, 1}, {0, 0}, {"region", "sex"}};
  save_result(result, path);
  EXPECT_EQ(load_result(path).life_courses, result.life_courses);
  result.life_courses->changes.value[1] = 2;
  save_result(result, path);
  EXPECT_THROW(load_result(path), InputError);
}

TEST(ResultFile, GivesBackLargeTablesAndNoLives) {
  TempFolder const folder;
  auto const path = (folder.path() / "large.h5").string();
  auto result = small_result();
  std::vector<std::string> many(3001);
  for (std::size_t i = 0; i < many.size(); ++i) many[i] = std::to_string(i);
  result.tables.push_back(test::counts("participants", {{"draw", {"0"}}, {"group", many}, {"region", many}}));
  result.tables.back().dimensions[2].labels.resize(70);
  std::get<std::vector<std::int64_t>>(result.tables.back().values).resize(3001 * 70);
  result.life_courses = LifeCourseTable{{}, {}, {}, {}, {}, {"school"}, {"start"}};
  save_result(result, path);
  EXPECT_EQ(load_result(path), result);
  result.life_courses.reset();
  result.region_names.emplace("42", "Agder");  // a region that no table has
  save_result(result, path);
  EXPECT_EQ(load_result(path), result);
}

TEST(ResultFile, OfARegisterWithLifeCoursesIsItsOwnersAlone) {
  TempFolder const folder;
  auto const path = (folder.path() / "a.h5").string();
  auto result = small_result();
  result.provenance.data_class = "register";
  save_result(result, path);
  EXPECT_EQ(std::filesystem::status(path).permissions(), std::filesystem::perms{0600});
}

TEST(ResultFile, OfAnEarlierVersionHasNoPeopleOfItsLives) {
  TempFolder const folder;
  auto const path = (folder.path() / "a.h5").string();
  auto result = small_result();
  result.life_courses->people = {};
  result.life_courses->changes = {};
  save_result(result, path);
  EXPECT_EQ(load_result(path).life_courses, result.life_courses);
}

TEST(ResultFile, IsTheSameBytesForTheSameResult) {
  TempFolder const folder;
  save_result(small_result(), (folder.path() / "a.h5").string());
  save_result(small_result(), (folder.path() / "b.h5").string());
  EXPECT_TRUE(support::read_file(folder.path() / "a.h5") == support::read_file(folder.path() / "b.h5"));
}

TEST(ResultFile, LeavesNothingBesideTheFile) {
  TempFolder const folder;
  auto const path = folder.path() / "a.h5";
  save_result(small_result(), path.string());
  save_result(small_result(), path.string());
  std::vector<std::string> names;
  for (auto const& entry : std::filesystem::directory_iterator{folder.path()}) names.push_back(entry.path().filename());
  EXPECT_THAT(names, ::testing::ElementsAre("a.h5"));
}

TEST(ResultFile, SaysWhatIsWrongWithAFile) {
  TempFolder const folder;
  EXPECT_THAT(failure_of(folder.path() / "missing.h5"), HasSubstr("does not exist"));
  EXPECT_THAT(failure_of(folder.path()), HasSubstr("is a folder"));
  support::write_file(folder.path() / "text.h5", "name: a scenario\n");
  EXPECT_THAT(failure_of(folder.path() / "text.h5"), HasSubstr("is not an HDF5 file"));
  support::write_file(folder.path() / "empty.h5", "");
  EXPECT_THAT(failure_of(folder.path() / "empty.h5"), HasSubstr("is not an HDF5 file"));
}

TEST(ResultFile, RefusesAFileThatWasCutShortAnywhere) {
  TempFolder const folder;
  auto const path = folder.path() / "a.h5";
  save_result(small_result(), path.string());
  auto const bytes = support::read_file(path);
  for (std::size_t keep = 1; keep < bytes.size(); keep += 997) {
    support::write_file(folder.path() / "cut.h5", bytes.substr(0, keep));
    EXPECT_THAT(failure_of(folder.path() / "cut.h5"), HasSubstr("cut short")) << keep;
  }
}

TEST(ResultFile, RefusesOtherFormatsAndNewerVersions) {
  TempFolder const folder;
  auto const path = (folder.path() / "a.h5").string();
  auto result = small_result();
  result.provenance.format = "utvei-rates";
  save_result(result, path);
  EXPECT_THAT(failure_of(path), HasSubstr("has the format `utvei-rates`, not `utvei-result`"));
  result = small_result();
  result.provenance.format_version = 2;
  save_result(result, path);
  EXPECT_THAT(failure_of(path), HasSubstr("update utvei"));
}

TEST(ResultFile, CannotBeWrittenWhereThereIsNoFolder) {
  TempFolder const folder;
  try {
    save_result(small_result(), (folder.path() / "no" / "a.h5").string());
    FAIL();
  } catch (InputError const& error) {
    EXPECT_THAT(render(error.diagnostics()), HasSubstr("No such file or directory"));
  }
}

TEST(AtomicFile, KeepsTheOldFileUntilTheNewOneIsComplete) {
  TempFolder const folder;
  auto const path = folder.path() / "a.txt";
  write_file_atomically(path.string(), "old");
  {
    AtomicFile const file{path.string()};
    support::write_file(file.temporary_path(), "half of the n");
    EXPECT_EQ(support::read_file(path), "old");
  }
  EXPECT_EQ(support::read_file(path), "old");
  write_file_atomically(path.string(), "new");
  EXPECT_EQ(support::read_file(path), "new");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator{folder.path()}, {}), 1);
}

TEST(AtomicFile, RefusesAFolder) {
  TempFolder const folder;
  EXPECT_THROW(write_file_atomically(folder.path().string(), "x"), InputError);
}

}  // namespace
}  // namespace utvei
