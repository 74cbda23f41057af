// SPDX-License-Identifier: Apache-2.0
#include "program.hpp"

#include <string>
#include <vector>

int main(int argc, char** argv) {
  utvei::SignalWatch signals;
  utvei::Console console;
  utvei::Session session{console, signals, std::vector<std::string>(argv, argv + argc)};
  return utvei::run_program(session);
}
