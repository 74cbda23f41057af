// SPDX-License-Identifier: Apache-2.0
#include "box_groups.hpp"

#include <array>
#include <limits>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr std::size_t most_ties = 20;
constexpr std::size_t most_holes = 20;

/// Time in a state ends where a limit lets nobody stay.
Span time_in_state_of(State const& state) {
  Span span{0, everything.to};
  for (Limit const& limit : state.limits) {
    if (!lets_stay(limit)) span.to = std::min(span.to, limit.after.minutes);
  }
  return span;
}

/// The rows of one transition.
class TransitionRows {
 public:
  TransitionRows(TransitionId id, Model const& model, Rates const& rates, std::vector<std::size_t> rows,
                 Diagnostics& diagnostics)
      : transition_{model.transitions[id]},
        reach_{time_in_state_of(model.states[transition_.from])},
        model_{model},
        rates_{rates},
        rows_{std::move(rows)},
        diagnostics_{diagnostics} {
    for (std::size_t const row : rows_) boxes_.push_back(rates.rates[row].box);
  }

  void check() {
    for (Tie const& tie : find_ties(boxes_, model_, most_ties)) report(tie);
    BoxGroups const groups{boxes_, model_};
    for (BoxGroup const& group : groups.groups()) {
      for (Span Box::*axis : {&Box::age, &Box::time_in_state, &Box::calendar}) find_holes(groups, group, axis);
    }
  }

 private:
  void report(Tie const& tie) {
    Place const& first = rates_.rates[rows_[tie.first]].place;
    Place const& second = rates_.rates[rows_[tie.second]].place;
    std::string const where = describe(tie.where, model_);
    std::string const other = first.source ? fmt::format("{}:{}", first.source->name, first.line) : "the rate file";
    diagnostics_.error(second, fmt::format("two rates of `{}` for {}", transition_.name, where),
                       fmt::format("this line is for {}, {} for {}: neither is the more special",
                                   describe(boxes_[tie.second], model_), other, describe(boxes_[tie.first], model_)),
                       boxes_[tie.first].region == boxes_[tie.second].region ? "mend the bands, or remove one line"
                                                                             : "add a line for where they meet");
  }

  /// Rows that differ along one clock alone are bands of it: a hole is what lies between two of them.
  void find_holes(BoxGroups const& groups, BoxGroup const& group, Span Box::*axis) {
    std::vector<std::size_t> bands = group.rows;
    auto const others = [&](std::size_t row) {
      Box box = boxes_[row];
      box.*axis = Span{0, 0};
      return std::array{box.age.from,         box.age.to,        box.time_in_state.from,
                        box.time_in_state.to, box.calendar.from, box.calendar.to};
    };
    std::ranges::sort(bands, {}, [&](std::size_t row) { return std::pair{others(row), (boxes_[row].*axis).from}; });
    std::int64_t reached = everything.to;
    for (std::size_t i = 0; i < bands.size(); ++i) {
      Span const band = boxes_[bands[i]].*axis;
      bool const starts_anew = i == 0 || others(bands[i]) != others(bands[i - 1]);
      if (!starts_anew && band.from > reached) look_between(groups, bands[i], axis, {reached, band.from});
      reached = starts_anew ? band.to : std::max(reached, band.to);
    }
  }

  void look_between(BoxGroups const& groups, std::size_t row, Span Box::*axis, Span between) {
    if (holes_ >= most_holes) return;
    Box gap = boxes_[row];
    gap.*axis = between;
    gap.time_in_state = {std::max(gap.time_in_state.from, reach_.from), std::min(gap.time_in_state.to, reach_.to)};
    if (gap.time_in_state.from >= gap.time_in_state.to) return;
    auto const hole = uncovered(gap, rows_in(groups, gap), level_counts(model_), model_.regions);
    if (!hole) return;
    ++holes_;
    diagnostics_.error(rates_.rates[rows_[row]].place,
                       fmt::format("no rate of `{}` for {}", transition_.name, describe(*hole, model_)),
                       "the lines before and after it leave a hole between their bands",
                       "move an end of a band, or add a line");
  }

  [[nodiscard]] std::vector<Box> rows_in(BoxGroups const& groups, Box const& gap) const {
    std::vector<Box> found;
    for (BoxGroup const& group : groups.groups()) {
      if (!overlap(group.signature, gap, model_.regions)) continue;
      group.for_each_overlap(boxes_, gap.*(group.axis), [&](std::size_t row) { found.push_back(boxes_[row]); });
    }
    return found;
  }

  Transition const& transition_;
  Span reach_;
  Model const& model_;
  Rates const& rates_;
  std::vector<std::size_t> rows_;
  std::vector<Box> boxes_;
  Diagnostics& diagnostics_;
  std::size_t holes_{0};
};

}  // namespace

void check_rates(Model const& model, Rates const& rates, Diagnostics& diagnostics) {
  Column<TransitionId, std::vector<std::size_t>> rows(model.transitions.size());
  for (std::size_t i = 0; i < rates.rates.size(); ++i) rows[rates.rates[i].transition].push_back(i);
  for (TransitionId const id : ids_of(rows)) {
    TransitionRows{id, model, rates, std::move(rows[id]), diagnostics}.check();
  }
}

}  // namespace utvei
