// SPDX-License-Identifier: Apache-2.0
// E[Y] of an outcome Y has the derivative E[Y S] in the log of a rate, S being the score of the life (Glynn 1990). What
// is counted in a year hangs on the life until the end of that year alone, so that later parts of S are left out of
// its product, and any number that is known where the life begins may be taken off Y: the mean of the others who begin
// alike is.
#include "lever_scores.hpp"

#include <utvei/engine/lives.hpp>
#include <utvei/observation/path_scores.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace utvei {
namespace {

__extension__ using WideSum = __int128;
constexpr double product_unit = 0x1p-20;

std::vector<RateOffset> offsets_of_grid(LeverGrid const& grid, std::size_t transitions) {
  std::vector<RateOffset> offsets;
  for (std::size_t t = 0; t < transitions; ++t)
    for (std::size_t a = 0; a < grid.age_count(); ++a)
      offsets.push_back(
          {{TransitionId{t}}, std::nullopt, grid.ages.empty() ? everything : grid.ages[a], everything, 0});
  return offsets;
}

/// Who begins alike: in the same state, at an age of the same ten years, in the same year.
class Beginnings {
 public:
  Beginnings(RunPlan const& plan, bool has_ages)
      : start_{plan.start}, states_{plan.states.size()}, has_ages_{has_ages} {
    years_ = static_cast<std::size_t>(in_years(plan.end - plan.start)) + 1;
  }
  [[nodiscard]] std::size_t size() const { return states_ * decades * years_; }
  [[nodiscard]] std::size_t of(LifePath const& life) const {
    PathPiece const& first = life.pieces.front();
    double const age = has_ages_ ? in_years(first.from - life.birth) : 0;
    auto const decade = static_cast<std::size_t>(std::clamp(age / 10, 0.0, static_cast<double>(decades - 1)));
    auto const year = static_cast<std::size_t>(std::max(0.0, in_years(first.from - start_)));
    return (first.state.value() * decades + decade) * years_ + std::min(year, years_ - 1);
  }

 private:
  static constexpr std::size_t decades = 10;
  Instant start_;
  std::size_t states_, years_{1};
  bool has_ages_;
};

/// Sums over those who begin alike: [beginning][outcome][period], and at the end.
struct AlikeSums {
  std::vector<std::int64_t> people, minutes, at_end;
};

/// Sums of products and their squares, in whole numbers: [transition][row][outcome].
struct ProductSums {
  std::vector<WideSum> years, end, years_squared, end_squared;
  std::vector<std::int64_t> events;                  ///< [transition][row]
  std::vector<std::int64_t> base_minutes, base_end;  ///< [outcome][region, then elsewhere]
  std::int64_t people{0};
};

template <class T>
void add_vector(std::vector<T>& to, std::vector<T> const& from) {
  for (std::size_t i = 0; i < to.size(); ++i) to[i] += from[i];
}

class ScoreRun {
 public:
  ScoreRun(LeverWorld const& world, RunPlan const& plan)
      : world_{world},
        plan_{plan},
        grid_{world.grid()},
        outcomes_{world.options().outcomes},
        periods_{calendar_years(plan)},
        times_{periods_.begin() + 1, periods_.end()},
        offsets_{offsets_of_grid(grid_, plan.transition_count)},
        scores_{plan, offsets_},
        beginnings_{plan, !world.people().birth.empty()},
        threads_{thread_count(world.options().threads)} {
    result_.ages = grid_.age_count();
    result_.regions = grid_.region_count();
    result_.transitions = plan.transition_count;
    result_.outcomes = outcomes_.size();
  }

  ScoredLevers run() {
    find_means();
    std::vector<Worker> workers(threads_, Worker{empty_sums()});
    follow([&](LifePath const& life, std::size_t thread) { multiply(life, workers[thread]); });
    for (std::size_t t = 1; t < threads_; ++t) add(workers[0].sums, workers[t].sums);
    finish(workers[0].sums);
    return std::move(result_);
  }

 private:
  struct Worker {
    ProductSums sums;
    OutcomeOfLife seen{};
    std::vector<double> above{};   ///< [outcome][period]: person-years more than others who began alike
    std::vector<double> end{};     ///< [outcome]
    std::vector<double> scores{};  ///< [period][offset]
    LifePath part{};
    std::vector<std::size_t> regions{};
    std::vector<LeverAmount> total{};  ///< [transition][outcome]
  };

  template <class Visit>
  void follow(Visit const& visit) const {
    follow_lives(plan_, world_.people(), RandomKey{world_.scenario().seed, 0, 0}, threads_, world_.options().stop,
                 visit);
  }

