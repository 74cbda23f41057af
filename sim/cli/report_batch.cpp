// SPDX-License-Identifier: Apache-2.0
#include "report_batch.hpp"

#include "exit_code.hpp"
#include "made_otherwise.hpp"
#include "report_output.hpp"
#include "text_output.hpp"

#include <utvei/batch/batch_file.hpp>
#include <utvei/batch_report/batch_report.hpp>
#include <utvei/document/reader.hpp>
#include <utvei/output/result_parts.hpp>
#include <utvei/run/prepare.hpp>

#include <algorithm>
#include <filesystem>
#include <system_error>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace utvei {
namespace {

Place place_of_batch(std::string const& path) {
  return {std::make_shared<SourceText const>(SourceText{path, ""})};
}

void check_report_of_batch(ReportArguments const& arguments) {
  Diagnostics diagnostics;
  auto const refuse = [&](bool is_given, char const* option) {
    if (is_given)
      diagnostics.add({Severity::error, Fault::usage, Place{},
                       fmt::format("the report of a batch has no use for `{}`", option),
                       "it shows scenarios along their axes", "leave it out, or report some of the results"});
  };
  refuse(!arguments.with.empty(), "--with");
  refuse(!arguments.map.empty(), "--geo");
  throw_if_errors(diagnostics);
}

/// A batch as its file describes it, before any result is read.
struct BatchOfReport {
  BatchFile file;
  std::vector<Variant> variants;
  std::string out;
  [[nodiscard]] std::string path_of(std::size_t variant) const {
    return (std::filesystem::path{out} / (variants[variant].name + ".h5")).string();
  }
};

BatchOfReport batch_of_report(ReportArguments const& arguments) {
  BatchOfReport batch;
  Diagnostics diagnostics;
  batch.file = read_batch(arguments.results.front(), {}, diagnostics);
  throw_if_errors(diagnostics);
  batch.variants = variants_of(batch.file, diagnostics);
  throw_if_errors(diagnostics);
  batch.out = !arguments.out.empty() ? arguments.out : batch.file.out.value_or("runs");
  return batch;
}

/// As `utvei batch` takes them.
std::string options_of_batch(BatchOfReport const& batch, ReportArguments const& arguments) {
  return batch.file.path + (arguments.out.empty() ? "" : " --out " + arguments.out);
}

/// The one that was asked for, that the file marks, or the first.
std::size_t baseline_among(BatchOfReport const& batch, ReportArguments const& arguments) {
  std::vector<std::string> names;
  for (Variant const& variant : batch.variants) names.push_back(variant.name);
  if (arguments.baseline.empty()) {
    auto const marked = std::ranges::find_if(batch.variants, &Variant::is_baseline);
    return marked == batch.variants.end() ? 0 : static_cast<std::size_t>(marked - batch.variants.begin());
  }
  auto const found = std::ranges::find(names, arguments.baseline);
  if (found == names.end())
    throw InputError{Fault::usage, Place{},
                     fmt::format("--baseline: no scenario of the batch is named `{}`", arguments.baseline), "",
                     did_you_mean(arguments.baseline, names)};
  return static_cast<std::size_t>(found - names.begin());
}

ReportText label_for_readers(BatchAxis const& axis) {
  return {label_in(axis.called, "nb", axis.name), label_in(axis.called, "nn", axis.name),
          label_in(axis.called, "en", axis.name)};
}

/// What the file gives scenarios under a label, where the label does not say it itself.
std::string meaning_of(AxisValue const& value) {
  std::string text;
  for (Override const& set : value.sets) {
    bool const says_it = set.value == value.label || set.value == "\"" + value.label + "\"";
    if (!says_it) text += fmt::format("{}{}: {}", text.empty() ? "" : ", ", set.path, set.value);
  }
  return text;
}

BatchMaterial material_of(BatchOfReport const& batch, std::size_t baseline, ReportArguments const& arguments,
                          Session& session) {
  BatchMaterial material;
  material.name = batch.file.name;
  material.is_grid = batch.file.is_grid;
  material.is_inside = arguments.inside;
  material.language = session.language;
  material.baseline_is_chosen = !arguments.baseline.empty() || batch.variants[baseline].is_baseline;
  for (BatchAxis const& axis : batch.file.axes) {
    ToldAxis& told = material.axes.emplace_back(ToldAxis{axis.name, label_for_readers(axis), {}});
    for (AxisValue const& value : axis.values) {
      told.values.push_back(value.label);
      told.meanings.push_back(meaning_of(value));
    }
  }
  for (std::size_t v = 0; v < batch.variants.size(); ++v) {
    ToldScenario& scenario = material.scenarios.emplace_back();
    scenario.name = batch.variants[v].name;
    scenario.place = batch.variants[v].values;
    scenario.is_baseline = v == baseline;
  }
  return material;
}

/// A result without what the report has no use for: parts by group show errors, and are most of a file.
RunResult result_for_report(std::string const& path, ReportArguments const& arguments) {
  RunResult result = load_sums(path);
  load_groups(path, result, [&](Table const& table) {
    bool const is_asked = std::ranges::any_of(arguments.outcomes, [&](std::string const& text) {
      std::string const of = text.substr(0, text.find(','));
      return of == table.quantity || of == table.name;
    });
    auto const is = [&](char const* quantity) { return table.quantity == quantity; };
    return is_asked || is("person_years") || is("participants") || is("persons") || is("balance");
  });
  return result;
}

RunResult baseline_of_batch(BatchOfReport const& batch, std::size_t baseline, ReportArguments const& arguments) {
  std::string const path = batch.path_of(baseline);
  std::error_code error;
  if (std::filesystem::exists(path, error)) return result_for_report(path, arguments);
  throw InputError{Fault::data, place_of_batch(path), "there is no result of the baseline",
                   "all other scenarios are compared with it",
                   fmt::format("make it by `utvei batch resume {}`, or name the folder with --out",
                               options_of_batch(batch, arguments))};
}

void note_made_otherwise(std::vector<std::string> const& differs, BatchMaterial& material) {
  if (differs.empty()) return;
  ++material.made_otherwise;
  for (std::string const& name : differs)
    if (std::ranges::find(material.differs_in, name) == material.differs_in.end()) material.differs_in.push_back(name);
}

std::string otherwise_words(BatchMaterial const& material, std::string const& path) {
  if (material.made_otherwise == 0) return {};
  return fmt::format(
      "warning: {} of the results were not made of what {} says now: they differ in `{}`\n"
      "  why: names and values of the axes are those of the file, numbers those of what was run\n"
      "  help: run the batch again, or write what `--set` changed into the file\n",
      material.made_otherwise, path, fmt::join(material.differs_in, "`, `"));
}

/// What stands in the way of a scenario is told; the others go on. How many that is of results that are there.
std::size_t take_scenarios(BatchOfReport const& batch, ReportArguments const& arguments, BatchCollector& collector,
                           BatchMaterial& material, Session& session) {
  constexpr std::size_t most_told = 3;  // of hundreds the reason is mostly one
  std::size_t refused = 0;
  for (std::size_t v = 0; v < batch.variants.size(); ++v) {
    ToldScenario& scenario = material.scenarios[v];
    throw_if_stopped(session.signals);
    std::error_code error;
    if (!std::filesystem::exists(batch.path_of(v), error)) {
      scenario.missing = {"resultatet finnes ikke ennå", "resultatet finst ikkje enno", "there is no result yet"};
      continue;
    }
    try {
      RunResult const result = result_for_report(batch.path_of(v), arguments);
      note_made_otherwise(made_otherwise(result, batch.variants[v]), material);
      collector.add(scenario, result);
    } catch (InputError const& failed) {
      auto const is_of_data = [](Diagnostic const& one) { return one.fault == Fault::data; };
      if (!std::ranges::all_of(failed.diagnostics().all(), is_of_data)) throw;
      scenario.outcomes.clear();
      scenario.missing = {"kan ikke leses, eller ikke stilles opp mot nullalternativet",
                          "kan ikkje lesast, eller ikkje stillast opp mot nullalternativet",
                          "cannot be read, or not be compared with the zero alternative"};
      if (++refused <= most_told) session.tell(failed.what());
    }
  }
  if (refused > most_told) session.tell(fmt::format("… and {} more that cannot be taken\n", refused - most_told));
  return refused;
}

std::string missing_words(BatchMaterial const& material, std::string const& path) {
  constexpr std::size_t most_told = 10;
  std::string names;
  std::size_t missing = 0;
  for (ToldScenario const& scenario : material.scenarios) {
    if (scenario.missing.empty()) continue;
    if (++missing <= most_told) names += (names.empty() ? "" : ", ") + scenario.name;
  }
  if (missing == 0) return {};
  return fmt::format("{} of {} scenarios are not in the report: {}{}; `utvei batch status {}` says how far they are\n",
                     missing, material.scenarios.size(), names, missing > most_told ? ", …" : "", path);
}

/// `refused`: results that are there, and cannot be taken.
void expect_numbers(BatchOfReport const& batch, BatchMaterial const& material, ReportArguments const& arguments,
                    std::size_t refused) {
  auto const has = [](ToldScenario const& one) { return !one.is_baseline && one.missing.empty(); };
  if (std::ranges::any_of(material.scenarios, has)) return;
  if (refused > 0)
    throw InputError{Fault::data, place_of_batch(batch.out), "none of the results can be set against the baseline",
                     "the reason of the first of them stands above",
                     "give all scenarios the same people, period and seed, or name another one with --baseline"};
  throw InputError{Fault::data, place_of_batch(batch.out), "no scenario beside the baseline has a result here", "",
                   fmt::format("make them by `utvei batch resume {}`, or name the folder with --out",
                               options_of_batch(batch, arguments))};
}

}  // namespace

