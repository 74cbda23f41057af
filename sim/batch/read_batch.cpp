// SPDX-License-Identifier: Apache-2.0
#include "written_values.hpp"

#include <utvei/batch/batch_file.hpp>
#include <utvei/document/reader.hpp>
#include <utvei/model/names.hpp>

#include <algorithm>
#include <filesystem>
#include <limits>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr std::int64_t most_units_people = 1'000'000'000;
constexpr std::int64_t most_batch_draws = (std::int64_t{1} << 20) - 1;

/// How the file speaks of a value, and names have it: `20`, `4203+4204`.
std::string label_of(Value const& value) {
  if (value.is_scalar()) return value.scalar;
  if (!value.is_list() || !std::ranges::all_of(value.items, &Value::is_scalar)) return flow_text(value);
  std::string label;
  for (Value const& item : value.items) label += (label.empty() ? "" : "+") + item.scalar;
  return label;
}

class BatchReader {
 public:
  BatchReader(MapReader& reader, BatchFile& batch, Diagnostics& diagnostics)
      : reader_{reader}, batch_{batch}, diagnostics_{diagnostics} {}

  void read() {
    if (Value const* name = reader_.required("name")) batch_.name = as_code(*name, "name", diagnostics_).value_or("");
    read_scenarios();
    if (Value const* axes = reader_.optional("axes")) read_axes(*axes);
    if (Value const* combine = reader_.optional("combine"))
      batch_.is_grid = as_choice(*combine, {"grid", "zip"}, "combine", diagnostics_).value_or(0) == 0;
    if (Value const* set = reader_.optional("set")) batch_.sets = read_sets(*set, "`set`");
    if (Value const* draws = reader_.optional("draws"))
      if (as_integer(*draws, 0, most_batch_draws, "draws", diagnostics_))
        batch_.sets.push_back(written_override("draws", *draws));
    if (Value const* exclude = reader_.optional("exclude")) read_exclude(*exclude);
    if (Value const* overrides = reader_.optional("overrides")) read_overrides(*overrides);
    if (Value const* names = reader_.optional("names")) {
      batch_.names = as_text(*names, "names", diagnostics_).value_or("");
      batch_.names_place = names->place;
    }
    if (Value const* baseline = reader_.optional("baseline")) read_baseline(*baseline);
    if (Value const* people = reader_.optional("people_per_unit"))
      batch_.people_per_unit = static_cast<std::size_t>(
          as_integer(*people, 1, most_units_people, "people_per_unit", diagnostics_).value_or(1));
    if (Value const* out = reader_.optional("out")) batch_.out = read_path(*out, "out");
    if (Value const* store = reader_.optional("store")) batch_.store = read_path(*store, "store");
    reader_.finish();
  }

 private:
  std::optional<std::string> read_path(Value const& value, std::string_view key) {
    if (!as_text(value, key, diagnostics_)) return std::nullopt;
    return path_beside(value);
  }

  /// `base: FILE`, or `scenarios: [FILE, …]`, which is an axis.
  void read_scenarios() {
    Value const* const base = reader_.optional("base");
    Value const* const scenarios = reader_.optional("scenarios");
    if (base != nullptr) {
      batch_.base = read_path(*base, "base").value_or("");
      batch_.base_place = base->place;
    }
    if (scenarios != nullptr) batch_.axes.push_back(read_files("scenario", *scenarios));
    if ((base == nullptr) == (scenarios == nullptr))
      diagnostics_.error(base != nullptr ? base->place : reader_.map().place,
                         base != nullptr ? "both `base` and `scenarios`" : "neither `base` nor `scenarios`",
                         "they say which scenario files the batch starts from",
                         "write `base: baseline.yaml`, or `scenarios: [a.yaml, b.yaml]`");
  }

  BatchAxis read_files(std::string name, Value const& files) {
    BatchAxis axis{std::move(name), files.place, {}};
    if (!expect_list(files, "scenarios", "[a.yaml, b.yaml]")) return axis;
    for (Value const& item : files.items) {
      auto const path = read_path(item, "scenarios");
      if (path) axis.values.push_back({std::filesystem::path{*path}.stem().string(), item.place, {}, path});
    }
    check_labels(axis);
    return axis;
  }

