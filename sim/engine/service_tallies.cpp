// SPDX-License-Identifier: Apache-2.0
#include "service_tallies.hpp"

#include "tables.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

namespace utvei {

namespace {

using Kind = ServiceRecord::Kind;
using Quantity = ServiceQuantity;

constexpr std::int64_t minutes_of_count = 0;  ///< a quantity that is not a time

struct Described {
  char const* name;
  char const* long_name;
  char const* units;
  std::int64_t minutes;  ///< of one of the units
};
constexpr std::array<Described, service_quantities> descriptions{{
    {"offers", "people who were found and offered the measure", "1", minutes_of_count},
    {"refusals", "offers that were refused", "1", minutes_of_count},
    {"requests", "people who asked for a place", "1", minutes_of_count},
    {"turned_away", "people who found too many waiting", "1", minutes_of_count},
    {"gave_up", "people who gave up waiting", "1", minutes_of_count},
    {"stopped_qualifying", "people who ceased to qualify while they waited", "1", minutes_of_count},
    {"participants", "people who began", "1", minutes_of_count},
    {"served_at_once", "people who began in the minute in which they asked", "1", minutes_of_count},
    {"completions", "people whose time in the measure was over", "1", minutes_of_count},
    {"early_exits", "people who left before it was over", "1", minutes_of_count},
    {"in_when_closed", "people who took part when the measure ceased to run", "1", minutes_of_count},
    {"waiting_days", "time that people waited for a place", "days", minutes_per_day},
    {"waited_days", "time that those who began had waited, by the year in which they began", "days", minutes_per_day},
    {"participant_years", "time in the measure", "years", minutes_per_year},
    {"queue_length", "people who wait at the stock date", "1", minutes_of_count},
    {"in_measure", "people who take part at the stock date", "1", minutes_of_count},
    {"begun_within", "people who began within the waiting time, by the year in which they asked", "1",
     minutes_of_count},
    {"begun_within_of", "people of whom those are a share", "1", minutes_of_count},
}};

bool is_stock(Quantity quantity) {
  return quantity == Quantity::queue_length || quantity == Quantity::in_measure;
}

bool is_within(Quantity quantity) {
  return quantity == Quantity::begun_within || quantity == Quantity::begun_within_of;
}

/// Whether anybody ever waits for a place.
bool has_waits(Measure const& measure) {
  return measure.places || !measure.uses.empty() || measure.queue.allocate_every;
}

std::string weeks_of(Duration time) {
  constexpr std::int64_t week = 7 * minutes_per_day;
  if (time.minutes % week != 0) return fmt::format("{:g} days", static_cast<double>(time.minutes) / minutes_per_day);
  return fmt::format("{} week{}", time.minutes / week, time.minutes == week ? "" : "s");
}

std::array<Quantity, service_quantities> all_quantities() {
  std::array<Quantity, service_quantities> all{};
  for (std::size_t q = 0; q < all.size(); ++q) all[q] = static_cast<Quantity>(q);
  return all;
}

Quantity quantity_of(Kind kind) {
  switch (kind) {
    case Kind::found:
      return Quantity::offers;
    case Kind::refused:
      return Quantity::refusals;
    case Kind::asked:
      return Quantity::requests;
    case Kind::turned_away:
      return Quantity::turned_away;
    case Kind::gave_up:
      return Quantity::gave_up;
    case Kind::dropped:
      return Quantity::stopped_qualifying;
    case Kind::started:
      return Quantity::participants;
    case Kind::completed:
      return Quantity::completions;
    case Kind::left:
      return Quantity::early_exits;
    case Kind::closed:
      break;
  }
  return Quantity::in_when_closed;
}

/// Calls `use` with each year of the run that a time meets, and the minutes of it.
template <class Use>
void for_each_year(TallyCalendar const& calendar, Instant from, Instant to, Use const& use) {
  Moment const begin = calendar.locate(from);
  Moment const end = calendar.locate(to);
  for (std::uint32_t year = begin.year; year <= end.year && year < calendar.years(); ++year) {
    std::int64_t const first = year == begin.year ? begin.into_year : 0;
    std::int64_t const last = year == end.year ? end.into_year : calendar.minutes_of_year(year);
    use(year, last - first);
  }
}

}  // namespace

ServiceDesign::ServiceDesign(Scenario const& scenario, TallyCalendar const& of, bool tell_regions_apart)
    : calendar{of},
      model{scenario.model},
      years{of.year_labels()},
      end{scenario.end},
      groups{scenario.groups},
      by_region{tell_regions_apart},
      regions{tell_regions_apart ? scenario.model.regions.size() : 1} {
  for (Measure const& measure : scenario.measures) {
    measures.push_back(measure.name);
    intake.push_back(measure.intake());
    has_places = has_places || measure.places.has_value();
    has_regional_places =
        has_regional_places || (measure.places && std::ranges::any_of(*measure.places, [](Pool const& pool) {
                                  return pool.region.has_value();
                                }));
    has_needs = has_needs || measure.need.has_value();
    if (has_waits(measure)) waiting_times = scenario.waiting_times;
  }
  for (MonthDay const& day : scenario.stock_dates) dates.push_back(fmt::format("{:02}-{:02}", day.month, day.day));
}

Dimension region_dimension(ServiceDesign const& design, std::vector<bool> const& shown) {
  Dimension regions{"region", {}};
  for (std::size_t r = 0; r < shown.size(); ++r)
    if (shown[r]) regions.labels.push_back(design.model.regions[RegionId{r}].code);
  return regions;
}

std::size_t ServiceDesign::line(ServiceQuantity quantity) const {
  std::size_t const inner = is_stock(quantity) ? dates.size() : is_within(quantity) ? waiting_times.size() : 1;
  return measures.size() * years.size() * inner;
}

ServiceTallies::ServiceTallies(ServiceDesign const& design)
    : design_{&design}, late_time_(design.measures.size() * design.years.size()) {
  for (Quantity const quantity : all_quantities())
    numbers_[static_cast<std::size_t>(quantity)] = ZeroArray<std::int64_t>(design.cells(quantity));
}

std::int64_t& ServiceTallies::at(ServiceQuantity quantity, ServiceRecord const& record, std::uint32_t year,
                                 std::uint32_t inner) {
  std::size_t const region = design_->by_region ? record.region.value() : 0;
  std::size_t cell =
      ((group_ * design_->regions + region) * design_->measures.size() + record.measure) * design_->years.size() + year;
  if (is_stock(quantity)) cell = cell * design_->dates.size() + inner;
  if (is_within(quantity)) cell = cell * design_->waiting_times.size() + inner;
  return numbers_[static_cast<std::size_t>(quantity)].data()[cell];
}

/// What begins at New Year belongs to the new year, what ends then to the old one.
std::uint32_t year_of_record(TallyCalendar const& calendar, ServiceRecord const& record) {
  Moment const moment = calendar.locate(record.time);
  bool const begins = record.kind <= Kind::turned_away || record.kind == Kind::started;
  return begins ? moment.year : moment.last_year;
}

void ServiceTallies::count(ServiceRecord const& record) {
  ++at(quantity_of(record.kind), record, year_of_record(design_->calendar, record));
}

/// Whoever asked too late to tell counts for nothing, however soon they began: else the quick alone would count. Who
/// ceased to qualify before the time was up needed no place any more; who gave up or was turned away did.
void ServiceTallies::count_within(ServiceRecord const& request, ServiceRecord const* answer, Instant end) {
  std::uint32_t const year = year_of_record(design_->calendar, request);
  std::int64_t const waited = (end - request.time).minutes;
  for (std::uint32_t w = 0; w < design_->waiting_times.size(); ++w) {
    Duration const within = design_->waiting_times[w];
    if (request.time + within > design_->end) continue;
    bool const is_answered = answer && waited <= within.minutes;
    if (is_answered && answer->kind == Kind::dropped) continue;
    ++at(Quantity::begun_within_of, request, year, w);
    if (is_answered && answer->kind == Kind::started) ++at(Quantity::begun_within, request, year, w);
  }
}

void ServiceTallies::add_stay(ServiceRecord const& from, Instant to, ServiceQuantity time, ServiceQuantity heads) {
  TallyCalendar const& calendar = design_->calendar;
  for_each_year(calendar, from.time, to,
                [&](std::uint32_t year, std::int64_t minutes) { at(time, from, year) += minutes; });
  for (std::uint32_t stock = calendar.locate(from.time).stocks; stock < calendar.locate(to).stocks; ++stock) {
    auto const& date = calendar.stock_dates()[stock];
    ++at(heads, from, date.year, date.date);
  }
}

void ServiceTallies::add_late_time(ServiceRecord const& from, Instant to) {
  Instant const begin = std::max(from.time, Instant{design_->intake[from.measure].to});
  if (begin >= to) return;
  for_each_year(design_->calendar, begin, to, [&](std::uint32_t year, std::int64_t minutes) {
    late_time_[from.measure * design_->years.size() + year] += minutes;
  });
}

void ServiceTallies::see(Life const& life) {
  auto const& records = life.participation.records();
  if (records.empty()) return;
  group_ = person_group(life.person, design_->groups);
  for (std::size_t i = 0; i < records.size(); ++i) {
    ServiceRecord const& record = records[i];
    count(record);
    if (record.kind != Kind::asked && record.kind != Kind::started) continue;
    std::size_t const next = next_of_measure(records, i);
    bool const goes_on = next == records.size();
    Instant const end = goes_on ? life.now : records[next].time;
    if (record.kind == Kind::started) {
      add_stay(record, end, Quantity::participant_time, Quantity::in_measure);
      add_late_time(record, end);
      continue;
    }
    add_stay(record, end, Quantity::waiting_time, Quantity::queue_length);
    count_within(record, goes_on ? nullptr : &records[next], end);
    if (goes_on || records[next].kind != Kind::started) continue;
    std::uint32_t const year = year_of_record(design_->calendar, records[next]);
    at(Quantity::waited_time, record, year) += (end - record.time).minutes;
    if (end == record.time) ++at(Quantity::served_at_once, record, year);
  }
}

void ServiceTallies::add(ServiceTallies const& other) {
  for (std::size_t q = 0; q < service_quantities; ++q) {
    std::int64_t* const sum = numbers_[q].data();
    for (std::size_t i = 0; i < numbers_[q].size(); ++i) sum[i] += other.numbers_[q].data()[i];
  }
  for (std::size_t i = 0; i < late_time_.size(); ++i) late_time_[i] += other.late_time_[i];
}

/// Place-minutes of a pool in each year of the run, while people are taken in.
std::vector<std::int64_t> place_minutes(PoolPlan const& pool, Span intake, RunPlan const& plan,
                                        TallyCalendar const& calendar) {
  Instant const opens = std::max(plan.start, Instant{intake.from});
  Instant const closes = std::min(plan.end, Instant{intake.to});
  std::vector<std::int64_t> minutes(calendar.years());
  for (std::size_t i = 0; i < pool.steps.size(); ++i) {
    Instant const from = std::max(pool.steps[i].from, opens);
    Instant const to = i + 1 < pool.steps.size() ? std::min(pool.steps[i + 1].from, closes) : closes;
    if (from >= to) continue;
    for_each_year(calendar, from, to,
                  [&](std::uint32_t year, std::int64_t of_year) { minutes[year] += pool.steps[i].persons * of_year; });
  }
  return minutes;
}

/// Of a measure without limited places there are none to count. When nobody is taken in any more, there are those that
/// are in use.
void ServiceTables::add_places_of(RegionId region, std::size_t measure, std::vector<std::int64_t> const& minutes) {
  std::size_t const years = design_.years.size();
  std::size_t const run = region_place_minutes_.size() - design_.model.regions.size() * design_.measures.size() * years;
  for (std::size_t year = 0; year < years; ++year)
    region_place_minutes_[run + (region.value() * design_.measures.size() + measure) * years + year] += minutes[year];
}

void ServiceTables::append_places(ServiceTallies const& tallies, RunPlan const& plan) {
  if (design_.has_regional_places)
    region_place_minutes_.resize(region_place_minutes_.size() +
                                 design_.model.regions.size() * design_.measures.size() * design_.years.size());
  for (std::size_t m = 0; m < plan.measures.size(); ++m) {
    MeasurePlan const& measure = plan.measures[m];
    std::set<std::size_t> pools;
    if (measure.what.places)
      for (DeskPlan const& desk : measure.desks) pools.insert(desk.pools.front());
    auto const first = tallies.late_time().begin() + static_cast<std::ptrdiff_t>(m * design_.years.size());
    std::vector<std::int64_t> sums(design_.years.size());
    if (!pools.empty()) std::copy_n(first, sums.size(), sums.begin());
    for (std::size_t const pool : pools) {
      auto const minutes = place_minutes(plan.pools[pool], measure.what.intake(), plan, design_.calendar);
      for (std::size_t year = 0; year < sums.size(); ++year) sums[year] += minutes[year];
      if (plan.pools[pool].region) add_places_of(*plan.pools[pool].region, m, minutes);
    }
    for (std::int64_t const minutes : sums)
      place_years_.push_back(static_cast<double>(minutes) / static_cast<double>(minutes_per_year));
  }
}

void ServiceTables::append(ServiceTallies const& tallies, RunPlan const& plan) {
  if (design_.is_empty()) return;
  append_places(tallies, plan);
  for (Quantity const quantity : all_quantities()) {
    auto& values = values_[static_cast<std::size_t>(quantity)];
    std::size_t const line = design_.line(quantity);
    std::int64_t const* from = tallies.numbers(quantity);
    for (std::size_t place = 0; place < design_.groups * design_.regions; ++place, from += line) {
      if (!design_.by_region || shown_[place % design_.regions]) values.insert(values.end(), from, from + line);
    }
  }
}

void ServiceTables::move_into(RunResult& result, std::uint32_t draws, std::uint32_t replicates) {
  if (design_.is_empty()) return;
  std::vector<Dimension> dimensions{numbered("group", design_.groups)};
  if (design_.by_region) dimensions.push_back(region_dimension(design_, shown_));
  dimensions.push_back({"measure", design_.measures});
  dimensions.push_back({"year", design_.years});
  for (Quantity const quantity : all_quantities()) {
    auto& counts = values_[static_cast<std::size_t>(quantity)];
    if (is_stock(quantity) && design_.dates.empty()) continue;
    if (is_within(quantity) && design_.waiting_times.empty()) continue;
    Described const& described = descriptions[static_cast<std::size_t>(quantity)];
    Table table{described.name, described.name, described.long_name, described.units, dimensions, {}};
    if (is_stock(quantity) && design_.dates.size() > 1) table.dimensions.push_back({"stock_date", design_.dates});
    if (is_within(quantity)) {
      Dimension& waits = table.dimensions.emplace_back(Dimension{"waiting_time", {}});
      for (Duration const time : design_.waiting_times) waits.labels.push_back(weeks_of(time));
    }
    if (described.minutes == minutes_of_count) {
      table.values = std::move(counts);
    } else {
      std::vector<double> times;
      times.reserve(counts.size());
      for (std::int64_t const minutes : counts)
        times.push_back(static_cast<double>(minutes) / static_cast<double>(described.minutes));
      table.values = std::move(times);
    }
    add_table(std::move(table), draws, replicates, result);
  }
  add_place_tables(draws, replicates, result);
}

void ServiceTables::add_place_tables(std::uint32_t draws, std::uint32_t replicates, RunResult& result) {
  if (!design_.has_places) return;
  std::vector<Dimension> runs{numbered("draw", std::max(1U, draws))};
  if (replicates > 1) runs.push_back(numbered("replicate", replicates));
  auto const add = [&](std::string const& name, char const* long_name, std::vector<Dimension> const& inner,
                       std::vector<double> values) {
    Table table{name, "place_years", long_name, "years", runs, std::move(values)};
    table.dimensions.insert(table.dimensions.end(), inner.begin(), inner.end());
    table.dimensions.push_back({"measure", design_.measures});
    table.dimensions.push_back({"year", design_.years});
    result.tables.push_back(std::move(table));
  };
  add("place_years", "places of measures that are limited", {}, std::move(place_years_));
  if (!design_.has_regional_places) return;
  // Places may be a county's, whose people are told apart by municipality: all regions of the tree have a line.
  Dimension regions{"region", {}};
  for (std::size_t r = 0; r < design_.model.regions.size(); ++r)
    regions.labels.push_back(design_.model.regions[RegionId{r}].code);
  std::vector<double> years;
  for (std::int64_t const minutes : region_place_minutes_) years.push_back(in_years(Duration{minutes}));
  add("place_years_by_region_measure_year", "places of the region while people are taken in", {regions},
      std::move(years));
}

}  // namespace utvei