bool is_of_batch(ReportArguments const& arguments) {
  std::string const extension = std::filesystem::path{arguments.results.front()}.extension().string();
  return arguments.results.size() == 1 && (extension == ".yaml" || extension == ".yml");
}

int report_batch(ReportArguments const& arguments, Session& session) {
  refuse_terminal(arguments);
  check_report_of_batch(arguments);
  check_extension_of_report(arguments);
  BatchOfReport const batch = batch_of_report(arguments);
  std::vector<std::string> read{batch.file.path};
  for (std::size_t v = 0; v < batch.variants.size(); ++v) read.push_back(batch.path_of(v));
  check_outputs({arguments.output}, read);
  std::size_t const baseline = baseline_among(batch, arguments);
  BatchMaterial material = material_of(batch, baseline, arguments, session);
  BatchCollector collector{material, baseline_of_batch(batch, baseline, arguments), arguments.outcomes};
  session.tell(note_of_evidence(material.baseline.front().provenance));
  std::size_t const refused = take_scenarios(batch, arguments, collector, material, session);
  expect_numbers(batch, material, arguments, refused);
  collector.leave_out_what_is_alike();
  session.tell(missing_words(material, options_of_batch(batch, arguments)));
  session.tell(otherwise_words(material, batch.file.path));
  material.commands.push_back(command_line_of(session.words));
  std::string const data_class = material.baseline.front().provenance.data_class;
  if (arguments.format == "csv")
    write_report_text(arguments, batch_csv(material), data_class, session);
  else
    write_report_document(arguments, batch_report(material), session);
  return exit_ok;
}

}  // namespace utvei
