// SPDX-License-Identifier: Apache-2.0
#include <utvei/batch/batch_plan.hpp>
#include <utvei/document/digest.hpp>
#include <utvei/document/files.hpp>
#include <utvei/run/run_scenario.hpp>

#include <algorithm>
#include <filesystem>
#include <system_error>

#include <fmt/format.h>

namespace utvei {
namespace {

/// Of large models a few fill the memory.
constexpr std::size_t most_kept = 6;

}  // namespace

VariantShelf::VariantShelf(std::string program, std::size_t threads)
    : program_{std::move(program)}, threads_{threads}, preparation_{{}, threads, ignored_} {}

std::string VariantShelf::hash_of(std::string const& path) {
  std::error_code error;
  auto const changed = std::filesystem::last_write_time(path, error).time_since_epoch().count();
  std::uintmax_t const size = error ? 0 : std::filesystem::file_size(path, error);
  HashedFile& known = hashes_[path];
  if (known.sha256.empty() || known.changed != changed || known.size != size)
    known = {static_cast<std::int64_t>(changed), size, sha256_of_file(path)};
  return known.sha256;
}

/// The scenario as it is resolved, but for what makes no difference to the numbers of a draw and replicate: its name,
/// and how many there are; and the contents of all other files.
std::string VariantShelf::key_of(Variant const& variant, Prepared const& prepared) {
  Diagnostics none;
  Value document = read_document(variant.file, variant.sets, Request{}, none);
  std::vector<std::string> own{variant.file};
  collect_files(document, own);
  std::erase_if(document.members, [](Member const& member) {
    return member.key == "name" || member.key == "draws" || member.key == "replicates";
  });
  std::string text = fmt::format("utvei unit 1\nprogram {}\npeople {}\n{}\n", program_, prepared.population->size(),
                                 to_yaml(document));
  for (std::string const& path : files_of(prepared))
    if (std::ranges::find(own, path) == own.end()) text += fmt::format("{} {}\n", hash_of(path), path);
  return sha256(text);
}

std::shared_ptr<LoadedVariant> VariantShelf::load_locked(Variant const& variant, Diagnostics& diagnostics) {
  auto const found = std::ranges::find(kept_, variant.name, [](auto const& each) { return each.first; });
  if (found != kept_.end()) {
    kept_.splice(kept_.begin(), kept_, found);
    return kept_.front().second;
  }
  auto loaded = std::make_shared<LoadedVariant>();
  loaded->prepared = preparation_.load(variant.file, variant.sets, Request{variant.file_place}, diagnostics);
  if (!loaded->prepared) return nullptr;
  Prepared& prepared = *loaded->prepared;
  loaded->key = key_of(variant, prepared);
  loaded->run = std::make_unique<PartedRun>(prepared.scenario, prepared.rates, *prepared.population,
                                            std::move(prepared.plan), threads_);
  kept_.emplace_front(variant.name, loaded);
  if (kept_.size() > most_kept) kept_.pop_back();
  return loaded;
}

std::shared_ptr<LoadedVariant> VariantShelf::load(Variant const& variant, Diagnostics& diagnostics) {
  std::scoped_lock const lock{mutex_};
  return load_locked(variant, diagnostics);
}

std::shared_ptr<LoadedVariant> VariantShelf::take(PlannedVariant const& planned) {
  std::scoped_lock const lock{mutex_};
  Diagnostics diagnostics;
  auto loaded = load_locked(planned.variant, diagnostics);
  throw_if_errors(diagnostics);
  if (loaded->key == planned.key) return loaded;
  throw InputError{Fault::data, planned.variant.file_place,
                   fmt::format("a file of scenario `{}` has changed since the batch began", planned.variant.name),
                   "its units would not belong together", "run the batch again: units that are still right are kept"};
}

void VariantShelf::drop(PlannedVariant const& planned) {
  std::scoped_lock const lock{mutex_};
  kept_.remove_if([&](auto const& each) { return each.first == planned.variant.name; });
}

}  // namespace utvei
