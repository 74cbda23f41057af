// SPDX-License-Identifier: Apache-2.0
#include "read_targets.hpp"

#include "figure.hpp"
#include "target_table.hpp"

#include <utvei/document/reader.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include <fmt/format.h>

namespace utvei {

std::optional<double> read_log_sd(Value const& value, Diagnostics& diagnostics) {
  auto const sd = as_number(value, "sd_log", diagnostics);
  if (!sd || *sd > 0) return sd;
  diagnostics.error(
      value.place, fmt::format("`sd_log` of {}", *sd),
      "no figure is exactly what the model's states are: with no room at all it would be met at any price",
      "0.03 is three per cent either way");
  return std::nullopt;
}

namespace {

struct OperatorKey {
  std::string_view key;
  Operator how;
  Unit unit;  ///< unless `unit` says otherwise
};
constexpr std::array<OperatorKey, 5> operator_keys{{{"stock", Operator::stock, Unit::people},
                                                    {"inflow", Operator::inflow, Unit::per_1000},
                                                    {"exits", Operator::exits, Unit::share},
                                                    {"followed", Operator::followed, Unit::share},
                                                    {"spells", Operator::spells, Unit::share}}};

/// One operator: who is counted, and when.
class OperatorReader {
 public:
  OperatorReader(Value const& value, OperatorKey const& key, Scenario const& scenario, std::vector<std::string>& inputs,
                 Diagnostics& diagnostics)
      : scenario_{scenario},
        inputs_{inputs},
        diagnostics_{diagnostics},
        reader_{value, fmt::format("`{}`", key.key), diagnostics} {
    seen_.how = key.how;
    seen_.unit = key.unit;
  }

  Observation read() {
    if (!reader_.map().is_map()) return seen_;
    read_people();
    if (counts_in_a_period()) {
      auto const from = moment("from");
      auto const to = moment("to");
      if (from && to && *from >= *to)
        diagnostics_.error(reader_.map().place, "the period ends before it begins", {}, "let `to` come after `from`");
      seen_.from = from.value_or(scenario_.start);
      seen_.to = to.value_or(scenario_.start);
    } else {
      seen_.at = moment("at").value_or(scenario_.start);
    }
    read_details();
    reader_.finish();
    check_dates();
    return seen_;
  }

 private:
  [[nodiscard]] bool counts_in_a_period() const {
    return seen_.how == Operator::inflow || seen_.how == Operator::exits || seen_.how == Operator::spells;
  }

  void read_people() {
    Model const& model = scenario_.model;
    if (auto const* named = reader_.optional("definition")) {
      auto const name = as_code(*named, "definition", diagnostics_);
      if (auto const* found = name ? model.definition(*name) : nullptr) {
        seen_.whom = *found;
        if (found->longer_than.minutes > 0 && seen_.how != Operator::stock)
          diagnostics_.error(named->place,
                             fmt::format("definition `{}` counts people by how long they have been there", *name),
                             "that is asked at a date, and this figure is of changes",
                             "use it with `stock`, or write the states and `longer_than` here");
      } else if (name) {
        std::vector<std::string> known;
        for (Definition const& each : model.definitions) known.push_back(each.name);
        diagnostics_.error(named->place, fmt::format("no definition `{}` in the model", *name), {},
                           known.empty() ? "the model has none: add `definitions:`" : did_you_mean(*name, known));
      }
    }
    bool const has_whole = seen_.how == Operator::stock || seen_.how == Operator::inflow;
    read_whom(reader_, has_whole ? WholeOf::asked : WholeOf::its_own, seen_.whom, model, inputs_, diagnostics_);
    if (auto const* region = reader_.optional("region"))
      seen_.whom.who.regions = read_region_codes(*region, model, diagnostics_);
  }

  std::optional<Instant> moment(char const* key) {
    Value const* value = reader_.required(key);
    return value ? as_date(*value, key, diagnostics_) : std::nullopt;
  }
  Duration duration(char const* key) {
    Value const* value = reader_.optional(key);
    return value ? as_duration(*value, key, diagnostics_).value_or(Duration{}) : Duration{};
  }

