// SPDX-License-Identifier: Apache-2.0
#include "small_study.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace utvei {
namespace {

using testing::HasSubstr;

constexpr std::string_view model_with_flags = R"(utvei: model/1
name: small
states:
  disability_work: {}
  work: {}
  aap: {}
  disability: {}
  dead: {absorbing: true}
  other: {}
traits:
  aap: ["no", "yes"]
  job: ["yes", "no"]
  debt: number
  sex: [female, male]
transitions:
  - {from: work, to: aap}
  - {from: aap, to: work}
  - {from: aap, to: disability}
  - {from: disability_work, to: other}
  - {from: other, to: disability_work}
  - {from: disability, to: dead}
)";

constexpr std::string_view head =
    "utvei: study/1\nname: overlapping\nmodel: model.yaml\ndata_class: open\n"
    "window: {from: 2015-01-05, to: 2015-02-05}\n";

constexpr std::string_view lines = R"(states_when:
  - {state: dead, all: death}
  - {state: disability_work, all: [disability, job]}
  - {state: work, all: [job], none: [aap]}
  - {state: aap, all: [aap]}
  - {state: disability, all: [disability]}
)";

constexpr std::string_view two_sources = R"(sources:
  - {file: jobs.csv, id: person, start: start, stop: stop, activity: job}
  - {file: spells.csv, id: person, start: start, stop: stop, activity_from: {column: state}}
)";

class Overlapping : public SmallStudy {
 public:
  explicit Overlapping(std::string const& rest, std::string_view sources = two_sources)
      : SmallStudy{std::string{head} + std::string{sources} + rest} {
    folder.write("model.yaml", model_with_flags);
    jobs("");
    spells("");
  }
  Overlapping& jobs(std::string_view rows) {
    folder.write("jobs.csv", std::string{"person,start,stop\n"} + std::string{rows});
    return *this;
  }
};

std::string const all_lines{lines};

TEST(Activities, TheFirstLineThatHoldsGivesTheState) {
  Overlapping study{all_lines};
  study.jobs("1,2015-01-10,2015-01-20\n");
  study.spells("1,2015-01-08,2015-01-15,aap\n1,2015-01-15,2015-01-25,disability\n");
  EXPECT_EQ(text_of(study.read(), study.study.model),
            "1 aap 8 8-15>disability_work\n1 disability_work 15 15-20>disability\n1 disability 20 20-25\n");
}

TEST(Activities, AStateGoesOnWhileWhatItFollowsFromChanges) {
  Overlapping study{all_lines};
  study.jobs("1,2015-01-10,2015-01-20\n1,2015-01-18,2015-01-22\n1,2015-01-22,2015-01-23\n");
  study.spells("1,2015-01-08,2015-01-15,aap\n1,2015-01-13,2015-01-25,aap\n");
  auto const lives = study.read();
  EXPECT_EQ(text_of(lives, study.study.model), "1 aap 8 8-25\n");
  EXPECT_EQ(lives.counts.joined, 3);
}

TEST(Activities, WhatNoLineHoldsForIsOtherwise) {
  std::string const only_both = "states_when:\n  - {state: disability_work, all: [disability, job]}\n";
  Overlapping unobserved{only_both};
  unobserved.jobs("1,2015-01-10,2015-01-20\n").spells("1,2015-01-12,2015-01-25,disability\n");
  EXPECT_EQ(text_of(unobserved.read(), unobserved.study.model), "1 disability_work 12 12-20\n");
  Overlapping filled{only_both + "otherwise: other\n"};
  filled.jobs("1,2015-01-10,2015-01-20\n").spells("1,2015-01-12,2015-01-25,disability\n");
  EXPECT_EQ(text_of(filled.read(), filled.study.model),
            "1 other ?5 5-12>disability_work\n1 disability_work 12 12-20>other\n1 other 20 20-36\n");
}

TEST(Activities, NobodyLeavesAnAbsorbingState) {
  Overlapping study{all_lines + "otherwise: other\n"};
  study.jobs("1,2015-01-02,2015-01-20\n").spells("1,2015-01-12,2015-01-13,death\n1,2015-01-15,,aap\n");
  EXPECT_EQ(text_of(study.read(), study.study.model), "1 work 2 5-12>dead\n1 dead 12 12-36\n");
}

TEST(Activities, CodesStandForActivities) {
  Overlapping study{all_lines + "flags: [aap]\n", R"(sources:
  - {file: jobs.csv, id: person, start: start, stop: stop, activity: job}
  - {file: spells.csv, id: person, start: start, stop: stop, activity_from: {column: state,
     values: {"11": aap, "12": aap, "21": disability, "99": death}}}
)"};
  study.spells("1,2015-01-08,2015-01-10,11\n1,2015-01-09,2015-01-15,12\n1,2015-01-15,2015-01-25,21\n");
  auto const lives = study.read();
  EXPECT_EQ(text_of(lives, study.study.model), "1 aap 8 8-15>disability\n1 disability 15 15-25\n");
  study.spells("1,2015-01-08,2015-01-10,13\n");
  EXPECT_THAT(study.messages(), HasSubstr("`13` stands for no activity"));
}

