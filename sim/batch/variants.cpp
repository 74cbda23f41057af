// SPDX-License-Identifier: Apache-2.0
#include <utvei/batch/batch_file.hpp>
#include <utvei/document/reader.hpp>
#include <utvei/scenario/result_name.hpp>

#include <algorithm>
#include <map>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr std::size_t most_variants = 100'000;

using Choice = std::vector<std::size_t>;

/// All combinations; the last axis runs fastest.
std::vector<Choice> grid_of(std::vector<BatchAxis> const& axes) {
  std::vector<Choice> choices{{}};
  for (BatchAxis const& axis : axes) {
    std::vector<Choice> longer;
    for (Choice const& choice : choices)
      for (std::size_t value = 0; value < axis.values.size(); ++value) {
        longer.push_back(choice);
        longer.back().push_back(value);
      }
    choices = std::move(longer);
  }
  return choices;
}

/// The first values together, then the second ones, …
std::vector<Choice> zip_of(std::vector<BatchAxis> const& axes, Diagnostics& diagnostics) {
  std::vector<Choice> choices;
  for (BatchAxis const& axis : axes)
    if (axis.values.size() != axes.front().values.size())
      diagnostics.error(axis.place,
                        fmt::format("axis `{}` has {} values, `{}` has {}", axis.name, axis.values.size(),
                                    axes.front().name, axes.front().values.size()),
                        "with `combine: zip` the values of all axes go along with each other",
                        "give all axes as many values, or write `combine: grid`");
  if (diagnostics.has_errors()) return choices;
  for (std::size_t i = 0; i < axes.front().values.size(); ++i) choices.emplace_back(axes.size(), i);
  return choices;
}

std::vector<Choice> choices_of(BatchFile const& batch, Diagnostics& diagnostics) {
  if (batch.axes.empty()) return {{}};
  if (!batch.is_grid) return zip_of(batch.axes, diagnostics);
  double number = 1;
  for (BatchAxis const& axis : batch.axes) number *= static_cast<double>(axis.values.size());
  if (number <= most_variants) return grid_of(batch.axes);
  diagnostics.error(batch.axes.front().place, fmt::format("the axes make {:.0f} scenarios", number),
                    fmt::format("a batch has {} at most", most_variants), "leave values out, or make several batches");
  return {};
}

/// `{AXIS}` in the pattern is the label of the axis' value.
std::optional<std::string> name_of(BatchFile const& batch, Choice const& choice, Diagnostics& diagnostics) {
  std::string name;
  if (batch.names.empty()) {
    name = batch.name;
    for (std::size_t i = 0; i < choice.size(); ++i) name += "-" + batch.axes[i].values[choice[i]].label;
    return name;
  }
  std::vector<std::string> known;
  for (BatchAxis const& axis : batch.axes) known.push_back(axis.name);
  for (std::size_t at = 0; at < batch.names.size();) {
    std::size_t const open = std::min(batch.names.find('{', at), batch.names.size());
    name += batch.names.substr(at, open - at);
    if (open == batch.names.size()) break;
    std::size_t const close = std::min(batch.names.find('}', open), batch.names.size());
    std::string const axis = batch.names.substr(open + 1, close - open - 1);
    auto const found = std::ranges::find(known, axis);
    if (found == known.end()) {
      diagnostics.error(batch.names_place, fmt::format("no axis is named `{}`", axis), "`{AXIS}` stands for its value",
                        did_you_mean(axis, known));
      return std::nullopt;
    }
    auto const number = static_cast<std::size_t>(found - known.begin());
    name += batch.axes[number].values[choice[number]].label;
    at = close + 1;
  }
  return name;
}

/// None where its name cannot be made, which is diagnosed.
std::optional<Variant> variant_of(BatchFile const& batch, Choice const& choice, Diagnostics& diagnostics) {
  auto const name = name_of(batch, choice, diagnostics);
  if (!name) return std::nullopt;
  Variant variant;
  variant.name = *name;
  variant.file = batch.base;
  variant.file_place = batch.base_place;
  variant.values = choice;
  variant.sets = batch.sets;
  for (std::size_t i = 0; i < choice.size(); ++i) {
    AxisValue const& value = batch.axes[i].values[choice[i]];
    if (value.file) {
      variant.file = *value.file;
      variant.file_place = value.place;
    }
    variant.sets.insert(variant.sets.end(), value.sets.begin(), value.sets.end());
  }
  for (auto const& [when, sets] : batch.overrides)
    if (when.holds(choice)) variant.sets.insert(variant.sets.end(), sets.begin(), sets.end());
  return variant;
}

void check_conditions(BatchFile const& batch, std::vector<Choice> const& choices, Diagnostics& diagnostics) {
  auto const check = [&](BatchCondition const& condition, char const* what) {
    if (std::ranges::none_of(choices, [&](Choice const& choice) { return condition.holds(choice); }))
      diagnostics.error(condition.place, fmt::format("{} holds for no scenario of the batch", what), "",
                        "look at the labels of the axes, or leave it out");
  };
  for (BatchCondition const& condition : batch.exclude) check(condition, "this item of `exclude`");
  for (auto const& [condition, sets] : batch.overrides) check(condition, "this `when`");
}

