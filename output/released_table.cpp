// SPDX-License-Identifier: Apache-2.0
#include "table_words.hpp"

#include <utvei/disclosure/rules.hpp>
#include <utvei/output/released_table.hpp>
#include <utvei/results/counted_days.hpp>
#include <utvei/results/quantity_words.hpp>

#include <algorithm>
#include <charconv>
#include <iterator>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

bool is_plain_number(std::string const& code) {
  std::int32_t number = 0;
  auto const [end, error] = std::from_chars(code.data(), code.data() + code.size(), number);
  return error == std::errc{} && end == code.data() + code.size() && code == fmt::format("{}", number);
}

ReleasedDimension::Role role_of(std::string const& name) {
  using Role = ReleasedDimension::Role;
  return name == "year" ? Role::time : name == "region" ? Role::place : Role::other;
}

std::string_view and_in(std::string_view language) {
  return language == "en" ? " and " : " og ";
}

std::string subject_of(Table const& table, std::string const& language) {
  auto const words = title_of_quantity(table.quantity, language);
  return std::string{words.empty() ? table.long_name : words};
}

/// `Personår i hver tilstand, etter region, år og tilstand`; runs are no subject of a table.
std::string title_of(Table const& table, std::string const& language) {
  std::string title = subject_of(table, language);
  std::vector<std::string> by;
  for (Dimension const& dimension : table.dimensions)
    if (dimension.name != "draw" && dimension.name != "replicate")
      by.push_back(heading_of_dimension(dimension.name, language));
  if (by.empty()) return title;
  std::string const last = by.back();
  by.pop_back();
  title += language == "en" ? ", by " : ", etter ";
  if (by.empty()) return title + last;
  return title + fmt::format("{}{}{}", fmt::join(by, ", "), and_in(language), last);
}

template <class Infos>
std::optional<std::string> label_among(Infos const& infos, std::string const& name, std::string const& language) {
  auto const found = std::ranges::find(infos, name, &StateInfo::name);
  if (found == infos.end()) return std::nullopt;
  return label_of(*found, language);
}

std::vector<StateInfo> const* infos_of(RunResult const& result, std::string const& dimension) {
  if (dimension == "state" || dimension == "next_state") return &result.states;
  if (dimension == "definition") return &result.definitions;
  if (dimension == "measure") return &result.measures;
  if (dimension == "score") return &result.scores;
  if (dimension == "wave") return &result.waves;
  if (dimension == "event") return &result.events;
  return nullptr;
}

/// `Arbeid: lønn`; the code where the result does not say what is paid.
std::string label_of_payment(RunResult const& result, std::string const& code, std::string const& language) {
  auto const found = std::ranges::find(result.payments, code, &PaymentInfo::name);
  if (found == result.payments.end()) return code;
  auto const kind = word_of_label("payment_kind", found->kind, language);
  bool const is_of_state = !found->of_state.empty();
  auto const& infos = is_of_state ? result.states : result.measures;
  auto const& whose = is_of_state ? found->of_state : found->of_measure;
  return fmt::format("{}: {}", label_among(infos, whose, language).value_or(whose), kind);
}

std::string inner_of(std::string const& dimension) {
  if (dimension == "transition" || dimension == "sequence") return "state";
  if (dimension == "income_transition") return "income_state";
  return {};
}

/// What joins names in a label: ` -> ` in transitions, ` > ` in sequences.
std::string_view joint_of(std::string const& dimension) {
  return dimension == "sequence" ? " > " : " -> ";
}

}  // namespace

bool ReleasedDimension::is_numeric() const {
  return role != Role::place && !codes.empty() && !has_labels() && std::ranges::all_of(codes, is_plain_number);
}

std::size_t ReleasedTable::position(std::size_t cell, std::size_t dimension) const {
  std::size_t stride = 1;
  for (std::size_t i = dimension + 1; i < dimensions.size(); ++i) stride *= dimensions[i].codes.size();
  return cell / stride % dimensions[dimension].codes.size();
}

std::size_t ReleasedTable::lines() const {
  return static_cast<std::size_t>(
      std::ranges::count_if(status, [](CellStatus one) { return one != CellStatus::not_counted; }));
}

std::string digits_of(ReleasedTable const& table, std::size_t cell) {
  if (table.status[cell] != CellStatus::known) return {};
  if (table.is_count) return fmt::format("{}", static_cast<std::int64_t>(table.values[cell]));
  return fmt::format("{}", table.values[cell]);
}

Release::Release(RunResult const& result, Audience audience, std::string language)
    : result_{result}, language_{std::move(language)} {
  if (audience == Audience::outside && result.provenance.data_class == "register") gate_.emplace(std::vector{&result});
}

std::vector<Table const*> Release::tables(std::vector<std::string> const& names) const {
  std::vector<Table const*> found;
  auto const asked_for = [&](Table const& table) {
    return names.empty() || std::ranges::any_of(names, [&](std::string const& name) {
             return result_.table(name) != nullptr ? table.name == name : table.quantity == name;
           });
  };
  for (Table const& table : result_.tables)
    if (asked_for(table)) found.push_back(&table);
  return found;
}

std::string Release::label_of_code(std::string const& dimension, std::string const& code) const {
  if (auto const word = word_of_label(dimension, code, language_); !word.empty()) return std::string{word};
  if (dimension == "region") {
    auto const found = result_.region_names.find(code);
    return found == result_.region_names.end() || found->second.empty() ? code : found->second;
  }
  if (dimension == "payment") return label_of_payment(result_, code, language_);
  if (auto const* infos = infos_of(result_, dimension)) return label_among(*infos, code, language_).value_or(code);
  auto const inner = inner_of(dimension);
  if (inner.empty()) return code;
  auto const joint = joint_of(dimension);
  auto const split = code.find(joint);
  if (split == std::string::npos) return label_of_code(inner, code);
  return label_of_code(inner, code.substr(0, split)) + (dimension == "sequence" ? " > " : " → ") +
         label_of_code(dimension, code.substr(split + joint.size()));
}

ReleasedDimension Release::dimension(Dimension const& dimension) const {
  ReleasedDimension released{
      dimension.name, heading_of_dimension(dimension.name, language_), role_of(dimension.name), dimension.labels, {}};
  std::ranges::transform(dimension.labels, std::back_inserter(released.labels),
                         [&](std::string const& code) { return label_of_code(dimension.name, code); });
  return released;
}

ReleasedTable Release::table(Table const& table) const {
  ReleasedTable released;
  released.name = table.name;
  released.quantity = table.quantity;
  released.subject = subject_of(table, language_);
  released.title = title_of(table, language_);
  released.definition = table.long_name;
  released.units = table.units;
  released.unit = unit_in_words(table.units, language_);
  released.is_count = std::holds_alternative<std::vector<std::int64_t>>(table.values);
  std::vector<std::string> names;
  for (Dimension const& axis : table.dimensions) {
    released.dimensions.push_back(dimension(axis));
    names.push_back(axis.name);
  }
  CountedDays const days{result_, table, names};
  auto const hidden = gate_ ? gate_->hidden_in(table) : std::vector<bool>(table.size());
  released.values.resize(table.size());
  released.status.resize(table.size());
  for (std::size_t i = 0; i < table.size(); ++i) {
    if (!days.contains(i)) {
      released.status[i] = CellStatus::not_counted;
    } else if (hidden[i]) {
      released.status[i] = CellStatus::held_back;
      ++released.held_back;
    } else {
      released.values[i] = gate_ ? rounded(table.value(i), gate_->rules()) : table.value(i);
    }
  }
  return released;
}

}  // namespace utvei
