// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/document/value.hpp>

#include <string>
#include <vector>

namespace utvei {

/// Where a value stands in a document: keys of maps, names of items of lists, places in lists of items without names.
using ValuePath = std::vector<std::string>;

/// `measures.ips.places.total`.
std::string text_of(ValuePath const& path);

/// Whether all items of a list have names, so that a file laid over it can change single ones.
bool has_names(Value const& list);

/// nullptr where the document has no such value.
Value* value_at(Value& document, ValuePath const& path);
Value const* value_at(Value const& document, ValuePath const& path);

/// What a file must say to change these values of the document that it extends: maps down to each, and lists as a whole
/// where their items have no names. Paths of files in them are written as seen from `folder`; empty: whole.
Value laid_over(Value const& document, std::vector<ValuePath> const& paths, std::string const& folder);

}  // namespace utvei
