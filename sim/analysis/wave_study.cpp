// SPDX-License-Identifier: Apache-2.0
#include "wave_study.hpp"

#include "mixed_model.hpp"

#include <algorithm>

namespace utvei {
namespace {

constexpr std::size_t no_column = static_cast<std::size_t>(-1);

/// By arm and by how many waves people are seen at: what the likelihood needs.
std::vector<GroupsAlike> empty_groups(std::size_t waves) {
  std::vector<GroupsAlike> groups(2 * (waves + 1));
  for (std::size_t g = 0; g < groups.size(); ++g) {
    std::size_t const seen = g % (waves + 1);
    groups[g].sums.assign(seen, 0);
    groups[g].cross.assign(seen * seen, 0);
  }
  return groups;
}

void add_person(GroupsAlike& groups, std::span<double const> values, std::vector<std::size_t> const& waves) {
  std::size_t const seen = groups.sums.size();
  for (std::size_t w = 0; w < seen; ++w) {
    double const y = values[waves[w]];
    groups.sums[w] += y;
    for (std::size_t v = 0; v < seen; ++v) groups.cross[w * seen + v] += y * values[waves[v]];
  }
  groups.groups += 1;
}

}  // namespace

bool varies_at(StudyArm const& arm, std::size_t wave) {
  for (std::size_t i = 1; i < arm.people.size(); ++i)
    if (arm.values_of(i)[wave] != arm.values_of(0)[wave]) return true;
  return false;
}

WaveStudy::WaveStudy(StudyDesign const& design, StudyPeople const& people, StudyLuck luck, ArmSizes arms,
                     TrueEffect effect)
    : design_{design},
      control_{people.compared(design)},
      treated_{effect == TrueEffect::none ? people.compared(design) : people.treated},
      luck_{luck},
      arms_{arms} {
  for (std::size_t w = 0; w < design.waves.size(); ++w)
    if (varies_at(control_, w) || varies_at(people.treated, w)) waves_.push_back(w);
  columns_ = waves_.size();
  for (std::size_t const wave : waves_) {
    // Nothing has been done to anybody yet.
    bool const is_start = design.waves[wave].minutes == 0;
    if (wave == design.wave_of_outcome()) outcome_ = columns_;
    effects_.push_back(is_start ? no_column : columns_++);
  }
}

StudyFinding WaveStudy::run(std::uint32_t number) const {
  if (outcome_ == 0) return no_fit;
  RandomKey const key{luck_.seed, luck_.batch, 0};
  PersonKey const study{number};
  std::size_t const most = waves_.size();
  auto groups = empty_groups(most);
  std::uint32_t count = 0;
  for (std::size_t arm = 0; arm < 2; ++arm) {
    StudyArm const& pool = arm == 1 ? treated_ : control_;
    Attrition const& lost = arm == 1 ? design_.lost_treated : design_.lost_control;
    bool const loses = lost.is_any();
    std::vector<double> lost_by(most, 0);
    for (std::size_t w = 0; w < most && loses; ++w) lost_by[w] = lost_until(lost, design_, waves_[w]);
    std::uint32_t const size = arm == 1 ? arms_.treated : arms_.controls;
    for (std::uint32_t i = 0; i < size; ++i) {
      std::size_t const person = drawn_of(pool.people.size(), uniform(key, study, who_, count++));
      // Who is lost stays lost: shares only grow.
      std::size_t seen = most;
      if (loses) {
        double const luck = uniform(key, study, lost_, count);
        seen = static_cast<std::size_t>(std::ranges::find_if(lost_by, [&](double l) { return luck < l; }) -
                                        lost_by.begin());
      }
      add_person(groups[arm * (most + 1) + seen], pool.values_of(person), waves_);
    }
  }
  MixedModel model{columns_};
  double seen_ever = 0;
  for (std::size_t g = 0; g < groups.size(); ++g) {
    GroupsAlike& alike = groups[g];
    std::size_t const seen = alike.sums.size();
    if (alike.groups == 0 || seen == 0) continue;
    bool const is_treated = g > most;
    alike.weights.assign(seen, 1);
    alike.rows.assign(seen * columns_, 0);
    for (std::size_t w = 0; w < seen; ++w) {
      alike.rows[w * columns_ + w] = 1;
      if (is_treated && effects_[w] != no_column) alike.rows[w * columns_ + effects_[w]] = 1;
    }
    seen_ever += alike.groups;
    model.add(alike);
  }
  auto const fit = model.fit();
  if (!fit) return no_fit;
  double const estimate = fit->effects[outcome_];
  bool const is_robust = design_.errors == StandardErrors::robust;
  auto const covariance = is_robust ? model.robust_covariance(*fit) : fit->covariance;
  return {p_of_t(estimate, standard_error(covariance, columns_, outcome_), seen_ever - 2), estimate};
}

}  // namespace utvei
