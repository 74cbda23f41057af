// SPDX-License-Identifier: Apache-2.0
#include <utvei/chapters/findings.hpp>
#include <utvei/core/data_class.hpp>
#include <utvei/core/read_source.hpp>
#include <utvei/document/json.hpp>
#include <utvei/document/reader.hpp>

#include <algorithm>
#include <array>
#include <memory>

#include <fmt/format.h>

namespace utvei {
namespace {

/// Which command writes what.
struct FindingKind {
  std::string_view kind, command;
};
constexpr std::array<FindingKind, 4> finding_kinds{{{"validation/1", "utvei validate … --format json"},
                                                    {"differences/1", "utvei regions … --format json"},
                                                    {"expected/1", "utvei regions … --expected --format json"},
                                                    {"lifeline/1", "utvei lifeline … --format json"}}};

/// Reads the keys of one map that a command wrote. What is missing is told; further keys are for others.
class FindingReader {
 public:
  FindingReader(Value const& map, std::string what, Diagnostics& diagnostics)
      : map_{map, std::move(what), diagnostics}, diagnostics_{diagnostics} {}

  std::string text(char const* key) {
    Value const* const value = map_.required(key);
    return value == nullptr ? std::string{} : as_text(*value, key, diagnostics_).value_or("");
  }
  /// Of what may be null.
  std::string text_or_none(char const* key) {
    Value const* const value = map_.optional(key);
    return value == nullptr ? std::string{} : as_text(*value, key, diagnostics_).value_or("");
  }
  double number(char const* key) {
    Value const* const value = map_.required(key);
    return value == nullptr ? 0 : number_in(*value, key);
  }
  std::optional<double> number_or_none(char const* key) {
    Value const* const value = map_.optional(key);
    if (value == nullptr) return std::nullopt;
    return number_in(*value, key);
  }
  std::size_t count(char const* key) { return static_cast<std::size_t>(std::max(0.0, number(key))); }
  bool truth(char const* key) {
    Value const* const value = map_.required(key);
    return value != nullptr && as_bool(*value, key, diagnostics_).value_or(false);
  }
  bool truth_or_false(char const* key) {
    Value const* const value = map_.optional(key);
    return value != nullptr && as_bool(*value, key, diagnostics_).value_or(false);
  }
  std::vector<Value> const& list(char const* key) {
    static std::vector<Value> const none;
    Value const* const value = map_.required(key);
    if (value == nullptr) return none;
    if (!value->is_list()) diagnostics_.error(value->place, fmt::format("`{}` must be a list", key), "", again);
    return value->items;
  }
  std::vector<std::string> texts(char const* key) {
    std::vector<std::string> texts;
    for (Value const& item : list(key)) texts.push_back(item.scalar);
    return texts;
  }
  std::pair<double, double> pair(char const* key) {
    auto const& items = list(key);
    if (items.size() == 2) return {number_in(items[0], key), number_in(items[1], key)};
    if (map_.map().find(key) != nullptr)
      diagnostics_.error(map_.map().find(key)->place, fmt::format("`{}` must be two numbers", key), "", again);
    return {};
  }
  Value const* map(char const* key) { return map_.required(key); }

