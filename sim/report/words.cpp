// SPDX-License-Identifier: Apache-2.0
#include <utvei/report/document.hpp>

#include <fmt/format.h>

namespace utvei {

std::map<std::string, ReportText> const& page_words() {
  static std::map<std::string, ReportText> const words{
      {"table", {"Tabell", "Tabell", "Table"}},
      {"figure", {"Figur", "Figur", "Figure"}},
      {"source", {"Kilde", "Kjelde", "Source"}},
      {"definition", {"Hva tallet er", "Kva talet er", "What the number is"}},
      {"assumed", {"Hviler på en forutsetning", "Kviler på ein føresetnad", "Rests on an assumption"}},
      {"held_back",
       {"Holdt tilbake av personvernhensyn: {}", "Halde tilbake av omsyn til personvern: {}",
        "Held back to protect people: {}"}},
      {"not_shown",
       {"De første {} av {} rader. Alle følger med i nedlastingen (CSV).",
        "Dei første {} av {} rader. Alle følgjer med i nedlastinga (CSV).",
        "The first {} of {} rows. All are in the download (CSV)."}},
      {"whole", {"Alle regioner", "Alle regionar", "All regions"}},
      {"about", {"Hva scenariene endrer", "Kva scenaria endrar", "What the scenarios change"}},
      {"notices", {"Om tallene", "Om tala", "About the numbers"}},
      {"skip", {"Hopp til innholdet", "Hopp til innhaldet", "Skip to the content"}},
      {"unknown", {"ikke kjent", "ikkje kjent", "not known"}},
  };
  return words;
}

namespace {

class TranslationCheck {
 public:
  void look_at(std::string const& place, ReportText const& text) {
    if (text.is_partial()) missing_.push_back(place);
  }
  /// Of what must say something.
  void expect(std::string const& place, ReportText const& text) {
    if (text.nb.empty() || text.nn.empty() || text.en.empty()) missing_.push_back(place);
  }
  void look_at(std::string const& section, ReportFigure const& figure) {
    std::string const place = section + "/" + figure.id;
    expect(place + ": title", figure.title);
    expect(place + ": sentence", figure.sentence);
    look_at(place + ": definition", figure.definition);
    look_at(place + ": source", figure.source);
    look_at(place + ": note", figure.note);
    for (ReportColumn const& column : figure.columns) expect(place + ": column " + column.name, column.label);
    for (auto const& [column, names] : figure.labels)
      for (auto const& [name, label] : names) expect(fmt::format("{}: label {}/{}", place, column, name), label);
    for (auto const& [region, sentence] : figure.sentences)
      expect(fmt::format("{}: sentence of {}", place, region), sentence);
  }
  std::vector<std::string> missing() { return std::move(missing_); }

 private:
  std::vector<std::string> missing_;
};

}  // namespace

std::vector<std::string> untranslated(ReportDocument const& document) {
  TranslationCheck check;
  check.expect("title", document.title);
  for (ReportText const& sentence : document.lead) check.expect("lead", sentence);
  for (ReportNotice const& notice : document.notices) check.expect("notice " + notice.kind, notice.text);
  for (auto const& [region, lead] : document.lead_by_region)
    for (ReportText const& sentence : lead) check.look_at("lead of " + region, sentence);
  for (ReportAbout const& about : document.about) {
    check.expect("about " + about.name, about.label);
    for (auto const& fact : about.facts) {
      check.expect("about " + about.name, fact.what);
      check.expect("about " + about.name, fact.text);
    }
  }
  for (ReportScenario const& scenario : document.scenarios) check.expect("scenario " + scenario.name, scenario.label);
  for (ReportState const& state : document.states) check.expect("state " + state.name, state.label);
  for (ReportSection const& section : document.sections) {
    check.expect(section.id + ": heading", section.heading);
    check.look_at(section.id + ": intro", section.intro);
    for (ReportFigure const& figure : section.figures) check.look_at(section.id, figure);
  }
  for (ReportLink const& link : document.links) check.expect("link " + link.path, link.label);
  for (ReportChapter const& part : document.plan) {
    check.expect("plan/" + part.id, part.heading);
    for (ReportParagraph const& paragraph : part.paragraphs) {
      check.expect("plan/" + part.id, paragraph.text);
      for (auto const& [region, text] : paragraph.by_region)
        check.expect(fmt::format("plan/{} of {}", part.id, region), text);
    }
  }
  return check.missing();
}

}  // namespace utvei
