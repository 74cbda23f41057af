// SPDX-License-Identifier: Apache-2.0
#include "new_municipality.hpp"

#include "exit_code.hpp"
#include "municipality_start.hpp"
#include "municipality_texts.hpp"
#include "shipped.hpp"
#include "text_output.hpp"

#include <utvei/core/diagnostics.hpp>
#include <utvei/document/reader.hpp>
#include <utvei/model/regions.hpp>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <filesystem>
#include <iterator>
#include <optional>
#include <system_error>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

namespace utvei {
namespace {

namespace fs = std::filesystem;

struct Municipality {
  std::string code, name, county;
  double part{0};  ///< of the county's people
};

std::vector<std::string> described(Regions const& regions, std::vector<RegionId> const& ids) {
  std::vector<std::string> list;
  for (RegionId const id : ids) list.push_back(fmt::format("{} {}", regions[id].code, regions.name(id, "nb")));
  return list;
}

/// A municipality of the same county by the nearest number, or any by the nearest name. A number of another county is
/// no slip of the hand: then nothing is meant.
std::optional<RegionId> meant_by(std::string const& word, Regions const& regions,
                                 std::vector<RegionId> const& in_county) {
  bool const is_number = std::ranges::all_of(word, [](unsigned char c) { return std::isdigit(c) != 0; });
  std::vector<std::string> known;
  std::vector<RegionId> ids = in_county;
  if (!is_number) {
    ids.clear();
    for (RegionId const county : regions.children(std::nullopt))
      std::ranges::copy(regions.children(county), std::back_inserter(ids));
  }
  for (RegionId const id : ids) known.push_back(is_number ? regions[id].code : regions.name(id, "nb"));
  auto const found = std::ranges::find(known, nearest(word, known));
  if (found == known.end()) return std::nullopt;
  return ids[static_cast<std::size_t>(found - known.begin())];
}

[[noreturn]] void refuse_unknown(std::string const& code, Regions const& regions) {
  std::vector<RegionId> with_municipalities;
  for (RegionId const county : regions.children(std::nullopt))
    if (!regions.children(county).empty()) with_municipalities.push_back(county);
  auto const county = regions.find(std::string_view{code}.substr(0, 2));
  auto const below = county ? regions.children(county) : std::vector<RegionId>{};
  std::string why = fmt::format("the Norwegian model has the municipalities of {}",
                                fmt::join(described(regions, with_municipalities), ", "));
  if (county && below.empty())
    why += fmt::format("; {} {} is in it as a whole", regions[*county].code, regions.name(*county, "nb"));
  if (!below.empty())
    why = fmt::format("in {} {} there are {}", regions[*county].code, regions.name(*county, "nb"),
                      fmt::join(described(regions, below), ", "));
  auto const meant = meant_by(code, regions, below);
  throw InputError{
      Fault::usage, Place{}, fmt::format("no municipality `{}`", code), why,
      meant ? fmt::format("did you mean `{}`, {}?", regions[*meant].code, regions.name(*meant, "nb"))
      : county && below.empty()
          ? "run the county as a part of scenarios/norway/baseline.yaml, or add the municipality and how "
            "many live there to regions.csv of the Norwegian model"
      : below.empty()
          ? "give the number of one of these (Porsgrunn is 4001), or add lines to regions.csv of the Norwegian model"
          : "take one of these"};
}

Municipality find_municipality(std::string const& code, std::string const& norway) {
  Diagnostics diagnostics;
  Regions const regions = read_regions(norway + "/regions.csv", Request{}, diagnostics);
  throw_if_errors(diagnostics);
  auto const id = regions.find(code);
  if (!id || !regions[*id].parent) refuse_unknown(code, regions);
  auto const people = std::ranges::find(regions.covariate_names, "people_2025");
  RegionId const county = *regions[*id].parent;
  double part = std::nan("");
  if (people != regions.covariate_names.end()) {
    auto const& numbers = regions.covariates[static_cast<std::size_t>(people - regions.covariate_names.begin())];
    part = numbers[id->value()] / numbers[county.value()];
  }
  bool const is_known = part > 0 && part <= 1;
  if (!is_known) {
    throw InputError{Fault::data, regions[*id].place, fmt::format("nothing says how many people live in `{}`", code),
                     "its part of the county's people joins each year", "fill in `people_2025` there"};
  }
  return {code, regions.name(*id, "nb"), regions[county].code, part};
}

std::string filled_in(std::string_view pattern, Municipality const& of) {
  std::string text{pattern};
  for (auto const& [mark, word] : {std::pair{"@CODE@", of.code}, std::pair{"@NAME@", of.name}}) {
    for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at + word.size()))
      text.replace(at, std::string_view{mark}.size(), word);
  }
  return text;
}

/// Everything, into a folder that nobody looks at yet.
void write_folder(Municipality const& of, std::string const& norway, std::string const& folder, Session& session) {
  for (char const* inner : {"", "/tables", "/start", "/norway"}) fs::create_directories(folder + inner);
  for (char const* part :
       {"model.yaml", "regions.csv", "pension_age.csv", "age_standard.csv", "calibrated.h5", "rates", "limits"})
    fs::copy(fs::path{norway} / part, fs::path{folder} / "norway" / part, fs::copy_options::recursive);
  for (auto const& [path, text] : municipality_texts())
    write_text(fmt::format("{}/{}", folder, path), filled_in(text, of), session);
  StartTables const start = start_of_municipality(norway, of.county, of.code, of.part);
  write_text(folder + "/start/seed.csv", start.seed, session);
  write_text(folder + "/start/time_in_state.csv", start.time_in_state, session);
  write_text(folder + "/start/entrants.csv", start.entrants, session);
  write_text(folder + "/start/arrivals.csv", start.arrivals, session);
}

}  // namespace

int new_municipality(std::string const& code, std::string folder, Session& session) {
  std::string const norway = shipped_folder("norway");
  Municipality const municipality = find_municipality(code, norway);
  if (folder.empty()) folder = fmt::format("kommune_{}", code);
  while (folder.size() > 1 && folder.ends_with('/')) folder.pop_back();
  if (fs::exists(folder)) {
    throw InputError{Fault::usage, Place{}, fmt::format("`{}` is there already", folder), "tables may lie in it",
                     "name another folder with -o"};
  }
  std::string const unfinished = fmt::format("{}.{}.part", folder, getpid());
  try {
    write_folder(municipality, norway, unfinished, session);
    fs::rename(unfinished, folder);
  } catch (fs::filesystem_error const& error) {
    std::error_code ignored;
    fs::remove_all(unfinished, ignored);
    throw InputError{Fault::data, Place{}, fmt::format("cannot write the folder `{}`", folder), error.code().message(),
                     "name another folder with -o"};
  } catch (...) {
    std::error_code ignored;
    fs::remove_all(unfinished, ignored);
    throw;
  }
  session.tell(
      fmt::format("{} {}: {}/README.md sier hvilke tabeller som skal lagres\n", code, municipality.name, folder));
  return exit_ok;
}

}  // namespace utvei