/// The scenario's own name: the batch does not give it another. None where it cannot be read.
std::optional<std::string> name_in(std::string const& file, Place const& place, Diagnostics& diagnostics) {
  Value const document = read_document(file, {}, Request{place}, diagnostics);
  if (document.is_null()) return std::nullopt;
  Value const* const name = document.find("name");
  return name != nullptr && name->is_scalar() ? name->scalar : std::string{"baseline"};
}

void add_baseline(BatchFile const& batch, std::vector<Variant>& variants, Diagnostics& diagnostics) {
  if (batch.baseline_file) {
    auto const name = name_in(*batch.baseline_file, batch.baseline_place, diagnostics);
    if (!name) return;
    Variant baseline;
    baseline.file = *batch.baseline_file;
    baseline.file_place = batch.baseline_place;
    baseline.name = *name;
    baseline.sets = batch.sets;
    baseline.is_baseline = true;
    variants.insert(variants.begin(), std::move(baseline));
  } else if (batch.baseline) {
    std::size_t number = 0;
    for (Variant& variant : variants) {
      variant.is_baseline = batch.baseline->holds(variant.values);
      number += variant.is_baseline ? 1U : 0U;
    }
    if (number != 1)
      diagnostics.error(batch.baseline_place, fmt::format("`baseline` is {} of the scenarios", number),
                        "the others are compared with one", "name a value of each axis");
  }
}

bool check_variant_names(BatchFile const& batch, std::vector<Variant> const& variants, Diagnostics& diagnostics) {
  std::map<std::string, Variant const*> named;
  for (Variant const& variant : variants) {
    auto const [other, is_new] = named.emplace(variant.name, &variant);
    if (is_new) continue;
    diagnostics.error(batch.names.empty() ? batch.baseline_place : batch.names_place,
                      fmt::format("two scenarios of the batch are named `{}`", variant.name),
                      fmt::format("{}, and {}", describe(*other->second, batch), describe(variant, batch)),
                      "a name is also that of the result file: write `names` with every axis in it");
    return false;
  }
  return true;
}

bool is_used_in_names(BatchFile const& batch, BatchAxis const& axis) {
  return batch.names.empty() || batch.names.find("{" + axis.name + "}") != std::string::npos;
}

/// A name is that of a result file, too. Each value whose label cannot stand in one is told once.
bool check_labels_in_names(BatchFile const& batch, std::vector<Variant> const& variants, Diagnostics& diagnostics) {
  auto const is_wrong = [](Variant const& each) { return !each.values.empty() && !can_name_result(each.name); };
  auto const wrong = std::ranges::find_if(variants, is_wrong);
  if (wrong == variants.end()) return true;
  std::string const why = fmt::format("a scenario would be named `{}`, and so its result file", wrong->name);
  std::size_t told = 0;
  for (BatchAxis const& axis : batch.axes) {
    for (AxisValue const& value : axis.values) {
      if (!is_used_in_names(batch, axis) || can_name_result("a" + value.label)) continue;
      ++told;
      diagnostics.error(value.place, fmt::format("`{}` cannot stand in the name of a scenario", value.label), why,
                        fmt::format("give axis `{}` a label for each value: labels: [few, many]", axis.name));
    }
  }
  if (told == 0)
    diagnostics.error(batch.names.empty() ? batch.base_place : batch.names_place,
                      fmt::format("`{}` cannot name a result file", wrong->name), "",
                      "use letters, digits, `_`, `-` and `.`, beginning with a letter or digit");
  return false;
}

}  // namespace

std::vector<Variant> variants_of(BatchFile const& batch, Diagnostics& diagnostics) {
  std::vector<Variant> variants;
  auto const choices = choices_of(batch, diagnostics);
  if (diagnostics.has_errors()) return {};
  check_conditions(batch, choices, diagnostics);
  for (Choice const& choice : choices) {
    auto const is_out = [&](BatchCondition const& condition) { return condition.holds(choice); };
    if (std::ranges::any_of(batch.exclude, is_out)) continue;
    auto variant = variant_of(batch, choice, diagnostics);
    if (!variant) return {};
    variants.push_back(std::move(*variant));
  }
  if (variants.empty())
    diagnostics.error(batch.exclude.front().place, "`exclude` leaves no scenario", "", "leave one of its items out");
  add_baseline(batch, variants, diagnostics);
  if (!check_labels_in_names(batch, variants, diagnostics) || !check_variant_names(batch, variants, diagnostics))
    return {};
  return variants;
}

std::string describe(Variant const& variant, BatchFile const& batch) {
  if (variant.values.empty()) return variant.is_baseline ? "the baseline" : "the scenario";
  std::string text;
  for (std::size_t i = 0; i < variant.values.size(); ++i)
    text +=
        fmt::format("{}{} {}", i > 0 ? ", " : "", batch.axes[i].name, batch.axes[i].values[variant.values[i]].label);
  return text;
}

}  // namespace utvei
