// SPDX-License-Identifier: Apache-2.0
#include "household_weights.hpp"

#include <utvei/core/random.hpp>
#include <utvei/document/delimited.hpp>
#include <utvei/population/cells.hpp>
#include <utvei/population/households.hpp>
#include <utvei/population/whole_people.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>
#include <set>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr std::int64_t most_of_a_kind = 20;
constexpr double age_of_parents = 40;

/// The numbers of a column, by row.
std::vector<std::optional<std::uint8_t>> numbers_in(CountTable const& table, std::string const& name,
                                                    Diagnostics& diagnostics) {
  std::vector<std::optional<std::uint8_t>> numbers(table.rows());
  CountColumn const* const column = table.column(name);
  if (column == nullptr) return numbers;
  std::vector<std::uint8_t> by_label;
  for (std::size_t i = 0; i < column->labels.size(); ++i) {
    auto const number = parse_integer(column->labels[i]);
    bool const is_good = number && *number >= 0 && *number <= most_of_a_kind;
    if (!is_good)
      diagnostics.error(column->label_places[i], fmt::format("`{}` is no number of {}", column->labels[i], name), {},
                        "write a whole number, 0 to 20");
    by_label.push_back(is_good ? static_cast<std::uint8_t>(*number) : std::uint8_t{0});
  }
  for (std::size_t row = 0; row < table.rows(); ++row) numbers[row] = by_label[column->label_of[row]];
  return numbers;
}

using TypeSet = std::set<AdultsAndChildren>;

/// A table of households, its labels understood.
struct HouseholdRows {
  HouseholdRows(GroupTable const& table, Diagnostics& diagnostics)
      : adults{numbers_in(table.table, "adults", diagnostics)},
        children{numbers_in(table.table, "children", diagnostics)} {
    for (GroupColumn const& column : table.columns)
      if (column.dimension.kind == CellDimension::Kind::region) region = &column;
  }
  void add_types(TypeSet& types) const {
    for (std::size_t row = 0; row < adults.size(); ++row)
      if (adults[row] && children[row] && *adults[row] + *children[row] > 0)
        types.insert({static_cast<double>(*adults[row]), static_cast<double>(*children[row])});
  }
  GroupColumn const* region{nullptr};
  std::vector<std::optional<std::uint8_t>> adults, children;
};

class HouseholdMaker {
 public:
  HouseholdMaker(HouseholdRecipe const& recipe, Population const& people, Model const& model, Instant date,
                 std::uint32_t seed, Diagnostics& diagnostics)
      : recipe_{recipe}, people_{people}, model_{model}, date_{date}, key_{seed, 0, 0}, diagnostics_{diagnostics} {}

  Households make() {
    std::size_t const before = diagnostics_.error_count();
    read_tables();
    find_regions();
    if (diagnostics_.error_count() != before || types_.empty() || people_.size() == 0) return {};
    sort_people();
    auto margins = margins_of_tables();
    settle(margins);
    auto const weights = household_weights(margins, types_, people_of_region_);
    auto const whole = whole_people(weights, margins, key_);
    made_.of_person.resize(people_.size());
    std::vector<double> kept(whole.size());
    for (std::size_t region = 0; region < regions_; ++region) fill(region, whole, kept);
    report(margins, kept);
    return std::move(made_);
  }

 private:
  void read_tables() {
    TypeSet types;
    for (HouseholdRecipe::Margin const& margin : recipe_.margins) {
      rows_.emplace_back(margin.table, diagnostics_);
      rows_.back().add_types(types);
    }
    types_.assign(types.begin(), types.end());
  }

  /// Those in which people live.
  void find_regions() {
    bool const is_by_region =
        std::ranges::any_of(rows_, [](HouseholdRows const& rows) { return rows.region != nullptr; });
    if (!is_by_region) return;
    std::set<std::uint32_t> lived_in;
    for (RegionId const region : people_.region) lived_in.insert(region.value());
    axis_.emplace();
    place_of_region_.resize(model_.regions.size());
    for (std::uint32_t const region : lived_in) {
      place_of_region_[region] = axis_->levels.size();
      axis_->levels.push_back({model_.regions[RegionId{region}].code, {}, RegionId{region}, everything, 0});
    }
    regions_ = axis_->levels.size();
  }

