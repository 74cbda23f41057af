// SPDX-License-Identifier: Apache-2.0
#include "service_stays.hpp"

#include "life.hpp"

#include <algorithm>

namespace utvei {
namespace {

/// A need is unmet until help with it is completed in its contact, or the contact ends.
ServiceStay unmet_since(Life const& life, std::size_t place) {
  auto const& needs = life.participation.needs().records();
  NeedRecord const& arose = needs[place];
  ServiceStay stay{ServiceStay::Kind::unmet, arose.measure, arose.time, life.now, false};
  auto const parted = std::find_if(needs.begin() + static_cast<std::ptrdiff_t>(place), needs.end(),
                                   [](NeedRecord const& one) { return one.kind == NeedRecord::Kind::parted; });
  if (parted != needs.end()) {
    stay.to = parted->time;
    stay.has_ended = true;
  }
  for (ServiceRecord const& record : life.participation.records()) {
    if (record.measure != arose.measure || record.kind != ServiceRecord::Kind::completed) continue;
    if (record.time < arose.time || record.time >= stay.to) continue;
    stay.to = record.time;
    stay.has_ended = true;
    break;
  }
  return stay;
}

}  // namespace

void note_services(Life const& life, LifePath& path) {
  path.stays.clear();
  path.contacts.clear();
  auto const& records = life.participation.records();
  for (std::size_t i = 0; i < records.size(); ++i) {
    if (records[i].kind != ServiceRecord::Kind::started) continue;
    std::size_t const next = next_of_measure(records, i);
    bool const has_ended = next < records.size();
    path.stays.push_back({ServiceStay::Kind::taking_part, records[i].measure, records[i].time,
                          has_ended ? records[next].time : life.now, has_ended});
  }
  auto const& needs = life.participation.needs().records();
  for (std::size_t i = 0; i < needs.size(); ++i) {
    if (needs[i].kind == NeedRecord::Kind::contact) path.contacts.push_back(needs[i].time);
    if (needs[i].kind == NeedRecord::Kind::arose) path.stays.push_back(unmet_since(life, i));
  }
  std::ranges::stable_sort(path.stays, {}, &ServiceStay::from);
}

}  // namespace utvei
