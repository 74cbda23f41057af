// SPDX-License-Identifier: Apache-2.0
#include "document_json.hpp"
#include "page_assets.hpp"

#include <utvei/page/html_report.hpp>

#include <algorithm>

#include <fmt/format.h>

namespace utvei {
namespace {

/// More rows than a reader of a page without a script would look at.
constexpr std::size_t most_rows = 200;

constexpr std::string_view policy =
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; "
    "base-uri 'none'; form-action 'none'";
/// Of a page that asks the server it came from.
constexpr std::string_view policy_of_server =
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'";

/// As text and as a value between double quotes.
std::string escaped(std::string_view text) {
  std::string html;
  for (char const c : text) {
    switch (c) {
      case '&':
        html += "&amp;";
        break;
      case '<':
        html += "&lt;";
        break;
      case '>':
        html += "&gt;";
        break;
      case '"':
        html += "&quot;";
        break;
      default:
        html += c;
    }
  }
  return html;
}

void replace_all(std::string& text, std::string_view what, std::string_view with) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
    text.replace(at, what.size(), with);
}

/// JSON that can stand in an element of a script: nothing in it ends the element, or a line of JavaScript.
std::string inlined(std::string json) {
  replace_all(json, "<", "\\u003c");
  replace_all(json, "\u2028", "\\u2028");
  replace_all(json, "\u2029", "\\u2029");
  return json;
}

/// The rows that stand in the page without a script: of a long table by region those of the whole.
std::vector<std::vector<ReportCell> const*> static_rows(ReportFigure const& figure) {
  constexpr std::size_t long_table = 60;
  auto const found = std::ranges::find(figure.columns, "region", &ReportColumn::name);
  auto const region = static_cast<std::size_t>(found - figure.columns.begin());
  auto const is_whole = [&](std::vector<ReportCell> const& cells) {
    auto const* const code = std::get_if<std::string>(&cells[region]);
    return code != nullptr && code->empty();
  };
  bool const has_whole = found != figure.columns.end() && std::ranges::any_of(figure.rows, is_whole);
  bool const whole_alone = has_whole && figure.rows.size() > long_table;
  std::vector<std::vector<ReportCell> const*> rows;
  for (auto const& cells : figure.rows)
    if (rows.size() < most_rows && (!whole_alone || is_whole(cells))) rows.push_back(&cells);
  return rows;
}

/// How many columns lead a row: names and years before its first number. One at least is no name.
std::size_t leading_columns(ReportFigure const& figure) {
  std::size_t leading = 0;
  while (leading + 1 < figure.columns.size() &&
         (figure.columns[leading].unit == ReportUnit::text || figure.columns[leading].name == "year"))
    ++leading;
  return leading;
}

class PageWriter {
 public:
  PageWriter(ReportDocument const& document, std::string const& studio)
      : document_{document}, studio_{studio}, language_{document.language} {}
  std::string write();

 private:
  [[nodiscard]] std::string in(ReportText const& text) const { return escaped(text.in(language_)); }
  [[nodiscard]] std::string word(char const* key) const { return page_words().at(key).in(language_); }
  void paragraph(std::string_view of, ReportText const& text, std::string const& before = {});
  void head();
  void about();
  void links();
  void section(ReportSection const& section);
  void figure(ReportFigure const& figure);
  void table(ReportFigure const& figure);
  [[nodiscard]] std::string cell(ReportFigure const& figure, std::vector<ReportCell> const& cells, std::size_t i) const;

