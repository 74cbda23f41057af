// SPDX-License-Identifier: Apache-2.0
#include "measures_text.hpp"

#include "wording.hpp"

#include <utvei/results/text_columns.hpp>

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace utvei {
namespace {

/// A quantity, and what stands above it.
struct Column {
  std::string_view quantity;
  std::string_view Wording::*header;
};
constexpr std::array<Column, 9> all_columns{{
    {"offers", &Wording::offered},
    {"refusals", &Wording::refused},
    {"participants", &Wording::began},
    {"waited_days", &Wording::mean_wait},
    {"gave_up", &Wording::gave_up},
    {"stopped_qualifying", &Wording::stopped_qualifying},
    {"queue_length", &Wording::waiting},
    {"in_measure", &Wording::taking_part},
    {"participant_years", &Wording::years_in_measure},
}};

constexpr auto nothing = "–";
constexpr auto hidden = ":";  ///< small numbers of a register were left out

bool counts_heads(std::string_view quantity) {
  return quantity == "queue_length" || quantity == "in_measure";
}

/// The lines of one scenario.
class MeasureLines {
 public:
  MeasureLines(Comparison const& comparison, std::size_t scenario, std::string_view language);
  [[nodiscard]] std::string table() const;
  [[nodiscard]] std::string explanation() const;

 private:
  using Side = double ComparisonRow::*;
  [[nodiscard]] bool has_column(std::string_view quantity) const;
  [[nodiscard]] std::string date_of(ComparisonRow const& row) const;
  [[nodiscard]] ComparisonRow const* find(std::string_view quantity, std::string const& measure) const;
  [[nodiscard]] std::string cell(std::string_view quantity, std::string const& measure, Side side) const;
  [[nodiscard]] std::vector<std::string> line(std::string label, std::string const& measure, Side side) const;

  Comparison const& comparison_;
  std::vector<StateInfo> const& measures_;
  std::string_view language_;
  Wording const& words_;
  std::vector<ComparisonRow const*> rows_;  ///< of all regions
  std::string last_year_, last_date_;       ///< of the last day on which heads were counted
  std::vector<Column> columns_;
};

MeasureLines::MeasureLines(Comparison const& comparison, std::size_t scenario, std::string_view language)
    : comparison_{comparison},
      measures_{comparison.measures[scenario]},
      language_{language},
      words_{wording(language)} {
  for (ComparisonRow const& row : comparison.rows) {
    if (row.scenario != comparison.scenarios[scenario] || !row.region.empty()) continue;
    rows_.push_back(&row);
    if (!counts_heads(row.measure_of)) continue;
    std::string const date = date_of(row);
    if (std::pair{row.year, date} > std::pair{last_year_, last_date_}) {
      last_year_ = row.year;
      last_date_ = date;
    }
  }
  std::ranges::copy_if(all_columns, std::back_inserter(columns_),
                       [this](Column const& column) { return has_column(column.quantity); });
}

/// Not where there are no stock dates, or where other quantities were asked for.
bool MeasureLines::has_column(std::string_view quantity) const {
  auto const is_compared = [this](std::string_view name) { return comparison_.units.contains(std::string{name}); };
  return is_compared(quantity) && (quantity != "waited_days" || is_compared("participants"));
}

/// Empty where there is one a year.
std::string MeasureLines::date_of(ComparisonRow const& row) const {
  auto const place = std::ranges::find(comparison_.by, "stock_date") - comparison_.by.begin();
  return static_cast<std::size_t>(place) < row.by.size() ? row.by[static_cast<std::size_t>(place)] : std::string{};
}

ComparisonRow const* MeasureLines::find(std::string_view quantity, std::string const& measure) const {
  std::string const year = counts_heads(quantity) ? last_year_ : std::string{};
  std::string const date = counts_heads(quantity) ? last_date_ : std::string{};
  auto const found = std::ranges::find_if(rows_, [&](ComparisonRow const* row) {
    return row->measure_of == quantity && row->state == measure && row->year == year && date_of(*row) == date;
  });
  return found == rows_.end() ? nullptr : *found;
}

std::string MeasureLines::cell(std::string_view quantity, std::string const& measure, Side side) const {
  ComparisonRow const* const row = find(quantity, measure);
  if (row == nullptr) return hidden;
  if (quantity == "waited_days") {
    ComparisonRow const* const began = find("participants", measure);
    if (began == nullptr) return hidden;
    return began->*side > 0 ? rounded(row->*side / (began->*side), false, words_) : nothing;
  }
  bool const whole = comparison_.draws * comparison_.replicates == 1 && comparison_.units.at(row->measure_of) == "1";
  return rounded(row->*side, whole, words_);
}

std::vector<std::string> MeasureLines::line(std::string label, std::string const& measure, Side side) const {
  std::vector<std::string> cells{std::move(label)};
  for (Column const& column : columns_) cells.push_back(cell(column.quantity, measure, side));
  return cells;
}

std::string MeasureLines::table() const {
  if (columns_.empty()) return {};
  auto const& before = comparison_.baseline_measures;
  std::vector<StateInfo> all = measures_;
  std::ranges::copy_if(before, std::back_inserter(all), [this](StateInfo const& measure) {
    return std::ranges::find(measures_, measure.name, &StateInfo::name) == measures_.end();
  });
  if (all.empty()) return {};
  std::vector<std::string> header{std::string{words_.measure}};
  for (Column const& column : columns_) header.emplace_back(words_.*column.header);
  TextColumns table{std::move(header)};
  for (std::size_t i = 0; i < all.size(); ++i) {
    StateInfo const& measure = all[i];
    if (i < measures_.size()) {
      table.add(line(label_of(measure, language_), measure.name, &ComparisonRow::value));
    } else {
      std::vector<std::string> cells(columns_.size() + 1, nothing);
      cells.front() = label_of(measure, language_);
      table.add(std::move(cells));
    }
    if (std::ranges::find(before, measure.name, &StateInfo::name) != before.end())
      table.add(line("  " + std::string{words_.baseline}, measure.name, &ComparisonRow::baseline));
  }
  return table.text();
}

std::string MeasureLines::explanation() const {
  auto const shows = [this](std::string_view quantity) {
    return std::ranges::find(columns_, quantity, &Column::quantity) != columns_.end();
  };
  std::string text;
  if (shows("waited_days")) text += std::string{words_.of_mean_wait} + '\n';
  if (shows("stopped_qualifying")) text += std::string{words_.of_stopped_qualifying} + '\n';
  if (!last_year_.empty()) {
    std::string const day = last_date_.empty() ? last_year_ : last_year_ + "-" + last_date_;
    text += fmt::format(fmt::runtime(words_.of_heads), day) + '\n';
  }
  return text.empty() ? text : '\n' + text;
}

}  // namespace

std::string measures_text(Comparison const& comparison, std::size_t scenario, std::string const& period,
                          std::string_view language) {
  // A comparison that was put together by hand may have no measures.
  if (scenario >= comparison.measures.size()) return {};
  MeasureLines const lines{comparison, scenario, language};
  std::string const table = lines.table();
  if (table.empty()) return {};
  return fmt::format(fmt::runtime(wording(language).measures), period) + "\n\n" + table + lines.explanation() + '\n';
}

}  // namespace utvei
