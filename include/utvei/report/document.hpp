// SPDX-License-Identifier: Apache-2.0
// A report before it is a page: what it says, in values. docs/formats/report.md.
#pragma once

#include <utvei/report/text.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <nlohmann/json.hpp>

namespace utvei {

/// A cell of a figure's table. Nothing: held back, or not known.
using ReportCell = std::variant<std::monostate, double, std::string>;

enum class ReportUnit : std::uint8_t { integer, number, text, percent, kroner, years, days };
std::string_view name_of(ReportUnit unit);

struct ReportColumn {
  std::string name;  ///< as the script knows it
  ReportText label;
  ReportUnit unit{ReportUnit::number};  ///< percent: a share from 0 to 1
  int decimals{0};
};

/// A picture with its table. The picture is drawn of the table's rows alone.
struct ReportFigure {
  std::string id, kind;
  ReportText title, sentence;
  ReportText definition{}, source{}, note{};
  std::string evidence{};  ///< assumed, or empty
  std::vector<ReportColumn> columns{};
  std::vector<std::vector<ReportCell>> rows{};
  std::size_t held_back{0};
  /// What raw names in cells are called, by column.
  std::map<std::string, std::map<std::string, ReportText>> labels{};
  std::map<std::string, ReportText> sentences{};                      ///< by region
  std::optional<int> from_year{};                                     ///< in which the first of what is changed begins
  nlohmann::ordered_json options = nlohmann::ordered_json::object();  ///< of the kind
};

struct ReportSection {
  std::string id;
  ReportText heading;
  ReportText intro{};
  std::vector<ReportFigure> figures{};
};

struct ReportScenario {
  std::string name;
  ReportText label;
};

/// What a reader must know of all numbers before the first of them.
struct ReportNotice {
  std::string kind;  ///< a class of data, or `unverified`
  ReportText text;
};

/// What a scenario changes, in plain words: a measure, or a change of rates.
struct ReportAbout {
  struct Fact {
    ReportText what, text;  ///< for whom: …
  };
  std::string scenario, name;
  ReportText label;
  std::vector<Fact> facts;
};

struct ReportRegion {
  std::string code, name, level, parent;
};

/// Of which there are no numbers, in a region of which there are.
struct ReportMunicipality {
  std::string code, name, region;
};

struct ReportState {
  std::string name;
  ReportText label;
  std::string group;
};

struct ReportParagraph {
  ReportText text;
  std::map<std::string, ReportText> by_region{};  ///< in place of `text`, where a place's numbers can be told
};

/// A part of a plan chapter.
struct ReportChapter {
  std::string id;
  ReportText heading;
  std::vector<ReportParagraph> paragraphs{};
  std::vector<std::string> figures{};  ///< ids
};

struct ReportInput {
  std::string path, sha256;
};

/// How to make the report again.
struct ReportReproduction {
  std::vector<std::string> commands;
  std::uint32_t seed{0};
  std::vector<ReportInput> inputs;
  std::string version;
};

/// Another page that belongs to this one, by its path beside it.
struct ReportLink {
  std::string path;
  ReportText label;
};

struct ReportDocument {
  ReportText title;
  std::vector<ReportNotice> notices;
  std::vector<ReportText> lead;
  /// In place of those of `lead`, one for each; empty where there is none of the place alone.
  std::map<std::string, std::vector<ReportText>> lead_by_region;
  std::vector<ReportAbout> about;
  std::string language{"nb"};  ///< that the page begins in
  std::string data_class;
  std::vector<ReportScenario> scenarios;  ///< the baseline first
  std::vector<ReportRegion> regions;
  std::string region_kind{};  ///< municipality, county, mixed or other; empty: places are not told apart
  std::vector<ReportMunicipality> municipalities{};
  std::vector<ReportState> states;
  std::vector<ReportSection> sections;
  std::vector<ReportChapter> plan;
  ReportReproduction reproduction;
  std::vector<ReportLink> links{};
};

/// What every page says beside the document, by key.
std::map<std::string, ReportText> const& page_words();

/// How a cell reads, in `language`. `labels`: what raw names of its column are called.
std::string cell_words(ReportCell const& cell, ReportColumn const& column,
                       std::map<std::string, ReportText> const* labels, std::string_view language);

/// Where a document says something in one language and not in another, by place. Empty: it is complete.
std::vector<std::string> untranslated(ReportDocument const& document);

}  // namespace utvei
