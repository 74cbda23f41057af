// SPDX-License-Identifier: Apache-2.0
#include "study_design_checks.hpp"

#include <utvei/document/reader.hpp>

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr std::int64_t most_persons = 1'000'000;
constexpr std::int64_t most_controls_each = 1000;
constexpr std::int64_t most_steps = 12;
constexpr std::size_t most_waves = 20;
constexpr std::int64_t most_studies = 1'000'000;

class DesignReader {
 public:
  DesignReader(MapReader& reader, StudyDesign& design, Diagnostics& diagnostics)
      : reader_{reader}, design_{design}, diagnostics_{diagnostics} {}

  void read() {
    if (Value const* name = reader_.required("name")) design_.name = as_code(*name, "name", diagnostics_).value_or("");
    if (Value const* scenario = reader_.required("scenario")) {
      if (as_text(*scenario, "scenario", diagnostics_)) design_.scenario = path_beside(*scenario);
      design_.scenario_place = scenario->place;
    }
    if (Value const* measure = reader_.required("measure")) {
      design_.measure = as_code(*measure, "measure", diagnostics_).value_or("");
      design_.measure_place = measure->place;
    }
    Value const* const persons = reader_.optional("persons");
    if (persons) read_persons(*persons);
    if (Value const* assign = reader_.required("assign")) read_assignment(*assign);
    // Of a study without power it makes no difference how many take part.
    if (!persons && design_.assignment != Assignment::before_after) reader_.required("persons");
    if (Value const* follow = reader_.required("follow")) read_follow(*follow);
    if (Value const* outcome = reader_.required("outcome")) read_outcome(*outcome);
    if (Value const* estimator = reader_.required("estimator")) read_estimator(*estimator);
    if (Value const* value = reader_.optional("significance")) read_significance(*value);
    if (Value const* value = reader_.optional("power")) {
      said_.power = value->place;
      read_between(*value, "power", design_.wanted_power);
    }
    if (Value const* waves = reader_.optional("waves")) read_waves(*waves);
    if (Value const* lost = reader_.optional("lost")) read_lost(*lost);
    if (Value const* errors = reader_.optional("errors")) read_errors(*errors);
    if (Value const* enrol = reader_.optional("enrol")) read_enrolment(*enrol);
    if (Value const* retest = reader_.optional("retest")) read_retest(*retest);
    if (Value const* studies = reader_.optional("studies"))
      design_.studies = static_cast<std::uint32_t>(
          as_integer(*studies, 100, most_studies, "studies", diagnostics_).value_or(design_.studies));
    reader_.finish();
    take_robust_errors(said_.errors, design_);
    note_idle();
    if (!diagnostics_.has_errors()) check_together(design_, said_, diagnostics_);
  }

 private:
  void read_persons(Value const& value) {
    design_.persons_place = value.place;
    auto const add = [&](Value const& item) {
      if (auto const number = as_integer(item, 2, most_persons, "persons", diagnostics_))
        design_.persons.push_back(static_cast<std::uint32_t>(*number));
    };
    if (!value.is_list()) return add(value);
    for (Value const& item : value.items) add(item);
    if (value.items.empty())
      diagnostics_.error(value.place, "`persons` is an empty list", "it says how many take part in the study",
                         "write 30, or [30, 150, 300]");
  }

  /// `randomised`, `{randomised: 0.5}`, `{register_controls: 10}`, `{waiting_list: 12 months}`, `{stepped: {steps: 4}}`
  /// or `before_after`
  void read_assignment(Value const& value) {
    design_.assignment_place = value.place;
    if (value.is_scalar()) {
      auto const kind = as_choice(value, {"randomised", "register_controls", "before_after"}, "assign", diagnostics_);
      design_.assignment = static_cast<Assignment>(kind.value_or(0));
      return;
    }
    MapReader reader{value, "`assign`", diagnostics_};
    if (!value.is_map()) return;
    Value const* const share = reader.optional("randomised");
    Value const* const each = reader.optional("register_controls");
    Value const* const wait = reader.optional("waiting_list");
    Value const* const stepped = reader.optional("stepped");
    reader.finish();
    auto const is_said = [](Value const* way) { return way != nullptr; };
    if (std::ranges::count_if(std::array{share, each, wait, stepped}, is_said) != 1) {
      diagnostics_.error(value.place, "`assign` says one way", {},
                         "write {randomised: 0.5} with the share treated, {register_controls: 10} with how many each, "
                         "{waiting_list: 12 months} or {stepped: {steps: 4}}");
      return;
    }
    if (share) read_between(*share, "randomised", design_.share_treated);
    if (each) {
      design_.assignment = Assignment::register_controls;
      design_.controls_each = static_cast<std::uint32_t>(
          as_integer(*each, 1, most_controls_each, "register_controls", diagnostics_).value_or(1));
    }
    if (wait) {
      design_.assignment = Assignment::waiting_list;
      design_.wait = read_time(*wait, "waiting_list");
    }
    if (stepped) read_steps(*stepped);
  }

