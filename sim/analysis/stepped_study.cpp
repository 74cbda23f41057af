// SPDX-License-Identifier: Apache-2.0
#include "stepped_study.hpp"

#include "mixed_model.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace utvei {

std::vector<std::uint32_t> spread_over_regions(std::uint32_t persons, std::vector<std::size_t> const& eligible) {
  double const all = static_cast<double>(std::accumulate(eligible.begin(), eligible.end(), std::size_t{0}));
  std::vector<std::uint32_t> sizes;
  std::vector<std::pair<double, std::size_t>> remainders;
  std::uint32_t given = 0;
  for (std::size_t r = 0; r < eligible.size(); ++r) {
    double const share = persons * static_cast<double>(eligible[r]) / all;
    sizes.push_back(static_cast<std::uint32_t>(share));
    given += sizes.back();
    remainders.emplace_back(std::floor(share) - share, r);
  }
  std::ranges::sort(remainders);
  for (std::size_t i = 0; given < persons; ++i, ++given) ++sizes[remainders[i % remainders.size()].second];
  return sizes;
}

bool fills_steps(std::uint32_t persons, std::vector<std::size_t> const& eligible, std::uint32_t steps) {
  auto const sizes = spread_over_regions(persons, eligible);
  return std::ranges::count_if(sizes, [](std::uint32_t n) { return n > 0; }) >= steps;
}

namespace {

/// Of what varies within regions: as many as cells, but for the regions' means, the periods and the effect.
double degrees_within(double cells, double regions, double periods) {
  return cells - regions - periods;
}

}  // namespace

SteppedStudy::SteppedStudy(StudyDesign const& design, StudyPeople const& people, StudyLuck luck, std::uint32_t persons,
                           TrueEffect effect)
    : design_{design},
      people_{people},
      luck_{luck},
      effect_{effect},
      size_of_region_{spread_over_regions(persons, people.eligible_of_region)} {}

std::vector<std::uint32_t> SteppedStudy::steps_by_lot(RandomKey const& key, PersonKey study) const {
  std::vector<std::pair<double, std::size_t>> order;
  for (std::size_t r = 0; r < size_of_region_.size(); ++r)
    if (size_of_region_[r] > 0) order.emplace_back(uniform(key, study, order_, static_cast<std::uint32_t>(r)), r);
  std::ranges::sort(order);
  std::vector<std::uint32_t> steps(size_of_region_.size(), 0);
  for (std::size_t place = 0; place < order.size(); ++place)
    steps[order[place].second] = step_of_place(place, order.size(), design_.steps);
  return steps;
}

double SteppedStudy::degrees() const {
  auto const periods = static_cast<double>(design_.waves.size());
  auto const regions = static_cast<double>(std::ranges::count_if(size_of_region_, [](auto n) { return n > 0; }));
  return degrees_within(regions * periods, regions, periods);
}

SteppedStudy::Cells SteppedStudy::drawn_people(RandomKey const& key, PersonKey study,
                                               std::vector<std::uint32_t> const& steps) const {
  std::size_t const periods = design_.waves.size();
  bool const loses = design_.lost_treated.is_any();
  std::vector<double> lost_by(periods, 0);
  for (std::size_t t = 0; t < periods && loses; ++t) lost_by[t] = lost_until(design_.lost_treated, design_, t);
  Cells cells{periods, std::vector<double>(steps.size() * periods, 0), std::vector<double>(steps.size() * periods, 0)};
  std::uint32_t count = 0;
  for (std::size_t r = 0; r < steps.size(); ++r) {
    if (size_of_region_[r] == 0) continue;
    StudyArm const& arm = effect_ == TrueEffect::none ? people_.control : people_.later[steps[r] - 1];
    auto const& pool = people_.people_of_region[r];
    for (std::uint32_t i = 0; i < size_of_region_[r]; ++i) {
      auto const values = arm.values_of(pool[drawn_of(pool.size(), uniform(key, study, who_, count++))]);
      double const luck = loses ? uniform(key, study, lost_, count) : 1;
      for (std::size_t t = 0; t < periods && luck >= lost_by[t]; ++t) {
        cells.sums[r * periods + t] += values[t];
        cells.seen[r * periods + t] += 1;
      }
    }
  }
  return cells;
}

StudyFinding SteppedStudy::run(std::uint32_t number) const {
  RandomKey const key{luck_.seed, luck_.batch, 0};
  PersonKey const study{number};
  auto const steps = steps_by_lot(key, study);
  Cells const people = drawn_people(key, study, steps);
  // Who is lost stays lost: after a period that nobody is left in there is none.
  std::size_t periods = 0;
  for (std::size_t r = 0; r < steps.size(); ++r)
    for (std::size_t t = periods; t < people.periods && people.seen[r * people.periods + t] > 0; ++t) periods = t + 1;
  std::size_t const columns = periods + 1;
  MixedModel model{columns};
  double cells = 0;
  double regions = 0;
  for (std::size_t r = 0; r < steps.size(); ++r) {
    double const* const seen = &people.seen[r * people.periods];
    GroupsAlike region;
    region.groups = 1;
    for (std::size_t t = 0; t < periods && seen[t] > 0; ++t) {
      region.rows.resize(region.rows.size() + columns, 0);
      region.rows[t * columns + t] = 1;
      if (steps[r] <= t) region.rows[t * columns + periods] = 1;
      region.weights.push_back(seen[t]);
      region.sums.push_back(people.sums[r * people.periods + t] / seen[t]);
      cells += 1;
    }
    if (region.weights.empty()) continue;
    for (double const one : region.sums)
      for (double const other : region.sums) region.cross.push_back(one * other);
    regions += 1;
    model.add(region);
  }
  double const degrees = degrees_within(cells, regions, static_cast<double>(periods));
  auto const fit = model.fit();
  if (!fit || degrees < 1) return no_fit;
  double const estimate = fit->effects[periods];
  return {p_of_t(estimate, standard_error(fit->covariance, columns, periods), degrees), estimate};
}

}  // namespace utvei
