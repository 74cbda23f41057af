// SPDX-License-Identifier: Apache-2.0
// A study over three states, made of text: files are written into a folder of the test.
#pragma once

#include "support/files.hpp"

#include <utvei/core/diagnostics.hpp>
#include <utvei/register/exposure.hpp>
#include <utvei/register/life_courses.hpp>
#include <utvei/register/study.hpp>

#include <string>
#include <string_view>

namespace utvei {

inline constexpr std::string_view small_model = R"(utvei: model/1
name: small
regions: regions.csv
states:
  a: {}
  b: {limit: {after: 10 days, to: {a: 1}}}
  c: {}
  dead: {absorbing: true}
traits:
  sex: [female, male]
  debt: number
transitions:
  - {from: a, to: b}
  - {from: b, to: a}
  - {from: b, to: c}
  - {from: c, to: a}
  - {from: c, to: dead}
)";
inline constexpr std::string_view small_regions =
    "region;parent;level;name_nb\n42;;county;Agder\n4204;42;municipality;Kristiansand\n4203;42;municipality;Arendal\n";

/// Window of 2015-01-01 to 2015-02-01, spells in dates.
inline constexpr std::string_view plain_study = R"(utvei: study/1
name: small
model: model.yaml
data_class: open
window: {from: 2015-01-01, to: 2015-02-01}
sources:
  - {file: spells.csv, id: person, start: start, stop: stop, state_from: {column: state}}
)";
inline constexpr std::string_view study_with_persons = R"(utvei: study/1
name: small
model: model.yaml
data_class: open
window: {from: 2015-01-01, to: 2015-02-01}
persons: {file: persons.csv, id: person, birth: birth, sex: sex, region: region}
sources:
  - {file: spells.csv, id: person, start: start, stop: stop, state_from: {column: state}}
)";

class SmallStudy {
 public:
  explicit SmallStudy(std::string_view text = plain_study) {
    folder.write("model.yaml", small_model);
    folder.write("regions.csv", small_regions);
    folder.write("study.yaml", text);
  }
  SmallStudy& spells(std::string_view rows) {
    folder.write("spells.csv", std::string{"person,start,stop,state\n"} + std::string{rows});
    return *this;
  }
  SmallStudy& persons(std::string_view rows) {
    folder.write("persons.csv", std::string{"person;birth;sex;region\n"} + std::string{rows});
    return *this;
  }

  Study read_the_study() { return read_study((folder / "study.yaml").string(), {}, {}, diagnostics); }
  /// Throws what is wrong.
  LifeCourses read() {
    study = read_the_study();
    throw_if_errors(diagnostics);
    LifeCourses lives = read_register(study, 2, diagnostics);
    throw_if_errors(diagnostics);
    return lives;
  }
  /// All that is said about the files.
  std::string messages() {
    study = read_the_study();
    if (!diagnostics.has_errors()) {
      read_register(study, 2, diagnostics);
    }
    return render(diagnostics);
  }

  support::TempFolder folder;
  Diagnostics diagnostics;
  Study study;
};

/// Days of January 2015: day(1) is the first minute of the first.
inline Instant day(int number) {
  return *date(2015, 1, 1) + Duration{(number - 1) * minutes_per_day};
}

/// One line a spell: person state entered+enter-leave>next, days counted from 1 January 2015; ? if the entry is not
/// known.
inline std::string text_of(LifeCourses const& lives, Model const& model) {
  auto const number = [](Instant t) { return std::to_string((t - day(1)).minutes / minutes_per_day + 1); };
  std::string text;
  for (SpellId const s : ids_of(lives.state)) {
    text += lives.persons.id[lives.person[s]] + " " + model.states[lives.state[s]].name + " " +
            (lives.entry_known[s] ? "" : "?") + number(lives.entered[s]) + " " + number(lives.enter[s]) + "-" +
            number(lives.leave[s]);
    if (auto const next = lives.next[s]) {
      text += ">" + model.states[*next].name;
    }
    text += "\n";
  }
  return text;
}

}  // namespace utvei
