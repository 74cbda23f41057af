// SPDX-License-Identifier: Apache-2.0
#include "pairs.hpp"

#include <utvei/population/fingerprint.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

enum class Reason : std::uint8_t { seed, period, stock_dates, weight, draws, replicates, groups, people };
constexpr std::size_t number_of_reasons = 8;

std::string day_text(Instant instant) {
  constexpr std::size_t length = 10;
  return format(instant).substr(0, length);
}

std::string stock_days_text(std::vector<MonthDay> const& days) {
  std::string text;
  for (MonthDay const& day : days) text += fmt::format("{}{:02}-{:02}", text.empty() ? "" : ",", day.month, day.day);
  return text;
}

/// Why no difference of the two would be one of what they do alone: each kind of reason once.
std::vector<std::string> reasons_against(PairFrame const& baseline, PairFrame const& other) {
  std::vector<std::string> reasons(number_of_reasons);
  auto const set = [&](Reason kind, bool is_there, std::string text) {
    if (is_there) reasons[static_cast<std::size_t>(kind)] = std::move(text);
  };
  auto const set_count = [&](Reason kind, char const* what, std::uint32_t mine, std::uint32_t theirs) {
    set(kind, mine != theirs, fmt::format("{} {} against {}", mine, what, theirs));
  };
  set(Reason::seed, baseline.seed != other.seed, fmt::format("seed {} against {}", baseline.seed, other.seed));
  set(Reason::period, baseline.period != other.period, fmt::format("{} against {}", baseline.period, other.period));
  set(Reason::stock_dates, baseline.stock_dates != other.stock_dates,
      fmt::format("heads are counted on `{}` against `{}`", baseline.stock_dates, other.stock_dates));
  set(Reason::weight, baseline.weight != other.weight,
      fmt::format("one person stands for {} against {}", baseline.weight, other.weight));
  set_count(Reason::draws, "draws", baseline.draws, other.draws);
  set_count(Reason::replicates, "replicates", baseline.replicates, other.replicates);
  set_count(Reason::groups, "groups", baseline.groups, other.groups);
  set(Reason::people, baseline.people != other.people, "they hold different people");
  return reasons;
}

/// Scenarios with one kind of reason.
struct Unpaired {
  std::size_t number{0};
  std::string first, why;
};

}  // namespace

void BatchPairs::add(Variant const& variant, Prepared const& prepared) {
  Scenario const& scenario = prepared.scenario;
  PairFrame frame;
  frame.scenario = variant.name;
  frame.is_baseline = variant.is_baseline;
  frame.seed = scenario.seed;
  frame.draws = scenario.draws;
  frame.replicates = scenario.replicates;
  frame.groups = scenario.groups;
  frame.weight = scenario.weight;
  frame.period = fmt::format("{} to {}", day_text(scenario.start), day_text(scenario.end));
  frame.stock_dates = stock_days_text(scenario.stock_dates);
  bool const are_known = last_people_ == prepared.population && !frames_.empty();
  frame.people = are_known ? frames_.back().people : fingerprint(*prepared.population, scenario.model, threads_);
  last_people_ = prepared.population;
  frames_.push_back(std::move(frame));
}

void BatchPairs::warn(BatchFile const& batch, Diagnostics& warnings) const {
  if (frames_.empty()) return;
  auto const marked = std::ranges::find_if(frames_, &PairFrame::is_baseline);
  bool const is_marked = marked != frames_.end();
  PairFrame const& baseline = is_marked ? *marked : frames_.front();
  std::array<Unpaired, number_of_reasons> unpaired;
  for (PairFrame const& frame : frames_) {
    auto const reasons = reasons_against(baseline, frame);
    for (std::size_t kind = 0; kind < number_of_reasons; ++kind) {
      if (reasons[kind].empty()) continue;
      Unpaired& same = unpaired[kind];
      if (same.number++ == 0) same = {1, frame.scenario, reasons[kind]};
    }
  }
  std::string const with =
      is_marked ? "the baseline" : fmt::format("`{}`, the baseline where none is named", baseline.scenario);
  for (Unpaired const& same : unpaired)
    if (same.number > 0)
      warnings.warning(is_marked ? batch.baseline_place : batch.axes.front().place,
                       fmt::format("{} of the {} scenarios cannot be compared with {}, the first `{}`", same.number,
                                   frames_.size(), with, same.first),
                       same.why,
                       is_marked
                           ? "`compare` and `report` will refuse them: give all the same, or leave `baseline` out"
                           : "`compare` and `report` will refuse them: give all the same, or make a batch of each");
}

}  // namespace utvei
