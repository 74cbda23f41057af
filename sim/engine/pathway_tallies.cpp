// SPDX-License-Identifier: Apache-2.0
#include "pathway_tallies.hpp"

#include "months_begun.hpp"

#include <utvei/engine/person_group.hpp>
#include <utvei/observation/pathways.hpp>

#include <algorithm>

namespace utvei {
namespace {

using Quantity = PathwayQuantity;

/// Of a span that is cut in bins, each without its beginning and with its end: the place of the one that holds a time.
std::size_t bin_that_ends_at(std::int64_t time, std::int64_t width) {
  return time > 0 ? static_cast<std::size_t>((time - 1) / width) : 0;
}

/// Spreads a time over the bins that it is in.
void count_time(std::int64_t* bins, std::int64_t from, std::int64_t to, std::int64_t width) {
  while (from < to) {
    std::int64_t const bin = from / width;
    std::int64_t const until = std::min(to, (bin + 1) * width);
    bins[bin] += until - from;
    from = until;
  }
}

}  // namespace

PathwayTallies::PathwayTallies(PathwayDesign const& design) : design_{&design} {
  for (PathwayTable const& table : design.tables) numbers_.emplace_back(design.places(table) * table.line);
}

std::int64_t* PathwayTallies::line(Quantity quantity, RegionId region) {
  PathwayTable const& table = design_->table(quantity);
  std::size_t place = table.by_group ? group_ : 0;
  if (table.by_region) place = place * design_->regions + region.value();
  return numbers_[static_cast<std::size_t>(quantity)].data() + place * table.line;
}

void PathwayTallies::see(LifePath const& life) {
  if (design_->is_empty() || life.pieces.empty()) return;
  group_ = person_group(life.person, design_->groups);
  see_ways(life);
  see_incidence(life);
  see_leavings(life);
  see_flows(life);
  see_sequence(life);
}

void PathwayTallies::see_ways(LifePath const& life) {
  for (std::size_t w = 0; w < design_->asked->ways.size(); ++w) {
    NamedPathway const& way = design_->asked->ways[w];
    auto const taken = steps_taken(way, life, design_->scenario.end);
    if (taken.empty()) continue;
    RegionId const region = life.pieces[life.piece_at(taken.front())].region;
    for (std::size_t s = 0; s < taken.size(); ++s) {
      std::size_t const step = design_->first_step[w] + s;
      ++line(Quantity::way_people, region)[step];
      Duration const since = s > 0 ? taken[s] - taken[s - 1] : Duration{0};
      auto const month = months_begun(since);
      ++line(Quantity::way_months, region)[step * design_->months + month];
      line(Quantity::way_time, region)[step] += since.minutes;
    }
    if (taken.size() == way.steps.size()) continue;
    std::size_t const last = std::min(life.piece_at(taken.front() + way.within), life.pieces.size() - 1);
    std::size_t const step = design_->first_step[w] + taken.size() - 1;
    ++line(Quantity::way_lost, region)[step * design_->states + life.pieces[last].state.value()];
  }
}

void PathwayTallies::see_incidence(LifePath const& life) {
  for (std::size_t i = 0; i < design_->asked->incidence.size(); ++i) {
    Incidence const& incidence = design_->asked->incidence[i];
    std::int64_t const width = incidence.bin().minutes;
    std::int64_t const begin = incidence.by_age ? incidence.ages.from : 0;
    for (RiskSpell const& spell : risk_spells(incidence, life)) {
      RegionId const region = life.pieces[life.piece_at(spell.from)].region;
      ++line(Quantity::incidence_persons, region)[i];
      std::int64_t const from = (spell.from - spell.origin).minutes - begin;
      std::int64_t const to = (spell.to - spell.origin).minutes - begin;
      count_time(line(Quantity::incidence_years, region) + design_->first_bin[i], from, to, width);
      std::size_t const bin = static_cast<std::size_t>(from / width);
      std::size_t const begun = design_->not_followed + (from % width == 0 ? 1 : 2);
      count_outcome(region, i, bin, begun);
      bool const is_seen_to_the_end = to == (incidence.by_age ? incidence.ages.to - begin : incidence.within.minutes);
      std::size_t const last = bin_that_ends_at(to, width);
      if (spell.destination)
        count_outcome(region, i, last, design_->to[i][*spell.destination]);
      else if (!is_seen_to_the_end)
        count_outcome(region, i, last, design_->not_followed);
    }
  }
}

void PathwayTallies::count_outcome(RegionId region, std::size_t incidence, std::size_t bin, std::size_t outcome) {
  std::size_t const cell = (design_->first_bin[incidence] + bin) * design_->outcomes + outcome;
  ++line(Quantity::incidence_events, region)[cell];
  if (design_->by_region) ++line(Quantity::incidence_events_by_region, region)[cell];
}

void PathwayTallies::see_leavings(LifePath const& life) {
  for (std::size_t l = 0; l < design_->asked->leaving.size(); ++l) {
    for (Left const& left : leavings(design_->asked->leaving[l], life)) {
      PathPiece const& piece = life.pieces[left.piece];
      std::size_t const kinds = design_->table(Quantity::leavings).dimensions.back().labels.size();
      std::size_t const year = design_->calendar.locate(piece.from).last_year;
      ++line(Quantity::leavings, piece.region)[year * kinds + design_->first_kind[l] + left.kind];
    }
  }
}

void PathwayTallies::see_flows(LifePath const& life) {
  if (design_->table(Quantity::flows).line == 0) return;
  std::size_t const absent = life.pieces.size();
  std::size_t const width = design_->states + 1;
  auto const place_of = [&](std::size_t piece) {
    return piece == absent ? design_->states : life.pieces[piece].state.value();
  };
  std::size_t before = life.piece_at(design_->dates.front());
  for (std::size_t year = 0; year + 1 < design_->dates.size(); ++year) {
    std::size_t const after = life.piece_at(design_->dates[year + 1]);
    if (before != absent || after != absent) {
      RegionId const region = life.pieces[before != absent ? before : after].region;
      std::size_t const cell = (year * width + place_of(before)) * width + place_of(after);
      ++line(Quantity::flows, region)[cell];
      if (design_->by_region) ++line(Quantity::flows_by_region, region)[cell];
    }
    before = after;
  }
}

void PathwayTallies::see_sequence(LifePath const& life) {
  if (!design_->asked->sequences) return;
  std::u16string const sequence = sequence_of(*design_->asked->sequences, life, design_->tokens);
  if (sequence.empty()) return;
  constexpr unsigned bits = 16;
  std::u16string key{static_cast<char16_t>(group_ >> bits), static_cast<char16_t>(group_ & 0xffffU)};
  ++sequences_[key + sequence];
}

void PathwayTallies::add(PathwayTallies const& other) {
  for (std::size_t quantity = 0; quantity < numbers_.size(); ++quantity)
    for (std::size_t i = 0; i < numbers_[quantity].size(); ++i)
      numbers_[quantity].data()[i] += other.numbers_[quantity].data()[i];
  for (auto const& [key, people] : other.sequences_) sequences_[key] += people;
}

}  // namespace utvei
