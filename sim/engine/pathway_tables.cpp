// SPDX-License-Identifier: Apache-2.0
#include "pathway_tallies.hpp"
#include "tables.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace utvei {
namespace {

constexpr std::size_t group_characters = 2;

std::size_t group_of(std::u16string const& key) {
  constexpr unsigned bits = 16;
  return (std::size_t{key[0]} << bits) | key[1];
}

/// The most frequent ones first; of those that are as frequent, the first in the order of the states.
std::vector<std::u16string> most_frequent(std::vector<SequenceCounts> const& runs, std::size_t most) {
  std::map<std::u16string, std::int64_t> people;
  for (SequenceCounts const& run : runs)
    for (auto const& [key, count] : run) people[key.substr(group_characters)] += count;
  std::vector<std::pair<std::u16string, std::int64_t>> all{people.begin(), people.end()};
  std::ranges::stable_sort(all, [](auto const& a, auto const& b) { return a.second > b.second; });
  if (all.size() > most) all.resize(most);
  std::vector<std::u16string> names;
  for (auto& [sequence, count] : all) names.push_back(std::move(sequence));
  return names;
}

std::string label_of(std::u16string const& sequence, std::vector<std::string> const& tokens) {
  std::string label;
  for (char16_t const token : sequence) label += (label.empty() ? "" : " > ") + tokens[token];
  return label;
}

}  // namespace

void PathwayTables::append(PathwayTallies const& tallies) {
  if (design_.is_empty()) return;
  for (std::size_t quantity = 0; quantity < pathway_quantities; ++quantity) {
    PathwayTable const& table = design_.tables[quantity];
    std::int64_t const* from = tallies.numbers(quantity);
    for (std::size_t place = 0; place < design_.places(table) && table.line > 0; ++place, from += table.line)
      if (!table.by_region || shown_[place % design_.regions])
        values_[quantity].insert(values_[quantity].end(), from, from + table.line);
  }
  if (design_.asked->sequences) sequences_.push_back(tallies.sequences());
}

void PathwayTables::add_sequences(RunResult& result, std::uint32_t draws, std::uint32_t replicates) {
  auto const kept = most_frequent(sequences_, design_.asked->sequences->most);
  std::map<std::u16string, std::size_t> place_of;
  Dimension names{"sequence", {}};
  for (auto const& sequence : kept) {
    place_of[sequence] = names.labels.size();
    names.labels.push_back(label_of(sequence, design_.token_names));
  }
  names.labels.emplace_back("other");
  std::size_t const width = names.labels.size();
  std::vector<std::int64_t> values(sequences_.size() * design_.groups * width);
  for (std::size_t run = 0; run < sequences_.size(); ++run) {
    for (auto const& [key, people] : sequences_[run]) {
      auto const found = place_of.find(key.substr(group_characters));
      std::size_t const place = found == place_of.end() ? width - 1 : found->second;
      values[(run * design_.groups + group_of(key)) * width + place] += people;
    }
  }
  add_table({"sequences",
             "sequences",
             "people by the states that they are in one after another",
             "1",
             {numbered("group", design_.groups), std::move(names)},
             std::move(values)},
            draws, replicates, result);
}

void PathwayTables::move_into(RunResult& result, std::uint32_t draws, std::uint32_t replicates) {
  if (design_.is_empty()) return;
  Dimension regions{"region", {}};
  for (std::size_t r = 0; r < shown_.size(); ++r)
    if (shown_[r]) regions.labels.push_back(design_.scenario.model.regions[RegionId{r}].code);
  for (std::size_t quantity = 0; quantity < pathway_quantities; ++quantity) {
    PathwayTable const& of = design_.tables[quantity];
    if (of.line == 0) continue;
    std::vector<Dimension> dimensions{numbered("group", of.by_group ? design_.groups : 1)};
    if (of.by_region) dimensions.push_back(regions);
    dimensions.insert(dimensions.end(), of.dimensions.begin(), of.dimensions.end());
    Table table{of.name, of.name, of.long_name, of.units, std::move(dimensions), {}};
    if (of.units == std::string_view{"years"}) {
      std::vector<double> years;
      for (std::int64_t const minutes : values_[quantity])
        years.push_back(static_cast<double>(minutes) / static_cast<double>(minutes_per_year));
      table.values = std::move(years);
    } else {
      table.values = std::move(values_[quantity]);
    }
    add_table(std::move(table), draws, replicates, result);
    if (!of.by_group) result.group_tables.pop_back();
  }
  if (design_.asked->sequences) add_sequences(result, draws, replicates);
}

}  // namespace utvei
