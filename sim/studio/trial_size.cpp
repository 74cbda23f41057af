// SPDX-License-Identifier: Apache-2.0
#include "trial_size.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace utvei {
namespace {

/// Vestfold and Telemark, 501,510 people for 14 years, is 7 million: 4 s on two cores.
constexpr double years_of_life = 10e6;
/// Fewer draws say nothing of how sure the answer is.
constexpr std::uint32_t fewest_draws = 5;

ReportText note_of(TrialSize const& size, Scenario const& own) {
  if (size.draws == own.draws && size.replicates == own.replicates) return {};
  auto const draws = own.draws;
  if (size.draws == 0 && draws > 0)
    return {
        fmt::format(
            "Her vises punktanslag, uten usikkerhet: fila har {} parametertrekk og {} gjentakelser, og de kjøres "
            "med `utvei run`. Fila som lagres, har alle.",
            draws, own.replicates),
        fmt::format("Her viser vi punktanslag, utan uvisse: fila har {} parametertrekk og {} gjentakingar, og dei blir "
                    "køyrde med `utvei run`. Fila som blir lagra, har alle.",
                    draws, own.replicates),
        fmt::format(
            "These are point estimates, without uncertainty: the file has {} parameter draws and {} replicates, "
            "which `utvei run` runs. The file that is saved has all of them.",
            draws, own.replicates)};
  return {
      fmt::format("Her vises {} av {} parametertrekk og {} av {} gjentakelser, for at svaret skal komme fort. Fila som "
                  "lagres, har alle.",
                  size.draws, draws, size.replicates, own.replicates),
      fmt::format(
          "Her viser vi {} av {} parametertrekk og {} av {} gjentakingar, for at svaret skal kome fort. Fila som "
          "blir lagra, har alle.",
          size.draws, draws, size.replicates, own.replicates),
      fmt::format("Shown are {} of {} parameter draws and {} of {} replicates, so that the answer comes soon. The file "
                  "that is saved has all of them.",
                  size.draws, draws, size.replicates, own.replicates)};
}

}  // namespace

TrialSize trial_size(Scenario const& baseline, std::size_t persons, std::optional<std::uint32_t> draws) {
  TrialSize size{baseline.draws, baseline.replicates};
  double const years = in_years(baseline.end - baseline.start);
  double const fit = std::max(1.0, years_of_life / std::max(1.0, static_cast<double>(persons) * years));
  auto const runs = static_cast<double>(std::max(size.draws, 1U)) * size.replicates;
  auto const most = static_cast<std::uint32_t>(std::min(fit, 1e6));
  if (draws) {
    size.draws = std::min(size.draws, *draws);
  } else if (runs > fit && size.draws > 0) {
    size.replicates = 1;
    if (size.draws > most) size.draws = most >= fewest_draws ? most : 0;
  } else if (runs > fit) {
    size.replicates = most;
  }
  if (baseline.precision) size.overrides.push_back(parse_override("precision=null"));
  if (size.draws != baseline.draws) size.overrides.push_back(parse_override(fmt::format("draws={}", size.draws)));
  if (size.replicates != baseline.replicates)
    size.overrides.push_back(parse_override(fmt::format("replicates={}", size.replicates)));
  size.note = note_of(size, baseline);
  return size;
}

}  // namespace utvei
