// SPDX-License-Identifier: Apache-2.0
#include "plan_words.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/ranges.h>

namespace utvei {
namespace {

ReportText whole_words(std::size_t number) {
  return number_words(static_cast<double>(number), 0);
}

ReportText not_judged_sentence(ReportText const& what, FollowedFigure const& figure) {
  switch (figure.why) {
    case NotJudged::early:
      return plan_said("{} så langt. Perioden var ikke over, og tallet er ikke vurdert.",
                       "{} så langt. Perioden var ikkje over, og talet er ikkje vurdert.",
                       "{} so far. The period was not over, and the figure is not judged.", what);
    case NotJudged::part_of_run:
      return plan_said("{}. Kjøringen dekker bare en del av året, og tallet er ikke vurdert.",
                       "{}. Køyringa dekkjer berre ein del av året, og talet er ikkje vurdert.",
                       "{}. The run covers a part of the year only, and the figure is not judged.", what);
    case NotJudged::no_count:
      return plan_said("{}. Modellen teller ingen den dagen, og tallet er ikke vurdert.",
                       "{}. Modellen tel ingen den dagen, og talet er ikkje vurdert.",
                       "{}. The run counts nobody on that day, and the figure is not judged.", what);
    default:
      return plan_said("{}; ventet {}. For få kjøringer til et bånd, og tallet er ikke vurdert.",
                       "{}; venta {}. For få køyringar til eit band, og talet er ikkje vurdert.",
                       "{}; expected {}. Too few runs for a band, and the figure is not judged.", what,
                       number_words(figure.expected->mean, *figure.actual == std::round(*figure.actual) ? 0 : 1));
  }
}

ReportText verdict_words(PlanIndicator const& indicator, PlanVerdict verdict) {
  bool const are_people = indicator.step != PlanStep::none;
  switch (verdict) {
    case PlanVerdict::below:
      return are_people ? ReportText{"færre enn ventet", "færre enn venta", "fewer than expected"}
                        : ReportText{"lavere enn ventet", "lågare enn venta", "lower than expected"};
    case PlanVerdict::above:
      return are_people ? ReportText{"flere enn ventet", "fleire enn venta", "more than expected"}
                        : ReportText{"høyere enn ventet", "høgare enn venta", "higher than expected"};
    default:
      return {"som ventet", "som venta", "as expected"};
  }
}

ReportText before_words(PlanVerdict verdict) {
  switch (verdict) {
    case PlanVerdict::above:
      return {"flere enn ventet", "fleire enn venta", "more than expected"};
    case PlanVerdict::below:
      return {"færre enn ventet", "færre enn venta", "fewer than expected"};
    case PlanVerdict::inside:
      return {"så mange som ventet", "så mange som venta", "as many as expected"};
    case PlanVerdict::none:
      break;
  }
  return {"noen", "nokre", "some"};
}

ReportText slip_sentence(FollowedPlan const& followed, FollowedStep const& step) {
  ReportText const year = same_in_all(std::to_string(step.year));
  ReportText const measure = label_of_measure(followed, step.measure);
  auto const [came, low, high] = compared_words(*step.actual, *step.expected.within[band_of_95]);
  if (!step.before)
    return plan_said(
        "Leddet som sviktet i {} ({}), er «{}»: {} mot ventet {} til {}. Modellen har ikke noe ledd før: det kan også "
        "ha vært færre å finne.",
        "Leddet som svikta i {} ({}), er «{}»: {} mot venta {} til {}. Modellen har ikkje noko ledd før: det kan òg ha "
        "vore færre å finne.",
        "The step that slipped in {} ({}) is “{}”: {} against {} to {} expected. The model has no step before it: "
        "there "
        "may also have been fewer to find.",
        year, measure, label_of(step.step), came, low, high);
  return plan_said(
      "Leddet som sviktet i {} ({}), er «{}»: {} {}, og av dem var det ventet at {} til {} {}. Det ble {}.",
      "Leddet som svikta i {} ({}), er «{}»: {} {}, og av dei var det venta at {} til {} {}. Det vart {}.",
      "The step that slipped in {} ({}) is “{}”: {} {}, and of them {} to {} were expected among those who {}. There "
      "were {}.",
      year, measure, label_of(step.step), before_words(step.before_verdict), label_of(*step.before), low, high,
      label_of(step.step), came);
}

/// What of an indicator is expected, where nothing was counted yet.
ReportText expected_sentence(FollowedPlan const& followed, std::size_t indicator) {
  std::vector<std::string> nb, en;
  bool has_band = false;
  for (FollowedFigure const& figure : followed.figures) {
    if (figure.indicator != indicator || !figure.expected || figure.is_part_of_run) continue;
    auto const& band = figure.expected->within[band_of_80];
    double const whole_mean = std::round(figure.expected->mean);
    std::string const year = std::to_string(figure.year);
    if (band) {
      has_band = true;
      auto const [mean, low, high] = compared_words(whole_mean, *band);
      nb.push_back(fmt::format("{} {} ({}–{})", year, mean.nb, low.nb, high.nb));
      en.push_back(fmt::format("{} {} ({}–{})", year, mean.en, low.en, high.en));
    } else {
      ReportText const mean = number_words(whole_mean, 0);
      nb.push_back(fmt::format("{} {}", year, mean.nb));
      en.push_back(fmt::format("{} {}", year, mean.en));
    }
  }
  std::string const norwegian = fmt::format("{}", fmt::join(nb, ", "));
  ReportText const numbers{norwegian, norwegian, fmt::format("{}", fmt::join(en, ", "))};
  ReportText const& label = followed.plan.indicators[indicator].label;
  if (!has_band) return plan_said("{}, ventet: {}.", "{}, venta: {}.", "{}, expected: {}.", label, numbers);
  return plan_said("{}, ventet (80 %): {}.", "{}, venta (80 %): {}.", "{}, expected (80 %): {}.", label, numbers);
}

class Sentences {
 public:
  Sentences(FollowedPlan const& followed, std::string const& actor) : followed_{followed}, actor_{actor} {}

