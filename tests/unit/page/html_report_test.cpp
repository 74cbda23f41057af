// SPDX-License-Identifier: Apache-2.0
#include <utvei/page/html_report.hpp>

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr auto sly_name = "</script><b>\"Nord & Sør\"\u2028\u2029";

ReportDocument document_of(std::string const& name) {
  ReportDocument document;
  document.title = same_in_all(name);
  document.lead = {same_in_all("first " + name)};
  document.scenarios = {{"baseline", same_in_all("baseline")}, {name, same_in_all(name)}};
  ReportFigure figure;
  figure.id = "one";
  figure.kind = "table";
  figure.title = figure.sentence = same_in_all(name);
  figure.columns = {{"region", same_in_all("Region"), ReportUnit::text},
                    {"people", same_in_all("People"), ReportUnit::number, 1}};
  figure.rows = {{name, 1234.5}, {std::string{}, std::monostate{}}};
  figure.held_back = 1;
  document.sections = {{"part", same_in_all("Part"), {}, {figure}}};
  return document;
}

std::string before_data(std::string const& html) {
  return html.substr(0, html.find("<script"));
}

/// What is inlined for the script.
std::string data_of(std::string const& html) {
  std::string const begin = "id=\"utvei-report\">";
  std::size_t const from = html.find(begin) + begin.size();
  return html.substr(from, html.find("</script>", from) - from);
}

TEST(ReportHtml, NamesCannotEndAnElement) {
  std::string const html = report_html(document_of(sly_name));
  EXPECT_THAT(before_data(html), Not(HasSubstr("<b>")));
  EXPECT_THAT(before_data(html), HasSubstr("&lt;/script&gt;&lt;b&gt;&quot;Nord &amp; Sør&quot;"));
  EXPECT_THAT(data_of(html), Not(HasSubstr("<")));
}

TEST(ReportHtml, DataForTheScriptHaveNoLineEndsOfJavaScript) {
  std::string const data = data_of(report_html(document_of(sly_name)));
  EXPECT_THAT(data, Not(HasSubstr("\u2028")));
  EXPECT_THAT(data, HasSubstr("\\u2028\\u2029"));
}

nlohmann::ordered_json packed_of(ReportDocument const& document) {
  return nlohmann::ordered_json::parse(data_of(report_html(document)));
}

TEST(ReportHtml, TheScriptReadsEachTextOnce) {
  ReportDocument document = document_of(sly_name);
  document.lead = {{"a", "b", "c"}, {"a", "b", "c"}};
  auto const json = packed_of(document);
  std::size_t const number = json["title"]["#"];
  EXPECT_EQ(json["texts"][number], sly_name) << "a name is the same in all languages";
  EXPECT_EQ(json["sections"][0]["figures"][0]["title"]["#"], number);
  EXPECT_EQ(json["lead"][0], json["lead"][1]);
  EXPECT_EQ(json["texts"][json["lead"][0]["#"].get<std::size_t>()], nlohmann::ordered_json({"a", "b", "c"}));
}

TEST(ReportHtml, TheScriptReadsEachColumnOnce) {
  ReportDocument document = document_of("x");
  auto& figures = document.sections.front().figures;
  figures.push_back(figures.front());
  figures.back().columns.pop_back();
  figures.back().rows = {{std::string{"x"}}};
  auto const json = packed_of(document);
  EXPECT_EQ(json["columns"].size(), 2U);
  EXPECT_EQ(json["columns"][0]["name"], "region");
  EXPECT_EQ(json["sections"][0]["figures"][0]["columns"], nlohmann::ordered_json({0, 1}));
  EXPECT_EQ(json["sections"][0]["figures"][1]["columns"], nlohmann::ordered_json::array({0}));
}

TEST(ReportHtml, TheScriptReadsOfARowWhatIsNotAsAbove) {
  ReportDocument document = document_of("x");
  ReportFigure& figure = document.sections.front().figures.front();
  figure.rows = {{std::string{"x"}, 1.0}, {std::string{"x"}, 2.0}, {std::string{"x"}, 2.0}, {std::string{}, 2.0}};
  EXPECT_EQ(packed_of(document)["sections"][0]["figures"][0]["rows"],
            nlohmann::ordered_json::parse(R"([["x", 1], [2], [2], ["", 2]])"));
}

