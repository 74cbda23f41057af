// SPDX-License-Identifier: Apache-2.0
#include <utvei/analysis/power.hpp>

#include <algorithm>

namespace utvei {

bool Attrition::is_any() const {
  return by_the_end > 0 || std::ranges::any_of(by_wave, [](double share) { return share > 0; });
}

std::size_t StudyDesign::wave_of_outcome() const {
  return static_cast<std::size_t>(std::ranges::find(waves, at.minutes, &Duration::minutes) - waves.begin());
}

double lost_until(Attrition const& lost, StudyDesign const& design, std::size_t wave) {
  if (!lost.by_wave.empty()) return lost.by_wave[wave];
  return lost.by_the_end * static_cast<double>(design.waves[wave].minutes) / static_cast<double>(design.follow.minutes);
}

}  // namespace utvei