TEST(Activities, CodesStandForStates) {
  SmallStudy study{std::string{plain_study}.replace(plain_study.find("{column: state}"), 15,
                                                    R"({column: state, values: {"1": a, "2": c, "9": a}})")};
  study.spells("1,2015-01-03,2015-01-08,1\n1,2015-01-08,2015-01-10,9\n1,2015-01-10,2015-01-11,2\n");
  EXPECT_EQ(text_of(study.read(), study.study.model), "1 a 3 3-10>c\n1 c 10 10-11\n");
}

TEST(Activities, FlagsAreTraitsThatChangeInTime) {
  Overlapping study{all_lines + "flags: [aap, job]\n"};
  study.jobs("1,2015-01-10,2015-01-20\n1,2015-01-20,2015-01-22\n2,2015-01-10,2015-01-12\n");
  study.spells("1,2015-01-08,2015-01-15,aap\n");
  auto const lives = study.read();
  auto const& aap = lives.persons.traits_over_time[0];
  EXPECT_EQ(aap.first, (std::vector<std::size_t>{0, 3, 4}));
  EXPECT_EQ(aap.from, (std::vector<Instant>{distant_past, day(8), day(15), distant_past}));
  EXPECT_EQ(aap.value, (std::vector<std::uint16_t>{0, 1, 0, 0}));
  auto const& job = lives.persons.traits_over_time[1];
  EXPECT_EQ(job.from, (std::vector<Instant>{distant_past, day(10), day(22), distant_past, day(10), day(12)}));
  EXPECT_EQ(job.value, (std::vector<std::uint16_t>{1, 0, 1, 1, 0, 1})) << "the model names yes first";
  // They cut person-time as other traits do.
  auto const exposure = tabulate(lives, study.study.model, {trait_axis(TraitId{1}, study.study.model)}, 2);
  StateId const in_aap = *study.study.model.state("aap");
  EXPECT_EQ(exposure.minutes[in_aap], (std::vector<std::int64_t>{5 * minutes_per_day, 2 * minutes_per_day}));
  EXPECT_EQ(exposure.uncounted, Uncounted{});
}

TEST(Activities, GapsInAStateAreBridged) {
  Overlapping study{all_lines + "bridge: 3 days\n"};
  study.jobs("1,2015-01-10,2015-01-12\n1,2015-01-15,2015-01-20\n1,2015-01-24,2015-01-25\n");
  EXPECT_EQ(text_of(study.read(), study.study.model), "1 work 10 10-20\n1 work 24 24-25\n");
}

TEST(Activities, MistakesAreSaid) {
  auto const said = [](std::string const& rest, std::string_view sources = two_sources) {
    return Overlapping{rest, sources}.messages();
  };
  constexpr std::string_view named =
      "sources:\n  - {file: jobs.csv, id: person, start: start, stop: stop, activity: job}\n";
  EXPECT_THAT(said("states_when:\n  - {state: work, all: [jbo]}\n", named),
              HasSubstr("no source names an activity `jbo`"));
  EXPECT_THAT(said("states_when:\n  - {state: wrok, all: [job]}\n", named), HasSubstr("did you mean `work`?"));
  EXPECT_THAT(said("states_when:\n  - {state: work, all: []}\n", named), HasSubstr("`all` names no activity"));
  EXPECT_THAT(said("states_when:\n  - {state: work, all: job, none: job}\n", named), HasSubstr("never holds"));
  EXPECT_THAT(said("states_when:\n  - {state: work, all: job}\n  - {state: aap, all: job}\n", named),
              HasSubstr("the line never gives a state"));
  EXPECT_THAT(said(all_lines + "flags: [death]\n"), HasSubstr("write `death: [\"no\", \"yes\"]` under `traits:`"));
  EXPECT_THAT(said(all_lines + "flags: [aap, aap]\n"), HasSubstr("stands in two places"));
  EXPECT_THAT(said(all_lines + "flags: [debt]\n"), HasSubstr("trait `debt` has other levels than `no` and `yes`"));
  EXPECT_THAT(said("", named), HasSubstr("the study has activities and no `states_when`"));
  EXPECT_THAT(said("flags: aap\n" + all_lines,
                   "sources:\n  - {file: jobs.csv, id: person, start: start, stop: stop, state: work}\n"),
              testing::AllOf(HasSubstr("`states_when` without activities"), HasSubstr("`flags` without activities")));
}

TEST(Activities, UnusedOnesAreSaid) {
  Overlapping study{"states_when:\n  - {state: aap, all: aap}\n"};
  study.spells("1,2015-01-08,2015-01-15,aap\n");
  EXPECT_THAT(study.messages(), HasSubstr("nothing uses the activity `job`"));
}

// Random registers, day by day against a naive count: what somebody has on a day is whatever row covers it.

