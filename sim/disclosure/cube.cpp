// SPDX-License-Identifier: Apache-2.0
//
// Hypercubes (Giessing & Repsilber 2002): a number x along some axes F is not known from its lines if every line
// through it holds another hidden number that can give what x takes. With one other place along each axis of F, the
// 2^|F| corners change by +t and -t in turn, and no sum over an axis of F changes. A table that lacks an axis of F does
// not change at all; of every other one the corners are hidden, so the change is one of all tables together. Where one
// cube cannot give enough, several do it together: each number gives to all of them no more than it has.
#include "cube.hpp"

#include <algorithm>
#include <bit>
#include <limits>
#include <map>
#include <utility>

namespace utvei {
namespace {

constexpr std::size_t most_flipped = 4;
constexpr std::size_t most_cubes = 20'000;
constexpr std::size_t most_together = 12;
constexpr double least_given = 0.5;
constexpr double hardly_anything = 0.01;  // of cost: of two cubes that hide nothing, the one that gives more

/// Corners that hide a number together, and how much more it may be then.
struct Cube {
  std::vector<SmallCell> to_hide;  ///< corners that are not hidden yet
  std::vector<SmallCell> giving;   ///< corners of the other sign
  double amount{0};
  double score{std::numeric_limits<double>::infinity()};  ///< cost of what is needed, if all came from such cubes
};

/// What a number still needs, and what others have given already.
struct Need {
  double amount;
  bool is_first{true};
  std::map<SmallCell, double> given{};
};

/// The cubes of one number along the same axes.
class CubeFamily {
 public:
  CubeFamily(HidingState const& state, SmallCell const& small, Need const& need, std::vector<std::size_t> flipped)
      : state_{state}, small_{small}, need_{need}, flipped_{std::move(flipped)}, base_(state.tables.axes.size(), 0) {
    state_.index[small_.table].set_place(small_.cell, base_);
    find_touched();
  }

  /// Betters `best`.
  void search(CubeSearch::Corners how, Cube& best) {
    std::size_t const flips = flipped_.size();
    std::size_t const most = how == CubeSearch::Corners::all ? most_cubes : flips <= 2 ? 10 : flips == 3 ? 6 : 4;
    std::vector<std::vector<std::size_t>> choices;
    std::size_t cubes = 1;
    for (std::size_t const axis : flipped_) choices.push_back(partners(axis, most));
    for (std::size_t const axis : further_) choices.push_back(places_of(axis, most));
    for (auto const& some : choices) {
      if (some.empty()) return;
      cubes = cubes > most_cubes / some.size() ? most_cubes : cubes * some.size();
    }
    std::vector<std::size_t> at(choices.size(), 0);
    for (std::size_t cube = 0; cube < cubes && !is_enough(best); ++cube) {
      weigh(choices, at, best);
      for (std::size_t i = 0; i < at.size(); ++i) {
        if (++at[i] < choices[i].size()) break;
        at[i] = 0;
      }
    }
  }

 private:
  /// Tables that change, and their axes along which the number has no place of its own.
  void find_touched() {
    for (std::size_t t = 0; t < state_.index.size(); ++t) {
      auto const has = [&](std::size_t axis) { return state_.index[t].has(axis); };
      if (!std::ranges::all_of(flipped_, has)) continue;
      touched_.push_back(t);
      for (std::size_t const axis : state_.tables.tables[t].axes) {
        if (!state_.index[small_.table].has(axis) && std::ranges::find(further_, axis) == further_.end())
          further_.push_back(axis);
      }
    }
  }

  /// Other places along an axis of the number's own table: those hidden already first, then those that cost least, and
  /// some of the largest, which can give most.
  [[nodiscard]] std::vector<std::size_t> partners(std::size_t axis, std::size_t most) const {
    TableIndex const& index = state_.index[small_.table];
    std::size_t const first = small_.cell - base_[axis] * index.stride(axis);
    std::vector<std::size_t> places;
    auto const cell = [&](std::size_t place) { return first + place * index.stride(axis); };
    auto const people = [&](std::size_t place) { return state_.lowest(small_.table, cell(place)); };
    for (std::size_t place = 0; place < state_.tables.axes[axis].length; ++place)
      if (place != base_[axis] && (people(place) > 1 || state_.withheld[small_.table])) places.push_back(place);
    std::ranges::stable_sort(places, [&](std::size_t a, std::size_t b) {
      bool const a_hidden = state_.hidden[small_.table][cell(a)];
      bool const b_hidden = state_.hidden[small_.table][cell(b)];
      return a_hidden != b_hidden ? a_hidden : people(a) < people(b);
    });
    if (places.size() <= most) return places;
    std::vector<std::size_t> chosen{places.begin(), places.begin() + static_cast<std::ptrdiff_t>(most - most / 3)};
    std::vector<std::size_t> rest{places.begin() + static_cast<std::ptrdiff_t>(chosen.size()), places.end()};
    std::ranges::stable_sort(rest, [&](std::size_t a, std::size_t b) { return people(a) > people(b); });
    chosen.insert(chosen.end(), rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(most / 3));
    return chosen;
  }

  /// Places along an axis that other tables have, those with most people first.
  [[nodiscard]] std::vector<std::size_t> places_of(std::size_t axis, std::size_t most) const {
    std::vector<double> people(state_.tables.axes[axis].length, 0.0);
    for (std::size_t const t : touched_) {
      if (!state_.index[t].has(axis)) continue;
      for (std::size_t place = 0; place < people.size(); ++place) {
        LinkedPlace at = base_;
        at[axis] = place;
        people[place] += state_.lowest(t, state_.index[t].cell(at));
      }
    }
    std::vector<std::size_t> places(people.size());
    for (std::size_t i = 0; i < places.size(); ++i) places[i] = i;
    std::ranges::stable_sort(places, [&](std::size_t a, std::size_t b) { return people[a] > people[b]; });
    if (places.size() > most) places.resize(most);
    return places;
  }

