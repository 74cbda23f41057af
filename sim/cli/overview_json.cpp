// SPDX-License-Identifier: Apache-2.0
#include "overview_json.hpp"

#include <nlohmann/json.hpp>

namespace utvei {
namespace {

using Json = nlohmann::ordered_json;

/// Null where a number is hidden.
Json person_years(RegisterOverview::TimeRow const& row, Model const& model) {
  Json years = Json::object();
  for (StateId const state : ids_of(row.minutes)) {
    if (row.hides(state))
      years[model.states[state].name] = nullptr;
    else if (row.minutes[state] != 0)
      years[model.states[state].name] = in_years(Duration{row.minutes[state]});
  }
  return years;
}

Json number(std::optional<std::int64_t> const& count) {
  return count ? Json(*count) : Json(nullptr);
}

Json stock(RegisterOverview const& overview, Model const& model) {
  Json rows = Json::array();
  for (StockRow const& row : overview.stock) {
    Json activities = Json::array();
    for (std::size_t i = 0; i < overview.activities.size(); ++i) {
      if (row.activities.has(ActivityId{i})) activities.push_back(overview.activities[i]);
    }
    rows.push_back({{"date", format(row.date)},
                    {"activities", std::move(activities)},
                    {"state", row.state ? Json(model.states[*row.state].name) : Json(nullptr)},
                    {"persons", number(row.persons)}});
  }
  return rows;
}

}  // namespace

std::string overview_json(RegisterOverview const& overview, Model const& model) {
  Json json{{"persons", overview.persons}, {"spells", overview.spells}};
  for (NamedCount const& named : named_counts()) {
    json["counts"][std::string{named.name}] = overview.counts.*named.count;
  }
  json["rejected"] = Json::array();
  for (RejectCount const& reason : overview.counts.rejected) {
    json["rejected"].push_back({{"file", reason.file}, {"reason", reason.reason}, {"rows", reason.rows}});
  }
  json["person_years"] = Json::object();
  for (auto const& year : overview.years) json["person_years"][year.label] = person_years(year, model);
  json["person_years"]["all"] = person_years(overview.all, model);
  json["flags"] = Json::object();
  for (auto const& flag : overview.flags) json["flags"][flag.label] = person_years(flag, model);
  json["stock"] = stock(overview, model);
  json["changes"] = Json::array();
  for (auto const& change : overview.changes) {
    json["changes"].push_back({{"from", model.states[change.from].name},
                               {"to", model.states[change.to].name},
                               {"events", number(change.events)},
                               {"in_model", change.in_model}});
  }
  // A path may hold any bytes; those that are not UTF-8 are replaced.
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace utvei
