// SPDX-License-Identifier: Apache-2.0
#include <utvei/register/exposure.hpp>
#include <utvei/register/overview.hpp>

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <vector>

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

/// `label` and a number for each state that anybody was in.
class StateColumns {
 public:
  StateColumns(Model const& model, Exposure const& exposure) {
    for (StateId const state : ids_of(exposure.minutes)) {
      auto const& minutes = exposure.minutes[state];
      if (std::ranges::any_of(minutes, [](std::int64_t m) { return m > 0; })) {
        states_.push_back(state);
        widths_.push_back(std::max<std::size_t>(model.states[state].name.size(), 9));
      }
    }
    text_ = fmt::format("{:<6}", "year");
    for (std::size_t i = 0; i < states_.size(); ++i) {
      text_ += fmt::format("  {:>{}}", model.states[states_[i]].name, widths_[i]);
    }
    text_ += fmt::format("  {:>9}\n", "all");
  }

  template <class Minutes>
  void add_line(std::string_view label, Minutes const& minutes_of) {
    text_ += fmt::format("{:<6}", label);
    std::int64_t all = 0;
    for (std::size_t i = 0; i < states_.size(); ++i) {
      std::int64_t const minutes = minutes_of(states_[i]);
      text_ += fmt::format("  {:>{}.1f}", in_years(Duration{minutes}), widths_[i]);
      all += minutes;
    }
    text_ += fmt::format("  {:>9.1f}\n", in_years(Duration{all}));
  }

  [[nodiscard]] std::string const& text() const { return text_; }

 private:
  std::vector<StateId> states_;
  std::vector<std::size_t> widths_;
  std::string text_;
};

std::string person_years(LifeCourses const& lives, Model const& model, Instant from, Instant to, std::size_t threads) {
  auto const axes = lives.has_calendar ? std::vector{years_of(from, to)} : std::vector<CellAxis>{};
  auto const exposure = tabulate(lives, model, axes, threads);
  StateColumns columns{model, exposure};
  for (std::size_t cell = 0; lives.has_calendar && cell < exposure.cells; ++cell) {
    columns.add_line(exposure.axes[0].bands.written[cell],
                     [&](StateId state) { return exposure.minutes[state][cell]; });
  }
  columns.add_line("all", [&](StateId state) {
    auto const& minutes = exposure.minutes[state];
    return std::accumulate(minutes.begin(), minutes.end(), std::int64_t{0});
  });
  return "person-years\n" + columns.text();
}

/// Changes from one state to another, also those that the model has no transition for.
std::string changes(LifeCourses const& lives, Model const& model) {
  std::size_t const states = model.states.size();
  std::vector<std::int64_t> counts(states * states);
  for (SpellId const spell : ids_of(lives.state)) {
    if (auto const next = lives.next[spell]) {
      ++counts[lives.state[spell].value() * states + next->value()];
    }
  }
  std::string text = "changes of state\n";
  for (std::size_t pair = 0; pair < counts.size(); ++pair) {
    if (counts[pair] == 0) {
      continue;
    }
    auto const name =
        fmt::format("{} -> {}", model.states[StateId{pair / states}].name, model.states[StateId{pair % states}].name);
    text += fmt::format("{:<40}  {:>9}{}\n", name, counts[pair],
                        model.transition(name) ? "" : "  not a transition of the model");
  }
  return text;
}

}  // namespace

std::string overview_text(LifeCourses const& lives, Model const& model, Instant from, Instant to, std::size_t threads) {
  return fmt::format("{} persons, {} spells; {}\n\n{}\n{}", lives.persons.size(), lives.size(), describe(lives.counts),
                     person_years(lives, model, from, to, threads), changes(lives, model));
}

}  // namespace utvei
