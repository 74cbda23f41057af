// SPDX-License-Identifier: Apache-2.0
#include "validate.hpp"

#include "calibration_data.hpp"
#include "exit_code.hpp"
#include "figures_text.hpp"
#include "progress.hpp"
#include "text_output.hpp"

#include <utvei/core/text.hpp>
#include <utvei/register/disclosure.hpp>
#include <utvei/results/readable.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <system_error>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace utvei {
namespace {

using Json = nlohmann::ordered_json;

/// What a reader of the page sees.
struct Words {
  std::string_view language, figure, source, published, model, interval, difference, holds, yes, no, calibrated,
      kept_out, context, unverified, summary, about, about_no_draws;
};
Words const& words_in(std::string_view language) {
  static constexpr Words nb{
      "nb",
      "Tall",
      "Kilde",
      "Publisert",
      "Modell",
      "90 %-intervall",
      "Avvik",
      "Innenfor",
      "ja",
      "nei",
      "Kalibrert mot",
      "Holdt utenfor kalibreringen",
      "Til sammenlikning",
      "ikke kontrollert",
      "{} av {} publiserte tall ligger innenfor",
      "Intervallet rommer usikkerheten i ratene ({} parametertrekk), tilfeldighetene i simuleringen, og at modellens "
      "tilstander ikke er etatens (sd_log).",
      "Intervallet rommer tilfeldighetene i simuleringen, og at modellens tilstander ikke er etatens (sd_log). "
      "Usikkerheten "
      "i ratene er ikke med; --draws 20 tar den med."};
  static constexpr Words nn{
      "nn",
      "Tal",
      "Kjelde",
      "Publisert",
      "Modell",
      "90 %-intervall",
      "Avvik",
      "Innanfor",
      "ja",
      "nei",
      "Kalibrert mot",
      "Halde utanfor kalibreringa",
      "Til samanlikning",
      "ikkje kontrollert",
      "{} av {} publiserte tal ligg innanfor",
      "Intervallet rommar uvissa i ratane ({} parametertrekk), det tilfeldige i simuleringa, og at tilstandane i "
      "modellen ikkje er dei til etaten (sd_log).",
      "Intervallet rommar det tilfeldige i simuleringa, og at tilstandane i modellen ikkje er dei til etaten (sd_log). "
      "Uvissa "
      "i ratane er ikkje med; --draws 20 tek ho med."};
  static constexpr Words en{"en",
                            "Figure",
                            "Source",
                            "Published",
                            "Model",
                            "90 % interval",
                            "Difference",
                            "Within",
                            "yes",
                            "no",
                            "Calibrated to",
                            "Kept out of calibration",
                            "For comparison",
                            "unverified",
                            "{} of {} published figures lie within",
                            "The interval holds what is not known of the rates ({} parameter draws), the luck of the "
                            "simulation, and that the "
                            "model's states are not the agency's (sd_log).",
                            "The interval holds the luck of the simulation, and that the model's states are not the "
                            "agency's (sd_log). What is not known of the rates is not in it; --draws 20 takes it in."};
  return language == "en" ? en : language == "nn" ? nn : nb;
}
std::string_view heading_of(Target::Use use, Words const& words) {
  return use == Target::Use::calibrate  ? words.calibrated
         : use == Target::Use::validate ? words.kept_out
                                        : words.context;
}
std::string about(Validation const& validation, Words const& words) {
  return validation.draws == 0 ? std::string{words.about_no_draws}
                               : fmt::format(fmt::runtime(words.about), validation.draws);
}
constexpr std::array all_uses{Target::Use::calibrate, Target::Use::validate, Target::Use::context};

std::string calibration_in(std::string const& path) {
  std::error_code ignored;
  if (!std::filesystem::is_directory(path, ignored)) return path;
  return (std::filesystem::path{path} / "calibration.yaml").string();
}

/// The lines of one use, each by `line`.
template <class Line>
void for_each_of(Calibration const& calibration, Target::Use use, Line const& line) {
  for (std::size_t i = 0; i < calibration.targets.size(); ++i)
    if (calibration.targets[i].use == use) line(i);
}

std::string count_text(Calibration const& calibration, Validation const& validation, Target::Use use,
                       Words const& words) {
  std::size_t all = 0;
  std::size_t within = 0;
  for_each_of(calibration, use, [&](std::size_t i) {
    ++all;
    within += validation.figures[i].holds ? 1U : 0U;
  });
  return all == 0 ? std::string{} : fmt::format(fmt::runtime(words.summary), within, all);
}

/// In per cent, of bounds from the nearer one, and in people where these were counted; no minus before what rounds to
/// nothing.
std::string difference_text(Target const& target, ValidatedFigure const& figure, Words const& words) {
  auto const [low, high] = target.range();
  double const nearest = std::clamp(figure.model, low, high);
  double const per_cent = nearest > 0 ? 100 * (figure.model / nearest - 1) : 0;
  std::string text = readable_signed(per_cent, 1, words.language) + " %";
  double const people = std::round(figure.model - nearest);
  if (target.observation.unit != Unit::people || people == 0) return text;
  return fmt::format("{} ({})", readable_signed(people, 0, words.language), text);
}

std::string source_of(Target const& target, Words const& words) {
  return target.source + (target.is_unverified() ? fmt::format(" ({})", words.unverified) : "");
}

std::string validation_text(Calibration const& calibration, Validation const& validation, Words const& words) {
  std::string text;
  for (Target::Use const use : all_uses) {
    auto const count = count_text(calibration, validation, use, words);
    if (count.empty()) continue;
    text += fmt::format("{}: {}\n{:<36} {:>12} {:>12} {:>25} {:>20}  {}\n", heading_of(use, words), count, words.figure,
                        words.published, words.model, words.interval, words.difference, words.holds);
    for_each_of(calibration, use, [&](std::size_t i) {
      Target const& target = calibration.targets[i];
      ValidatedFigure const& figure = validation.figures[i];
      auto const interval = fmt::format("{} – {}", readable_digits(figure.low_90, words.language),
                                        readable_digits(figure.high_90, words.language));
      text += fmt::format("{:<36} {:>12} {:>12} {:>25} {:>20}  {}{}\n", target.name,
                          published_text(target, words.language), readable_digits(figure.model, words.language),
                          interval, difference_text(target, figure, words), figure.holds ? words.yes : words.no,
                          target.is_unverified() ? fmt::format("  ({})", words.unverified) : "");
    });
    text += "\n";
  }
  return text + about(validation, words) + "\n";
}

std::string validation_markdown(Calibration const& calibration, Validation const& validation, Words const& words) {
  std::string text = fmt::format("# {}\n", calibration.name);
  for (Target::Use const use : all_uses) {
    auto const count = count_text(calibration, validation, use, words);
    if (count.empty()) continue;
    text += fmt::format("\n## {}\n\n{}.\n\n| {} | {} | {} | {} | {} | {} | {} |\n|---|---|---|---|---|---|---|\n",
                        heading_of(use, words), count, words.figure, words.source, words.published, words.model,
                        words.interval, words.difference, words.holds);
    for_each_of(calibration, use, [&](std::size_t i) {
      Target const& target = calibration.targets[i];
      ValidatedFigure const& figure = validation.figures[i];
      text +=
          fmt::format("| {} | {} | {} | {} | {} – {} | {} | {} |\n", target.note.empty() ? target.name : target.note,
                      source_of(target, words), published_text(target, words.language),
                      readable_digits(figure.model, words.language), readable_digits(figure.low_90, words.language),
                      readable_digits(figure.high_90, words.language), difference_text(target, figure, words),
                      figure.holds ? words.yes : words.no);
    });
  }
  return text + "\n" + about(validation, words) + "\n";
}

std::string validation_csv(Calibration const& calibration, Validation const& validation) {
  std::string csv =
      "name,use,published,published_low,published_high,model,low_90,high_90,within,log_sd,log_sd_rates,log_sd_luck,"
      "source,confidence\n";
  for (std::size_t i = 0; i < calibration.targets.size(); ++i) {
    Target const& target = calibration.targets[i];
    ValidatedFigure const& figure = validation.figures[i];
    csv += fmt::format("{},{},{},{},{},{},{},{},{},{},{},{}\n", csv_field(target.name), name_of(target.use),
                       published_fields(target), figure.model, figure.low_90, figure.high_90,
                       figure.holds ? "yes" : "no", target.log_sd, figure.log_sd_rates, figure.log_sd_luck,
                       csv_field(target.source), target.confidence);
  }
  return csv;
}

/// Targets by region are named `name:region`.
std::string region_of(std::string const& name) {
  auto const colon = name.rfind(':');
  return colon == std::string::npos ? std::string{} : name.substr(colon + 1);
}

std::string_view unit_name(Unit unit) {
  return unit == Unit::people ? "people" : unit == Unit::share ? "share" : "per_1000";
}

/// Stocks and those followed from a date; the others are of a period.
bool is_of_a_day(Target const& target) {
  return target.observation.how == Operator::stock || target.observation.how == Operator::followed;
}

std::string day_of(Instant instant) {
  constexpr std::size_t date_length = 10;
  return format(instant).substr(0, date_length);
}

std::string validation_json(Calibration const& calibration, Validation const& validation,
                            std::string const& data_class) {
  Json json{{"utvei", "validation/1"},         {"data_class", data_class},
            {"calibration", calibration.name}, {"method", name_of(validation.method)},
            {"draws", validation.draws},       {"figures", Json::array()}};
  for (std::size_t i = 0; i < calibration.targets.size(); ++i) {
    Target const& target = calibration.targets[i];
    ValidatedFigure const& figure = validation.figures[i];
    auto const [low, high] = target.range();
    json["figures"].push_back({{"name", target.name},
                               {"note", target.note},
                               {"region", region_of(target.name)},
                               {"unit", unit_name(target.observation.unit)},
                               {"from", is_of_a_day(target) ? Json{} : Json(day_of(target.observation.from))},
                               {"at", day_of(is_of_a_day(target) ? target.observation.at : target.observation.to)},
                               {"year", target.year ? Json(*target.year) : Json{}},
                               {"use", name_of(target.use)},
                               {"published", target.bounds ? Json{} : Json(target.value)},
                               {"published_low", low},
                               {"published_high", high},
                               {"model", figure.model},
                               {"low_90", figure.low_90},
                               {"high_90", figure.high_90},
                               {"within", figure.holds},
                               {"log_sd", target.log_sd},
                               {"log_sd_rates", figure.log_sd_rates},
                               {"log_sd_luck", figure.log_sd_luck},
                               {"source", target.source},
                               {"confidence", target.confidence},
                               {"unverified", target.is_unverified()}});
  }
  return json.dump(2) + "\n";
}

}  // namespace

