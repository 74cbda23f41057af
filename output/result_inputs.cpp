// SPDX-License-Identifier: Apache-2.0
#include "result_inputs.hpp"

#include <utvei/results/input_names.hpp>

#include <algorithm>
#include <span>

#include <fmt/format.h>

namespace utvei {
namespace {

template <class Names>
std::size_t place_among(Names const& names, std::string const& name, char const* dataset) {
  auto const found = std::ranges::find(names, name);
  if (found == names.end()) throw Hdf5Failure{fmt::format("`inputs/{}` holds `{}`", dataset, name)};
  return static_cast<std::size_t>(found - names.begin());
}

/// Of an effect that is taken as known, the one number in each draw.
double number_of(UncertainInput const& input, std::size_t draw) {
  return input.by_draw.size() == 1 ? input.by_draw.front() : input.by_draw[draw];
}

}  // namespace

void write_inputs(hid_t root, std::vector<UncertainInput> const& inputs, Scales& scales) {
  if (inputs.empty()) return;
  std::size_t draws = 1;
  Dimension input_dimension{"input", {}};
  std::vector<std::string> kinds, groups, on_scales;
  std::vector<std::int64_t> drawn, assumed;
  for (UncertainInput const& input : inputs) {
    draws = std::max(draws, input.by_draw.size());
    input_dimension.labels.push_back(fmt::format("{}: {}", name_of(input.kind), input.name));
    kinds.emplace_back(name_of(input.kind));
    groups.push_back(input.group);
    on_scales.emplace_back(input_scale_names[static_cast<std::size_t>(input.scale)]);
    drawn.push_back(input.by_draw.size() > 1 ? 1 : 0);
    assumed.push_back(input.is_assumed ? 1 : 0);
  }
  Dimension draw_dimension{"draw", {}};
  std::vector<double> values;
  for (std::size_t draw = 0; draw < draws; ++draw) {
    draw_dimension.labels.push_back(std::to_string(draw));
    for (UncertainInput const& input : inputs) values.push_back(number_of(input, draw));
  }
  scales.find_or_make(draw_dimension);
  scales.find_or_make(input_dimension);
  Handle const group = make_group(root, "inputs");
  Handle const value = write_numbers(group.get(), "value", {draws, inputs.size()}, std::span<double const>{values});
  write_attribute(value.get(), "long_name", "uncertain inputs by parameter draw");
  scales.attach(value.get(), {draw_dimension, input_dimension});
  auto const column = [&](Handle const& dataset, char const* long_name) {
    write_attribute(dataset.get(), "long_name", long_name);
    scales.attach(dataset.get(), {input_dimension});
  };
  column(write_texts(group.get(), "kind", kinds), "what the input is of");
  column(write_texts(group.get(), "group", groups), "inputs that are known together");
  column(write_texts(group.get(), "scale", on_scales), "scale on which draws are near normal");
  auto const flags = [&](char const* name, std::vector<std::int64_t> const& numbers) {
    return write_numbers(group.get(), name, {inputs.size()}, std::span<std::int64_t const>{numbers});
  };
  column(flags("is_drawn", drawn), "1 where draws differ, 0 where one number holds in all");
  column(flags("is_assumed", assumed), "1 of an effect that no study, and no interval, is behind");
}

std::vector<UncertainInput> read_inputs(hid_t root, ScaleReader& scales) {
  if (!has_link(root, "inputs")) return {};
  Handle const group = open_group(root, "inputs");
  Handle const value = open_dataset(group.get(), "value");
  auto const dimensions = scales.dimensions_of(value.get());
  auto const& labels = dimensions.at(1).labels;
  std::size_t const draws = dimensions.at(0).labels.size();
  auto const numbers = read_numbers<double>(value.get());
  auto const texts = [&](char const* name) {
    auto column = read_texts(open_dataset(group.get(), name).get());
    if (column.size() != labels.size()) throw Hdf5Failure{fmt::format("`inputs/{}` has another length", name)};
    return column;
  };
  auto const flags = [&](char const* name) {
    auto column = read_numbers<std::int64_t>(open_dataset(group.get(), name).get());
    if (column.size() != labels.size()) throw Hdf5Failure{fmt::format("`inputs/{}` has another length", name)};
    return column;
  };
  auto const kinds = texts("kind");
  auto const groups = texts("group");
  auto const on_scales = texts("scale");
  auto const drawn = flags("is_drawn");
  auto const assumed = flags("is_assumed");
  std::vector<UncertainInput> inputs(labels.size());
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    UncertainInput& input = inputs[i];
    input.kind = static_cast<UncertainInput::Kind>(place_among(input_kind_names, kinds[i], "kind"));
    input.scale = static_cast<UncertainInput::Scale>(place_among(input_scale_names, on_scales[i], "scale"));
    std::string const prefix = kinds[i] + ": ";
    input.name = labels[i].starts_with(prefix) ? labels[i].substr(prefix.size()) : labels[i];
    input.group = groups[i];
    input.is_assumed = assumed[i] != 0;
    std::size_t const kept = drawn[i] != 0 ? draws : 1;
    for (std::size_t draw = 0; draw < kept; ++draw) input.by_draw.push_back(numbers[draw * labels.size() + i]);
  }
  return inputs;
}

}  // namespace utvei
