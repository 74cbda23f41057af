// SPDX-License-Identifier: Apache-2.0
#include "panel_looks.hpp"
#include "row_errors.hpp"

#include <utvei/register/panel.hpp>

#include <algorithm>
#include <cmath>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr double largest_moment = 1e15;  // minutes: two thousand million years

double unit_minutes(TimeScale const& scale) {
  return scale.unit_minutes.value_or(static_cast<double>(minutes_per_day));
}

/// From state, to state: whether transitions lead there, one or more.
std::vector<std::vector<bool>> reachability(Model const& model) {
  std::size_t const n = model.states.size();
  std::vector<std::vector<bool>> reachable(n, std::vector<bool>(n));
  for (Transition const& transition : model.transitions) {
    reachable[transition.from.value()][transition.to.value()] = true;
  }
  for (std::size_t via = 0; via < n; ++via) {
    for (std::size_t from = 0; from < n; ++from) {
      for (std::size_t to = 0; to < n && reachable[from][via]; ++to) {
        reachable[from][to] = reachable[from][to] || reachable[via][to];
      }
    }
  }
  return reachable;
}

/// What is wrong with a look among the others of its person: found when its row is gone.
struct Mistake {
  std::int64_t row;
  std::size_t column;
  std::string_view kind;
  std::string problem, why, suggestion;
};

/// Makes intervals of the looks at each person.
class PanelBuilder {
 public:
  PanelBuilder(Study const& study, PanelLooks const& read, Diagnostics& diagnostics)
      : study_{study}, read_{read}, diagnostics_{diagnostics}, reachable_{reachability(study.model)} {
    panel_.traits = Column<TraitId, std::vector<double>>{study.model.traits.size()};
    panel_.unit_years = unit_minutes(study.time) / static_cast<double>(minutes_per_year);
    panel_.counts.rows = read.rows;
  }

  Panel build() {
    auto looks = in_window();
    std::ranges::sort(looks, {}, [](Look const& look) { return std::tuple{look.person, look.time, look.number}; });
    for (std::size_t first = 0; first < looks.size();) {
      std::size_t last = first + 1;
      while (last < looks.size() && looks[last].person == looks[first].person) {
        ++last;
      }
      add_person(std::span{looks}.subspan(first, last - first));
      first = last;
    }
    report_mistakes();
    return std::move(panel_);
  }

 private:
  std::vector<Look> in_window() {
    std::vector<Look> looks;
    for (Look const& look : read_.looks) {
      bool const inside = (!study_.panel->from || look.time >= *study_.panel->from) &&
                          (!study_.panel->to || look.time <= *study_.panel->to);
      if (inside) {
        looks.push_back(look);
      } else {
        ++panel_.counts.outside_window;
      }
    }
    return looks;
  }

  void add_person(std::span<Look const> looks) {
    ++panel_.persons;
    Look const* before = &looks.front();
    std::size_t seen = 1;
    for (Look const& look : looks.subspan(1)) {
      if (look.time == before->time) {
        meet_again(*before, look);
      } else if (study_.model.states[before->state].absorbing) {
        meet_after_absorbing(*before, look);
      } else {
        add_interval(*before, look);
        before = &look;
        ++seen;
      }
    }
    panel_.counts.persons_seen_once += seen == 1 ? 1 : 0;
  }

  [[nodiscard]] bool same(Look const& a, Look const& b) const {
    return a.state == b.state && a.exact == b.exact &&
           std::ranges::all_of(read_.values, [&](std::vector<double> const& values) {
             double const x = values[a.number];
             double const y = values[b.number];
             return x == y || (std::isnan(x) && std::isnan(y));
           });
  }

  void meet_again(Look const& before, Look const& look) {
    if (same(before, look)) {
      ++panel_.counts.repeated;
      return;
    }
    auto const& names = study_.model.states;
    mistake(look, read_.time_column, "person seen twice at one moment",
            before.state != look.state
                ? fmt::format("person `{}` is seen in `{}` and in `{}` at one moment", person(look),
                              names[before.state].name, names[look.state].name)
                : fmt::format("person `{}` is seen twice at one moment, with other values", person(look)),
            fmt::format("the other row is line {}", before.line), "keep one of the two rows");
  }

  void meet_after_absorbing(Look const& before, Look const& look) {
    if (look.state == before.state) {
      ++panel_.counts.after_absorbing;
      return;
    }
    auto const& names = study_.model.states;
    mistake(look, read_.state_column, "person who leaves an absorbing state",
            fmt::format("person `{}` is seen in `{}` after `{}`", person(look), names[look.state].name,
                        names[before.state].name),
            fmt::format("nobody leaves `{}`: it is absorbing", names[before.state].name),
            "mend the rows, or do not call the state absorbing in the model");
  }