  std::vector<ReportText> write() {
    add_steps();
    add_figures();
    add_chance();
    add(assumed_sentence(followed_));
    add(band_sentence(followed_));
    add_remarks();
    return std::move(sentences_);
  }

 private:
  void add(ReportText const& sentence) {
    if (!sentence.empty()) sentences_.push_back(sentence);
  }

  [[nodiscard]] bool is_of(FollowedFigure const& figure) const {
    return is_of_actor(followed_.plan, figure.indicator, actor_);
  }

  void add_steps() {
    std::size_t known = 0;
    std::size_t slipped = 0;
    for (FollowedStep const& step : followed_.steps) {
      if (!is_step_of_actor(followed_.plan, step, actor_)) continue;
      if (step.has_slipped) add(slip_sentence(followed_, step));
      slipped += step.has_slipped ? 1U : 0U;
      judged_steps_ += step.verdict == PlanVerdict::none ? 0U : 1U;
      bool const is_told = step.actual && (!step.before || step.is_before_known) && !is_found_and_offered(step);
      known += is_told ? 1U : 0U;
    }
    if (slipped == 0 && judged_steps_ > 0)
      add({"Ingen vurderte ledd sviktet: til hvert kom det så mange som ventet, eller flere.",
           "Ingen vurderte ledd svikta: til kvart kom det så mange som venta, eller fleire.",
           "No step that was judged slipped: to each came as many as expected, or more."});
    if (known > judged_steps_)
      add(plan_said("{} ledd er ikke vurdert: det krever et bånd på 95 % og et helt år i kjøringen.",
                    "{} ledd er ikkje vurderte: det krev eit band på 95 % og eit heilt år i køyringa.",
                    "Steps that are not judged: {}. It takes a band of 95 % and a whole year of the run.",
                    whole_words(known - judged_steps_)));
  }

  void add_figures() {
    bool is_any_known = false;
    for (FollowedFigure const& figure : followed_.figures) {
      is_any_known = is_any_known || figure.actual;
      if (figure.actual && is_of(figure)) add(figure_sentence(followed_, figure));
    }
    if (is_any_known) return;
    for (std::size_t i = 0; i < followed_.plan.indicators.size(); ++i)
      if (is_of_actor(followed_.plan, i, actor_)) add(expected_sentence(followed_, i));
  }

