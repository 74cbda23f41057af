// SPDX-License-Identifier: Apache-2.0
#include <utvei/core/column.hpp>
#include <utvei/core/contract.hpp>
#include <utvei/core/id.hpp>

#include <gmock/gmock.h>

namespace utvei {
namespace {

TEST(Contract, SaysWhatAndWhere) {
  auto const broken = [] { UTVEI_EXPECT(1 + 1 == 3); };
  try {
    broken();
    FAIL() << "nothing was thrown";
  } catch (ContractViolation const& violation) {
    EXPECT_THAT(violation.what(), testing::MatchesRegex("contract_test.cpp:[0-9]+: expected: 1 \\+ 1 == 3"));
  }
  EXPECT_NO_THROW(UTVEI_ENSURE(1 + 1 == 2));
}

TEST(Column, IsIndexedByItsOwnId) {
  Column<StateId, int> column;
  auto const school = column.push_back(3);
  auto const work = column.push_back(5);
  EXPECT_EQ(column[school] + column[work], 8);
  std::vector<std::uint32_t> seen;
  for (auto const id : ids_of(column)) seen.push_back(id.value());
  EXPECT_THAT(seen, testing::ElementsAre(0U, 1U));
}

}  // namespace
}  // namespace utvei
