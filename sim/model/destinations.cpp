// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"
#include "selector.hpp"

#include <utvei/core/data_class.hpp>
#include <utvei/document/delimited.hpp>
#include <utvei/model/boxes.hpp>
#include <utvei/model/limit_shares.hpp>

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr double sum_tolerance = 1e-9;

Box box_of(Destinations::Row const& row) {
  Box box;
  box.region = row.region;
  box.traits = row.traits;
  return box;
}

class DestinationReader {
 public:
  DestinationReader(StateId origin, std::string const& what, WhoStays who_stays, Model& model, Diagnostics& diagnostics)
      : origin_{origin}, what_{what}, who_stays_{who_stays}, model_{model}, diagnostics_{diagnostics} {}

  Destinations read(Value const& to) {
    if (to.is_map()) return from_map(to);
    if (to.is_scalar()) return from_table(to);
    diagnostics_.error(to.place, fmt::format("`to` of the {} is neither a map nor a table", what_), "",
                       "to: {work: 1}, or to: shares.csv");
    return {};
  }

 private:
  Destinations from_map(Value const& to) {
    Destinations::Row row;
    row.place = to.place;
    bool good = true;
    for (Member const& member : to.members) {
      auto const share = as_number_at_least(member.value, 0, member.key, diagnostics_);
      good = add(row, member.key, member.key_place, share) && good;
    }
    if (good) check_sum(row, "");
    return {{std::move(row)}};
  }

  /// Whether the line could be used.
  bool add(Destinations::Row& row, std::string_view name, Place const& place, std::optional<double> share) {
    auto const state = model_.state(name);
    if (!state) {
      diagnostics_.error(place, fmt::format("unknown state `{}`", name), fmt::format("the {} leads nowhere", what_),
                         did_you_mean(name, model_.state_names()));
    } else if (*state == origin_) {
      diagnostics_.error(place, fmt::format("the {} leads back to `{}`", what_, name),
                         "who leaves a state by a rule has to get somewhere else",
                         "the share that stays is `stay` of a limit");
    }
    if (!state || *state == origin_ || !share) return false;
    row.shares.push_back({*state, *share, place});
    return true;
  }

  void check_sum(Destinations::Row const& row, std::string const& whom) {
    double sum = row.stay;
    for (DestinationShare const& share : row.shares) sum += share.share;
    if (std::abs(sum - 1) <= sum_tolerance) return;
    if (row.shares.empty() && row.stay <= 0) {
      diagnostics_.error(row.place, fmt::format("the {}{} leads nowhere", what_, whom), "there is no state in `to`",
                         "name states with shares that sum to 1: {work: 1}");
      return;
    }
    diagnostics_.error(
        row.place, fmt::format("the shares of the {}{} sum to {:.10g}, not to 1", what_, whom, sum),
        row.stay > 0 ? "they are shares of those who come to the limit" : "they are shares of those who leave",
        sum < 1 ? fmt::format("{:.10g} is missing", 1 - sum) : fmt::format("{:.10g} is too much", sum - 1));
  }

  Destinations from_table(Value const& to) {
    if (model_.state(to.scalar)) {
      diagnostics_.error(to.place, fmt::format("`to: {}` has no share", to.scalar),
                         "`to` is a map of states and shares, or the path of a table",
                         fmt::format("to: {{{}: 1}}", to.scalar));
      return {};
    }
    if (to.scalar == "estimated") {
      diagnostics_.error(to.place, fmt::format("the destinations of the {} cannot be estimated", what_),
                         "`utvei estimate` tells where people go who come to a limit",
                         "give shares: a map of states, or the path of a table");
      return {};
    }
    std::string const path = path_beside(to);
    auto const file = DelimitedFile::open(path, Request{to.place}, diagnostics_);
    if (!file) return {};
    if (std::ranges::find(model_.inputs, path) == model_.inputs.end()) model_.inputs.push_back(path);
    std::size_t const errors_before = diagnostics_.error_count();
    Destinations destinations = from_lines(*file);
    if (diagnostics_.error_count() == errors_before) check_rows(destinations, to.place);
    for (Destinations::Row& row : destinations.rows) keep_those_who_leave(row);
    return destinations;
  }

