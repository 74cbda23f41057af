// SPDX-License-Identifier: Apache-2.0
#include "example.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr Duration month{minutes_per_month};
constexpr Duration year{minutes_per_year};

std::string measure_of(std::string const& keys) {
  return "measures: [{name: ips, who: {state: aap}" + (keys.empty() ? "" : ", " + keys) + "}]\n";
}
std::string measure_for(std::string const& who, std::string const& keys = {}) {
  return "measures: [{name: ips, who: {" + who + "}" + (keys.empty() ? "" : ", " + keys) + "}]\n";
}

class ReadMeasures : public testing::Test {
 protected:
  Measure only(std::string const& text) {
    auto const scenario = files.read(text);
    EXPECT_THAT(files.texts(), IsEmpty()) << render(files.diagnostics);
    return scenario.measures.empty() ? Measure{} : scenario.measures.front();
  }
  Measure with(std::string const& keys) { return only(measure_of(keys)); }
  Measure of(std::string const& who, std::string const& keys = {}) { return only(measure_for(who, keys)); }
  /// Of the measure itself; people who start in school are not of interest here.
  std::vector<std::string> wrong(std::string const& keys) { return files.problems(measure_of(keys)); }
  std::vector<std::string> wrong_for(std::string const& who, std::string const& keys = {}) {
    return files.problems(measure_for(who, keys));
  }
  std::vector<Pool> pools(std::string const& places, std::string const& region = {}) {
    auto const measure = of("state: aap" + (region.empty() ? "" : ", region: " + region), "places: {" + places + "}");
    return measure.places.value_or(std::vector<Pool>{});
  }

  example::Files files;
};

TEST_F(ReadMeasures, TheShortestHasWhatIsLeftOut) {
  Measure const read = with("");
  EXPECT_EQ(read.name, "ips");
  EXPECT_THAT(read.label, IsEmpty());
  EXPECT_EQ(read.runs, everything);
  EXPECT_THAT(read.who.people.states, ElementsAre(false, false, true, false, false));
  EXPECT_EQ(read.who.people.age, everything);
  EXPECT_THAT(read.who.people.regions, IsEmpty());
  EXPECT_EQ(read.who.time_in_state, (Span{0, distant_future.minutes}));
  EXPECT_THAT(read.who.history, IsEmpty());
  EXPECT_FALSE(read.found_after.has_value());
  EXPECT_EQ(read.uptake, 1);
  EXPECT_FALSE(read.again_after.has_value());
  EXPECT_FALSE(read.places.has_value());
  EXPECT_EQ(read.queue.order, QueueRule::Order::first_come);
  EXPECT_FALSE(read.queue.gives_up_after || read.queue.at_most || read.queue.allocate_every);
  EXPECT_FALSE(read.lasts.has_value());
  EXPECT_TRUE(read.ends_on_leaving);
  EXPECT_FALSE(read.locks_in.has_value());
  EXPECT_THAT(read.effects, IsEmpty());
  EXPECT_FALSE(read.evidence.has_value());
  EXPECT_EQ(read.streams.found, stream_of("measure:ips:found"));
  EXPECT_EQ(read.streams.uptake, stream_of("measure:ips:uptake"));
  EXPECT_EQ(read.streams.patience, stream_of("measure:ips:patience"));
  EXPECT_EQ(read.streams.lasts, stream_of("measure:ips:lasts"));
  EXPECT_EQ(read.streams.order, stream_of("measure:ips:order"));
}

TEST_F(ReadMeasures, AreAListOfMapsWithNames) {
  EXPECT_THAT(files.problems("measures: {name: ips}\n"), ElementsAre(HasSubstr("must be a list")));
  EXPECT_THAT(files.problems("measures: {ips: {uptake: 0.5}}\n"), ElementsAre("measure `ips` has no `who`"));
  EXPECT_THAT(files.problems("measures: [ips]\n"), ElementsAre(HasSubstr("must be a map")));
  EXPECT_THAT(files.problems("measures: [{who: {state: aap}}]\n"), ElementsAre(HasSubstr("has no `name`")));
  EXPECT_THAT(files.problems("measures: [{name: a b, who: {state: aap}}]\n"), ElementsAre(HasSubstr("is no name")));
  EXPECT_THAT(files.problems("measures: [{name: a, who: {state: aap}}, {name: a, who: {state: aap}}]\n"),
              ElementsAre(HasSubstr("two measures are named `a`")));
  EXPECT_THAT(files.problems("measures: [{name: a}]\n"), ElementsAre("measure `a` has no `who`"));
  EXPECT_THAT(wrong("effcts: []"), ElementsAre(HasSubstr("has no key `effcts`")));
  EXPECT_THAT(files.problems("measures: []\n"), IsEmpty());
}

