// SPDX-License-Identifier: Apache-2.0
#include "attributes.hpp"

#include <utvei/document/delimited.hpp>
#include <utvei/document/reader.hpp>
#include <utvei/population/people_groups.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr double most_years = 150;

std::int64_t minutes_of(double years) {
  return duration_of_years(years).minutes;
}

/// From the first year to the end of the last; none: it is open.
Reading<Span> band_of(std::optional<double> first, std::optional<double> end, Duration oldest) {
  if (!first || *first < 0 || *first > most_years || (end && (*end > most_years || *end <= *first))) return {};
  std::int64_t const from = minutes_of(*first);
  std::int64_t const open_end = std::max(oldest.minutes, from + minutes_per_year);
  return {Span{from, end ? minutes_of(*end) : open_end}, {}, {}};
}

/// `16`, `16-19`, `80+`.
Reading<Span> read_years(std::string_view text, Duration oldest) {
  auto const whole = [](std::string_view digits) -> std::optional<double> {
    auto const number = parse_integer(digits);
    return number ? std::optional{static_cast<double>(*number)} : std::nullopt;
  };
  Reading<Span> band;
  auto const dash = text.find('-', 1);
  if (text.ends_with('+')) {
    band = band_of(whole(text.substr(0, text.size() - 1)), std::nullopt, oldest);
  } else if (dash != std::string_view::npos) {
    auto const last = whole(text.substr(dash + 1));
    if (last) band = band_of(whole(text.substr(0, dash)), *last + 1, oldest);
  } else if (auto const year = whole(text)) {
    band = band_of(year, *year + 1, oldest);
  }
  if (band.value) return band;
  return {{},
          fmt::format("`{}` is no age in whole years", text),
          "write 16, 16-19 or 80+, up to 150; other bands in `age_from` and `age_to`"};
}

class GroupReader {
 public:
  GroupReader(CountTable table, Model const& model, GroupRules const& rules, Diagnostics& diagnostics)
      : model_{model}, rules_{rules}, diagnostics_{diagnostics} {
    read_.table = std::move(table);
  }

  GroupTable read() {
    std::size_t const before = diagnostics_.error_count();
    for (CountColumn const& column : read_.table.columns) read_column(column);
    read_bands();
    // What a wrong label stands for is not known.
    if (rules_.overlap == Overlap::is_an_error && diagnostics_.error_count() == before)
      for (GroupColumn const& column : read_.columns) refuse_overlaps(column);
    return std::move(read_);
  }

 private:
  void read_column(CountColumn const& column) {
    auto const& others = rules_.other_columns;
    if (column.name == "age_from" || column.name == "age_to" || std::ranges::find(others, column.name) != others.end())
      return;
    if (column.name == "region") return read_region_column(column);
    if (rules_.state_groups && column.name == rules_.state_groups->column) return read_state_groups(column);
    if (column.name == "state") {
      return read_labels(column, {CellDimension::Kind::state, {}}, [&](std::string const& label, PeopleGroup& group) {
        auto reading = read_state(label, model_);
        if (reading.value) group.level = reading.value->value();
        return std::pair{reading.problem, reading.suggestion};
      });
    }
    if (column.name == "age") {
      return read_labels(column, {CellDimension::Kind::age, {}}, [&](std::string const& label, PeopleGroup& group) {
        auto reading = read_years(label, rules_.oldest);
        if (reading.value) group.age = *reading.value;
        return std::pair{reading.problem, reading.suggestion};
      });
    }
    read_trait_column(column);
  }

  void read_state_groups(CountColumn const& column) {
    auto const& known = rules_.state_groups->groups;
    std::vector<std::string> names;
    for (PeopleGroup const& group : known) names.push_back(group.label);
    read_labels(column, {CellDimension::Kind::state, {}}, [&](std::string const& label, PeopleGroup& group) {
      auto const found = std::ranges::find(known, label, &PeopleGroup::label);
      if (found == known.end())
        return std::pair{fmt::format("`state_groups` does not say which states `{}` is", label),
                         did_you_mean(label, names)};
      group.parts = found->parts;
      return std::pair{std::string{}, std::string{}};
    });
    for (PeopleGroup const& group : known) {
      if (std::ranges::find(column.labels, group.label) != column.labels.end()) continue;
      diagnostics_.error(group.place, fmt::format("no row of the table is `{}`", group.label), {},
                         did_you_mean(group.label, column.labels));
    }
  }

