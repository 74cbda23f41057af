// SPDX-License-Identifier: Apache-2.0
#include "own_measures.hpp"

#include "file_words.hpp"
#include "measure_costs.hpp"
#include "parts.hpp"
#include "scenario_items.hpp"

#include <utvei/results/text_columns.hpp>

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace utvei {
namespace {

bool changes_rates(Value const& effect) {
  Value const* const ratio = effect.find("hazard_ratio");
  bool const is_one = ratio != nullptr && ratio->is_scalar() && std::atof(ratio->scalar.c_str()) == 1;
  return !is_one;
}

std::vector<Value> effects_of(Value const& measure) {
  Value const* const effects = measure.find("effects");
  return effects == nullptr ? std::vector<Value>{} : named_items(*effects).items;
}

bool may_act(Value const& measure) {
  auto const has = [&](std::string_view key) {
    Value const* const value = measure.find(key);
    return value != nullptr && !value->is_null();
  };
  return has("state") || has("locks_in") || std::ranges::any_of(effects_of(measure), changes_rates);
}

std::optional<double> places_at_a_time(Value const& measure) {
  Value const* const places = measure.find("places");
  if (places == nullptr || places->is_null()) return std::nullopt;
  if (places->is_scalar()) return std::atof(places->scalar.c_str());
  if (Value const* const total = places->find("total"); total != nullptr && total->is_scalar())
    return std::atof(total->scalar.c_str());
  Value const* const by_region = places->find("per_region");
  if (by_region == nullptr || !by_region->is_map()) return std::nullopt;
  double sum = 0;
  for (Member const& member : by_region->members) {
    if (!member.value.is_scalar()) return std::nullopt;
    sum += std::atof(member.value.scalar.c_str());
  }
  return sum;
}

std::vector<std::string> transitions_of(Value const& measure) {
  std::vector<std::string> all;
  for (Value const& effect : effects_of(measure)) {
    Value const* const transitions = effect.find("transition");
    if (transitions == nullptr || !changes_rates(effect)) continue;
    for (std::string const& one : scalars_of(*transitions)) all.push_back(one);
  }
  return all;
}

/// Whether `* -> work` or `aap -> work` is about a transition.
bool is_about(std::string const& pattern, std::string const& transition) {
  constexpr std::string_view arrow = " -> ";
  auto const a = pattern.find(arrow);
  auto const b = transition.find(arrow);
  if (a == std::string::npos || b == std::string::npos) return pattern == transition;
  auto const agree = [](std::string const& name, std::string const& state) { return name == "*" || name == state; };
  return agree(pattern.substr(0, a), transition.substr(0, b)) &&
         agree(pattern.substr(a + arrow.size()), transition.substr(b + arrow.size()));
}

std::vector<Value> own_of(Contents const& contents, std::size_t scenario, std::string_view section) {
  return own_items(file_of(contents.baseline()), file_of(contents.scenario(scenario)), section);
}

/// Another scenario of the report that has this measure, and nothing else that the zero alternative has not.
std::optional<std::size_t> scenario_of_it_alone(Contents const& contents, std::size_t scenario, Value const& measure) {
  for (std::size_t other = 0; other < contents.scenarios(); ++other) {
    if (other == scenario || !own_of(contents, other, "changes").empty()) continue;
    auto const own = own_of(contents, other, "measures");
    if (own.size() == 1 && to_yaml(own.front()) == to_yaml(measure)) return other;
  }
  return std::nullopt;
}

ReportText alone_in_words(Contents const& contents, std::size_t other, std::string const& measure,
                          std::string const& group) {
  auto const found =
      rows_of_group(contents.baseline(), contents.scenario(other), {group, false, {}}, contents.material().gate);
  if (found.rows.empty()) return {};
  double const difference = found.rows.front().row.difference;
  return said(difference >= 0 ? Saying{"{0}: {1} flere", "{0}: {1} fleire", "{0}: {1} more"}
                              : Saying{"{0}: {1} færre", "{0}: {1} færre", "{0}: {1} fewer"},
              contents.measure(measure), amount(std::abs(difference)));
}

ReportText shares_of_measures(Contents const& contents, std::size_t scenario, std::string const& group) {
  auto const measures = own_of(contents, scenario, "measures");
  std::size_t const parts = measures.size() + own_of(contents, scenario, "changes").size();
  if (parts < 2 || measures.empty()) return {};
  std::vector<ReportText> alone;
  for (Value const& measure : measures)
    if (auto const other = scenario_of_it_alone(contents, scenario, measure))
      alone.push_back(alone_in_words(contents, *other, text_at(measure, "name"), group));
  ReportText text;
  if (!alone.empty())
    text = said({"Kjørt alene, i personår {0}: {1}. Virkningene går ikke alltid opp i summen.",
                 "Køyrt aleine, i personår {0}: {1}. Verknadene går ikkje alltid opp i summen.",
                 "Run alone, in person-years {0}: {1}. The effects do not always add up to the whole."},
                people_in(group), listed(alone));
  if (alone.size() == parts) return text;
  return followed_by(
      text, measures.size() == parts
                ? said({"Hvor mye hvert av de {} tiltakene gir, kan rapporten ikke si: de er kjørt sammen. Kjør "
                        "scenariet med ett tiltak om gangen; en kommando som gjør det, står i rapporten under «Hva som "
                        "mangler her».",
                        "Kor mykje kvart av dei {} tiltaka gir, kan rapporten ikkje seie: dei er køyrde saman. Køyr "
                        "scenariet med eitt tiltak om gongen; ein kommando som gjer det, står i rapporten under «Kva "
                        "som manglar her».",
                        "How much each of the {} measures gives, the report cannot say: they were run together. Run "
                        "the scenario with one measure at a time; a command that does it is in the report under “What "
                        "is missing here”."},
                       measures.size())
                : said({"Hvor mye hver av de {} endringene gir, kan rapporten ikke si: de er kjørt sammen. Kjør "
                        "scenariet med én endring om gangen; en kommando som gjør det, står i rapporten under «Hva som "
                        "mangler her».",
                        "Kor mykje kvar av dei {} endringane gir, kan rapporten ikkje seie: dei er køyrde saman. Køyr "
                        "scenariet med éi endring om gongen; ein kommando som gjer det, står i rapporten under «Kva "
                        "som manglar her».",
                        "How much each of the {} changes gives, the report cannot say: they were run together. Run "
                        "the scenario with one change at a time; a command that does it is in the report under “What "
                        "is missing here”."},
                       parts));
}

ReportText measures_without_effect(Contents const& contents, std::size_t scenario) {
  ReportText text;
  for (OwnMeasure const& measure : own_measures(contents, scenario)) {
    if (measure.acts) continue;
    ReportText one = said({"{} er antatt ikke å endre hvor folk er", "{} er rekna med å ikkje endre kvar folk er",
                           "{} is assumed not to change where people are"},
                          measure.label);
    std::vector<ReportText> takes;
    if (measure.places && *measure.places > 0)
      takes.push_back(said({"tar {} plasser", "tek {} plassar", "takes {} places"}, number_words(*measure.places, 0)));
    if (double const cost = cost_of_measure(contents, scenario, measure.name); cost > 0)
      takes.push_back(said({"koster {}", "kostar {}", "costs {}"}, kroner(cost)));
    ReportText const both =
        takes.size() < 2 ? listed(takes) : said({"{} og {}", "{} og {}", "{} and {}"}, takes[0], takes[1]);
    if (!both.empty()) one = followed_by(one, said({"; det {}", "; det {}", "; it {}"}, both), "");
    text = followed_by(text, followed_by(one, same_in_all("."), ""));
  }
  return text;
}

}  // namespace

std::vector<OwnMeasure> own_measures(Contents const& contents, std::size_t scenario) {
  std::vector<OwnMeasure> all;
  for (Value const& measure : own_of(contents, scenario, "measures")) {
    std::string const name = text_at(measure, "name");
    all.push_back({name, contents.measure(name), may_act(measure), places_at_a_time(measure), transitions_of(measure)});
  }
  return all;
}

ReportText about_each_measure(Contents const& contents, std::size_t scenario, std::string const& group) {
  return followed_by(shares_of_measures(contents, scenario, group), measures_without_effect(contents, scenario));
}

std::string command_for_shares(Contents const& contents, std::size_t scenario) {
  auto const measures = own_of(contents, scenario, "measures");
  auto const changes = own_of(contents, scenario, "changes");
  std::size_t const parts = measures.size() + changes.size();
  if (parts < 2) return {};
  std::string const kept = text_at(measures.empty() ? changes.front() : measures.front(), "name");
  std::string without;
  for (auto const& [section, items] : {std::pair{"measures", &measures}, std::pair{"changes", &changes}})
    for (Value const& item : *items) {
      std::string const name = text_at(item, "name");
      // A change without a name cannot be left out from outside its file.
      if (name.empty()) return "utvei run …";
      if (name != kept) without += fmt::format(" --set {}.{}=null", section, name);
    }
  Provenance const& provenance = contents.scenario(scenario).provenance;
  std::string const file = provenance.inputs.empty() ? "scenario.yaml" : readable_path(provenance.inputs.front().path);
  return fmt::format("utvei run {}{} --set name={}_alone --out runs", file, without, kept);
}

ReportText only_measure_on(Contents const& contents, std::size_t scenario, std::string const& transition) {
  auto const measures = own_measures(contents, scenario);
  if (measures.size() < 2) return {};
  OwnMeasure const* only = nullptr;
  for (OwnMeasure const& measure : measures) {
    if (std::ranges::none_of(measure.transitions, [&](auto const& one) { return is_about(one, transition); })) continue;
    if (only != nullptr) return {};
    only = &measure;
  }
  for (Value const& change : own_of(contents, scenario, "changes")) {
    Value const* const patterns = change.find("transition");
    auto const names = patterns == nullptr ? std::vector<std::string>{} : scalars_of(*patterns);
    if (std::ranges::any_of(names, [&](auto const& one) { return is_about(one, transition); })) return {};
  }
  if (only == nullptr) return {};
  return said({"Av tiltakene er det bare {} som virker på den veien.",
               "Av tiltaka er det berre {} som verkar på den vegen.", "Of the measures only {} acts on that way."},
              inside(only->label));
}

}  // namespace utvei