  void sort_people() {
    adults_.resize(regions_);
    children_.resize(regions_);
    for (PersonRow const person : ids_of(people_.key)) {
      bool const is_adult = age_of(person) >= recipe_.adults_from;
      std::size_t const region = axis_ ? place_of_region_[people_.region[person].value()] : 0;
      (is_adult ? adults_ : children_)[region].push_back(person);
    }
    for (std::size_t region = 0; region < regions_; ++region)
      people_of_region_.push_back(
          {static_cast<double>(adults_[region].size()), static_cast<double>(children_[region].size())});
  }

  [[nodiscard]] Duration age_of(PersonRow person) const { return date_ - people_.birth[person]; }

  /// Parts are combinations of region, adults and children, as far as a table has them.
  std::vector<Margin> margins_of_tables() {
    std::vector<Margin> margins;
    for (std::size_t m = 0; m < rows_.size(); ++m) {
      HouseholdRows const& rows = rows_[m];
      CountTable const& table = recipe_.margins[m].table.table;
      Margin margin{recipe_.margins[m].name, std::vector<std::uint32_t>(regions_ * types_.size(), no_part), {}};
      using Key = std::array<std::int64_t, 3>;
      std::map<Key, std::uint32_t> part_of;
      auto const no_region = std::int64_t{-1};
      for (std::size_t row = 0; row < table.rows(); ++row) {
        if (!table.count[row]) continue;
        Key const key{rows.region ? std::int64_t{rows.region->group_of[row]} : no_region,
                      rows.adults[row] ? *rows.adults[row] : -1, rows.children[row] ? *rows.children[row] : -1};
        auto const [found, is_new] = part_of.try_emplace(key, margin.target.size());
        if (!is_new)
          diagnostics_.error(table.row_places[row], "this combination stands twice", {}, "add the counts up");
        else
          margin.target.push_back(*table.count[row]);
      }
      auto const group = rows.region ? groups_on(*axis_, *rows.region, model_.regions) : std::vector<std::uint32_t>{};
      for (std::size_t cell = 0; cell < margin.part_of.size(); ++cell) {
        AdultsAndChildren const& type = types_[cell % types_.size()];
        Key const key{rows.region ? std::int64_t{group[cell / types_.size()]} : no_region,
                      table.column("adults") ? static_cast<std::int64_t>(type[0]) : -1,
                      table.column("children") ? static_cast<std::int64_t>(type[1]) : -1};
        if (auto const found = part_of.find(key); found != part_of.end()) margin.part_of[cell] = found->second;
      }
      margins.push_back(std::move(margin));
    }
    return margins;
  }

  void settle(std::vector<Margin>& margins) {
    auto const conflicts = settle_margins(household_seed(margins, regions_ * types_.size()), margins);
    if (conflicts.empty()) return;
    MarginConflict const& first = conflicts.front();
    diagnostics_.warning(
        recipe_.margins[first.second].table.table.place,
        fmt::format("`{}` has {:.6g} households where `{}` has {:.6g}; {} such places", margins[first.second].name,
                    first.second_sum, margins[first.first].name, first.first_sum, conflicts.size()),
        "the earlier table holds: the later is scaled to it there",
        "correct the tables, or put first the one that you trust");
  }

  /// Those with the most children first, while there are people for them.
  void fill(std::size_t region, std::vector<std::int64_t> const& whole, std::vector<double>& kept) {
    std::vector<std::size_t> order(types_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, std::greater<>{}, [&](std::size_t type) {
      return std::pair{types_[type][1], types_[type][0]};
    });
    AdultsAndChildren left = people_of_region_[region];
    std::vector<std::size_t> families, others;  // types of households that are made
    for (std::size_t const type : order) {
      for (std::int64_t n = 0; n < whole[region * types_.size() + type]; ++n) {
        if (left[0] < types_[type][0] || left[1] < types_[type][1]) break;
        for (std::size_t kind = 0; kind < 2; ++kind) left[kind] -= types_[type][kind];
        (types_[type][1] > 0 ? families : others).push_back(type);
        kept[region * types_.size() + type] += 1;
      }
    }
    std::vector<PersonRow>& adults = adults_[region];
    std::ranges::sort(adults, {}, [&](PersonRow person) {
      return std::pair{std::abs(in_years(age_of(person)) - age_of_parents), people_.key[person].value};
    });
    std::size_t parents = 0;
    for (std::size_t const type : families) parents += static_cast<std::size_t>(types_[type][0]);
    auto const after_parents = adults.begin() + static_cast<std::ptrdiff_t>(parents);
    std::vector<PersonRow> raising{adults.begin(), after_parents};
    std::vector<PersonRow> rest{after_parents, adults.end()};
    shuffle(families, region);
    shuffle(others, region + regions_);
    settle_in(families, raising, children_[region]);
    std::vector<PersonRow> none;
    settle_in(others, rest, none);
    made_.adults_outside += static_cast<std::size_t>(left[0]);
    made_.children_outside += static_cast<std::size_t>(left[1]);
  }

