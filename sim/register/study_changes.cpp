// SPDX-License-Identifier: Apache-2.0
#include "study_parts.hpp"

#include <utvei/document/reader.hpp>

#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace utvei {
namespace {

void read_crosswalk(Value const& value, Study& study, Diagnostics& diagnostics) {
  CrosswalkSpec& crosswalk = study.crosswalk.emplace();
  MapReader reader{value, "`crosswalk`", diagnostics};
  read_data_file(reader, crosswalk.file, crosswalk.file_place, diagnostics);
  crosswalk.from = required_column(reader, "from", diagnostics);
  crosswalk.to = required_column(reader, "to", diagnostics);
  crosswalk.valid_from = optional_column(reader, "valid_from", diagnostics);
  reader.finish();
  if (study.model.regions.empty()) {
    diagnostics.error(value.place, "the model names no regions", {}, "write `regions: regions.csv` in the model");
  }
}

DatedSource read_dated(MapReader& reader, std::string_view value, Study const& study, Diagnostics& diagnostics) {
  DatedSource source;
  read_data_file(reader, source.file, source.file_place, diagnostics);
  source.form = read_form(reader, study, diagnostics);
  source.id = column_in(source.form, reader, "id", "identifier", diagnostics);
  source.value = column_in(source.form, reader, value, "measure", diagnostics);
  source.start = column_in(source.form, reader, "start", "start", diagnostics);
  source.stop = source.form == DataForm::microdata ? column_in(source.form, reader, "stop", "stop", diagnostics)
                                                   : optional_column(reader, "stop", diagnostics);
  return source;
}

void read_residence(Value const& value, Study& study, Diagnostics& diagnostics) {
  MapReader reader{value, "`residence`", diagnostics};
  study.residence = read_dated(reader, "region", study, diagnostics);
  reader.finish();
  if (study.model.regions.empty()) {
    diagnostics.error(value.place, "the model names no regions", {}, "write `regions: regions.csv` in the model");
  }
  if (study.persons.region) {
    diagnostics.error(study.persons.region->place, "the region of a person stands in two places",
                      "`residence` says where people live, and when", "take `region` or `residence` away");
  }
}

struct CodedLevel {
  std::string code, level;
  Place place;
};

std::map<std::string, std::uint16_t, std::less<>> levels_of(std::vector<CodedLevel> const& codes, Trait const& trait,
                                                            Diagnostics& diagnostics) {
  std::map<std::string, std::uint16_t, std::less<>> levels;
  for (auto const& [code, level, place] : codes) {
    auto const found = std::ranges::find(trait.levels, level);
    if (found == trait.levels.end()) {
      diagnostics.error(place, fmt::format("trait `{}` has no level `{}`", trait.name, level), {},
                        did_you_mean(level, trait.levels));
    } else {
      levels.emplace(code, static_cast<std::uint16_t>(found - trait.levels.begin()));
    }
  }
  return levels;
}

void read_dated_trait(Value const& value, Study& study, Diagnostics& diagnostics) {
  MapReader reader{value, "the entry of `traits_over_time`", diagnostics};
  DatedTrait dated{TraitId{}, read_dated(reader, "value", study, diagnostics), {}};
  Value const* name = reader.required("trait");
  std::vector<CodedLevel> codes;
  read_values(reader, diagnostics, [&](std::string const& code, std::string const& level, Place const& place) {
    codes.push_back({code, level, place});
  });
  reader.finish();
  auto const code = name == nullptr ? std::nullopt : as_code(*name, "trait", diagnostics);
  if (!code) {
    return;
  }
  auto const trait = study.model.trait(*code);
  if (!trait) {
    diagnostics.error(name->place, fmt::format("the model has no trait `{}`", *code), {},
                      did_you_mean(*code, study.model.trait_names()));
  } else if (study.model.traits[*trait].numeric) {
    diagnostics.error(name->place, fmt::format("trait `{}` is a number", *code), "only levels change in time",
                      "give the trait levels in the model");
  } else if (study.knows_trait(*trait)) {
    diagnostics.error(name->place, fmt::format("trait `{}` stands in two places", *code), {}, "name each trait once");
  } else {
    dated.trait = *trait;
    dated.levels = levels_of(codes, study.model.traits[*trait], diagnostics);
    study.traits_over_time.push_back(std::move(dated));
  }
}

void read_dated_traits(Value const& value, Study& study, Diagnostics& diagnostics) {
  if (!value.is_list() || value.items.empty()) {
    diagnostics.error(value.place, "`traits_over_time` is not a list of files", {},
                      "write `- {file: education.csv, id: person, trait: education, value: level, start: from}`");
    return;
  }
  for (Value const& item : value.items) {
    read_dated_trait(item, study, diagnostics);
  }
}

}  // namespace

void read_changes(MapReader& reader, Study& study, Diagnostics& diagnostics) {
  if (Value const* value = reader.optional("crosswalk")) {
    read_crosswalk(*value, study, diagnostics);
  }
  if (Value const* value = reader.optional("residence")) {
    read_residence(*value, study, diagnostics);
  }
  if (Value const* value = reader.optional("traits_over_time")) {
    read_dated_traits(*value, study, diagnostics);
  }
}

}  // namespace utvei
