// SPDX-License-Identifier: Apache-2.0
#include <utvei/batch_report/batch_report.hpp>
#include <utvei/chapters/saying.hpp>
#include <utvei/core/diagnostics.hpp>
#include <utvei/results/outcome_rows.hpp>
#include <utvei/results/outcome_words.hpp>
#include <utvei/results/result_gate.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <map>

namespace utvei {
namespace {

bool has_states_of(RunResult const& result, std::string_view group) {
  return std::ranges::find(result.states, group, &StateInfo::group) != result.states.end();
}

/// Time in groups of states, who begins each measure, and money where it is counted.
std::vector<std::string> usual_outcomes(RunResult const& baseline, RunResult const& scenario) {
  std::vector<std::string> texts;
  for (char const* const group : {"work", "outside", "education"})
    if (has_states_of(baseline, group)) texts.push_back(fmt::format("person_years,state={}", group));
  for (StateInfo const& measure : scenario.measures)
    texts.push_back(fmt::format("participants,state={}", measure.name));
  if (baseline.ledgers && scenario.ledgers)
    for (char const* const ledger : {"society", "public_purse"})
      texts.push_back(fmt::format("present_value,state={}", ledger));
  return texts;
}

ReportText words_of_unit(std::string const& unit) {
  if (unit == "years") return said({"personår", "personår", "person-years"});
  if (unit == "1") return said({"personer", "personar", "people"});
  if (unit == "days") return said({"dager", "dagar", "days"});
  return same_in_all(unit);
}

ReportText words_of_outcome(AskedOutcome const& asked, RunResult const& baseline, RunResult const& scenario) {
  OutcomeLabels labels{{baseline.states, baseline.measures}, baseline.region_names};
  labels.of.measures.insert(labels.of.measures.end(), scenario.measures.begin(), scenario.measures.end());
  return in_three([&](std::string_view language) {
    std::string text = outcome_words(asked, labels, language);
    if (!text.empty()) text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
    return text;
  });
}

/// What was made of a register leaves only as the gate of the two results lets it.
class OutcomeGate {
 public:
  OutcomeGate(RunResult const& baseline, RunResult const& scenario, bool is_inside)
      : baseline_{baseline}, is_open_{is_inside || baseline.provenance.data_class != "register"} {
    if (!is_open_) gate_.emplace(std::vector<RunResult const*>{&baseline, &scenario});
  }
  [[nodiscard]] bool hides(ComparedOutcome const& outcome) const {
    if (is_open_) return false;
    if (stays_inside(outcome.asked.of, outcome.units)) return true;
    auto const cells = cells_of_outcome(baseline_, text_of(outcome.asked));
    return cells.empty() || std::ranges::any_of(cells, [&](NamedCell const& cell) { return gate_->hides(cell); });
  }
  /// Of rounded numbers single runs tell nothing: they would tell those before.
  void round(ScenarioOutcome& told) const {
    if (is_open_ || gate_->rules().round_to <= 1) return;
    ComparisonRow row;
    row.baseline = told.baseline;
    row.value = told.value;
    row.difference = told.difference;
    round_row(row, gate_->rules());
    told.baseline = row.baseline;
    told.value = row.value;
    told.difference = row.difference;
    told.runs.clear();
  }

 private:
  RunResult const& baseline_;
  bool is_open_;
  std::optional<ResultGate> gate_;
};

template <class Item, class Same>
void add_new(std::vector<Item>& all, std::vector<Item> const& more, Same const& same) {
  for (Item const& item : more)
    if (std::ranges::none_of(all, [&](Item const& other) { return same(item, other); })) all.push_back(item);
}

/// What sets effects apart for a reader: whose, on what, and why it is taken for granted.
bool is_same_effect(AssumedEffect const& a, AssumedEffect const& b) {
  return a.measure == b.measure && a.transitions == b.transitions && a.ratio == b.ratio && a.why == b.why;
}

}  // namespace

BatchCollector::BatchCollector(BatchMaterial& material, RunResult baseline, std::vector<std::string> asked)
    : material_{material}, asked_{std::move(asked)} {
  material_.baseline.push_back(std::move(baseline));
  note_what_is_behind(material_.baseline.front());
}

void BatchCollector::choose_outcomes(RunResult const& first) {
  RunResult const& baseline = material_.baseline.front();
  bool const is_asked = !asked_.empty();
  for (std::string const& text : is_asked ? asked_ : usual_outcomes(baseline, first)) {
    try {
      ComparedOutcome const outcome = outcome_to_compare(baseline, first, text, "--outcome");
      ReportText const unit = words_of_unit(outcome.units);
      material_.outcomes.push_back({outcome, words_of_outcome(outcome.asked, baseline, first), unit});
    } catch (InputError const&) {
      if (is_asked) throw;
    }
  }
  if (material_.outcomes.empty())
    throw InputError{Fault::usage, Place{}, "no outcome to look at",
                     "the results have no states of the groups `work`, `outside` and `education`, and no measure",
                     "name one: --outcome person_years,state=NAME"};
}

void BatchCollector::note_what_is_behind(RunResult const& result) {
  auto const is_equal = [](auto const& a, auto const& b) { return a == b; };
  add_new(material_.inputs, result.provenance.inputs, is_equal);
  add_new(material_.commands, {result.provenance.command_line}, is_equal);
  add_new(material_.assumed, result.provenance.assumed, is_same_effect);
  add_new(material_.measures, result.measures, [](StateInfo const& a, StateInfo const& b) { return a.name == b.name; });
}

void BatchCollector::add(ToldScenario& scenario, RunResult const& result) {
  RunResult const& baseline = material_.baseline.front();
  expect_paired(baseline, result);
  if (material_.outcomes.empty()) choose_outcomes(result);
  OutcomeGate const gate{baseline, result, material_.is_inside};
  note_what_is_behind(result);
  for (ToldOutcome const& each : material_.outcomes) {
    std::optional<ScenarioOutcome>& told = scenario.outcomes.emplace_back();
    if (gate.hides(each.outcome)) {
      ++material_.held_back;
      continue;
    }
    try {
      told = scenario_outcome(baseline, result, each.outcome);
    } catch (InputError const&) {
      continue;  // of a measure that this scenario has not
    }
    scenario.is_assumed = told->is_assumed;
    gate.round(*told);
  }
}

void BatchCollector::leave_out_what_is_alike() {
  if (!asked_.empty()) return;
  auto const is_changed = [](ToldScenario const& scenario, std::size_t outcome) {
    if (outcome >= scenario.outcomes.size() || !scenario.outcomes[outcome]) return false;
    auto const& told = *scenario.outcomes[outcome];
    return told.difference != 0 || std::ranges::any_of(told.runs, [](double run) { return run != 0; });
  };
  for (std::size_t outcome = material_.outcomes.size(); outcome-- > 1;) {
    auto const changes = [&](ToldScenario const& scenario) { return is_changed(scenario, outcome); };
    if (std::ranges::any_of(material_.scenarios, changes)) continue;
    auto const at = static_cast<std::ptrdiff_t>(outcome);
    material_.outcomes.erase(material_.outcomes.begin() + at);
    for (ToldScenario& scenario : material_.scenarios)
      if (outcome < scenario.outcomes.size()) scenario.outcomes.erase(scenario.outcomes.begin() + at);
  }
}

}  // namespace utvei