 private:
  double number_in(Value const& value, char const* key) { return as_number(value, key, diagnostics_).value_or(0); }
  static constexpr auto again = "write the file anew with the command";
  MapReader map_;
  Diagnostics& diagnostics_;
};

ValidationFinding read_validation(Value const& root, Diagnostics& diagnostics) {
  FindingReader reader{root, "the validation", diagnostics};
  ValidationFinding finding;
  finding.calibration = reader.text("calibration");
  finding.draws = reader.count("draws");
  for (Value const& item : reader.list("figures")) {
    FindingReader one{item, "a figure", diagnostics};
    ValidationFinding::Figure figure;
    figure.name = one.text("name");
    figure.use = one.text("use");
    figure.note = one.text_or_none("note");
    figure.region = one.text_or_none("region");
    figure.unit = one.text("unit");
    figure.from = one.text_or_none("from");
    figure.at = one.text("at");
    figure.year = one.number_or_none("year");
    figure.published = one.number_or_none("published");
    figure.published_low = one.number("published_low");
    figure.published_high = one.number("published_high");
    figure.model = one.number("model");
    figure.low_90 = one.number("low_90");
    figure.high_90 = one.number("high_90");
    figure.within = one.truth("within");
    figure.unverified = one.truth("unverified");
    figure.source = one.text_or_none("source");
    finding.figures.push_back(std::move(figure));
  }
  return finding;
}

DifferenceFinding::Number read_number(Value const* value, Diagnostics& diagnostics) {
  if (value == nullptr) return {};
  FindingReader reader{*value, "a number", diagnostics};
  return {reader.number("value"), reader.number_or_none("low_95"), reader.number_or_none("high_95")};
}

DifferenceFinding read_differences(Value const& root, Diagnostics& diagnostics) {
  FindingReader reader{root, "the differences of regions", diagnostics};
  DifferenceFinding finding;
  finding.draws = reader.count("draws");
  for (Value const& item : reader.list("differences")) {
    FindingReader one{item, "a difference", diagnostics};
    DifferenceFinding::Difference difference;
    difference.region = one.text("region");
    difference.reference = one.text("reference");
    difference.outcome = one.text("outcome");
    difference.unit = one.text("unit");
    difference.of_region = read_number(one.map("of_region"), diagnostics);
    difference.of_reference = read_number(one.map("of_reference"), diagnostics);
    difference.total = read_number(one.map("total"), diagnostics);
    for (Value const& part : one.list("components")) {
      FindingReader component{part, "a component", diagnostics};
      difference.components.emplace_back(component.text("component"), read_number(&part, diagnostics));
    }
    finding.differences.push_back(std::move(difference));
  }
  return finding;
}

ExpectedFinding::Region read_expected_region(Value const& item, Diagnostics& diagnostics) {
  FindingReader one{item, "a region", diagnostics};
  ExpectedFinding::Region region;
  region.code = one.text("region");
  region.hidden = one.truth_or_false("hidden");
  if (region.hidden) return region;
  region.flag = one.text("flag");
  region.observed = one.number("observed");
  region.expected = one.number("expected");
  region.ratio = one.number("ratio");
  region.low_95 = one.number("low_95");
  region.high_95 = one.number("high_95");
  region.funnel_95 = one.pair("funnel_95");
  region.funnel_998 = one.pair("funnel_998");
  region.best_tenth = one.number("probability_best_tenth");
  return region;
}

ExpectedFinding read_expected(Value const& root, Diagnostics& diagnostics) {
  FindingReader reader{root, "the regions against what was expected", diagnostics};
  ExpectedFinding finding;
  finding.study = reader.text("study");
  for (Value const& item : reader.list("outcomes")) {
    FindingReader one{item, "an outcome", diagnostics};
    ExpectedFinding::Outcome outcome;
    outcome.name = one.text("outcome");
    outcome.better = one.text("better");
    outcome.at = one.text_or_none("at");
    outcome.composition = one.texts("composition");
    for (Value const& region : one.list("regions"))
      outcome.regions.push_back(read_expected_region(region, diagnostics));
    finding.outcomes.push_back(std::move(outcome));
  }
  return finding;
}

LifelineFinding read_lifeline(Value const& root, Diagnostics& diagnostics) {
  FindingReader reader{root, "the life line", diagnostics};
  LifelineFinding finding;
  finding.name = reader.text("name");
  finding.end = reader.text("end");
  if (Value const* const labels = reader.map("labels"); labels != nullptr)
    for (Member const& measure : labels->members)
      for (Member const& label : measure.value.members) finding.labels[measure.key][label.key] = label.value.scalar;
  for (Value const& item : reader.list("ways")) {
    FindingReader one{item, "a way of working", diagnostics};
    LifelineFinding::Way way;
    way.name = one.text("way");
    way.lives = one.count("lives");
    for (Value const& event : one.list("events")) {
      FindingReader told{event, "an event", diagnostics};
      way.events.push_back({told.text("time"), told.text("kind"), told.text("state"), told.text_or_none("measure")});
    }
    if (Value const* const months = one.map("months"); months != nullptr)
      for (Member const& member : months->members) {
        if (!member.value.is_map()) continue;
        FindingReader number{member.value, "a mean", diagnostics};
        way.months.emplace_back(member.key, std::pair{number.number("mean"), number.number("half_width_95")});
      }
    finding.ways.push_back(std::move(way));
  }
  return finding;
}

/// What the file says it is; empty, and diagnosed, where it says nothing that a report has a use for.
std::string kind_of_finding(Value const& root, Diagnostics& diagnostics) {
  std::string commands;
  for (FindingKind const& one : finding_kinds)
    commands += fmt::format("{}{}", commands.empty() ? "" : "; ", one.command);
  Value const* const head = root.find("utvei");
  if (head == nullptr) {
    diagnostics.error(root.place, "the file does not say what it is",
                      "a report reads what other commands wrote as JSON", "name what one of these wrote: " + commands);
    return {};
  }
  auto const found = std::ranges::find(finding_kinds, std::string_view{head->scalar}, &FindingKind::kind);
  if (found != finding_kinds.end()) return head->scalar;
  std::string const name = head->scalar.substr(0, head->scalar.find('/'));
  bool const is_other_version = std::ranges::any_of(
      finding_kinds, [&](FindingKind const& one) { return one.kind.substr(0, one.kind.find('/')) == name; });
  diagnostics.error(
      head->place,
      is_other_version ? fmt::format("`{}` is of another version", head->scalar)
                       : fmt::format("a report has no use for `{}`", head->scalar),
      is_other_version ? "this program reads version 1" : "",
      is_other_version ? "write the file anew with this program" : "name what one of these wrote: " + commands);
  return {};
}

}  // namespace

CommandFinding read_finding(std::string const& path, Diagnostics& diagnostics) {
  CommandFinding finding;
  finding.path = path;
  auto const text = read_source(path, 1);
  auto const source = std::make_shared<SourceText const>(text ? *text : SourceText{path, ""});
  if (!text) {
    diagnostics.add({Severity::error, Fault::data, Place{source}, "cannot read the file", "",
                     "name what another command wrote with --format json"});
    return finding;
  }
  Value const root = parse_json(source, Fault::data, diagnostics);
  if (root.place.source == nullptr) return finding;
  std::string const kind = kind_of_finding(root, diagnostics);
  if (kind.empty()) return finding;
  FindingReader head{root, "the file", diagnostics};
  finding.data_class = head.text("data_class");
  finding.is_cleared = finding.data_class != "register" || head.truth_or_false("held_back");
  if (kind == "validation/1") finding.validation = read_validation(root, diagnostics);
  if (kind == "differences/1") finding.differences = read_differences(root, diagnostics);
  if (kind == "expected/1") finding.expected = read_expected(root, diagnostics);
  if (kind == "lifeline/1") finding.lifeline = read_lifeline(root, diagnostics);
  return finding;
}

}  // namespace utvei
