// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/time.hpp>
#include <utvei/population/people_groups.hpp>
#include <utvei/population/population.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace utvei {

/// The key `households` of a population: tables of households by `adults`, `children` and region, and who is an adult.
struct HouseholdRecipe {
  struct Margin {
    std::string name;
    GroupTable table;  ///< `adults` and `children` are labels of no dimension
  };
  std::vector<Margin> margins;
  Duration adults_from;
  Place place;
};

/// People in households.
struct Households {
  std::vector<std::uint8_t> adults, children;  ///< by household
  std::vector<std::uint32_t> of_person;  ///< by row of the population: number of the household, from 1; 0: in none
  struct Result {
    std::string name;
    double target{0};            ///< households of the table
    std::int64_t households{0};  ///< that were made
    double furthest{0};          ///< most that a row is off
  };
  std::vector<Result> margins;
  std::size_t adults_outside{0}, children_outside{0};  ///< people in no household
  [[nodiscard]] std::size_t size() const { return adults.size(); }
};

/// What the people of a recipe will have.
struct KnownOfPeople {
  bool age{false};
  bool region{false};
};
/// Diagnoses tables that are not of households, and people who cannot be put into any.
void check_households(HouseholdRecipe const& recipe, KnownOfPeople known, Diagnostics& diagnostics);

/// Puts people into households. The households by region and type are those nearest to independence that meet the
/// tables and need, in each region, as many adults and children as live there in private households: the share of all
/// people that the tables have room for (generalised raking: Deville, Särndal & Sautory 1993). Where the tables need
/// more people than there are, they give way. Parents are those nearest in age to 40, and adults of a household are
/// near each other in age; so are its children, the older with older parents. Who is left over is in no household:
/// institutions, and where the tables and the people disagree. The recipe has passed check_households.
Households make_households(HouseholdRecipe const& recipe, Population const& people, Model const& model, Instant date,
                           std::uint32_t seed, Diagnostics& diagnostics);

}  // namespace utvei