  void shuffle(std::vector<std::size_t>& types, std::size_t stream) const {
    std::vector<std::pair<std::uint64_t, std::size_t>> drawn;
    for (std::size_t i = 0; i < types.size(); ++i) drawn.emplace_back(mix64(mix64(stream) + i), types[i]);
    std::ranges::sort(drawn);
    std::ranges::transform(drawn, types.begin(), [](auto const& each) { return each.second; });
  }

  /// In the order of age, so that those of a household are near each other in it.
  void settle_in(std::vector<std::size_t> const& types, std::vector<PersonRow>& adults,
                 std::vector<PersonRow>& children) {
    auto const by_age = [&](PersonRow person) { return std::pair{age_of(person), people_.key[person].value}; };
    std::ranges::sort(adults, {}, by_age);
    std::ranges::sort(children, {}, by_age);
    std::size_t adult = 0;
    std::size_t child = 0;
    for (std::size_t const type : types) {
      made_.adults.push_back(static_cast<std::uint8_t>(types_[type][0]));
      made_.children.push_back(static_cast<std::uint8_t>(types_[type][1]));
      auto const number = static_cast<std::uint32_t>(made_.adults.size());
      for (int n = 0; n < made_.adults.back(); ++n) made_.of_person[adults[adult++].value()] = number;
      for (int n = 0; n < made_.children.back(); ++n) made_.of_person[children[child++].value()] = number;
    }
  }

  void report(std::vector<Margin> const& margins, std::vector<double> const& kept) {
    for (Margin const& margin : margins) {
      auto const misfit = misfit_of(kept, margin);
      double households = 0;
      for (std::size_t cell = 0; cell < kept.size(); ++cell)
        households += margin.part_of[cell] == no_part ? 0 : kept[cell];
      made_.margins.push_back({margin.name, std::accumulate(margin.target.begin(), margin.target.end(), 0.0),
                               std::llround(households), std::abs(misfit.sum - misfit.target)});
    }
  }

  HouseholdRecipe const& recipe_;
  Population const& people_;
  Model const& model_;
  Instant date_;
  RandomKey key_;
  Diagnostics& diagnostics_;
  std::vector<HouseholdRows> rows_;  ///< by table
  std::vector<AdultsAndChildren> types_;
  std::optional<PeopleAxis> axis_;            ///< of regions
  std::vector<std::size_t> place_of_region_;  ///< on the axis
  std::size_t regions_{1};
  std::vector<std::vector<PersonRow>> adults_, children_;  ///< by region
  std::vector<AdultsAndChildren> people_of_region_;
  Households made_;
};

}  // namespace

void check_households(HouseholdRecipe const& recipe, KnownOfPeople known, Diagnostics& diagnostics) {
  TypeSet types;
  bool is_by_region = false;
  for (HouseholdRecipe::Margin const& margin : recipe.margins) {
    HouseholdRows const rows{margin.table, diagnostics};
    rows.add_types(types);
    is_by_region = is_by_region || rows.region != nullptr;
    for (GroupColumn const& column : margin.table.columns)
      if (column.dimension.kind != CellDimension::Kind::region)
        diagnostics.error(margin.table.table.place, "households have a region, adults and children",
                          "people are told apart by the rest", "leave the other columns out");
  }
  if (types.empty())
    diagnostics.error(recipe.place, "no table says how many adults and children households have", {},
                      "add a table with the columns `adults` and `children`");
  if (!known.age)
    diagnostics.error(recipe.place, "households need the age of people", "it tells adults from children",
                      "add a margin by age");
  if (is_by_region && !known.region)
    diagnostics.error(recipe.place, "households are by region, and people have none", {}, "add a margin by region");
}

Households make_households(HouseholdRecipe const& recipe, Population const& people, Model const& model, Instant date,
                           std::uint32_t seed, Diagnostics& diagnostics) {
  return HouseholdMaker{recipe, people, model, date, seed, diagnostics}.make();
}

}  // namespace utvei
