// SPDX-License-Identifier: Apache-2.0
#include "batch_parts.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace utvei {
namespace {

/// What parts of other reports know of results, without scenarios.
Comparison frame_of(RunResult const& baseline) {
  Comparison frame;
  frame.baseline = baseline.provenance.scenario_name;
  frame.baseline_label = scenario_label(baseline);
  frame.weight = static_cast<double>(baseline.provenance.weight);
  frame.data_class = baseline.provenance.data_class;
  frame.states = baseline.states;
  frame.baseline_measures = baseline.measures;
  frame.region_names = baseline.region_names;
  for (Table const& table : baseline.tables)
    for (Dimension const& axis : table.dimensions) {
      if (axis.name == "draw") frame.draws = std::max(frame.draws, axis.labels.size());
      if (axis.name == "replicate") frame.replicates = std::max(frame.replicates, axis.labels.size());
    }
  return frame;
}

ToldScenario const& baseline_in(BatchMaterial const& material) {
  return *std::ranges::find_if(material.scenarios, &ToldScenario::is_baseline);
}

std::size_t with_numbers(BatchMaterial const& material) {
  auto const count = std::ranges::count_if(
      material.scenarios, [](ToldScenario const& one) { return !one.is_baseline && one.missing.empty(); });
  return static_cast<std::size_t>(count);
}

/// `plasser: 0, 40, 80`
ReportText axis_in_words(ToldAxis const& axis) {
  constexpr std::size_t most_named = 12;
  ReportText values;
  for (std::size_t i = 0; i < std::min(axis.values.size(), most_named); ++i)
    values = followed_by(values, value_words(axis.values[i]), i > 0 ? "; " : "");
  if (axis.values.size() > most_named) values = followed_by(values, same_in_all("…"));
  return values;
}

std::vector<ReportText> batch_lead(BatchMaterial const& material) {
  std::size_t const others = with_numbers(material);
  ReportText const how_many =
      counted(others,
              {"Ett scenario er stilt opp mot nullalternativet.", "Eitt scenario er stilt opp mot nullalternativet.",
               "One scenario is set against the zero alternative."},
              {"{} scenarioer er stilt opp mot nullalternativet.", "{} scenario er stilte opp mot nullalternativet.",
               "{} scenarios are set against the zero alternative."});
  std::vector<ReportText> lead{followed_by(how_many, best_sentence(material, 0))};
  for (ReportText const& more : {sure_sentence(material, 0), axis_sentence(material, 0)})
    if (!more.empty()) lead.push_back(more);
  if (lead.size() == 1) lead.push_back(batch_interval_words(material));
  return lead;
}

/// Which scenarios are compared with which, before any number.
ReportAbout about_batch(BatchMaterial const& material) {
  ReportAbout about{baseline_in(material).name, material.name, same_in_all(material.name), {}};
  about.facts.push_back({said({"Nullalternativet", "Nullalternativet", "The zero alternative"}),
                         title_in_batch(material, baseline_in(material))});
  for (ToldAxis const& axis : material.axes) about.facts.push_back({axis.label, axis_in_words(axis)});
  ReportText names;
  for (StateInfo const& measure : material.measures)
    names = followed_by(names, in_three([&](std::string_view language) { return label_of(measure, language); }), ", ");
  if (!names.empty()) about.facts.push_back({said({"Tiltak", "Tiltak", "Measures"}), names});
  return about;
}

void add_notices(BatchMaterial const& material, ReportDocument& document) {
  std::size_t const all = material.scenarios.size();
  std::size_t const missing = all - with_numbers(material) - 1;
  if (missing > 0)
    document.notices.push_back(
        {"missing", said({"{0} av {1} scenarioer er ikke med; tabellen «Scenarioene» sier hvilke og hvorfor.",
                          "{0} av {1} scenario er ikkje med; tabellen «Scenaria» seier kva for nokre og kvifor.",
                          "{0} of {1} scenarios are not here; the table “The scenarios” says which and why."},
                         missing, all)});
  if (material.made_otherwise > 0)
    document.notices.push_back(
        {"missing",
         said({"{0} av resultatene er ikke laget av det batchfila sier nå (forskjell i {1}): de står under navn "
               "og verdier som ikke er deres. Kjør batchen på nytt.",
               "{0} av resultata er ikkje laga av det batchfila seier no (skilnad i {1}): dei står under namn "
               "og verdiar som ikkje er deira. Køyr batchen på nytt.",
               "{0} of the results were not made of what the batch file says now (they differ in {1}): they "
               "stand under names and values that are not theirs. Run the batch again."},
              material.made_otherwise, fmt::format("{}", fmt::join(material.differs_in, ", ")))});
  if (!material.baseline_is_chosen)
    document.notices.push_back(
        {"missing",
         said({"Ingen er merket som nullalternativ: de andre er stilt opp mot «{}», som står først.",
               "Ingen er merkt som nullalternativ: dei andre er stilte opp mot «{}», som står først.",
               "None is marked as the zero alternative: the others are set against “{}”, which comes first."},
              title_in_batch(material, baseline_in(material)))});
}

std::vector<ReportSection> batch_sections(Contents const& contents, BatchMaterial const& material) {
  std::vector<ReportSection> sections{
      {"grid", said({"Scenarioene langs aksene", "Scenaria langs aksane", "The scenarios along the axes"})},
      {"ranking", said({"Hva som er best, og hva som betyr mest", "Kva som er best, og kva som betyr mest",
                        "What is best, and what matters most"})},
      {"scenarios", said({"Scenarioene, og hva de hviler på", "Scenaria, og kva dei kviler på",
                          "The scenarios, and what they rest on"})}};
  auto const axes = drawn_axes(material).axes;
  auto const is_drawn = [](ToldAxis const& axis) { return axis.values.size() > 1; };
  if (std::ranges::count_if(axes, is_drawn) > 1)
    sections[0].figures.push_back(grid_figure(contents, material, "batch_heat"));
  sections[0].figures.push_back(grid_figure(contents, material, "batch_curve"));
  sections[0].figures.push_back(batch_values_figure(material));
  sections[1].figures = {batch_ranking_figure(contents, material), batch_axes_figure(contents, material)};
  sections[2].figures = {batch_scenarios_figure(material), batch_assumed_figure(contents, material)};
  for (ReportSection& section : sections)
    std::erase_if(section.figures, [](ReportFigure const& figure) { return figure.rows.empty(); });
  std::erase_if(sections, [](ReportSection const& section) { return section.figures.empty(); });
  return sections;
}

std::vector<ReportChapter> batch_chapters(ReportDocument const& document) {
  std::vector<ReportChapter> parts;
  for (ReportSection const& section : document.sections) {
    ReportChapter& part = parts.emplace_back(ReportChapter{section.id, section.heading});
    for (ReportFigure const& figure : section.figures) {
      part.paragraphs.push_back({figure.sentence, {}});
      if (figure.kind != "table") part.figures.push_back(figure.id);
    }
  }
  if (!parts.empty()) {
    parts.front().paragraphs.clear();
    for (ReportText const& line : document.lead) parts.front().paragraphs.push_back({line, {}});
  }
  return parts;
}

}  // namespace

