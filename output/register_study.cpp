// SPDX-License-Identifier: Apache-2.0
#include "register_study.hpp"

#include <utvei/core/time.hpp>

#include <algorithm>
#include <set>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

namespace utvei {
namespace {

/// A text as YAML cannot mistake it.
std::string json_text(std::string const& text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string list_of(std::vector<std::string> texts) {
  std::ranges::transform(texts, texts.begin(), json_text);
  return fmt::format("[{}]", fmt::join(texts, ", "));
}

/// One clock along which rates may differ.
struct ClockOfRates {
  char const* name;
  Span Box::*span;
  std::int64_t beginning;  ///< no time comes before
  std::int64_t end;        ///< nor after
};

/// Where the rates of some rows may change on a clock: the starts of bands, of which the last is open.
std::vector<std::int64_t> band_starts(std::vector<Box const*> const& boxes, ClockOfRates const& clock) {
  std::int64_t last = everything.from;
  for (Box const* box : boxes) last = std::max(last, (box->*clock.span).to);
  std::set<std::int64_t> starts;
  for (Box const* box : boxes) {
    Span const span = box->*clock.span;
    starts.insert(std::max(span.from, clock.beginning));
    // Beyond the last there are no rates, so nobody.
    if (span.to < last) starts.insert(std::max(span.to, clock.beginning));
  }
  std::erase_if(starts, [&](std::int64_t start) { return start >= clock.end; });
  return {starts.begin(), starts.end()};
}

std::string start_of_band(ClockOfRates const& clock, std::int64_t start) {
  if (clock.span == &Box::age) return fmt::format("{}", in_years(Duration{start}));
  if (clock.span == &Box::time_in_state) return format(Duration{start});
  return fmt::format("{}", start);
}

/// The key `estimate`, from what tells the rates of a model apart.
class EstimateKey {
 public:
  EstimateKey(RunResult const& result, Model const& model, Rates const& rates, Span window) : model_{model} {
    LifeCoursePeople const& people = result.life_courses->people;
    boxes_ = Column<TransitionId, std::vector<Box const*>>{model.transitions.size()};
    for (Rate const& rate : rates.rates) {
      all_.push_back(&rate.box);
      boxes_[rate.transition].push_back(&rate.box);
    }
    for (auto const& trait : people.traits) traits_.push_back(trait.name);
    if (!people.birth.empty()) clocks_.push_back({"age", &Box::age, 0, everything.to});
    clocks_.push_back({"time_in_state", &Box::time_in_state, 0, everything.to});
    clocks_.push_back({"period", &Box::calendar, window.from, window.to});
    by_region_ =
        !people.region.empty() && std::ranges::any_of(all_, [](Box const* box) { return box->region.has_value(); });
  }

  [[nodiscard]] std::string text() const {
    auto const terms = terms_of(all_);
    auto const limits = estimated_limits();
    if (terms.empty() && !by_region_ && limits.empty()) return {};
    std::string text = "estimate:\n";
    std::vector<std::string> bands;
    for (ClockOfRates const& clock : clocks_) {
      if (uses(all_, clock)) bands.push_back(bands_of(clock));
    }
    if (!bands.empty()) text += fmt::format("  bands: {{{}}}\n", fmt::join(bands, ", "));
    if (!terms.empty())
      text += fmt::format("  terms: {}{}\n", list_of(terms),
                          by_region_ ? "" : "   # `method: raw` gives a rate to each cell");
    for (TransitionId const transition : ids_of(model_.transitions)) {
      auto const own = terms_of(boxes_[transition]);
      if (own == terms) continue;
      if (text.find("terms_for") == std::string::npos) text += "  terms_for:\n";
      text += fmt::format("    {}: {}\n", json_text(model_.transitions[transition].name), list_of(own));
    }
    if (by_region_) text += "  region: pooled\n";
    if (!limits.empty()) text += fmt::format("  limits: {}\n", list_of(limits));
    return text;
  }

 private:
  using Boxes = std::vector<Box const*>;

  static bool uses(Boxes const& boxes, ClockOfRates const& clock) { return band_starts(boxes, clock).size() > 1; }
  [[nodiscard]] bool uses(Boxes const& boxes, std::string const& trait) const {
    auto const id = model_.trait(trait);
    return id && std::ranges::any_of(boxes, [&](Box const* box) {
             return id->value() < box->traits.size() && box->traits[id->value()].has_value();
           });
  }
  /// States whose limits the model leaves to estimates.
  [[nodiscard]] std::vector<std::string> estimated_limits() const {
    std::vector<std::string> names;
    for (State const& state : model_.states)
      if (std::ranges::any_of(state.limits, &Limit::estimated)) names.push_back(state.name);
    return names;
  }
  [[nodiscard]] std::vector<std::string> terms_of(Boxes const& boxes) const {
    std::vector<std::string> terms;
    std::ranges::copy_if(traits_, std::back_inserter(terms), [&](auto const& trait) { return uses(boxes, trait); });
    for (ClockOfRates const& clock : clocks_) {
      if (uses(boxes, clock)) terms.emplace_back(clock.name);
    }
    return terms;
  }
  [[nodiscard]] std::string bands_of(ClockOfRates const& clock) const {
    std::vector<std::string> starts;
    for (std::int64_t const start : band_starts(all_, clock)) starts.push_back(start_of_band(clock, start));
    return fmt::format("{}: [{}]", clock.name, fmt::join(starts, ", "));
  }

  Model const& model_;
  Boxes all_;
  Column<TransitionId, Boxes> boxes_;
  std::vector<std::string> traits_;
  std::vector<ClockOfRates> clocks_;
  bool by_region_{false};
};

}  // namespace

std::string study_of(RunResult const& result, Model const& model, Rates const& rates, std::string const& model_path,
                     std::string const& birth_column) {
  Provenance const& run = result.provenance;
  LifeCoursePeople const& people = result.life_courses->people;
  Instant const from = parse_date(run.start).value_or(Instant{});
  Instant const to = parse_date(run.end).value_or(Instant{});
  std::vector<std::string> traits;
  std::ranges::transform(people.traits, std::back_inserter(traits), &LifeCoursePeople::Trait::name);
  std::string persons = "file: persons.csv, id: person";
  if (!birth_column.empty()) persons += ", birth: " + birth_column;
  if (!people.region.empty()) persons += ", region: region";
  if (!traits.empty()) persons += ", traits: " + list_of(traits);
  return fmt::format(
             "utvei: study/1\n"
             "name: {}\n"
             "model: {}\n"
             "data_class: {}\n"
             "time: {{unit: minutes, origin: 1970-01-01}}   # whole minutes, as the simulation has them\n"
             "window: {{from: {}, to: {}}}   # {} to {}\n"
             "rejects: {{at_most: 0}}\n"
             "persons: {{{}}}\n"
             "sources:\n"
             "  - {{file: spells.csv, id: person, start: start, stop: stop, state_from: {{column: state}}}}\n",
             json_text(run.scenario_name), json_text(model_path), run.data_class, from.minutes, to.minutes, run.start,
             run.end, persons) +
         EstimateKey{result, model, rates, {from.minutes, to.minutes}}.text();
}

}  // namespace utvei
