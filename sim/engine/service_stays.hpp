// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/observation/life_path.hpp>

namespace utvei {

class Life;

/// What services and the life that is over had to do with each other, into its path.
void note_services(Life const& life, LifePath& path);

}  // namespace utvei
