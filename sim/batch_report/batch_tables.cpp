// SPDX-License-Identifier: Apache-2.0
// Tables of what lies along the axes of a batch.
#include "batch_parts.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace utvei {
namespace {

/// Combinations that are named one by one.
constexpr std::size_t most_left_out = 200;

/// A row of a scenario that the batch leaves out, under the name that it would have here.
void add_left_out(BatchMaterial const& material, std::vector<std::size_t> const& place, ReportFigure& figure) {
  ToldScenario scenario;
  scenario.place = place;
  std::string& name = scenario.name;
  for (std::size_t axis = 0; axis < place.size(); ++axis)
    name += (axis > 0 ? ", " : "") + material.axes[axis].values[place[axis]];
  figure.labels["scenario"][name] = title_in_batch(material, scenario);
  std::vector<ReportCell> cells{name};
  add_axis_cells(material.axes, place, cells);
  cells.emplace_back("left out");
  figure.rows.push_back(std::move(cells));
}

ReportText scenarios_sentence(BatchMaterial const& material, std::size_t missing, std::size_t out) {
  ReportText here =
      missing == 0 ? said({"Alle {} scenarioene er med.", "Alle {} scenaria er med.", "All {} scenarios are here."},
                          material.scenarios.size())
                   : said({"{0} av {1} scenarioer er ikke med.", "{0} av {1} scenario er ikkje med.",
                           "{0} of {1} scenarios are not here."},
                          missing, material.scenarios.size());
  if (out == 0) return here;
  return followed_by(here,
                     counted(out,
                             {"Én kombinasjon er utelatt i batchfila.", "Éin kombinasjon er utelaten i batchfila.",
                              "One combination is left out by the batch file."},
                             {"{} kombinasjoner er utelatt i batchfila.", "{} kombinasjonar er utelatne i batchfila.",
                              "{} combinations are left out by the batch file."}));
}

}  // namespace

std::string column_of(ToldAxis const& axis) {
  return "axis_" + axis.name;
}

void add_axis_columns(std::vector<ToldAxis> const& axes, ReportFigure& figure) {
  for (ToldAxis const& axis : axes) {
    figure.columns.push_back({column_of(axis), axis.label, ReportUnit::text});
    for (std::string const& value : axis.values)
      if (value_words(value).nb != value) figure.labels[column_of(axis)][value] = value_words(value);
  }
}

void add_axis_cells(std::vector<ToldAxis> const& axes, std::vector<std::size_t> const& place,
                    std::vector<ReportCell>& cells) {
  for (std::size_t axis = 0; axis < axes.size(); ++axis)
    cells.push_back(place.empty() ? ReportCell{} : ReportCell{axes[axis].values[place[axis]]});
}

std::vector<std::vector<std::size_t>> left_out(BatchMaterial const& material) {
  if (!material.is_grid || material.axes.empty()) return {};
  std::set<std::vector<std::size_t>> there;
  for (ToldScenario const& scenario : material.scenarios) there.insert(scenario.place);
  std::vector<std::vector<std::size_t>> all{{}};
  for (ToldAxis const& axis : material.axes) {
    std::vector<std::vector<std::size_t>> longer;
    for (auto const& place : all)
      for (std::size_t value = 0; value < axis.values.size(); ++value) {
        longer.push_back(place);
        longer.back().push_back(value);
      }
    all = std::move(longer);
  }
  std::erase_if(all, [&](auto const& place) { return there.contains(place); });
  return all;
}

ReportFigure batch_values_figure(BatchMaterial const& material) {
  ReportFigure figure;
  figure.id = "batch-values";
  figure.kind = "table";
  figure.title = said(
      {"Hva verdiene på aksene står for", "Kva verdiane på aksane står for", "What the values of the axes stand for"});
  figure.columns = {{"axis", said({"Akse", "Akse", "Axis"}), ReportUnit::text},
                    {"value", said({"Verdi på aksen", "Verdi på aksen", "Value on the axis"}), ReportUnit::text},
                    {"meaning", said({"I scenarioet", "I scenarioet", "In the scenario"}), ReportUnit::text}};
  for (ToldAxis const& axis : material.axes) {
    figure.labels["axis"][axis.name] = axis.label;
    for (std::size_t i = 0; i < axis.meanings.size(); ++i) {
      if (axis.meanings[i].empty()) continue;
      figure.labels["value"][axis.values[i]] = value_words(axis.values[i]);
      figure.rows.push_back({axis.name, axis.values[i], axis.meanings[i]});
    }
  }
  figure.sentence =
      said({"På aksene står korte navn; tabellen har det som batchfila gir scenarioene under hvert av dem.",
            "På aksane står korte namn; tabellen har det som batchfila gir scenaria under kvart av dei.",
            "Axes have short names; the table has what the batch file gives scenarios under each of them."});
  return figure;
}

ReportFigure batch_scenarios_figure(BatchMaterial const& material) {
  ReportFigure figure;
  figure.id = "batch-scenarios";
  figure.kind = "table";
  figure.title = said({"Scenarioene", "Scenaria", "The scenarios"});
  figure.columns = {scenario_column()};
  add_axis_columns(material.axes, figure);
  figure.columns.push_back({"status", said({"Resultat", "Resultat", "Result"}), ReportUnit::text});
  std::size_t missing = 0;
  for (ToldScenario const& scenario : material.scenarios) {
    std::vector<ReportCell> cells{scenario.name};
    add_axis_cells(material.axes, scenario.place, cells);
    std::string const status = scenario.is_baseline       ? "baseline"
                               : scenario.missing.empty() ? "there"
                                                          : scenario.missing.en;
    missing += scenario.missing.empty() ? 0U : 1U;
    if (!scenario.missing.empty()) figure.labels["status"][status] = scenario.missing;
    cells.emplace_back(status);
    figure.rows.push_back(std::move(cells));
  }
  figure.labels["status"]["baseline"] = said({"nullalternativet", "nullalternativet", "the zero alternative"});
  figure.labels["status"]["there"] = said({"er med", "er med", "is here"});
  auto const out = left_out(material);
  for (std::size_t i = 0; i < std::min(out.size(), most_left_out); ++i) add_left_out(material, out[i], figure);
  if (!out.empty())
    figure.labels["status"]["left out"] =
        said({"utelatt i batchfila", "utelaten i batchfila", "left out by the batch file"});
  figure.sentence = scenarios_sentence(material, missing, out.size());
  return figure;
}

}  // namespace utvei
