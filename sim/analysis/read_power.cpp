// SPDX-License-Identifier: Apache-2.0
#include <utvei/analysis/power.hpp>
#include <utvei/document/reader.hpp>

#include <algorithm>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr std::int64_t most_persons = 1'000'000;
constexpr std::int64_t most_controls_each = 1000;
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
    if (Value const* persons = reader_.required("persons")) read_persons(*persons);
    if (Value const* assign = reader_.required("assign")) read_assignment(*assign);
    if (Value const* follow = reader_.required("follow")) read_follow(*follow);
    if (Value const* outcome = reader_.required("outcome"))
      design_.outcome = static_cast<StudyOutcome>(
          as_choice(*outcome, {"employed_at", "ever_employed"}, "outcome", diagnostics_).value_or(0));
    if (Value const* estimator = reader_.required("estimator")) read_estimator(*estimator);
    if (Value const* value = reader_.optional("significance"))
      read_between(*value, "significance", design_.significance);
    if (Value const* value = reader_.optional("power")) read_between(*value, "power", design_.wanted_power);
    if (Value const* lost = reader_.optional("lost")) read_lost(*lost);
    if (Value const* studies = reader_.optional("studies"))
      design_.studies = static_cast<std::uint32_t>(
          as_integer(*studies, 100, most_studies, "studies", diagnostics_).value_or(design_.studies));
    reader_.finish();
  }

 private:
  void read_persons(Value const& value) {
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

  /// `randomised`, `{randomised: 0.5}`, `{register_controls: 10}` or `before_after`
  void read_assignment(Value const& value) {
    if (value.is_scalar()) {
      auto const kind = as_choice(value, {"randomised", "register_controls", "before_after"}, "assign", diagnostics_);
      design_.assignment = static_cast<Assignment>(kind.value_or(0));
      return;
    }
    MapReader reader{value, "`assign`", diagnostics_};
    if (!value.is_map()) return;
    Value const* const share = reader.optional("randomised");
    Value const* const each = reader.optional("register_controls");
    reader.finish();
    if ((share != nullptr) == (each != nullptr)) {
      diagnostics_.error(
          value.place, "`assign` says one way", {},
          "write {randomised: 0.5} with the share treated, or {register_controls: 10} with how many each");
      return;
    }
    if (share) read_between(*share, "randomised", design_.share_treated);
    if (!each) return;
    design_.assignment = Assignment::register_controls;
    design_.controls_each = static_cast<std::uint32_t>(
        as_integer(*each, 1, most_controls_each, "register_controls", diagnostics_).value_or(1));
  }

  void read_follow(Value const& value) {
    design_.follow = as_duration(value, "follow", diagnostics_).value_or(Duration{minutes_per_year});
    constexpr std::int64_t most_years = 20;
    if (design_.follow.minutes >= minutes_per_day && design_.follow.minutes <= most_years * minutes_per_year) return;
    diagnostics_.error(value.place, "people are followed for a day to 20 years", {}, "follow: 12 months");
  }

  void read_estimator(Value const& value) {
    design_.estimator =
        static_cast<Estimator>(as_choice(value, {"difference", "hazard_ratio"}, "estimator", diagnostics_).value_or(0));
    if (design_.estimator == Estimator::hazard_ratio && design_.outcome == StudyOutcome::employed_at)
      diagnostics_.error(value.place, "a hazard ratio is of the first work, not of work at a time",
                         "who works at the end of follow-up may have come and gone before",
                         "write outcome: ever_employed, or estimator: difference");
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

  void read_lost(Value const& value) {
    auto const share = [&](Value const& said, std::string_view what) {
      auto const number = as_number_at_least(said, 0, what, diagnostics_);
      if (!number || *number < 1) return number.value_or(0);
      diagnostics_.error(said.place, fmt::format("`{}` is {}: nobody is left", what, *number), {},
                         "write 0.2 for 20 per cent");
      return 0.0;
    };
    if (value.is_scalar()) {
      design_.lost_treated = design_.lost_control = share(value, "lost");
      return;
    }
    MapReader reader{value, "`lost`", diagnostics_};
    if (!value.is_map()) return;
    if (Value const* treated = reader.required("treated")) design_.lost_treated = share(*treated, "treated");
    if (Value const* control = reader.required("control")) design_.lost_control = share(*control, "control");
    reader.finish();
  }

  MapReader& reader_;
  StudyDesign& design_;
  Diagnostics& diagnostics_;
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
