// SPDX-License-Identifier: Apache-2.0
#include "hdf5_read.hpp"
#include "provenance.hpp"
#include "rate_classes.hpp"
#include "rate_format.hpp"
#include "rate_limits.hpp"
#include "rate_offsets.hpp"
#include "write_failure.hpp"

#include <utvei/document/reader.hpp>
#include <utvei/output/rate_file.hpp>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <optional>
#include <system_error>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

/// Numbers of the file by number of the label; none where the model has no such thing.
template <class IdType>
using Translation = std::vector<std::optional<IdType>>;

/// Of another model's names; the rest is counted.
constexpr std::size_t most_unknown_told = 5;

/// Reads one file for one model.
class RateReader {
 public:
  RateReader(hid_t root, Model const& model, Place place, Diagnostics& diagnostics)
      : root_{root}, model_{model}, place_{std::move(place)}, diagnostics_{diagnostics} {}

  Rates read();

 private:
  struct TraitColumn {
    TraitId trait;
    std::vector<std::uint32_t> levels;                     ///< by row
    std::vector<std::optional<std::uint32_t>> translated;  ///< by number in the file; none: any
  };

  template <class T>
  std::vector<T> column(hid_t parent, std::string const& name);
  [[nodiscard]] std::vector<std::string> labels(std::string const& name) const {
    return read_texts(open_dataset(root_, "labels/" + name).get());
  }
  void unknown(std::string const& problem, std::string const& suggestion) {
    if (++unknown_ <= most_unknown_told)
      diagnostics_.error(place_, problem, "the rates were made for another model", suggestion);
  }
  void read_transitions();
  void read_regions();
  void read_traits();
  std::vector<Span> spans(std::string const& name);
  std::vector<RateEffects> effects(std::vector<RateModel> const& models);
  [[nodiscard]] std::vector<std::optional<std::uint32_t>> traits_of(std::size_t row) const;

  hid_t root_;
  Model const& model_;
  Place place_;
  Diagnostics& diagnostics_;
  std::size_t rows_{0};
  std::vector<std::optional<TransitionId>> transition_;  ///< by row; none: passed over
  std::vector<std::optional<RegionId>> region_;          ///< by row; none: everywhere
  std::vector<TraitColumn> traits_;
  std::size_t unknown_{0};  ///< names that the model does not have
};

template <class T>
std::vector<T> RateReader::column(hid_t parent, std::string const& name) {
  auto values = read_numbers<T>(open_dataset(parent, name).get());
  if (values.size() != rows_) throw Hdf5Failure{fmt::format("`{}` has {} rows of {}", name, values.size(), rows_)};
  return values;
}

/// Where the number has no label the file is broken.
template <class T>
T const& labelled(std::vector<T> const& by_number, std::uint32_t number, char const* what) {
  if (number >= by_number.size()) throw Hdf5Failure{fmt::format("`{}` holds {}, which has no label", what, number)};
  return by_number[number];
}

void RateReader::read_transitions() {
  auto const names = labels("state");
  auto const from = column<std::uint32_t>(root_, "from");
  auto const to = column<std::uint32_t>(root_, "to");
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::optional<TransitionId>> known;
  transition_.resize(rows_);
  for (std::size_t row = 0; row < rows_; ++row) {
    std::pair const pair{from[row], to[row]};
    auto found = known.find(pair);
    if (found == known.end()) {
      auto const name =
          fmt::format("{} -> {}", labelled(names, pair.first, "from"), labelled(names, pair.second, "to"));
      auto transition = model_.transition(name);
      if (!transition)
        unknown(fmt::format("the rate file holds rates of `{}`, which is no transition of the model", name),
                did_you_mean(name, model_.transition_names()));
      // What the model says itself wins over its rate file.
      else if (auto const& own = model_.transitions[*transition]; own.rate_per_year || own.table)
        transition.reset();
      found = known.emplace(pair, transition).first;
    }
    transition_[row] = found->second;
  }
}