TEST_F(ReadMeasures, Labels) {
  EXPECT_EQ(with("label: {nb: Jobbspesialist, en: Individual placement}").label.at("en"), "Individual placement");
  EXPECT_THAT(wrong("label: {de: Hilfe}"), ElementsAre(HasSubstr("no key `de`")));
}

TEST_F(ReadMeasures, Dates) {
  EXPECT_EQ(with("runs: {from: 2026-01-01, until: 2031-01-01}").runs,
            (Span{start_of_year(2026).minutes, start_of_year(2031).minutes}));
  EXPECT_EQ(with("runs: {from: 2026-01-01}").runs, (Span{start_of_year(2026).minutes, distant_future.minutes}));
  EXPECT_EQ(with("runs: {until: 2026-01-01}").runs, (Span{distant_past.minutes, start_of_year(2026).minutes}));
  EXPECT_THAT(wrong("runs: {}"), ElementsAre(HasSubstr("neither `from` nor `until`")));
  EXPECT_THAT(wrong("runs: {from: 2031-01-01, until: 2026-01-01}"), ElementsAre(HasSubstr("ends before it begins")));
  EXPECT_THAT(wrong("runs: {from: 2026}"), ElementsAre(HasSubstr("must be a date")));
  EXPECT_THAT(wrong("runs: {from: 2036-01-01}"), ElementsAre("measure `ips` is not there during the run"));
  EXPECT_FALSE(files.diagnostics.has_errors());
}

TEST_F(ReadMeasures, WhoQualifies) {
  auto const people =
      of(R"(state: [aap, work], age: {from: 16, to: 30}, region: ["42"], traits: {education: [basic]})");
  EXPECT_THAT(people.who.people.states, ElementsAre(false, true, true, false, false));
  EXPECT_EQ(people.who.people.age, (Span{16 * minutes_per_year, 30 * minutes_per_year}));
  EXPECT_THAT(people.who.people.regions, ElementsAre(RegionId{0}));
  EXPECT_THAT(people.who.people.traits, ElementsAre(IsEmpty(), ElementsAre(0U), IsEmpty()));
  EXPECT_THAT(wrong_for("age: {from: 16}"), ElementsAre(HasSubstr("has no `state`")));
  EXPECT_THAT(wrong_for("state: app"), ElementsAre(HasSubstr("unknown state `app`")));
  EXPECT_THAT(wrong_for("state: aap, age: {from: 30, to: 16}"), ElementsAre(HasSubstr("ages end before")));
  EXPECT_THAT(wrong_for("state: aap, region: \"43\""), ElementsAre(HasSubstr("no region `43`")));
  EXPECT_THAT(wrong_for("state: aap, traits: {education: [high]}"), ElementsAre(HasSubstr("no level `high`")));
  EXPECT_THAT(wrong_for("states: aap"), ElementsAre(HasSubstr("has no `state`"), HasSubstr("no key `states`")));
  EXPECT_THAT(files.problems("measures: [{name: ips, who: aap}]\n"), ElementsAre(HasSubstr("must be a map")));
}

TEST_F(ReadMeasures, TimeInState) {
  auto const time = [this](std::string const& text) {
    return of("state: aap, time_in_state: " + text).who.time_in_state;
  };
  EXPECT_EQ(time("{at_least: 3 months, less_than: 2 years}"), (Span{3 * month.minutes, 2 * year.minutes}));
  EXPECT_EQ(time("{at_least: 3 months}"), (Span{3 * month.minutes, distant_future.minutes}));
  EXPECT_EQ(time("{less_than: 2 years}"), (Span{0, 2 * year.minutes}));
  EXPECT_THAT(wrong_for("state: aap, time_in_state: {}"), ElementsAre(HasSubstr("neither `at_least` nor")));
  EXPECT_THAT(wrong_for("state: aap, time_in_state: {at_least: 3}"), ElementsAre(HasSubstr("a duration")));
  EXPECT_THAT(wrong_for("state: aap, time_in_state: {at_least: 1 year, less_than: 1 year}"),
              ElementsAre(HasSubstr("long enough and short enough")));
}

