// SPDX-License-Identifier: Apache-2.0
#include <utvei/analysis/mix.hpp>
#include <utvei/document/reader.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr double months_per_year = 12;

class CellMaker {
 public:
  CellMaker(MixDesign const& design, MixWorld const& world, Diagnostics& diagnostics)
      : design_{design}, scenario_{world.scenario}, world_{world}, diagnostics_{diagnostics} {
    count_people();
  }

  std::vector<MixCell> make() {
    for (std::size_t c = 0; c < design_.choices.size(); ++c) add_choice(c);
    check_fairness();
    check_outcome();
    check_runs();
    check_budget();
    return std::move(cells_);
  }

 private:
  /// By region, with those below: who is there at the start, and who ever comes.
  void count_people() {
    Regions const& regions = scenario_.model.regions;
    residents_.resize(regions.size());
    people_.resize(regions.size());
    if (world_.people.region.empty()) return;
    for (std::size_t i = 0; i < world_.people.size(); ++i) {
      PersonRow const row{i};
      bool const is_there = is_there_at_start(world_.people, row);
      for (std::optional<RegionId> r = world_.people.region[row]; r; r = regions[*r].parent) {
        people_[r->value()] += scenario_.weight;
        if (is_there) residents_[r->value()] += scenario_.weight;
      }
    }
  }

  void add_choice(std::size_t number) {
    MixChoice const& choice = design_.choices[number];
    if (choice.name.empty()) return;
    double caseload = 1;
    std::vector<RegionId> regions;
    if (choice.is_resource) {
      auto const found = std::ranges::find(scenario_.resources, choice.name, &Resource::name);
      if (found == scenario_.resources.end()) return say_unknown(choice);
      caseload = found->caseload;
    } else {
      auto const found = std::ranges::find(scenario_.measures, choice.name, &Measure::name);
      if (found == scenario_.measures.end()) return say_unknown(choice);
      if (found->need) {
        diagnostics_.error(choice.place, fmt::format("`{}` is a need, and has no places", choice.name),
                           "help with a need takes of the resource that it names under `service`",
                           "choose that: {resource: NAME, by: region}");
        return;
      }
      regions = found->who.people.regions;
    }
    check_whole_persons(choice, caseload);
    double const price = price_of(choice);
    if (!choice.by_region) {
      double const people = static_cast<double>(world_.people.size()) * scenario_.weight;
      cells_.push_back(cell_of(number, std::nullopt, people / caseload, price));
      return;
    }
    if (scenario_.model.regions.empty()) {
      diagnostics_.error(choice.place, fmt::format("`{}` by region, but the model names no regions", choice.name), {},
                         "by: total");
      return;
    }
    for (RegionId const region : regions.empty() ? bottom() : regions)
      if (people_[region.value()] > 0)
        cells_.push_back(cell_of(number, region, people_[region.value()] / caseload, price));
    check_areas(choice, number);
  }

  /// What one pool loses by rounding the next one gets: places that are no whole persons of the run would leak from
  /// region to region. A ceiling is reached by steps, and rounded down with them.
  void check_whole_persons(MixChoice const& choice, double caseload) {
    auto const check = [&](std::uint32_t number, std::string_view what, Place const& place) {
      if (number == 0 || is_whole_persons(number, caseload)) return;
      diagnostics_.error(
          place, fmt::format("a {} of {} of `{}` is no whole number of persons of the run", what, number, choice.name),
          fmt::format("each of them stands for {}, and takes as many places", scenario_.weight),
          fmt::format("{}: {}, or a scenario with a smaller `weight`", what, next_whole_persons(number, caseload)));
    };
    check(choice.step, "step", choice.place);
    check(choice.floor.everywhere.value_or(0), "floor", choice.place);
    for (auto const& area : choice.floor.areas) check(area.number, "floor", area.place);
  }

  [[nodiscard]] bool is_whole_persons(std::uint32_t number, double caseload) const {
    double const persons = number * caseload / scenario_.weight;
    return std::abs(persons - std::round(persons)) < 1e-6;
  }

  [[nodiscard]] std::uint32_t next_whole_persons(std::uint32_t number, double caseload) const {
    // So many times the weight is whole, whatever a caseload with two decimals is.
    std::uint32_t const last = number + 100 * scenario_.weight;
    while (number < last && !is_whole_persons(number, caseload)) ++number;
    return number;
  }

