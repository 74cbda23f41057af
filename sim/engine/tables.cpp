// SPDX-License-Identifier: Apache-2.0
#include "tables.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <string>
#include <type_traits>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace utvei {

namespace {

using Kind = TallyDimension::Kind;

Dimension passages_of(Scenario const& scenario, TallyDesign const& design) {
  Dimension dimension{"transition", {}};
  for (auto const& [from, to] : design.passages) {
    dimension.labels.push_back(
        fmt::format("{} -> {}", scenario.model.states[from].name, scenario.model.states[to].name));
  }
  return dimension;
}

/// A name with all dimensions where the plain one is taken.
std::string table_name(std::string const& quantity, std::vector<Dimension> const& dimensions, bool plain) {
  if (plain) {
    return quantity;
  }
  std::vector<std::string> names;
  for (Dimension const& dimension : dimensions) {
    names.push_back(dimension.name);
  }
  return fmt::format("{}_by_{}", quantity, fmt::join(names, "_"));
}

/// Strides of a table's dimensions, last fastest.
std::vector<std::size_t> strides_of(std::vector<Dimension> const& dimensions) {
  std::vector<std::size_t> strides(dimensions.size(), 1);
  for (std::size_t i = dimensions.size(); i-- > 1;) {
    strides[i - 1] = strides[i] * dimensions[i].labels.size();
  }
  return strides;
}

/// Of the dimension of this name; 0 if there is none.
std::size_t stride_of(std::vector<Dimension> const& dimensions, std::vector<std::size_t> const& strides,
                      std::string_view name) {
  auto const at = std::ranges::find(dimensions, name, &Dimension::name);
  return at == dimensions.end() ? 0 : strides[static_cast<std::size_t>(at - dimensions.begin())];
}

/// Where a line of the tallies has no place in a table.
constexpr std::size_t nowhere = std::numeric_limits<std::size_t>::max();

/// Places 0, 1, … of an axis, `stride` apart.
std::vector<std::size_t> places_of(std::size_t count, std::size_t stride) {
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < count; ++i) {
    places.push_back(i * stride);
  }
  return places;
}

struct Strides {
  std::size_t state{0}, year{0}, date{0};
};

/// Calls `write(place in the table, first number of the tallies)` for each of `fixed` that has numbers and a place. The
/// numbers are read once: their memory goes back to the system.
template <class T, class Write>
void for_each_fixed(TallyLayout const& layout, TallySums const& sums, std::vector<std::size_t> const& fixed,
                    ZeroArray<T>& numbers, std::size_t count, Write const& write) {
  for (std::size_t f = 0; f < fixed.size(); ++f) {
    if (fixed[f] == nowhere || sums.is_used[f / layout.ages] == 0) continue;
    write(fixed[f], numbers.data() + f * count);
    numbers.release_to((f + 1) * count);
  }
}

void write_time(TallyLayout const& layout, TallySums& sums, TallyCalendar const& calendar,
                std::vector<std::size_t> const& fixed, Strides strides, double* out) {
  auto const years = [](std::int64_t minutes) {
    return static_cast<double>(minutes) / static_cast<double>(minutes_per_year);
  };
  for_each_fixed(layout, sums, fixed, sums.time, layout.times(), [&](std::size_t place, TallySums::Time const* time) {
    for (std::size_t s = 0; s < layout.states; ++s, time += layout.years) {
      double* to = out + place + s * strides.state;
      if (!layout.by_year) {
        *to = years(time->minutes);
        continue;
      }
      std::int64_t whole = 0;
      for (std::size_t y = layout.years; y-- > 0;) {
        to[y * strides.year] = years(time[y].minutes + whole * calendar.minutes_of_year(y));
        whole += time[y].years_before;
      }
    }
  });
}

void write_stock(TallyLayout const& layout, TallySums& sums, TallyCalendar const& calendar,
                 std::vector<std::size_t> const& fixed, Strides strides, std::int64_t* out) {
  for_each_fixed(layout, sums, fixed, sums.stock, layout.stock_changes(),
                 [&](std::size_t place, std::int64_t* changes) {
                   for (std::size_t s = 0; s < layout.states; ++s, changes += layout.stocks + 1) {
                     std::int64_t heads = 0;
                     for (std::size_t d = 0; d < layout.stocks; ++d) {
                       heads += changes[d];
                       auto const& date = calendar.stock_dates()[d];
                       out[place + s * strides.state + date.year * strides.year + date.date * strides.date] = heads;
                     }
                   }
                 });
}

void write_events(TallyLayout const& layout, TallySums& sums, std::vector<std::size_t> const& fixed, Strides strides,
                  std::int64_t* out) {
  for_each_fixed(layout, sums, fixed, sums.events, layout.events(), [&](std::size_t place, std::int64_t const* from) {
    for (std::size_t p = 0; p < layout.passages; ++p) {
      for (std::size_t y = 0; y < layout.years; ++y) {
        out[place + p * strides.state + y * strides.year] = *from++;
      }
    }
  });
}