TEST_F(ReadMeasures, History) {
  auto const history = only(
                           "measures: [{name: ips, who: {state: aap, history: [{left: [school, work], within: 1 "
                           "year}, {ended: other}]}}, {name: other, who: {state: aap}}]\n")
                           .who.history;
  ASSERT_EQ(history.size(), 2U);
  EXPECT_THAT(history[0].left, ElementsAre(true, true, false, false, false));
  EXPECT_EQ(history[0].within, year);
  EXPECT_FALSE(history[0].ended.has_value());
  EXPECT_THAT(history[1].left, IsEmpty());
  EXPECT_EQ(history[1].ended, 1U);
  EXPECT_EQ(history[1].within, unbounded);
  EXPECT_EQ(of("state: aap, history: {left: work}").who.history.size(), 1U);
  auto const problems = [this](std::string const& text) { return wrong_for("state: aap, history: " + text); };
  EXPECT_THAT(problems("{within: 1 year}"), ElementsAre(HasSubstr("does not say what")));
  EXPECT_THAT(problems("{ended: ips}"), ElementsAre(HasSubstr("only who has ended measure `ips`")));
  EXPECT_THAT(problems("{left: work, ended: ips}"),
              ElementsAre(HasSubstr("both `left` and `ended`"), HasSubstr("only who has ended")));
  EXPECT_THAT(problems("{left: wrk}"), ElementsAre(HasSubstr("unknown state `wrk`")));
  EXPECT_THAT(problems("{ended: isp}"), ElementsAre(HasSubstr("no measure `isp`")));
  EXPECT_THAT(problems("{left: work, within: 0 days}"), ElementsAre(HasSubstr("no time at all")));
}

TEST_F(ReadMeasures, FoundAndUptake) {
  EXPECT_EQ(with("found_after: {median: 2 months}").found_after.value().median, Duration{2 * month.minutes});
  EXPECT_THAT(wrong("found_after: 2 months"), ElementsAre(HasSubstr("must be a map with a median")));
  EXPECT_EQ(with("uptake: 0.7").uptake, 0.7);
  EXPECT_EQ(with("uptake: 0").uptake, 0);
  EXPECT_THAT(wrong("uptake: 1.1"), ElementsAre("`uptake` is 1.1"));
  EXPECT_THAT(wrong("uptake: -0.1"), ElementsAre(HasSubstr("0 or more")));
  EXPECT_EQ(with("again_after: 1 year").again_after, year);
  EXPECT_THAT(wrong("again_after: 0 days"), ElementsAre(HasSubstr("no time at all")));
}

TEST_F(ReadMeasures, PlacesInTotal) {
  auto const one = pools("total: 60");
  ASSERT_EQ(one.size(), 1U);
  EXPECT_FALSE(one[0].region.has_value());
  EXPECT_FALSE(one[0].per_1000);
  ASSERT_EQ(one[0].steps.size(), 1U);
  EXPECT_EQ(one[0].steps[0].from, distant_past);
  EXPECT_EQ(one[0].steps[0].places, 60);
  auto const steps = pools(R"(total: {"2028-07-01": 80, 2026: 60})").at(0).steps;
  ASSERT_EQ(steps.size(), 2U);
  EXPECT_EQ(steps[0].from, start_of_year(2026));
  EXPECT_EQ(steps[0].places, 60);
  EXPECT_EQ(steps[1].from, date(2028, 7, 1));
  EXPECT_THAT(wrong("places: {total: -1}"), ElementsAre(HasSubstr("`total` must be a whole number")));
  EXPECT_THAT(wrong("places: {total: 1.5}"), ElementsAre(HasSubstr("`total` must be a whole number")));
  EXPECT_THAT(wrong("places: {total: {}}"), ElementsAre(HasSubstr("`total` is empty")));
  EXPECT_THAT(wrong("places: {total: {soon: 3}}"), ElementsAre(HasSubstr("`soon` is neither a year nor a date")));
  EXPECT_THAT(wrong("places: {total: {2026: 3, 2026-01-01: 4}}"), ElementsAre(HasSubstr("two numbers of places")));
  EXPECT_THAT(wrong("places: {}"), ElementsAre(HasSubstr("does not say how many")));
  EXPECT_THAT(wrong("places: {totl: 1}"), ElementsAre(HasSubstr("no key `totl`")));
  EXPECT_THAT(wrong("places: 60"), ElementsAre(HasSubstr("must be a map")));
  EXPECT_THAT(wrong("places: {total: 1, per_1000: 1}"), ElementsAre(HasSubstr("both `total` and `per_1000`")));
}

