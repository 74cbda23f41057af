// SPDX-License-Identifier: Apache-2.0
#include "support/files.hpp"

#include <utvei/output/register_file.hpp>

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

/// A study in which everything occurs that a register file holds.
class RegisterFile : public ::testing::Test {
 protected:
  RegisterFile() {
    folder.write("model.yaml",
                 "utvei: model/1\nname: small\nregions: regions.csv\nstates:\n  a: {}\n  b: {}\n"
                 "traits:\n  sex: [female, male]\n  education: [basic, higher]\n  debt: number\n"
                 "transitions:\n  - {from: a, to: b}\n  - {from: b, to: a}\n");
    folder.write("regions.csv", "region;parent\n4204;\n4203;\n");
    folder.write("persons.csv", "id;birth;sex;debt\nx;-2000;male;1\ny;-3000;;2\nz;soon;male;3\n");
    folder.write("moves.csv", "id;place;from;to\nx;4203;-10;5\nx;4204;7;\n");
    folder.write("school.csv", "id;level;from\ny;basic;-100\ny;higher;12\n");
    folder.write("spells.csv", "id;start;stop;state\nx;1;3,5;a\nx;3,5;;b\ny;-4;9;b\nz;1;2;a\n");
    study = read(
        "utvei: study/1\nname: small\nmodel: model.yaml\ndata_class: open\n"
        "time: {unit: days, origin: 2015-01-01}\nwindow: {from: 0, to: 31}\n"
        "persons: {file: persons.csv, id: id, birth: birth, sex: sex, traits: [debt]}\n"
        "residence: {file: moves.csv, id: id, region: place, start: from, stop: to}\n"
        "traits_over_time: [{file: school.csv, id: id, trait: education, value: level, start: from}]\n"
        "sources: [{file: spells.csv, id: id, start: start, stop: stop, state_from: {column: state}}]\n"
        "otherwise: a\nrejects: {at_most: 0.5}\n");
    lives = read_register(study, 2, diagnostics);
    throw_if_errors(diagnostics);
    save_register(lives, study, {}, (folder / "register.h5").string());
  }
  Study read(std::string_view text) {
    auto const path = folder.write("study.yaml", text);
    auto found = read_study(path, {}, {}, diagnostics);
    throw_if_errors(diagnostics);
    return found;
  }
  support::TempFolder folder;
  Diagnostics diagnostics;
  Study study;
  LifeCourses lives;
};

TEST_F(RegisterFile, KeepsEverything) {
  Study later = read("utvei: study/1\nname: later\nmodel: model.yaml\nregister: register.h5\n");
  auto const loaded = load_register(later, diagnostics);
  throw_if_errors(diagnostics);
  EXPECT_EQ(later.from, study.from);
  EXPECT_EQ(later.to, study.to);
  EXPECT_EQ(later.time.unit_minutes, study.time.unit_minutes);
  EXPECT_EQ(later.time.origin, study.time.origin);
  EXPECT_EQ(later.data_class, "open");
  EXPECT_TRUE(later.persons.birth && later.residence && later.traits_over_time.size() == 1);

  EXPECT_EQ(loaded.persons.id.values(), lives.persons.id.values());
  EXPECT_EQ(loaded.persons.birth.values(), lives.persons.birth.values());
  EXPECT_TRUE(loaded.persons.region.empty());
  EXPECT_EQ(loaded.persons.traits[0].values(), lives.persons.traits[0].values());
  EXPECT_EQ(loaded.persons.traits[2].values(), lives.persons.traits[2].values());
  EXPECT_EQ(loaded.persons.residence.first, lives.persons.residence.first);
  EXPECT_EQ(loaded.persons.residence.from, lives.persons.residence.from);
  EXPECT_EQ(loaded.persons.residence.value, lives.persons.residence.value);
  EXPECT_EQ(loaded.persons.traits_over_time[1].from, lives.persons.traits_over_time[1].from);
  EXPECT_EQ(loaded.persons.traits_over_time[1].value, lives.persons.traits_over_time[1].value);

  EXPECT_EQ(loaded.person.values(), lives.person.values());
  EXPECT_EQ(loaded.state.values(), lives.state.values());
  EXPECT_EQ(loaded.entered.values(), lives.entered.values());
  EXPECT_EQ(loaded.enter.values(), lives.enter.values());
  EXPECT_EQ(loaded.leave.values(), lives.leave.values());
  EXPECT_EQ(loaded.entry_known.values(), lives.entry_known.values());
  EXPECT_EQ(loaded.next.values(), lives.next.values());
  EXPECT_EQ(loaded.first_spell, lives.first_spell);
  EXPECT_EQ(describe(loaded.counts), describe(lives.counts));
  EXPECT_EQ(loaded.counts.rejected, lives.counts.rejected);
  for (NamedCount const& named : named_counts()) EXPECT_EQ(loaded.counts.*named.count, lives.counts.*named.count);
}

TEST_F(RegisterFile, IsTranslatedToAModelWithAnotherOrder) {
  folder.write(
      "turned.yaml",
      "utvei: model/1\nname: turned\nregions: turned.csv\nstates:\n  b: {}\n  c: {}\n  a: {}\n"
      "traits:\n  education: [higher, basic]\n  sex: [male, female]\n  debt: number\n"
      "transitions:\n  - {from: a, to: b}\n  - {from: b, to: a}\n  - {from: b, to: c}\n  - {from: c, to: b}\n");
  folder.write("turned.csv", "region;parent\n4203;\n4204;\n");
  Study later = read("utvei: study/1\nname: later\nmodel: turned.yaml\nregister: register.h5\n");
  auto const loaded = load_register(later, diagnostics);
  throw_if_errors(diagnostics);
  for (SpellId const spell : ids_of(lives.state))
    EXPECT_EQ(later.model.states[loaded.state[spell]].name, study.model.states[lives.state[spell]].name);
  EXPECT_EQ(loaded.persons.traits[1][PersonRow{0}], 0) << "male";
  EXPECT_EQ(loaded.persons.traits[1][PersonRow{1}], unknown_level);
  EXPECT_EQ(loaded.persons.residence.value.front(), RegionId{0}) << "4203";
  EXPECT_EQ(loaded.persons.traits_over_time[0].value, (std::vector<std::uint16_t>{1, 0}));
}

}  // namespace
}  // namespace utvei
