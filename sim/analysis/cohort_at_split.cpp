// SPDX-License-Identifier: Apache-2.0
#include "cohort_at_split.hpp"

#include "moment.hpp"

#include <utvei/core/contract.hpp>

#include <algorithm>
#include <limits>

namespace utvei {
namespace {

/// Traits that the rates of the study or the ways of its rules ask for.
std::vector<bool> needed_traits(Model const& model, EstimateOptions const& estimate) {
  std::vector<bool> needed(model.traits.size());
  for (TraitId const trait : estimate.traits) needed[trait.value()] = true;
  auto const note = [&](Destinations const& destinations) {
    for (auto const& row : destinations.rows) {
      for (std::size_t t = 0; t < row.traits.size(); ++t) needed[t] = needed[t] || row.traits[t].has_value();
    }
  };
  for (State const& state : model.states) {
    for (Limit const& limit : state.limits) note(limit.to);
    if (state.ends_at_age) note(state.ends_at_age->to);
  }
  return needed;
}

class CohortBuilder {
 public:
  CohortBuilder(LifeCourses const& early, LifeCourses const& lives, Study const& study, EstimateOptions const& estimate,
                Instant split)
      : early_{early},
        lives_{lives},
        study_{study},
        split_{split},
        needed_{needed_traits(study.model, estimate)},
        needs_time_{!estimate.time_in_state.empty()} {
    UTVEI_EXPECT(early.persons.size() == lives.persons.size());
    cohort_.counts.split = split;
    for (Instant time = split + Duration{minutes_per_year}; time <= study.to; time = time + Duration{minutes_per_year})
      cohort_.times.push_back(time);
    cohort_.counts.seen_later.resize(cohort_.times.size());
    cohort_.people.traits.resize(study.model.traits.size());
    cohort_.people.numbers.resize(study.model.traits.size());
    cohort_.people.data_class = early.data_class;
  }

  CohortAtSplit build() && {
    for (std::size_t p = 0; p < early_.persons.size(); ++p) add(PersonRow{p});
    number_regions();
    return std::move(cohort_);
  }

 private:
  [[nodiscard]] bool needs_time_of(StateId state) const {
    return needs_time_ || !study_.model.states[state].limits.empty();
  }

  void add(PersonRow person) {
    auto const stay = stay_at(early_, person, split_, split_);
    if (!stay) return;
    bool const has_regions = early_.persons.knows_region();
    RegionId const region = has_regions ? region_at(early_.persons, person, split_) : RegionId{};
    bool known = region != unknown_region && (stay->entry_known || !needs_time_of(stay->state));
    for (TraitId const trait : ids_of(study_.model.traits)) {
      if (!needed_[trait.value()]) continue;
      known = known && early_.persons.knows_trait(trait) &&
              level_at(early_.persons, trait, person, split_) != unknown_level;
    }
    if (!known) {
      ++cohort_.counts.unknown;
      return;
    }
    Population& people = cohort_.people;
    people.key.push_back(PersonKey{mix64(person.value() + 1)});
    people.state.push_back(stay->state);
    people.time_in_state.push_back(split_ - stay->entered);
    if (has_regions) people.region.push_back(region);
    if (!early_.persons.birth.empty()) people.birth.push_back(early_.persons.birth[person]);
    for (TraitId const trait : ids_of(study_.model.traits)) {
      if (!study_.model.traits[trait].numeric && early_.persons.knows_trait(trait))
        people.traits[trait.value()].push_back(level_at(early_.persons, trait, person, split_));
    }
    ++cohort_.counts.persons;
    for (std::size_t i = 0; i < cohort_.times.size(); ++i) {
      auto const later = stay_at(lives_, person, cohort_.times[i], study_.to);
      cohort_.at.push_back(later ? std::optional{later->state} : std::nullopt);
      cohort_.counts.seen_later[i] += later ? 1U : 0U;
    }
  }

  /// In the order of the model.
  void number_regions() {
    auto const& regions = cohort_.people.region;
    if (regions.empty()) {
      cohort_.regions.emplace_back();
      cohort_.region_of.assign(cohort_.people.size(), 0);
      return;
    }
    constexpr auto none = std::numeric_limits<std::uint32_t>::max();
    std::vector<std::uint32_t> numbers(study_.model.regions.size(), none);
    for (RegionId const region : regions) numbers[region.value()] = 0;
    for (std::size_t r = 0; r < numbers.size(); ++r) {
      if (numbers[r] == none) continue;
      numbers[r] = static_cast<std::uint32_t>(cohort_.regions.size());
      cohort_.regions.push_back(study_.model.regions[RegionId{r}].code);
    }
    for (RegionId const region : regions) cohort_.region_of.push_back(numbers[region.value()]);
  }

  LifeCourses const& early_;
  LifeCourses const& lives_;
  Study const& study_;
  Instant split_;
  std::vector<bool> needed_;
  bool needs_time_;
  CohortAtSplit cohort_;
};

}  // namespace

CohortAtSplit cohort_at_split(LifeCourses const& early, LifeCourses const& lives, Study const& study,
                              EstimateOptions const& estimate, Instant split) {
  return CohortBuilder{early, lives, study, estimate, split}.build();
}

}  // namespace utvei
