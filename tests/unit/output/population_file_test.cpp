// SPDX-License-Identifier: Apache-2.0
#include "support/files.hpp"

#include <utvei/output/population_file.hpp>
#include <utvei/population/fingerprint.hpp>

#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

/// A model, and three people of it in a file.
class PopulationFile : public ::testing::Test {
 protected:
  PopulationFile() {
    folder.write("regions.csv", "region;parent\nr1;\nr2;\n");
    model = read("states: {a: {}, b: {}}\ntraits: {sex: [female, male], debt: number}\nregions: regions.csv\n");
    saved.name = "three";
    saved.date = start_of_year(2022);
    Population& people = saved.people;
    people.key = Column<PersonRow, PersonKey>{{PersonKey{0xffffffffffffffffULL}, PersonKey{2}, PersonKey{3}}};
    people.state = Column<PersonRow, StateId>{{StateId{1}, StateId{0}, StateId{1}}};
    people.birth = Column<PersonRow, Instant>{{Instant{-5}, Instant{7}, Instant{0}}};
    people.region = Column<PersonRow, RegionId>{{RegionId{1}, RegionId{1}, RegionId{0}}};
    people.time_in_state = Column<PersonRow, Duration>{{Duration{1}, Duration{0}, Duration{99}}};
    people.traits = {Column<PersonRow, std::uint16_t>{{std::uint16_t{0}, std::uint16_t{1}, std::uint16_t{1}}}, {}};
    people.numbers.resize(2);
    people.data_class = "open";
    path = (folder / "people.h5").string();
    save_population(saved, {}, model, {}, path);
  }

  [[nodiscard]] Model read(std::string const& keys) const {
    Diagnostics found;
    auto const file = folder.write(
        "model.yaml", "utvei: model/1\nname: small\ntransitions: [{from: a, to: b}, {from: b, to: a}]\n" + keys);
    Model made = read_model(file, {}, {}, found);
    throw_if_errors(found);
    return made;
  }

  support::TempFolder folder;
  Diagnostics diagnostics;
  Model model;
  SavedPopulation saved;
  std::string path;
};

TEST_F(PopulationFile, KeepsEverything) {
  auto const loaded = load_population(path, model, {}, diagnostics);
  ASSERT_TRUE(loaded) << render(diagnostics);
  EXPECT_EQ(loaded->name, "three");
  EXPECT_EQ(loaded->date, saved.date);
  EXPECT_EQ(loaded->people.data_class, "open");
  EXPECT_EQ(loaded->people.key.values(), saved.people.key.values());
  EXPECT_EQ(loaded->people.birth.values(), saved.people.birth.values());
  EXPECT_EQ(loaded->people.time_in_state.values(), saved.people.time_in_state.values());
  EXPECT_EQ(fingerprint(loaded->people, model, 1), fingerprint(saved.people, model, 1));
  EXPECT_THAT(loaded->people.inputs, testing::ElementsAre(path));
}

TEST_F(PopulationFile, KeepsHouseholds) {
  Households households;
  households.adults = {2};
  households.children = {0};
  households.of_person = {1, 0, 1};
  save_population(saved, households, model, {}, path);
  auto const loaded = load_population(path, model, {}, diagnostics);
  ASSERT_TRUE(loaded) << render(diagnostics);
  EXPECT_THAT(loaded->people.household.values(), testing::ElementsAre(1U, 0U, 1U));
}

TEST_F(PopulationFile, IsReadByNameForAModelInAnotherOrder) {
  folder.write("regions.csv", "region;parent\nr0;\nr2;\nr1;\n");
  Model const other =
      read("states: {b: {}, a: {}}\ntraits: {debt: number, sex: [male, female]}\nregions: regions.csv\n");
  auto const loaded = load_population(path, other, {}, diagnostics);
  ASSERT_TRUE(loaded) << render(diagnostics);
  EXPECT_EQ(fingerprint(loaded->people, other, 1), fingerprint(saved.people, model, 1));
}

TEST_F(PopulationFile, NamesWhatTheModelLacks) {
  Model const other = read("states: {a: {}, b: {}}\ntraits: {sex: [man, female]}\n");
  EXPECT_FALSE(load_population(path, other, {}, diagnostics));
  auto const text = render(diagnostics);
  EXPECT_THAT(text, testing::HasSubstr("the people have the region `r2`, which the model does not have"));
  EXPECT_THAT(text, testing::HasSubstr("the people have the level of sex `male`, which the model does not have"));
}

TEST_F(PopulationFile, OfARegisterIsReadByItsOwnerAlone) {
  saved.people.data_class = "register";
  save_population(saved, {}, model, {}, path);
  using std::filesystem::perms;
  EXPECT_EQ(std::filesystem::status(path).permissions() & perms::all, perms::owner_read | perms::owner_write);
}

TEST_F(PopulationFile, MustBeOne) {
  auto const text = folder.write("text.h5", "no HDF5");
  EXPECT_FALSE(load_population(text, model, {}, diagnostics));
  EXPECT_FALSE(load_population((folder / "none.h5").string(), model, {}, diagnostics));
  EXPECT_EQ(diagnostics.error_count(), 2U);
}

}  // namespace
}  // namespace utvei
