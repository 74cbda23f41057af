// SPDX-License-Identifier: Apache-2.0
#include "diagnose.hpp"

#include "text_output.hpp"

#include <utvei/register/disclosure.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace utvei {

void check_diagnosis_possible(EstimateArguments const& arguments, Study const& study) {
  if (study.panel && (arguments.diagnose || !arguments.expected.empty() || !arguments.persistence.empty())) {
    throw InputError{Fault::usage, Place{}, "observed and expected events need spells",
                     "the source of the study is a panel: nobody saw when states changed",
                     "leave --diagnose, --expected and --persistence out; the summary says what the looks hide"};
  }
  if (study.exposure && !arguments.persistence.empty()) {
    throw InputError{Fault::usage, Place{}, "persistence needs life courses",
                     "the study has `exposure`, which is counts of events and person-time",
                     "leave --persistence out, or write `sources` in the study"};
  }
}

FitDiagnosis diagnose(EstimateArguments const& arguments, LifeCourses const& lives, Exposure const& exposure,
                      Fit const& fit, Model const& model, EstimateOptions const& options, Session& session) {
  FitDiagnosis diagnosis;
  FinishStep const counting{session.signals};
  auto const* stop = &session.signals.stop();
  if (arguments.diagnose || !arguments.expected.empty()) {
    WiderExposures wider;
    if (lives.size() > 0) wider = tabulate_wider(lives, model, options, session.threads, stop);
    for (auto const& axis : wider.skipped) {
      session.tell(
          fmt::format("expected events are not by `{}`: with it there are more cells than memory holds\n", axis));
    }
    diagnosis.expected = expected_events(exposure, wider.exposures, fit, model, options);
  }
  if (lives.size() > 0 && (arguments.diagnose || !arguments.persistence.empty())) {
    diagnosis.persistence = persistence(lives, model, exposure.axes, fit, options, session.threads, stop);
  }
  return diagnosis;
}

void write_diagnosis(EstimateArguments const& arguments, FitDiagnosis const& diagnosis, Model const& model,
                     unsigned mode, Session& session) {
  if (diagnosis.expected && !arguments.expected.empty())
    write_text(arguments.expected, to_csv(expected_table(*diagnosis.expected, model)), session, mode);
  if (diagnosis.persistence && !arguments.persistence.empty())
    write_text(arguments.persistence, to_csv(persistence_table(*diagnosis.persistence, model)), session, mode);
}

std::string with_diagnosis(std::string summary, EstimateArguments const& arguments, FitDiagnosis const& diagnosis,
                           Model const& model, std::string const& data_class) {
  if (!arguments.diagnose || !diagnosis.expected) return summary;
  auto const least = least_told(data_class, audience_of(arguments.inside));
  if (arguments.format == "json") {
    auto json = nlohmann::ordered_json::parse(summary);
    json["expected_events"] = nlohmann::ordered_json::parse(expected_json(*diagnosis.expected, model, least));
    if (diagnosis.persistence)
      json["persistence"] = nlohmann::ordered_json::parse(persistence_json(*diagnosis.persistence, model, least));
    return json.dump(2) + "\n";
  }
  summary += describe_expected(*diagnosis.expected, model, least);
  if (diagnosis.persistence) summary += describe_persistence(*diagnosis.persistence, model, least);
  return summary;
}

}  // namespace utvei