  Destinations from_lines(DelimitedFile const& file) {
    SelectorColumns const selectors{file, model_, diagnostics_};
    selectors.refuse_others({"to", "share", "data_class"}, diagnostics_);
    auto const data_class = file.column("data_class");
    auto const to = file.require_column("to", Place{}, diagnostics_);
    auto const share = file.require_column("share", Place{}, diagnostics_);
    Destinations destinations;
    if (!to || !share) return destinations;
    using Key = std::pair<std::optional<RegionId>, std::vector<std::optional<std::uint32_t>>>;
    std::map<Key, std::size_t> row_of;
    file.for_each_row(diagnostics_, [&](DelimitedFile::Row const& line) {
      auto const selection = selectors.read(line, diagnostics_);
      auto const value = read_share(line, *share, file.separator());
      if (data_class) note_data_class(line, *data_class);
      if (!selection) return;
      auto const [at, is_new] = row_of.emplace(Key{selection->region, selection->traits}, destinations.rows.size());
      if (is_new) destinations.rows.push_back({selection->region, selection->traits, {}, line.place()});
      auto& row = destinations.rows[at->second];
      if (who_stays_ == WhoStays::may_be_said && line[*to] == stays_word && !model_.state(stays_word)) {
        row.stay += value.value_or(0);
      } else {
        add(row, line[*to], line.place(*to), value);
      }
    });
    return destinations;
  }

  void note_data_class(DelimitedFile::Row const& line, std::size_t column) {
    auto const data_class = read_data_class(line, column, diagnostics_);
    if (data_class && *data_class != model_.data_class) {
      model_.data_class = strictest({model_.data_class, *data_class});
    }
  }

  /// Lines with `stay` are of all who come to the limit; shares are kept of those who leave it.
  static void keep_those_who_leave(Destinations::Row& row) {
    if (row.stay <= 0) return;
    if (row.stay >= 1) {
      row.stay = 1;
      row.shares.clear();
    }
    for (DestinationShare& share : row.shares) share.share /= 1 - row.stay;
  }

  std::optional<double> read_share(DelimitedFile::Row const& line, std::size_t column, char separator) {
    auto const value = parse_number(line[column], separator);
    if (value && *value >= 0 && *value <= 1) return value;
    diagnostics_.error(line.place(column), fmt::format("`{}` is not a share", line[column]),
                       "a share is a number from 0 to 1", "write 60 % as 0.6");
    return std::nullopt;
  }

  void check_rows(Destinations const& destinations, Place const& place) {
    std::vector<Box> boxes;
    for (Destinations::Row const& row : destinations.rows) {
      boxes.push_back(box_of(row));
      check_sum(row, fmt::format(" for {}", describe(boxes.back(), model_)));
    }
    for (Tie const& tie : find_ties(boxes, model_, 20)) {
      diagnostics_.error(destinations.rows[tie.second].place,
                         fmt::format("two sets of shares for {}", describe(tie.where, model_)),
                         fmt::format("those for {} and for {} meet there, and neither is the more special",
                                     describe(boxes[tie.first], model_), describe(boxes[tie.second], model_)),
                         "add lines for where they meet");
    }
    if (auto const hole = uncovered(Box{}, boxes, level_counts(model_), model_.regions)) {
      diagnostics_.error(place, fmt::format("the {} leads nowhere for {}", what_, describe(*hole, model_)),
                         "the table has no line for them", "add lines with empty cells, for all others");
    }
  }

  StateId origin_;
  std::string const& what_;
  WhoStays who_stays_;
  Model& model_;
  Diagnostics& diagnostics_;
};

}  // namespace

Destinations read_destinations(Value const& to, StateId origin, std::string const& what, WhoStays who_stays,
                               Model& model, Diagnostics& diagnostics) {
  return DestinationReader{origin, what, who_stays, model, diagnostics}.read(to);
}

Destinations::Row const* destinations_at(Destinations const& destinations, std::optional<RegionId> region,
                                         std::vector<std::optional<std::uint32_t>> const& traits,
                                         Regions const& regions) {
  Box cell;
  cell.region = region;
  cell.traits = traits;
  Destinations::Row const* best = nullptr;
  for (Destinations::Row const& row : destinations.rows) {
    Box const box = box_of(row);
    if (!lies_inside(cell, box, regions)) continue;
    if (best == nullptr || lies_inside(box, box_of(*best), regions)) best = &row;
  }
  return best;
}

}  // namespace utvei
