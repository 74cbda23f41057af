// SPDX-License-Identifier: Apache-2.0
#include "contact_tallies.hpp"

#include "tables.hpp"

#include <algorithm>
#include <utility>

namespace utvei {
namespace {

using Kind = ServiceRecord::Kind;
using Quantity = ContactQuantity;

/// A moment at which the number of needs that are unmet, known, waited for or helped with changes.
struct Step {
  Instant time;
  int unmet{0}, known{0}, waiting{0}, helped{0};
};

Quantity phase_of(Step const& now) {
  if (now.helped > 0) return Quantity::being_helped;
  if (now.waiting > 0) return Quantity::waiting;
  return now.known > 0 ? Quantity::handed_over : Quantity::to_be_found;
}

/// What services do about one need of a contact.
void add_help(std::vector<ServiceRecord> const& records, std::uint32_t measure, Instant from, Instant to,
              std::vector<Step>& steps) {
  bool is_known = false;
  for (std::size_t i = 0; i < records.size(); ++i) {
    ServiceRecord const& record = records[i];
    if (record.measure != measure || record.time < from || record.time > to) continue;
    if (record.kind == Kind::found && !is_known) {
      is_known = true;
      steps.push_back({record.time, 0, 1, 0, 0});
    }
    if (record.kind != Kind::asked && record.kind != Kind::started) continue;
    std::size_t const next = next_of_measure(records, i);
    Instant const until = next < records.size() ? std::min(records[next].time, to) : to;
    bool const is_wait = record.kind == Kind::asked;
    bool const is_met = !is_wait && next < records.size() && records[next].kind == Kind::completed;
    steps.push_back({record.time, 0, 0, is_wait ? 1 : 0, is_wait ? 0 : 1});
    steps.push_back({until, is_met ? -1 : 0, is_met ? -1 : 0, is_wait ? -1 : 0, is_wait ? 0 : -1});
  }
}

/// `contact`, `end`: places of the contact among the records of needs, and of what follows its needs.
std::vector<Step> steps_of(Life const& life, std::size_t contact, std::size_t end, Instant from, Instant to) {
  auto const& needs = life.participation.needs().records();
  std::vector<Step> steps;
  for (std::size_t i = contact + 1; i < end; ++i) {
    steps.push_back({needs[i].time, 1, 0, 0, 0});
    add_help(life.participation.records(), needs[i].measure, from, to, steps);
  }
  std::ranges::stable_sort(steps, {}, &Step::time);
  return steps;
}

}  // namespace

ContactTallies::ContactTallies(ServiceDesign const& design)
    : design_{&design},
      numbers_(design.has_needs ? design.groups * design.regions * design.years.size() * contact_quantities : 0) {}

void ContactTallies::see(Life const& life) {
  if (!design_->has_needs) return;
  auto const& records = life.participation.needs().records();
  for (std::size_t i = 0; i < records.size(); ++i) {
    if (records[i].kind != NeedRecord::Kind::contact) continue;
    std::size_t end = i + 1;
    while (end < records.size() && records[end].kind == NeedRecord::Kind::arose) ++end;
    if (end > i + 1) count_contact(life, i, end);
  }
}

/// `end`: one past the last need of the contact; there its end is told, if it ended.
void ContactTallies::count_contact(Life const& life, std::size_t contact, std::size_t end) {
  auto const& records = life.participation.needs().records();
  Instant const from = records[contact].time;
  Instant const to = end < records.size() ? records[end].time : life.now;
  std::size_t const group = person_group(life.person, design_->groups);
  std::size_t const region = design_->by_region ? records[contact].region.value() : 0;
  std::uint32_t const year = design_->calendar.locate(from).year;
  if (year >= design_->years.size()) return;
  std::int64_t* const cell =
      numbers_.data() + ((group * design_->regions + region) * design_->years.size() + year) * contact_quantities;
  auto const at = [cell](Quantity quantity) -> std::int64_t& { return cell[static_cast<std::size_t>(quantity)]; };
  ++at(Quantity::contacts);
  Step now{from};
  Instant last_met = from;
  for (Step const& step : steps_of(life, contact, end, from, to)) {
    if (now.unmet > 0) at(phase_of(now)) += (step.time - now.time).minutes;
    bool const is_last = now.unmet > 0 && now.unmet + step.unmet == 0;
    now = {step.time, now.unmet + step.unmet, now.known + step.known, now.waiting + step.waiting,
           now.helped + step.helped};
    if (is_last) last_met = step.time;
  }
  if (now.unmet > 0) {
    at(phase_of(now)) += (to - now.time).minutes;
    return;
  }
  ++at(Quantity::contacts_all_met);
  at(Quantity::time_to_all_met) += (last_met - from).minutes;
}

void ContactTallies::add(ContactTallies const& other) {
  std::int64_t* const sum = numbers_.data();
  for (std::size_t i = 0; i < numbers_.size(); ++i) sum[i] += other.numbers_.data()[i];
}

void ContactTables::append(ContactTallies const& tallies) {
  if (!design_.has_needs) return;
  std::size_t const line = design_.years.size() * contact_quantities;
  std::int64_t const* from = tallies.numbers();
  for (std::size_t place = 0; place < design_.groups * design_.regions; ++place, from += line)
    if (!design_.by_region || shown_[place % design_.regions]) values_.insert(values_.end(), from, from + line);
}

void ContactTables::move_into(RunResult& result, std::uint32_t draws, std::uint32_t replicates) {
  if (!design_.has_needs) return;
  std::vector<Dimension> dimensions{numbered("group", design_.groups)};
  if (design_.by_region) dimensions.push_back(region_dimension(design_, shown_));
  dimensions.push_back({"year", design_.years});
  auto const numbers_of = [&](Quantity quantity) {
    std::vector<std::int64_t> numbers;
    for (std::size_t i = static_cast<std::size_t>(quantity); i < values_.size(); i += contact_quantities)
      numbers.push_back(values_[i]);
    return numbers;
  };
  auto const years_of = [](std::vector<std::int64_t> const& minutes) {
    std::vector<double> years;
    for (std::int64_t const number : minutes) years.push_back(in_years(Duration{number}));
    return years;
  };
  add_table({"contacts", "contacts", "contacts with services of people with a need, by the year in which they began",
             "1", dimensions, numbers_of(Quantity::contacts)},
            draws, replicates, result);
  add_table({"contacts_all_met", "contacts_all_met", "those of them in which all needs were met", "1", dimensions,
             numbers_of(Quantity::contacts_all_met)},
            draws, replicates, result);
  add_table({"time_to_all_met", "time_to_all_met", "from their beginning to the last need met, of those", "years",
             dimensions, years_of(numbers_of(Quantity::time_to_all_met))},
            draws, replicates, result);
  std::vector<std::int64_t> phases;
  for (std::size_t i = 0; i < values_.size(); ++i)
    if (i % contact_quantities >= static_cast<std::size_t>(Quantity::to_be_found)) phases.push_back(values_[i]);
  dimensions.push_back({"phase", {"to_be_found", "handed_over", "waiting", "being_helped"}});
  add_table({"contact_years", "contact_years", "time in which a need is unmet, by the year in which the contact began",
             "years", dimensions, years_of(phases)},
            draws, replicates, result);
}

}  // namespace utvei
