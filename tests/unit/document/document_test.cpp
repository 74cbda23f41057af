// SPDX-License-Identifier: Apache-2.0
#include "diagnosed.hpp"
#include "files.hpp"

#include <utvei/document/reader.hpp>
#include <utvei/document/value.hpp>

#include <string>
#include <vector>

namespace utvei {
namespace {

using ::testing::HasSubstr;
using testing::the_only;

class ReadDocument : public ::testing::Test {
 protected:
  Value read(std::string const& name, std::vector<std::string> const& sets = {}, Request const& request = {}) {
    std::vector<Override> overrides;
    overrides.reserve(sets.size());
    for (auto const& set : sets) overrides.push_back(parse_override(set));
    return read_document((folder / name).string(), overrides, request, diagnostics);
  }
  Value read_well(std::string const& name, std::vector<std::string> const& sets = {}) {
    auto value = read(name, sets);
    EXPECT_TRUE(diagnostics.all().empty()) << render(diagnostics);
    return value;
  }
  support::TempFolder folder;
  Diagnostics diagnostics;
};

TEST_F(ReadDocument, MergesMapsReplacesListsRemovesNulls) {
  folder.write("base/base.yaml",
               "utvei: scenario/1\nyears: 50\nmodel: model.yaml\nage_groups: [16, 20]\n"
               "population: {persons: 10, state: school, age: 16}\nseed: 42\n");
  folder.write("child.yaml",
               "utvei: scenario/1\nextends: base/base.yaml\nyears: 10\nage_groups: [30]\n"
               "population: {persons: 5, age: ~}\nseed: null\nname: child\nnew: ~\n");
  auto const value = read_well("child.yaml");
  EXPECT_EQ(value.find("years")->scalar, "10");
  EXPECT_EQ(value.find("years")->place.source->name, (folder / "child.yaml").string());
  EXPECT_EQ(value.find("model")->place.source->name, (folder / "base/base.yaml").string());
  EXPECT_EQ(path_beside(*value.find("model")), (folder / "base/model.yaml").string());
  EXPECT_EQ(value.find("age_groups")->items.size(), 1U);
  EXPECT_EQ(value.find("population")->find("persons")->scalar, "5");
  EXPECT_EQ(value.find("population")->find("state")->scalar, "school");
  EXPECT_EQ(value.find("population")->find("age"), nullptr);
  EXPECT_EQ(value.find("seed"), nullptr);
  EXPECT_EQ(value.find("extends"), nullptr);
  EXPECT_NE(value.find("new"), nullptr) << "an unknown key is told of even if it is empty";
}

TEST_F(ReadDocument, WhoHasANameOfItsOwnDoesNotInheritTheLabel) {
  folder.write("base.yaml", "name: base\nlabel: {nb: Som i dag}\nseed: 1\n");
  folder.write("child.yaml", "extends: base.yaml\nname: child\n");
  folder.write("called.yaml", "extends: base.yaml\nname: child\nlabel: Noe nytt\n");
  folder.write("same.yaml", "extends: base.yaml\nseed: 2\n");
  EXPECT_EQ(read_well("child.yaml").find("label"), nullptr);
  EXPECT_EQ(read_well("called.yaml").find("label")->scalar, "Noe nytt");
  EXPECT_NE(read_well("same.yaml").find("label"), nullptr);
  std::string const base = (folder / "base.yaml").string();
  EXPECT_EQ(read_document(base, {parse_override("name=other")}, {}, diagnostics).find("label"), nullptr);
  EXPECT_EQ(read_document(base, {parse_override("name=other"), parse_override("label=Ny")}, {}, diagnostics)
                .find("label")
                ->scalar,
            "Ny");
}

std::string names_of_items(Value const& list) {
  std::string names;
  for (Value const& item : list.items) names += item.find("name")->scalar + " ";
  return names;
}

TEST_F(ReadDocument, AMapOverAListChangesItemsByTheirNames) {
  folder.write(
      "base.yaml",
      "measures:\n  - {name: ips, uptake: 0.5, places: {total: 60}, effects: [{name: job, hazard_ratio: 1.3}]}\n"
      "  - {name: course, uptake: 1}\n  - {name: talk}\n");
  folder.write("child.yaml",
               "extends: base.yaml\nmeasures:\n  walk: {uptake: 0.1}\n  course: ~\n"
               "  ips: {places: {total: 80}, effects: {job: {hazard_ratio: 1.6}}}\n");
  auto const value = read_well("child.yaml", {"measures.walk.uptake=0.2"});
  Value const& measures = *value.find("measures");
  ASSERT_EQ(names_of_items(measures), "ips talk walk ") << "those of the base keep their place, new ones come last";
  EXPECT_EQ(measures.items[0].find("uptake")->scalar, "0.5");
  EXPECT_EQ(measures.items[0].find("places")->find("total")->scalar, "80");
  EXPECT_EQ(measures.items[0].find("effects")->items.at(0).find("hazard_ratio")->scalar, "1.6");
  EXPECT_EQ(measures.items[2].find("uptake")->scalar, "0.2");
  EXPECT_EQ(measures.items[2].find("name")->place.source->name, (folder / "child.yaml").string());
}

TEST_F(ReadDocument, AListReplacesAListAndAMapReplacesAListWithoutNames) {
  folder.write("base.yaml", "measures: [{name: ips}, {name: course}]\nhistory: [{left: work}, {left: school}]\n");
  folder.write("child.yaml", "extends: base.yaml\nmeasures: [{name: walk}]\nhistory: {left: aap}\n");
  auto const value = read_well("child.yaml");
  EXPECT_EQ(names_of_items(*value.find("measures")), "walk ");
  EXPECT_EQ(value.find("history")->find("left")->scalar, "aap");
}

TEST_F(ReadDocument, SaysWhatIsNotThereToBeRemoved) {
  folder.write("base.yaml", "measures: [{name: course}]\n");
  folder.write("child.yaml", "extends: base.yaml\nmeasures: {corse: null}\n");
  read("child.yaml");
  auto const& told = the_only(diagnostics);
  EXPECT_EQ(told.problem, "nothing named `corse` is there to be removed");
  EXPECT_EQ(told.suggestion, "did you mean `course`?");
}

TEST_F(ReadDocument, FollowsAChain) {
  folder.write("a.yaml", "x: 1\ny: 1\nz: 1\n");
  folder.write("sub/b.yaml", "extends: ../a.yaml\ny: 2\nz: 2\n");
  folder.write("c.yaml", "extends: sub/b.yaml\nz: 3\n");
  auto const value = read_well("c.yaml");
  EXPECT_EQ(value.find("x")->scalar, "1");
  EXPECT_EQ(value.find("y")->scalar, "2");
  EXPECT_EQ(value.find("z")->scalar, "3");
}

TEST_F(ReadDocument, FindsCircles) {
  folder.write("a.yaml", "extends: ./b.yaml\n");
  folder.write("b.yaml", "extends: a.yaml\n");
  auto const value = read("a.yaml");
  auto const said = the_only(diagnostics);
  EXPECT_EQ(said.problem, "files extend each other in a circle");
  EXPECT_EQ(said.place.source->name, (folder / "./b.yaml").string());
  EXPECT_EQ(said.place.column, 10);
  EXPECT_EQ(value.place.source, nullptr);
}

TEST_F(ReadDocument, FindsAFileThatExtendsItself) {
  folder.write("a.yaml", "extends: a.yaml\n");
  read("a.yaml");
  EXPECT_THAT(the_only(diagnostics).problem, HasSubstr("circle"));
}

TEST_F(ReadDocument, ReportsAMissingParentWhereItIsNamed) {
  folder.write("a.yaml", "name: a\nextends: none.yaml\n");
  read("a.yaml");
  auto const said = the_only(diagnostics);
  EXPECT_EQ(said.fault, Fault::file);
  EXPECT_EQ(said.place.line, 2);
  EXPECT_EQ(said.place.column, 10);
  EXPECT_THAT(said.problem, HasSubstr("there is no file"));
}

TEST_F(ReadDocument, ReportsAMissingFileOfTheCommandLineAsData) {
  auto const value = read("none/none.yaml");
  auto const said = the_only(diagnostics);
  EXPECT_EQ(said.fault, Fault::data);
  EXPECT_EQ(said.place.line, 0);
  EXPECT_EQ(said.place.source->name, (folder / "none/none.yaml").string());
  EXPECT_THAT(said.why, HasSubstr("does not exist either"));
  EXPECT_EQ(value.place.source, nullptr);
}

TEST_F(ReadDocument, RefusesWhatIsNoDocument) {
  struct Case {
    std::string text;
    std::string problem;
  };
  for (auto const& [text, problem] :
       {Case{"", "the file is empty"}, Case{"# nothing\n", "the file is empty"}, Case{"---\n", "the file is empty"},
        Case{"- a\n", "a list stands"}, Case{"a:1\nb:2\n", "not keys with values"},
        Case{std::string("\x89HDF\r\n\x1a\n\0", 9), "not a text file"}}) {
    folder.write("a.yaml", text);
    diagnostics = {};
    EXPECT_EQ(read("a.yaml").place.source, nullptr);
    EXPECT_THAT(the_only(diagnostics).problem, HasSubstr(problem));
    EXPECT_EQ(the_only(diagnostics).fault, Fault::file);
  }
}

TEST_F(ReadDocument, RefusesADirectory) {
  folder.write("sub/a.yaml", "a: 1\n");
  read("sub");
  EXPECT_THAT(the_only(diagnostics).problem, HasSubstr("is a directory"));
  EXPECT_EQ(the_only(diagnostics).fault, Fault::data);
}

TEST_F(ReadDocument, RefusesListsOfParentsAndOtherKinds) {
  folder.write("a.yaml", "extends: [b.yaml]\n");
  read("a.yaml");
  EXPECT_THAT(the_only(diagnostics).problem, HasSubstr("path of one file"));
  diagnostics = {};
  folder.write("m.yaml", "utvei: model/1\n");
  folder.write("s.yaml", "utvei: scenario/1\nextends: m.yaml\n");
  read("s.yaml");
  EXPECT_THAT(the_only(diagnostics).problem, HasSubstr("of its own kind"));
}

TEST_F(ReadDocument, SetsKeys) {
  folder.write("a.yaml", "years: 50\nmeasures:\n  - name: idrift\n    places: {total: 10}\n  - {name: other}\n");
  auto const value = read_well("a.yaml", {"years=10", "measures.idrift.places.total=80", "new.deep.key=[1, x]",
                                          "changes=[{transition: \"* -> work\"}]"});
  EXPECT_EQ(value.find("years")->scalar, "10");
  EXPECT_EQ(value.find("measures")->items[0].find("places")->find("total")->scalar, "80");
  EXPECT_EQ(value.find("new")->find("deep")->find("key")->items[1].scalar, "x");
  auto const& transition = *value.find("changes")->items[0].find("transition");
  EXPECT_EQ(transition.scalar, "* -> work");
  EXPECT_EQ(transition.place.source->name, "--set");
  EXPECT_EQ(transition.place.column, 23);
  EXPECT_EQ(value.find("years")->place.column, 7);
  EXPECT_EQ(value.find("new")->place.source->name, "--set");
}

TEST_F(ReadDocument, SetsNothingInPlaceOfAnItem) {
  folder.write("a.yaml", "measures:\n  - {name: course, places: 1}\n  - {name: other, places: 2}\n");
  auto const value = read_well("a.yaml", {"measures.course=null", "measures.other.places=~"});
  ASSERT_EQ(value.find("measures")->items.size(), 1U);
  EXPECT_EQ(value.find("measures")->items[0].find("name")->scalar, "other");
  EXPECT_TRUE(value.find("measures")->items[0].find("places")->is_null());
}

TEST_F(ReadDocument, SetsOverWhatIsExtended) {
  folder.write("base.yaml", "years: 50\n");
  folder.write("a.yaml", "extends: base.yaml\n");
  EXPECT_EQ(read_well("a.yaml", {"years=10"}).find("years")->scalar, "10");
  EXPECT_TRUE(read_well("a.yaml", {"years="}).find("years")->is_null());
}

TEST_F(ReadDocument, SaysWhatCannotBeSet) {
  folder.write("a.yaml", "years: 50\nmeasures: [{name: idrift}]\nlist: [1, 2]\n");
  read("a.yaml", {"measures.idrfit.x=1", "list.x=1", "years.x=1", "years=* -> a"});
  ASSERT_EQ(diagnostics.error_count(), 4U) << render(diagnostics);
  auto const& all = diagnostics.all();
  EXPECT_EQ(all[0].problem, "no item of this list is named `idrfit`");
  EXPECT_EQ(all[0].suggestion, "did you mean `idrift`?");
  EXPECT_EQ(all[0].place.column, 10);
  EXPECT_EQ(all[0].place.length, 6);
  EXPECT_THAT(all[1].why, HasSubstr("have no `name`"));
  EXPECT_THAT(all[2].problem, HasSubstr("in a single value"));
  EXPECT_THAT(all[3].suggestion, HasSubstr("\"* -> a\""));
  EXPECT_EQ(all[3].place.column, 7);
  for (auto const& said : all) EXPECT_EQ(said.fault, Fault::usage);
}

TEST(ParseOverride, WantsPathAndValue) {
  auto const set = parse_override("a.b=c=d");
  EXPECT_EQ(set.path, "a.b");
  EXPECT_EQ(set.value, "c=d");
  for (auto const* text : {"years", "=3", "a..b=1", ".a=1", "a.=1", ""}) {
    try {
      parse_override(text);
      FAIL() << text;
    } catch (InputError const& error) {
      EXPECT_EQ(the_only(error.diagnostics()).fault, Fault::usage);
    }
  }
}

TEST(PathBeside, SeesPathsFromTheFileThatWroteThem) {
  auto const path = [](std::string name, std::string written) {
    Value value;
    value.scalar = std::move(written);
    value.place.source = std::make_shared<SourceText const>(SourceText{std::move(name), ""});
    return path_beside(value);
  };
  EXPECT_EQ(path("a.yaml", "b.yaml"), "b.yaml");
  EXPECT_EQ(path("x/y/a.yaml", "b.yaml"), "x/y/b.yaml");
  EXPECT_EQ(path("x/a.yaml", "../b.yaml"), "x/../b.yaml");
  EXPECT_EQ(path("x/a.yaml", "/b.yaml"), "/b.yaml");
  EXPECT_EQ(path("--set", "b.yaml"), "b.yaml");
}

}  // namespace
}  // namespace utvei
