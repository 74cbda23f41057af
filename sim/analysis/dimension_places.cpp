// SPDX-License-Identifier: Apache-2.0
// Bisection over the number of places in each cell, all cells in one simulation, and all certainties one after another.
// Waits fall with places on common luck, but for that luck: below what bisection finds one more number is tried, and
// what is found must hold with all cells at their numbers at the same time.
#include "mix_worlds.hpp"

#include <utvei/core/contract.hpp>
#include <utvei/engine/simulate.hpp>
#include <utvei/results/marginal.hpp>
#include <utvei/results/weigh.hpp>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>

#include <boost/math/distributions/binomial.hpp>

namespace utvei {
namespace {

/// Of those who asked in one run.
struct Waited {
  double begun{0}, of{0};
};
using WaitedByRun = std::vector<Waited>;

bool is_chosen(MixDesign const& design, std::string const& name, bool is_resource) {
  return std::ranges::any_of(design.choices, [&](MixChoice const& choice) {
    return choice.is_resource == is_resource && choice.name == name;
  });
}

/// Staff whom nobody has chosen is there as places need it.
Scenario scenario_of_waits(MixDesign const& design, std::vector<MixCell> const& cells, MixNumbers const& numbers,
                           Scenario const& scenario) {
  Scenario waits = scenario_of_mix(design, cells, numbers, scenario);
  waits.waiting_times = {design.standard->within};
  for (Measure& measure : waits.measures)
    if (is_chosen(design, measure.name, false))
      std::erase_if(measure.uses,
                    [&](std::size_t const used) { return !is_chosen(design, scenario.resources[used].name, true); });
  return waits;
}

/// The steps of one cell for one certainty.
class StepSearch {
 public:
  explicit StepSearch(std::uint32_t most) : most_{most} {}
  /// What to try next; nothing: it is found.
  [[nodiscard]] std::optional<std::uint32_t> next() const {
    if (!met_) return failed_ == static_cast<std::int64_t>(most_) ? std::nullopt : std::optional{upward()};
    if (*met_ - failed_ > 1) return static_cast<std::uint32_t>((*met_ + failed_) / 2);
    // Luck may have let the number right below fail where a smaller one does not.
    bool const asks_below = *met_ >= 2 && !tried_below_;
    return asks_below ? std::optional{static_cast<std::uint32_t>(*met_ - 2)} : std::nullopt;
  }
  void tell(std::uint32_t level, bool is_met) {
    if (met_ && level + 2 == *met_ && *met_ - failed_ <= 1) {
      tried_below_ = !is_met;
      if (is_met) {
        met_ = level;
        failed_ = -1;
      }
      return;
    }
    if (is_met)
      met_ = level;
    else
      failed_ = level;
  }
  [[nodiscard]] std::uint32_t found() const { return met_ ? static_cast<std::uint32_t>(*met_) : most_; }
  [[nodiscard]] bool is_met() const { return met_.has_value(); }

 private:
  [[nodiscard]] std::uint32_t upward() const {
    std::int64_t const twice = failed_ < 0 ? 0 : std::max<std::int64_t>(1, 2 * failed_);
    return static_cast<std::uint32_t>(std::min<std::int64_t>(twice, most_));
  }
  std::uint32_t most_;
  std::int64_t failed_{-1};
  std::optional<std::int64_t> met_;
  bool tried_below_{false};
};

class Dimensioner {
 public:
  Dimensioner(MixDesign const& design, std::vector<MixCell> const& cells, MixWorld const& world,
              MixOptions const& options)
      : design_{design},
        cells_{cells},
        world_{world},
        options_{options},
        runs_{std::max<std::size_t>(1, design.draws.value_or(world.scenario.draws)) * design.replicates},
        known_(cells.size()) {}

  DimensionReport run() {
    report_.cells = cells_;
    report_.certainty = design_.certainty;
    report_.draws = std::max(1U, design_.draws.value_or(world_.scenario.draws));
    std::ranges::sort(report_.certainty);
    for (double const certainty : report_.certainty) report_.needed.push_back(needed(certainty));
    report_.runs = runs_;
    return std::move(report_);
  }