int validate_command(ValidateArguments const& arguments, Session& session) {
  Diagnostics diagnostics;
  auto const prepared = prepare_calibration(calibration_in(arguments.file), overrides_of(arguments.overrides),
                                            CalibrationStage::after, session.threads, diagnostics);
  throw_if_errors(diagnostics);
  std::uint32_t const draws = arguments.draws.value_or(prepared.run->scenario.draws);
  if (draws == 1)
    throw InputError{Fault::usage, Place{}, "one parameter draw", "it says nothing of how unsure the rates are",
                     "ask for 20 draws or more, or for none with --draws 0"};
  session.console.show(diagnostics);
  std::string const data_class = class_of(*prepared.run);
  require_disclosure_cleared(data_class, audience_of(arguments.inside), arguments.file, "shown");
  check_outputs({arguments.output}, files_of(prepared));
  Validation validation;
  {
    ProgressBar bar{session.console, prepared.calibration.name, !session.quiet};
    CalibrationOptions const options{session.threads, &session.signals.stop(),
                                     [&bar](std::uint64_t done, std::uint64_t total) { bar.tell(done, total); }};
    validation = validate(prepared.calibration, prepared.run->scenario, prepared.run->rates, *prepared.run->population,
                          draws, options);
  }
  throw_if_stopped(session.signals);
  Words const& words = words_in(session.language);
  auto const text = arguments.format == "json"       ? validation_json(prepared.calibration, validation, data_class)
                    : arguments.format == "csv"      ? validation_csv(prepared.calibration, validation)
                    : arguments.format == "markdown" ? validation_markdown(prepared.calibration, validation, words)
                                                     : validation_text(prepared.calibration, validation, words);
  write_text(arguments.output, text, session, file_mode(data_class));
  return exit_ok;
}

}  // namespace utvei
