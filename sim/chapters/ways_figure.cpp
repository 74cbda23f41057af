// SPDX-License-Identifier: Apache-2.0
#include "parts.hpp"

#include <algorithm>
#include <cstdlib>

namespace utvei {
namespace {

constexpr std::string_view before_step = ": ";

std::string way_of(std::string const& step) {
  return step.substr(0, step.find(before_step));
}

/// 2 of `NAME: 2 work`.
int place_along_way(std::string const& step) {
  return std::atoi(step.c_str() + step.find(before_step) + before_step.size());
}

ReportText way_label(Contents const& contents, std::size_t scenario, std::string const& way) {
  auto const& names = contents.comparison().pathways[scenario].names;
  auto const found = std::ranges::find(names, "ways." + way, &StateInfo::name);
  if (found == names.end()) return same_in_all(way);
  return in_three([&](std::string_view language) { return label_of(*found, language); });
}

/// `2. Arbeid`; a step of several states has them with a stroke between.
ReportText step_label(Contents const& contents, std::string const& step) {
  std::string const rest = step.substr(step.find(before_step) + before_step.size());
  std::string const names = rest.substr(rest.find(' ') + 1);
  ReportText states;
  for (std::size_t begin = 0; begin <= names.size();) {
    std::size_t const end = std::min(names.find('+', begin), names.size());
    states = followed_by(states, contents.state(names.substr(begin, end - begin)), " / ");
    begin = end + 1;
  }
  return said({"{0}. {1}", "{0}. {1}", "{0}. {1}"}, place_along_way(step), states);
}

void add_steps(Contents const& contents, std::size_t scenario, double ComparisonRow::*side, std::string const& name,
               ReportFigure& figure) {
  ComparisonRow const* before = nullptr;
  for (ComparisonRow const* const row : contents.rows(scenario, "way_people", false)) {
    bool const goes_on = before != nullptr && way_of(before->state) == way_of(row->state) &&
                         place_along_way(before->state) + 1 == place_along_way(row->state);
    bool const has_share = goes_on && before->*side > 0;
    figure.rows.push_back({name, way_of(row->state), row->state, row->*side,
                           has_share ? ReportCell{row->*side / before->*side} : ReportCell{}});
    figure.labels["way"][way_of(row->state)] = way_label(contents, scenario, way_of(row->state));
    figure.labels["step"][row->state] = step_label(contents, row->state);
    before = row;
  }
}

/// How many come to the end of each way.
ReportText ends_sentence(Contents const& contents, std::size_t scenario) {
  auto const rows = contents.rows(scenario, "way_people", false);
  ReportText text;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    bool const is_last = i + 1 == rows.size() || way_of(rows[i + 1]->state) != way_of(rows[i]->state);
    if (!is_last) continue;
    text = followed_by(text, said({"{0}: {1} kommer til siste steg, mot {2} i nullalternativet.",
                                   "{0}: {1} kjem til siste steg, mot {2} i nullalternativet.",
                                   "{0}: {1} come to the last step, against {2} in the zero alternative."},
                                  way_label(contents, scenario, way_of(rows[i]->state)), amount(rows[i]->value),
                                  amount(rows[i]->baseline)));
  }
  return text.empty() ? text : followed_by(said({"{}.", "{}.", "{}."}, contents.title(scenario)), text);
}

}  // namespace

ReportFigure ways_figure(Contents const& contents) {
  ReportFigure figure;
  figure.id = "ways";
  figure.kind = "table";
  figure.title = said({"Hvor mange som kommer gjennom, steg for steg", "Kor mange som kjem gjennom, steg for steg",
                       "How many come through, step by step"});
  figure.columns = {
      scenario_column(),
      {"way", said({"Vei", "Veg", "Way"}), ReportUnit::text},
      {"step", said({"Steg", "Steg", "Step"}), ReportUnit::text},
      {"people", said({"Personer", "Personar", "People"}), ReportUnit::number, 0},
      {"share", said({"Av forrige steg", "Av førre steg", "Of the step before"}), ReportUnit::percent, 1}};
  for (std::size_t i = 0; i < contents.scenarios(); ++i) {
    if (i == 0) add_steps(contents, i, &ComparisonRow::baseline, contents.comparison().baseline, figure);
    add_steps(contents, i, &ComparisonRow::value, contents.name(i), figure);
    figure.sentence = followed_by(figure.sentence, ends_sentence(contents, i));
  }
  figure.definition = said(
      {"Alle går en vei én gang, fra første gang de er ved det første steget. Bare de som følges så lenge som "
       "fristen er, er med.",
       "Alle går ein veg éin gong, frå første gong dei er ved det første steget. Berre dei som blir følgde så lenge "
       "som fristen er, er med.",
       "Everybody takes a way once, from the first time that they are at its first step. Only who is followed as "
       "long as the way may take is counted."});
  figure.source = contents.source();
  figure.labels["scenario"] = contents.scenario_labels();
  return figure;
}

}  // namespace utvei
