// SPDX-License-Identifier: Apache-2.0
#include "batch_parts.hpp"

#include <utvei/results/text_columns.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

namespace utvei {
namespace {

/// What is said with a plus in front, or a real minus.
ReportText signed_amount(double number) {
  ReportText text = amount(number);
  if (number <= 0) return text;
  return {"+" + text.nb, "+" + text.nn, "+" + text.en};
}

bool has_runs(ToldScenario const& scenario, std::size_t outcome) {
  return has_numbers(scenario, outcome) && !scenario.outcomes[outcome]->runs.empty();
}

/// The scenario whose difference is best, or largest where no direction is good; none: there are no numbers.
std::optional<std::size_t> first_of(BatchMaterial const& material, std::size_t outcome) {
  auto const& better = material.outcomes[outcome].outcome.better;
  std::optional<std::size_t> first;
  double most = 0;
  for (std::size_t s = 0; s < material.scenarios.size(); ++s) {
    ToldScenario const& scenario = material.scenarios[s];
    if (scenario.is_baseline || !has_numbers(scenario, outcome)) continue;
    double const difference = scenario.outcomes[outcome]->difference;
    double const gain = !better ? std::abs(difference) : *better == Better::more ? difference : -difference;
    if (first && gain <= most) continue;
    first = s;
    most = gain;
  }
  return first;
}

ReportText interval_in_brackets(ReportText const& before, std::optional<std::pair<double, double>> const& limits) {
  if (!limits) return before;
  return said({"{0} (95 %: {1})", "{0} (95 %: {1})", "{0} (95 %: {1})"}, before, interval(*limits));
}

}  // namespace

bool has_numbers(ToldScenario const& scenario, std::size_t outcome) {
  return scenario.missing.empty() && outcome < scenario.outcomes.size() && scenario.outcomes[outcome];
}

BatchRanking ranking_of(BatchMaterial const& material, std::size_t outcome) {
  BatchRanking ranking;
  auto const& better = material.outcomes[outcome].outcome.better;
  if (!better) return ranking;
  std::vector<std::vector<double>> runs;
  bool is_assumed = false;
  for (std::size_t s = 0; s < material.scenarios.size(); ++s) {
    ToldScenario const& scenario = material.scenarios[s];
    if (!has_runs(scenario, outcome)) continue;
    is_assumed = is_assumed || scenario.is_assumed;
    ranking.scenarios.push_back({s});
    runs.push_back(scenario.outcomes[outcome]->runs);
  }
  if (runs.empty()) return ranking;
  bool const more = *better == Better::more;
  auto const ranks = ranks_in_runs(runs, more);
  std::vector<std::size_t> order(runs.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  auto const mean = [&](std::size_t i) { return paired_mean(runs[i]).mean * (more ? 1 : -1); };
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) { return mean(a) > mean(b); });
  std::vector<RankedPoint> sorted;
  for (std::size_t const i : order) {
    std::vector<double> behind = runs[i];
    for (std::size_t run = 0; run < behind.size(); ++run) behind[run] -= runs[order.front()][run];
    sorted.push_back({ranking.scenarios[i].scenario, ranks[i], paired_mean(behind)});
    PairedMean const& gap = sorted.back().behind;
    if (i != order.front() && gap.error && std::abs(gap.mean) <= half_of_interval(*gap.error, 95, behind.size() - 1))
      ++ranking.as_good;
  }
  ranking.scenarios = std::move(sorted);
  auto const& first = material.scenarios[ranking.scenarios.front().scenario].outcomes[outcome];
  bool const has_draws = first->spread == OutcomeSpread::parts || first->spread == OutcomeSpread::draws;
  ranking.tells_chances = has_draws && !is_assumed && runs.size() > 1;
  return ranking;
}

std::vector<AxisChange> changes_of(BatchMaterial const& material, std::size_t outcome) {
  DrawnAxes const drawn = drawn_axes(material);
  std::vector<GridPoint> points;
  for (std::size_t s = 0; s < material.scenarios.size(); ++s) {
    ToldScenario const& scenario = material.scenarios[s];
    if (scenario.is_baseline || drawn.places[s].empty() || !has_runs(scenario, outcome)) continue;
    points.push_back({drawn.places[s], scenario.outcomes[outcome]->runs});
  }
  std::vector<std::size_t> lengths;
  for (ToldAxis const& axis : drawn.axes) lengths.push_back(axis.values.size());
  return axis_changes(points, lengths);
}

