// SPDX-License-Identifier: Apache-2.0
#include "participant_tallies.hpp"

#include "tables.hpp"

#include <algorithm>
#include <utility>

namespace utvei {

namespace {

/// Age groups and traits of breakdowns, each once.
std::vector<TallyDimension> asked_for(Scenario const& scenario) {
  std::vector<TallyDimension> asked;
  for (Breakdown const& breakdown : scenario.breakdowns) {
    for (TallyDimension const& dimension : breakdown) {
      bool const is_of_people =
          dimension.kind == TallyDimension::Kind::age_group || dimension.kind == TallyDimension::Kind::trait;
      auto const is_same = [&](TallyDimension const& other) {
        return other.kind == dimension.kind && other.trait == dimension.trait;
      };
      if (is_of_people && std::ranges::none_of(asked, is_same)) asked.push_back(dimension);
    }
  }
  return asked;
}

/// Dimensions of all draws and replicates.
std::vector<Dimension> dimensions_of_runs(std::uint32_t draws, std::uint32_t replicates) {
  std::vector<Dimension> dimensions{numbered("draw", std::max(1U, draws))};
  if (replicates > 1) dimensions.push_back(numbered("replicate", replicates));
  return dimensions;
}

}  // namespace

ParticipantDesign::ParticipantDesign(Scenario const& scenario, ServiceDesign const& of, std::vector<std::int64_t> ages)
    : services{of}, age_cuts{std::move(ages)}, end{scenario.end} {
  if (of.is_empty()) return;
  for (State const& state : scenario.model.states) states.push_back(state.name);
  splits.push_back({{TallyDimension::Kind::state, {}}, "state", states});
  for (TallyDimension const& dimension : asked_for(scenario)) {
    if (dimension.kind == TallyDimension::Kind::age_group) {
      splits.push_back({dimension, "age_group", age_group_labels(scenario.age_groups)});
    } else {
      Trait const& trait = scenario.model.traits[dimension.trait];
      splits.push_back({dimension, trait.name, trait.levels});
    }
  }
}

ParticipantTallies::ParticipantTallies(ParticipantDesign const& design)
    : design_{&design},
      after_start_(design.splits.empty() ? 0 : design.later()),
      after_end_(design.splits.empty() ? 0 : design.ended()),
      stepped_(design.splits.empty() ? 0 : design.stepped()) {
  for (std::size_t s = 0; s < design.splits.size(); ++s) began_.emplace_back(design.services.regions * design.line(s));
}

std::size_t ParticipantTallies::label_of(ParticipantDesign::Split const& split, Life const& life,
                                         ServiceRecord const& start, std::size_t number) const {
  switch (split.what.kind) {
    case TallyDimension::Kind::age_group: {
      std::int64_t const age = (start.time - life.birth).minutes;
      auto const& cuts = design_->age_cuts;
      return static_cast<std::size_t>(std::ranges::upper_bound(cuts, age) - cuts.begin());
    }
    case TallyDimension::Kind::trait:
      return life.participation.levels_at_start(number)[split.what.trait.value()];
    default:
      return start.state.value();
  }
}

void ParticipantTallies::see(Life const& life) {
  ServiceDesign const& services = design_->services;
  std::size_t number = 0;
  auto const& records = life.participation.records();
  for (std::size_t r = 0; r < records.size(); ++r) {
    ServiceRecord const& record = records[r];
    if (record.kind >= ServiceRecord::Kind::completed) see_end(life, record);
    if (record.kind == ServiceRecord::Kind::started || record.kind == ServiceRecord::Kind::completed)
      see_step(records, r);
    if (record.kind != ServiceRecord::Kind::started) continue;
    std::size_t const region = services.by_region ? record.region.value() : 0;
    std::size_t const line = (region * services.measures.size() + record.measure) * services.years.size() +
                             services.calendar.locate(record.time).year;
    for (std::size_t s = 0; s < began_.size(); ++s) {
      ParticipantDesign::Split const& split = design_->splits[s];
      ++began_[s].data()[line * split.labels.size() + label_of(split, life, record, number)];
    }
    see_later(life, record);
    ++number;
  }
}

void ParticipantTallies::see_later(Life const& life, ServiceRecord const& start) {
  for (std::size_t i = 0; i < months_after_start.size(); ++i) {
    Instant const then = start.time + Duration{months_after_start[i] * minutes_per_month};
    if (then > design_->end) break;
    std::size_t const cell = start.measure * months_after_start.size() + i;
    ++after_start_[cell * design_->states.size() + life.participation.state_at(then).value()];
  }
}

/// What comes to pass at the turn of a year belongs to the old one, as completions do.
void ParticipantTallies::see_end(Life const& life, ServiceRecord const& end) {
  ServiceDesign const& services = design_->services;
  auto const way = static_cast<std::size_t>(end.kind) - static_cast<std::size_t>(ServiceRecord::Kind::completed);
  for (std::size_t i = 0; i < months_after_end.size(); ++i) {
    Instant const then = end.time + Duration{months_after_end[i] * minutes_per_month};
    if (then > design_->end) break;
    std::size_t const cell = ((end.measure * ways_to_end.size() + way) * months_after_end.size() + i);
    std::size_t const line = cell * services.years.size() + services.calendar.locate(then).last_year;
    ++after_end_[line * design_->states.size() + life.participation.state_at(then).value()];
  }
}

void ParticipantTallies::see_step(std::vector<ServiceRecord> const& records, std::size_t place) {
  ServiceDesign const& services = design_->services;
  ServiceRecord const& record = records[place];
  bool const is_start = record.kind == ServiceRecord::Kind::started;
  auto const kind = is_start ? ServiceRecord::Kind::found : ServiceRecord::Kind::started;
  while (place > 0 && (records[place].measure != record.measure || records[place].kind != kind)) --place;
  if (records[place].measure != record.measure || records[place].kind != kind) return;
  Moment const moment = services.calendar.locate(record.time);
  std::size_t const years = services.years.size();
  std::size_t const cell = record.measure * steps_after_others.size() + (is_start ? 0 : 1);
  std::size_t const line = cell * years + services.calendar.locate(records[place].time).year;
  ++stepped_[line * years + (is_start ? moment.year : moment.last_year)];
}

void ParticipantTallies::add(ParticipantTallies const& other) {
  for (std::size_t s = 0; s < began_.size(); ++s) {
    std::int64_t* const sum = began_[s].data();
    for (std::size_t i = 0; i < began_[s].size(); ++i) sum[i] += other.began_[s].data()[i];
  }
  for (std::size_t i = 0; i < after_start_.size(); ++i) after_start_[i] += other.after_start_[i];
  for (std::size_t i = 0; i < after_end_.size(); ++i) after_end_[i] += other.after_end_[i];
  for (std::size_t i = 0; i < stepped_.size(); ++i) stepped_[i] += other.stepped_[i];
}

void ParticipantTables::append(ParticipantTallies const& tallies) {
  for (std::size_t s = 0; s < began_.size(); ++s) {
    std::size_t const line = design_.line(s);
    std::int64_t const* from = tallies.began(s);
    for (std::size_t region = 0; region < design_.services.regions; ++region, from += line)
      if (!design_.services.by_region || shown_[region]) began_[s].insert(began_[s].end(), from, from + line);
  }
  after_start_.insert(after_start_.end(), tallies.after_start().begin(), tallies.after_start().end());
  after_end_.insert(after_end_.end(), tallies.after_end().begin(), tallies.after_end().end());
  stepped_.insert(stepped_.end(), tallies.stepped().begin(), tallies.stepped().end());
}

void ParticipantTables::move_into(RunResult& result, std::uint32_t draws, std::uint32_t replicates) {
  ServiceDesign const& services = design_.services;
  Dimension const measures{"measure", services.measures};
  for (std::size_t s = 0; s < began_.size(); ++s) {
    ParticipantDesign::Split const& split = design_.splits[s];
    std::vector<Dimension> dimensions = dimensions_of_runs(draws, replicates);
    if (services.by_region) dimensions.push_back(region_dimension(services, shown_));
    dimensions.insert(dimensions.end(), {measures, {"year", services.years}, {split.name, split.labels}});
    std::string const name = "participants_by_" + split.name;
    result.tables.push_back(
        {name, name, "people who began, by what they were then", "1", std::move(dimensions), std::move(began_[s])});
  }
  if (began_.empty()) return;
  std::vector<Dimension> dimensions = dimensions_of_runs(draws, replicates);
  Dimension months{"months_after_start", {}};
  for (int const count : months_after_start) months.labels.push_back(std::to_string(count));
  dimensions.insert(dimensions.end(), {measures, std::move(months), {"state", design_.states}});
  result.tables.push_back({"after_start", "after_start",
                           "people who began so long before the end of the run, by their state then", "1",
                           std::move(dimensions), std::move(after_start_)});
  Dimension ways{"ending", {ways_to_end.begin(), ways_to_end.end()}};
  Dimension since{"months_after_end", {}};
  for (int const count : months_after_end) since.labels.push_back(std::to_string(count));
  dimensions = dimensions_of_runs(draws, replicates);
  dimensions.insert(dimensions.end(),
                    {measures, std::move(ways), std::move(since), {"year", services.years}, {"state", design_.states}});
  result.tables.push_back({"after_end", "after_end",
                           "people who ended so long ago, by their state and the year in which they are looked at", "1",
                           std::move(dimensions), std::move(after_end_)});
  Dimension steps{"step", {steps_after_others.begin(), steps_after_others.end()}};
  dimensions = dimensions_of_runs(draws, replicates);
  dimensions.insert(dimensions.end(),
                    {measures, std::move(steps), {"year_before", services.years}, {"year", services.years}});
  result.tables.push_back({"step_years", "step_years",
                           "people who came to a step, by the year in which they came to the one before", "1",
                           std::move(dimensions), std::move(stepped_)});
}

}  // namespace utvei