TEST_F(ReadMeasures, PlacesOfRegions) {
  auto const each = pools("per_region: 20");
  ASSERT_EQ(each.size(), 2U);
  EXPECT_EQ(each[0].region, RegionId{1});
  EXPECT_EQ(each[1].region, RegionId{2});
  EXPECT_EQ(each[1].steps.at(0).places, 20);
  EXPECT_EQ(pools("per_region: 20", "[\"42\"]").at(0).region, RegionId{0});
  auto const named = pools(R"(per_region: {"4204": 20, "4203": {2026: 5, 2027: 10}})");
  ASSERT_EQ(named.size(), 2U);
  EXPECT_EQ(named[0].region, RegionId{2});
  EXPECT_EQ(named[0].place.length, 6);
  EXPECT_EQ(named[1].steps.size(), 2U);
  auto const shares = pools("per_1000: 1.5");
  ASSERT_EQ(shares.size(), 2U);
  EXPECT_TRUE(shares[0].per_1000);
  EXPECT_EQ(shares[0].steps.at(0).places, 1.5);
  EXPECT_EQ(pools("per_1000: {2026: 1.5, 2028: 2}").at(1).steps.at(1).places, 2);
  EXPECT_THAT(wrong(R"(places: {per_region: {"43": 1, "4203": 1, "4204": 1}})"),
              ElementsAre(HasSubstr("no region `43`")));
  EXPECT_THAT(wrong(R"(places: {per_region: {4204: 1}})"), ElementsAre(HasSubstr("4204")));
  EXPECT_THAT(wrong("places: {per_region: {}}"), ElementsAre(HasSubstr("`per_region` is empty")));
  EXPECT_THAT(wrong("places: {per_1000: -1}"), ElementsAre(HasSubstr("0 or more")));
}

TEST_F(ReadMeasures, NobodyHasTwoPoolsAndNoPoolIsOfNobody) {
  EXPECT_THAT(wrong(R"(places: {per_region: {"4204": 20, "42": 5}})"), ElementsAre(HasSubstr("lies in `42`")));
  EXPECT_THAT(wrong_for(R"(state: aap, region: ["42", "4204"])", "places: {per_region: 1}"),
              ElementsAre(HasSubstr("lies in `42`")));
  EXPECT_THAT(wrong_for(R"(state: aap, region: ["4204", "4204"])", "places: {per_region: 1}"),
              ElementsAre(HasSubstr("has places twice")));
  EXPECT_THAT(wrong_for(R"(state: aap, region: "4203")", R"(places: {per_region: {"4204": 1, "4203": 1}})"),
              ElementsAre(HasSubstr("places for `4204`, where nobody qualifies")));
  EXPECT_THAT(pools(R"(per_region: {"42": 5})", "\"4204\"").size(), 1U);
}

TEST_F(ReadMeasures, WarnsOfRegionsWithoutPlaces) {
  EXPECT_THAT(wrong(R"(places: {per_region: {"4204": 20}})"), ElementsAre("no places in `4203`"));
  EXPECT_FALSE(files.diagnostics.has_errors());
}

