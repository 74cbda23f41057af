// SPDX-License-Identifier: Apache-2.0
#include "areas.hpp"
#include "own_measures.hpp"
#include "parts.hpp"

namespace utvei {
namespace {

/// Of more places the sentences would be a good part of the page: then of those above them alone.
constexpr std::size_t most_leads = 60;

}  // namespace

std::map<std::string, std::vector<ReportText>> lead_by_place(Contents const& contents) {
  std::map<std::string, std::vector<ReportText>> leads;
  if (contents.areas().size() < 2) return leads;
  std::string const group = contents.main_group();
  std::size_t const front = scenario_in_front(contents, group);
  GroupQuestion question{group, false, {}};
  bool const has_room = contents.areas().size() <= most_leads;
  for (ReportArea const& area : contents.areas())
    if (has_room || area.regions.size() > 1) question.areas.push_back({area.code, area.regions});
  if (question.areas.empty()) return leads;
  auto const found = rows_of_group(contents.baseline(), contents.scenario(front), question, contents.material().gate);
  for (GroupRow const& one : found.rows) {
    if (why_untold(one, contents.years()) != Untold::none) continue;
    auto& lead = leads[one.row.region];
    auto const here = [&](ReportText const& text) {
      return text.empty() ? text : followed_by(of_place(contents, one.row.region), text);
    };
    ReportText const how_sure =
        contents.is_assumed(front) || one.row.difference == 0 ? ReportText{} : chance_sentence(contents, one.row);
    lead = {here(followed_by(difference_in_words(contents, front, group, one.row),
                             people_sentence(contents, front, group, one.row))),
            // It stands in place of the second of the lead, which says this too.
            how_sure.empty() ? how_sure : followed_by(how_sure, about_each_measure(contents, front, group)),
            here(who_pays_sentence(contents, front, one.row.region))};
  }
  return leads;
}

}  // namespace utvei
