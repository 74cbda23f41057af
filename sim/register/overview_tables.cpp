// SPDX-License-Identifier: Apache-2.0

#include <utvei/core/text.hpp>
#include <utvei/register/disclosure.hpp>
#include <utvei/register/overview.hpp>

#include <algorithm>
#include <numeric>
#include <string_view>

#include <fmt/format.h>

namespace utvei {
namespace {

using Minutes = Column<StateId, std::int64_t>;

std::string years_text(std::int64_t minutes) {
  return fmt::format("{:.1f}", in_years(Duration{minutes}));
}

/// A label and a number for each state that anybody was in.
class StateColumns {
 public:
  StateColumns(Model const& model, Minutes const& all, std::string_view corner, std::size_t label_width)
      : label_width_{label_width} {
    for (StateId const state : ids_of(all)) {
      if (all[state] == 0) continue;
      states_.push_back(state);
      widths_.push_back(std::max<std::size_t>(model.states[state].name.size(), 9));
    }
    text_ = fmt::format("{:<{}}", corner, label_width_);
    for (std::size_t i = 0; i < states_.size(); ++i) {
      text_ += fmt::format("  {:>{}}", model.states[states_[i]].name, widths_[i]);
    }
    text_ += fmt::format("  {:>9}\n", "all");
  }

  void add_line(std::string_view label, RegisterOverview::TimeRow const& row) {
    text_ += fmt::format("{:<{}}", label, label_width_);
    for (std::size_t i = 0; i < states_.size(); ++i) {
      text_ += fmt::format("  {:>{}}", row.hides(states_[i]) ? ":" : years_text(row.minutes[states_[i]]), widths_[i]);
    }
    auto const sum = std::accumulate(row.minutes.begin(), row.minutes.end(), std::int64_t{0});
    text_ += fmt::format("  {:>9}\n", row.sum_hidden ? ":" : years_text(sum));
  }

  [[nodiscard]] std::string const& text() const { return text_; }

 private:
  std::size_t label_width_;
  std::vector<StateId> states_;
  std::vector<std::size_t> widths_;
  std::string text_;
};

std::string person_years(RegisterOverview const& overview, Model const& model) {
  StateColumns columns{model, overview.all.minutes, "year", 6};
  for (auto const& year : overview.years) columns.add_line(year.label, year);
  columns.add_line("all", overview.all);
  return "person-years\n" + columns.text();
}

std::string flags(RegisterOverview const& overview, Model const& model) {
  if (overview.flags.empty()) return {};
  std::size_t width = 6;
  for (auto const& flag : overview.flags) width = std::max(width, flag.label.size());
  StateColumns columns{model, overview.all.minutes, "flag", width};
  for (auto const& flag : overview.flags) columns.add_line(flag.label, flag);
  return "person-years with a flag\n" + columns.text() + "\n";
}

std::string changes(RegisterOverview const& overview, Model const& model) {
  std::string text = "changes of state\n";
  for (auto const& change : overview.changes) {
    auto const name = fmt::format("{} -> {}", model.states[change.from].name, model.states[change.to].name);
    text += fmt::format("{:<40}  {:>9}{}\n", name, shown(change.events),
                        change.in_model  ? ""
                        : change.by_rule ? "  by a limit or an age of the model"
                                         : "  not a transition of the model");
  }
  return text;
}

/// Lines of the table `table,date,state,to,of,value`.
class OverviewLines {
 public:
  explicit OverviewLines(Model const& model) : model_{model} {}

  void add(std::string_view table, std::string_view of, std::string const& value) { add(table, "", "", "", of, value); }
  void add(std::string_view table, std::string_view date, std::string_view state, std::string_view to,
           std::string_view of, std::string const& value) {
    text_ += fmt::format("{},{},{},{},{},{}\n", table, date, csv_field(state), csv_field(to), csv_field(of), value);
  }
  /// Person-years in each state that somebody was in.
  void add_years(std::string_view table, std::string_view date, std::string_view of,
                 RegisterOverview::TimeRow const& row) {
    for (StateId const state : ids_of(row.minutes)) {
      if (row.minutes[state] == 0 && !row.hides(state)) continue;
      add(table, date, model_.states[state].name, "", of,
          row.hides(state) ? ":" : fmt::format("{}", in_years(Duration{row.minutes[state]})));
    }
  }
  [[nodiscard]] std::string const& text() const { return text_; }

 private:
  Model const& model_;
  std::string text_{"table,date,state,to,of,value\n"};
};

}  // namespace

std::string overview_text(RegisterOverview const& overview, Model const& model) {
  auto const stock = stock_text(overview.stock, model, overview.activities);
  return fmt::format("{} persons, {} spells; {}\n\n{}\n{}{}{}{}", overview.persons, overview.spells,
                     describe(overview.counts), person_years(overview, model), flags(overview, model), stock,
                     stock.empty() ? "" : "\n", changes(overview, model));
}

std::string overview_csv(RegisterOverview const& overview, Model const& model) {
  OverviewLines lines{model};
  lines.add("persons", "", fmt::format("{}", overview.persons));
  lines.add("spells", "", fmt::format("{}", overview.spells));
  for (NamedCount const& named : named_counts()) {
    lines.add("rows", named.name, fmt::format("{}", overview.counts.*named.count));
  }
  for (RejectCount const& rejected : overview.counts.rejected) {
    lines.add("rejected", rejected.file + ": " + rejected.reason, fmt::format("{}", rejected.rows));
  }
  for (auto const& year : overview.years) lines.add_years("person_years", year.label, "", year);
  if (overview.years.empty()) lines.add_years("person_years", "", "", overview.all);
  for (auto const& flag : overview.flags) lines.add_years("flag_person_years", "", flag.label, flag);
  for (StockRow const& row : overview.stock) {
    lines.add("stock", format(row.date), row.state ? model.states[*row.state].name : "", "",
              joined_names(row.activities, overview.activities), shown(row.persons));
  }
  for (auto const& change : overview.changes) {
    lines.add("changes", "", model.states[change.from].name, model.states[change.to].name, "", shown(change.events));
  }
  return lines.text();
}

}  // namespace utvei
