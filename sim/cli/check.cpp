// SPDX-License-Identifier: Apache-2.0
#include "check.hpp"

#include "batch_check.hpp"
#include "calibration_data.hpp"
#include "diagnostics_json.hpp"
#include "exit_code.hpp"
#include "file_kind.hpp"
#include "measure_notes.hpp"
#include "mix_data.hpp"
#include "money_notes.hpp"
#include "need_notes.hpp"
#include "outcome_notes.hpp"
#include "population_data.hpp"
#include "study_data.hpp"
#include "unanswered.hpp"

#include <utvei/analysis/backtest.hpp>
#include <utvei/analysis/power.hpp>
#include <utvei/analysis/regions.hpp>
#include <utvei/document/reader.hpp>
#include <utvei/estimation/fit.hpp>
#include <utvei/estimation/panel_fit.hpp>
#include <utvei/follow/follow.hpp>
#include <utvei/income/rules.hpp>
#include <utvei/model/limit_shares.hpp>
#include <utvei/model/model.hpp>
#include <utvei/money/rules.hpp>
#include <utvei/output/register_file.hpp>
#include <utvei/register/exposure_file.hpp>
#include <utvei/register/life_courses.hpp>
#include <utvei/register/study.hpp>
#include <utvei/run/prepare.hpp>
#include <utvei/tables/read_table.hpp>

#include <algorithm>
#include <filesystem>
#include <system_error>

#include <fmt/format.h>

