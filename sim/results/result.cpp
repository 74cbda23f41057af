// SPDX-License-Identifier: Apache-2.0
#include <utvei/core/contract.hpp>
#include <utvei/results/result.hpp>

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace utvei {

std::size_t Table::size() const {
  return std::visit([](auto const& cells) { return cells.size(); }, values);
}

double Table::value(std::size_t flat) const {
  return std::visit([flat](auto const& cells) { return static_cast<double>(cells[flat]); }, values);
}

std::optional<std::size_t> Table::axis(std::string_view dimension) const {
  for (std::size_t i = 0; i < dimensions.size(); ++i)
    if (dimensions[i].name == dimension) return i;
  return std::nullopt;
}

namespace {

Table const* find_table(std::vector<Table> const& tables, std::string_view name) {
  auto const found = std::ranges::find(tables, name, &Table::name);
  return found == tables.end() ? nullptr : &*found;
}

}  // namespace

Table const* RunResult::table(std::string_view name) const {
  return find_table(tables, name);
}

Table const* RunResult::group_table(std::string_view name) const {
  return find_table(group_tables, name);
}

std::string note_of_evidence(Provenance const& provenance) {
  std::string text;
  if (provenance.rows_with_status > 0)
    text += fmt::format("note: {}: of {} rows of rates, shares and ages with a status, {} are unverified\n",
                        provenance.scenario_name, provenance.rows_with_status, provenance.unverified_rows);
  if (provenance.weight > 1)
    text += fmt::format(
        "note: {}: each person who was simulated stands for {}; tables hold people, life courses those who were "
        "simulated\n",
        provenance.scenario_name, provenance.weight);
  return text;
}

std::string label_of(StateInfo const& info, std::string_view language) {
  std::string const& first = language == "en" ? info.label_en : language == "nn" ? info.label_nn : info.label_nb;
  for (std::string const* label : std::array{&first, &info.label_nb, &info.label_en, &info.label_nn})
    if (!label->empty()) return *label;
  return info.name;
}

std::string state_label(RunResult const& result, std::string_view state, std::string_view language) {
  auto const found = std::ranges::find(result.states, state, &StateInfo::name);
  return found == result.states.end() ? std::string{state} : label_of(*found, language);
}

}  // namespace utvei
