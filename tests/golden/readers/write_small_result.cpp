// SPDX-License-Identifier: Apache-2.0
// Writes the small result of the tests to the path it is given, for the readers beside it; with a second word as if it
// were made from a register.
#include "small_result.hpp"

#include <utvei/output/result_file.hpp>

#include <exception>
#include <iostream>
#include <span>

int main(int count, char** words) {
  std::span const arguments{words, static_cast<std::size_t>(count)};
  if (arguments.size() != 2 && arguments.size() != 3) {
    std::cerr << "write_small_result FILE [register]\n";
    return 2;
  }
  try {
    utvei::RunResult result = utvei::test::small_result();
    if (arguments.size() == 3) {
      result.provenance.data_class = arguments[2];
      result.life_courses.reset();
    }
    utvei::save_result(result, arguments[1]);
  } catch (std::exception const& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
  return 0;
}
