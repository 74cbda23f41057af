// SPDX-License-Identifier: Apache-2.0
#include "export_register.hpp"

#include "exit_code.hpp"
#include "text_output.hpp"

#include <utvei/document/digest.hpp>
#include <utvei/output/register_export.hpp>
#include <utvei/register/disclosure.hpp>
#include <utvei/run/prepare.hpp>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <system_error>

#include <fmt/format.h>

namespace utvei {
namespace {

namespace fs = std::filesystem;

Place whole_file(std::string const& path) {
  return {std::make_shared<SourceText const>(SourceText{path, ""})};
}

struct ModelOfRun {
  Model model;
  Rates rates;
};

/// As they are now; a model or rates that have changed since the run are said.
ModelOfRun read_model_of_run(Provenance const& run, std::string const& result, Session& session) {
  if (run.model.empty()) {
    throw InputError{Fault::data, whole_file(result), "the result does not say which model it was made with",
                     "an earlier version of utvei has written it", "run the scenario again"};
  }
  Diagnostics diagnostics;
  ModelOfRun found;
  found.model = read_model(run.model, {}, Request{}, diagnostics);
  if (!run.rates.empty()) {
    found.model.rate_file = run.rates;
    found.model.rate_file_place = whole_file(result);
  }
  if (!diagnostics.has_errors()) found.rates = rates_of(found.model, diagnostics);
  if (diagnostics.has_errors()) {
    diagnostics.add({Severity::note, Fault::file, whole_file(result), "names this model, as seen from where it was run",
                     "", "export from the folder in which `utvei run` was called"});
  }
  for (InputFile const& input : run.inputs) {
    bool const of_model = std::ranges::count(found.model.inputs, input.path) > 0 ||
                          std::ranges::count(found.rates.inputs, input.path) > 0;
    if (!of_model || sha256_of_file(input.path) == input.sha256) continue;
    diagnostics.warning(whole_file(input.path), "has changed since the run",
                        "bands and terms of the study come from the model and its rates as they are now",
                        "run the scenario again, or look at `estimate` in the study");
  }
  throw_if_errors(diagnostics);
  session.console.show(diagnostics);
  return found;
}

/// Files of these names that we have not written, or that the result was made from, stay as they are.
void check_folder(std::string const& folder, std::vector<std::string> const& files, RunResult const& result,
                  std::vector<std::string> const& inputs) {
  std::error_code error;
  if (fs::exists(folder, error) && !fs::is_directory(folder, error)) {
    throw InputError{Fault::usage, whole_file(folder), "is a file, not a folder",
                     "a register has three files: persons.csv, spells.csv and study.yaml", "name a folder with -o"};
  }
  if (!fs::exists(folder, error)) return;
  Diagnostics diagnostics;
  for (std::string const& file : files) {
    std::string const hash = fs::exists(file, error) ? sha256_of_file(file) : "";
    bool const is_input = !hash.empty() && std::ranges::count(result.provenance.inputs, hash, &InputFile::sha256) > 0;
    if (!is_input) continue;
    diagnostics.add({Severity::error, Fault::usage, whole_file(file),
                     "would replace a file that the result was made from", "what is in it would be lost",
                     "name another folder with -o"});
  }
  throw_if_errors(diagnostics);
  if (look_at_register_folder(folder) == RegisterFolder::of_somebody_else) {
    throw InputError{Fault::usage, whole_file(folder), "holds a study or data that this export has not written",
                     "its persons.csv, spells.csv and study.yaml would be replaced", "name another folder with -o"};
  }
  check_outputs(files, inputs);
}

/// Makes the folder; one that was not there is taken away again if nothing came of it.
class MadeFolder {
 public:
  explicit MadeFolder(std::string path) : path_{std::move(path)} {
    std::error_code error;
    is_new_ = fs::create_directories(path_, error);
    if (error) {
      throw InputError{Fault::data, whole_file(path_), "cannot make the folder", error.message(),
                       "name another folder with -o"};
    }
  }
  ~MadeFolder() {
    std::error_code ignored;
    if (is_new_) fs::remove(path_, ignored);  // an empty one only
  }
  MadeFolder(MadeFolder const&) = delete;
  MadeFolder& operator=(MadeFolder const&) = delete;
  MadeFolder(MadeFolder&&) = delete;
  MadeFolder& operator=(MadeFolder&&) = delete;

 private:
  std::string path_;
  bool is_new_{false};
};

/// From the folder to the model, so that both may be moved together.
std::string path_from(std::string const& folder, std::string const& model) {
  std::error_code error;
  auto const there = fs::weakly_canonical(fs::absolute(model), error);
  auto const here = fs::weakly_canonical(fs::absolute(folder), error);
  return error ? model : there.lexically_relative(here).string();
}

}  // namespace

int export_register(ExportArguments const& arguments, RunResult const& result, Session& session) {
  std::string const& folder = arguments.output;
  if (folder.empty()) {
    throw InputError{Fault::usage, Place{}, "--as register needs a folder to write to",
                     "a register has three files: persons.csv, spells.csv and study.yaml", "name it with -o FOLDER"};
  }
  std::string const& data_class = result.provenance.data_class;
  require_disclosure_cleared(data_class, audience_of(arguments.inside), folder);
  auto const [model, rates] = read_model_of_run(result.provenance, arguments.file, session);
  RegisterFiles const texts = register_of(result, model, rates, path_from(folder, result.provenance.model));
  auto const path_of = [&](char const* name) { return (fs::path{folder} / name).string(); };
  std::vector<std::string> const files{path_of("persons.csv"), path_of("spells.csv"), path_of("study.yaml")};
  std::vector<std::string> inputs{arguments.file};
  for (InputFile const& input : result.provenance.inputs) inputs.push_back(input.path);
  inputs.insert(inputs.end(), model.inputs.begin(), model.inputs.end());
  check_folder(folder, files, result, inputs);
  {
    MadeFolder const made{folder};
    write_texts({{files[0], texts.persons}, {files[1], texts.spells}, {files[2], texts.study}}, session,
                file_mode(data_class));
  }
  for (std::string const& file : files) session.tell(file + "\n");
  return exit_ok;
}

}  // namespace utvei
