// SPDX-License-Identifier: Apache-2.0
#include "calibrate.hpp"

#include "calibration_data.hpp"
#include "exit_code.hpp"
#include "figures_text.hpp"
#include "progress.hpp"
#include "provenance.hpp"
#include "text_output.hpp"

#include <utvei/core/text.hpp>
#include <utvei/output/rate_file.hpp>
#include <utvei/register/disclosure.hpp>
#include <utvei/results/readable.hpp>
#include <utvei/run/run_scenario.hpp>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace utvei {
namespace {

using Json = nlohmann::ordered_json;

PreparedCalibration read_asked_calibration(CalibrateArguments const& arguments, Session& session) {
  Diagnostics diagnostics;
  auto prepared = prepare_calibration(arguments.file, overrides_of(arguments.overrides), CalibrationStage::before,
                                      session.threads, diagnostics);
  if (prepared.run && prepared.calibration.adjustments.empty() && !diagnostics.has_errors()) {
    diagnostics.error(Place{std::make_shared<SourceText const>(SourceText{arguments.file, ""})},
                      "no offsets to calibrate with", "targets are met by changing log rates",
                      "add `offsets:`, each with a transition and its prior_sd");
  }
  auto const is_asked = [](Target const& target) { return target.use == Target::Use::calibrate; };
  if (prepared.run && !diagnostics.has_errors() && std::ranges::none_of(prepared.calibration.targets, is_asked)) {
    diagnostics.error(Place{std::make_shared<SourceText const>(SourceText{arguments.file, ""})},
                      "no figure to calibrate to", "all targets are of another use",
                      "let some of them have `use: calibrate`, or use `utvei validate`");
  }
  throw_if_errors(diagnostics);
  session.console.show(diagnostics);
  return prepared;
}

Json target_json(Target const& target, TargetFit const& fit) {
  auto const [low, high] = target.range();
  return {{"name", target.name},
          {"use", name_of(target.use)},
          {"published", target.bounds ? Json{} : Json(target.value)},
          {"published_low", low},
          {"published_high", high},
          {"before", fit.before},
          {"after", fit.after},
          {"log_sd", fit.log_sd},
          {"misfit", fit.misfit},
          {"met", fit.is_met},
          {"why_not", fit.why},
          {"source", target.source},
          {"confidence", target.confidence}};
}

Json calibration_json(Calibration const& calibration, CalibrationResult const& result) {
  Json json{{"calibration", calibration.name},
            {"method", name_of(result.method)},
            {"why_not_equations", result.why_not_equations},
            {"iterations", result.iterations},
            {"converged", result.converged},
            {"half_squares_before", result.objective_before},
            {"half_squares_after", result.objective_after},
            {"targets", Json::array()},
            {"offsets", Json::array()},
            {"warnings", result.warnings}};
  for (std::size_t i = 0; i < calibration.targets.size(); ++i)
    json["targets"].push_back(target_json(calibration.targets[i], result.targets[i]));
  for (std::size_t k = 0; k < calibration.adjustments.size(); ++k) {
    AdjustmentFit const& fit = result.adjustments[k];
    json["offsets"].push_back({{"name", calibration.adjustments[k].offset.name},
                               {"log_ratio", fit.value},
                               {"se", fit.se},
                               {"hazard_ratio", std::exp(fit.value)},
                               {"prior_sd", calibration.adjustments[k].prior_sd},
                               {"informed", fit.informed}});
  }
  return json;
}

std::string calibration_csv(Calibration const& calibration, CalibrationResult const& result) {
  std::string csv =
      "kind,name,use,published,published_low,published_high,before,after,log_sd,misfit,met,offset,se,prior_sd,informed,"
      "why_not\n";
  for (std::size_t i = 0; i < calibration.targets.size(); ++i) {
    Target const& target = calibration.targets[i];
    TargetFit const& fit = result.targets[i];
    csv += fmt::format("target,{},{},{},{},{},{},{},{},,,,,{}\n", csv_field(target.name), name_of(target.use),
                       published_fields(target), fit.before, fit.after, fit.log_sd, fit.misfit,
                       fit.is_met ? "yes" : "no", csv_field(fit.why));
  }
  for (std::size_t k = 0; k < calibration.adjustments.size(); ++k) {
    AdjustmentFit const& fit = result.adjustments[k];
    csv += fmt::format("offset,{},,,,,,,,,,{},{},{},{},\n", csv_field(calibration.adjustments[k].offset.name),
                       fit.value, fit.se, calibration.adjustments[k].prior_sd, fit.informed);
  }
  return csv;
}

std::string calibration_text(Calibration const& calibration, CalibrationResult const& result) {
  std::size_t asked = 0;
  std::size_t met = 0;
  std::string text =
      fmt::format("{:<36} {:>14} {:>14} {:>14} {:>7}\n", "figure", "published", "before", "after", "misfit");
  for (std::size_t i = 0; i < calibration.targets.size(); ++i) {
    Target const& target = calibration.targets[i];
    TargetFit const& fit = result.targets[i];
    if (target.use == Target::Use::calibrate) {
      ++asked;
      met += fit.is_met ? 1U : 0U;
    }
    text += fmt::format("{:<36} {:>14} {:>14} {:>14} {:>+7.1f}{}\n", target.name, published_text(target, "en"),
                        readable_digits(fit.before, "en"), readable_digits(fit.after, "en"), fit.misfit,
                        target.use == Target::Use::calibrate ? "" : fmt::format("  ({})", name_of(target.use)));
    if (!fit.why.empty() && target.use == Target::Use::calibrate) text += fmt::format("    not met: {}\n", fit.why);
  }
  text += fmt::format("\n{:<52} {:>8} {:>8} {:>12} {:>9}\n", "offset", "log", "se", "factor", "informed");
  for (std::size_t k = 0; k < calibration.adjustments.size(); ++k) {
    AdjustmentFit const& fit = result.adjustments[k];
    text += fmt::format("{:<52} {:>+8.3f} {:>8.3f} {:>12.3f} {:>7.0f} %\n", calibration.adjustments[k].offset.name,
                        fit.value, fit.se, std::exp(fit.value), 100 * fit.informed);
  }
  text += fmt::format("\n{} of {} figures are met within two standard deviations; {} steps by {}{}\n", met, asked,
                      result.iterations, name_of(result.method),
                      result.why_not_equations.empty() || result.method == FigureMethod::equations
                          ? ""
                          : fmt::format(" (no equations: {})", result.why_not_equations));
  text +=
      "misfit: log(after / published), 0 within bounds, in standard deviations of discrepancy and luck; informed: how "
      "much of the "
      "prior's variance the figures took away\n";
  return text;
}

}  // namespace

