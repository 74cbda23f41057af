// SPDX-License-Identifier: Apache-2.0
#include "participant_disclosure.hpp"

#include <utvei/register/disclosure.hpp>
#include <utvei/results/marginal.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

namespace utvei {
namespace {

using People = ParticipantSummary::People;
/// The measure, what its list is by (or how many months later it is), and the label; no label: all of them.
using ListCell = std::tuple<std::string, std::string, std::string>;

constexpr double hardly_anybody = 1e-9;  ///< left of means that are alike

bool is_few(double people, DisclosureRules const& rules) {
  return std::abs(people) > hardly_anybody && !may_be_shown(std::abs(people), rules.least);
}

/// How many had begun a measure at the end of each year, or nothing where one of these years stays inside.
class BegunByYear {
 public:
  BegunByYear(RunResult const& result, ResultGate const& gate) {
    Table const* const table = result.table("participants");
    if (table == nullptr || !table->axis("measure")) return;
    bool const has_years = table->axis("year").has_value();
    auto const& measures = table->dimensions[*table->axis("measure")].labels;
    std::vector<double> const people =
        has_years ? marginal(*table, {"measure", "year"}) : marginal(*table, {"measure"});
    double const runs = static_cast<double>(length_of(*table, "draw") * length_of(*table, "replicate")) *
                        static_cast<double>(result.provenance.weight);
    std::size_t const years = people.size() / measures.size();
    for (std::size_t m = 0; m < measures.size(); ++m) {
      bool is_shown = !gate.hides(table->name, {}, measures[m]);
      std::vector<double> begun{0};
      for (std::size_t y = 0; y < years; ++y) {
        begun.push_back(begun.back() + people[m * years + y] / runs);
        if (!has_years) continue;
        std::string const& year = table->dimensions[*table->axis("year")].labels[y];
        is_shown = is_shown && !gate.hides(table->name, {{"year", year}}, measures[m]);
      }
      if (is_shown) begun_[measures[m]] = std::move(begun);
    }
  }

  /// Whether somebody who knows how many began in each year would learn of few people from so many who began before
  /// some day.
  [[nodiscard]] bool tells_of_few(std::string const& measure, double before, DisclosureRules const& rules) const {
    auto const found = begun_.find(measure);
    return found == begun_.end() ||
           std::ranges::any_of(found->second, [&](double begun) { return is_few(before - begun, rules); });
  }

 private:
  std::map<std::string, std::vector<double>> begun_;
};

/// Cells of one list, and of its sum, that stay inside.
void find_few(std::string const& measure, std::string const& list, std::optional<double> const& all,
              std::vector<People> const& people, double weight, DisclosureRules const& rules,
              std::set<ListCell>& hidden) {
  std::vector<double> counts;
  for (People const& some : people) counts.push_back(some.people.value_or(0) / weight);
  if (is_few(all.value_or(0) / weight, rules)) hidden.emplace(measure, list, "");
  std::vector<bool> const few = counts_to_hide(counts, rules.least);
  for (std::size_t i = 0; i < people.size(); ++i)
    if (few[i]) hidden.emplace(measure, list, people[i].label);
}

/// From those who are followed for longest on, who began before everybody else: what is shown must differ by nobody, or
/// by enough, from what is shown already.
void find_few_later(std::vector<ParticipantSummary::Later> later, BegunByYear const& begun, double weight,
                    DisclosureRules const& rules, std::set<ListCell>& hidden) {
  std::ranges::stable_sort(later, std::greater{}, &ParticipantSummary::Later::months);
  std::map<std::string, std::vector<double>> shown;
  for (auto const& one : later) {
    std::string const list = std::to_string(one.months);
    double const followed = one.followed.value_or(0) / weight;
    auto& before = shown[one.measure];
    bool const tells = begun.tells_of_few(one.measure, followed, rules) ||
                       std::ranges::any_of(before, [&](double other) { return is_few(followed - other, rules); });
    if (tells)
      hidden.emplace(one.measure, list, "");
    else
      before.push_back(followed);
    find_few(one.measure, list, one.followed, one.people, weight, rules, hidden);
  }
}

void hide(std::string const& measure, std::string const& list, std::optional<double>& all, std::vector<People>& people,
          DisclosureRules const& rules, std::set<ListCell> const& hidden) {
  bool const is_all_hidden = hidden.contains({measure, list, ""});
  for (People& some : people) {
    if (is_all_hidden || hidden.contains({measure, list, some.label})) some.people.reset();
    if (some.people) some.people = rounded(*some.people, rules);
  }
  if (is_all_hidden) all.reset();
  if (all) all = rounded(*all, rules);
}

}  // namespace

void leave_few_participants_out(Comparison& comparison, std::vector<RunResult> const& results, ResultGate const& gate) {
  DisclosureRules const& rules = gate.rules();
  // What one scenario hides all hide: most of their people are the same.
  std::set<ListCell> hidden;
  for (std::size_t s = 0; s < comparison.participants.size(); ++s) {
    BegunByYear const begun{results[s + 1], gate};
    for (auto const& list : comparison.participants[s].began) {
      find_few(list.measure, list.by, list.all, list.people, comparison.weight, rules, hidden);
      if (gate.hides("participants", {}, list.measure)) hidden.emplace(list.measure, list.by, "");
    }
    find_few_later(comparison.participants[s].later, begun, comparison.weight, rules, hidden);
  }
  for (ParticipantSummary& summary : comparison.participants) {
    for (auto& list : summary.began) hide(list.measure, list.by, list.all, list.people, rules, hidden);
    for (auto& list : summary.later)
      hide(list.measure, std::to_string(list.months), list.followed, list.people, rules, hidden);
  }
}

}  // namespace utvei
