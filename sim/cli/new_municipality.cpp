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
#include <cmath>
#include <filesystem>
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

[[noreturn]] void refuse_unknown(std::string const& code, Regions const& regions) {
  std::vector<std::string> codes;
  std::vector<RegionId> with_municipalities;
  for (RegionId const county : regions.children(std::nullopt)) {
    auto const below = regions.children(county);
    if (!below.empty()) with_municipalities.push_back(county);
    for (RegionId const id : below) codes.push_back(regions[id].code);
  }
  auto const county = regions.find(std::string_view{code}.substr(0, 2));
  auto const below = county ? regions.children(county) : std::vector<RegionId>{};
  std::string const near = nearest(code, codes);
  auto const named = std::ranges::find_if(
      codes, [&](std::string const& each) { return regions.name(*regions.find(each), "nb") == code; });
  std::string const meant = named != codes.end() ? *named : near;
  throw InputError{Fault::usage, Place{}, fmt::format("no municipality `{}`", code),
                   below.empty() ? fmt::format("the Norwegian model has the municipalities of {}",
                                               fmt::join(described(regions, with_municipalities), ", "))
                                 : fmt::format("in {} {} there are {}", regions[*county].code,
                                               regions.name(*county, "nb"), fmt::join(described(regions, below), ", ")),
                   !meant.empty()
                       ? fmt::format("did you mean `{}`, {}?", meant, regions.name(*regions.find(meant), "nb"))
                   : below.empty() ? "take one of these, or add lines to regions.csv of the Norwegian model"
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