DrawnAxes drawn_axes(BatchMaterial const& material) {
  DrawnAxes drawn;
  if (material.is_grid || material.axes.size() < 2) {
    drawn.axes = material.axes;
    for (ToldScenario const& scenario : material.scenarios) drawn.places.push_back(scenario.place);
    return drawn;
  }
  ToldAxis all;
  for (ToldAxis const& axis : material.axes) {
    all.name += (all.name.empty() ? "" : "+") + axis.name;
    all.label = followed_by(all.label, axis.label, ", ");
  }
  for (ToldScenario const& scenario : material.scenarios) {
    drawn.places.emplace_back();
    if (scenario.place.empty()) continue;
    std::string value;
    for (std::size_t axis = 0; axis < material.axes.size(); ++axis)
      value += (axis > 0 ? ", " : "") + material.axes[axis].values[scenario.place[axis]];
    drawn.places.back().push_back(all.values.size());
    all.values.push_back(value);
  }
  drawn.axes.push_back(std::move(all));
  return drawn;
}

ReportText value_words(std::string const& value) {
  char* end = nullptr;
  std::strtod(value.c_str(), &end);
  bool const is_number = end != value.c_str() && *end == '\0';
  ReportText text = same_in_all(value);
  if (!is_number) return text;
  std::ranges::replace(text.nb, '.', ',');
  std::ranges::replace(text.nn, '.', ',');
  return text;
}

ReportText title_in_batch(BatchMaterial const& material, ToldScenario const& scenario) {
  if (scenario.place.empty() && scenario.is_baseline) {
    StateInfo const label = scenario_label(material.baseline.front());
    return in_three([&](std::string_view language) { return label_of(label, language); });
  }
  ReportText title;
  for (std::size_t axis = 0; axis < scenario.place.size(); ++axis) {
    ReportText const label = axis == 0 ? material.axes[axis].label : inside(material.axes[axis].label);
    title = followed_by(title, followed_by(label, value_words(material.axes[axis].values[scenario.place[axis]])), ", ");
  }
  return title.empty() ? same_in_all(scenario.name) : title;
}

ReportText batch_interval_words(BatchMaterial const& material) {
  std::optional<ScenarioOutcome> told;
  for (ToldScenario const& scenario : material.scenarios)
    if (!scenario.is_baseline && has_numbers(scenario, 0)) told = scenario.outcomes[0];
  switch (told ? told->spread : OutcomeSpread::unknown) {
    case OutcomeSpread::parts:
      return said(
          {"Intervallene rommer det vi ikke vet om rater og tiltak, og tilfeldighetene blant så mange mennesker.",
           "Intervalla rommar det vi ikkje veit om ratar og tiltak, og slumpen blant så mange menneske.",
           "Intervals hold what is not known of rates and measures, and chance among so many people."});
    case OutcomeSpread::draws:
      return said(
          {"Intervallene er av hvor mye de {} trekkene spriker: de rommer både det vi ikke vet om rater og tiltak, og "
           "tilfeldighetene blant så mange mennesker, som ikke kan skilles med ett gjentak. De er av "
           "Students t-fordeling, som om trekkene var normalfordelte.",
           "Intervalla er av kor mykje dei {} trekka sprikjer: dei rommar både det vi ikkje veit om ratar og tiltak, "
           "og slumpen blant så mange menneske, som ikkje kan skiljast med éi gjentaking. Dei er av Students "
           "t-fordeling, som om trekka var normalfordelte.",
           "Intervals are of how the {} draws differ: they hold both what is not known of rates and measures, and "
           "chance among so many people, which one replicate does not tell apart. They are those of "
           "Student's t, as if draws were normal."},
          told->runs.size());
    case OutcomeSpread::simulation:
      return said(
          {"Intervallene rommer tilfeldighetene i simuleringen alene; det vi ikke vet om rater og tiltak, kommer i "
           "tillegg.",
           "Intervalla rommar slumpen i simuleringa aleine; det vi ikkje veit om ratar og tiltak, kjem i tillegg.",
           "Intervals hold luck of the simulation alone; what is not known of rates and measures comes on top."});
    case OutcomeSpread::unknown:
      break;
  }
  return said({"Hvor sikre tallene er, viser ikke resultatene: det trengs minst 10 trekk, eller flere gjentak.",
               "Kor sikre tala er, viser ikkje resultata: det trengst minst 10 trekk, eller fleire gjentakingar.",
               "How sure the numbers are the results do not show: that takes at least 10 draws, or more replicates."});
}

