// SPDX-License-Identifier: Apache-2.0
#include <utvei/register/cell_finder.hpp>
#include <utvei/register/stock_by_cell.hpp>

namespace utvei {
namespace {

HeadsByCell heads_at(LifeCourses const& lives, Model const& model, CellFinder const& finder, std::size_t cells,
                     Instant moment) {
  HeadsByCell counted{
      moment, Column<StateId, std::vector<std::int64_t>>(model.states.size(), std::vector<std::int64_t>(cells)), 0};
  for (std::size_t spell = 0; spell < lives.size(); ++spell) {
    SpellId const id{spell};
    if (lives.enter[id] > moment || lives.leave[id] <= moment) continue;
    auto const fixed = finder.attributes(lives.person[id], moment);
    auto const stretch = fixed.known == CellFinder::Known::all ? finder.at(id, moment, fixed.part)
                                                               : CellFinder::Stretch{std::nullopt, moment};
    if (stretch.cell) {
      ++counted.heads[lives.state[id]][*stretch.cell];
    } else {
      ++counted.left_out;
    }
  }
  return counted;
}

}  // namespace

std::vector<HeadsByCell> count_stock_by_cell(LifeCourses const& lives, Model const& model,
                                             std::vector<CellAxis> const& axes, std::vector<Instant> const& moments,
                                             std::size_t threads) {
  CellFinder const finder{lives, axes};
  std::size_t cells = 1;
  for (CellAxis const& axis : axes) cells *= axis.size();
  std::vector<HeadsByCell> counted(moments.size());
  parallel_for_blocks(moments.size(), 1, threads, nullptr, [&](Block const& block) {
    for (std::size_t m = block.first; m < block.last; ++m)
      counted[m] = heads_at(lives, model, finder, cells, moments[m]);
  });
  return counted;
}

}  // namespace utvei
