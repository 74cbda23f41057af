// SPDX-License-Identifier: Apache-2.0
#include "open_batch.hpp"

#include "text_output.hpp"
#include "version.hpp"

#include <utvei/output/atomic_file.hpp>
#include <utvei/register/disclosure.hpp>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <optional>
#include <string_view>
#include <system_error>

#include <fmt/format.h>

namespace utvei {
namespace {

struct Shard {
  std::size_t index{1}, count{1};
};

std::optional<std::size_t> share_number(std::string_view text) {
  std::size_t number = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || number == 0) return std::nullopt;
  return number;
}

Shard shard_of(std::string const& text) {
  if (text.empty()) return {};
  std::size_t const slash = std::min(text.find('/'), text.size());
  auto const index = share_number(std::string_view{text}.substr(0, slash));
  auto const count = slash < text.size() ? share_number(std::string_view{text}.substr(slash + 1)) : std::nullopt;
  if (index && count && *index <= *count) return {*index, *count};
  throw InputError{Fault::usage, Place{}, fmt::format("`--shard {}` is no share", text),
                   "shares are numbered from 1: the second of seven is 2/7", "write --shard 2/7"};
}

BatchPlan planned(BatchArguments const& arguments, VariantShelf& shelf, Session& session) {
  static_cast<void>(shard_of(arguments.shard));  // before the work
  Diagnostics diagnostics;
  BatchFile file = read_batch(arguments.file, overrides_of(arguments.overrides), diagnostics);
  throw_if_errors(diagnostics);
  BatchPlan plan = plan_batch(std::move(file), shelf, diagnostics);
  throw_if_errors(diagnostics);
  session.console.show(plan.warnings);
  return plan;
}

std::string folder_of(std::string const& asked, std::optional<std::string> const& written, std::string const& unsaid) {
  return !asked.empty() ? asked : written.value_or(unsaid);
}

Place folder_as_place(std::string const& path) {
  return {std::make_shared<SourceText const>(SourceText{path, ""})};
}

/// Finished units lie in folders of two hexadecimal digits: among other files they would be a nuisance.
void refuse_folder_of_others(std::string const& path, std::string const& option) {
  std::error_code error;
  std::string other;
  for (auto const& entry : std::filesystem::directory_iterator{path, error}) {
    std::string const name = entry.path().filename().string();
    bool const is_of_units = name.size() == 2 && name.find_first_not_of("0123456789abcdef") == std::string::npos;
    if (is_of_units && entry.is_directory(error)) return;
    if (name.starts_with('.')) continue;  // of a process that begins on the same batch at this moment
    if (other.empty() || name < other) other = name;
  }
  if (other.empty()) return;
  throw InputError{Fault::usage, folder_as_place(path), "the folder holds other files, and no units of a batch",
                   fmt::format("`{}` lies there; up to 256 folders of units would come beside it", other),
                   fmt::format("name a folder of its own with {}", option)};
}

void make_folder(std::string const& path, std::string const& option) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error)
    throw InputError{Fault::data, folder_as_place(path), "cannot make the folder", error.message(),
                     fmt::format("name another folder with {}", option)};
}

}  // namespace

OpenBatch::OpenBatch(BatchArguments const& arguments, Session& session)
    : shelf{fmt::format("{} {}", program_version(), git_hash()), session.threads},
      plan{planned(arguments, shelf, session)},
      out{folder_of(arguments.out, plan.file.out, "runs")},
      store{folder_of(arguments.store, plan.file.store, (std::filesystem::path{out} / "units").string())} {
  Shard const shard = shard_of(arguments.shard);
  bundles = share_of(plan, shard.index, shard.count);
  for (UnitBundle const& bundle : bundles) units.insert(units.end(), bundle.begin(), bundle.end());
  std::ranges::sort(units);
}

std::string OpenBatch::result_path(PlannedVariant const& planned) const {
  return (std::filesystem::path{out} / (planned.variant.name + ".h5")).string();
}

std::string describe_unit(BatchPlan const& plan, std::size_t unit) {
  auto const& [variant, part, id] = plan.units[unit];
  PlannedVariant const& planned = plan.variants[variant];
  std::string text = planned.variant.name;
  if (planned.draws > 0) text += fmt::format(", draw {}", part.draw);
  if (planned.replicates > 1) text += fmt::format(", replicate {}", part.replicate);
  if (planned.blocks > 1) text += fmt::format(", people {} to {}", part.first, part.last);
  return text;
}

void check_batch_output(OpenBatch const& batch, BatchArguments const& arguments) {
  Diagnostics diagnostics;
  std::vector<std::string> results;
  std::vector<std::string> inputs{batch.plan.file.path};
  for (PlannedVariant const& each : batch.plan.variants) {
    std::string const path = batch.result_path(each);
    results.push_back(path);
    inputs.insert(inputs.end(), each.files.begin(), each.files.end());
    if (each.keeps_life_courses)
      collecting(diagnostics,
                 [&] { require_disclosure_cleared(each.data_class, audience_of(arguments.inside), path); });
  }
  throw_if_errors(diagnostics);
  refuse_folder_of_others(batch.store.folder(), "--store");
  make_folder(batch.out, "--out");
  make_folder(batch.store.folder(), "--store");
  check_outputs(results, inputs);
  AtomicFile const probe{(std::filesystem::path{batch.store.folder()} / "probe").string()};
}

std::string words_after_action(BatchArguments const& arguments) {
  std::vector<std::string> words{arguments.file};
  auto const add = [&](char const* option, std::string const& value) {
    if (!value.empty()) words.insert(words.end(), {option, value});
  };
  add("--out", arguments.out);
  add("--store", arguments.store);
  for (std::string const& set : arguments.overrides) add("--set", set);
  if (arguments.inside) words.emplace_back("--inside");
  return command_line_of(words);
}

}  // namespace utvei
