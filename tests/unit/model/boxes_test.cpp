// SPDX-License-Identifier: Apache-2.0
#include <utvei/model/boxes.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

/// Regions 0 (with 1 and 2 below) and 3; traits sex (2 levels) and education (3 levels).
class Boxes : public testing::Test {
 protected:
  Boxes() {
    for (auto const* code : {"42", "4203", "4204", "03"}) {
      Region region;
      region.code = code;
      model_.regions.add(std::move(region));
    }
    model_.regions.set_parent(RegionId{1}, RegionId{0});
    model_.regions.set_parent(RegionId{2}, RegionId{0});
    model_.traits.push_back({"sex", false, {"female", "male"}, {}});
    model_.traits.push_back({"education", false, {"basic", "upper", "higher"}, {}});
  }

  static Box box(std::optional<std::size_t> region, std::optional<std::uint32_t> sex = {}, Span age = everything) {
    Box made;
    if (region) made.region = RegionId{*region};
    if (sex) made.traits = {sex, std::nullopt};
    made.age = age;
    return made;
  }
  std::optional<Box> open(Box const& whole, std::vector<Box> const& parts) {
    return uncovered(whole, parts, level_counts(model_), model_.regions);
  }
  std::vector<std::pair<std::size_t, std::size_t>> ties(std::vector<Box> const& boxes) {
    std::vector<std::pair<std::size_t, std::size_t>> pairs;
    for (Tie const& tie : find_ties(boxes, model_, 100)) pairs.emplace_back(tie.first, tie.second);
    return pairs;
  }

  Model model_;
};

using Pairs = std::vector<std::pair<std::size_t, std::size_t>>;

TEST_F(Boxes, LieInsideEachOtherOnAllAxes) {
  auto const& regions = model_.regions;
  EXPECT_TRUE(lies_inside(box(1), box(0), regions));
  EXPECT_TRUE(lies_inside(box(1), box({}), regions));
  EXPECT_FALSE(lies_inside(box({}), box(1), regions));
  EXPECT_FALSE(lies_inside(box(1), box(2), regions));
  EXPECT_TRUE(lies_inside(box(1, 1), box(0), regions));
  EXPECT_FALSE(lies_inside(box(1), box(0, 1), regions));
  EXPECT_FALSE(lies_inside(box(1, 0), box(0, 1), regions));
  EXPECT_TRUE(lies_inside(box({}, {}, {5, 6}), box({}, {}, {5, 7}), regions));
  EXPECT_FALSE(lies_inside(box({}, {}, {5, 8}), box({}, {}, {5, 7}), regions));
}

TEST_F(Boxes, MeetWhereBothHold) {
  auto const both = intersection(box(0, {}, {0, 10}), box(1, 1, {5, 20}), model_.regions);
  ASSERT_TRUE(both);
  EXPECT_EQ(both->region, RegionId{1});
  EXPECT_EQ(level_of(*both, 0), 1U);
  EXPECT_EQ(both->age, (Span{5, 10}));
  EXPECT_FALSE(intersection(box(1), box(2), model_.regions));
  EXPECT_FALSE(intersection(box(1, 0), box(1, 1), model_.regions));
  EXPECT_FALSE(intersection(box(1, 0, {0, 5}), box(1, 0, {5, 9}), model_.regions));
}

TEST_F(Boxes, CoverABoxTogether) {
  EXPECT_FALSE(open(box({}), {box({})}));
  EXPECT_FALSE(open(box({}), {box(1), box(2), box(3)}));
  EXPECT_FALSE(open(box(0), {box(1, 0), box(1, 1), box(2)}));
  auto const hole = open(box({}), {box(1, 0), box(2), box(3)});
  ASSERT_TRUE(hole);
  EXPECT_EQ(describe(*hole, model_), "region 4203, sex male");
}

TEST_F(Boxes, LeaveAHoleOfAClock) {
  auto const hole = open(box({}, {}, {0, 100}), {box({}, {}, {0, 40}), box(0, {}, {40, 100}), box(3, {}, {50, 100})});
  ASSERT_TRUE(hole);
  EXPECT_EQ(hole->age, (Span{40, 50}));
  EXPECT_EQ(hole->region, RegionId{3});
}

