// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace utvei {

/// The folder of a scenario set that comes with the program, such as `norway`: beside an installed program in
/// share/utvei, or in the tree that it was built in. Throws InputError where neither has it.
std::string shipped_folder(std::string const& name);

}  // namespace utvei