ReportDocument batch_report(BatchMaterial const& material) {
  Comparison const frame = frame_of(material.baseline.front());
  ReportMaterial of_baseline{material.baseline, frame};
  std::optional<ResultGate> gate;
  if (frame.data_class == "register" && !material.is_inside) {
    gate.emplace(std::vector<RunResult const*>{&material.baseline.front()});
    of_baseline.gate = &*gate;
  }
  Contents const contents{of_baseline};
  ReportDocument document;
  document.title =
      said({"{0}: {1} scenarioer mot «{2}»", "{0}: {1} scenario mot «{2}»", "{0}: {1} scenarios against “{2}”"},
           material.name, with_numbers(material), title_in_batch(material, baseline_in(material)));
  document.language = material.language;
  document.data_class = frame.data_class;
  document.notices = notices(contents, document.data_class);
  add_notices(material, document);
  document.lead = batch_lead(material);
  document.about.push_back(about_batch(material));
  // Others stand in the figures: of hundreds nobody picks one from a list.
  document.scenarios.push_back({baseline_in(material).name, title_in_batch(material, baseline_in(material))});
  for (StateInfo const& state : material.baseline.front().states)
    document.states.push_back({state.name, contents.state(state.name), state.group});
  document.sections = batch_sections(contents, material);
  document.plan = batch_chapters(document);
  Provenance const& provenance = material.baseline.front().provenance;
  document.reproduction = {material.commands, provenance.seed, {}, provenance.utvei_version};
  for (InputFile const& file : material.inputs) document.reproduction.inputs.push_back({file.path, file.sha256});
  return document;
}

}  // namespace utvei
