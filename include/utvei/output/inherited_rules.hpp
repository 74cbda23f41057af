// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/disclosure/rules.hpp>

#include <string>
#include <vector>

namespace utvei {

/// The rules of what is made of files: the strictest of those that files made from registers hold, and of `own` where
/// these are others than usual; `own` where no file holds any. Files that are no HDF5 are passed over.
DisclosureRules inherited_rules(std::vector<std::string> const& files, DisclosureRules const& own = {});

}  // namespace utvei