/// Years stand for whole minutes: they are added as such and divided once, so that a sum does not hang on its parts.
std::int64_t whole(double years) {
  return std::llround(years * static_cast<double>(minutes_per_year));
}
std::int64_t whole(std::int64_t count) {
  return count;
}

/// Adds up the axis of `length` places that has `before` cells before it and `after` behind it.
template <class T>
std::vector<T> sum_over(std::vector<T> const& values, std::size_t before, std::size_t length, std::size_t after) {
  std::vector<T> sums(before * after, T{});
  std::vector<std::int64_t> row(after);
  for (std::size_t b = 0; b < before; ++b) {
    std::ranges::fill(row, 0);
    for (std::size_t i = 0; i < length; ++i) {
      T const* from = values.data() + (b * length + i) * after;
      std::transform(row.begin(), row.end(), from, row.begin(), [](std::int64_t sum, T x) { return sum + whole(x); });
    }
    std::ranges::transform(row, sums.begin() + static_cast<std::ptrdiff_t>(b * after), [](std::int64_t sum) {
      if constexpr (std::is_same_v<T, double>) {
        return in_years(Duration{sum});
      } else {
        return sum;
      }
    });
  }
  return sums;
}

Table without_groups(Table const& by_group, std::size_t axis) {
  Table table{by_group.name, by_group.quantity, by_group.long_name, by_group.units, by_group.dimensions, {}};
  std::size_t const length = by_group.dimensions[axis].labels.size();
  std::size_t before = 1;
  for (std::size_t i = 0; i < axis; ++i) {
    before *= by_group.dimensions[i].labels.size();
  }
  std::size_t const after = by_group.size() / std::max<std::size_t>(1, before * length);
  table.dimensions.erase(table.dimensions.begin() + static_cast<std::ptrdiff_t>(axis));
  using Values = decltype(Table::values);
  table.values = std::visit(
      [before, length, after](auto const& values) { return Values{sum_over(values, before, length, after)}; },
      by_group.values);
  return table;
}

}  // namespace

std::vector<std::string> age_group_labels(std::vector<int> const& bounds) {
  std::vector<std::string> labels;
  for (std::size_t i = 0; i < bounds.size(); ++i) {
    if (i + 1 == bounds.size()) {
      labels.push_back(fmt::format("{}+", bounds[i]));
    } else if (bounds[i] + 1 == bounds[i + 1]) {
      labels.push_back(std::to_string(bounds[i]));
    } else {
      labels.push_back(fmt::format("{}-{}", bounds[i], bounds[i + 1] - 1));
    }
  }
  return labels;
}

Dimension numbered(std::string const& name, std::size_t count) {
  Dimension dimension{name, {}};
  for (std::size_t i = 0; i < count; ++i) dimension.labels.push_back(std::to_string(i));
  return dimension;
}

void add_table(Table by_group, std::uint32_t draws, std::uint32_t replicates, RunResult& result) {
  auto& dimensions = by_group.dimensions;
  std::size_t axis = 1;
  if (replicates > 1) {
    dimensions.insert(dimensions.begin(), numbered("replicate", replicates));
    ++axis;
  }
  dimensions.insert(dimensions.begin(), numbered("draw", std::max(1U, draws)));
  result.tables.push_back(without_groups(by_group, axis));
  result.group_tables.push_back(std::move(by_group));
}

ResultTables::ResultTables(Scenario const& scenario, TallyDesign const& design, std::vector<bool> shown)
    : scenario_{scenario}, design_{design}, shown_{std::move(shown)} {
  for (std::size_t layout = 0; layout < design.layouts.size(); ++layout) {
    add_slots(layout);
  }
}

Dimension ResultTables::dimension_of(TallyDimension const& dimension) const {
  switch (dimension.kind) {
    case Kind::region: {
      Dimension regions{"region", {}};
      for (std::size_t r = 0; r < shown_.size(); ++r) {
        if (shown_[r]) {
          regions.labels.push_back(scenario_.model.regions[RegionId{r}].code);
        }
      }
      return regions;
    }
    case Kind::year:
      return {"year", design_.calendar.year_labels()};
    case Kind::age_group:
      return {"age_group", age_group_labels(scenario_.age_groups)};
    case Kind::trait:
      return {scenario_.model.traits[dimension.trait].name, scenario_.model.traits[dimension.trait].levels};
    case Kind::state:
      break;
  }
  return {"state", scenario_.model.state_names()};
}

