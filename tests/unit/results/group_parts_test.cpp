// SPDX-License-Identifier: Apache-2.0
#include "small_result.hpp"

#include <utvei/core/random.hpp>
#include <utvei/results/group_parts.hpp>
#include <utvei/results/render_comparison.hpp>

#include <gtest/gtest.h>

namespace utvei {
namespace {

/// Three draws, two replicates, four groups; every number another, and transitions that only the scenario has.
RunResult drawn_result(std::string const& name, std::uint64_t salt, std::vector<std::string> const& moves) {
  Dimension const draw{"draw", {"0", "1", "2"}};
  Dimension const replicate{"replicate", {"0", "1"}};
  Dimension const group{"group", {"0", "1", "2", "3"}};
  Dimension const region{"region", {"0301", "4204"}};
  Dimension const year{"year", {"2025", "2026"}};
  Dimension const state{"state", {"school", "work"}};
  Dimension const transition{"transition", moves};
  RunResult result;
  result.tables = {test::counts("persons", {draw, replicate}),
                   test::years("person_years", {draw, replicate, region, year, state}),
                   test::counts("transitions", {draw, replicate, region, year, transition})};
  result.group_tables = {test::counts("persons", {draw, replicate, group}),
                         test::years("person_years", {draw, replicate, group, region, year, state}),
                         test::counts("transitions", {draw, replicate, group, region, year, transition})};
  for (Table* const table : {&result.tables[1], &result.group_tables[1]})
    for (double& value : std::get<std::vector<double>>(table->values))
      value = static_cast<double>(mix64(salt + static_cast<std::uint64_t>(8 * value)) % 1000) / 7;
  for (Table* const table : {&result.tables[2], &result.group_tables[2]})
    for (std::int64_t& value : std::get<std::vector<std::int64_t>>(table->values))
      value = static_cast<std::int64_t>(mix64(salt + static_cast<std::uint64_t>(value)) % 1000);
  result.states = {{"school", "education", "Skole", "", ""}, {"work", "work", "Arbeid", "", ""}};
  result.provenance.scenario_name = name;
  return result;
}

/// What a file gives of one draw.
GroupPart parts_of_result(RunResult const& result) {
  return [&result](std::string const& name, std::size_t draw) -> std::optional<Table> {
    Table const* const whole = result.group_table(name);
    if (whole == nullptr) return std::nullopt;
    Table part = *whole;
    std::size_t const size = whole->size() / whole->dimensions.front().labels.size();
    part.dimensions.erase(part.dimensions.begin());
    std::visit(
        [&](auto& values) {
          auto const first = values.begin() + static_cast<std::ptrdiff_t>(draw * size);
          values = std::decay_t<decltype(values)>(first, first + static_cast<std::ptrdiff_t>(size));
        },
        part.values);
    return part;
  };
}

RunResult without_groups(RunResult result) {
  std::erase_if(result.group_tables, [](Table const& table) { return table.name != "persons"; });
  return result;
}

TEST(GroupParts, GiveTheBytesOfResultsThatHoldAllTheirGroups) {
  auto const baseline = drawn_result("grunnlag", 1, {"school -> work"});
  auto const scenario = drawn_result("tiltak", 2, {"school -> work", "work -> school"});
  auto const before = without_groups(baseline);
  auto const after = without_groups(scenario);
  GroupParts const parts{parts_of_result(baseline), {parts_of_result(scenario)}};
  std::string const whole = render_json(compare(baseline, {&scenario}, {}), "nb");
  EXPECT_EQ(render_json(compare(before, {&after}, {}, parts), "nb"), whole);
  EXPECT_NE(render_json(compare(before, {&after}, {}), "nb"), whole);  // the groups do tell something
}

TEST(GroupParts, AreHeldWhereMoreThanMarginsIsMadeOfThem) {
  std::vector<RunResult> results{drawn_result("grunnlag", 1, {"school -> work"})};
  Table const& years = *results.front().table("person_years");
  EXPECT_FALSE(must_hold_groups(years, results, {}));
  EXPECT_TRUE(must_hold_groups(*results.front().table("persons"), results, {}));
  CompareOptions options;
  options.rank = {read_outcome("person_years,state=work", "--rank")};
  EXPECT_TRUE(must_hold_groups(years, results, options));
  results.front().ledgers.emplace();
  EXPECT_TRUE(must_hold_groups(years, results, {}));
}

}  // namespace
}  // namespace utvei
