// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/document/value.hpp>

#include <cstddef>
#include <memory>

namespace utvei {

/// Parses a source's text from `offset` on; mistakes are the `fault`'s. A text without a value gives a null value
/// whose place is the source as a whole; after an error that ended the reading the value has no source at all.
Value parse_source(std::shared_ptr<SourceText const> const& source, std::size_t offset, Fault fault,
                   Diagnostics& diagnostics);

}  // namespace utvei
