// SPDX-License-Identifier: Apache-2.0
#include "levers.hpp"

#include "quantity_of_time.hpp"

#include <utvei/document/reader.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

std::optional<double> number_of(Value const* value) {
  if (value == nullptr || !value->is_scalar()) return std::nullopt;
  Diagnostics unheard;
  return as_number(*value, "number", unheard);
}

std::string text_at(Value const& map, std::string_view key) {
  Value const* const value = map.find(key);
  return value != nullptr && value->is_scalar() ? value->scalar : "";
}

/// A step that gives whole numbers of it, or ten between two.
double step_of(double value) {
  return value == std::floor(value) ? 1 : value * 2 == std::floor(value * 2) ? 0.5 : 0.1;
}

ReportText with_name(ReportText text, std::string const& name) {
  for (std::string* const one : {&text.nb, &text.nn, &text.en}) *one += ", " + name;
  return text;
}

class LeverFinder {
 public:
  LeverFinder(Value const& baseline, Scenario const& scenario) : baseline_{baseline}, scenario_{scenario} {}

  std::vector<StudioLever> find(Value const& document) {
    each_named(document, "measures", [&](Value const& item, ValuePath const& path) { measure(item, path); });
    each_named(document, "resources", [&](Value const& item, ValuePath const& path) {
      group_ = {path.back(), same_in_all(path.back()), ""};
      pools(item, path, {"Hvor mange", "Kor mange", "How many"});
    });
    if (Value const* const changes = document.find("changes")) change_ratios(*changes);
    return std::move(levers_);
  }

 private:
  struct Group {
    std::string name;
    ReportText label;
    std::string evidence;
  };

  template <class Work>
  void each_named(Value const& document, std::string const& key, Work const& work) {
    Value const* const given = document.find(key);
    if (given == nullptr) return;
    for (Value const& item : named_items(*given).items)
      if (std::string const name = text_at(item, "name"); !name.empty()) work(item, ValuePath{key, name});
  }

  StudioLever& add(ValuePath const& path, LeverKind kind, std::string of, ReportText label) {
    StudioLever& lever = levers_.emplace_back();
    lever.id = text_of(path);
    lever.measure = group_.name;
    lever.group = group_.label;
    lever.label = std::move(label);
    lever.kind = kind;
    lever.of = std::move(of);
    lever.targets = {path};
    return lever;
  }
  static ValuePath below(ValuePath path, std::initializer_list<std::string> steps) {
    path.insert(path.end(), steps);
    return path;
  }

  void measure(Value const& item, ValuePath const& path);
  void pools(Value const& item, ValuePath const& path, ReportText const& label);
  void places(Value const& value, ValuePath const& path, bool whole, ReportText const& label);
  void start(Value const& item, ValuePath const& path, std::string const& key, ReportText const& label);
  void uptake(Value const& value, ValuePath const& path);
  void waiting(Value const& value, ValuePath const& path);
  void effects(Value const& item, ValuePath const& path);
  void ratio(Value const& effect, ValuePath const& path, ReportText const& label);
  void trial(Value const& effects, ValuePath const& path);
  void change_ratios(Value const& changes);
  [[nodiscard]] ReportText ways_of(Value const& effect) const;

  Value const& baseline_;
  Scenario const& scenario_;
  Group group_;
  std::vector<StudioLever> levers_;
};

std::string evidence_of_measure(Value const& item) {
  Value const* const evidence = item.find("evidence");
  std::string const confidence = evidence == nullptr ? "" : text_at(*evidence, "confidence");
  return confidence == "H" ? "high" : confidence == "M" ? "moderate" : confidence == "L" ? "low" : "";
}

void LeverFinder::measure(Value const& item, ValuePath const& path) {
  group_ = {path.back(), label_written_in(item, path.back()), evidence_of_measure(item)};
  if (Value const* const given = item.find("places"))
    pools(*given, below(path, {"places"}), {"Plasser", "Plassar", "Places"});
  start(item, path, "runs", {"Begynner", "Byrjar", "Begins"});
  start(item, path, "takes_in", {"Tar inn fra", "Tek inn frå", "Takes in from"});
  if (Value const* const given = item.find("uptake")) uptake(*given, below(path, {"uptake"}));
  if (Value const* const given = item.find("found_after")) waiting(*given, below(path, {"found_after"}));
  effects(item, path);
}

void LeverFinder::pools(Value const& item, ValuePath const& path, ReportText const& label) {
  if (Value const* const total = item.find("total")) places(*total, below(path, {"total"}), true, label);
  if (Value const* const per = item.find("per_1000")) {
    ReportText const long_label{label.nb + " per 1000 innbyggere", label.nn + " per 1000 innbyggjarar",
                                label.en + " per 1,000 residents"};
    places(*per, below(path, {"per_1000"}), false, long_label);
  }
  Value const* const regions = item.find("per_region");
  if (regions == nullptr) return;
  if (!regions->is_map()) return places(*regions, below(path, {"per_region"}), true, label);
  for (Member const& member : regions->members) {
    auto const region = scenario_.model.regions.find(member.key);
    ReportText named = label;
    auto const called = [&](std::string_view language) {
      std::string const name = region ? scenario_.model.regions.name(*region, language) : "";
      return ", " + (name.empty() ? member.key : name);
    };
    named.nb += called("nb");
    named.nn += called("nn");
    named.en += called("en");
    places(member.value, below(path, {"per_region", member.key}), true, named);
  }
}