namespace utvei {
namespace {

struct Checked {
  Diagnostics diagnostics;
  Evidence evidence{};
  std::vector<Unanswered> unanswered{};
  std::vector<std::string> notes{};  ///< of measures
};

/// A trial is read with the model of a scenario whose measure names it: alone, its head is looked at.
void check_trial(std::string const& path, std::vector<Override> const& overrides, Checked& checked) {
  Diagnostics& diagnostics = checked.diagnostics;
  Value const document = read_document(path, overrides, Request{}, diagnostics);
  MapReader reader{document, "the trial", diagnostics};
  if (!document.is_map() || !check_format(reader, "trial", diagnostics)) return;
  if (Value const* name = reader.required("name")) as_code(*name, "name", diagnostics);
  if (Value const* source = reader.required("source")) as_text(*source, "source", diagnostics);
  reader.required("population");
  reader.finish();
  checked.notes.emplace_back("its people are looked at with a scenario that has an effect of this trial");
}

void check_model(std::string const& path, std::vector<Override> const& overrides, Checked& checked) {
  Diagnostics& diagnostics = checked.diagnostics;
  Model model = read_model(path, overrides, Request{}, diagnostics);
  if (diagnostics.has_errors()) return;
  checked.unanswered = unanswered_by(model);
  Rates const rates = rates_of(model, diagnostics);
  // Without its rate file a model lacks rates everywhere: that has been said in a word.
  if (model.rate_file && diagnostics.has_errors()) return;
  // A model without a rate file is enough for `register` and `estimate`.
  if (model.rate_file) settle_limits(model, rates, diagnostics);
  check_rates(model, rates, diagnostics);
  checked.evidence = evidence_behind(model.inputs, rates, diagnostics);
}

void check_study(std::string const& path, std::vector<Override> const& overrides, std::size_t threads,
                 Diagnostics& diagnostics) {
  Study study = read_study(path, overrides, Request{}, diagnostics);
  add_faults_of_estimate(study, diagnostics);
  if (diagnostics.has_errors()) return;
  if (study.register_file) load_register(study, diagnostics);
  if (diagnostics.has_errors()) return;
  if (!study.backtest.is_null()) read_backtest_options(study, {}, diagnostics);
  if (study.panel) {
    read_panel_options(study, diagnostics);
    if (!diagnostics.has_errors()) read_panel(study, diagnostics);
    return;
  }
  EstimateOptions const options = read_estimate_options(study, diagnostics);
  if (diagnostics.has_errors() || study.register_file) return;
  if (!study.exposure) {
    read_register(study, threads, diagnostics);
    return;
  }
  read_exposure(
      study, [&](auto const& regions) { return cell_axes(options, regions, study.model); }, diagnostics);
}

/// The scenario has the measure, and people who qualify.
void check_power(std::string const& path, std::vector<Override> const& overrides, std::size_t threads,
                 Diagnostics& diagnostics) {
  StudyDesign const design = read_power(path, overrides, Request{}, diagnostics);
  if (diagnostics.has_errors()) return;
  Preparation preparation{{}, threads, diagnostics};
  auto const* const prepared = preparation.add(design.scenario, Request{design.scenario_place});
  if (prepared) check_study_people(design, prepared->scenario, *prepared->population, diagnostics);
}

/// The factors of a comparison of regions, with the model that they name.
void check_region_factors(std::string const& path, std::vector<Override> const& overrides, Diagnostics& diagnostics) {
  Value const document = read_document(path, overrides, Request{}, diagnostics);
  Value const* const named = document.find("model");
  if (named == nullptr || !named->is_scalar()) {
    diagnostics.error(document.place, "the file of factors has no `model`",
                      "they are about its transitions and regions", "model: model.yaml");
    return;
  }
  Model const model = read_model(path_beside(*named), {}, Request{named->place}, diagnostics);
  if (!diagnostics.has_errors()) read_region_factors(path, overrides, model, diagnostics);
}

/// The scenario of it as well; a result is only looked at when it is followed.
void check_plan(std::string const& path, std::vector<Override> const& overrides, std::size_t threads,
                Diagnostics& diagnostics) {
  FollowPlan const plan = read_plan(path, overrides, diagnostics);
  if (diagnostics.has_errors()) return;
  Preparation preparation{{}, threads, diagnostics};
  for (PlanSource const* const source : {&plan.scenario, plan.baseline ? &*plan.baseline : nullptr})
    if (source != nullptr && !source->path.ends_with(".h5")) preparation.add(source->path, Request{source->place});
}

Checked check_file(std::string const& path, std::vector<Override> const& overrides, std::size_t threads) {
  Checked checked;
  Diagnostics& diagnostics = checked.diagnostics;
  collecting(diagnostics, [&] {
    auto const kind = kind_of_file(path, overrides, diagnostics);
    if (kind == FileKind::model) check_model(path, overrides, checked);
    if (kind == FileKind::mapping) read_table_file(path, overrides, nullptr, Request{}, diagnostics);
    if (kind == FileKind::study) check_study(path, overrides, threads, diagnostics);
    if (kind == FileKind::population) prepare_people(path, overrides, diagnostics);
    if (kind == FileKind::calibration)
      prepare_calibration(path, overrides, CalibrationStage::before, threads, diagnostics);
    if (kind == FileKind::trial) check_trial(path, overrides, checked);
    if (kind == FileKind::money)
      checked.notes = notes_of_money(read_money(path, overrides, Request{}, nullptr, diagnostics));
    if (kind == FileKind::power) check_power(path, overrides, threads, diagnostics);
    if (kind == FileKind::regions) check_region_factors(path, overrides, diagnostics);
    if (kind == FileKind::batch) checked.notes = notes_of_batch(path, overrides, threads, diagnostics);
    if (kind == FileKind::plan) check_plan(path, overrides, threads, diagnostics);
    if (kind == FileKind::mix) prepare_mix(path, overrides, threads, diagnostics);
    if (kind == FileKind::income) read_income(path, overrides, Request{}, nullptr, diagnostics);
    if (kind == FileKind::scenario) {
      Preparation preparation{overrides, threads, diagnostics};
      if (auto const* prepared = preparation.add(path)) {
        checked.evidence = prepared->evidence;
        checked.unanswered = unanswered_by(prepared->scenario.model, *prepared->population);
        checked.notes = notes_of_measures(prepared->scenario, prepared->trials);
        std::ranges::move(notes_of_needs(*prepared, threads), std::back_inserter(checked.notes));
        std::ranges::move(notes_of_scores(prepared->scenario), std::back_inserter(checked.notes));
        if (prepared->money) std::ranges::move(notes_of_money(*prepared->money), std::back_inserter(checked.notes));
      }
    }
  });
  return checked;
}

}  // namespace

namespace {

/// A folder stands for the YAML files right in it.
std::vector<std::string> yaml_files_of(std::vector<std::string> const& paths) {
  namespace fs = std::filesystem;
  std::vector<std::string> files;
  for (std::string const& path : paths) {
    std::error_code error;
    if (!fs::is_directory(path, error)) {
      files.push_back(path);
      continue;
    }
    std::vector<std::string> inside;
    for (fs::directory_entry const& entry : fs::directory_iterator{path, error})
      if (entry.path().extension() == ".yaml") inside.push_back(entry.path().string());
    // Without one the reader says what a folder is not.
    if (inside.empty()) inside.push_back(path);
    std::ranges::sort(inside);
    files.insert(files.end(), inside.begin(), inside.end());
  }
  return files;
}

}  // namespace

int check_command(CheckArguments const& arguments, Session& session) {
  std::vector<Override> const overrides = overrides_of(arguments.overrides);
  Diagnostics all;
  std::string text;
  for (std::string const& path : yaml_files_of(arguments.files)) {
    auto const [found, evidence, unanswered, notes] = check_file(path, overrides, session.threads);
    all.merge(found);
    if (found.has_errors()) continue;
    text += evidence.rows > 0 ? fmt::format("{}: ok ({})\n", path, describe(evidence)) : fmt::format("{}: ok\n", path);
    for (std::string const& note : notes) text += "  " + note + "\n";
    for (Unanswered const& one : unanswered) {
      text += "  " + describe(one, session.language) + "\n";
      if (arguments.format == "json") all.add(note_of(one, session.language));
    }
  }
  if (arguments.format == "json") {
    session.console.data(to_json(all));
  } else {
    session.console.show(all);
    if (!session.quiet) session.console.data(text);
  }
  return exit_code_of(all);
}

}  // namespace utvei
