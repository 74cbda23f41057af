// SPDX-License-Identifier: Apache-2.0
#include "wave_study.hpp"

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

/// Those of the first waves alone.
GroupsAlike shortened(GroupsAlike const& groups, std::size_t seen) {
  std::size_t const all = groups.sums.size();
  GroupsAlike first;
  first.groups = groups.groups;
  for (std::size_t w = 0; w < seen; ++w) {
    first.sums.push_back(groups.sums[w]);
    for (std::size_t v = 0; v < seen; ++v) first.cross.push_back(groups.cross[w * all + v]);
  }
  first.weights.assign(seen, 1);
  return first;
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
  outcome_ = static_cast<std::size_t>(std::ranges::find(waves_, design.wave_of_outcome()) - waves_.begin());
}

StudyFinding WaveStudy::run(std::uint32_t number) const {
  if (outcome_ == waves_.size()) return no_fit;
  auto const groups = drawn_people(number);
  std::size_t const of_arm = waves_.size() + 1;
  std::size_t const waves_of_arm[]{waves_that_tell(std::span{groups}.first(of_arm)),
                                   waves_that_tell(std::span{groups}.last(of_arm))};
  Columns const columns = columns_of(waves_of_arm[0], waves_of_arm[1]);
  if (outcome_ >= columns.means || columns.effects[outcome_] == no_column) return no_fit;
  std::size_t const outcome = columns.effects[outcome_];
  MixedModel model{columns.count};
  double seen_ever = 0;
  for (std::size_t g = 0; g < groups.size(); ++g) {
    bool const is_treated = g >= of_arm;
    std::size_t const seen = std::min(groups[g].sums.size(), waves_of_arm[is_treated ? 1 : 0]);
    if (groups[g].groups == 0 || seen == 0) continue;
    GroupsAlike alike = shortened(groups[g], seen);
    alike.rows.assign(seen * columns.count, 0);
    for (std::size_t w = 0; w < seen; ++w) {
      alike.rows[w * columns.count + w] = 1;
      if (is_treated && columns.effects[w] != no_column) alike.rows[w * columns.count + columns.effects[w]] = 1;
    }
    seen_ever += alike.groups;
    model.add(alike);
  }
  auto const fit = model.fit();
  if (!fit) return no_fit;
  double const estimate = fit->effects[outcome];
  bool const is_robust = design_.errors == StandardErrors::robust;
  auto const covariance = is_robust ? model.robust_covariance(*fit) : fit->covariance;
  return {p_of_t(estimate, standard_error(covariance, columns.count, outcome), seen_ever - 2), estimate};
}

WaveStudy::Columns WaveStudy::columns_of(std::size_t waves_of_controls, std::size_t waves_of_treated) const {
  Columns columns;
  columns.count = columns.means = std::max(waves_of_controls, waves_of_treated);
  for (std::size_t w = 0; w < columns.means; ++w) {
    // At the start nothing has been done to anybody yet.
    bool const is_compared = design_.waves[waves_[w]].minutes > 0 && w < std::min(waves_of_controls, waves_of_treated);
    columns.effects.push_back(is_compared ? columns.count++ : no_column);
  }
  return columns;
}

/// How many of the first waves of an arm have people. One alone after the start has a mean of their own, which tells
/// nothing of anybody else: without them the estimates are the same, and robust errors can be computed. Only at the
/// outcome's wave one is enough, for errors of the model.
std::size_t WaveStudy::waves_that_tell(std::span<GroupsAlike const> arm) const {
  std::size_t wave = 0;
  for (; wave < waves_.size(); ++wave) {
    double seen = 0;
    for (GroupsAlike const& groups : arm.subspan(wave + 1)) seen += groups.groups;
    bool const is_start = design_.waves[waves_[wave]].minutes == 0;
    bool const takes_one = is_start || (wave <= outcome_ && design_.errors == StandardErrors::model);
    if (seen < (takes_one ? 1 : 2)) break;
  }
  return wave;
}

/// Those of the controls first.
std::vector<GroupsAlike> WaveStudy::drawn_people(std::uint32_t number) const {
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
  return groups;
}

}  // namespace utvei
