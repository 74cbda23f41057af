// SPDX-License-Identifier: Apache-2.0
#include "example.hpp"

#include <utvei/population/fingerprint.hpp>

#include <algorithm>

#include <gtest/gtest.h>

namespace utvei {
namespace {

Population two_people() {
  Population people;
  people.key.push_back({7});
  people.key.push_back({8});
  people.state.push_back(StateId{0});
  people.state.push_back(StateId{1});
  people.birth.push_back(Instant{100});
  people.birth.push_back(Instant{200});
  return people;
}

TEST(Fingerprint, IsOfThePeopleAndNotOfTheirOrderOrTheThreads) {
  Model const model = example::model();
  Population turned;
  Population const people = two_people();
  for (std::size_t const i : {1U, 0U}) {
    turned.key.push_back(people.key[PersonRow{i}]);
    turned.state.push_back(people.state[PersonRow{i}]);
    turned.birth.push_back(people.birth[PersonRow{i}]);
  }
  EXPECT_EQ(fingerprint(people, model, 1), fingerprint(turned, model, 3));
}

TEST(Fingerprint, TellsWhoIsElsewhereOlderOrSomebodyElse) {
  Model const model = example::model();
  std::string const plain = fingerprint(two_people(), model, 1);
  Population moved = two_people();
  std::swap(moved.state[PersonRow{0}], moved.state[PersonRow{1}]);
  EXPECT_NE(fingerprint(moved, model, 1), plain);
  Population older = two_people();
  older.birth[PersonRow{0}] = Instant{99};
  EXPECT_NE(fingerprint(older, model, 1), plain);
  Population other = two_people();
  other.key[PersonRow{0}] = {9};
  EXPECT_NE(fingerprint(other, model, 1), plain);
}

}  // namespace
}  // namespace utvei