  void add_chance() {
    std::size_t judged = 0;
    std::size_t outside = 0;
    for (FollowedFigure const& figure : followed_.figures) {
      if (figure.verdict == PlanVerdict::none || !is_of(figure)) continue;
      ++judged;
      outside += figure.verdict == PlanVerdict::inside ? 0U : 1U;
    }
    if (judged > 0)
      add(plan_said(
          "{} av {} vurderte tall ligger utenfor 80 %; av så mange ventes {} utenfor også når alt går etter planen.",
          "{} av {} vurderte tal ligg utanfor 80 %; av så mange er {} venta utanfor også når alt går etter planen.",
          "{} of {} figures judged lie outside 80 %; of so many, {} are expected to even when all goes to plan.",
          whole_words(outside), whole_words(judged),
          number_words((1 - band_shares[band_of_80]) * static_cast<double>(judged), 1)));
    if (judged_steps_ > 1)
      add(plan_said("Av {} vurderte ledd ventes {} under båndet på 95 % også når alt går etter planen.",
                    "Av {} vurderte ledd er {} venta under bandet på 95 % også når alt går etter planen.",
                    "Of {} steps judged, {} are expected to lie below the band of 95 % even when all goes to plan.",
                    whole_words(judged_steps_),
                    number_words((1 - band_shares[band_of_95]) / 2 * static_cast<double>(judged_steps_), 1)));
  }

  void add_remarks() {
    FollowPlan const& plan = followed_.plan;
    if (auto const years = years_in_part(followed_); !years.empty())
      add(plan_said("Kjøringen dekker bare en del av {}: ventede tall for det er ikke for hele år, og vurderes ikke.",
                    "Køyringa dekkjer berre ein del av {}: venta tal for det er ikkje for heile år, og blir ikkje "
                    "vurderte.",
                    "The run covers only a part of {}: what is expected there is not of whole years, and not judged.",
                    same_in_all(fmt::format("{}", fmt::join(years, ", ")))));
    if (plan.has_default_indicators)
      add({"Indikatorene er forvalgte: planen nevner ingen.", "Indikatorane er førehandsvalde: planen nemner ingen.",
           "The indicators are defaults: the plan names none."});
    if (plan.has_default_actors)
      add(
          {"Hvem som er ansvarlig, er forvalgt (NAV finner, tilbyr og følger opp; arbeidsgiverne ansetter): planen "
           "sier det ikke.",
           "Kven som er ansvarleg, er førehandsvalt (NAV finn, tilbyr og følgjer opp; arbeidsgivarane tilset): planen "
           "seier det ikkje.",
           "Who is responsible is a default (NAV finds, offers and follows up; employers hire): the plan does not say "
           "it."});
  }

  FollowedPlan const& followed_;
  std::string const& actor_;
  std::vector<ReportText> sentences_;
  std::size_t judged_steps_{0};
};

}  // namespace

ReportText figure_sentence(FollowedPlan const& followed, FollowedFigure const& figure) {
  PlanIndicator const& indicator = followed.plan.indicators[figure.indicator];
  auto const with_amount = [&](ReportText const& amount) {
    return plan_said("{}, {}: {}", "{}, {}: {}", "{}, {}: {}", indicator.label,
                     same_in_all(std::to_string(figure.year)), amount);
  };
  if (figure.verdict == PlanVerdict::none)
    return not_judged_sentence(with_amount(amount_words(*figure.actual)), figure);
  auto const [came, low, high] = compared_words(*figure.actual, *figure.expected->within[band_of_80]);
  ReportText const what = with_amount(came);
  ReportText text = plan_said("{}, {} ({} til {}).", "{}, {} ({} til {}).", "{}, {} ({} to {}).", what,
                              verdict_words(indicator, figure.verdict), low, high);
  if (!figure.is_outside_95) return text;
  return plan_said("{} Også utenfor 95 %.", "{} Også utanfor 95 %.", "{} Outside 95 % as well.", text);
}

std::vector<ReportText> plan_sentences(FollowedPlan const& followed, std::string const& actor) {
  return Sentences{followed, actor}.write();
}

}  // namespace utvei