  void read_details() {
    bool const leads_on = seen_.how == Operator::exits || seen_.how == Operator::followed;
    if (seen_.how == Operator::inflow || seen_.how == Operator::exits) seen_.absent = duration("absent");
    if (seen_.how == Operator::followed) {
      if (auto const* after = reader_.required("after"))
        seen_.after = as_duration(*after, "after", diagnostics_).value_or(Duration{});
    }
    if (leads_on) {
      if (seen_.how == Operator::exits) seen_.after = duration("status_after");
      // What is left out means: still there; of those who left, all of them.
      if (auto const* in = reader_.optional("in")) {
        seen_.status = read_states_of(*in, "in", scenario_.model, diagnostics_);
      } else if (seen_.how == Operator::followed) {
        seen_.status = seen_.whom.who.states;
      }
    }
    if (seen_.how == Operator::exits) {
      if (auto const* by = reader_.optional("by")) {
        constexpr std::array causes{Cause::transition, Cause::limit, Cause::age};
        if (auto const choice = as_choice(*by, {"transition", "limit", "age"}, "by", diagnostics_))
          seen_.by = causes.at(*choice);
      }
    }
    if (seen_.how == Operator::spells) {
      seen_.given = duration("given");
      if (auto const* longer = reader_.required("longer_than"))
        seen_.longer_than = as_duration(*longer, "longer_than", diagnostics_).value_or(Duration{});
    } else if (seen_.how == Operator::stock || seen_.how == Operator::followed) {
      seen_.longer_than = duration("longer_than");
    }
    if (auto const* unit = reader_.optional("unit")) {
      constexpr std::array units{Unit::people, Unit::share, Unit::per_1000};
      if (auto const choice = as_choice(*unit, {"people", "share", "per_1000"}, "unit", diagnostics_))
        seen_.unit = units.at(*choice);
    }
    if (seen_.unit == Unit::people && !seen_.whom.standard.empty())
      diagnostics_.error(reader_.map().place, "a number of people is not standardised",
                         "weights of age groups make a share of a standard population", "write `unit: share`");
  }

  void check_dates() {
    Instant const first = seen_.how == Operator::stock || seen_.how == Operator::followed ? seen_.at : seen_.from;
    if (first < scenario_.start) {
      diagnostics_.error(
          reader_.map().place,
          fmt::format("looks at {}, before the run begins at {}", format(first), format(scenario_.start)), {},
          "begin the scenario earlier, or take a figure of its years");
    } else if (seen_.last() > scenario_.end) {
      diagnostics_.error(
          reader_.map().place,
          fmt::format("looks as far as {}, after the run ends at {}", format(seen_.last()), format(scenario_.end)), {},
          "raise `years` of the scenario, or take an earlier figure");
    }
  }

  Scenario const& scenario_;
  std::vector<std::string>& inputs_;
  Diagnostics& diagnostics_;
  MapReader reader_;
  Observation seen_;
};

/// One entry of the list.
class TargetReader {
 public:
  TargetReader(Value const& value, TargetDefaults const& defaults, Scenario const& scenario,
               std::vector<std::string>& inputs, Diagnostics& diagnostics)
      : value_{value},
        defaults_{defaults},
        scenario_{scenario},
        inputs_{inputs},
        diagnostics_{diagnostics},
        reader_{value, "the target", diagnostics} {}

