// SPDX-License-Identifier: Apache-2.0
#include "batch_parts.hpp"

#include <utvei/results/input_words.hpp>

#include <algorithm>

namespace utvei {
namespace {

/// Rows of a figure: with more, a page would be too large to send by post.
constexpr std::size_t most_grid_rows = 3'000;

ReportColumn outcome_column() {
  return {"outcome", said({"Mål", "Mål", "Measure"}), ReportUnit::text};
}

/// Outcomes that there is room for; the first always.
std::size_t outcomes_shown(BatchMaterial const& material) {
  std::size_t const room = most_grid_rows / std::max<std::size_t>(1, material.scenarios.size());
  return std::clamp<std::size_t>(room, 1, material.outcomes.size());
}

void add_told_limits(std::optional<double> const& middle, std::optional<double> const& sd, std::size_t degrees,
                     std::vector<ReportCell>& cells) {
  for (int const level : {80, 95})
    for (double const sign : {-1.0, 1.0})
      cells.push_back(middle && sd ? ReportCell{*middle + sign * half_of_interval(*sd, level, degrees)} : ReportCell{});
}

/// What the script knows of axes and outcomes, and what figures share.
void add_shared(Contents const& contents, BatchMaterial const& material, ReportFigure& figure) {
  auto const text = [](ReportText const& one) {
    return nlohmann::ordered_json{{"nb", one.nb}, {"nn", one.nn}, {"en", one.en}};
  };
  figure.options["axes"] = nlohmann::ordered_json::array();
  for (ToldAxis const& axis : drawn_axes(material).axes)
    figure.options["axes"].push_back(
        {{"name", axis.name}, {"column", column_of(axis)}, {"label", text(axis.label)}, {"values", axis.values}});
  figure.options["outcomes"] = nlohmann::ordered_json::array();
  for (std::size_t i = 0; i < outcomes_shown(material); ++i) {
    ToldOutcome const& one = material.outcomes[i];
    auto const& better = one.outcome.better;
    figure.options["outcomes"].push_back(
        {{"name", one.outcome.asked.text},
         {"label", text(one.label)},
         {"unit", text(one.unit)},
         {"better", better ? nlohmann::ordered_json(*better == Better::more ? "more" : "less") : nullptr}});
    figure.labels["outcome"][one.outcome.asked.text] =
        said({"{0} ({1})", "{0} ({1})", "{0} ({1})"}, one.label, one.unit);
  }
  for (ToldScenario const& scenario : material.scenarios)
    figure.labels["scenario"][scenario.name] = title_in_batch(material, scenario);
  figure.source = contents.source();
  if (std::ranges::any_of(material.scenarios, &ToldScenario::is_assumed)) figure.evidence = "assumed";
  if (outcomes_shown(material) < material.outcomes.size())
    figure.note = said({"Siden rommer {0} av {1} mål; alle følger med i --format csv.",
                        "Sida rommar {0} av {1} mål; alle følgjer med i --format csv.",
                        "The page has room for {0} of {1} measures; all are in --format csv."},
                       outcomes_shown(material), material.outcomes.size());
}

/// Where a scenario without a result would lie: all other places without a number the batch leaves out.
void add_missing(DrawnAxes const& drawn, BatchMaterial const& material, ReportFigure& figure) {
  auto missing = nlohmann::ordered_json::array();
  for (std::size_t s = 0; s < material.scenarios.size(); ++s) {
    if (material.scenarios[s].missing.empty() || drawn.places[s].empty()) continue;
    auto& values = missing.emplace_back(nlohmann::ordered_json::array());
    for (std::size_t axis = 0; axis < drawn.axes.size(); ++axis)
      values.push_back(drawn.axes[axis].values[drawn.places[s][axis]]);
  }
  if (!missing.empty()) figure.options["missing"] = std::move(missing);
}

/// A sentence for each outcome that a reader may choose.
template <class Tell>
void add_sentences(BatchMaterial const& material, ReportFigure& figure, Tell const& tell) {
  for (std::size_t i = 0; i < outcomes_shown(material); ++i) {
    ReportText const text = tell(i);
    if (text.empty()) continue;
    if (figure.sentence.empty()) figure.sentence = text;
    figure.options["sentences"][material.outcomes[i].outcome.asked.text] = {
        {"nb", text.nb}, {"nn", text.nn}, {"en", text.en}};
  }
}

ReportColumn number_column(char const* name, ReportText label) {
  return {name, std::move(label), ReportUnit::number, 1};
}

ReportText difference_definition() {
  ReportText const text =
      said({"Forskjellen er mellom de samme menneskene med de samme tilfeldighetene, i scenarioet og i "
            "nullalternativet, i snitt over trekk og gjentak.",
            "Skilnaden er mellom dei same menneska med den same slumpen, i scenarioet og i nullalternativet, i "
            "snitt over trekk og gjentakingar.",
            "The difference is between the same people with the same luck, in the scenario and in the zero "
            "alternative, as a mean over draws and replicates."});
  return followed_by(text, rounding_note());
}

}  // namespace

ReportFigure grid_figure(Contents const& contents, BatchMaterial const& material, std::string const& kind) {
  DrawnAxes const drawn = drawn_axes(material);
  ReportFigure figure;
  bool const is_map = kind == "batch_heat";
  figure.id = is_map ? "batch-heat" : "batch-curve";
  figure.kind = kind;
  figure.title = is_map
                     ? said({"Forskjellen over to akser", "Skilnaden over to aksar", "The difference over two axes"})
                     : said({"Forskjellen langs én akse", "Skilnaden langs éin akse", "The difference along one axis"});
  figure.columns = {scenario_column(), outcome_column()};
  add_axis_columns(drawn.axes, figure);
  figure.columns.push_back(
      number_column("baseline", said({"Nullalternativet", "Nullalternativet", "Zero alternative"})));
  figure.columns.push_back(number_column("value", said({"Scenarioet", "Scenarioet", "The scenario"})));
  figure.columns.push_back(number_column("difference", said({"Forskjell", "Skilnad", "Difference"})));
  add_limit_columns(figure.columns, ReportUnit::number, 1, false);
  figure.columns.push_back(
      {"probability_better", said({"Går riktig vei", "Går rett veg", "Goes the right way"}), ReportUnit::percent, 0});
  for (std::size_t i = 0; i < outcomes_shown(material); ++i)
    for (std::size_t s = 0; s < material.scenarios.size(); ++s) {
      ToldScenario const& scenario = material.scenarios[s];
      if (drawn.places[s].empty() || !scenario.missing.empty()) continue;
      std::vector<ReportCell> cells{scenario.name, material.outcomes[i].outcome.asked.text};
      add_axis_cells(drawn.axes, drawn.places[s], cells);
      auto const& told = scenario.outcomes[i];
      for (auto const member : {&ScenarioOutcome::baseline, &ScenarioOutcome::value, &ScenarioOutcome::difference})
        cells.push_back(told ? ReportCell{(*told).*member} : ReportCell{});
      add_told_limits(told ? std::optional{told->difference} : std::nullopt, told ? told->sd : std::nullopt,
                      told ? told->degrees : 0, cells);
      cells.push_back(cell_of(told ? told->chance_better : std::nullopt));
      figure.rows.push_back(std::move(cells));
    }
  add_shared(contents, material, figure);
  add_missing(drawn, material, figure);
  add_sentences(material, figure, [&](std::size_t outcome) {
    return is_map ? best_sentence(material, outcome) : axis_sentence(material, outcome);
  });
  if (figure.sentence.empty()) figure.sentence = best_sentence(material, 0);
  figure.definition = followed_by(difference_definition(), batch_interval_words(material));
  figure.held_back = is_map ? material.held_back : 0;
  return figure;
}

ReportFigure batch_ranking_figure(Contents const& contents, BatchMaterial const& material) {
  ReportFigure figure;
  figure.id = "batch-ranking";
  figure.kind = "batch_ranking";
  figure.title = said({"Hvilket scenario er best, og hvor sikkert er det",
                       "Kva scenario er best, og kor sikkert er det", "Which scenario is best, and how sure that is"});
  figure.columns = {scenario_column(), outcome_column(),
                    number_column("difference", said({"Forskjell", "Skilnad", "Difference"}))};
  add_limit_columns(figure.columns, ReportUnit::number, 1, false);
  figure.columns.push_back({"probability_best", said({"Best, av trekkene", "Best, av trekka", "Best, of the draws"}),
                            ReportUnit::percent, 0});
  figure.columns.push_back(number_column("expected_rank", said({"Plass i snitt", "Plass i snitt", "Rank on average"})));
  figure.columns.push_back(number_column("behind", said({"Fra det beste", "Frå det beste", "From the best"})));
  figure.columns.push_back(number_column("behind_low_95", said({"95 %, fra", "95 %, frå", "95 %, from"})));
  figure.columns.push_back(number_column("behind_high_95", said({"95 %, til", "95 %, til", "95 %, to"})));
  for (std::size_t i = 0; i < outcomes_shown(material); ++i) {
    BatchRanking const ranking = ranking_of(material, i);
    for (RankedPoint const& one : ranking.scenarios) {
      ToldScenario const& scenario = material.scenarios[one.scenario];
      ScenarioOutcome const& told = *scenario.outcomes[i];
      std::vector<ReportCell> cells{scenario.name, material.outcomes[i].outcome.asked.text, told.difference};
      add_told_limits(told.difference, told.sd, told.degrees, cells);
      cells.push_back(ranking.tells_chances ? ReportCell{one.ranks.best} : ReportCell{});
      cells.push_back(ranking.tells_chances ? ReportCell{one.ranks.expected} : ReportCell{});
      cells.emplace_back(one.behind.mean);
      for (double const sign : {-1.0, 1.0})
        cells.push_back(one.behind.error ? ReportCell{one.behind.mean + sign * half_of_interval(*one.behind.error, 95,
                                                                                                told.runs.size() - 1)}
                                         : ReportCell{});
      figure.rows.push_back(std::move(cells));
    }
  }
  add_shared(contents, material, figure);
  add_sentences(material, figure, [&](std::size_t outcome) {
    return ranking_of(material, outcome).scenarios.empty()
               ? ReportText{}
               : followed_by(best_sentence(material, outcome), sure_sentence(material, outcome));
  });
  figure.definition = followed_by(
      said(
          {"Best, av trekkene: andelen av trekkene der scenarioet er det beste av alle, tilfeldigheter medregnet; like "
           "scenarioer deler. Fra det beste: hvor mye svakere det er enn det øverste i snitt, og intervallet for "
           "snittet. Det øverste er valgt etter de samme tallene, og er litt mindre bra enn det ser ut.",
           "Best, av trekka: delen av trekka der scenarioet er det beste av alle, slumpen medrekna; like scenario "
           "deler. Frå det beste: kor mykje svakare det er enn det øvste i snitt, og intervallet for snittet. Det "
           "øvste er valt etter dei same tala, og er litt mindre bra enn det ser ut.",
           "Best, of the draws: the share of draws in which the scenario is the best of all, luck included; equal ones "
           "share. From the best: how much worse it is than the first on average, with the interval of that mean. The "
           "first was picked by the same numbers, and is a little less good than it looks."}),
      batch_interval_words(material));
  return figure;
}

ReportFigure batch_axes_figure(Contents const& contents, BatchMaterial const& material) {
  ReportFigure figure;
  figure.id = "batch-axes";
  figure.kind = "batch_axes";
  figure.title = said({"Hvilken akse betyr mest", "Kva akse betyr mest", "Which axis matters most"});
  figure.columns = {outcome_column(),
                    {"axis", said({"Akse", "Akse", "Axis"}), ReportUnit::text},
                    {"from", said({"Fra", "Frå", "From"}), ReportUnit::text},
                    {"to", said({"Til", "Til", "To"}), ReportUnit::text},
                    number_column("change", said({"Endring", "Endring", "Change"}))};
  add_limit_columns(figure.columns, ReportUnit::number, 1, false);
  figure.columns.push_back(
      {"pairs", said({"Par av scenarioer", "Par av scenario", "Pairs of scenarios"}), ReportUnit::integer});
  auto const axes = drawn_axes(material).axes;
  bool const has_draws = contents.has_draws();
  for (std::size_t i = 0; i < outcomes_shown(material); ++i)
    for (AxisChange const& one : changes_of(material, i)) {
      ToldAxis const& axis = axes[one.axis];
      std::vector<ReportCell> cells{material.outcomes[i].outcome.asked.text, axis.name, axis.values[one.from],
                                    axis.values[one.to], one.change.mean};
      bool const is_told = !has_draws || contents.comparison().draws >= least_draws_for_spread;
      add_told_limits(one.change.mean,
                      !is_told    ? std::nullopt
                      : has_draws ? one.change.sd
                                  : one.change.error,
                      one.change.runs - 1, cells);
      cells.emplace_back(static_cast<double>(one.pairs));
      figure.rows.push_back(std::move(cells));
      figure.labels["axis"][axis.name] = axis.label;
      for (std::size_t const value : {one.from, one.to})
        for (char const* const column : {"from", "to"})
          figure.labels[column][axis.values[value]] = value_words(axis.values[value]);
    }
  add_shared(contents, material, figure);
  add_sentences(material, figure, [&](std::size_t outcome) { return axis_sentence(material, outcome); });
  figure.definition = followed_by(
      said({"Hva det betyr å gå fra den ene verdien til den andre, i snitt over alle par av scenarioer som ellers er "
            "like; av verdiene på aksen de to som er lengst fra hverandre.",
            "Kva det betyr å gå frå den eine verdien til den andre, i snitt over alle par av scenario som elles er "
            "like; av verdiane på aksen dei to som er lengst frå kvarandre.",
            "What going from one value to the other does, as a mean over all pairs of scenarios that are else the "
            "same; of the values of an axis the two that are furthest apart."}),
      has_draws ? said({"Intervallene er av hvor mye trekkene spriker, tilfeldigheter medregnet.",
                        "Intervalla er av kor mykje trekka sprikjer, slumpen medrekna.",
                        "Intervals are of how draws differ, luck included."})
                : batch_interval_words(material));
  return figure;
}

ReportFigure batch_assumed_figure(Contents const& contents, BatchMaterial const& material) {
  ReportFigure figure;
  figure.id = "batch-assumed";
  figure.kind = "table";
  figure.title = said(
      {"Hva som er forutsatt uten evidens", "Kva som er føresett utan evidens", "What is assumed without evidence"});
  figure.columns = {
      {"of", said({"Hva", "Kva", "What"}), ReportUnit::text},
      {"transitions", said({"Overgang", "Overgang", "Transition"}), ReportUnit::text},
      {"hazard_ratio", said({"Ganger så ofte", "Gonger så ofte", "Times as often"}), ReportUnit::number, 2}};
  InputLabels const labels{contents.baseline().states, material.measures};
  for (AssumedEffect const& effect : material.assumed) {
    figure.rows.push_back({effect.measure, effect.transitions, effect.ratio});
    for (auto const& [column, text] : {std::pair{"of", &effect.measure}, std::pair{"transitions", &effect.transitions}})
      figure.labels[column][*text] =
          in_three([&](std::string_view language) { return input_words(*text, labels, language); });
  }
  bool const is_main = std::ranges::any_of(material.scenarios, &ToldScenario::is_assumed);
  if (is_main) figure.evidence = "assumed";
  figure.sentence =
      is_main
          ? said({"Det som skiller scenarioene fra nullalternativet, er en forutsetning: svaret holder bare hvis den "
                  "er sann.",
                  "Det som skil scenaria frå nullalternativet, er ein føresetnad: svaret held berre om han er sann.",
                  "What sets the scenarios apart from the zero alternative is an assumption: the answer holds only "
                  "if it is true."})
          : said({"Dette er forutsatt i scenarioene, men er ikke det som skiller dem fra nullalternativet.",
                  "Dette er føresett i scenaria, men er ikkje det som skil dei frå nullalternativet.",
                  "This is assumed in the scenarios, but is not what sets them apart from the zero alternative."});
  return figure;
}

}  // namespace utvei