  void read_region_column(CountColumn const& column) {
    if (model_.regions.empty()) {
      diagnostics_.error(column.place, "a column `region`, but the model names no regions", {},
                         "add `regions: regions.csv` to the model");
      return;
    }
    read_labels(column, {CellDimension::Kind::region, {}}, [&](std::string const& label, PeopleGroup& group) {
      auto reading = utvei::read_region(label, model_);
      if (reading.value) group.region = *reading.value;
      return std::pair{reading.problem, reading.suggestion};
    });
  }

  void read_trait_column(CountColumn const& column) {
    auto const id = model_.trait(column.name);
    if (!id || model_.traits[*id].is_hidden) return say_unknown(column);
    Trait const& trait = model_.traits[*id];
    if (trait.numeric) {
      diagnostics_.error(column.place, fmt::format("trait `{}` is a number", trait.name),
                         "tables tell people apart by levels", "leave the column out");
      return;
    }
    read_labels(column, {CellDimension::Kind::trait, *id}, [&](std::string const& label, PeopleGroup& group) {
      auto reading = read_level(label, trait);
      if (reading.value) group.level = *reading.value;
      return std::pair{reading.problem, reading.suggestion};
    });
  }

  void say_unknown(CountColumn const& column) {
    std::vector<std::string> known{"region", "age", "age_from", "age_to", "state"};
    for (Trait const& trait : model_.traits)
      if (!trait.numeric && !trait.is_hidden) known.push_back(trait.name);
    known.insert(known.end(), rules_.other_columns.begin(), rules_.other_columns.end());
    diagnostics_.error(column.place, fmt::format("unknown column `{}`", column.name),
                       "each column but that of the count is region, age, state or a trait of the model",
                       did_you_mean(column.name, known));
  }

  /// `read` fills a group, or says what is wrong with the label and what to do.
  template <class Read>
  void read_labels(CountColumn const& column, CellDimension dimension, Read const& read) {
    GroupColumn found{dimension, {}, {}};
    std::vector<std::uint32_t> number;
    for (std::size_t i = 0; i < column.labels.size(); ++i) {
      if (column.labels[i].empty() && rules_.blank == Blank::is_anybody) {
        number.push_back(any_group);
        continue;
      }
      PeopleGroup group{column.labels[i], column.label_places[i], {}, everything, 0};
      auto const [problem, suggestion] = read(group.label, group);
      if (!problem.empty()) diagnostics_.error(group.place, problem, {}, suggestion);
      number.push_back(static_cast<std::uint32_t>(found.groups.size()));
      found.groups.push_back(std::move(group));
    }
    for (std::uint32_t const label : column.label_of) found.group_of.push_back(number[label]);
    add(std::move(found), column.place);
  }

  void add(GroupColumn column, Place const& place) {
    bool const is_twice = std::ranges::any_of(
        read_.columns, [&](GroupColumn const& other) { return other.dimension == column.dimension; });
    if (is_twice) {
      bool const is_age = column.dimension.kind == CellDimension::Kind::age;
      diagnostics_.error(place, is_age ? "the ages stand here twice" : "the states stand here twice", {},
                         is_age ? "keep `age`, or `age_from` and `age_to`" : "keep `state`, or the groups of states");
      return;
    }
    read_.columns.push_back(std::move(column));
  }

  /// age_from and age_to.
  void read_bands() {
    CountColumn const* const from = read_.table.column("age_from");
    CountColumn const* const to = read_.table.column("age_to");
    if (from == nullptr && to == nullptr) return;
    if (from == nullptr || to == nullptr) {
      CountColumn const& there = from == nullptr ? *to : *from;
      diagnostics_.error(there.place, fmt::format("no column `{}`", from == nullptr ? "age_from" : "age_to"),
                         "bands of age have both ends", fmt::format("add it beside `{}`", there.name));
      return;
    }
    GroupColumn found{{CellDimension::Kind::age, {}}, {}, {}};
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> number;
    for (std::size_t row = 0; row < read_.table.rows(); ++row) {
      auto const [band, is_new] = number.try_emplace({from->label_of[row], to->label_of[row]}, 0);
      if (is_new) band->second = read_band(*from, *to, row, found);
      found.group_of.push_back(band->second);
    }
    add(std::move(found), from->place);
  }

