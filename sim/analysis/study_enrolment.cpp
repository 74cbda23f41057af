// SPDX-License-Identifier: Apache-2.0
#include "study_enrolment.hpp"

#include "stepped_study.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr std::size_t people_followed = 40'000;

bool qualifies_at_start(Eligibility const& who, Scenario const& scenario, Population const& people, PersonRow row) {
  if (!is_there_at_start(people, row)) return false;
  auto const& asked = who.people;
  if (!asked.states.empty() && !asked.states[people.state[row].value()]) return false;
  if (!asked.regions.empty()) {
    auto const& tree = scenario.model.regions;
    auto const holds = [&](RegionId region) { return tree.is_within(people.region[row], region); };
    if (std::ranges::none_of(asked.regions, holds)) return false;
  }
  if (asked.age != everything && !asked.age.holds((scenario.start - people.birth[row]).minutes)) return false;
  for (std::size_t t = 0; t < asked.traits.size(); ++t) {
    auto const& levels = asked.traits[t];
    if (!levels.empty() && std::ranges::find(levels, people.traits[t][row]) == levels.end()) return false;
  }
  std::int64_t const there = people.time_in_state.empty() ? 0 : people.time_in_state[row].minutes;
  return who.time_in_state.holds(there);
}

std::vector<PersonRow> rows_who_qualify(Measure const& measure, Scenario const& scenario, Population const& people) {
  std::vector<PersonRow> rows;
  for (std::size_t row = 0; row < people.size(); ++row)
    if (qualifies_at_start(measure.who, scenario, people, PersonRow{row})) rows.emplace_back(row);
  return rows;
}

/// Some of those who qualify, with replacement.
class Drawing {
 public:
  explicit Drawing(std::uint32_t seed) : key_{seed, 0, 0} {}
  void add(std::vector<PersonRow> const& from, std::size_t count, std::vector<PersonRow>& to) {
    for (std::size_t i = 0; i < count; ++i) {
      auto const at =
          static_cast<std::size_t>(uniform(key_, PersonKey{drawn_++}, stream_, 0) * static_cast<double>(from.size()));
      to.push_back(from[std::min(at, from.size() - 1)]);
    }
  }

 private:
  RandomKey key_;
  std::uint64_t drawn_{0};
  StreamId stream_{stream_of("power: who")};
};

std::map<RegionId, std::vector<PersonRow>> by_region(Population const& people, std::vector<PersonRow> const& rows) {
  std::map<RegionId, std::vector<PersonRow>> regions;
  for (PersonRow const row : rows) regions[people.region.empty() ? RegionId{} : people.region[row]].push_back(row);
  return regions;
}

/// nullptr after a diagnosis.
Score const* score_named(std::string const& name, Place const& place, Scenario const& scenario,
                         Diagnostics& diagnostics) {
  auto const score = std::ranges::find(scenario.scores, name, &Score::name);
  if (score != scenario.scores.end()) return &*score;
  std::vector<std::string> names;
  for (Score const& each : scenario.scores) names.push_back(each.name);
  diagnostics.error(place, fmt::format("no score `{}` in the scenario", name), {},
                    names.empty() ? "name it under `scores:` of the scenario" : did_you_mean(name, names));
  return nullptr;
}

void keep(std::vector<std::uint32_t> const& people, StudyArm& arm) {
  StudyArm kept;
  for (std::uint32_t const person : people) {
    kept.people.push_back(arm.people[person]);
    std::ranges::copy(arm.values_of(person), std::back_inserter(kept.values));
  }
  arm = std::move(kept);
}

/// Whom each region has left, by their new places, and how many of its eligible people these stand for.
void keep_regions(std::vector<std::uint32_t> const& people, StudyPeople& study) {
  std::size_t first = 0;
  std::vector<std::size_t> eligible;
  std::vector<std::vector<std::uint32_t>> regions;
  for (std::size_t r = 0; r < study.people_of_region.size(); ++r) {
    auto const& pool = study.people_of_region[r];
    std::vector<std::uint32_t> kept;
    for (; first < people.size() && people[first] <= pool.back(); ++first)
      kept.push_back(static_cast<std::uint32_t>(first));
    if (kept.empty()) continue;
    eligible.push_back(std::max<std::size_t>(1, study.eligible_of_region[r] * kept.size() / pool.size()));
    regions.push_back(std::move(kept));
  }
  study.eligible_of_region = std::move(eligible);
  study.people_of_region = std::move(regions);
}

void refuse_few_regions(StudyDesign const& design, std::size_t regions, Diagnostics& diagnostics) {
  diagnostics.error(design.assignment_place,
                    fmt::format("{} steps, but those who qualify live in {} {}", design.steps, regions,
                                regions == 1 ? "region" : "regions"),
                    "a region or more begin at each step", "take fewer steps, or people of more regions");
}

/// A region without people begins nothing.
void refuse_small_sizes(StudyDesign const& design, std::vector<std::size_t> const& eligible, Diagnostics& diagnostics) {
  for (std::uint32_t const persons : design.persons)
    if (!fills_steps(persons, eligible, design.steps))
      diagnostics.error(
          design.persons_place, fmt::format("{} people live in fewer regions than there are steps", persons),
          "they are spread over regions as those who qualify are, and a region or more begin at each step",
          "take more people, or fewer steps");
}

/// Nobody, or everybody, measures beyond the scale.
void check_end_of_enrolment(Enrolment const& rule, Score const& score, Diagnostics& diagnostics) {
  double const end = rule.below ? *rule.below : *rule.above;
  bool const is_inside = rule.below ? end > score.low && end <= score.high : end >= score.low && end < score.high;
  if (is_inside) return;
  diagnostics.error(rule.end_place,
                    fmt::format("`{}` is {:g}, and `{}` goes from {:g} to {:g}", rule.below ? "below" : "above", end,
                                score.name, score.low, score.high),
                    "nobody, or everybody, would be enrolled", "write a number of the scale, or leave `enrol` out");
}

}  // namespace

