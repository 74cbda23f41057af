// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/document/value.hpp>

#include <memory>

namespace utvei {

/// Parses JSON (RFC 8259) into the tree that YAML has: strings are quoted scalars, numbers keep their digits, `null` is
/// null, and every value knows its place. Keys twice, values nested more than 100 deep, bytes that are no UTF-8 and
/// syntax errors are diagnosed as the `fault`'s; after an error that ended the reading the value has no source.
Value parse_json(std::shared_ptr<SourceText const> const& source, Fault fault, Diagnostics& diagnostics);

}  // namespace utvei
