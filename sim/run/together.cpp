// SPDX-License-Identifier: Apache-2.0
#include <utvei/document/value.hpp>
#include <utvei/engine/parted_run.hpp>
#include <utvei/run/together.hpp>
#include <utvei/scenario/measure_moves.hpp>

#include <algorithm>
#include <array>
#include <memory>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace utvei {
namespace {

/// Results are made in memory together.
constexpr std::size_t most_in_a_group = 8;

/// Keys in which scenarios may differ: what they change of lives can be told person by person. People and model are
/// compared as they were read.
constexpr std::array<std::string_view, 10> may_differ{"name",  "label", "changes",      "measures", "resources",
                                                      "needs", "money", "coordination", "income",   "population"};

bool is_compared(Member const& member) {
  return member.key != "model" && !member.value.is_null() &&
         std::ranges::find(may_differ, member.key) == may_differ.end();
}

std::string text_of(Value const* value) {
  return value == nullptr || value->is_null() ? std::string{} : to_yaml(*value);
}

/// Keys whose values differ, of those that must not.
std::vector<std::string> keys_that_differ(Scenario const& a, Scenario const& b) {
  Diagnostics unheard;
  Value const one = parse_yaml(a.resolved, "scenario", unheard);
  Value const two = parse_yaml(b.resolved, "scenario", unheard);
  std::vector<std::string> keys;
  for (Value const* document : {&one, &two})
    for (Member const& member : document->members)
      if (is_compared(member) && text_of(one.find(member.key)) != text_of(two.find(member.key)) &&
          std::ranges::find(keys, member.key) == keys.end())
        keys.push_back(member.key);
  return keys;
}

}  // namespace

std::string why_not_together(Prepared const& baseline, Prepared const& other) {
  Scenario const& a = baseline.scenario;
  Scenario const& b = other.scenario;
  if (a.model.path != b.model.path) return "its model is another";
  auto const keys = keys_that_differ(a, b);
  if (!keys.empty()) return fmt::format("it differs in `{}`", fmt::join(keys, "`, `"));
  if (baseline.population != other.population) return "its people are others, or its rates put them into classes";
  if (a.life_courses.kind != LifeCourseRequest::Kind::none) return "it keeps `life_courses`";
  if (!a.scores.empty()) return "it has `scores`";
  if (moves_of_measures(a.model, a.measures) != moves_of_measures(b.model, b.measures))
    return "its measures take people to other states";
  return {};
}

std::vector<ScenarioGroup> groups_of(std::vector<std::unique_ptr<Prepared>> const& scenarios) {
  std::vector<ScenarioGroup> groups;
  for (std::size_t i = 0; i < scenarios.size(); ++i) {
    std::string why;
    auto const home = std::ranges::find_if(groups, [&](ScenarioGroup const& group) {
      std::string reason = why_not_together(*scenarios[group.members.front()], *scenarios[i]);
      if (reason.empty() && group.members.size() == most_in_a_group) reason = "others are with it already";
      if (why.empty()) why = reason;
      return reason.empty();
    });
    if (home == groups.end())
      groups.push_back({{i}, std::move(why)});
    else
      home->members.push_back(i);
  }
  return groups;
}

std::vector<SimulatedTogether> simulate_together(std::span<Prepared* const> scenarios, RunOptions const& options) {
  std::vector<std::unique_ptr<PartedRun>> runs;
  std::vector<PartedRun*> all;
  for (Prepared* const one : scenarios) {
    runs.push_back(std::make_unique<PartedRun>(one->scenario, one->rates, *one->population, std::move(one->plan),
                                               options.threads));
    all.push_back(runs.back().get());
  }
  Scenario const& baseline = scenarios.front()->scenario;
  std::uint32_t const draws = std::max(1U, baseline.draws);
  std::uint64_t const people = scenarios.front()->population->size();
  std::uint64_t const parts = std::uint64_t{draws} * baseline.replicates;
  std::vector<SimulatedTogether> simulated(all.size());
  SimulateOptions of_part;
  of_part.threads = options.threads;
  of_part.stop = options.stop;
  for (std::uint32_t draw = 0; draw < draws; ++draw) {
    for (std::uint32_t replicate = 0; replicate < baseline.replicates; ++replicate) {
      std::uint64_t const part = std::uint64_t{draw} * baseline.replicates + replicate;
      if (options.progress)
        of_part.progress = [&](std::uint64_t done, std::uint64_t of) {
          options.progress(of * part + done, of * parts);
        };
      auto followed = PartedRun::follow_together(all, {draw, replicate, 0, people}, of_part);
      for (std::size_t i = 0; i < all.size(); ++i) {
        all[i]->append(std::move(followed[i].tallies));
        simulated[i].lives += followed[i].lives;
        simulated[i].of_lives += people;
      }
    }
  }
  for (std::size_t i = 0; i < all.size(); ++i) simulated[i].result = all[i]->finish(options.warn);
  return simulated;
}

}  // namespace utvei