TEST_F(ReadMeasures, PlacesFromAFile) {
  files.write("places.csv", "region;places;from\n4204;20;2027\n4204;10;\n4203;5;2026-07-01\n");
  auto const scenario = files.read(measure_of("places: {from_file: places.csv}"));
  EXPECT_THAT(files.texts(), IsEmpty()) << render(files.diagnostics);
  auto const& read = scenario.measures.at(0).places.value();
  ASSERT_EQ(read.size(), 2U);
  EXPECT_EQ(read[0].region, RegionId{2});
  ASSERT_EQ(read[0].steps.size(), 2U);
  EXPECT_EQ(read[0].steps[0].from, distant_past);
  EXPECT_EQ(read[0].steps[0].places, 10);
  EXPECT_EQ(read[0].steps[1].from, start_of_year(2027));
  EXPECT_EQ(read[1].steps.at(0).from, date(2026, 7, 1));
  EXPECT_EQ(read[1].place.line, 4);
  EXPECT_THAT(scenario.inputs, Contains(EndsWith("places.csv")));

  std::string const from_file = "places: {from_file: places.csv}";
  files.write("places.csv", "region;places;from\n43;20;2027\n4204;-1;\n4204;1.5;\n4203;5;soon\n4203;5;\n4203;6;\n");
  EXPECT_THAT(wrong(from_file), ElementsAre(HasSubstr("no region `43`"), HasSubstr("`-1` is not a number of places"),
                                            HasSubstr("`1.5` is not"), HasSubstr("`soon` is neither"),
                                            HasSubstr("two lines for region `4203`")));
  EXPECT_EQ(files.diagnostics.all().at(0).place.line, 2);
  files.write("places.csv", "region;place\n4204;1\n");
  EXPECT_THAT(wrong(from_file), ElementsAre(HasSubstr("unknown column `place`"), HasSubstr("no column `places`")));
  files.write("places.csv", "region;places\n");
  EXPECT_THAT(wrong(from_file), ElementsAre(HasSubstr("no lines")));
  EXPECT_THAT(wrong("places: {from_file: none.csv}"), ElementsAre(HasSubstr("none.csv")));
}

TEST_F(ReadMeasures, Queues) {
  auto const queue = [this](std::string const& text) {
    return with("places: {total: 6}, queue: {" + text + "}").queue;
  };
  EXPECT_EQ(queue("order: random").order, QueueRule::Order::random);
  EXPECT_EQ(queue("priority: longest_out").order, QueueRule::Order::longest_out);
  EXPECT_EQ(queue("gives_up_after: {median: 9 months}").gives_up_after.value().median, Duration{9 * month.minutes});
  EXPECT_EQ(queue("at_most: 50").at_most, 50U);
  auto const by = queue("order: {by_trait: {education: [higher]}}");
  EXPECT_EQ(by.order, QueueRule::Order::by_trait);
  EXPECT_EQ(by.trait, TraitId{1});
  EXPECT_THAT(by.rank_of_level, ElementsAre(1U, 0U));
  EXPECT_THAT(queue("order: {by_trait: {education: [higher, basic]}}").rank_of_level, ElementsAre(1U, 0U));
  EXPECT_EQ(with("allocate: {every: 1 month}").queue.allocate_every, month);

  auto const problems = [this](std::string const& text) { return wrong("places: {total: 6}, queue: " + text); };
  EXPECT_THAT(problems("{order: oldest}"), ElementsAre(HasSubstr("`order` cannot be `oldest`")));
  EXPECT_THAT(problems("{order: by_trait}"), ElementsAre(HasSubstr("does not say by which")));
  EXPECT_THAT(problems("{order: random, priority: random}"), ElementsAre(HasSubstr("both `order` and `priority`")));
  EXPECT_THAT(problems("{order: {by_trait: {educaton: [basic]}}}"), ElementsAre(HasSubstr("no trait `educaton`")));
  EXPECT_THAT(problems("{order: {by_trait: {debt: [basic]}}}"), ElementsAre(HasSubstr("`debt` is a number")));
  EXPECT_THAT(problems("{order: {by_trait: {education: []}}}"), ElementsAre(HasSubstr("comes first")));
  EXPECT_THAT(problems("{order: {by_trait: {education: [basc]}}}"), ElementsAre(HasSubstr("no level `basc`")));
  EXPECT_THAT(problems("{order: {by_trait: {education: [basic, basic]}}}"), ElementsAre(HasSubstr("stands twice")));
  EXPECT_THAT(problems("{order: {by_trait: [education]}}"), ElementsAre(HasSubstr("map of one trait")));
  EXPECT_THAT(problems("{at_most: -1}"), ElementsAre(HasSubstr("`at_most` must be")));
  EXPECT_THAT(problems("{gives_up_after: {}}"), ElementsAre(HasSubstr("has no `median`")));
  EXPECT_THAT(wrong("queue: {order: random}"), ElementsAre("measure `ips` has a queue, but no places"));
  EXPECT_THAT(wrong("allocate: {every: 0 days}"), ElementsAre(HasSubstr("no time at all")));
  EXPECT_THAT(wrong("allocate: monthly"), ElementsAre(HasSubstr("must be a map")));
}

