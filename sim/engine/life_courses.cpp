// SPDX-License-Identifier: Apache-2.0
#include "life_courses.hpp"

#include <algorithm>
#include <limits>
#include <tuple>
#include <utility>

namespace utvei {

void RecordedLife::note_changes(Life const& life) {
  if (life.region != region_) {
    region_ = life.region;
    records_->changes.push_back({person_, life.now.minutes, std::nullopt, region_.value()});
  }
  for (std::size_t t = 0; t < traits_.size(); ++t) {
    if (life.traits[t] == traits_[t]) continue;
    traits_[t] = life.traits[t];
    records_->changes.push_back({person_, life.now.minutes, TraitId{t}, traits_[t]});
  }
}

void LifeCourseRecords::append(LifeCourseRecords&& other) {
  changes.insert(changes.end(), other.changes.begin(), other.changes.end());
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
  // The limit comes from those who are there at the start, so that who joins later changes nobody's part in the sample.
  std::vector<std::uint64_t> hashes;
  hashes.reserve(people.size());
  for (PersonRow const row : ids_of(people.key)) {
    if (is_there_at_start(people, row)) hashes.push_back(LifeCourseSelection::hash_of(people.key[row]));
  }
  if (request.kind == Kind::all || request.sample >= hashes.size()) {
    return {0, true};
  }
  auto const limit = hashes.begin() + static_cast<std::ptrdiff_t>(request.sample);
  std::ranges::nth_element(hashes, limit);
  return {*limit, false};
}

namespace {

std::vector<PersonRow> selected_by_key(LifeCourseSelection const& selection, Population const& people) {
  std::vector<PersonRow> rows;
  for (PersonRow const row : ids_of(people.key)) {
    if (selection.holds(people.key[row])) rows.push_back(row);
  }
  std::ranges::sort(rows, {}, [&](PersonRow row) { return people.key[row].value; });
  return rows;
}

LifeCoursePeople people_of(std::vector<PersonRow> const& rows, Population const& people, Model const& model,
                           Instant start) {
  LifeCoursePeople kept;
  for (PersonRow const row : rows) {
    kept.person.push_back(people.key[row].value);
    auto const before = people.time_in_state.empty() ? Duration{} : people.time_in_state[row];
    Instant const begins = people.enters.empty() ? start : people.enters[row];
    kept.entered.push_back((begins - before).minutes);
    if (!people.birth.empty()) kept.birth.push_back(people.birth[row].minutes);
    if (!people.region.empty()) kept.region.push_back(static_cast<std::uint32_t>(people.region[row].value()));
  }
  if (!people.region.empty()) kept.region_codes = model.regions.codes();
  for (TraitId const trait : ids_of(model.traits)) {
    if (model.traits[trait].is_hidden) continue;
    if (trait.value() >= people.traits.size() || people.traits[trait.value()].empty()) continue;
    auto& own =
        kept.traits.emplace_back(LifeCoursePeople::Trait{model.traits[trait].name, model.traits[trait].levels, {}});
    for (PersonRow const row : rows) own.level.push_back(people.traits[trait.value()][row]);
  }
  return kept;
}

/// The names are those that LifeCoursePeople has columns for.
LifeCourseChanges changes_of(std::vector<LifeCourseRecords::Change> changes, LifeCoursePeople const& people,
                             Model const& model) {
  std::ranges::stable_sort(changes, {}, &LifeCourseRecords::Change::person);
  LifeCourseChanges table;
  if (!people.region_codes.empty()) table.what_names.emplace_back("region");
  for (auto const& trait : people.traits) table.what_names.push_back(trait.name);
  for (auto const& change : changes) {
    std::string const& name = change.trait ? model.traits[*change.trait].name : table.what_names.front();
    auto const what = std::ranges::find(table.what_names, name);
    if (what == table.what_names.end()) continue;  // a trait that nobody is told of
    table.person.push_back(change.person);
    table.time.push_back(change.time);
    table.what.push_back(static_cast<std::uint16_t>(what - table.what_names.begin()));
    table.value.push_back(change.value);
  }
  return table;
}

}  // namespace

LifeCourseTable to_table(LifeCourseRecords&& courses, LifeCourseSelection const& selection, Population const& people,
                         Model const& model, Instant start, bool measures_move) {
  LifeCourseRecords const taken = std::move(courses);
  auto records = taken.records;
  // A life is followed by one worker from start to end, so a stable sort by person keeps the order of its events.
  std::ranges::stable_sort(records, {}, &LifeCourseRecords::Record::person);
  LifeCourseTable table;
  table.states = model.state_names();
  table.causes = {"start", "transition", "limit", "age", "end"};
  // Files without such measures stay as they were.
  auto const by_measure = static_cast<std::uint8_t>(table.causes.size());
  if (measures_move) table.causes.emplace_back("measure");
  for (auto const& record : records) {
    table.person.push_back(record.person);
    table.time.push_back(record.time);
    table.from.push_back(record.from);
    table.to.push_back(record.to);
    table.cause.push_back(record.cause == Cause::measure ? by_measure : static_cast<std::uint8_t>(record.cause));
  }
  table.people = people_of(selected_by_key(selection, people), people, model, start);
  table.changes = changes_of(taken.changes, table.people, model);
  return table;
}

}  // namespace utvei
