// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/model/model.hpp>
#include <utvei/population/population.hpp>

#include <string>

namespace utvei {

/// What a definition asks for and the people do not have: `age`, or a trait; empty if they can be counted by it.
std::string why_not_counted(Definition const& definition, Model const& model, Population const& people);

}  // namespace utvei