  /// The number of a new group.
  std::uint32_t read_band(CountColumn const& from, CountColumn const& to, std::size_t row, GroupColumn& column) {
    std::string const& first = from.at(row);
    std::string const& end = to.at(row);
    if (first.empty() && end.empty() && rules_.blank == Blank::is_anybody) return any_group;
    char const separator = read_.table.separator;
    auto const begin = first.empty() ? std::optional{0.0} : parse_number(first, separator);
    auto const last = parse_number(end, separator);
    auto const band = end.empty() || last ? band_of(begin, last, rules_.oldest) : Reading<Span>{};
    PeopleGroup group{{}, from.label_places[from.label_of[row]], {}, band.value.value_or(everything), 0};
    if (band.value) {
      group.label = end.empty() ? fmt::format("{}+", first) : utvei::label_of(*band.value);
    } else {
      diagnostics_.error(read_.table.row_places[row], fmt::format("`{}` to `{}` is no band of ages", first, end), {},
                         "write years, 0 to 150, from the lower to the higher; an empty `age_to` is open");
    }
    column.groups.push_back(std::move(group));
    return static_cast<std::uint32_t>(column.groups.size() - 1);
  }

  void refuse_overlaps(GroupColumn const& column) {
    auto const& groups = column.groups;
    if (column.dimension.kind == CellDimension::Kind::age) {
      std::vector<PeopleGroup const*> sorted;
      for (PeopleGroup const& group : groups)
        if (group.age != everything) sorted.push_back(&group);
      std::ranges::stable_sort(sorted, {}, [](PeopleGroup const* group) { return group->age.from; });
      for (std::size_t i = 1; i < sorted.size(); ++i)
        if (sorted[i]->age.from < sorted[i - 1]->age.to) say_overlap(*sorted[i], *sorted[i - 1], "ages");
    } else if (column.dimension.kind == CellDimension::Kind::region) {
      std::map<std::uint32_t, PeopleGroup const*> by_region;
      for (PeopleGroup const& group : groups) by_region.emplace(group.region.value(), &group);
      for (PeopleGroup const& group : groups)
        for (auto above = model_.regions[group.region].parent; above; above = model_.regions[*above].parent)
          if (auto const found = by_region.find(above->value()); found != by_region.end())
            say_overlap(group, *found->second, "region");
    }
  }

  void say_overlap(PeopleGroup const& group, PeopleGroup const& other, std::string_view what) {
    diagnostics_.error(group.place,
                       fmt::format("{} `{}` lies within `{}` or overlaps it", what, group.label, other.label),
                       "the same people would be counted twice",
                       "give each of them a table of its own under `margins`, or leave one out");
  }

  Model const& model_;
  GroupRules const& rules_;
  Diagnostics& diagnostics_;
  GroupTable read_;
};

}  // namespace

std::string name_of(CellDimension dimension, Model const& model) {
  switch (dimension.kind) {
    case CellDimension::Kind::region:
      return "region";
    case CellDimension::Kind::age:
      return "age";
    case CellDimension::Kind::state:
      return "state";
    case CellDimension::Kind::trait:
      break;
  }
  return model.traits[dimension.trait].name;
}

bool PeopleGroup::has_level(std::uint32_t other) const {
  if (parts.empty()) return level == other;
  return std::ranges::find(parts, other, &PeopleGroup::level) != parts.end();
}

std::string label_of(Span age) {
  std::int64_t const first = age.from / minutes_per_year;
  std::int64_t const last = age.to / minutes_per_year - 1;
  bool const is_whole = age.from % minutes_per_year == 0 && age.to % minutes_per_year == 0;
  if (is_whole) return first == last ? fmt::format("{}", first) : fmt::format("{}-{}", first, last);
  return fmt::format("[{:.6g},{:.6g})", in_years(Duration{age.from}), in_years(Duration{age.to}));
}

GroupTable read_groups(CountTable table, Model const& model, GroupRules const& rules, Diagnostics& diagnostics) {
  return GroupReader{std::move(table), model, rules, diagnostics}.read();
}

}  // namespace utvei
