// SPDX-License-Identifier: Apache-2.0
#include <utvei/results/render_comparison.hpp>

#include <nlohmann/json.hpp>

namespace utvei {
namespace {

using Json = nlohmann::ordered_json;

Json text_or_null(std::string const& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

Json number_or_null(std::optional<double> const& number) {
  return number ? Json(*number) : Json(nullptr);
}

Json json_of(ComparisonRow const& row, std::vector<std::string> const& by) {
  Json json{{"scenario", row.scenario},
            {"measure_of", row.measure_of},
            {"region", text_or_null(row.region)},
            {"year", text_or_null(row.year)},
            {"state", text_or_null(row.state)},
            {"baseline", row.baseline},
            {"value", row.value},
            {"difference", row.difference},
            {"mc_se", number_or_null(row.mc_se)},
            {"low_95", number_or_null(row.low_95)},
            {"high_95", number_or_null(row.high_95)},
            {"count_low_95", number_or_null(row.count_low_95)},
            {"count_high_95", number_or_null(row.count_high_95)},
            {"probability_better", number_or_null(row.probability_better)}};
  for (std::size_t i = 0; i < by.size(); ++i) json[by[i]] = text_or_null(row.by[i]);
  return json;
}

}  // namespace

std::string render_json(Comparison const& comparison, std::string_view language) {
  Json notes = Json::array();
  for (ComparisonNote const& note : comparison.notes) notes.push_back(text_of(note, language));
  Json rows = Json::array();
  for (ComparisonRow const& row : comparison.rows) rows.push_back(json_of(row, comparison.by));
  Json const json{
      {"baseline", comparison.baseline},     {"scenarios", comparison.scenarios}, {"draws", comparison.draws},
      {"replicates", comparison.replicates}, {"persons", comparison.persons},     {"weight", comparison.weight},
      {"data_class", comparison.data_class}, {"notes", std::move(notes)},         {"rows", std::move(rows)}};
  return json.dump(2) + '\n';
}

}  // namespace utvei