  void find_means() {
    std::size_t const periods = times_.size();
    AlikeSums const empty{std::vector<std::int64_t>(beginnings_.size()),
                          std::vector<std::int64_t>(beginnings_.size() * outcomes_.size() * periods),
                          std::vector<std::int64_t>(beginnings_.size() * outcomes_.size())};
    std::vector<AlikeSums> sums(threads_, empty);
    std::vector<OutcomeOfLife> seen(threads_);
    follow([&](LifePath const& life, std::size_t thread) {
      AlikeSums& mine = sums[thread];
      std::size_t const alike = beginnings_.of(life);
      ++mine.people[alike];
      for (std::size_t o = 0; o < outcomes_.size(); ++o) {
        see_outcome(outcomes_[o], life, world_.regions(), periods_, grid_, seen[thread], nullptr);
        std::size_t const row = alike * outcomes_.size() + o;
        for (std::size_t p = 0; p < periods; ++p) mine.minutes[row * periods + p] += seen[thread].minutes[p];
        mine.at_end[row] += seen[thread].at_end;
      }
    });
    for (std::size_t t = 1; t < threads_; ++t) {
      add_vector(sums[0].people, sums[t].people);
      add_vector(sums[0].minutes, sums[t].minutes);
      add_vector(sums[0].at_end, sums[t].at_end);
    }
    alike_ = std::move(sums[0]);
  }

  [[nodiscard]] ProductSums empty_sums() const {
    std::size_t const cells = result_.transitions * result_.rows();
    std::vector<WideSum> const products(cells * outcomes_.size());
    return {products,
            products,
            products,
            products,
            std::vector<std::int64_t>(cells),
            std::vector<std::int64_t>(outcomes_.size() * (result_.regions + 1)),
            std::vector<std::int64_t>(outcomes_.size() * (result_.regions + 1)),
            0};
  }

  /// What the life counts for more than others who began alike: their mean without it.
  void compare_with_others(LifePath const& life, Worker& worker) const {
    std::size_t const periods = times_.size();
    std::size_t const alike = beginnings_.of(life);
    auto const others = static_cast<double>(alike_.people[alike] - 1);
    worker.above.assign(outcomes_.size() * periods, 0);
    worker.end.assign(outcomes_.size(), 0);
    OutcomeByRegion by_region;
    for (std::size_t o = 0; o < outcomes_.size(); ++o) {
      by_region.minutes.assign(result_.regions + 1, 0);
      by_region.at_end.assign(result_.regions + 1, 0);
      see_outcome(outcomes_[o], life, world_.regions(), periods_, grid_, worker.seen, &by_region);
      std::size_t const row = alike * outcomes_.size() + o;
      auto const above = [&](std::int64_t own, std::int64_t all) {
        double const mean = others > 0 ? static_cast<double>(all - own) / others : 0;
        return static_cast<double>(own) - mean;
      };
      for (std::size_t p = 0; p < periods; ++p)
        worker.above[o * periods + p] =
            above(worker.seen.minutes[p], alike_.minutes[row * periods + p]) / static_cast<double>(minutes_per_year);
      worker.end[o] = above(worker.seen.at_end, alike_.at_end[row]);
      for (std::size_t r = 0; r <= result_.regions; ++r) {
        worker.sums.base_minutes[o * (result_.regions + 1) + r] += by_region.minutes[r];
        worker.sums.base_end[o * (result_.regions + 1) + r] += by_region.at_end[r];
      }
    }
  }

  void multiply(LifePath const& life, Worker& worker) const {
    ++worker.sums.people;
    compare_with_others(life, worker);
    worker.regions.clear();
    for (PathPiece const& piece : life.pieces)
      if (auto const region = grid_.region_at(piece.region);
          std::ranges::find(worker.regions, region) == worker.regions.end())
        worker.regions.push_back(region);
    worker.total.assign(result_.transitions * outcomes_.size(), {});
    for (std::size_t const region : worker.regions) {
      bool const is_all = worker.regions.size() == 1;
      if (!is_all) take_part(life, region, worker.part);
      multiply_in_region(is_all ? life : worker.part, region, worker);
    }
    for (std::size_t t = 0; t < result_.transitions; ++t)
      for (std::size_t o = 0; o < outcomes_.size(); ++o)
        add_product(worker.total[t * outcomes_.size() + o], result_.at(t, 0) * outcomes_.size() + o, worker.sums);
  }