void RateReader::read_regions() {
  auto const codes = labels("region");
  auto const numbers = column<std::uint32_t>(root_, "region");
  std::vector<bool> used(codes.size(), false);
  for (auto const number : numbers) {
    static_cast<void>(labelled(codes, number, "region"));
    used[number] = true;
  }
  Translation<RegionId> translated(codes.size());
  for (std::size_t i = 1; i < codes.size(); ++i) {
    translated[i] = model_.regions.find(codes[i]);
    if (used[i] && !translated[i])
      unknown(fmt::format("the rate file holds rates of region `{}`, which the model does not have", codes[i]),
              did_you_mean(codes[i], model_.regions.codes()));
  }
  region_.resize(rows_);
  std::ranges::transform(numbers, region_.begin(), [&](auto number) { return translated[number]; });
}

void RateReader::read_traits() {
  Handle const group = open_group(root_, "traits");
  for (auto const& name : link_names(group.get())) {
    auto const trait = model_.trait(name);
    if (!trait) {
      unknown(fmt::format("the rate file tells rates apart by `{}`, which is no trait of the model", name),
              did_you_mean(name, model_.trait_names()));
      continue;
    }
    TraitColumn found{*trait, column<std::uint32_t>(group.get(), name), {std::nullopt}};
    auto const levels = labels("traits/" + name);
    auto const& known = model_.traits[*trait].levels;
    for (std::size_t i = 1; i < levels.size(); ++i) {
      auto const level = std::ranges::find(known, levels[i]);
      found.translated.emplace_back(static_cast<std::uint32_t>(level - known.begin()));
      if (level == known.end())
        unknown(fmt::format("the rate file holds rates of {} `{}`, which the model does not have", name, levels[i]),
                did_you_mean(levels[i], known));
    }
    for (auto const number : found.levels) static_cast<void>(labelled(levels, number, "traits"));
    traits_.push_back(std::move(found));
  }
}

std::vector<Span> RateReader::spans(std::string const& name) {
  auto const from = column<std::int64_t>(root_, name + "_from");
  auto const to = column<std::int64_t>(root_, name + "_to");
  std::vector<Span> result;
  result.reserve(rows_);
  for (std::size_t row = 0; row < rows_; ++row) {
    if (from[row] >= to[row]) throw Hdf5Failure{fmt::format("row {} of `{}` ends before it begins", row + 1, name)};
    result.push_back({from[row], to[row]});
  }
  return result;
}

std::vector<std::optional<std::uint32_t>> RateReader::traits_of(std::size_t row) const {
  std::vector<std::optional<std::uint32_t>> levels;
  for (auto const& column : traits_) {
    auto const level = column.translated[column.levels[row]];
    if (!level) continue;
    if (levels.size() <= column.trait.value()) levels.resize(column.trait.value() + 1);
    levels[column.trait.value()] = level;
  }
  return levels;
}

RateModel read_model(hid_t group) {
  RateModel model{text_attribute(group, "name"), read_texts(open_dataset(group, "effect").get()),
                  read_numbers<double>(open_dataset(group, "estimate").get()),
                  read_numbers<double>(open_dataset(group, "factor").get())};
  std::size_t const count = model.effects.size();
  bool const finite = std::ranges::all_of(model.factor, [](double x) { return std::isfinite(x); });
  if (model.estimate.size() != count || model.factor.size() != count * count || !finite)
    throw Hdf5Failure{fmt::format("the model of `{}` has {} effects, and its numbers do not fit", model.name, count)};
  return model;
}

std::vector<RateModel> read_models(hid_t root) {
  std::vector<RateModel> models;
  if (!has_link(root, "models")) return models;
  Handle const group = open_group(root, "models");
  for (auto const& name : link_names(group.get())) models.push_back(read_model(open_group(group.get(), name).get()));
  return models;
}