  bool expect_list(Value const& value, std::string_view key, std::string_view example) {
    if (value.is_list() && !value.items.empty()) return true;
    diagnostics_.error(value.place, fmt::format("`{}` is {}", key, value.is_list() ? "an empty list" : "no list"), "",
                       fmt::format("{}: {}", key, example));
    return false;
  }

  void read_axes(Value const& axes) {
    if (!expect_list(axes, "axes", "[{name: places, key: measures.ips.places.total, values: [0, 20]}]")) return;
    for (Value const& item : axes.items) read_axis(item);
  }

  void read_axis(Value const& item) {
    MapReader reader{item, "an axis", diagnostics_};
    if (!item.is_map()) return;
    BatchAxis axis;
    axis.place = item.place;
    Value const* const name = reader.required("name");
    Value const* const key = reader.required("key");
    Value const* const values = reader.required("values");
    Value const* const labels = reader.optional("labels");
    if (Value const* const label = reader.optional("label"))
      axis.called = utvei::read_labels(*label, "the label of the axis", diagnostics_);
    reader.finish();
    if (name == nullptr || key == nullptr || values == nullptr) return;
    axis.name = as_code(*name, "name", diagnostics_).value_or("");
    axis.key_place = key->place;
    auto const path = read_key(*key);
    if (std::ranges::any_of(batch_.axes, [&](BatchAxis const& other) { return other.name == axis.name; }))
      diagnostics_.error(name->place, fmt::format("another axis is named `{}` too", axis.name), "",
                         "give each axis a name of its own");
    if (!path || !expect_list(*values, "values", "[0, 20, 200]")) return;
    for (Value const& value : values->items)
      axis.values.push_back({label_of(value), value.place, {written_override(*path, value)}, std::nullopt});
    if (labels != nullptr) read_labels(*labels, axis);
    check_labels(axis);
    batch_.axes.push_back(std::move(axis));
  }

  /// As --set takes it: keys with points between them.
  std::optional<std::string> read_key(Value const& key) {
    auto text = as_text(key, "key", diagnostics_);
    if (!text) return std::nullopt;
    std::string const path = "." + *text + ".";
    if (path.find("..") == std::string::npos && path.find('=') == std::string::npos) return text;
    diagnostics_.error(key.place, fmt::format("`{}` is no key", *text),
                       "keys are joined by single points, as --set takes them", "key: measures.ips.places.total");
    return std::nullopt;
  }

  void read_labels(Value const& labels, BatchAxis& axis) {
    if (!expect_list(labels, "labels", "[few, many]")) return;
    if (labels.items.size() != axis.values.size()) {
      diagnostics_.error(labels.place, fmt::format("{} labels for {} values", labels.items.size(), axis.values.size()),
                         "", "write one label for each value");
      return;
    }
    for (std::size_t i = 0; i < axis.values.size(); ++i)
      axis.values[i].label = as_text(labels.items[i], "labels", diagnostics_).value_or("");
  }

  void check_labels(BatchAxis const& axis) {
    for (std::size_t i = 0; i < axis.values.size(); ++i)
      if (*axis.find(axis.values[i].label) != i)
        diagnostics_.error(axis.values[i].place,
                           fmt::format("axis `{}` has `{}` twice", axis.name, axis.values[i].label), "",
                           "leave one out, or tell them apart by `labels`");
  }

  std::vector<Override> read_sets(Value const& value, std::string const& what) {
    std::vector<Override> sets;
    if (!value.is_map()) {
      diagnostics_.error(value.place, what + " is no map", "it gives keys values, as --set does", "set: {years: 10}");
      return sets;
    }
    for (Member const& member : value.members) sets.push_back(written_override(member.key, member.value));
    return sets;
  }

  BatchCondition read_condition(Value const& value, std::string const& what) {
    BatchCondition condition{{}, value.place};
    if (!value.is_map() || value.members.empty()) {
      diagnostics_.error(value.place, what + " is no map of axes", "",
                         "write {AXIS: VALUE}, or {AXIS: [VALUE, VALUE]}");
      return condition;
    }
    for (Member const& member : value.members) read_term(member, condition);
    return condition;
  }