  std::vector<Target> read() {
    Target target;
    target.place = value_.place;
    if (!value_.is_map()) return {};
    if (auto const* name = reader_.required("name")) target.name = as_code(*name, "name", diagnostics_).value_or("");
    read_operator(target);
    read_source(target);
    auto const* own_sd = reader_.optional("sd_log");
    auto const* number = reader_.optional("value");
    auto const* table = reader_.optional("values");
    reader_.finish();
    auto const log_sd = own_sd ? read_log_sd(*own_sd, diagnostics_) : defaults_.log_sd;
    if (!log_sd) {
      diagnostics_.error(
          value_.place, fmt::format("nobody says how far `{}` may be off", target.name),
          "a published figure is a full count: its error is that the model's states are not the agency's",
          "give sd_log, the standard deviation of its log: 0.03 for the same definition, 0.1 for "
          "something like it");
    }
    target.log_sd = log_sd.value_or(0) + years_off(target.year) * defaults_.log_sd_per_year;
    if ((number == nullptr) == (table == nullptr)) {
      diagnostics_.error(value_.place,
                         fmt::format("`{}` has {}", target.name, number ? "both `value` and `values`" : "no `value`"),
                         {}, "give the figure as `value`, or a table by region as `values: FILE`");
      return {};
    }
    if (table) return read_target_table(*table, target, scenario_.model, inputs_, diagnostics_);
    read_figure(*number, target, diagnostics_);
    return {std::move(target)};
  }

 private:
  void read_operator(Target& target) {
    OperatorKey const* found = nullptr;
    for (OperatorKey const& key : operator_keys) {
      Value const* value = reader_.optional(key.key);
      if (value == nullptr) continue;
      if (found != nullptr) {
        diagnostics_.error(value->place, fmt::format("`{}` beside `{}`", key.key, found->key), "a target is one number",
                           "make two targets of it");
        continue;
      }
      found = &key;
      target.observation = OperatorReader{*value, key, scenario_, inputs_, diagnostics_}.read();
    }
    if (found == nullptr)
      diagnostics_.error(value_.place, fmt::format("`{}` does not say what is counted", target.name), {},
                         "add one of stock, inflow, exits, followed, spells");
  }

  void read_source(Target& target) {
    if (auto const* use = reader_.optional("use")) {
      constexpr std::array uses{Target::Use::calibrate, Target::Use::validate, Target::Use::context};
      if (auto const choice = as_choice(*use, {"calibrate", "validate", "context"}, "use", diagnostics_))
        target.use = uses.at(*choice);
    }
    if (auto const* source = reader_.optional("source"))
      target.source = as_text(*source, "source", diagnostics_).value_or("");
    if (auto const* note = reader_.optional("note")) target.note = as_text(*note, "note", diagnostics_).value_or("");
    if (auto const* confidence = reader_.optional("confidence")) {
      constexpr std::array letters{"H", "M", "L"};
      if (auto const choice = as_choice(*confidence, {"H", "M", "L"}, "confidence", diagnostics_))
        target.confidence = letters.at(*choice);
    }
    if (auto const* overlap = reader_.optional("overlap"))
      target.is_of_others = as_choice(*overlap, {"none"}, "overlap", diagnostics_).has_value();
    if (auto const* year = reader_.optional("year")) {
      auto const read = as_integer(*year, 1900, 2200, "year", diagnostics_);
      if (read) target.year = static_cast<int>(*read);
    }
  }

  [[nodiscard]] double years_off(std::optional<int> year) const {
    return year && defaults_.base_year ? std::abs(*year - *defaults_.base_year) : 0;
  }

  Value const& value_;
  TargetDefaults const& defaults_;
  Scenario const& scenario_;
  std::vector<std::string>& inputs_;
  Diagnostics& diagnostics_;
  MapReader reader_;
};

}  // namespace

std::vector<Target> read_targets(Value const& value, TargetDefaults const& defaults, Scenario const& scenario,
                                 std::vector<std::string>& inputs, Diagnostics& diagnostics) {
  std::vector<Target> targets;
  if (!value.is_list() || value.items.empty()) {
    diagnostics.error(value.place, "`targets` must be a list of figures", {},
                      "begin each with `- name: …`, and say what is counted");
    return targets;
  }
  for (Value const& item : value.items) {
    for (Target& target : TargetReader{item, defaults, scenario, inputs, diagnostics}.read()) {
      if (std::ranges::find(targets, target.name, &Target::name) != targets.end()) {
        diagnostics.error(target.place, fmt::format("two targets are named `{}`", target.name), {},
                          "give each a name of its own");
        continue;
      }
      targets.push_back(std::move(target));
    }
  }
  return targets;
}

}  // namespace utvei