TEST(ReportHtml, AMapOfTheUsersOwnIsLeftAsItIs) {
  ReportDocument document = document_of("x");
  auto const map = nlohmann::ordered_json::parse(R"({"features": [{"nb": "x", "nn": "x", "en": "x"}]})");
  document.sections.front().figures.front().options["geo"] = map;
  EXPECT_EQ(packed_of(document)["sections"][0]["figures"][0]["options"]["geo"], map);
}

TEST(ReportHtml, WhatLeadsSeveralRowsStandsOnce) {
  ReportDocument document = document_of("x");
  ReportFigure& figure = document.sections.front().figures.front();
  figure.columns = {{"scenario", same_in_all("S"), ReportUnit::text},
                    {"year", same_in_all("Y"), ReportUnit::integer},
                    {"people", same_in_all("P"), ReportUnit::number}};
  figure.rows = {{std::string{"a"}, 2026.0, 1.0},
                 {std::string{"a"}, 2026.0, 2.0},
                 {std::string{"a"}, 2027.0, 3.0},
                 {std::string{"b"}, 2027.0, 4.0}};
  EXPECT_THAT(report_html(document), HasSubstr("<tr><th rowspan=\"3\">a<th rowspan=\"2\">2026<td>1\n<tr><td>2\n"
                                               "<tr><th>2027<td>3\n<tr><th>b<th>2027<td>4\n"));
}

TEST(ReportHtml, LetsThePageLoadNothing) {
  EXPECT_THAT(report_html(document_of("x")), HasSubstr("content=\"default-src 'none'; script-src 'unsafe-inline'"));
}

TEST(ReportHtml, SaysWhatIsHeldBackAndWhatIsTheWhole) {
  std::string const html = before_data(report_html(document_of("x")));
  EXPECT_THAT(html, HasSubstr("Holdt tilbake av personvernhensyn: 1"));
  EXPECT_THAT(html, HasSubstr("<tr><th>Alle regioner<td>–\n"));
}

TEST(ReportHtml, LeadsToThePagesThatLieBesideIt) {
  ReportDocument document = document_of("x");
  EXPECT_THAT(before_data(report_html(document)), Not(HasSubstr("<nav")));
  document.links = {{"nav.html", {"NAV & kommune", "NAV & kommune", "NAV and municipality"}}};
  std::string const html = report_html(document);
  EXPECT_THAT(before_data(html), HasSubstr("<li><a href=\"nav.html\">NAV &amp; kommune</a></li>"));
  EXPECT_EQ(nlohmann::ordered_json::parse(data_of(html))["links"][0]["path"], "nav.html");
}

TEST(ReportHtml, SpeaksTheLanguageItIsAskedFor) {
  ReportDocument document = document_of("x");
  document.language = "en";
  std::string const html = before_data(report_html(document));
  EXPECT_THAT(html, HasSubstr("<html lang=\"en\">"));
  EXPECT_THAT(html, HasSubstr("1,234.5"));
}

TEST(ReportHtml, ALongTableSaysThatItIsCut) {
  ReportDocument document = document_of("x");
  auto& rows = document.sections.front().figures.front().rows;
  rows.assign(250, {std::string{"x"}, 1.0});
  EXPECT_THAT(report_html(document), HasSubstr("De første 200 av 250 rader"));
}

TEST(ReportJson, WhatIsNotToldIsNull) {
  auto const json = nlohmann::ordered_json::parse(report_json(document_of("x")));
  EXPECT_EQ(json["format"], "utvei: report/1");
  EXPECT_TRUE(json["sections"][0]["figures"][0]["rows"][1][1].is_null());
  EXPECT_EQ(json["sections"][0]["figures"][0]["columns"][1]["type"], "number");
}

}  // namespace
}  // namespace utvei