constexpr int days = 40;
constexpr int people = 3;
using Doing = std::array<std::array<std::set<std::string>, days>, people>;

std::string state_on(std::set<std::string> const& doing) {
  auto const has = [&](char const* name) { return doing.contains(name); };
  if (has("death")) return "dead";
  if (has("disability") && has("job")) return "disability_work";
  if (has("job") && !has("aap")) return "work";
  if (has("aap")) return "aap";
  return has("disability") ? "disability" : "";
}

struct RandomRegister {
  explicit RandomRegister(unsigned seed) : bits{seed} {
    for (std::size_t person = 0; person < people; ++person) {
      for (unsigned i = below(9); i > 0; --i) jobs += row(person, "job");
      for (unsigned i = below(7); i > 0; --i) {
        auto const* const name = std::array{"aap", "disability", "aap", "disability", "other"}.at(below(5));
        auto const text = row(person, name);
        spells += text.substr(0, text.size() - 1) + "," + name + "\n";
      }
      if (below(4) == 0) {
        auto const text = row(person, "death");
        spells += text.substr(0, text.size() - 1) + ",death\n";
      }
    }
  }
  unsigned below(unsigned most) { return static_cast<unsigned>(bits() % most); }
  /// 1 January is day 0. Some rows touch or repeat each other, some have no stop.
  std::string row(std::size_t person, std::string const& name) {
    unsigned const start = below(days - 1);
    bool const is_open = below(8) == 0;
    unsigned const stop = is_open ? days : std::min<unsigned>(days, start + below(9));
    for (unsigned d = start; d < stop; ++d) doing.at(person).at(d).insert(name);
    auto const text = [](unsigned d) { return format(day(1) + Duration{minutes_per_day * d}); };
    return fmt::format("{},{},{}\n", person, text(start), is_open ? "" : text(stop));
  }
  std::mt19937 bits;
  std::string jobs, spells;
  Doing doing;
};

/// The states that follow, with those before day 0 and after death; "" is not observed.
std::array<std::string, days> states_of(std::array<std::set<std::string>, days> const& doing) {
  std::array<std::string, days> states;
  for (std::size_t d = 0; d < days; ++d)
    states.at(d) = d > 0 && states.at(d - 1) == "dead" ? "dead" : state_on(doing.at(d));
  return states;
}

TEST(Activities, GiveEachDayWhatANaiveCountGives) {
  constexpr std::size_t from = 4;  // the window: days 4 to 35
  constexpr std::size_t to = 35;
  for (unsigned seed = 1; seed <= 200; ++seed) {
    RandomRegister random{seed};
    random.jobs += "9,2015-01-10,2015-01-12\n";  // somebody is always seen
    Overlapping study{all_lines + "flags: [aap, job]\nrejects: {at_most: 1}\n"};
    study.jobs(random.jobs).spells(random.spells);
    auto const lives = study.read();
    Model const& model = study.study.model;
    std::map<std::string, std::array<std::string, days>> found;
    for (SpellId const spell : ids_of(lives.state)) {
      std::string const& id = lives.persons.id[lives.person[spell]];
      for (Instant at = lives.enter[spell]; at < lives.leave[spell]; at = at + Duration{minutes_per_day})
        found[id].at(static_cast<std::size_t>((at - day(1)).minutes / minutes_per_day)) =
            model.states[lives.state[spell]].name;
      if (id == "9") continue;
      // Entered on the first day of the run.
      auto const states = states_of(random.doing.at(std::stoul(id)));
      auto const entered = static_cast<std::size_t>((lives.entered[spell] - day(1)).minutes / minutes_per_day);
      EXPECT_EQ(states.at(entered), model.states[lives.state[spell]].name) << "seed " << seed;
      EXPECT_TRUE(entered == 0 || states.at(entered - 1) != states.at(entered)) << "seed " << seed;
    }
    for (PersonRow const person : ids_of(lives.persons.id)) {
      std::string const& id = lives.persons.id[person];
      if (id == "9") continue;
      auto expected = states_of(random.doing.at(std::stoul(id)));
      for (std::size_t d = 0; d < days; ++d)
        if (d < from || d >= to) expected.at(d) = "";
      EXPECT_EQ(found[id], expected) << "seed " << seed << " person " << id;
      for (std::size_t flag = 0; flag < 2; ++flag) {
        auto const& line = lives.persons.traits_over_time[flag];
        for (std::size_t d = 0; d < days; ++d) {
          std::size_t at = line.first[person.value()];
          while (at + 1 < line.first[person.value() + 1] && line.from[at + 1] <= day(static_cast<int>(d) + 1)) ++at;
          EXPECT_EQ(model.traits[TraitId{flag}].levels[line.value[at]] == "yes",
                    random.doing.at(std::stoul(id)).at(d).contains(flag == 0 ? "aap" : "job"))
              << "seed " << seed << " day " << d;
        }
      }
    }
  }
}

}  // namespace
}  // namespace utvei