  void read_steps(Value const& value) {
    design_.assignment = Assignment::stepped;
    MapReader reader{value, "`stepped`", diagnostics_};
    if (!value.is_map()) return;
    if (Value const* steps = reader.required("steps"))
      design_.steps = static_cast<std::uint32_t>(as_integer(*steps, 2, most_steps, "steps", diagnostics_).value_or(2));
    reader.finish();
  }

  void read_follow(Value const& value) {
    design_.follow = read_time(value, "follow");
    design_.at = design_.follow;
  }

  Duration read_time(Value const& value, std::string_view what) {
    Duration const time = as_duration(value, what, diagnostics_).value_or(Duration{minutes_per_year});
    constexpr std::int64_t most_years = 20;
    if (time.minutes < minutes_per_day || time.minutes > most_years * minutes_per_year)
      diagnostics_.error(value.place,
                         what == "follow" ? "people are followed for a day to 20 years"
                                          : fmt::format("`{}` is a day to 20 years", what),
                         {}, fmt::format("{}: 12 months", what));
    return time;
  }

  /// `employed_at`, `{employed_at: 6 months}`, `ever_employed` or `{score: NAME, at: 6 months}`
  void read_outcome(Value const& value) {
    said_.outcome = value.place;
    if (value.is_scalar()) {
      design_.outcome = static_cast<StudyOutcome>(
          as_choice(value, {"employed_at", "ever_employed"}, "outcome", diagnostics_).value_or(0));
      return;
    }
    MapReader reader{value, "`outcome`", diagnostics_};
    if (!value.is_map()) return;
    Value const* const employed = reader.optional("employed_at");
    Value const* const score = reader.optional("score");
    Value const* at = reader.optional("at");
    reader.finish();
    if ((employed == nullptr) == (score == nullptr) || (employed && at)) {
      diagnostics_.error(value.place, "`outcome` says one thing", {},
                         "write {employed_at: 6 months}, or {score: NAME, at: 6 months}");
      return;
    }
    if (employed) at = employed;
    if (score) {
      design_.outcome = StudyOutcome::score;
      design_.score = as_code(*score, "score", diagnostics_).value_or("");
      design_.score_place = score->place;
    }
    if (!at) return;
    design_.at = read_time(*at, score ? "at" : "employed_at");
    said_.has_time = true;
  }

  void read_errors(Value const& value) {
    said_.errors = true;
    design_.errors =
        static_cast<StandardErrors>(as_choice(value, {"model", "robust"}, "errors", diagnostics_).value_or(0));
    if (design_.estimator != Estimator::mixed_model)
      diagnostics_.error(value.place, "`errors` are those of a mixed model", {}, "leave it out");
    else if (design_.assignment == Assignment::stepped && design_.errors == StandardErrors::robust)
      diagnostics_.error(value.place, "a stepped design has the errors of its model",
                         "robust errors of few regions are too small", "leave it out");
  }

  /// `{score: NAME, below: 60}`
  void read_enrolment(Value const& value) {
    MapReader reader{value, "`enrol`", diagnostics_};
    if (!value.is_map()) return;
    Enrolment rule;
    if (Value const* score = reader.required("score")) {
      rule.score = as_code(*score, "score", diagnostics_).value_or("");
      rule.place = score->place;
    }
    Value const* const below = reader.optional("below");
    Value const* const above = reader.optional("above");
    if (below) rule.below = as_number(*below, "below", diagnostics_);
    if (above) rule.above = as_number(*above, "above", diagnostics_);
    if (below || above) rule.end_place = (below ? below : above)->place;
    reader.finish();
    if ((below == nullptr) == (above == nullptr))
      diagnostics_.error(value.place, "`enrol` has one of `below` and `above`",
                         "people take part whose score is lower, or higher, when it is measured at the start",
                         "write {score: NAME, below: 60}");
    design_.enrolment = rule;
  }

  void read_retest(Value const& value) {
    auto const number = as_number(value, "retest", diagnostics_);
    if (!number) return;
    if (*number > 0 && *number <= 1)
      design_.retest = *number;
    else
      diagnostics_.error(value.place, fmt::format("a retest correlation of {:g}", *number),
                         "it is above 0 and at most 1", "write retest: 0.8");
    if (design_.outcome != StudyOutcome::score && !design_.enrolment)
      diagnostics_.error(value.place, "`retest` without a score", "it is of measurements of a score",
                         "write outcome: {score: NAME}, or leave it out");
  }

  /// `[start, 6 months, 12 months]`
  void read_waves(Value const& value) {
    design_.waves_place = value.place;
    std::int64_t last = -1;
    if (!value.is_list() || value.items.size() < 2 || value.items.size() > most_waves) {
      diagnostics_.error(value.place, fmt::format("`waves` is a list of 2 to {} times", most_waves), {},
                         "write [start, 6 months, 12 months]");
      return;
    }
    for (Value const& item : value.items) {
      bool const is_start = item.is_scalar() && item.scalar == "start";
      Duration const time = is_start ? Duration{0} : read_time(item, "waves");
      if (time.minutes <= last)
        diagnostics_.error(item.place, "this wave is no later than the one before", {},
                           "write them in order: [start, 6 months, 12 months]");
      last = time.minutes;
      design_.waves.push_back(time);
    }
  }

