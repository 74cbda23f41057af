// SPDX-License-Identifier: Apache-2.0
#include "rate_offsets.hpp"

#include "hdf5_read.hpp"
#include "hdf5_write.hpp"

#include <utvei/document/reader.hpp>

#include <algorithm>
#include <cmath>
#include <span>
#include <string>

#include <fmt/format.h>
#include <hdf5_hl.h>
#include <nlohmann/json.hpp>

namespace utvei {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(Span span) {
  auto const end = [](std::int64_t at, std::int64_t unbounded_end) {
    return at == unbounded_end ? Json(nullptr) : Json(at);
  };
  return Json::array({end(span.from, everything.from), end(span.to, everything.to)});
}
Span span_of(Json const& json) {
  auto const end = [&](std::size_t i, std::int64_t otherwise) {
    return json.at(i).is_null() ? otherwise : json.at(i).get<std::int64_t>();
  };
  return {end(0, everything.from), end(1, everything.to)};
}

/// For whom and when, in names.
std::string words_of(LogRateOffset const& offset, Model const& model) {
  Json json{{"transitions", Json::array()}, {"regions", Json::array()}, {"traits", Json::object()}};
  for (TransitionId const id : offset.transitions) json["transitions"].push_back(model.transitions[id].name);
  for (RegionId const id : offset.regions) json["regions"].push_back(model.regions[id].code);
  for (std::size_t t = 0; t < offset.traits.size(); ++t) {
    Trait const& trait = model.traits[TraitId{t}];
    for (std::uint32_t const level : offset.traits[t]) json["traits"][trait.name].push_back(trait.levels[level]);
  }
  json["age"] = json_of(offset.age);
  json["calendar"] = json_of(offset.calendar);
  return json.dump();
}

/// Back again; names that the model lacks are counted among `unknown`.
LogRateOffset offset_of(std::string const& words, Model const& model, std::vector<std::string>& unknown) {
  Json const json = Json::parse(words);
  LogRateOffset offset;
  offset.traits.resize(model.traits.size());
  for (auto const& name : json.at("transitions")) {
    auto const id = model.transition(name.get<std::string>());
    if (id)
      offset.transitions.push_back(*id);
    else
      unknown.push_back(name);
  }
  for (auto const& code : json.at("regions")) {
    auto const id = model.regions.find(code.get<std::string>());
    if (id)
      offset.regions.push_back(*id);
    else
      unknown.push_back(code);
  }
  for (auto const& [name, levels] : json.at("traits").items()) {
    auto const id = model.trait(name);
    if (!id) {
      unknown.push_back(name);
      continue;
    }
    auto const& known = model.traits[*id].levels;
    for (auto const& level : levels) {
      auto const found = std::ranges::find(known, level.get<std::string>());
      if (found == known.end())
        unknown.push_back(level);
      else
        offset.traits[id->value()].push_back(static_cast<std::uint32_t>(found - known.begin()));
    }
  }
  offset.age = span_of(json.at("age"));
  offset.calendar = span_of(json.at("calendar"));
  return offset;
}

FrozenOffsets read_one(hid_t group, Model const& model, std::vector<std::string>& unknown) {
  FrozenOffsets frozen;
  frozen.name = text_attribute(group, "name");
  frozen.history = text_attribute(group, "history");
  auto const names = read_texts(open_dataset(group, "offset").get());
  auto const words = read_texts(open_dataset(group, "applies_to").get());
  auto const estimates = read_numbers<double>(open_dataset(group, "estimate").get());
  frozen.factor = read_numbers<double>(open_dataset(group, "factor").get());
  std::size_t const count = names.size();
  auto const is_finite = [](double x) { return std::isfinite(x); };
  if (words.size() != count || estimates.size() != count || frozen.factor.size() != count * count ||
      !std::ranges::all_of(estimates, is_finite) || !std::ranges::all_of(frozen.factor, is_finite))
    throw Hdf5Failure{fmt::format("the calibration `{}` does not fit", frozen.name)};
  for (std::size_t i = 0; i < count; ++i) {
    frozen.offsets.push_back(offset_of(words[i], model, unknown));
    frozen.offsets.back().name = names[i];
    frozen.offsets.back().estimate = estimates[i];
  }
  return frozen;
}

}  // namespace

void write_frozen(hid_t root, FrozenOffsets const& frozen, Model const& model) {
  Handle const all =
      has_link(root, "calibrations") ? open_group(root, "calibrations") : make_group(root, "calibrations");
  Handle const group = make_group(all.get(), std::to_string(link_names(all.get()).size() + 1));
  write_attribute(group.get(), "name", frozen.name);
  write_attribute(group.get(), "history", frozen.history);
  std::vector<std::string> names, words;
  std::vector<double> estimates;
  for (LogRateOffset const& offset : frozen.offsets) {
    names.push_back(offset.name);
    words.push_back(words_of(offset, model));
    estimates.push_back(offset.estimate);
  }
  hsize_t const count = names.size();
  Handle const scale = write_texts(group.get(), "offset", names);
  check_hdf5(H5DSset_scale(scale.get(), "offset"), "offset");
  Handle const applies = write_texts(group.get(), "applies_to", words);
  write_attribute(applies.get(), "long_name", "JSON: for which transitions, regions, levels, ages and times (minutes)");
  check_hdf5(H5DSattach_scale(applies.get(), scale.get(), 0), "applies_to");
  Handle const estimate = write_numbers(group.get(), "estimate", {count}, std::span<double const>{estimates});
  write_attribute(estimate.get(), "long_name", "what is added to the log intensity");
  write_attribute(estimate.get(), "units", "1");
  check_hdf5(H5DSattach_scale(estimate.get(), scale.get(), 0), "estimate");
  Handle const normal = make_bare_dimension(group.get(), "normal", count, Growth::fixed);
  Handle const factor = write_numbers(group.get(), "factor", {count, count}, std::span<double const>{frozen.factor});
  write_attribute(factor.get(), "long_name", "lower triangular factor of the covariance of the offsets");
  write_attribute(factor.get(), "units", "1");
  check_hdf5(H5DSattach_scale(factor.get(), scale.get(), 0), "factor");
  check_hdf5(H5DSattach_scale(factor.get(), normal.get(), 1), "factor");
}

std::vector<FrozenOffsets> read_frozen(hid_t root, Model const& model, Place const& place, Diagnostics& diagnostics) {
  std::vector<FrozenOffsets> all;
  if (!has_link(root, "calibrations")) return all;
  Handle const group = open_group(root, "calibrations");
  std::vector<std::string> unknown;
  try {
    for (auto const& name : link_names(group.get()))
      all.push_back(read_one(open_group(group.get(), name).get(), model, unknown));
  } catch (Json::exception const&) {
    throw Hdf5Failure{"`applies_to` of a calibration is no JSON of ours"};
  }
  if (!unknown.empty()) {
    diagnostics.error(place,
                      fmt::format("the rate file was calibrated for a model with `{}`, which this one does not have",
                                  unknown.front()),
                      "the offsets were found for another model", "name the rate file of this model");
  }
  return all;
}

}  // namespace utvei