ReportText best_sentence(BatchMaterial const& material, std::size_t outcome) {
  auto const first = first_of(material, outcome);
  ToldOutcome const& what = material.outcomes[outcome];
  if (!first)
    return said({"{}: tallene er holdt tilbake eller finnes ikke.", "{}: tala er haldne tilbake eller finst ikkje.",
                 "{}: the numbers are held back or not there."},
                what.label);
  ScenarioOutcome const& told = *material.scenarios[*first].outcomes[outcome];
  ReportText const number =
      interval_in_brackets(followed_by(signed_amount(told.difference), what.unit), interval_of(told, 95));
  bool const is_worse =
      what.outcome.better && (*what.outcome.better == Better::more ? told.difference <= 0 : told.difference >= 0);
  if (is_worse)
    return said({"{0}: ingen er bedre enn nullalternativet; nærmest er «{1}», med {2} fra det.",
                 "{0}: ingen er betre enn nullalternativet; nærmast er «{1}», med {2} frå det.",
                 "{0}: none is better than the zero alternative; nearest is “{1}”, with {2} from it."},
                what.label, title_in_batch(material, material.scenarios[*first]), number);
  return said(what.outcome.better
                  ? Saying{"{0}: best er «{1}», med {2} fra nullalternativet.",
                           "{0}: best er «{1}», med {2} frå nullalternativet.",
                           "{0}: best is “{1}”, with {2} from the zero alternative."}
                  : Saying{"{0}: størst forskjell gir «{1}», med {2} fra nullalternativet.",
                           "{0}: størst skilnad gir «{1}», med {2} frå nullalternativet.",
                           "{0}: the largest difference has “{1}”, with {2} from the zero alternative."},
              what.label, title_in_batch(material, material.scenarios[*first]), number);
}

ReportText sure_sentence(BatchMaterial const& material, std::size_t outcome) {
  BatchRanking const ranking = ranking_of(material, outcome);
  if (ranking.scenarios.size() < 2) return {};
  if (std::ranges::any_of(material.scenarios, &ToldScenario::is_assumed))
    return said({"Hovedvirkningen er en forutsetning: hvor sannsynlig det er at ett scenario er best, blir ikke sagt.",
                 "Hovudverknaden er ein føresetnad: kor sannsynleg det er at eitt scenario er best, blir ikkje sagt.",
                 "The main effect is an assumption: how probable it is that a scenario is best is not told."});
  ReportText text;
  if (ranking.tells_chances)
    text = said(
        {"Det er best i {0} % av trekkene.", "Det er best i {0} % av trekka.", "It is best in {0} % of the draws."},
        number_words(100 * ranking.scenarios.front().ranks.best, 0));
  if (!ranking.scenarios.back().behind.error) return text;
  return followed_by(text, ranking.as_good == 0
                               ? said({"Snittet er skilt fra alle de andre scenarioenes.",
                                       "Snittet er skilt frå alle dei andre scenaria sine.",
                                       "Its mean is told apart from those of all other scenarios."})
                               : said({"I snitt kan {0} av de andre scenarioene ikke skilles fra det.",
                                       "I snitt kan {0} av dei andre scenaria ikkje skiljast frå det.",
                                       "In the mean {0} of the other scenarios cannot be told from it."},
                                      ranking.as_good));
}

ReportText axis_sentence(BatchMaterial const& material, std::size_t outcome) {
  auto changes = changes_of(material, outcome);
  if (changes.empty()) return {};
  auto const axes = drawn_axes(material).axes;
  std::ranges::stable_sort(changes, std::greater{},
                           [](AxisChange const& change) { return std::abs(change.change.mean); });
  auto const part = [&](AxisChange const& change) {
    ToldAxis const& axis = axes[change.axis];
    return said({"{0} ({1} → {2}: {3})", "{0} ({1} → {2}: {3})", "{0} ({1} → {2}: {3})"}, inside(axis.label),
                value_words(axis.values[change.from]), value_words(axis.values[change.to]),
                signed_amount(change.change.mean));
  };
  ReportText others;
  for (AxisChange const& change : changes)
    if (&change != &changes.front()) others = followed_by(others, part(change), ", ");
  ToldOutcome const& what = material.outcomes[outcome];
  if (others.empty()) return said({"{0}: {1}.", "{0}: {1}.", "{0}: {1}."}, what.label, part(changes.front()));
  return said({"{0}: mest betyr {1}; så {2}. Hver er i snitt over alt annet.",
               "{0}: mest betyr {1}; så {2}. Kvar er i snitt over alt anna.",
               "{0}: what matters most is {1}; then {2}. Each is a mean over all else."},
              what.label, part(changes.front()), others);
}

}  // namespace utvei
