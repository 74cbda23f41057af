// SPDX-License-Identifier: Apache-2.0
#include <utvei/engine/lives.hpp>
#include <utvei/engine/observe.hpp>
#include <utvei/engine/person_group.hpp>
#include <utvei/observation/path_scores.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

namespace utvei {
namespace {

constexpr double score_unit = 0x1p-20;

template <class T>
void add_each(std::vector<T>& to, std::vector<T> const& from) {
  std::ranges::transform(to, from, to.begin(), std::plus<>{});
}

/// The lives that one thread looks at.
class Watcher {
 public:
  Watcher(RunPlan const& plan, Regions const& regions, std::vector<Observation> const& observations,
          std::vector<RateOffset> const& offsets, std::uint32_t groups)
      : regions_{regions}, observations_{observations}, scores_of_{plan, offsets}, offsets_{offsets.size()} {
    lives_.groups = groups;
    lives_.persons.resize(groups);
    for (Observation const& observation : observations) {
      std::size_t const bins = observation.bins();
      lives_.of.push_back({std::vector<std::int64_t>(groups * bins), std::vector<std::int64_t>(groups * bins),
                           std::vector<Wide>(bins * offsets_), std::vector<Wide>(bins * offsets_),
                           std::vector<Wide>(offsets_)});
      times_.push_back(observation.last());
    }
    std::ranges::sort(times_);
    auto const repeated = std::ranges::unique(times_);
    times_.erase(repeated.begin(), repeated.end());
    for (Observation const& observation : observations)
      time_of_.push_back(
          static_cast<std::size_t>(std::ranges::lower_bound(times_, observation.last()) - times_.begin()));
  }

  void see(LifePath const& path) {
    std::uint32_t const group = person_group(path.person, static_cast<std::uint32_t>(lives_.groups));
    ++lives_.persons[group];
    if (offsets_ > 0) scores_of_.write(path, times_, scores_);
    for (std::size_t i = 0; i < observations_.size(); ++i) {
      std::size_t const bins = observations_[i].bins();
      part_.assign(bins, 0);
      whole_.assign(bins, 0);
      observe(observations_[i], path, regions_, part_, whole_);
      ObservedLives::Sums& sums = lives_.of[i];
      for (std::size_t b = 0; b < bins; ++b) {
        sums.part[group * bins + b] += part_[b];
        sums.whole[group * bins + b] += whole_[b];
      }
      if (offsets_ > 0) add_scores(sums, bins, scores_.data() + time_of_[i] * offsets_);
    }
  }
  [[nodiscard]] ObservedLives const& lives() const { return lives_; }

 private:
  void add_scores(ObservedLives::Sums& sums, std::size_t bins, double const* scores) const {
    for (std::size_t k = 0; k < offsets_; ++k) {
      if (scores[k] == 0) continue;
      auto const score = static_cast<std::int64_t>(std::llround(scores[k] / score_unit));
      sums.score[k] += score;
      for (std::size_t b = 0; b < bins; ++b) {
        sums.part_by_score[b * offsets_ + k] += static_cast<Wide>(part_[b]) * score;
        sums.whole_by_score[b * offsets_ + k] += static_cast<Wide>(whole_[b]) * score;
      }
    }
  }

  Regions const& regions_;
  std::vector<Observation> const& observations_;
  PathScores scores_of_;
  std::size_t offsets_;
  ObservedLives lives_;
  std::vector<Instant> times_;
  std::vector<std::size_t> time_of_;
  std::vector<double> scores_;
  std::vector<std::int64_t> part_, whole_;
};

std::vector<double> sums_over_groups(std::vector<std::int64_t> const& sums, std::size_t groups) {
  std::size_t const bins = sums.size() / groups;
  std::vector<double> result(bins);
  for (std::size_t b = 0; b < bins; ++b) {
    std::int64_t sum = 0;
    for (std::size_t g = 0; g < groups; ++g) sum += sums[g * bins + b];
    result[b] = static_cast<double>(sum);
  }
  return result;
}

}  // namespace

std::vector<double> ObservedLives::part(std::size_t observation) const {
  return sums_over_groups(of[observation].part, groups);
}
std::vector<double> ObservedLives::whole(std::size_t observation) const {
  return sums_over_groups(of[observation].whole, groups);
}

void ObservedLives::add(ObservedLives const& other) {
  add_each(persons, other.persons);
  for (std::size_t i = 0; i < of.size(); ++i) {
    add_each(of[i].part, other.of[i].part);
    add_each(of[i].whole, other.of[i].whole);
    add_each(of[i].part_by_score, other.of[i].part_by_score);
    add_each(of[i].whole_by_score, other.of[i].whole_by_score);
    add_each(of[i].score, other.of[i].score);
  }
}

ObservedNumber number_of(Observation const& observation, std::size_t place, ObservedLives const& lives, double weight) {
  ObservedLives::Sums const& sums = lives.of[place];
  auto const part = lives.part(place);
  auto const whole = lives.whole(place);
  ObservedNumber number{published(observation, part, whole, weight), 0, {}};
  Gradient const gradient = gradient_of(observation, part, whole, weight);
  std::size_t const bins = part.size();

  // What a group adds to the number, beside what its part of the people would add.
  auto const people = static_cast<double>(std::reduce(lives.persons.begin(), lives.persons.end()));
  double mean = 0;
  for (std::size_t b = 0; b < bins; ++b) mean += gradient.part[b] * part[b] + gradient.whole[b] * whole[b];
  mean /= std::max(people, 1.0);
  double squares = 0;
  for (std::size_t g = 0; g < lives.groups; ++g) {
    double own = -mean * static_cast<double>(lives.persons[g]);
    for (std::size_t b = 0; b < bins; ++b)
      own += gradient.part[b] * static_cast<double>(sums.part[g * bins + b]) +
             gradient.whole[b] * static_cast<double>(sums.whole[g * bins + b]);
    squares += own * own;
  }
  auto const groups = static_cast<double>(lives.groups);
  number.mc_se = std::sqrt(squares * groups / (groups - 1));

  // Scores sum to zero but for luck: taking the mean off takes that luck out of the derivative.
  std::size_t const offsets = sums.score.size();
  for (std::size_t k = 0; k < offsets; ++k) {
    double slope = -mean * static_cast<double>(sums.score[k]) * score_unit;
    for (std::size_t b = 0; b < bins; ++b) {
      slope += gradient.part[b] * static_cast<double>(sums.part_by_score[b * offsets + k]) * score_unit +
               gradient.whole[b] * static_cast<double>(sums.whole_by_score[b * offsets + k]) * score_unit;
    }
    number.derivative.push_back(slope);
  }
  return number;
}

ObservedLives observe_lives(RunPlan const& plan, Population const& people, Regions const& regions, RandomKey const& key,
                            std::vector<Observation> const& observations, std::vector<RateOffset> const& offsets,
                            ObserveOptions const& options) {
  std::size_t const threads = thread_count(options.threads);
  std::vector<Watcher> watchers(threads, Watcher{plan, regions, observations, offsets, options.groups});
  follow_lives(plan, people, key, threads, options.stop,
               [&](LifePath const& life, std::size_t thread) { watchers[thread].see(life); });
  ObservedLives sum = watchers.front().lives();
  for (std::size_t i = 1; i < threads; ++i) sum.add(watchers[i].lives());
  return sum;
}

}  // namespace utvei