  void read_estimator(Value const& value) {
    said_.estimator = value.place;
    design_.estimator = static_cast<Estimator>(
        as_choice(value, {"difference", "hazard_ratio", "mixed_model"}, "estimator", diagnostics_).value_or(0));
    if (design_.estimator == Estimator::hazard_ratio && design_.outcome == StudyOutcome::employed_at)
      diagnostics_.error(value.place, "a hazard ratio is of the first work, not of work at a time",
                         "who works at the end of follow-up may have come and gone before",
                         "write outcome: ever_employed, or estimator: difference");
    if (design_.estimator == Estimator::mixed_model && design_.outcome == StudyOutcome::ever_employed)
      diagnostics_.error(value.place, "a mixed model is of what is seen at each wave",
                         "to have worked at some time is no such thing", "write outcome: employed_at");
  }

  void read_significance(Value const& value) {
    read_between(value, "significance", design_.significance);
    constexpr double most = 0.5;
    if (design_.significance <= most) return;
    diagnostics_.error(value.place, fmt::format("`significance` is {:g}, and {:g} at most", design_.significance, most),
                       "a test finds something that often where there is nothing", "write 0.05 for 5 per cent");
  }

  /// What a study before and after has no use for.
  void note_idle() {
    for (std::string_view const key : {"persons", "lost", "studies", "power", "significance", "errors"})
      if (reader_.optional(key)) said_.sizes_and_tests.emplace_back(key);
  }

  void read_between(Value const& value, std::string_view what, double& to) {
    auto const number = as_number(value, what, diagnostics_);
    if (!number) return;
    if (*number > 0 && *number < 1)
      to = *number;
    else
      diagnostics_.error(value.place, fmt::format("`{}` is {}, and lies between 0 and 1", what, *number), {},
                         "write 0.05 for 5 per cent");
  }

  /// `0.2`, `{by_wave: [0, 0.1, 0.2]}`, or one of these for `treated` and `control`
  void read_lost(Value const& value) {
    said_.lost = value.place;
    if (!value.is_map()) {
      design_.lost_treated = design_.lost_control = {share_of(value, "lost").value_or(0), {}};
      return;
    }
    MapReader reader{value, "`lost`", diagnostics_};
    if (Value const* by_wave = reader.optional("by_wave")) {
      design_.lost_treated = design_.lost_control = {0, shares_of(*by_wave)};
    } else {
      said_.loses_by_arm = true;
      if (Value const* treated = reader.required("treated")) design_.lost_treated = attrition_of(*treated, "treated");
      if (Value const* control = reader.required("control")) design_.lost_control = attrition_of(*control, "control");
    }
    reader.finish();
  }

  Attrition attrition_of(Value const& value, std::string_view what) {
    if (!value.is_map()) return {share_of(value, what).value_or(0), {}};
    Attrition attrition;
    MapReader reader{value, fmt::format("`{}`", what), diagnostics_};
    if (Value const* by_wave = reader.required("by_wave")) attrition.by_wave = shares_of(*by_wave);
    reader.finish();
    return attrition;
  }

  std::optional<double> share_of(Value const& said, std::string_view what) {
    auto const number = as_number_at_least(said, 0, what, diagnostics_);
    if (!number || *number < 1) return number;
    diagnostics_.error(said.place, fmt::format("`{}` is {}: nobody is left", what, *number), {},
                       "write 0.2 for 20 per cent");
    return std::nullopt;
  }

  std::vector<double> shares_of(Value const& value) {
    std::vector<double> shares;
    if (!value.is_list() || value.items.empty()) {
      diagnostics_.error(value.place, "`by_wave` is a list of shares", {},
                         "write those who are lost until each wave: [0, 0.1, 0.2]");
      return shares;
    }
    for (Value const& item : value.items) {
      auto const share = share_of(item, "by_wave");
      if (share && !shares.empty() && *share < shares.back())
        diagnostics_.error(item.place, "fewer are lost than at the wave before", "who is lost stays lost",
                           "write all who are lost until each wave: [0, 0.1, 0.2]");
      shares.push_back(share.value_or(shares.empty() ? 0 : shares.back()));
    }
    return shares;
  }

  MapReader& reader_;
  StudyDesign& design_;
  Diagnostics& diagnostics_;
  DesignSaid said_;
};

}  // namespace

StudyDesign read_power(std::string const& path, std::vector<Override> const& overrides, Request const& request,
                       Diagnostics& diagnostics) {
  StudyDesign design;
  design.path = path;
  Value const document = read_document(path, overrides, request, diagnostics);
  if (document.is_null()) return design;
  MapReader reader{document, "the design", diagnostics};
  if (!document.is_map() || !check_format(reader, "power", diagnostics)) return design;
  design.inputs.push_back(path);
  DesignReader{reader, design, diagnostics}.read();
  return design;
}

}  // namespace utvei
