// SPDX-License-Identifier: Apache-2.0
#include <utvei/register/exposure.hpp>
#include <utvei/register/overview.hpp>

#include <numeric>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

CellAxis years_of(Instant from, Instant to) {
  Bands bands;
  for (int year = year_of(from); start_of_year(year) < to; ++year) {
    bands.starts.push_back(start_of_year(year).minutes);
    bands.written.push_back(fmt::format("{}", year));
  }
  return clock_axis(CellAxis::Kind::period, std::move(bands));
}

RegisterOverview::TimeRow cell_of(Exposure const& exposure, std::size_t cell, std::string label) {
  RegisterOverview::TimeRow row{std::move(label), {}};
  for (auto const& minutes : exposure.minutes) row.minutes.push_back(minutes[cell]);
  return row;
}

void add_person_time(LifeCourses const& lives, Study const& study, std::size_t threads, RegisterOverview& overview) {
  auto const axes = lives.has_calendar ? std::vector{years_of(study.from, study.to)} : std::vector<CellAxis>{};
  auto const exposure = tabulate(lives, study.model, axes, threads);
  for (auto const& minutes : exposure.minutes) {
    overview.all.minutes.push_back(std::accumulate(minutes.begin(), minutes.end(), std::int64_t{0}));
  }
  for (std::size_t cell = 0; lives.has_calendar && cell < exposure.cells; ++cell) {
    overview.years.push_back(cell_of(exposure, cell, exposure.axes[0].bands.written[cell]));
  }
}

void add_flags(LifeCourses const& lives, Model const& model, std::size_t threads, RegisterOverview& overview) {
  auto const& lines = lives.persons.traits_over_time;
  for (std::size_t t = 0; t < lines.size(); ++t) {
    Trait const& trait = model.traits[TraitId{t}];
    if (lines[t].empty() || !is_flag(trait)) continue;
    auto const exposure = tabulate(lives, model, {trait_axis(TraitId{t}, model)}, threads);
    overview.flags.push_back(cell_of(exposure, trait.levels.front() == "yes" ? 0 : 1, trait.name));
  }
}

bool rule_leads_to(State const& state, StateId to) {
  return (state.ends_at_age && leads_to(state.ends_at_age->to, to)) ||
         std::ranges::any_of(state.limits,
                             [&](Limit const& limit) { return limit.estimated || leads_to(limit.to, to); });
}

void add_changes(LifeCourses const& lives, Model const& model, RegisterOverview& overview) {
  std::size_t const states = model.states.size();
  std::vector<std::int64_t> counts(states * states);
  for (SpellId const spell : ids_of(lives.state)) {
    if (auto const next = lives.next[spell]) {
      ++counts[lives.state[spell].value() * states + next->value()];
    }
  }
  for (std::size_t pair = 0; pair < counts.size(); ++pair) {
    if (counts[pair] == 0) continue;
    StateId const from{pair / states};
    StateId const to{pair % states};
    auto const name = fmt::format("{} -> {}", model.states[from].name, model.states[to].name);
    overview.changes.push_back(
        {from, to, counts[pair], model.transition(name).has_value(), rule_leads_to(model.states[from], to)});
  }
}

}  // namespace

RegisterOverview overview_of(LifeCourses const& lives, Study const& study, std::size_t threads) {
  RegisterOverview overview;
  overview.persons = lives.persons.size();
  overview.spells = lives.size();
  overview.counts = lives.counts;
  overview.activities = lives.activity_names;
  add_person_time(lives, study, threads, overview);
  add_flags(lives, study.model, threads, overview);
  add_changes(lives, study.model, overview);
  if (lives.has_calendar) {
    overview.stock = count_stock(lives, stock_moments(study.stock_dates, study.from, study.to), threads);
  }
  return overview;
}

}  // namespace utvei