int calibrate_command(CalibrateArguments const& arguments, Session& session) {
  auto const prepared = read_asked_calibration(arguments, session);
  auto const read = files_of(prepared);
  std::string const data_class = class_of(*prepared.run);
  check_cleared({arguments.output, arguments.report}, data_class, arguments.inside);
  check_outputs({arguments.output, arguments.report}, read);
  Provenance provenance;
  provenance.inputs = hashed(read);
  provenance.seed = prepared.run->scenario.seed;
  provenance.data_class = data_class;
  add_program(provenance, session);
  CalibrationResult result;
  {
    ProgressBar bar{session.console, prepared.calibration.name, !session.quiet};
    CalibrationOptions options{session.threads, &session.signals.stop(),
                               [&bar](std::uint64_t done, std::uint64_t total) { bar.tell(done, total); }};
    result = calibrate(prepared.calibration, prepared.run->scenario, prepared.run->rates, *prepared.run->population,
                       options);
  }
  throw_if_stopped(session.signals);
  Json history = calibration_json(prepared.calibration, result);
  for (InputFile const& input : provenance.inputs)
    history["inputs"].push_back({{"path", input.path}, {"sha256", input.sha256}});
  history["utvei_version"] = provenance.utvei_version;
  history["command_line"] = provenance.command_line;
  result.frozen.history = history.dump();
  FinishStep const writing{session.signals};
  save_calibrated_rates(result.frozen, prepared.run->scenario.model, provenance, arguments.output);
  if (!arguments.report.empty())
    write_text(arguments.report, calibration_csv(prepared.calibration, result), session, file_mode(data_class));
  for (std::string const& warning : result.warnings) session.tell("warning: " + warning + "\n");
  session.console.data(arguments.format == "json" ? calibration_json(prepared.calibration, result).dump(2) + "\n"
                                                  : calibration_text(prepared.calibration, result));
  return exit_ok;
}

}  // namespace utvei
