// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "session.hpp"

#include <string>

namespace utvei {

struct DoctorArguments {
  std::string out{"runs"};     ///< folder of results to look at
  std::string format{"text"};  ///< text | json
};

/// Says what this machine has and lacks.
int doctor_command(DoctorArguments const& arguments, Session& session);

}  // namespace utvei
