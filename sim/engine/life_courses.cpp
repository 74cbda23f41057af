// SPDX-License-Identifier: Apache-2.0
#include "life_courses.hpp"

#include <algorithm>
#include <limits>
#include <tuple>
#include <utility>

namespace utvei {

void LifeCourseRecords::append(LifeCourseRecords&& other) {
  if (records.empty()) {
    records = std::move(other.records);
  } else {
    records.insert(records.end(), other.records.begin(), other.records.end());
  }
  other.records = {};
}

LifeCourseSelection select_life_courses(LifeCourseRequest const& request, Population const& people) {
  using Kind = LifeCourseRequest::Kind;
  if (request.kind == Kind::none) {
    return {};
  }
  if (request.kind == Kind::all || request.sample >= people.size()) {
    return {0, true};
  }
  std::vector<std::uint64_t> hashes;
  hashes.reserve(people.size());
  for (PersonKey const person : people.key) {
    hashes.push_back(LifeCourseSelection::hash_of(person));
  }
  auto const limit = hashes.begin() + static_cast<std::ptrdiff_t>(request.sample);
  std::ranges::nth_element(hashes, limit);
  return {*limit, false};
}

LifeCourseTable to_table(LifeCourseRecords&& courses, Model const& model) {
  LifeCourseRecords const taken = std::move(courses);
  auto records = taken.records;
  // A life is followed by one worker from start to end, so a stable sort by person keeps the order of its events.
  std::ranges::stable_sort(records, {}, &LifeCourseRecords::Record::person);
  LifeCourseTable table;
  table.states = model.state_names();
  table.causes = {"start", "transition", "limit", "age", "end"};
  for (auto const& record : records) {
    table.person.push_back(record.person);
    table.time.push_back(record.time);
    table.from.push_back(record.from);
    table.to.push_back(record.to);
    table.cause.push_back(static_cast<std::uint8_t>(record.cause));
  }
  return table;
}

}  // namespace utvei