 private:
  std::vector<NeededNumber> needed(double certainty) {
    std::vector<StepSearch> searches;
    for (MixCell const& cell : cells_) searches.emplace_back(cell.most);
    while (has_more(searches, certainty) && !is_full()) {
      MixLevels levels;
      for (StepSearch const& search : searches) levels.push_back(search.next().value_or(search.found()));
      auto const waited = simulated(levels);
      for (std::size_t c = 0; c < cells_.size(); ++c) known_[c].emplace(levels[c], waited[c]);
    }
    MixLevels levels;
    std::vector<bool> is_found;
    for (StepSearch const& search : searches) {
      levels.push_back(search.found());
      is_found.push_back(!search.next());
      report_.is_cut = report_.is_cut || search.next();
    }
    return together(std::move(levels), std::move(is_found), certainty);
  }

  /// Tells the searches what is known, of other certainties too; whether they ask for more.
  bool has_more(std::vector<StepSearch>& searches, double certainty) const {
    bool asks = false;
    for (std::size_t c = 0; c < searches.size(); ++c) {
      auto next = searches[c].next();
      for (; next && known_[c].contains(*next); next = searches[c].next())
        searches[c].tell(*next, meets(known_[c].at(*next), certainty));
      asks = asks || next;
    }
    return asks;
  }

  /// Each cell was looked at while others were being looked at, too: now all have their numbers.
  std::vector<NeededNumber> together(MixLevels levels, std::vector<bool> is_found, double certainty) {
    while (true) {
      auto const waited = simulated(levels);
      MixLevels more = levels;
      for (std::size_t c = 0; c < cells_.size(); ++c)
        if (!meets(waited[c], certainty) && levels[c] < cells_[c].most) ++more[c];
      report_.is_cut = report_.is_cut || (is_full() && more != levels);
      if (more == levels || is_full()) {
        for (std::size_t c = 0; c < cells_.size(); ++c) is_found[c] = is_found[c] && more[c] == levels[c];
        auto needed = described(levels, waited, certainty);
        for (std::size_t c = 0; c < cells_.size(); ++c) needed[c].is_found = is_found[c];
        try_anew(levels, needed);
        return needed;
      }
      levels = std::move(more);
    }
  }

  /// What a search finds is flattered by the luck that it was found with: the same numbers with other luck.
  void try_anew(MixLevels const& levels, std::vector<NeededNumber>& needed) {
    auto const waited = simulated(levels, world_.scenario.seed ^ 0x6d69781U);
    for (std::size_t c = 0; c < cells_.size(); ++c) {
      double const met = runs_that_meet(waited[c]);
      needed[c].runs_met_new = static_cast<std::size_t>(met);
      if (report_.draws > 1 && design_.replicates > 1) continue;  // runs of one draw are no independent ones
      using Binomial = boost::math::binomial_distribution<>;
      auto const runs = static_cast<double>(runs_);
      constexpr double tail = 0.025;
      needed[c].low_95 = met > 0 ? Binomial::find_lower_bound_on_p(runs, met, tail) : 0;
      needed[c].high_95 = met < runs ? Binomial::find_upper_bound_on_p(runs, met, tail) : 1;
    }
  }

  [[nodiscard]] bool is_full() const { return report_.simulations >= design_.simulations; }

  [[nodiscard]] double runs_that_meet(WaitedByRun const& waited) const {
    return static_cast<double>(std::ranges::count_if(
        waited, [&](Waited const& run) { return run.begun >= design_.standard->share * run.of - 1e-9; }));
  }
  [[nodiscard]] bool meets(WaitedByRun const& waited, double certainty) const {
    return runs_that_meet(waited) >= certainty * static_cast<double>(runs_) - 1e-9;
  }