/// A number, or numbers by when they hold from.
void LeverFinder::places(Value const& value, ValuePath const& path, bool whole, ReportText const& label) {
  for (Member const& member : value.members)
    places(member.value, below(path, {member.key}), whole, with_name(label, member.key));
  auto const number = number_of(&value);
  if (!number || *number < 0) return;
  constexpr double least_reach = 20;
  StudioLever& lever = add(path, whole ? LeverKind::integer : LeverKind::number, "places", label);
  lever.value = *number;
  lever.min = 0.0;
  lever.max = std::max(2 * *number, whole ? least_reach : 1.0);
  lever.step = whole ? 1 : 0.1;
}

std::string day_of(Instant instant) {
  return format(instant).substr(0, std::string_view{"2026-01-01"}.size());
}

void LeverFinder::start(Value const& item, ValuePath const& path, std::string const& key, ReportText const& label) {
  Value const* const span = item.find(key);
  Value const* const from = span == nullptr ? nullptr : span->find("from");
  if (from == nullptr || !from->is_scalar()) return;
  auto const at = parse_date(from->scalar);
  if (!at) return;
  Value const* const until = span->find("until");
  auto const stop = until == nullptr ? std::nullopt : parse_date(until->scalar);
  Instant const last = std::min(scenario_.end, stop.value_or(scenario_.end)) - Duration{minutes_per_day};
  if (*at > last) return;
  StudioLever& lever = add(below(path, {key, "from"}), LeverKind::date, "start", label);
  lever.value = from->scalar;
  lever.min = day_of(std::min(*at, scenario_.start));
  lever.max = day_of(last);
}

void LeverFinder::uptake(Value const& value, ValuePath const& path) {
  if (value.find("by") != nullptr) return;
  auto const share = number_of(value.is_map() ? value.find("mean") : &value);
  if (!share) return;
  StudioLever& lever =
      add(path, LeverKind::share, "uptake", {"Andel som takker ja", "Del som takkar ja", "Share who accept"});
  lever.value = *share;
  // The logit of a share that is drawn must be a number.
  lever.min = value.is_map() ? 0.01 : 0.0;
  lever.max = value.is_map() ? 0.99 : 1.0;
  lever.step = 0.01;
}

void LeverFinder::waiting(Value const& value, ValuePath const& path) {
  Value const* const median = value.is_map() ? value.find("median") : &value;
  if (median == nullptr || !median->is_scalar()) return;
  auto const time = read_quantity_of_time(median->scalar);
  if (!time || time->number <= 0) return;
  StudioLever& lever = add(path, LeverKind::duration, "waiting",
                           {"Tid til tjenesten finner dem (median)", "Tid til tenesta finn dei (median)",
                            "Time until the service finds them (median)"});
  lever.value = time->number;
  lever.step = step_of(time->number);
  lever.min = lever.step;
  lever.max = std::max(2 * time->number, usual_most(time->unit));
  lever.unit = words_of_unit(time->unit, UnitNumber::many);
  lever.unit_of_one = words_of_unit(time->unit, UnitNumber::one);
}

/// `aap -> work` as the states are called.
ReportText LeverFinder::ways_of(Value const& effect) const {
  Value const* const given = effect.find("transition");
  if (given == nullptr) return {};
  std::vector<std::string> ways;
  if (given->is_scalar()) ways.push_back(given->scalar);
  for (Value const& item : given->items) ways.push_back(item.scalar);
  auto const in = [&](std::string_view language) {
    std::string text;
    for (std::string const& way : ways) {
      std::size_t const arrow = way.find(" -> ");
      if (!text.empty()) text += "; ";
      if (arrow == std::string::npos) {
        text += way;
        continue;
      }
      auto const called = [&](std::string const& name) {
        auto const found = std::ranges::find(scenario_.model.states, name, &State::name);
        return found == scenario_.model.states.end() ? name : label_in(found->label, language, name);
      };
      text += called(way.substr(0, arrow)) + " → " + called(way.substr(arrow + 4));
    }
    return text;
  };
  return {"Fra og til: " + in("nb"), "Frå og til: " + in("nn"), "From and to: " + in("en")};
}

