// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "regions_expected.hpp"
#include "session.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace utvei {

struct RegionsArguments {
  std::string file;
  std::vector<std::string> overrides;
  std::string region;     ///< code; empty: of --all
  std::string reference;  ///< code; empty: all people of the scenario
  std::string level;      ///< --all: each region of this level against the reference
  std::string against;    ///< scenario of another year, of the same region
  std::vector<std::string> outcomes;
  std::string at;       ///< date: shares of heads then; empty: person-years
  std::string factors;  ///< `utvei: regions/1`
  std::optional<std::uint32_t> draws;
  std::string method;
  std::string output;
  std::string as_scenario;  ///< scenario to be written: the region with the rates of the reference
  bool inside{false};
  std::string format{"text"};
  RegionsExpectedOptions expected{};
};

/// `utvei regions`: why regions differ, or who does better than expected.
int regions_command(RegionsArguments const& arguments, Session& session);

}  // namespace utvei
