// SPDX-License-Identifier: Apache-2.0
#include <utvei/core/text.hpp>
#include <utvei/register/disclosure.hpp>
#include <utvei/register/stock.hpp>

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

std::string name_of(std::optional<StateId> state, Model const& model) {
  return state ? model.states[*state].name : std::string{};
}

}  // namespace

std::string stock_csv(std::vector<StockRow> const& rows, Model const& model,
                      std::vector<std::string> const& activities) {
  std::string csv = "date,activities,state,persons\n";
  for (StockRow const& row : rows) {
    csv += fmt::format("{},{},{},{}\n", format(row.date), csv_field(joined_names(row.activities, activities)),
                       csv_field(name_of(row.state, model)), shown(row.persons));
  }
  return csv;
}

std::string stock_text(std::vector<StockRow> const& rows, Model const& model,
                       std::vector<std::string> const& activities) {
  if (rows.empty()) return {};
  // By state in the order of the model, those in none last, then activities.
  using Line = std::pair<std::uint32_t, ActivitySet>;
  std::map<Line, std::map<Instant, std::string>> lines;
  std::map<Instant, std::string> dates;
  std::size_t state_width = 5;
  std::size_t activity_width = 10;
  for (StockRow const& row : rows) {
    lines[{row.state ? row.state->value() : no_state, row.activities}][row.date] = shown(row.persons);
    dates.emplace(row.date, format(row.date));
    state_width = std::max(state_width, name_of(row.state, model).size());
    activity_width = std::max(activity_width, joined_names(row.activities, activities).size());
  }
  bool const has_activities = !activities.empty();
  auto const head = [&](std::string_view state, std::string_view active) {
    return has_activities ? fmt::format("{:<{}}  {:<{}}", state, state_width, active, activity_width)
                          : fmt::format("{:<{}}", state, state_width);
  };
  std::string text = "people at the stock dates\n" + head("state", "activities");
  for (auto const& [date, name] : dates) text += "  " + name;
  for (auto const& [line, counts] : lines) {
    auto const& [state, active] = line;
    text +=
        "\n" + head(state == no_state ? "(none)" : model.states[StateId{state}].name, joined_names(active, activities));
    for (auto const& [date, name] : dates) {
      auto const found = counts.find(date);
      text += fmt::format("  {:>{}}", found == counts.end() ? "0" : found->second, name.size());
    }
  }
  bool const some_hidden = std::ranges::any_of(rows, [](StockRow const& row) { return !row.persons; });
  return text + (some_hidden ? "\n: hidden, as fewer than five people; --inside shows them\n" : "\n");
}

}  // namespace utvei
