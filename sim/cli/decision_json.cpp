// SPDX-License-Identifier: Apache-2.0
#include "decision_text.hpp"

#include <utvei/results/input_names.hpp>

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace utvei {
namespace {

using DecisionJson = nlohmann::ordered_json;

constexpr std::array<std::string_view, 4> unknown_names{"", "too_few_draws", "no_inputs", "luck_hides_parameters"};

DecisionJson json_of_estimate(WithError const& number) {
  return {{"value", number.value}, {"se", number.se}};
}

DecisionJson json_of_optional(std::optional<double> const& number) {
  return number ? DecisionJson(*number) : DecisionJson(nullptr);
}

DecisionJson json_of_scenarios(DecisionReport const& report) {
  DecisionJson scenarios = DecisionJson::array();
  for (std::size_t s = 0; s < report.outcome.scenarios.size(); ++s) {
    auto const& one = report.found.scenarios[s];
    DecisionJson assumed = DecisionJson::array();
    for (auto const& effect : report.inputs.assumed[s])
      assumed.push_back({{"name", effect.name}, {"ratio", effect.ratio}, {"drawn", effect.is_drawn}});
    scenarios.push_back({{"scenario", report.outcome.scenarios[s]},
                         {"difference", one.difference},
                         {"parameter_variance", json_of_optional(one.parameter_variance)},
                         {"luck_share", report.found.luck_is_known ? DecisionJson(one.luck_share) : nullptr},
                         {"explained", one.explained},
                         {"main_effect_is_assumed", bool{report.inputs.main_effect_is_assumed[s]}},
                         {"assumed", std::move(assumed)}});
  }
  return scenarios;
}

DecisionJson json_of_groups(DecisionReport const& report) {
  DecisionJson groups = DecisionJson::array();
  for (GroupInformation const& group : report.found.groups) {
    DecisionJson json{{"kind", name_of(group.kind)}, {"group", group.group}, {"inputs", group.inputs}};
    if (report.view.value_of_information)
      json["value"] = report.tells_values() ? json_of_estimate(group.value) : DecisionJson(nullptr);
    for (std::size_t s = 0; s < group.shares.size(); ++s)
      json["variance_share"][report.outcome.scenarios[s]] = json_of_estimate(group.shares[s]);
    groups.push_back(std::move(json));
  }
  return groups;
}

DecisionJson json_of_inputs(DecisionReport const& report) {
  DecisionJson inputs = DecisionJson::array();
  for (InputInfluence const& input : report.found.inputs) {
    DecisionJson json{{"kind", name_of(input.kind)},
                      {"name", input.name},
                      {"group", input.group},
                      {"assumed", input.is_assumed},
                      {"at_10", json_of_optional(input.at_10)},
                      {"at_90", json_of_optional(input.at_90)}};
    for (std::size_t s = 0; s < input.swings.size(); ++s) {
      InputSwing const& swing = input.swings[s];
      json["scenarios"][report.outcome.scenarios[s]] = {{"low", json_of_estimate(swing.low)},
                                                        {"high", json_of_estimate(swing.high)},
                                                        {"swing", json_of_estimate(swing.swing)},
                                                        {"variance_share", json_of_estimate(swing.share)},
                                                        {"break_even", json_of_optional(swing.break_even)}};
    }
    inputs.push_back(std::move(json));
  }
  return inputs;
}

/// A text as a field of a CSV.
std::string csv_field(std::string const& text) {
  if (text.find_first_of(",\"\n") == std::string::npos) return text;
  std::string field{"\""};
  for (char const c : text) field += c == '"' ? std::string{"\"\""} : std::string{c};
  return field + '"';
}

class DecisionLines {
 public:
  void add(std::array<std::string, 4> const& keys, std::string_view number, double value, std::optional<double> se) {
    for (std::string const& key : keys) text_ += csv_field(key) + ',';
    text_ += fmt::format("{},{},{}\n", number, value, se ? fmt::to_string(*se) : std::string{});
  }
  void add(std::array<std::string, 4> const& keys, std::string_view number, std::optional<double> const& value) {
    if (value) add(keys, number, *value, std::nullopt);
  }
  [[nodiscard]] std::string const& text() const { return text_; }

 private:
  std::string text_{"part,scenario,kind,name,number,value,se\n"};
};

void add_input_lines(DecisionReport const& report, DecisionLines& lines) {
  for (InputInfluence const& input : report.found.inputs) {
    std::string const kind{name_of(input.kind)};
    lines.add({"input", "", kind, input.name}, "at_10", input.at_10);
    lines.add({"input", "", kind, input.name}, "at_90", input.at_90);
    for (std::size_t s = 0; s < input.swings.size(); ++s) {
      std::array<std::string, 4> const keys{"input", report.outcome.scenarios[s], kind, input.name};
      InputSwing const& swing = input.swings[s];
      lines.add(keys, "low", swing.low.value, swing.low.se);
      lines.add(keys, "high", swing.high.value, swing.high.se);
      lines.add(keys, "swing", swing.swing.value, swing.swing.se);
      lines.add(keys, "variance_share", swing.share.value, swing.share.se);
      lines.add(keys, "break_even", swing.break_even);
    }
  }
}

}  // namespace

std::string decision_json(DecisionReport const& report) {
  DecisionUncertainty const& found = report.found;
  bool const is_known = found.unknown == DecisionUncertainty::Unknown::known;
  DecisionJson json{
      {"baseline", report.baseline},   {"outcome", report.outcome.text},
      {"units", report.outcome.units}, {"better", report.outcome.less_is_better ? "less" : "more"},
      {"draws", found.draws},          {"best", found.best ? report.outcome.scenarios[*found.best] : report.baseline}};
  json["unknown"] =
      is_known ? DecisionJson(nullptr) : DecisionJson(unknown_names[static_cast<std::size_t>(found.unknown)]);
  json["scenarios"] = json_of_scenarios(report);
  if (!is_known) return json.dump(2) + '\n';
  if (report.view.value_of_information) {
    json["perfect_information"] = report.tells_values() ? json_of_estimate(found.perfect) : DecisionJson(nullptr);
    json["perfect_information_with_luck"] =
        report.tells_values() ? DecisionJson(found.perfect_with_luck) : DecisionJson(nullptr);
  }
  json["groups"] = json_of_groups(report);
  if (report.view.tornado) json["inputs"] = json_of_inputs(report);
  return json.dump(2) + '\n';
}

std::string decision_csv(DecisionReport const& report) {
  DecisionUncertainty const& found = report.found;
  DecisionLines lines;
  for (std::size_t s = 0; s < found.scenarios.size(); ++s) {
    std::array<std::string, 4> const keys{"scenario", report.outcome.scenarios[s], "", ""};
    lines.add(keys, "difference", found.scenarios[s].difference, std::nullopt);
    lines.add(keys, "parameter_variance", found.scenarios[s].parameter_variance);
    if (found.luck_is_known) lines.add(keys, "luck_share", found.scenarios[s].luck_share, std::nullopt);
  }
  if (found.unknown != DecisionUncertainty::Unknown::known) return lines.text();
  bool const tells_values = report.view.value_of_information && report.tells_values();
  if (tells_values) {
    lines.add({"perfect_information", "", "", ""}, "value", found.perfect.value, found.perfect.se);
    lines.add({"perfect_information", "", "", ""}, "value_with_luck", found.perfect_with_luck, std::nullopt);
  }
  for (GroupInformation const& group : found.groups) {
    std::string const kind{name_of(group.kind)};
    if (tells_values) lines.add({"group", "", kind, group.group}, "value", group.value.value, group.value.se);
    for (std::size_t s = 0; s < group.shares.size(); ++s)
      lines.add({"group", report.outcome.scenarios[s], kind, group.group}, "variance_share", group.shares[s].value,
                group.shares[s].se);
  }
  if (report.view.tornado) add_input_lines(report, lines);
  return lines.text();
}

}  // namespace utvei