/// Where the tallies' [fixed] index falls in a table: by `fixed`, the flat position without state, year and date.
std::vector<std::size_t> ResultTables::fixed_positions(TallyLayout const& layout,
                                                       std::vector<Dimension> const& dimensions,
                                                       std::vector<std::size_t> const& strides) const {
  // The order of `fixed` in tallies.cpp: region, traits, group, age group.
  std::vector<std::vector<std::size_t>> parts;
  if (layout.by_region) {
    std::size_t const stride = stride_of(dimensions, strides, "region");
    auto& places = parts.emplace_back();
    std::size_t place = 0;
    for (bool const shown : shown_) {
      places.push_back(shown ? place++ * stride : nowhere);
    }
  }
  for (auto const& [trait, levels] : layout.traits) {
    parts.push_back(places_of(levels, stride_of(dimensions, strides, scenario_.model.traits[trait].name)));
  }
  parts.push_back(places_of(design_.groups, stride_of(dimensions, strides, "group")));
  if (layout.by_age) {
    parts.push_back(places_of(layout.ages, stride_of(dimensions, strides, "age_group")));
  }
  std::vector<std::size_t> positions{0};
  for (auto const& places : parts) {
    std::vector<std::size_t> longer;
    longer.reserve(positions.size() * places.size());
    for (std::size_t const position : positions) {
      for (std::size_t const place : places) {
        longer.push_back(position == nowhere || place == nowhere ? nowhere : position + place);
      }
    }
    positions = std::move(longer);
  }
  return positions;
}

void ResultTables::add_slots(std::size_t layout) {
  std::vector<Dimension> time;
  std::vector<Dimension> events;
  std::vector<Dimension> stock;
  for (TallyDimension const& dimension : design_.layouts[layout].breakdown) {
    time.push_back(dimension_of(dimension));
    stock.push_back(time.back());
    events.push_back(dimension.kind == Kind::state ? passages_of(scenario_, design_) : time.back());
  }
  add_slot(layout, "person_years", time);
  add_slot(layout, "transitions", events);
  if (design_.calendar.stock_dates().empty()) {
    return;
  }
  auto year = std::ranges::find(stock, std::string{"year"}, &Dimension::name);
  if (year == stock.end()) {
    year = stock.insert(stock.begin(), {"year", design_.calendar.year_labels()});
  }
  if (scenario_.stock_dates.size() > 1) {
    Dimension dates{"stock_date", {}};
    for (MonthDay const& day : scenario_.stock_dates) {
      dates.labels.push_back(fmt::format("{:02}-{:02}", day.month, day.day));
    }
    stock.insert(year + 1, std::move(dates));
  }
  add_slot(layout, "stock", stock);
}

void ResultTables::add_slot(std::size_t layout, std::string const& quantity, std::vector<Dimension> dimensions) {
  auto const taken = [&](std::string const& name) {
    return std::ranges::any_of(slots_, [&](Slot const& slot) { return slot.table.name == name; });
  };
  std::string const name = table_name(quantity, dimensions, !taken(quantity));
  if (taken(name)) {
    return;
  }
  dimensions.insert(dimensions.begin(), numbered("group", design_.groups));
  Slot slot{{}, layout};
  slot.table.name = name;
  slot.table.quantity = quantity;
  slot.table.dimensions = std::move(dimensions);
  if (quantity == "person_years") {
    slot.table.long_name = "time spent in each state";
    slot.table.units = "years";
    slot.table.values = std::vector<double>{};
  } else {
    slot.table.long_name = quantity == "stock" ? "people in each state at the stock date" : "events, all causes";
    slot.table.units = "1";
    slot.table.values = std::vector<std::int64_t>{};
  }
  slots_.push_back(std::move(slot));
}

void ResultTables::append(Tallies tallies) {
  for (Slot& slot : slots_) {
    Table& table = slot.table;
    TallyLayout const& layout = design_.layouts[slot.layout];
    TallySums& sums = tallies.sums()[slot.layout];
    std::vector<std::size_t> const strides = strides_of(table.dimensions);
    Strides const at{stride_of(table.dimensions, strides, "state") + stride_of(table.dimensions, strides, "transition"),
                     stride_of(table.dimensions, strides, "year"), stride_of(table.dimensions, strides, "stock_date")};
    auto const fixed = fixed_positions(layout, table.dimensions, strides);
    std::size_t const size = strides.front() * table.dimensions.front().labels.size();
    std::visit(
        [&](auto& values) {
          std::size_t const old = values.size();
          values.resize(old + size);
          if constexpr (std::is_same_v<std::decay_t<decltype(values)>, std::vector<double>>) {
            write_time(layout, sums, design_.calendar, fixed, at, values.data() + old);
          } else if (table.quantity == "stock") {
            write_stock(layout, sums, design_.calendar, fixed, at, values.data() + old);
          } else {
            write_events(layout, sums, fixed, at, values.data() + old);
          }
        },
        table.values);
  }
  persons_.insert(persons_.end(), tallies.persons().begin(), tallies.persons().end());
}

void ResultTables::move_into(RunResult& result) {
  Slot persons{{}, 0};
  persons.table.name = persons.table.quantity = "persons";
  persons.table.long_name = "people who were simulated";
  persons.table.units = "1";
  persons.table.dimensions = {numbered("group", design_.groups)};
  persons.table.values = std::move(persons_);
  slots_.push_back(std::move(persons));
  for (Slot& slot : slots_) add_table(std::move(slot.table), scenario_.draws, scenario_.replicates, result);
}

}  // namespace utvei
