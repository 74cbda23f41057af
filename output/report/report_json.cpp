// SPDX-License-Identifier: Apache-2.0
#include "document_json.hpp"

#include <utvei/page/html_report.hpp>

#include <cmath>
#include <cstdint>

namespace utvei {
namespace {

using PageJson = nlohmann::ordered_json;

PageJson json_of(ReportText const& text) {
  return {{"nb", text.nb}, {"nn", text.nn}, {"en", text.en}};
}

void add_text(PageJson& json, char const* key, ReportText const& text) {
  if (!text.empty()) json[key] = json_of(text);
}

/// Two digits more than a table shows; further ones would be a third of the page.
PageJson shortened(double number, ReportColumn const& column) {
  int const digits = column.decimals + (column.unit == ReportUnit::percent ? 4 : 2);
  double const scale = std::pow(10.0, digits);
  double const rounded = std::round(number * scale) / scale;
  constexpr double exact_to_here = 9e15;
  if (rounded == std::trunc(rounded) && std::abs(rounded) < exact_to_here) return static_cast<std::int64_t>(rounded);
  return rounded;
}

PageJson json_of(ReportCell const& cell, ReportColumn const& column) {
  if (auto const* const text = std::get_if<std::string>(&cell)) return *text;
  if (auto const* const number = std::get_if<double>(&cell)) return shortened(*number, column);
  return nullptr;
}

PageJson json_of(ReportColumn const& column) {
  PageJson json{{"name", column.name}, {"label", json_of(column.label)}, {"type", name_of(column.unit)}};
  if (column.decimals > 0) json["decimals"] = column.decimals;
  return json;
}

PageJson json_of(ReportFigure const& figure) {
  PageJson json{{"id", figure.id},
                {"kind", figure.kind},
                {"title", json_of(figure.title)},
                {"sentence", json_of(figure.sentence)}};
  add_text(json, "definition", figure.definition);
  add_text(json, "source", figure.source);
  add_text(json, "note", figure.note);
  if (!figure.evidence.empty()) json["evidence"] = figure.evidence;
  json["columns"] = PageJson::array();
  for (ReportColumn const& column : figure.columns) json["columns"].push_back(json_of(column));
  json["rows"] = PageJson::array();
  for (auto const& row : figure.rows) {
    PageJson cells = PageJson::array();
    for (std::size_t i = 0; i < row.size(); ++i) cells.push_back(json_of(row[i], figure.columns[i]));
    json["rows"].push_back(std::move(cells));
  }
  json["held_back"] = figure.held_back;
  for (auto const& [column, names] : figure.labels)
    for (auto const& [name, label] : names) json["labels"][column][name] = json_of(label);
  for (auto const& [region, sentence] : figure.sentences) json["sentences"][region] = json_of(sentence);
  if (figure.from_year) json["from_year"] = *figure.from_year;
  json["options"] = figure.options;
  return json;
}

PageJson json_of(ReportAbout const& about) {
  PageJson facts = PageJson::array();
  for (auto const& fact : about.facts) facts.push_back({{"what", json_of(fact.what)}, {"text", json_of(fact.text)}});
  return {
      {"scenario", about.scenario}, {"name", about.name}, {"label", json_of(about.label)}, {"facts", std::move(facts)}};
}

PageJson json_of(std::vector<ReportText> const& texts) {
  PageJson json = PageJson::array();
  for (ReportText const& text : texts) json.push_back(text.empty() ? PageJson{} : json_of(text));
  return json;
}

PageJson json_of(ReportSection const& section) {
  PageJson json{{"id", section.id}, {"heading", json_of(section.heading)}};
  add_text(json, "intro", section.intro);
  json["figures"] = PageJson::array();
  for (ReportFigure const& figure : section.figures) json["figures"].push_back(json_of(figure));
  return json;
}

PageJson json_of(ReportParagraph const& paragraph) {
  PageJson json = json_of(paragraph.text);
  for (auto const& [region, text] : paragraph.by_region) json["text_by_region"][region] = json_of(text);
  return json;
}

PageJson json_of(ReportChapter const& part) {
  PageJson paragraphs = PageJson::array();
  for (ReportParagraph const& paragraph : part.paragraphs) paragraphs.push_back(json_of(paragraph));
  return {{"id", part.id},
          {"heading", json_of(part.heading)},
          {"paragraphs", std::move(paragraphs)},
          {"figures", part.figures}};
}

PageJson json_of(ReportReproduction const& reproduction) {
  PageJson inputs = PageJson::array();
  for (ReportInput const& input : reproduction.inputs)
    inputs.push_back({{"path", input.path}, {"sha256", input.sha256}});
  return {{"commands", reproduction.commands},
          {"seed", reproduction.seed},
          {"inputs", std::move(inputs)},
          {"version", reproduction.version}};
}

void add_names(ReportDocument const& document, PageJson& json) {
  json["scenarios"] = json["regions"] = json["states"] = PageJson::array();
  for (ReportScenario const& one : document.scenarios)
    json["scenarios"].push_back({{"name", one.name}, {"label", json_of(one.label)}});
  for (ReportRegion const& one : document.regions)
    json["regions"].push_back({{"code", one.code}, {"name", one.name}, {"level", one.level}, {"parent", one.parent}});
  if (!document.region_kind.empty()) json["region_kind"] = document.region_kind;
  for (ReportMunicipality const& one : document.municipalities)
    json["municipalities"].push_back({{"code", one.code}, {"name", one.name}, {"region", one.region}});
  for (ReportState const& one : document.states)
    json["states"].push_back({{"name", one.name}, {"label", json_of(one.label)}, {"group", one.group}});
  for (auto const& [key, word] : page_words()) json["words"][key] = json_of(word);
}

}  // namespace

nlohmann::ordered_json document_json(ReportDocument const& document) {
  PageJson json{{"format", "utvei: report/1"}, {"title", json_of(document.title)}, {"notices", PageJson::array()}};
  for (ReportNotice const& one : document.notices)
    json["notices"].push_back({{"kind", one.kind}, {"text", json_of(one.text)}});
  json["lead"] = json_of(document.lead);
  for (auto const& [region, lead] : document.lead_by_region) json["lead_by_region"][region] = json_of(lead);
  for (ReportAbout const& one : document.about) json["about"].push_back(json_of(one));
  json["language"] = document.language;
  json["data_class"] = document.data_class;
  json["baseline"] = document.scenarios.empty() ? "" : document.scenarios.front().name;
  add_names(document, json);
  json["sections"] = PageJson::array();
  for (ReportSection const& section : document.sections) json["sections"].push_back(json_of(section));
  json["plan"]["parts"] = PageJson::array();
  for (ReportChapter const& part : document.plan) json["plan"]["parts"].push_back(json_of(part));
  json["reproduce"] = json_of(document.reproduction);
  for (ReportLink const& link : document.links)
    json["links"].push_back({{"path", link.path}, {"label", json_of(link.label)}});
  return json;
}

std::string report_json(ReportDocument const& document) {
  return document_json(document).dump() + '\n';
}

}  // namespace utvei