  void read_term(Member const& member, BatchCondition& condition) {
    std::vector<std::string> known;
    for (BatchAxis const& axis : batch_.axes) known.push_back(axis.name);
    auto const found = std::ranges::find(batch_.axes, member.key, &BatchAxis::name);
    if (found == batch_.axes.end()) {
      diagnostics_.error(member.key_place, fmt::format("no axis is named `{}`", member.key), "",
                         did_you_mean(member.key, known));
      return;
    }
    BatchCondition::Term term{static_cast<std::size_t>(found - batch_.axes.begin()), {}};
    auto const add = [&](Value const& item) {
      std::string const label = label_of(item);
      std::vector<std::string> labels;
      for (AxisValue const& value : found->values) labels.push_back(value.label);
      if (auto const place = found->find(label))
        term.values.push_back(*place);
      else
        diagnostics_.error(item.place, fmt::format("axis `{}` has no value `{}`", found->name, label), "",
                           did_you_mean(label, labels));
    };
    if (member.value.is_list())
      for (Value const& item : member.value.items) add(item);
    else
      add(member.value);
    condition.terms.push_back(std::move(term));
  }

  void read_exclude(Value const& value) {
    if (!expect_list(value, "exclude", "[{places: 0, uptake: 0.5}]")) return;
    for (Value const& item : value.items) batch_.exclude.push_back(read_condition(item, "an item of `exclude`"));
  }

  void read_overrides(Value const& value) {
    if (!expect_list(value, "overrides", "[{when: {places: 0}, set: {years: 10}}]")) return;
    for (Value const& item : value.items) {
      MapReader reader{item, "an override", diagnostics_};
      if (!item.is_map()) continue;
      Value const* const when = reader.required("when");
      Value const* const set = reader.required("set");
      reader.finish();
      if (when == nullptr || set == nullptr) continue;
      batch_.overrides.emplace_back(read_condition(*when, "`when`"), read_sets(*set, "`set`"));
    }
  }

  /// A scenario file, or which of the variants it is.
  void read_baseline(Value const& value) {
    batch_.baseline_place = value.place;
    if (value.is_map())
      batch_.baseline = read_condition(value, "`baseline`");
    else
      batch_.baseline_file = read_path(value, "baseline");
  }

  MapReader& reader_;
  BatchFile& batch_;
  Diagnostics& diagnostics_;
};

}  // namespace

std::optional<std::size_t> BatchAxis::find(std::string const& label) const {
  auto const found = std::ranges::find(values, label, &AxisValue::label);
  if (found == values.end()) return std::nullopt;
  return static_cast<std::size_t>(found - values.begin());
}

bool BatchCondition::holds(std::vector<std::size_t> const& chosen) const {
  return !chosen.empty() && std::ranges::all_of(terms, [&](Term const& term) {
    return std::ranges::find(term.values, chosen[term.axis]) != term.values.end();
  });
}

BatchFile read_batch(std::string const& path, std::vector<Override> const& overrides, Diagnostics& diagnostics) {
  // `--set set.population.persons=9` adds to `set` of the file, whose keys have points in them too.
  constexpr std::string_view of_scenarios = "set.";
  std::vector<Override> of_batch;
  std::vector<Override> more_sets;
  for (Override const& each : overrides) {
    if (each.path.starts_with(of_scenarios))
      more_sets.push_back(parse_override(each.path.substr(of_scenarios.size()) + "=" + each.value));
    else
      of_batch.push_back(each);
  }
  BatchFile batch;
  batch.path = path;
  Value const document = read_document(path, of_batch, Request{}, diagnostics);
  if (document.is_null()) return batch;
  MapReader reader{document, "the batch", diagnostics};
  if (!document.is_map() || !check_format(reader, "batch", diagnostics)) return batch;
  BatchReader{reader, batch, diagnostics}.read();
  batch.sets.insert(batch.sets.end(), more_sets.begin(), more_sets.end());
  return batch;
}

}  // namespace utvei
