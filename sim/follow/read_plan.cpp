// SPDX-License-Identifier: Apache-2.0
#include <utvei/document/reader.hpp>
#include <utvei/follow/follow.hpp>

#include <algorithm>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr std::int64_t first_plan_year = 1900;
constexpr std::int64_t last_plan_year = 3000;

class PlanReader {
 public:
  PlanReader(MapReader& reader, FollowPlan& plan, Diagnostics& diagnostics)
      : reader_{reader}, plan_{plan}, diagnostics_{diagnostics} {}

  void read() {
    if (Value const* name = reader_.required("name")) plan_.name = as_code(*name, "name", diagnostics_).value_or("");
    plan_.label = label_from(reader_.optional("label"), plan_.name);
    if (Value const* scenario = reader_.required("scenario")) plan_.scenario = source_from(*scenario, "scenario");
    if (Value const* baseline = reader_.optional("baseline")) plan_.baseline = source_from(*baseline, "baseline");
    if (Value const* region = reader_.optional("region"))
      plan_.region = as_code(*region, "region", diagnostics_).value_or("");
    if (Value const* years = reader_.optional("years")) read_years(*years);
    if (Value const* actors = reader_.optional("actors")) read_actors(*actors);
    if (Value const* indicators = reader_.optional("indicators")) read_indicators(*indicators);
    reader_.finish();
  }

 private:
  PlanSource source_from(Value const& value, char const* key) {
    bool const is_text = as_text(value, key, diagnostics_).has_value();
    return {is_text ? path_beside(value) : std::string{}, value.place};
  }

  ReportText label_from(Value const* value, std::string const& otherwise) {
    if (value == nullptr) return same_in_all(otherwise);
    if (!value->is_map()) return same_in_all(as_text(*value, "label", diagnostics_).value_or(otherwise));
    MapReader reader{*value, "`label`", diagnostics_};
    auto const text = [&](char const* key) {
      Value const* const said = reader.optional(key);
      return said ? as_text(*said, key, diagnostics_).value_or("") : std::string{};
    };
    ReportText label{text("nb"), text("nn"), text("en")};
    reader.finish();
    if (label.nb.empty()) label.nb = label.en.empty() ? otherwise : label.en;
    if (label.nn.empty()) label.nn = label.nb;
    if (label.en.empty()) label.en = label.nb;
    return label;
  }

  void read_years(Value const& value) {
    MapReader reader{value, "`years`", diagnostics_};
    if (!value.is_map()) return;
    auto const year = [&](char const* key) {
      Value const* const said = reader.required(key);
      auto const number = said ? as_integer(*said, first_plan_year, last_plan_year, key, diagnostics_) : std::nullopt;
      return static_cast<int>(number.value_or(0));
    };
    plan_.from = year("from");
    plan_.until = year("to");
    reader.finish();
    if (plan_.from > 0 && plan_.until > 0 && plan_.until < plan_.from)
      diagnostics_.error(value.place, "`to` lies before `from`", {}, "years: {from: 2026, to: 2030}, both in the plan");
  }

  void read_actors(Value const& value) {
    if (!value.is_map()) {
      diagnostics_.error(value.place, "`actors` is no map of names", {}, "actors: {nav_lokal: {kind: nav}}");
      return;
    }
    std::vector<std::string> const kinds{"municipality", "county", "nav", "employer", "health"};
    for (Member const& member : value.members) {
      PlanActor actor;
      actor.name = as_code(member, "actor", diagnostics_).value_or("");
      if (actor.name == "index" || actor.name.find_first_not_of(plain_letters) != std::string::npos)
        diagnostics_.error(member.key_place, fmt::format("an actor cannot be called `{}`", actor.name),
                           "its page is a file of that name", "write letters, digits, `_` and `-`");
      MapReader reader{member.value, fmt::format("actor `{}`", actor.name), diagnostics_};
      if (!member.value.is_map()) continue;
      if (Value const* kind = reader.required("kind"))
        if (auto const choice = as_choice(*kind, kinds, "kind", diagnostics_)) actor.kind = kinds[*choice];
      actor.label = label_from(reader.optional("label"), actor.name);
      if (Value const* contact = reader.optional("contact"))
        actor.contact = as_text(*contact, "contact", diagnostics_).value_or("");
      reader.finish();
      plan_.actors.push_back(std::move(actor));
    }
  }

