// SPDX-License-Identifier: Apache-2.0
#include "own_measures.hpp"
#include "parts.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

namespace utvei {
namespace {

struct Move {
  std::string from, to;
};

Move move_of(ComparisonRow const& row) {
  constexpr std::string_view arrow = " -> ";
  auto const at = row.state.find(arrow);
  if (at == std::string::npos) return {row.state, row.state};
  return {row.state.substr(0, at), row.state.substr(at + arrow.size())};
}

/// From where people learn or work to where they do neither.
bool is_risky(Contents const& contents, Move const& move) {
  return contents.group_of(move.from) != "outside" && contents.group_of(move.to) == "outside";
}

void add_moves(Contents const& contents, std::size_t scenario, bool of_baseline, ReportFigure& figure) {
  for (ComparisonRow const* const row : contents.rows(scenario, "transitions", false)) {
    double const people = of_baseline ? row->baseline : row->value;
    if (people <= 0) continue;
    Move const move = move_of(*row);
    figure.rows.push_back({of_baseline ? contents.comparison().baseline : contents.name(scenario), "0 " + move.from,
                           "1 " + move.to, people, is_risky(contents, move) ? 1.0 : 0.0});
  }
}

/// The way that most more, or fewer, go; and how many go out of work and education.
ReportText moves_sentence(Contents const& contents, std::size_t scenario) {
  ComparisonRow const* most = nullptr;
  double risky = 0;
  double risky_before = 0;
  for (ComparisonRow const* const row : contents.rows(scenario, "transitions", false)) {
    if (most == nullptr || std::abs(row->difference) > std::abs(most->difference)) most = row;
    if (!is_risky(contents, move_of(*row))) continue;
    risky += row->value;
    risky_before += row->baseline;
  }
  if (most == nullptr) return {};
  Saying const more{"{0}: størst forskjell er det på veien {1}: {2} flere, {3} med endringen og {4} uten{5}.",
                    "{0}: størst skilnad er det på vegen {1}: {2} fleire, {3} med endringa og {4} utan{5}.",
                    "{0}: the largest difference is on the way {1}: {2} more, {3} with the change and {4} without{5}."};
  Saying const fewer{
      "{0}: størst forskjell er det på veien {1}: {2} færre, {3} med endringen og {4} uten{5}.",
      "{0}: størst skilnad er det på vegen {1}: {2} færre, {3} med endringa og {4} utan{5}.",
      "{0}: the largest difference is on the way {1}: {2} fewer, {3} with the change and {4} without{5}."};
  TwoAmounts const both = amounts_of(*most);
  ReportText text =
      said(most->difference >= 0 ? more : fewer, contents.title(scenario), inside(contents.transition(most->state)),
           amount(std::abs(most->difference)), both.value, both.baseline, both.rounded);
  text = followed_by(text, only_measure_on(contents, scenario, most->state));
  if (risky_before > 0)
    text =
        followed_by(text, said({"Overganger fra arbeid eller utdanning og ut av begge: {0} med endringen og {1} uten.",
                                "Overgangar frå arbeid eller utdanning og ut av begge: {0} med endringa og {1} utan.",
                                "Moves from work or education to outside both: {0} with the change and {1} without."},
                               amount(risky), amount(risky_before)));
  return text;
}

/// Two columns: where people come from, and where they go.
void add_nodes(Contents const& contents, ReportFigure& figure) {
  auto nodes = nlohmann::ordered_json::array();
  for (StateInfo const& state : contents.baseline().states)
    for (int const column : {0, 1}) {
      std::string const id = fmt::format("{} {}", column, state.name);
      ReportText const label = contents.state(state.name);
      nodes.push_back({{"id", id},
                       {"state", state.name},
                       {"column", column},
                       {"label", {{"nb", label.nb}, {"nn", label.nn}, {"en", label.en}}}});
      figure.labels[column == 0 ? "from" : "to"][id] = label;
    }
  figure.options["nodes"] = std::move(nodes);
  figure.options["columns"] = {{{"nb", "Fra"}, {"nn", "Frå"}, {"en", "From"}},
                               {{"nb", "Til"}, {"nn", "Til"}, {"en", "To"}}};
}

}  // namespace

ReportSection flows_section(Contents const& contents, LeftOutParts& left_out) {
  ReportSection section{
      "flows", said({"Hvem som går hvilken vei", "Kven som går kva veg", "Who goes which way"}), {}, {}};
  ReportFigure figure;
  figure.id = "moves";
  figure.kind = "sankey";
  figure.title = said({"Alle overganger mellom tilstander i {}", "Alle overgangar mellom tilstandar i {}",
                       "All moves between states in {}"},
                      contents.period());
  figure.columns = {
      scenario_column(),
      {"from", said({"Fra", "Frå", "From"}), ReportUnit::text},
      {"to", said({"Til", "Til", "To"}), ReportUnit::text},
      {"people", said({"Overganger", "Overgangar", "Moves"}), ReportUnit::number, 1},
      {"risky", said({"Ut av arbeid og utdanning", "Ut av arbeid og utdanning", "Out of work and education"}),
       ReportUnit::integer}};
  for (std::size_t i = 0; i < contents.scenarios(); ++i) {
    if (i == 0) add_moves(contents, i, true, figure);
    add_moves(contents, i, false, figure);
    figure.sentence = followed_by(figure.sentence, moves_sentence(contents, i));
  }
  if (figure.rows.empty() || figure.sentence.empty()) {
    left_out.push_back({section.heading,
                        said({"Resultatene har ingen tabell over overganger som kan vises.",
                              "Resultata har ingen tabell over overgangar som kan visast.",
                              "The results have no table of transitions that may be shown."}),
                        "utvei run …"});
    return section;
  }
  figure.definition = said({"Overganger i {}, i hele perioden. Den som går samme vei to ganger, telles to ganger.",
                            "Overgangar i {}, i heile perioden. Den som går same vegen to gonger, er talt to gonger.",
                            "Moves in {}, over the whole period. Who goes the same way twice is counted twice."},
                           contents.period());
  figure.source = contents.source();
  figure.labels["scenario"] = contents.scenario_labels();
  add_nodes(contents, figure);
  section.figures.push_back(std::move(figure));
  return section;
}

}  // namespace utvei