  ReportDocument const& document_;
  std::string const& studio_;
  std::string language_;
  std::string html_;
};

void PageWriter::paragraph(std::string_view of, ReportText const& text, std::string const& before) {
  if (!text.empty()) html_ += fmt::format("<p class=\"{}\">{}{}</p>\n", of, escaped(before), in(text));
}

std::string PageWriter::cell(ReportFigure const& figure, std::vector<ReportCell> const& cells, std::size_t i) const {
  ReportColumn const& column = figure.columns[i];
  auto const labels = figure.labels.find(column.name);
  std::string const text =
      cell_words(cells[i], column, labels == figure.labels.end() ? nullptr : &labels->second, language_);
  return escaped(column.name == "region" && text.empty() ? word("whole") : text);
}

void PageWriter::table(ReportFigure const& figure) {
  html_ +=
      fmt::format("<details class=\"table\" open><summary>{}</summary>\n<table>\n<thead><tr>", escaped(word("table")));
  // The ends of cells and rows, which HTML lets be left out, would be a twentieth of the page.
  std::size_t const leading = leading_columns(figure);
  for (std::size_t i = 0; i < figure.columns.size(); ++i) {
    bool const is_number = i >= leading && figure.columns[i].unit != ReportUnit::text;
    html_ += fmt::format("<th{}>{}", is_number ? " class=\"number\"" : "", in(figure.columns[i].label));
  }
  html_ += "</thead>\n<tbody>\n";
  auto const written = static_rows(figure);
  std::size_t const shown = written.size();
  // What leads several rows stands once, and beside all of them.
  auto const begin_alike = [&](std::size_t a, std::size_t b, std::size_t count) {
    return std::equal(written[a]->begin(), written[a]->begin() + static_cast<std::ptrdiff_t>(count),
                      written[b]->begin());
  };
  for (std::size_t r = 0; r < shown; ++r) {
    html_ += "<tr>";
    for (std::size_t i = 0; i < figure.columns.size(); ++i) {
      std::string const text = cell(figure, *written[r], i);
      if (i >= leading) {
        html_ += fmt::format("<td{}>{}", figure.columns[i].unit == ReportUnit::text ? " class=\"text\"" : "", text);
        continue;
      }
      if (r > 0 && begin_alike(r - 1, r, i + 1)) continue;
      std::size_t end = r + 1;
      while (end < shown && begin_alike(r, end, i + 1)) ++end;
      html_ += end == r + 1 ? fmt::format("<th>{}", text) : fmt::format("<th rowspan=\"{}\">{}", end - r, text);
    }
    html_ += '\n';
  }
  html_ += "</tbody>\n</table>\n";
  if (shown < figure.rows.size())
    html_ += fmt::format("<p class=\"note\">{}</p>\n",
                         escaped(fmt::format(fmt::runtime(word("not_shown")), shown, figure.rows.size())));
  if (figure.held_back > 0)
    html_ += fmt::format("<p class=\"note\">{}</p>\n",
                         escaped(fmt::format(fmt::runtime(word("held_back")), figure.held_back)));
  html_ += "</details>\n";
}

void PageWriter::figure(ReportFigure const& figure) {
  html_ += fmt::format("<figure id=\"{}\" data-kind=\"{}\">\n<figcaption>{}</figcaption>\n", escaped(figure.id),
                       escaped(figure.kind), in(figure.title));
  paragraph("sentence", figure.sentence);
  if (figure.evidence == "assumed") html_ += fmt::format("<p class=\"evidence\">{}</p>\n", escaped(word("assumed")));
  html_ += "<div class=\"drawing\" hidden></div>\n";
  if (!figure.columns.empty()) table(figure);
  paragraph("note", figure.note);
  paragraph("definition", figure.definition, word("definition") + ": ");
  paragraph("source", figure.source, word("source") + ": ");
  html_ += "</figure>\n";
}

/// Between bar and main part, where the script leaves them alone.
void PageWriter::links() {
  if (document_.links.empty()) return;
  html_ += fmt::format("<nav class=\"links\" aria-label=\"{}\"><ul>\n", in(document_.title));
  for (ReportLink const& link : document_.links)
    html_ += fmt::format("<li><a href=\"{}\">{}</a></li>\n", escaped(link.path), in(link.label));
  html_ += "</ul></nav>\n";
}

void PageWriter::section(ReportSection const& section) {
  html_ += fmt::format("<section id=\"{}\">\n<h2>{}</h2>\n", escaped(section.id), in(section.heading));
  paragraph("intro", section.intro);
  for (ReportFigure const& one : section.figures) figure(one);
  html_ += "</section>\n";
}

/// What each scenario changes, and for whom: a reader must know that before any number.
void PageWriter::about() {
  if (document_.about.empty()) return;
  html_ += fmt::format("<section class=\"about\" id=\"about\">\n<h2>{}</h2>\n", escaped(word("about")));
  for (ReportAbout const& one : document_.about) {
    auto const scenario = std::ranges::find(document_.scenarios, one.scenario, &ReportScenario::name);
    std::string const title = scenario == document_.scenarios.end() ? escaped(one.scenario) : in(scenario->label);
    html_ += fmt::format("<h3>{}: {}</h3>\n<dl>\n", title, in(one.label));
    for (auto const& fact : one.facts) html_ += fmt::format("<dt>{}</dt><dd>{}</dd>\n", in(fact.what), in(fact.text));
    html_ += "</dl>\n";
  }
  html_ += "</section>\n";
}

void PageWriter::head() {
  html_ += fmt::format("<h1>{}</h1>\n", in(document_.title));
  if (!document_.notices.empty()) {
    html_ += fmt::format("<aside class=\"notices\" aria-label=\"{}\">\n", escaped(word("notices")));
    for (ReportNotice const& one : document_.notices) paragraph("notice " + one.kind, one.text);
    html_ += "</aside>\n";
  }
  html_ += "<div class=\"lead\">\n";
  for (ReportText const& sentence : document_.lead) html_ += fmt::format("<p>{}</p>\n", in(sentence));
  html_ += "</div>\n";
  about();
}

std::string PageWriter::write() {
  html_ = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n<style>",
      language_, studio_.empty() ? policy : policy_of_server, in(document_.title));
  html_ += page_style();
  html_ += fmt::format(
      "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">{}</a>\n<header class=\"bar\"></header>\n",
      escaped(word("skip")));
  links();
  html_ += "<main id=\"main\">\n";
  head();
  for (ReportSection const& one : document_.sections) section(one);
  html_ += "</main>\n<script type=\"application/json\" id=\"utvei-report\">";
  html_ += inlined(packed(document_json(document_)).dump());
  if (!studio_.empty()) {
    html_ += "</script>\n<script type=\"application/json\" id=\"utvei-studio\">";
    html_ += inlined(studio_);
    html_ += "</script>\n<script>";
    html_ += studio_script();
  }
  html_ += "</script>\n<script>";
  html_ += page_script();
  html_ += "</script>\n</body>\n</html>\n";
  return std::move(html_);
}

}  // namespace

std::string report_html(ReportDocument const& document, std::string const& studio) {
  return PageWriter{document, studio}.write();
}

}  // namespace utvei