  void check_budget() {
    if (!design_.budget) return;
    double floors = 0;
    for (MixCell const& cell : cells_) floors += cell.floor * cell.price;
    if (floors > *design_.budget) {
      diagnostics_.error(design_.budget_place, fmt::format("the floors alone cost {:g}", floors),
                         fmt::format("the budget is {:g}", *design_.budget), "lower the floors, or raise the budget");
      return;
    }
    double least = std::numeric_limits<double>::infinity();
    for (MixCell const& cell : cells_)
      if (cell.most > 0) least = std::min(least, cell.step * cell.price);
    if (std::isinf(least) || floors + least <= *design_.budget * (1 + 1e-9)) return;
    diagnostics_.error(design_.budget_place, "the budget does not buy one step of anything",
                       fmt::format("{:g} is left when the floors are paid for, and the cheapest step costs {:g}",
                                   *design_.budget - floors, least),
                       "raise the budget, or make `step` smaller");
  }

  MixCell cell_of(std::size_t number, std::optional<RegionId> region, double people, double price) {
    MixChoice const& choice = design_.choices[number];
    MixCell cell{number, region, {}, 0, choice.step, 0, price, 0};
    if (region) {
      cell.area = scenario_.model.regions[*region].code;
      cell.residents = residents_[region->value()];
    }
    auto const said = [&](NumberByArea const& numbers) {
      for (auto const& area : numbers.areas)
        if (area.code == cell.area) return std::optional{area.number};
      return numbers.everywhere;
    };
    cell.floor = said(choice.floor).value_or(0);
    auto const ceiling = said(choice.ceiling);
    double const most = ceiling ? *ceiling : std::max(std::ceil(people), static_cast<double>(cell.floor + choice.step));
    if (ceiling && *ceiling < cell.floor)
      diagnostics_.error(choice.place,
                         fmt::format("the ceiling of `{}`{} is below its floor", choice.name,
                                     cell.area.empty() ? "" : fmt::format(" in `{}`", cell.area)),
                         {}, "raise the one, or lower the other");
    else
      cell.most = static_cast<std::uint32_t>((most - cell.floor) / choice.step);
    return cell;
  }

  /// Of a place or one of a resource, in the units of the budget.
  double price_of(MixChoice const& choice) {
    if (!design_.counts_kroner) {
      if (choice.price && design_.budget)
        diagnostics_.error(choice.place, fmt::format("`{}` has a price, and the budget counts places", choice.name), {},
                           "leave `price` out, or write budget: {kroner_per_year: 9000000}");
      return 1;
    }
    if (choice.price) return *choice.price;
    double sum = 0;
    bool by_start = choice.is_resource;
    for (Measure const& measure : scenario_.measures) {
      if (choice.is_resource || measure.name != choice.name) continue;
      for (MeasureCost const& cost : measure.costs) {
        sum += months_per_year * (cost.per_place_month + cost.per_participant_month);
        by_start = by_start || cost.per_participant > 0;
      }
    }
    if (!by_start && sum > 0) return sum;
    diagnostics_.error(choice.place, fmt::format("what one of `{}` costs a year is not known", choice.name),
                       by_start && !choice.is_resource
                           ? "its `cost` has an amount for each who begins, of whom there may be any number"
                           : "the scenario does not say it",
                       "give it a `price`, in kroner a year");
    return 1;
  }

  void check_areas(MixChoice const& choice, std::size_t number) {
    Regions const& regions = scenario_.model.regions;
    for (NumberByArea const* numbers : {&choice.floor, &choice.ceiling})
      for (auto const& area : numbers->areas) {
        auto const region = regions.find(area.code);
        auto const is_it = [&](MixCell const& cell) { return cell.choice == number && cell.region == region; };
        if (!region)
          diagnostics_.error(area.place, fmt::format("no region `{}` in the model", area.code), {},
                             regions.advice_for(area.code));
        else if (std::ranges::none_of(cells_, is_it))
          diagnostics_.error(area.place, fmt::format("`{}` has no places of its own here", area.code),
                             where_they_are(number, *region), "write the numbers of those that have");
      }
  }

  /// In those below the region or around it; else wherever there are any.
  [[nodiscard]] std::string where_they_are(std::size_t choice, RegionId region) const {
    Regions const& regions = scenario_.model.regions;
    std::string near, all;
    for (MixCell const& cell : cells_) {
      if (cell.choice != choice) continue;
      bool const is_near = regions.is_within(*cell.region, region) || regions.is_within(region, *cell.region);
      for (std::string* text : {&all, is_near ? &near : nullptr})
        if (text) *text += (text->empty() ? "" : ", ") + cell.area;
    }
    if (all.empty()) return "nobody lives where the measure is";
    return "they are in " + (near.empty() ? all : near);
  }