  [[nodiscard]] PanelEnd end_of(Look const& look) const {
    if (look.exact) {
      return PanelEnd::exact;
    }
    bool const known = std::ranges::find(study_.panel->exact_states, look.state) != study_.panel->exact_states.end();
    return known ? PanelEnd::exact_entry : PanelEnd::snapshot;
  }

  /// An absorbing state that is entered at an exact time is entered from a state that leads there at once, which is
  /// reachable if the state itself is.
  [[nodiscard]] bool possible(StateId from, StateId to, PanelEnd end) const {
    return from == to || (end == PanelEnd::exact ? study_.model.transition(from, to).has_value()
                                                 : reachable_[from.value()][to.value()]);
  }

  void add_interval(Look const& before, Look const& look) {
    PanelEnd const end = end_of(look);
    if (!possible(before.state, look.state, end)) {
      auto const change =
          fmt::format("`{} -> {}`", study_.model.states[before.state].name, study_.model.states[look.state].name);
      mistake(look, read_.state_column, "change that is impossible in the model",
              end == PanelEnd::exact ? fmt::format("person `{}` changes {} at this very moment", person(look), change)
                                     : fmt::format("person `{}` goes {} between two looks", person(look), change),
              end == PanelEnd::exact ? "the model has no such transition"
                                     : "no transitions of the model lead from one to the other",
              "add the transition to the model, or mend the rows");
      return;
    }
    panel_.intervals.push_back({before.time, look.time, before.state, look.state, end});
    for (std::size_t i = 0; i < read_.values.size(); ++i) {
      panel_.traits[study_.persons.traits[i].trait].push_back(read_.values[i][before.number]);
    }
  }

  void mistake(Look const& look, std::size_t column, std::string_view kind, std::string problem, std::string why,
               std::string suggestion) {
    mistakes_.push_back({look.row, column, kind, std::move(problem), std::move(why), std::move(suggestion)});
  }

  /// Goes through the file again for their places. Whatever else is wrong with it was said the first time.
  void report_mistakes() {
    if (mistakes_.empty()) {
      return;
    }
    std::ranges::stable_sort(mistakes_, {}, &Mistake::row);
    RowErrors errors{diagnostics_};
    Diagnostics said;
    auto next = mistakes_.begin();
    std::int64_t number = 0;
    read_.file->for_each_row(said, [&](DelimitedFile::Row const& row) {
      ++number;
      for (; next != mistakes_.end() && next->row == number; ++next) {
        errors.add(next->kind, row.place(next->column), next->problem, next->why, next->suggestion);
      }
    });
    errors.report_rest(study_.panel->file_place);
  }

  [[nodiscard]] std::string const& person(Look const& look) const { return read_.persons[look.person.value()]; }

  Study const& study_;
  PanelLooks const& read_;
  Diagnostics& diagnostics_;
  std::vector<Mistake> mistakes_;
  std::vector<std::vector<bool>> reachable_;
  Panel panel_;
};

}  // namespace

Panel read_panel(Study const& study, Diagnostics& diagnostics) {
  auto const errors_before = diagnostics.error_count();
  auto const read = read_panel_looks(study, diagnostics);
  if (diagnostics.error_count() > errors_before) {
    return {};
  }
  Panel panel = PanelBuilder{study, read, diagnostics}.build();
  panel.data_class = study.data_class;
  panel.inputs = study.inputs;
  if (study.persons.file) {
    panel.inputs.push_back(*study.persons.file);
  }
  panel.inputs.push_back(study.panel->file);
  if (panel.intervals.empty() && diagnostics.error_count() == errors_before) {
    diagnostics.error(study.panel->file_place, "nobody is seen twice", describe(panel.counts),
                      "a panel needs at least two looks at somebody, inside the window if there is one");
  }
  return panel;
}

std::optional<double> parse_panel_time(std::string_view text, TimeScale const& scale, char separator) {
  if (!scale.unit_minutes) {
    auto const day = parse_date(text);
    if (!day) {
      return std::nullopt;
    }
    return static_cast<double>(day->minutes) / static_cast<double>(minutes_per_day);
  }
  auto const number = parse_number(text, separator);
  return number && std::abs(*number) * *scale.unit_minutes < largest_moment ? number : std::nullopt;
}

Instant panel_instant(double time, TimeScale const& scale) {
  return scale.origin.value_or(Instant{}) + Duration{std::llround(time * unit_minutes(scale))};
}

std::string describe(PanelCounts const& counts) {
  auto text = fmt::format("{} rows read", counts.rows);
  auto const add = [&](std::int64_t count, std::string_view what) {
    if (count > 0) {
      text += fmt::format("; {} {}", count, what);
    }
  };
  add(counts.outside_window, "outside the window");
  add(counts.repeated, "that say what another row says");
  add(counts.after_absorbing, "after an absorbing state was seen");
  add(counts.persons_seen_once, "persons seen only once");
  return text;
}

}  // namespace utvei
