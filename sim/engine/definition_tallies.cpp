// SPDX-License-Identifier: Apache-2.0
#include "definition_tallies.hpp"

#include "tables.hpp"

#include <utvei/scenario/counted.hpp>

#include <algorithm>
#include <functional>
#include <utility>

namespace utvei {
namespace {

bool tells_regions_apart(Scenario const& scenario) {
  return std::ranges::any_of(scenario.breakdowns, [](Breakdown const& breakdown) {
    return std::ranges::find(breakdown, TallyDimension::Kind::region, &TallyDimension::kind) != breakdown.end();
  });
}

}  // namespace

DefinitionDesign::DefinitionDesign(Scenario const& scenario, Population const& people, TallyCalendar const& calendar)
    : tree{scenario.model.regions},
      years{calendar.year_labels()},
      groups{scenario.groups},
      by_region{tells_regions_apart(scenario)},
      regions{by_region ? scenario.model.regions.size() : 1} {
  int const first_year = year_of(scenario.start);
  for (Definition const& definition : scenario.model.definitions) {
    if (!definition.at || !why_not_counted(definition, scenario.model, people).empty()) continue;
    for (std::size_t year = 0; year < years.size(); ++year) {
      auto const at = date(first_year + static_cast<int>(year), definition.at->month, definition.at->day);
      if (!at || *at < scenario.start || *at >= scenario.end) continue;
      Count count{{}, year, names.size()};
      count.what.whom = definition;
      count.what.whom.standard.clear();  // heads; weights are for shares
      count.what.at = *at;
      counts.push_back(std::move(count));
    }
    names.push_back(definition.name);
  }
}

template <class Use>
void DefinitionTallies::for_each_count(LifePath const& path, Instant since, Use const& use) {
  std::size_t const group = person_group(path.person, design_->groups);
  std::size_t piece = 0;  // dates of a definition stand in order
  for (DefinitionDesign::Count const& count : design_->counts) {
    if (count.what.at < since) continue;
    one_part_.front() = one_whole_.front() = 0;
    observe(count.what, path, design_->tree, one_part_, one_whole_);
    if (one_whole_.front() == 0) continue;
    if (path.pieces[piece].from > count.what.at) piece = 0;
    while (piece + 1 < path.pieces.size() && path.pieces[piece].to <= count.what.at) ++piece;
    std::size_t const region = design_->by_region ? path.pieces[piece].region.value() : 0;
    std::size_t const cell =
        ((group * design_->regions + region) * design_->years.size() + count.year) * design_->names.size() +
        count.definition;
    part_[cell] += one_part_.front();
    whole_[cell] += one_whole_.front();
    use(count.what.at, cell);
  }
}

void DefinitionTallies::see(LifePath const& path, Instant since) {
  for_each_count(path, since, [](Instant /*at*/, std::size_t /*cell*/) {});
}

void DefinitionTallies::see_together(LifePath const& path, std::span<Other const> others) {
  for_each_count(path, distant_past, [&](Instant at, std::size_t cell) {
    for (Other const& other : others) {
      if (at < other.since) continue;
      other.tallies->part_[cell] += one_part_.front();
      other.tallies->whole_[cell] += one_whole_.front();
    }
  });
}

void DefinitionTallies::add(DefinitionTallies const& other) {
  std::ranges::transform(part_, other.part_, part_.begin(), std::plus<>{});
  std::ranges::transform(whole_, other.whole_, whole_.begin(), std::plus<>{});
}

void DefinitionTables::append(std::vector<std::int64_t> const& counts, std::vector<std::int64_t>& values) const {
  std::size_t const line = design_.years.size() * design_.names.size();
  for (std::size_t group = 0; group < design_.groups; ++group) {
    for (std::size_t region = 0; region < design_.regions; ++region) {
      if (design_.by_region && !shown_[region]) continue;
      auto const first = counts.begin() + static_cast<std::ptrdiff_t>((group * design_.regions + region) * line);
      values.insert(values.end(), first, first + static_cast<std::ptrdiff_t>(line));
    }
  }
}

void DefinitionTables::append(DefinitionTallies const& tallies) {
  if (design_.is_empty()) return;
  append(tallies.part(), part_);
  append(tallies.whole(), whole_);
}

void DefinitionTables::move_into(RunResult& result, std::uint32_t draws, std::uint32_t replicates) {
  if (design_.is_empty()) return;
  std::vector<Dimension> dimensions{numbered("group", design_.groups)};
  if (design_.by_region) {
    Dimension regions{"region", {}};
    for (std::size_t r = 0; r < shown_.size(); ++r)
      if (shown_[r]) regions.labels.push_back(design_.tree[RegionId{r}].code);
    dimensions.push_back(std::move(regions));
  }
  dimensions.push_back({"year", design_.years});
  dimensions.push_back({"definition", design_.names});
  for (auto const& [name, long_name, values] :
       {std::tuple{"defined", "people who are in the definition at its date", &part_},
        std::tuple{"defined_of", "people of whom the definition is a share", &whole_}})
    add_table({name, name, long_name, "1", dimensions, std::move(*values)}, draws, replicates, result);
}

}  // namespace utvei
