// SPDX-License-Identifier: Apache-2.0
#include "plan_words.hpp"

#include <utvei/results/evidence.hpp>

#include <algorithm>
#include <array>

namespace utvei {
namespace {

constexpr std::array<char const*, band_shares.size()> levels_of_band{"50", "80", "95"};

ReportCell cell_or_none(std::optional<double> const& number) {
  return number ? ReportCell{*number} : ReportCell{};
}

ReportCell verdict_cell(PlanVerdict verdict) {
  return verdict == PlanVerdict::none ? ReportCell{} : ReportCell{std::string{name_of(verdict)}};
}

std::map<std::string, ReportText> verdict_labels() {
  return {{"inside", {"som ventet", "som venta", "as expected"}},
          {"below", {"under", "under", "below"}},
          {"above", {"over", "over", "above"}}};
}

void add_band_columns(ReportFigure& figure, ReportUnit unit, std::size_t first, int decimals) {
  figure.columns.push_back({"expected", {"Ventet", "Venta", "Expected"}, unit, decimals});
  for (std::size_t b = first; b < band_shares.size(); ++b) {
    ReportText const level = same_in_all(levels_of_band[b]);
    figure.columns.push_back({fmt::format("low_{}", levels_of_band[b]),
                              plan_said("{} %, fra", "{} %, frå", "{} %, from", level), unit, decimals});
    figure.columns.push_back({fmt::format("high_{}", levels_of_band[b]),
                              plan_said("{} %, til", "{} %, til", "{} %, to", level), unit, decimals});
  }
  figure.columns.push_back({"actual", {"Faktisk", "Faktisk", "Actual"}, unit, decimals});
  figure.columns.push_back({"verdict", {"Vurdering", "Vurdering", "Verdict"}, ReportUnit::text});
  figure.labels["verdict"] = verdict_labels();
}

void add_band_cells(std::vector<ReportCell>& cells, std::optional<PredictionBand> const& band, std::size_t first) {
  cells.push_back(band ? ReportCell{band->mean} : ReportCell{});
  for (std::size_t b = first; b < band_shares.size(); ++b) {
    bool const is_there = band && band->within[b];
    cells.push_back(is_there ? ReportCell{band->within[b]->first} : ReportCell{});
    cells.push_back(is_there ? ReportCell{band->within[b]->second} : ReportCell{});
  }
}

/// Of what is measured on people's lives after a measure has done something to them.
bool rests_on_effect(PlanIndicator const& indicator) {
  return indicator.step == PlanStep::none || indicator.step == PlanStep::in_work;
}

ReportText responsible(FollowPlan const& plan, PlanIndicator const& indicator) {
  auto const actor = std::ranges::find(plan.actors, indicator.actor, &PlanActor::name);
  ReportText label = actor == plan.actors.end() ? same_in_all(indicator.actor) : actor->label;
  if (actor == plan.actors.end() || actor->contact.empty()) return label;
  return plan_said("{} ({})", "{} ({})", "{} ({})", label, same_in_all(actor->contact));
}

void tell_years_in_part(std::vector<int> const& years, ReportFigure& figure) {
  if (!years.empty()) figure.options["partial_years"] = years;
}

ReportFigure path_figure(FollowedPlan const& followed, std::size_t number) {
  PlanIndicator const& indicator = followed.plan.indicators[number];
  bool const has_baseline = followed.plan.baseline && indicator.step == PlanStep::none;
  ReportFigure figure;
  figure.id = "path-" + indicator.name;
  figure.kind = "plan_path";
  figure.title = indicator.label;
  figure.definition = definition_of(followed, indicator);
  if (rests_on_effect(indicator) && !followed.assumed.empty()) figure.evidence = "assumed";
  figure.columns = {{"indicator", {"Indikator", "Indikator", "Indicator"}, ReportUnit::text},
                    {"year", {"År", "År", "Year"}, ReportUnit::integer}};
  add_band_columns(figure, ReportUnit::number, band_of_50, 1);
  if (has_baseline)
    figure.columns.push_back(
        {"without", {"Ventet uten planen", "Venta utan planen", "Expected without the plan"}, ReportUnit::number, 1});
  figure.labels["indicator"][indicator.name] = indicator.label;
  std::vector<int> in_part;
  for (FollowedFigure const& at : followed.figures) {
    if (at.indicator != number) continue;
    if (at.is_part_of_run) in_part.push_back(at.year);
    std::vector<ReportCell> cells{indicator.name, static_cast<double>(at.year)};
    add_band_cells(cells, at.expected, band_of_50);
    cells.push_back(cell_or_none(at.actual));
    cells.push_back(verdict_cell(at.verdict));
    if (has_baseline) cells.push_back(cell_or_none(at.without));
    figure.rows.push_back(std::move(cells));
  }
  figure.sentence =
      plan_said("Ansvarlig: {}.", "Ansvarleg: {}.", "Responsible: {}.", responsible(followed.plan, indicator));
  for (FollowedFigure const& at : followed.figures)
    if (at.indicator == number && at.actual)
      figure.sentence = plan_said("{} {}", "{} {}", "{} {}", figure.sentence, figure_sentence(followed, at));
  ReportText const unit = indicator.unit.empty() ? ReportText{"personer", "personar", "people"} : indicator.unit;
  if (indicator.step != PlanStep::none || !indicator.unit.empty())
    figure.options["unit"] = {{"nb", unit.nb}, {"nn", unit.nn}, {"en", unit.en}};
  tell_years_in_part(in_part, figure);
  return figure;
}

ReportFigure steps_figure(FollowedPlan const& followed, std::string const& measure) {
  ReportFigure figure;
  figure.id = "steps-" + measure;
  figure.kind = "steps";
  figure.title =
      plan_said("Ledd for ledd: {}", "Ledd for ledd: {}", "Step by step: {}", label_of_measure(followed, measure));
  figure.sentence = {"Hvert ledd er vurdert for seg: et ledd svikter ikke fordi det forrige gjorde det.",
                     "Kvart ledd er vurdert for seg: eit ledd sviktar ikkje fordi det førre gjorde det.",
                     "Each step is judged by itself: it does not slip because the one before did."};
  figure.definition = {
      "Ventet: hvor mange som etter planen skulle komme til leddet, gitt de faktiske tallene på leddet før, i samme år "
      "og "
      "tidligere (de som ikke er kjent, er som ventet). Båndet og vurderingen er på 95 %, og bygger på scenariets egne "
      "tall for hvem som blir funnet, hvor mange som takker ja, plasser og varighet. Det første leddet har ikke noe "
      "ledd før. Fra «ble funnet» til «fikk tilbud» vurderes ikke: modellen skiller ikke de to.",
      "Venta: kor mange som etter planen skulle kome til leddet, gitt dei faktiske tala på leddet før, i same år og "
      "tidlegare (dei som ikkje er kjende, er som venta). Bandet og vurderinga er på 95 %, og byggjer på tala i "
      "scenariet for kven som blir funne, kor mange som takkar ja, plassar og varigheit. Det første leddet har ikkje "
      "noko ledd før. Frå «vart funne» til «fekk tilbod» blir ikkje vurdert: modellen skil ikkje dei to.",
      "Expected: how many should come to the step by the plan, given the actual figures of the step before, of the "
      "same "
      "year and earlier (where not known, as expected). Band and verdict are of 95 %, and rest on what the scenario "
      "says "
      "of who is found, how many accept, places and how long the measure lasts. The first step has none before it. "
      "From "
      "“were found” to “were offered it” is not judged: the model does not tell the two apart."};
  figure.columns = {{"step", {"Ledd", "Ledd", "Step"}, ReportUnit::text},
                    {"year", {"År", "År", "Year"}, ReportUnit::integer}};
  add_band_columns(figure, ReportUnit::number, band_of_80, 1);
  for (FollowedStep const& step : followed.steps) {
    if (step.measure != measure) continue;
    std::vector<ReportCell> cells{std::string{name_of(step.step)}, static_cast<double>(step.year)};
    add_band_cells(cells, step.expected, band_of_80);
    cells.push_back(cell_or_none(step.actual));
    cells.push_back(verdict_cell(step.verdict));
    figure.rows.push_back(std::move(cells));
    figure.labels["step"][std::string{name_of(step.step)}] = label_of(step.step);
  }
  tell_years_in_part(years_in_part(followed), figure);
  return figure;
}

/// A figure for each measure of which the actor has a step.
ReportSection steps_section(FollowedPlan const& followed, std::string const& actor) {
  ReportSection section{"steps", {"Ledd for ledd", "Ledd for ledd", "Step by step"}, {}, {}};
  std::vector<std::string> seen;
  for (FollowedStep const& step : followed.steps) {
    bool const is_known = std::ranges::find(seen, step.measure) != seen.end();
    if (is_known || !is_step_of_actor(followed.plan, step, actor)) continue;
    seen.push_back(step.measure);
    section.figures.push_back(steps_figure(followed, step.measure));
  }
  return section;
}

void add_links(FollowPlan const& plan, std::string const& actor, ReportDocument& document) {
  if (!actor.empty()) document.links.push_back({"index.html", {"Hele planen", "Heile planen", "The whole plan"}});
  for (PlanActor const& each : plan.actors)
    if (each.name != actor) document.links.push_back({each.name + ".html", each.label});
}

/// That the numbers rest on no data.
void add_notice(ReportDocument& document) {
  ReportText const notice{made_up_notice(document.data_class, "nb"), made_up_notice(document.data_class, "nn"),
                          made_up_notice(document.data_class, "en")};
  if (!notice.en.empty()) document.notices.push_back({document.data_class, notice});
}

}  // namespace

ReportDocument plan_document(FollowedPlan const& followed, RunResult const& result, std::string const& actor) {
  FollowPlan const& plan = followed.plan;
  ReportDocument document;
  document.title = plan.label;
  for (PlanActor const& each : plan.actors)
    if (each.name == actor) document.title = plan_said("{} – {}", "{} – {}", "{} – {}", plan.label, each.label);
  document.lead = plan_sentences(followed, actor);
  document.data_class = followed.data_class;
  add_notice(document);
  document.scenarios.push_back({result.provenance.scenario_name, same_in_all(result.provenance.scenario_name)});
  for (StateInfo const& state : result.states)
    document.states.push_back(
        {state.name, {label_of(state, "nb"), label_of(state, "nn"), label_of(state, "en")}, state.group});
  ReportSection steps = steps_section(followed, actor);
  if (!steps.figures.empty()) document.sections.push_back(std::move(steps));
  ReportSection paths{"paths", {"Ventet og faktisk", "Venta og faktisk", "Expected and actual"}, {}, {}};
  for (std::size_t i = 0; i < plan.indicators.size(); ++i)
    if (is_of_actor(plan, i, actor)) paths.figures.push_back(path_figure(followed, i));
  if (!paths.figures.empty()) document.sections.push_back(std::move(paths));
  add_links(plan, actor, document);
  document.reproduction.seed = result.provenance.seed;
  document.reproduction.version = result.provenance.utvei_version;
  for (InputFile const& input : result.provenance.inputs)
    document.reproduction.inputs.push_back({input.path, input.sha256});
  return document;
}

}  // namespace utvei
