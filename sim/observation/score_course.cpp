// SPDX-License-Identifier: Apache-2.0
#include <utvei/observation/score_course.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace utvei {
namespace {

/// 2 to the power of -time / half-life, the same bits on every CPU.
double halved(Duration time, Duration half_life) {
  return portable_exp(-std::numbers::ln2 * static_cast<double>(time.minutes) / static_cast<double>(half_life.minutes));
}

}  // namespace

double ScoreCourse::response(Instant from, Instant to, Instant time) const {
  if (time < from) return 0;
  if (!score_.what.half_life) return time < to ? 1 : 0;
  double const since_start = halved(time - from, *score_.what.half_life);
  return (time < to ? 1 : halved(time - to, *score_.what.half_life)) - since_start;
}

double ScoreCourse::fading_response(Instant from, Duration half_life, Instant time) const {
  if (time < from) return 0;
  double const drawn = halved(time - from, half_life);
  if (!score_.what.half_life) return drawn;
  double const kappa = 1 / static_cast<double>(score_.what.half_life->minutes);
  double const beta = 1 / static_cast<double>(half_life.minutes);
  if (*score_.what.half_life == half_life)
    return std::numbers::ln2 * kappa * static_cast<double>((time - from).minutes) * drawn;
  return kappa / (kappa - beta) * (drawn - halved(time - from, *score_.what.half_life));
}

/// In the first state people have always been, as far as the score goes.
double ScoreCourse::drawn_by_states(Instant time) const {
  double sum = 0;
  for (std::size_t i = 0; i < life_.pieces.size() && life_.pieces[i].from <= time; ++i) {
    PathPiece const& piece = life_.pieces[i];
    double const shift = score_.by_state[piece.state.value()];
    if (shift == 0) continue;
    Instant const to = i + 1 == life_.pieces.size() ? distant_future : piece.to;
    double const before = i > 0 || !score_.what.half_life ? 0 : halved(time - piece.from, *score_.what.half_life);
    sum += shift * (response(piece.from, to, time) + before);
  }
  return sum;
}

double ScoreCourse::drawn_by_stay(ServiceStay const& stay, Instant time) const {
  // What has not ended goes on.
  Instant const to = stay.has_ended ? stay.to : distant_future;
  if (stay.kind == ServiceStay::Kind::unmet) return score_.by_need[stay.measure] * response(stay.from, to, time);
  double const shift = score_.by_measure[stay.measure];
  if (shift == 0) return 0;
  double sum = shift * response(stay.from, to, time);
  auto const& all = score_.what.measures;
  auto const of = std::ranges::find(all, std::size_t{stay.measure}, &Score::OfMeasure::measure);
  using After = Score::OfMeasure::After;
  if (!stay.has_ended || of->after == After::none) return sum;
  sum += shift * (of->after == After::fades ? fading_response(stay.to, of->half_life, time)
                                            : response(stay.to, distant_future, time));
  return sum;
}

double ScoreCourse::moved(Instant time) const {
  double sum = drawn_by_states(time);
  for (ServiceStay const& stay : life_.stays) {
    if (stay.from > time) break;
    sum += drawn_by_stay(stay, time);
  }
  return sum;
}

double ScoreCourse::wandered(Instant time) const {
  Score const& what = score_.what;
  if (what.wanders == 0) return 0;
  auto const months = static_cast<std::uint32_t>((time - plan_.start).minutes / minutes_per_month);
  double const rho = halved(Duration{minutes_per_month}, what.wanders_half_life);
  double const fresh = std::sqrt(1 - rho * rho);
  double value = standard_normal(key_, life_.person, what.streams.wanders, 0);
  for (std::uint32_t month = 1; month <= months; ++month)
    value = rho * value + fresh * standard_normal(key_, life_.person, what.streams.wanders, month);
  return what.wanders * value;
}

double ScoreCourse::at(Instant time) const {
  Score const& what = score_.what;
  double const own = what.sd == 0 ? 0 : what.sd * standard_normal(key_, life_.person, what.streams.own, 0);
  return std::clamp(score_.level + own + moved(time) + wandered(time), what.low, what.high);
}

std::int64_t ScoreCourse::measured(double truth, std::uint32_t luck) const {
  Score const& what = score_.what;
  double const error = what.error == 0 ? 0 : what.error * standard_normal(key_, life_.person, what.streams.error, luck);
  return std::llround((std::clamp(truth + error, what.low, what.high) - what.low) / what.step);
}

}  // namespace utvei