  void say_unknown(MixChoice const& choice) {
    std::vector<std::string> names;
    if (choice.is_resource)
      for (Resource const& each : scenario_.resources) names.push_back(each.name);
    else
      for (Measure const& each : scenario_.measures)
        if (!each.need) names.push_back(each.name);
    diagnostics_.error(
        choice.place,
        fmt::format("no {} `{}` in the scenario", choice.is_resource ? "resource" : "measure", choice.name), {},
        did_you_mean(choice.name, names));
  }

  [[nodiscard]] std::vector<RegionId> bottom() const {
    Regions const& regions = scenario_.model.regions;
    std::vector<RegionId> found;
    for (std::size_t r = 0; r < regions.size(); ++r)
      if (regions.children(RegionId{r}).empty()) found.emplace_back(r);
    return found;
  }

  void check_fairness() {
    if (!design_.largest_ratio) return;
    if (std::ranges::any_of(design_.choices, &MixChoice::by_region)) return;
    diagnostics_.error(design_.fairness_place, "`fairness` is between regions, and nothing is chosen by region", {},
                       "leave it out, or write by: region");
  }

  void check_outcome() {
    if (!design_.outcome) return;
    MixOutcome const& outcome = *design_.outcome;
    if (outcome.kind != MixOutcome::Kind::person_years) {
      if (!world_.money)
        diagnostics_.error(outcome.place, "a net benefit of a scenario without money", {},
                           "give the scenario an `income` and a `money` file, or count person_years");
      return;
    }
    std::vector<std::string> known;
    for (State const& state : scenario_.model.states) {
      known.push_back(state.name);
      if (!state.group.empty() && std::ranges::find(known, state.group) == known.end()) known.push_back(state.group);
    }
    for (auto const& [name, place] : outcome.of)
      if (std::ranges::find(known, name) == known.end())
        diagnostics_.error(place, fmt::format("no state and no group of states `{}` in the model", name), {},
                           did_you_mean(name, known));
    bool const ends_before = outcome.until && start_of_year(*outcome.until) <= scenario_.start;
    bool const begins_after = outcome.from && start_of_year(*outcome.from) >= scenario_.end;
    if (ends_before || begins_after)
      diagnostics_.error(outcome.place, "the years of the outcome lie outside the run",
                         fmt::format("it goes from {} to {}", format(scenario_.start), format(scenario_.end)),
                         "change `from` or `until`");
  }

  void check_runs() {
    std::uint32_t const draws = std::max(1U, design_.draws.value_or(scenario_.draws));
    double const runs = static_cast<double>(draws) * design_.replicates;
    constexpr double fewest = 5;
    if (design_.budget && runs < fewest)
      diagnostics_.error(design_.runs_place, fmt::format("{:g} runs of each mix do not tell what is certain", runs), {},
                         "replicates: 20");
    if (!design_.standard) return;
    if (scenario_.start + design_.standard->within >= scenario_.end)
      diagnostics_.error(design_.standard_place, "the standard allows a longer wait than the run has", {},
                         "a scenario with more `years`");
    if (design_.standard->from && start_of_year(*design_.standard->from) >= scenario_.end)
      diagnostics_.error(design_.standard_place, "the standard holds from a year after the run", {},
                         "an earlier `from`");
    for (double const certainty : design_.certainty)
      if (runs * (1 - certainty) < 1 - 1e-9)
        diagnostics_.error(design_.runs_place,
                           fmt::format("{:g} runs do not tell what holds in {:g} %", runs, 100 * certainty), {},
                           fmt::format("replicates: {:g}", std::ceil(1 / (1 - certainty) / draws - 1e-9)));
  }

  MixDesign const& design_;
  Scenario const& scenario_;
  MixWorld const& world_;
  Diagnostics& diagnostics_;
  std::vector<double> residents_, people_;
  std::vector<MixCell> cells_;
};

}  // namespace

std::vector<MixCell> mix_cells(MixDesign const& design, MixWorld const& world, Diagnostics& diagnostics) {
  return CellMaker{design, world, diagnostics}.make();
}

}  // namespace utvei