std::vector<RateEffects> RateReader::effects(std::vector<RateModel> const& models) {
  std::vector<RateEffects> result(rows_);
  if (models.empty()) return result;
  auto const model = column<std::uint32_t>(root_, "model");
  Handle const dataset = open_dataset(root_, "effects");
  auto const lengths = lengths_of(dataset.get());
  if (lengths.size() != 2 || lengths[0] != rows_) throw Hdf5Failure{"`effects` is not by row"};
  auto const numbers = read_numbers<std::uint32_t>(dataset.get());
  for (std::size_t row = 0; row < rows_; ++row) {
    if (model[row] == 0) continue;
    result[row].model = model[row] - 1U;
    std::size_t const known = labelled(models, result[row].model, "model").effects.size();
    for (std::size_t k = row * lengths[1]; k < (row + 1) * lengths[1]; ++k) {
      if (numbers[k] == 0) continue;
      if (numbers[k] > known) throw Hdf5Failure{fmt::format("`effects` holds {} of {}", numbers[k], known)};
      result[row].places.push_back(numbers[k] - 1U);
    }
  }
  return result;
}

Rates RateReader::read() {
  rows_ = static_cast<std::size_t>(lengths_of(open_dataset(root_, "rate_per_year").get()).at(0));
  read_transitions();
  read_regions();
  read_traits();
  if (unknown_ > most_unknown_told)
    diagnostics_.error(place_,
                       fmt::format("{} more names of the rate file are not in the model", unknown_ - most_unknown_told),
                       "the rates were made for another model", "name the rate file of this model");
  if (unknown_ > 0) return {};
  auto const age = spans("age");
  auto const time_in_state = spans("time_in_state");
  auto const calendar = spans("calendar");
  auto const rate = column<double>(root_, "rate_per_year");
  auto const log_se = column<double>(root_, "log_se");
  Rates rates;
  rates.models = read_models(root_);
  auto effects_of = effects(rates.models);
  for (std::size_t row = 0; row < rows_; ++row) {
    if (!(rate[row] >= 0) || std::isinf(rate[row]))
      throw Hdf5Failure{fmt::format("row {} of `rate_per_year` is {}", row + 1, rate[row])};
    if (!transition_[row]) continue;
    rates.rates.push_back({*transition_[row],
                           {region_[row], traits_of(row), age[row], time_in_state[row], calendar[row]},
                           rate[row],
                           std::isnan(log_se[row]) ? std::nullopt : std::optional{log_se[row]},
                           place_,
                           std::move(effects_of[row])});
  }
  return rates;
}

/// Version 1 left out what cells of one model have in common: draws from it would be wrong.
void refuse_cells_of_a_model(hid_t root, std::string const& path) {
  if (integer_attribute(root, "format_version") > 1 || text_attribute(root, "method") == "raw") return;
  throw file_failure(
      path, "was written by an older version of the program",
      "it has the rates of a model without the covariance of its effects, so nothing can be drawn from it",
      "make it again with `utvei estimate`");
}

}  // namespace

Rates load_rates(std::string const& path, Model const& model, Request const& request, Diagnostics& diagnostics) {
  Rates rates;
  try {
    std::error_code unreadable;
    if (!std::filesystem::exists(path, unreadable))
      throw file_failure(path, "does not exist", {},
                         fmt::format("`utvei estimate STUDY -o {}` makes it; or mend the path", path));
    read_hdf5_file(path, rate_format, [&](hid_t root) {
      std::string const kind = text_attribute(root, "kind");
      if (kind != "cells")
        throw file_failure(path, fmt::format("holds rates of the kind `{}`; this utvei reads `cells`", kind),
                           "it was written by a newer version of the program", "update utvei");
      refuse_cells_of_a_model(root, path);
      rates = RateReader{root, model, whole_file(path), diagnostics}.read();
      rates.classes = read_classes(root, model);
      rates.frozen = read_frozen(root, model, whole_file(path), diagnostics);
      rates.limits = limits_for(read_limits(root), model, whole_file(path), diagnostics);
      rates.data_class = read_provenance(root).data_class;
    });
    rates.inputs.push_back(path);
  } catch (InputError const& error) {
    report_where_named(error, fmt::format("the rate file `{}`", path), request, diagnostics);
  }
  return rates;
}

}  // namespace utvei
