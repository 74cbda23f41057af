// SPDX-License-Identifier: Apache-2.0
#include "diagnosed.hpp"

#include <utvei/document/reader.hpp>
#include <utvei/document/value.hpp>

#include <array>
#include <cstdint>
#include <random>
#include <string>

namespace utvei {
namespace {

/// Quoting may be added where letters mean nothing else, never where it would turn a number into text.
bool same(Value const& a, Value const& b) {
  if (a.kind != b.kind || a.items.size() != b.items.size() || a.members.size() != b.members.size()) return false;
  if (a.is_scalar() && (a.scalar != b.scalar || a.quoted > b.quoted)) return false;
  if (a.is_scalar() && a.quoted != b.quoted && !yaml_trap(a.scalar).empty()) return false;
  for (std::size_t i = 0; i < a.items.size(); ++i)
    if (!same(a.items[i], b.items[i])) return false;
  for (std::size_t i = 0; i < a.members.size(); ++i)
    if (a.members[i].key != b.members[i].key || a.members[i].key_quoted > b.members[i].key_quoted ||
        !same(a.members[i].value, b.members[i].value))
      return false;
  return true;
}

Value parse_back(std::string const& text) {
  Diagnostics diagnostics;
  auto value = parse_yaml(text, "test.yaml", diagnostics);
  EXPECT_TRUE(diagnostics.all().empty()) << text << render(diagnostics);
  return value;
}

void expect_round_trip(Value const& value) {
  auto const text = to_yaml(value);
  auto const again = parse_back(text);
  EXPECT_TRUE(same(value, again)) << text;
  EXPECT_EQ(to_yaml(again), text);
}

TEST(ToYaml, KeepsAScenario) {
  auto const* const text = R"(utvei: scenario/1
name: baseline
start: 2025-01-01
population: {persons: 1000000, region: {"4204": 3, '0301': 1}, age: 16, none: ~, empty: {}, nothing: []}
stock_dates: ["11-16"]
breakdowns: [[region, year], [age_group]]
changes:
  - transition: "* -> work"
    hazard_ratio: {mean: 1.3, interval_95: [1.1, 1.6]}
    note: "a: b # c"
    label: 'Utenfor på Sørlandet, "æ"'
  - {transition: aap -> *, long: "line\nbreak\ttab"}
)";
  auto const value = parse_back(text);
  expect_round_trip(value);
  auto const again = parse_back(to_yaml(value));
  EXPECT_TRUE(again.find("stock_dates")->items[0].quoted);
  EXPECT_FALSE(again.find("start")->quoted);
  EXPECT_FALSE(again.find("population")->find("persons")->quoted);
  EXPECT_TRUE(again.find("population")->find("region")->members[0].key_quoted);
}

class Generator {
 public:
  explicit Generator(std::uint64_t seed) : random_{seed} {}

  Value value(int depth) {
    Value made;
    auto const kind = below(depth > 0 ? 10 : 6);
    if (kind == 0) return made;
    if (kind < 6) {
      made.kind = Value::Kind::scalar;
      made.quoted = below(2) == 0;
      made.scalar = made.quoted ? any_text() : plain_text();
    } else if (kind < 8) {
      made.kind = Value::Kind::list;
      for (auto n = below(4); n > 0; --n) made.items.push_back(value(depth - 1));
    } else {
      made.kind = Value::Kind::map;
      for (auto n = below(4); n > 0; --n) add_member(made, depth);
    }
    return made;
  }

 private:
  std::size_t below(std::size_t bound) { return random_() % bound; }

  void add_member(Value& map, int depth) {
    auto const is_quoted = below(2) == 0;
    auto key = is_quoted ? any_text() : plain_text();
    if (map.find(key) != nullptr) return;
    map.members.push_back({std::move(key), {}, value(depth - 1), is_quoted});
  }

  std::string any_text() {
    static constexpr std::array<std::string_view, 40> parts{
        "a", "b", " ",  ":", ": ",   "#",    " #", "\n",   "\t", "\"", "'",  "\\", "*", "&",
        "!", "%", "@",  "`", "-",    "- ",   "?",  ",",    "[",  "]",  "{",  "}",  "|", ">",
        "æ", "→", "no", "~", "null", "0301", "<<", "\r\n", "=",  "😀", "--", "..."};
    std::string text;
    for (auto n = below(6); n > 0; --n) text += parts[below(parts.size())];
    return text;
  }

  std::string plain_text() {
    static constexpr std::array<std::string_view, 16> texts{
        "a", "aap -> work", "aap -> *", "0301", "1.5",   "no",      "2025-01-01", "52 weeks",
        "æ", "-1",          "1e5",      "r00",  "12:30", "model/1", "a'b",        "Oslo (by)"};
    return std::string{texts[below(texts.size())]};
  }

  std::mt19937_64 random_;
};

TEST(ToYaml, RoundTripsWhateverATreeHolds) {
  for (std::uint64_t seed = 0; seed < 2'000; ++seed) {
    expect_round_trip(Generator{seed}.value(4));
    if (HasFailure()) FAIL() << "seed " << seed;
  }
}

TEST(ToYaml, WritesLongKeysAndLongTexts) {
  Value map;
  map.kind = Value::Kind::map;
  Value text;
  text.kind = Value::Kind::scalar;
  text.scalar = std::string(5'000, 'x');
  map.members.push_back({std::string(3'000, 'k'), {}, text, false});
  map.members.push_back({"k", {}, text, false});
  expect_round_trip(map);
}

}  // namespace
}  // namespace utvei
