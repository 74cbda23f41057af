// SPDX-License-Identifier: Apache-2.0
#include "life_events.hpp"
#include "stata_writer.hpp"

#include <utvei/core/time.hpp>
#include <utvei/output/table_formats.hpp>

#include <algorithm>
#include <charconv>
#include <map>

#include <fmt/format.h>

namespace utvei {
namespace {

using Kind = StataWriter::Kind;

std::int32_t number_of(std::string const& code) {
  std::int32_t number = 0;
  std::from_chars(code.data(), code.data() + code.size(), number);
  return number;
}

/// What Stata shows for a code: its label; of places the code too, which others know them by.
std::vector<std::string> value_labels(ReleasedDimension const& dimension) {
  if (dimension.is_numeric()) return {};
  if (dimension.role != ReleasedDimension::Role::place || !dimension.has_labels()) return dimension.labels;
  std::vector<std::string> labels;
  for (std::size_t i = 0; i < dimension.codes.size(); ++i)
    labels.push_back(dimension.codes[i] == dimension.labels[i] ? dimension.codes[i]
                                                               : dimension.codes[i] + " " + dimension.labels[i]);
  return labels;
}

void add_dimension(ReleasedDimension const& dimension, StataWriter& file) {
  bool const is_year = dimension.role == ReleasedDimension::Role::time && dimension.is_numeric();
  file.add_variable(dimension.name, dimension.heading, Kind::whole, is_year ? "%ty" : "", value_labels(dimension));
  if (dimension.is_numeric() || !dimension.has_labels()) return;
  std::vector<std::string> codes;
  for (std::size_t i = 0; i < dimension.codes.size(); ++i)
    codes.push_back(fmt::format("{} = {}", i + 1, dimension.codes[i]));
  file.add_note(fmt::format("{}: {}", dimension.name, fmt::join(codes, ", ")));
}

void add_notes(Release const& release, std::size_t held_back, StataWriter& file) {
  for (AboutLine const& line : about(release, held_back)) file.add_note(line.name + ": " + line.text);
}

std::string_view meaning_of_h(std::string_view language) {
  return language == "en" ? " (.h: held back)" : language == "nn" ? " (.h: halde tilbake)" : " (.h: holdt tilbake)";
}

/// Numbers of the words of life courses, in the order in which they turn up.
class WordNumbers {
 public:
  void add(std::string_view word) {
    if (numbers_.try_emplace(std::string{word}, static_cast<std::int32_t>(words_.size() + 1)).second)
      words_.emplace_back(word);
  }
  [[nodiscard]] std::int32_t of(std::string_view word) const { return numbers_.find(word)->second; }
  [[nodiscard]] std::vector<std::string> const& words() const { return words_; }

 private:
  std::map<std::string, std::int32_t, std::less<>> numbers_;
  std::vector<std::string> words_;
};

/// Milliseconds since 1960, as %tc counts them.
double stata_time(std::int64_t minutes) {
  constexpr std::int64_t days_from_1960 = 3'653;
  constexpr std::int64_t milliseconds_per_minute = 60'000;
  return static_cast<double>((minutes + days_from_1960 * minutes_per_day) * milliseconds_per_minute);
}

}  // namespace

std::string stata_of(Release const& release, ReleasedTable const& table) {
  StataWriter file{table.title};
  for (ReleasedDimension const& dimension : table.dimensions) add_dimension(dimension, file);
  bool const holds_back = table.held_back > 0;
  file.add_variable(
      "value", fmt::format("{}, {}{}", table.subject, table.unit, holds_back ? meaning_of_h(release.language()) : ""),
      Kind::number, "%14.0g");
  add_notes(release, table.held_back, file);
  file.begin_rows(table.lines());
  std::vector<std::vector<std::int32_t>> codes;
  for (ReleasedDimension const& dimension : table.dimensions) {
    auto& of = codes.emplace_back();
    for (std::size_t i = 0; i < dimension.codes.size(); ++i)
      of.push_back(dimension.is_numeric() ? number_of(dimension.codes[i]) : static_cast<std::int32_t>(i + 1));
  }
  for (std::size_t i = 0; i < table.status.size(); ++i) {
    if (table.status[i] == CellStatus::not_counted) continue;
    file.begin_row();
    for (std::size_t d = 0; d < codes.size(); ++d) file.whole(codes[d][table.position(i, d)]);
    if (table.status[i] == CellStatus::held_back) {
      file.held_back();
    } else {
      file.number(table.values[i]);
    }
    file.end_row();
  }
  return file.finish();
}

std::string stata_life_courses(Release const& release) {
  WordNumbers words;
  WordNumbers causes;
  std::size_t rows = 0;
  std::size_t width = 1;
  for_each_life_event(release.result(), [&](LifeEvent const& event) {
    words.add(event.from);
    words.add(event.to);
    causes.add(event.cause);
    width = std::max(width, fmt::formatted_size("{}", event.person));
    ++rows;
  });
  StataWriter file{fmt::format("{}: life courses", release.result().provenance.scenario_name)};
  // Keys of people are larger than what a number of Stata holds exactly.
  file.add_variable("person", "person", Kind::text, "", {}, width);
  file.add_variable("time", "time", Kind::number, "%tc");
  file.add_variable("from", "from", Kind::whole, "", words.words());
  file.add_variable("to", "to", Kind::whole, "", words.words());
  file.add_variable("cause", "cause", Kind::whole, "", causes.words());
  add_notes(release, 0, file);
  file.begin_rows(rows);
  for_each_life_event(release.result(), [&](LifeEvent const& event) {
    file.begin_row();
    file.text(fmt::format("{}", event.person));
    file.number(stata_time(event.time));
    file.whole(words.of(event.from));
    file.whole(words.of(event.to));
    file.whole(causes.of(event.cause));
    file.end_row();
  });
  return file.finish();
}

}  // namespace utvei