  std::vector<NeededNumber> described(MixLevels const& levels, std::vector<WaitedByRun> const& waited,
                                      double certainty) const {
    std::vector<NeededNumber> all;
    auto const runs = static_cast<double>(runs_);
    for (std::size_t c = 0; c < cells_.size(); ++c) {
      NeededNumber& one = all.emplace_back();
      one.number = cells_[c].floor + levels[c] * cells_[c].step;
      double begun = 0;
      double of = 0;
      for (Waited const& run : waited[c]) {
        begun += run.begun;
        of += run.of;
      }
      one.share = of > 0 ? begun / of : 1;
      one.requests = of / runs;
      one.runs_met = runs_that_meet(waited[c]) / runs;
      one.is_met = meets(waited[c], certainty);
      MixChoice const& choice = design_.choices[cells_[c].choice];
      auto const& measures = world_.scenario.measures;
      auto const measure = std::ranges::find(measures, choice.name, &Measure::name);
      if (choice.is_resource || measure == measures.end()) continue;
      for (std::size_t const used : measure->uses) {
        Resource const& resource = world_.scenario.resources[used];
        if (!is_chosen(design_, resource.name, true))
          one.staff[resource.name] = static_cast<std::uint32_t>(std::ceil(one.number / resource.caseload - 1e-9));
      }
    }
    return all;
  }

  /// [cell][run]
  std::vector<WaitedByRun> simulated(MixLevels const& levels, std::optional<std::uint32_t> seed = {}) {
    MixNumbers numbers;
    for (std::size_t c = 0; c < cells_.size(); ++c) numbers.push_back(cells_[c].floor + levels[c] * cells_[c].step);
    Scenario scenario = scenario_of_waits(design_, cells_, numbers, world_.scenario);
    if (seed) scenario.seed = *seed;
    SimulateOptions options;
    options.threads = options_.threads;
    options.stop = options_.stop;
    if (options_.progress)
      options.progress = [&](std::uint64_t done, std::uint64_t total) {
        options_.progress(report_.simulations * total + done, (report_.simulations + 1) * total);
      };
    RunResult result = simulate(scenario, world_.rates, world_.people, options);
    weigh(result, scenario.weight);
    ++report_.simulations;
    std::vector<WaitedByRun> waited(cells_.size(), WaitedByRun(runs_));
    add(*result.table("begun_within"), &Waited::begun, scenario, waited);
    add(*result.table("begun_within_of"), &Waited::of, scenario, waited);
    return waited;
  }

  void add(Table const& table, double Waited::*part, Scenario const& scenario, std::vector<WaitedByRun>& waited) const {
    auto const values = marginal(table, {"draw", "replicate", "region", "measure", "year"});
    auto const region_axis = table.axis("region");
    auto const& years = table.dimensions[*table.axis("year")].labels;
    std::size_t const regions = length_of(table, "region");
    std::size_t i = 0;
    for (std::size_t run = 0; run < runs_; ++run) {
      for (std::size_t r = 0; r < regions; ++r) {
        std::optional<RegionId> region;
        if (region_axis) region = scenario.model.regions.find(table.dimensions[*region_axis].labels[r]);
        for (std::size_t m = 0; m < scenario.measures.size(); ++m)
          for (std::string const& year : years) {
            double const number = values[i++];
            if (number == 0 || (design_.standard->from && std::atoi(year.c_str()) < *design_.standard->from)) continue;
            for (std::size_t c = 0; c < cells_.size(); ++c)
              if (is_of(c, region, m)) waited[c][run].*part += number;
          }
      }
    }
  }

  [[nodiscard]] bool is_of(std::size_t cell, std::optional<RegionId> region, std::size_t number) const {
    Scenario const& scenario = world_.scenario;
    MixChoice const& choice = design_.choices[cells_[cell].choice];
    Measure const& measure = scenario.measures[number];
    auto const draws_on = [&](std::size_t const used) { return scenario.resources[used].name == choice.name; };
    if (choice.is_resource ? std::ranges::none_of(measure.uses, draws_on) : measure.name != choice.name) return false;
    return !cells_[cell].region || (region && scenario.model.regions.is_within(*region, *cells_[cell].region));
  }

  MixDesign const& design_;
  std::vector<MixCell> const& cells_;
  MixWorld const& world_;
  MixOptions const& options_;
  std::size_t runs_;
  std::vector<std::map<std::uint32_t, WaitedByRun>> known_;  ///< by cell and level
  DimensionReport report_;
};

}  // namespace

DimensionReport dimension_places(MixDesign const& design, std::vector<MixCell> const& cells, MixWorld const& world,
                                 MixOptions const& options) {
  UTVEI_EXPECT(design.standard && !cells.empty());
  return Dimensioner{design, cells, world, options}.run();
}

}  // namespace utvei