TEST_F(ReadMeasures, Ends) {
  auto const timed = with("lasts: {median: 14 months, at_most: 36 months}");
  EXPECT_EQ(timed.lasts.value().at_most, Duration{36 * month.minutes});
  EXPECT_FALSE(timed.ends_on_leaving);
  EXPECT_TRUE(with("lasts: {median: 14 months}, ends_when: leaves_state").ends_on_leaving);
  EXPECT_FALSE(with("ends_when: time, runs: {until: 2030-01-01}").ends_on_leaving);
  EXPECT_TRUE(with("ends_when: leaves_state").ends_on_leaving);
  EXPECT_THAT(wrong("ends_when: time"), ElementsAre(HasSubstr("nobody ever leaves")));
  EXPECT_THAT(wrong("ends_when: never"), ElementsAre(HasSubstr("`ends_when` cannot be `never`")));
  EXPECT_THAT(wrong("lasts: {median: 3 years, at_most: 1 year}"), ElementsAre(HasSubstr("shorter than the median")));
}

TEST_F(ReadMeasures, LockIn) {
  auto const lock_in =
      with(R"(locks_in: {transition: "* -> work", hazard_ratio: 0.8, for: 2 months})").locks_in.value();
  EXPECT_THAT(lock_in.transitions, ElementsAre(TransitionId{0}, TransitionId{2}));
  EXPECT_EQ(lock_in.ratio.mean, 0.8);
  EXPECT_EQ(lock_in.lasts, Duration{2 * month.minutes});
  EXPECT_EQ(lock_in.stream, stream_of("measure:ips:lock_in"));
  EXPECT_EQ(with("locks_in: {transition: aap -> work, hazard_ratio: 0.8}").locks_in.value().lasts, unbounded);
  EXPECT_THAT(wrong("locks_in: {transition: aap -> work}"), ElementsAre(HasSubstr("has no `hazard_ratio`")));
  EXPECT_THAT(wrong("locks_in: {transition: aap -> work, hazard_ratio: 1, for: 0 days}"),
              ElementsAre(HasSubstr("no time at all")));
}

TEST_F(ReadMeasures, Effects) {
  auto const effects = with(
                           "effects: [{transition: aap -> work, hazard_ratio: {mean: 1.4, interval_95: [1.1, 1.8]}, "
                           "after: {half_life: 24 months}, by: {education: {higher: 0.8}}, assumed: true}, "
                           "{transition: work -> aap, hazard_ratio: 0.9, after: none, assumed: true, name: stays}, "
                           "{transition: aap -> work, hazard_ratio: 1.1, assumed: true}]")
                           .effects;
  ASSERT_EQ(effects.size(), 3U);
  EXPECT_THAT(effects[0].transitions, ElementsAre(TransitionId{2}));
  EXPECT_EQ(effects[0].ratio.mean, 1.4);
  EXPECT_TRUE(effects[0].ratio.log_sd.has_value());
  EXPECT_EQ(effects[0].half_life, Duration{24 * month.minutes});
  EXPECT_EQ(effects[0].by, TraitId{1});
  EXPECT_THAT(effects[0].share_of_level, ElementsAre(1.0, 0.8));
  EXPECT_TRUE(effects[0].is_assumed);
  EXPECT_EQ(effects[0].stream, stream_of("measure:ips:effect:aap -> work"));
  EXPECT_FALSE(effects[1].half_life || effects[1].by);
  EXPECT_EQ(effects[1].stream, stream_of("measure:ips:effect:stays"));
  EXPECT_EQ(effects[2].stream, stream_of("measure:ips:effect:aap -> work#2"));

  auto const problems = [this](std::string const& text) {
    return wrong("effects: [{transition: aap -> work, hazard_ratio: 1, assumed: true, " + text + "}]");
  };
  EXPECT_THAT(problems("after: 2 years"), ElementsAre(HasSubstr("`after` is neither")));
  EXPECT_THAT(problems("after: {half_life: 0 days}"), ElementsAre(HasSubstr("no time at all")));
  EXPECT_THAT(problems("by: {education: {high: 1}}"), ElementsAre(HasSubstr("no level `high`")));
  EXPECT_THAT(problems("by: {education: {higher: -1}}"), ElementsAre(HasSubstr("0 or more")));
  EXPECT_THAT(problems("by: {education: [higher]}"), ElementsAre(HasSubstr("how much each level")));
  EXPECT_THAT(problems("by: {sex: {female: 1}, education: {higher: 1}}"), ElementsAre(HasSubstr("map of one trait")));
  EXPECT_THAT(problems("strength: 1"), ElementsAre(HasSubstr("no key `strength`")));
  EXPECT_THAT(wrong("effects: {transition: aap -> work}"), ElementsAre(HasSubstr("must be a list")));
  EXPECT_THAT(wrong("effects: [{transition: aap -> work, hazard_ratio: -1, assumed: perhaps}], evidence: {source: a, "
                    "confidence: M}"),
              ElementsAre(HasSubstr("0 or more"), HasSubstr("true or false")));
  EXPECT_THAT(wrong("effects: [{name: a, transition: aap -> work, hazard_ratio: 1, assumed: true}, "
                    "{name: a, transition: aap -> work, hazard_ratio: 1, assumed: true}]"),
              ElementsAre(HasSubstr("two effects of the measure are named `a`")));
}

