// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/document/reader.hpp>
#include <utvei/model/definitions.hpp>

#include <string>
#include <string_view>

namespace utvei {

/// Letters, digits, `_` and `-`; not empty. Diagnoses other names; `what` is "state" or "trait".
bool check_name(std::string_view name, std::string_view what, Place const& place, Diagnostics& diagnostics);

/// A map of languages: nb, nn, en.
Labels read_labels(Value const& value, std::string const& what, Diagnostics& diagnostics);

}  // namespace utvei
