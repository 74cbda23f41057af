// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/document/value.hpp>

namespace utvei {

/// Sets what the override names; mistakes in it are usage errors.
void apply_override(Value& document, Override const& override, Diagnostics& diagnostics);

}  // namespace utvei