TEST_F(ReadMeasures, EvidenceOrAnAssumptionIsAskedFor) {
  std::string const effects = "effects: [{transition: aap -> work, hazard_ratio: 1.4}]";
  EXPECT_THAT(wrong(effects), ElementsAre("nobody can tell what this effect rests on"));
  EXPECT_FALSE(files.diagnostics.has_errors());
  auto const read = with(effects + ", evidence: {source: \"Reme et al. 2019\", confidence: M}");
  EXPECT_EQ(read.evidence.value().source, "Reme et al. 2019");
  EXPECT_EQ(read.evidence.value().confidence, "M");
  EXPECT_THAT(wrong("evidence: {source: a, confidence: X}"), ElementsAre(HasSubstr("`confidence` cannot be `X`")));
  EXPECT_THAT(wrong("evidence: {confidence: H}"), ElementsAre(HasSubstr("has no `source`")));
}

TEST_F(ReadMeasures, OtherMeasures) {
  auto const both = [](std::string const& keys) {
    return "measures: [{name: a, who: {state: aap}, " + keys +
           "}, {name: b, who: {state: aap, history: {ended: a}}}]\n";
  };
  auto const scenario = files.read(both("not_with: [b]"));
  EXPECT_THAT(files.texts(), IsEmpty()) << render(files.diagnostics);
  EXPECT_THAT(scenario.measures.at(0).not_with, ElementsAre(1U));
  EXPECT_EQ(scenario.measures.at(1).who.history.at(0).ended, 0U);
  EXPECT_THAT(files.read(both("replaces: b")).measures.at(0).replaces, ElementsAre(1U));
  EXPECT_THAT(files.problems(both("not_with: [a]")), ElementsAre(HasSubstr("names the measure itself")));
  EXPECT_THAT(files.problems(both("replaces: [c]")), ElementsAre("no measure `c` in the scenario"));
  EXPECT_THAT(files.problems(both("not_with: b, replaces: b")),
              ElementsAre(HasSubstr("in `not_with` and in `replaces`")));
}

TEST_F(ReadMeasures, ShareNoLuckWithAChange) {
  // By chance the two names have one hash.
  ASSERT_EQ(stream_of("change:wehyrne"), stream_of("measure:ips:uptake"));
  EXPECT_THAT(files.problems("changes: [{name: wehyrne, transition: aap -> work, hazard_ratio: 1}]\n" + measure_of("")),
              ElementsAre("this measure would share its random numbers with another"));
}

TEST_F(ReadMeasures, NamesServeOverrides) {
  auto const scenario = files.read(measure_of("places: {total: 60}"), {parse_override("measures.ips.places.total=80")});
  EXPECT_THAT(files.texts(), IsEmpty()) << render(files.diagnostics);
  EXPECT_EQ(scenario.measures.at(0).places.value().at(0).steps.at(0).places, 80);
}

}  // namespace
}  // namespace utvei