  void weigh(std::vector<std::vector<std::size_t>> const& choices, std::vector<std::size_t> const& at, Cube& best) {
    LinkedPlace start = base_;
    for (std::size_t i = 0; i < further_.size(); ++i) {
      std::size_t const choice = flipped_.size() + i;
      start[further_[i]] = choices[choice][at[choice]];
    }
    Cube& cube = tried_;
    cube.to_hide.clear();
    cube.giving.clear();
    double cost = 0;
    double give = std::numeric_limits<double>::infinity();  // how much less the corners of the other sign may be
    double take = give;                                     // and those of the number's own
    for (std::size_t const t : touched_) {
      TableIndex const& index = state_.index[t];
      std::size_t const first = index.cell(start);
      for (std::size_t corner = 0; corner < (std::size_t{1} << flipped_.size()); ++corner) {
        std::size_t cell = first;
        for (std::size_t i = 0; i < flipped_.size(); ++i) {
          std::size_t const stride = index.stride(flipped_[i]);
          if ((corner >> i & 1U) != 0) cell = cell + choices[i][at[i]] * stride - base_[flipped_[i]] * stride;
        }
        if (!state_.hidden[t][cell]) {
          if (state_.tables.tables[t].people[cell] <= 0) return;
          cost += cost_of(t, cell);
          // It cannot become better than what there is: the amount is at most what is needed.
          if (cost + hardly_anything >= best.score) return;
          cube.to_hide.push_back({t, cell});
        }
        bool const gives = std::popcount(corner) % 2 != 0;
        if (gives) cube.giving.push_back({t, cell});
        (gives ? give : take) = std::min(gives ? give : take, room(t, cell));
      }
      if (give < least_given) return;
    }
    // Less of the number counts as well, as long as one cube does it all.
    double const x = state_.tables.tables[small_.table].people[small_.cell];
    double const of_one = state_.tables.tables[small_.table].most_of_one;
    bool const alone =
        need_.is_first && x + give >= state_.rules.least * of_one && give + take >= (state_.rules.least - 1) * of_one;
    cube.amount = alone ? need_.amount : std::min(give, need_.amount);
    cube.score = (cost + hardly_anything) * need_.amount / cube.amount;
    if (cube.score < best.score) best = cube;
  }

  /// Nothing better can be found.
  [[nodiscard]] bool is_enough(Cube const& best) const { return best.score <= hardly_anything; }

  /// How much less a hidden number might be. Who reads the table may know that no hidden number is 0.
  [[nodiscard]] double room(std::size_t table, std::size_t cell) const {
    double const has = std::max(0.0, state_.lowest(table, cell) - 1);
    auto const given = need_.given.find({table, cell});
    return given == need_.given.end() ? has : std::max(0.0, has - given->second);
  }

  /// A sum says more than its parts: it is worth more.
  [[nodiscard]] double cost_of(std::size_t table, std::size_t cell) const {
    auto const sums = static_cast<double>(state_.tables.axes.size() - state_.tables.tables[table].axes.size());
    return (1 + state_.bits[table][cell]) * (1 + sums);
  }

  HidingState const& state_;
  SmallCell small_;
  Need const& need_;
  std::vector<std::size_t> flipped_;
  LinkedPlace base_;
  std::vector<std::size_t> touched_;
  std::vector<std::size_t> further_;
  Cube tried_;
};

Cube best_cube(HidingState const& state, SmallCell const& small, CubeSearch search, Need const& need) {
  std::vector<std::size_t> may_flip;
  std::size_t must_flip = 0;
  for (std::size_t const axis : state.tables.tables[small.table].axes) {
    LinkedAxis const& of = state.tables.axes[axis];
    if (!of.adds_up || of.length < 2) continue;
    if (of.total_known && search.totals == CubeSearch::Totals::known) must_flip |= std::size_t{1} << may_flip.size();
    may_flip.push_back(axis);
  }
  Cube best;
  for (std::size_t choice = 0; choice < (std::size_t{1} << may_flip.size()); ++choice) {
    if ((choice & must_flip) != must_flip || static_cast<std::size_t>(std::popcount(choice)) > most_flipped) continue;
    std::vector<std::size_t> flipped;
    for (std::size_t i = 0; i < may_flip.size(); ++i)
      if ((choice >> i & 1U) != 0) flipped.push_back(may_flip[i]);
    CubeFamily{state, small, need, std::move(flipped)}.search(search.corners, best);
  }
  return best;
}

}  // namespace

bool hide_corners(HidingState& state, SmallCell const& small, CubeSearch search) {
  Need need{(state.rules.least - 1) * state.tables.tables[small.table].most_of_one};
  std::vector<SmallCell> hidden_now;
  for (std::size_t cubes = 0; cubes < most_together; ++cubes) {
    Cube const cube = best_cube(state, small, search, need);
    if (cube.amount <= 0) break;
    for (SmallCell const& corner : cube.to_hide) {
      state.hidden[corner.table][corner.cell] = true;
      hidden_now.push_back(corner);
    }
    for (SmallCell const& corner : cube.giving) need.given[corner] += cube.amount;
    need.amount -= cube.amount;
    need.is_first = false;
    if (need.amount <= 0) return true;
  }
  for (SmallCell const& corner : hidden_now) state.hidden[corner.table][corner.cell] = false;
  return false;
}

}  // namespace utvei