Measure const* measure_of_study(StudyDesign const& design, Scenario const& scenario, Diagnostics& diagnostics) {
  auto const measure = std::ranges::find(scenario.measures, design.measure, &Measure::name);
  if (measure == scenario.measures.end() || measure->need) {
    std::vector<std::string> names;
    for (Measure const& each : scenario.measures)
      if (!each.need) names.push_back(each.name);
    diagnostics.error(design.measure_place, fmt::format("no measure `{}` in the scenario", design.measure), {},
                      did_you_mean(design.measure, names));
    return nullptr;
  }
  if (measure->who.history.empty()) return &*measure;
  diagnostics.error(design.measure_place, fmt::format("`who` of `{}` asks for a history", design.measure),
                    "a study enrols when the scenario starts, and what people did before is not known then",
                    "study a scenario whose `who` asks for states, ages, traits or time in the state");
  return nullptr;
}

std::vector<Score const*> scores_of_study(StudyDesign const& design, Scenario const& scenario,
                                          Diagnostics& diagnostics) {
  std::vector<Score const*> scores;
  auto const add = [&](std::string const& name, Place const& place) {
    Score const* const score = score_named(name, place, scenario, diagnostics);
    if (score && std::ranges::find(scores, score) == scores.end()) scores.push_back(score);
    return score;
  };
  if (design.outcome == StudyOutcome::score) add(design.score, design.score_place);
  if (!design.enrolment) return scores;
  Score const* const enrolled = add(design.enrolment->score, design.enrolment->place);
  if (enrolled) check_end_of_enrolment(*design.enrolment, *enrolled, diagnostics);
  return scores;
}

std::vector<PersonRow> people_who_qualify(StudyDesign const& design, Measure const& measure, Scenario const& scenario,
                                          Population const& people, Diagnostics& diagnostics) {
  auto rows = rows_who_qualify(measure, scenario, people);
  if (rows.empty()) {
    diagnostics.error(design.measure_place,
                      fmt::format("nobody qualifies for `{}` when the scenario starts", design.measure),
                      "the study has no people", "start the scenario with people who do");
    return rows;
  }
  if (design.assignment != Assignment::stepped) return rows;
  std::vector<std::size_t> eligible;
  for (auto const& [region, of_region] : by_region(people, rows)) eligible.push_back(of_region.size());
  std::size_t const regions = eligible.size();
  constexpr std::size_t few = 4;
  if (regions < design.steps) {
    refuse_few_regions(design, regions, diagnostics);
    rows.clear();
    return rows;
  }
  refuse_small_sizes(design, eligible, diagnostics);
  if (regions < few) {
    diagnostics.warning(design.assignment_place, fmt::format("only {} regions", regions),
                        "how much regions differ is hardly known from so few, and the test leans on it",
                        "take people of four regions or more");
  }
  return rows;
}

/// Of small regions some more than their share.
std::vector<PersonRow> drawn_rows(StudyDesign const& design, std::uint32_t seed, Population const& people,
                                  std::vector<PersonRow> const& all, StudyPeople& study) {
  std::vector<PersonRow> rows;
  Drawing drawing{seed};
  study.eligible = all.size();
  if (design.assignment != Assignment::stepped) {
    drawing.add(all, people_followed, rows);
    return rows;
  }
  constexpr std::size_t least_of_region = 200;
  for (auto const& [region, of_region] : by_region(people, all)) {
    std::size_t const count = std::max(least_of_region, people_followed * of_region.size() / all.size());
    auto& pool = study.people_of_region.emplace_back();
    for (std::size_t i = 0; i < count; ++i) pool.push_back(static_cast<std::uint32_t>(rows.size() + i));
    study.eligible_of_region.push_back(of_region.size());
    drawing.add(of_region, count, rows);
  }
  return rows;
}

void enrol(StudyDesign const& design, std::vector<double> const& measured, StudyPeople& study,
           Diagnostics& diagnostics) {
  Enrolment const& rule = *design.enrolment;
  std::vector<std::uint32_t> people;
  for (std::uint32_t person = 0; person < measured.size(); ++person)
    if (rule.below ? measured[person] < *rule.below : measured[person] > *rule.above) people.push_back(person);
  if (people.empty()) {
    diagnostics.error(rule.place, fmt::format("nobody measures so {} at the start", rule.below ? "low" : "high"),
                      "the study has no people", "enrol at another score");
    return;
  }
  if (people.size() == measured.size())
    diagnostics.warning(rule.end_place, fmt::format("all measure so {} at the start", rule.below ? "low" : "high"),
                        "`enrol` leaves nobody out", "enrol at another score, or leave it out");
  study.enrolled = static_cast<double>(people.size()) / static_cast<double>(measured.size());
  constexpr std::size_t few = 1000;
  if (people.size() < few)
    diagnostics.warning(
        rule.place, fmt::format("only {} of {} people who were followed are enrolled", people.size(), measured.size()),
        "means and differences of so few are uncertain themselves", "enrol more of them");
  keep(people, study.control);
  if (!study.treated.people.empty()) keep(people, study.treated);
  for (StudyArm& arm : study.later) keep(people, arm);
  if (design.assignment != Assignment::stepped) return;
  keep_regions(people, study);
  if (study.people_of_region.size() < design.steps)
    refuse_few_regions(design, study.people_of_region.size(), diagnostics);
  else
    refuse_small_sizes(design, study.eligible_of_region, diagnostics);
}

}  // namespace utvei