  /// The life without what happened elsewhere: the score of what a region's rates did.
  void take_part(LifePath const& life, std::size_t region, LifePath& part) const {
    part.birth = life.birth;
    part.pieces.clear();
    for (PathPiece const& piece : life.pieces)
      if (grid_.region_at(piece.region) == region) part.pieces.push_back(piece);
  }

  void multiply_in_region(LifePath const& life, std::size_t region, Worker& worker) const {
    std::size_t const periods = times_.size();
    scores_.write(life, times_, worker.scores);
    count_events(life, region, worker.sums);
    for (std::size_t k = 0; k < offsets_.size(); ++k) {
      double const last = worker.scores[(periods - 1) * offsets_.size() + k];
      std::size_t const t = k / result_.ages;
      for (std::size_t o = 0; o < outcomes_.size(); ++o) {
        LeverAmount product{0, worker.end[o] * last};
        for (std::size_t p = 0; p < periods; ++p)
          product.person_years += worker.above[o * periods + p] * worker.scores[p * offsets_.size() + k];
        if (product.person_years == 0 && product.at_end == 0) continue;
        worker.total[t * outcomes_.size() + o].person_years += product.person_years;
        worker.total[t * outcomes_.size() + o].at_end += product.at_end;
        if (region == LeverGrid::no_region) continue;
        std::size_t const row = 1 + region * result_.ages + k % result_.ages;
        add_product(product, result_.at(t, row) * outcomes_.size() + o, worker.sums);
      }
    }
  }

  void count_events(LifePath const& life, std::size_t region, ProductSums& sums) const {
    for (PathPiece const& piece : life.pieces) {
      if (piece.ended_by != Cause::transition) continue;
      std::size_t const t = piece.transition.value();
      ++sums.events[result_.at(t, 0)];
      if (region == LeverGrid::no_region) continue;
      std::size_t const age = grid_.age_at(piece.to.minutes - 1 - life.birth.minutes);
      ++sums.events[result_.at(t, 1 + region * result_.ages + age)];
    }
  }

  static void add_product(LeverAmount const& product, std::size_t at, ProductSums& sums) {
    auto const whole = [](double x) { return static_cast<std::int64_t>(std::llround(x / product_unit)); };
    sums.years[at] += whole(product.person_years);
    sums.end[at] += whole(product.at_end);
    sums.years_squared[at] += whole(product.person_years * product.person_years);
    sums.end_squared[at] += whole(product.at_end * product.at_end);
  }

  static void add(ProductSums& to, ProductSums const& from) {
    add_vector(to.years, from.years);
    add_vector(to.end, from.end);
    add_vector(to.years_squared, from.years_squared);
    add_vector(to.end_squared, from.end_squared);
    add_vector(to.events, from.events);
    add_vector(to.base_minutes, from.base_minutes);
    add_vector(to.base_end, from.base_end);
    to.people += from.people;
  }

  void finish(ProductSums const& sums) {
    double const weight = world_.scenario().weight;
    auto const people = static_cast<double>(std::max<std::int64_t>(sums.people, 2));
    auto const number = [](WideSum sum) { return static_cast<double>(sum) * product_unit; };
    auto const error = [&](double sum, double squares) {
      return std::sqrt(std::max(0.0, squares - sum * sum / people) * people / (people - 1));
    };
    for (std::size_t i = 0; i < sums.years.size(); ++i) {
      double const years = number(sums.years[i]);
      double const end = number(sums.end[i]);
      result_.slope.push_back({years * weight, end * weight});
      result_.se.push_back(
          {error(years, number(sums.years_squared[i])) * weight, error(end, number(sums.end_squared[i])) * weight});
    }
    for (std::int64_t const events : sums.events) result_.events.push_back(static_cast<double>(events) * weight);
    for (std::size_t o = 0; o < outcomes_.size(); ++o) {
      auto& base = result_.base.emplace_back();
      for (std::size_t r = 0; r <= result_.regions; ++r) {
        std::size_t const at = o * (result_.regions + 1) + r;
        base.push_back(
            {in_years(Duration{sums.base_minutes[at]}) * weight, static_cast<double>(sums.base_end[at]) * weight});
      }
    }
  }

  LeverWorld const& world_;
  RunPlan const& plan_;
  LeverGrid const& grid_;
  std::vector<LeverOutcome> const& outcomes_;
  std::vector<Instant> periods_, times_;
  std::vector<RateOffset> offsets_;
  PathScores scores_;
  Beginnings beginnings_;
  std::size_t threads_;
  AlikeSums alike_;
  ScoredLevers result_;
};

}  // namespace

ScoredLevers scored_levers(LeverWorld const& world, RunPlan const& plan) {
  return ScoreRun{world, plan}.run();
}

}  // namespace utvei
