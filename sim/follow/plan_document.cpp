// SPDX-License-Identifier: Apache-2.0
#include "plan_words.hpp"

#include <algorithm>
#include <array>

namespace utvei {
namespace {

constexpr std::array<char const*, 3> levels_of_band{"50", "80", "95"};

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

void add_band_columns(ReportFigure& figure, ReportUnit unit, std::size_t first, std::size_t last, int decimals) {
  figure.columns.push_back({"expected", {"Ventet", "Venta", "Expected"}, unit, decimals});
  for (std::size_t b = first; b <= last; ++b) {
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

void add_band_cells(std::vector<ReportCell>& cells, PredictionBand const& band, std::size_t first, std::size_t last) {
  cells.emplace_back(band.mean);
  for (std::size_t b = first; b <= last; ++b) {
    cells.push_back(band.within[b] ? ReportCell{band.within[b]->first} : ReportCell{});
    cells.push_back(band.within[b] ? ReportCell{band.within[b]->second} : ReportCell{});
  }
}

ReportText definition_of(PlanIndicator const& indicator) {
  if (!indicator.outcome.empty())
    return plan_said("Regnet av {}.", "Rekna av {}.", "Counted by {}.", same_in_all(indicator.outcome));
  ReportText const measure = same_in_all(indicator.measure);
  switch (indicator.step) {
    case PlanStep::found:
    case PlanStep::offered:
      return plan_said(
          "Personer som tjenesten fant og tilbød {} i året. I modellen får alle som blir funnet, et tilbud.",
          "Personar som tenesta fann og baud {} i året. I modellen får alle som blir funne, eit tilbod.",
          "People whom the service found and offered {} in the year. In the model all who are found are "
          "offered it.",
          measure);
    case PlanStep::started:
      return plan_said("Personer som begynte i {} i året.", "Personar som byrja i {} i året.",
                       "People who began {} in the year.", measure);
    default:
      return plan_said("Personer hvis tid i {} var over i året; ikke de som sluttet før.",
                       "Personar som var ferdige med tida i {} i året; ikkje dei som slutta før.",
                       "People whose time in {} was over in the year; not those who left before.", measure);
  }
}

ReportFigure path_figure(FollowedPlan const& followed, std::size_t number) {
  PlanIndicator const& indicator = followed.plan.indicators[number];
  ReportFigure figure;
  figure.id = "path-" + indicator.name;
  figure.kind = "plan_path";
  figure.title = indicator.label;
  figure.definition = definition_of(indicator);
  figure.columns = {{"indicator", {"Indikator", "Indikator", "Indicator"}, ReportUnit::text},
                    {"year", {"År", "År", "Year"}, ReportUnit::integer}};
  add_band_columns(figure, ReportUnit::number, 0, 2, 1);
  figure.labels["indicator"][indicator.name] = indicator.label;
  for (FollowedFigure const& at : followed.figures) {
    if (at.indicator != number) continue;
    std::vector<ReportCell> cells{indicator.name, static_cast<double>(at.year)};
    add_band_cells(cells, at.expected, 0, 2);
    cells.push_back(cell_or_none(at.actual));
    cells.push_back(verdict_cell(at.verdict));
    figure.rows.push_back(std::move(cells));
  }
  auto const actor = std::ranges::find(followed.plan.actors, indicator.actor, &PlanActor::name);
  figure.sentence = plan_said("{}. Ansvarlig: {}.", "{}. Ansvarleg: {}.", "{}. Responsible: {}.", indicator.label,
                              actor == followed.plan.actors.end() ? same_in_all(indicator.actor) : actor->label);
  return figure;
}

ReportFigure steps_figure(FollowedPlan const& followed) {
  ReportFigure figure;
  figure.id = "steps";
  figure.kind = "steps";
  figure.title = {"Hvor stor del gikk videre til neste ledd", "Kor stor del gjekk vidare til neste ledd",
                  "What share went on to the next step"};
  figure.sentence = {"Hvert ledd er vurdert for seg: et ledd svikter ikke fordi det forrige gjorde det.",
                     "Kvart ledd er vurdert for seg: eit ledd sviktar ikkje fordi det førre gjorde det.",
                     "Each step is judged by itself: it does not slip because the one before did."};
  figure.definition = {"Tallet for leddet delt på tallet for leddet før, i samme år. Sviktet: under båndet på 95 %.",
                       "Talet for leddet delt på talet for leddet før, i same år. Svikta: under bandet på 95 %.",
                       "The figure of the step over that of the step before, in the same year. Slipped: below the band "
                       "of 95 %."};
  figure.columns = {{"measure", {"Tiltak", "Tiltak", "Measure"}, ReportUnit::text},
                    {"step", {"Ledd", "Ledd", "Step"}, ReportUnit::text},
                    {"year", {"År", "År", "Year"}, ReportUnit::integer}};
  add_band_columns(figure, ReportUnit::percent, 1, 2, 0);
  for (FollowedStep const& step : followed.steps) {
    std::vector<ReportCell> cells{step.measure, std::string{name_of(step.step)}, static_cast<double>(step.year)};
    add_band_cells(cells, step.expected, 1, 2);
    cells.push_back(cell_or_none(step.actual));
    cells.push_back(verdict_cell(step.verdict));
    figure.rows.push_back(std::move(cells));
    figure.labels["step"][std::string{name_of(step.step)}] = label_of(step.step);
  }
  return figure;
}

std::string csv_number(std::optional<double> const& number) {
  return number ? fmt::format("{:.10g}", *number) : std::string{};
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
  document.scenarios.push_back({result.provenance.scenario_name, same_in_all(result.provenance.scenario_name)});
  for (StateInfo const& state : result.states)
    document.states.push_back(
        {state.name, {label_of(state, "nb"), label_of(state, "nn"), label_of(state, "en")}, state.group});
  ReportSection paths{"paths", {"Ventet og faktisk", "Venta og faktisk", "Expected and actual"}, {}, {}};
  for (std::size_t i = 0; i < plan.indicators.size(); ++i)
    if (actor.empty() || plan.indicators[i].actor == actor) paths.figures.push_back(path_figure(followed, i));
  document.sections.push_back(std::move(paths));
  if (!followed.steps.empty())
    document.sections.push_back(
        {"steps", {"Ledd for ledd", "Ledd for ledd", "Step by step"}, {}, {steps_figure(followed)}});
  document.reproduction.seed = result.provenance.seed;
  document.reproduction.version = result.provenance.utvei_version;
  for (InputFile const& input : result.provenance.inputs)
    document.reproduction.inputs.push_back({input.path, input.sha256});
  return document;
}

std::string plan_csv(FollowedPlan const& followed) {
  std::string csv =
      "indicator,actor,measure,step,year,expected,low_50,high_50,low_80,high_80,low_95,high_95,actual,partial,verdict,"
      "outside_95\n";
  for (FollowedFigure const& at : followed.figures) {
    PlanIndicator const& indicator = followed.plan.indicators[at.indicator];
    csv += fmt::format("{},{},{},{},{},{:.10g}", indicator.name, indicator.actor, indicator.measure,
                       name_of(indicator.step), at.year, at.expected.mean);
    for (auto const& band : at.expected.within)
      csv += band ? fmt::format(",{:.10g},{:.10g}", band->first, band->second) : std::string{",,"};
    csv += fmt::format(",{},{},{},{}\n", csv_number(at.actual), at.is_partial ? 1 : 0, name_of(at.verdict),
                       at.is_outside_95 ? 1 : 0);
  }
  return csv;
}

}  // namespace utvei