  void read_indicators(Value const& value) {
    if (!value.is_list() || value.items.empty()) {
      diagnostics_.error(value.place, "`indicators` is no list of what is counted", {},
                         "indicators: [{name: began, measure: course, step: started, actor: nav}]");
      return;
    }
    for (Value const& item : value.items) read_indicator(item);
  }

  void read_indicator(Value const& value) {
    MapReader reader{value, "an entry of `indicators`", diagnostics_};
    if (!value.is_map()) return;
    PlanIndicator indicator;
    indicator.place = value.place;
    if (Value const* name = reader.required("name")) indicator.name = as_code(*name, "name", diagnostics_).value_or("");
    indicator.label = label_from(reader.optional("label"), indicator.name);
    indicator.unit = label_from(reader.optional("unit"), {});
    indicator.definition = label_from(reader.optional("definition"), {});
    Value const* const measure = reader.optional("measure");
    Value const* const step = reader.optional("step");
    Value const* const outcome = reader.optional("outcome");
    if (measure) indicator.measure = as_code(*measure, "measure", diagnostics_).value_or("");
    if (step) {
      std::vector<std::string> const steps{"found", "offered", "started", "completed", "in_work"};
      if (auto const choice = as_choice(*step, steps, "step", diagnostics_))
        indicator.step = static_cast<PlanStep>(*choice);
    }
    if (outcome) indicator.outcome = as_text(*outcome, "outcome", diagnostics_).value_or("");
    if ((measure == nullptr) != (step == nullptr) || (measure == nullptr && outcome == nullptr))
      diagnostics_.error(value.place, "an indicator is a `step` of a `measure`, or an `outcome`", {},
                         "{name: began, measure: course, step: started, actor: nav}");
    if (Value const* actor = reader.required("actor")) {
      indicator.actor = as_code(*actor, "actor", diagnostics_).value_or("");
      check_actor(*actor, indicator.actor);
    }
    reader.finish();
    auto const same = std::ranges::find(plan_.indicators, indicator.name, &PlanIndicator::name);
    if (same != plan_.indicators.end())
      diagnostics_.error(value.place, fmt::format("a second indicator `{}`", indicator.name), {},
                         "give each its own name");
    plan_.indicators.push_back(std::move(indicator));
  }

  void check_actor(Value const& value, std::string const& name) {
    std::vector<std::string> known;
    for (PlanActor const& actor : plan_.actors) known.push_back(actor.name);
    if (std::ranges::find(known, name) != known.end()) return;
    diagnostics_.error(value.place, fmt::format("no actor `{}`", name), "`actors` names who is responsible",
                       known.empty() ? "add it: actors: {nav_lokal: {kind: nav}}" : did_you_mean(name, known));
  }

  static constexpr auto plain_letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
  MapReader& reader_;
  FollowPlan& plan_;
  Diagnostics& diagnostics_;
};

}  // namespace

FollowPlan read_plan(std::string const& path, std::vector<Override> const& overrides, Diagnostics& diagnostics) {
  FollowPlan plan;
  plan.path = path;
  Value const document = read_document(path, overrides, Request{}, diagnostics);
  if (document.is_null()) return plan;
  MapReader reader{document, "the plan", diagnostics};
  if (!document.is_map() || !check_format(reader, "plan", diagnostics)) return plan;
  PlanReader{reader, plan, diagnostics}.read();
  return plan;
}

}  // namespace utvei