void LeverFinder::ratio(Value const& effect, ValuePath const& path, ReportText const& label) {
  Value const* const given = effect.find("hazard_ratio");
  if (given == nullptr) return;
  auto const value = number_of(given->is_map() ? given->find("mean") : given);
  if (!value || (given->is_map() && *value <= 0)) return;
  StudioLever& lever = add(below(path, {"hazard_ratio"}), LeverKind::ratio, "effect", label);
  lever.id = text_of(path);
  lever.help = ways_of(effect);
  lever.value = *value;
  // One that is drawn from an interval has no logarithm at 0.
  lever.min = given->is_map() ? std::min(0.1, *value) : 0.0;
  lever.max = std::max(3.0, 2 * *value);
  lever.step = 0.01;
  lever.evidence = text_at(effect, "assumed") == "true" || group_.evidence.empty() ? "assumed" : group_.evidence;
}

/// The effects of a measure from a trial share what its arms say.
void LeverFinder::trial(Value const& effects, ValuePath const& path) {
  StudioLever* lever = nullptr;
  for (std::size_t i = 0; i < effects.items.size(); ++i) {
    Value const* const given = effects.items[i].find("from_trial");
    auto const control = given == nullptr ? std::nullopt : number_of(given->find("control"));
    auto const treated = given == nullptr ? std::nullopt : number_of(given->find("treated"));
    if (!control || !treated) continue;
    std::string const name = has_names(effects) ? text_at(effects.items[i], "name") : std::to_string(i);
    ValuePath const target = below(path, {name, "from_trial", "treated"});
    if (lever != nullptr) {
      lever->targets.push_back(target);
      continue;
    }
    lever = &add(target, LeverKind::share, "effect",
                 {"Virkning: andel i arbeid i tiltaksgruppen", "Verknad: del i arbeid i tiltaksgruppa",
                  "Effect: share in work among the treated"});
    std::string const percent = fmt::format("{:.1f}", 100 * *control);
    std::string comma = percent;
    std::ranges::replace(comma, '.', ',');
    lever->help = {
        fmt::format("Forsøket som virkningen er regnet ut fra hadde {} % i arbeid uten tiltaket.", comma),
        fmt::format("Forsøket som verknaden er rekna ut frå, hadde {} % i arbeid utan tiltaket.", comma),
        fmt::format("In the trial that the effect comes from {} % were in work without the measure.", percent)};
    double const width = std::max(0.2, 2 * std::abs(*treated - *control));
    auto const rounded = [](double share) { return std::round(share * 1000) / 1000; };
    lever->value = *treated;
    lever->min = std::min(*treated, rounded(std::max(0.01, *control - width / 2)));
    lever->max = std::max(*treated, rounded(std::min(0.99, *control + width)));
    lever->step = 0.001;
    lever->evidence = group_.evidence;
  }
}

void LeverFinder::effects(Value const& item, ValuePath const& path) {
  Value const* const given = item.find("effects");
  if (given == nullptr) return;
  Value const list = named_items(*given);
  ValuePath const at = below(path, {"effects"});
  trial(list, at);
  for (std::size_t i = 0; i < list.items.size(); ++i) {
    std::string const name = has_names(list) ? text_at(list.items[i], "name") : std::to_string(i);
    ratio(list.items[i], below(at, {name}), {"Virkning", "Verknad", "Effect"});
  }
}

void LeverFinder::change_ratios(Value const& changes) {
  Value const list = named_items(changes);
  Value const* const common = baseline_.find("changes");
  Value const others = common == nullptr ? Value{} : named_items(*common);
  group_ = {"", {"Endringer", "Endringar", "Changes"}, ""};
  for (std::size_t i = 0; i < list.items.size(); ++i) {
    std::string const text = to_yaml(list.items[i]);
    if (std::ranges::any_of(others.items, [&](Value const& other) { return to_yaml(other) == text; })) continue;
    std::string const name = text_at(list.items[i], "name");
    ratio(list.items[i], {"changes", has_names(list) ? name : std::to_string(i)},
          name.empty() ? ReportText{"Endring", "Endring", "Change"} : same_in_all(name));
  }
}

}  // namespace

std::string_view name_of(LeverKind kind) {
  constexpr std::array<std::string_view, 6> names{"integer", "number", "share", "ratio", "date", "duration"};
  return names.at(static_cast<std::size_t>(kind));
}

ReportText label_written_in(Value const& item, std::string const& name) {
  Value const* const given = item.find("label");
  ReportText label = same_in_all(name);
  if (given == nullptr) return label;
  if (given->is_scalar()) return same_in_all(given->scalar);
  std::string const nb = text_at(*given, "nb");
  label.nb = nb.empty() ? name : nb;
  label.nn = text_at(*given, "nn").empty() ? label.nb : text_at(*given, "nn");
  label.en = text_at(*given, "en").empty() ? label.nb : text_at(*given, "en");
  return label;
}

std::vector<StudioLever> levers_of(Value const& document, Value const& baseline, Scenario const& scenario) {
  return LeverFinder{baseline, scenario}.find(document);
}

}  // namespace utvei
