// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/model/model.hpp>

#include <string>
#include <string_view>

namespace utvei {

/// What people call a state or a group of states, in nb, nn or en; its name where nobody has said.
std::string words_of_states(Model const& model, std::string_view name, std::string_view language);
/// The same of outcomes such as `outside -> work + education`.
std::string words_of_outcome(Model const& model, std::string_view name, std::string_view language);

}  // namespace utvei
