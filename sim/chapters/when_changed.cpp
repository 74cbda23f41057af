// SPDX-License-Identifier: Apache-2.0
#include "when_changed.hpp"

#include "scenario_items.hpp"

#include <algorithm>
#include <array>

namespace utvei {
namespace {

/// What people do is the same with and without these; measures and changes say themselves when they act.
constexpr std::array<std::string_view, 13> keys_of_no_time{
    "utvei", "name",       "label",  "measures",  "changes",    "income",      "money",
    "draws", "replicates", "groups", "precision", "breakdowns", "life_courses"};

bool differs_otherwise(Value const& baseline, Value const& scenario) {
  auto const has_other = [](Value const& of, Value const& other) {
    return std::ranges::any_of(of.members, [&](Member const& member) {
      if (std::ranges::find(keys_of_no_time, member.key) != keys_of_no_time.end()) return false;
      Value const* const same = other.find(member.key);
      return same == nullptr || to_yaml(*same) != to_yaml(member.value);
    });
  };
  return has_other(scenario, baseline) || has_other(baseline, scenario);
}

/// When an item begins to act; `start` where it does not say.
Instant begins(Value const& item, std::string_view section, Instant start) {
  Value const* const time = section == "measures" ? item.find("runs") : &item;
  std::string const from = time == nullptr ? std::string{} : text_at(*time, "from");
  return std::max(start, parse_calendar_point(from).value_or(start));
}

/// Of what either has by itself.
Instant first_of_items(Value const& baseline, Value const& scenario, Instant start, Instant end) {
  Instant first = end;
  for (char const* const section : {"measures", "changes"})
    for (auto const& [before, after] : {std::pair{&baseline, &scenario}, std::pair{&scenario, &baseline}})
      for (Value const& item : own_items(*before, *after, section))
        first = std::min(first, begins(item, section, start));
  return first;
}

/// The first year in which somebody is elsewhere: whatever the files say, it has begun by then.
std::optional<int> first_year_that_differs(Contents const& contents, std::size_t scenario) {
  std::optional<int> first;
  for (ComparisonRow const* const row : contents.rows(scenario, "person_years", true)) {
    if (row->difference == 0) continue;
    int const year = static_cast<int>(year_of(row->year));
    first = first ? std::min(*first, year) : year;
  }
  return first;
}

}  // namespace

ReportText ChangedTime::in_words() const {
  // What ends as a year begins has nothing of that year.
  int const last = to == start_of_year(year_of(to)) ? year_of(to) - 1 : year_of(to);
  if (first_year() >= last) return said({"i {}", "i {}", "in {}"}, first_year());
  return said({"fra {0} til {1}", "frå {0} til {1}", "from {0} to {1}"}, first_year(), last);
}

std::optional<ChangedTime> changed_time(Contents const& contents, std::size_t scenario) {
  Provenance const& provenance = contents.baseline().provenance;
  auto const start = parse_date(provenance.start);
  auto const end = parse_date(provenance.end);
  if (!start || !end || *end <= *start) return std::nullopt;
  Value const before = file_of(contents.baseline());
  Value const after = file_of(contents.scenario(scenario));
  bool const says_nothing = before.is_null() || after.is_null() || differs_otherwise(before, after);
  Instant from = says_nothing ? *start : first_of_items(before, after, *start, *end);
  if (auto const year = first_year_that_differs(contents, scenario))
    from = std::min(from, std::max(*start, start_of_year(*year)));
  if (from >= *end) return std::nullopt;
  return ChangedTime{from, *end};
}

std::optional<int> first_changed_year(Contents const& contents) {
  std::optional<int> first;
  for (std::size_t i = 0; i < contents.scenarios(); ++i) {
    auto const time = changed_time(contents, i);
    if (!time) return std::nullopt;
    first = first ? std::min(*first, time->first_year()) : time->first_year();
  }
  return first;
}

}  // namespace utvei
