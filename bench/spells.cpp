// SPDX-License-Identifier: Apache-2.0
// Writes a register of synthetic spells for the benchmark of reading: `spells SPELLS FOLDER` makes persons.csv,
// spells.csv and regions.csv there. Each person has ten spells on end, of 1 to 400 days, in eight states by turns.
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <fmt/os.h>

namespace {

constexpr std::array states{"school", "apprenticeship", "work",           "unemployed", "sick_leave",
                            "aap",    "disability",     "no_known_status"};
constexpr int spells_each = 10;
constexpr int regions = 357;
constexpr int days_before_1970 = -8000;  ///< the earliest birth

std::string date(int days_since_1970) {
  return fmt::format("{:%F}", std::chrono::sys_days{std::chrono::days{days_since_1970}});
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  long const persons = std::atol(argv[1]) / spells_each;
  std::string const folder = argv[2];
  auto people = fmt::output_file(folder + "/persons.csv");
  auto spells = fmt::output_file(folder + "/spells.csv");
  auto places = fmt::output_file(folder + "/regions.csv");
  places.print("region;parent;level;name_nb\n");
  for (int region = 0; region < regions; ++region) places.print("r{0:03};;municipality;Sted {0}\n", region);
  people.print("person;birth;sex;region\n");
  spells.print("person;start;stop;state\n");
  std::mt19937_64 random{1};
  auto const below = [&random](std::uint64_t count) { return static_cast<int>(random() % count); };
  for (long person = 0; person < persons; ++person) {
    std::string const id = fmt::format("p{:07}", person);
    people.print("{};{};{};r{:03}\n", id, date(days_before_1970 + below(16'000)), below(2) == 0 ? "female" : "male",
                 below(regions));
    int day = 16'000 + below(1'000);
    int state = below(states.size());
    for (int spell = 0; spell < spells_each; ++spell) {
      int const stop = day + 1 + below(400);
      spells.print("{};{};{};{}\n", id, date(day), date(stop), states[static_cast<std::size_t>(state)]);
      day = stop;
      state = (state + 1 + below(states.size() - 1)) % static_cast<int>(states.size());
    }
  }
  return 0;
}
