// SPDX-License-Identifier: Apache-2.0
#include "register_study.hpp"

#include <utvei/core/diagnostics.hpp>
#include <utvei/core/text.hpp>
#include <utvei/document/digest.hpp>
#include <utvei/output/register_export.hpp>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string_view>

#include <fmt/format.h>

namespace utvei {
namespace {

/// Readers guess which of the two separates.
constexpr std::string_view separators = ",;";
constexpr std::string_view hash_of_persons = "# persons.csv sha256 ";
constexpr std::string_view hash_of_spells = "# spells.csv sha256 ";

LifeCourseTable const& life_courses_of(RunResult const& result) {
  if (!result.life_courses) {
    throw InputError(Fault::data, {}, "the result holds no life courses", {},
                     "run the scenario with `life_courses: all` or `life_courses: {sample: 1000}`");
  }
  if (result.life_courses->people.person.empty() && !result.life_courses->person.empty()) {
    throw InputError(Fault::data, {}, "the result does not say who the people of its life courses are",
                     "an earlier version of utvei has written it", "run the scenario again");
  }
  if (!result.life_courses->changes.person.empty()) {
    throw InputError(Fault::data, {}, "people of the result move, or change traits, while they are followed",
                     "the files of a register would give them one region and one set of traits",
                     "run the scenario without `demography: {moves: …}` and without changes of traits");
  }
  return *result.life_courses;
}

/// A trait may be called `birth`.
std::string birth_column_of(LifeCoursePeople const& people) {
  if (people.birth.empty()) return {};
  std::string name = "birth";
  auto const is_taken = [&](LifeCoursePeople::Trait const& trait) { return trait.name == name; };
  while (std::ranges::any_of(people.traits, is_taken)) name += '_';
  return name;
}

std::string persons_csv(LifeCoursePeople const& people, std::string const& birth_column) {
  fmt::memory_buffer text;
  auto out = std::back_inserter(text);
  fmt::format_to(out, "person");
  if (!people.birth.empty()) fmt::format_to(out, ",{}", birth_column);
  if (!people.region.empty()) fmt::format_to(out, ",region");
  for (auto const& trait : people.traits) fmt::format_to(out, ",{}", csv_field(trait.name, separators));
  for (std::size_t row = 0; row < people.person.size(); ++row) {
    fmt::format_to(out, "\n{}", people.person[row]);
    if (!people.birth.empty()) fmt::format_to(out, ",{}", people.birth[row]);
    if (!people.region.empty())
      fmt::format_to(out, ",{}", csv_field(people.region_codes[people.region[row]], separators));
    for (auto const& trait : people.traits)
      fmt::format_to(out, ",{}", csv_field(trait.levels[trait.level[row]], separators));
  }
  text.push_back('\n');
  return fmt::to_string(text);
}

/// A line for each stay. The first begins when the state was entered, before the run if time was spent in it already;
/// what has not ended has no stop.
std::string spells_csv(LifeCourseTable const& lives) {
  fmt::memory_buffer text;
  auto out = std::back_inserter(text);
  fmt::format_to(out, "person,state,start,stop\n");
  auto const start = std::ranges::find(lives.causes, "start") - lives.causes.begin();
  auto const end = std::ranges::find(lives.causes, "end") - lives.causes.begin();
  std::size_t row = 0;
  for (std::size_t i = 0; i < lives.person.size(); ++i) {
    if (lives.cause[i] == end) continue;
    std::int64_t entered = lives.time[i];
    if (lives.cause[i] == start) {
      while (lives.people.person[row] != lives.person[i]) ++row;
      entered = lives.people.entered[row];
    }
    bool const goes_on =
        i + 1 == lives.person.size() || lives.person[i + 1] != lives.person[i] || lives.cause[i + 1] == end;
    fmt::format_to(out, "{},{},{},", lives.person[i], csv_field(lives.states[lives.to[i]], separators), entered);
    if (!goes_on) fmt::format_to(out, "{}", lives.time[i + 1]);
    text.push_back('\n');
  }
  return fmt::to_string(text);
}

std::string content_of(std::filesystem::path const& file) {
  std::ifstream in{file, std::ios::binary};
  return {std::istreambuf_iterator<char>{in}, {}};
}

}  // namespace

RegisterFiles register_of(RunResult const& result, Model const& model, Rates const& rates,
                          std::string const& model_path) {
  LifeCourseTable const& lives = life_courses_of(result);
  std::string const birth_column = birth_column_of(lives.people);
  RegisterFiles files;
  files.persons = persons_csv(lives.people, birth_column);
  files.spells = spells_csv(lives);
  files.study =
      fmt::format("{}\n{}{}\n{}{}\n{}", made_by_export, hash_of_persons, sha256(files.persons), hash_of_spells,
                  sha256(files.spells), study_of(result, model, rates, model_path, birth_column));
  return files;
}

RegisterFolder look_at_register_folder(std::string const& folder) {
  std::filesystem::path const here{folder};
  std::array const names{here / "persons.csv", here / "spells.csv", here / "study.yaml"};
  auto const is_there = [](std::filesystem::path const& file) {
    std::error_code ignored;
    return std::filesystem::exists(std::filesystem::symlink_status(file, ignored));
  };
  if (std::ranges::none_of(names, is_there)) return RegisterFolder::empty;
  std::string const study = content_of(here / "study.yaml");
  auto const has_hash = [&](std::string_view what, std::filesystem::path const& file) {
    return study.find(fmt::format("\n{}{}\n", what, sha256_of_file(file.string()))) != std::string::npos;
  };
  bool const ours =
      study.starts_with(made_by_export) && has_hash(hash_of_persons, names[0]) && has_hash(hash_of_spells, names[1]);
  return ours ? RegisterFolder::written_by_export : RegisterFolder::of_somebody_else;
}

}  // namespace utvei