TEST_F(Boxes, NestedBoxesDoNotTie) {
  EXPECT_EQ(ties({box({}), box(0), box(1), box(1, 0), box(1, 0, {0, 5})}), Pairs{});
  EXPECT_EQ(ties({box({}, {}, {0, 5}), box({}, {}, {5, 9})}), Pairs{});
}

TEST_F(Boxes, EqualBoxesTie) {
  EXPECT_EQ(ties({box(1), box({}), box(1)}), (Pairs{{0, 2}}));
}

TEST_F(Boxes, CrossingBoxesTieUnlessAThirdHoldsWhereTheyMeet) {
  EXPECT_EQ(ties({box(1), box({}, 0)}), (Pairs{{0, 1}}));
  EXPECT_EQ(ties({box(1), box({}, 0), box(1, 0)}), Pairs{});
  EXPECT_EQ(ties({box(0), box({}, 0), box(1, 0)}), (Pairs{{0, 1}}));
  EXPECT_EQ(ties({box(0), box({}, 0), box(1, 0), box(2, 0)}), Pairs{});
  EXPECT_EQ(ties({box({}, {}, {0, 10}), box({}, {}, {5, 20})}), (Pairs{{0, 1}}));
  EXPECT_EQ(ties({box({}, {}, {0, 10}), box({}, {}, {5, 20}), box({}, {}, {5, 10})}), Pairs{});
  EXPECT_EQ(ties({box(1, {}, {0, 10}), box(0, {}, {5, 20})}), (Pairs{{0, 1}}));
}

TEST_F(Boxes, TwoTraitsCross) {
  Box sex;
  sex.traits = {0U, std::nullopt};
  Box education;
  education.traits = {std::nullopt, 2U};
  Box both;
  both.traits = {0U, 2U};
  EXPECT_EQ(ties({sex, education}), (Pairs{{0, 1}}));
  EXPECT_EQ(ties({sex, education, both}), Pairs{});
  education.region = RegionId{3};
  EXPECT_EQ(ties({sex, education}), (Pairs{{0, 1}}));
}

TEST_F(Boxes, AgreeWithBruteForceOnRandomLists) {
  std::uint64_t luck = 7;
  auto const pick = [&luck](std::uint64_t n) { return (luck = mix64(luck)) % n; };
  for (int round = 0; round < 300; ++round) {
    std::vector<Box> boxes;
    for (int i = 0; i < 6; ++i) {
      Box one;
      if (auto const region = pick(5); region < 4) one.region = RegionId{region};
      one.traits.resize(2);
      if (auto const sex = pick(4); sex < 2) one.traits[0] = static_cast<std::uint32_t>(sex);
      if (pick(4) == 0) one.traits[1] = 2;
      if (auto const from = static_cast<std::int64_t>(pick(4)); from < 3)
        one.age = {from, from + 1 + static_cast<std::int64_t>(pick(3))};
      boxes.push_back(one);
    }
    bool tied = false;
    bool covered = true;
    for (std::size_t leaf : {1U, 2U, 3U}) {
      for (std::uint32_t cell = 0; cell < 6; ++cell) {
        for (std::int64_t age = -1; age < 7; ++age) {
          Box point;
          point.region = RegionId{leaf};
          point.traits = {cell % 2, cell / 2};
          point.age = {age, age + 1};
          std::vector<Box const*> best;
          for (Box const& one : boxes) {
            if (!lies_inside(point, one, model_.regions)) continue;
            bool beaten = false;
            for (Box const& other : boxes) {
              beaten = beaten || (&one != &other && lies_inside(point, other, model_.regions) &&
                                  lies_inside(other, one, model_.regions) && !lies_inside(one, other, model_.regions));
            }
            if (!beaten) best.push_back(&one);
          }
          tied = tied || best.size() > 1;
          covered = covered && !best.empty();
        }
      }
    }
    EXPECT_EQ(!ties(boxes).empty(), tied) << "round " << round;
    EXPECT_EQ(!open(box({}, {}, {-1, 7}), boxes), covered) << "round " << round;
  }
}

}  // namespace
}  // namespace utvei
