// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace utvei {

/// Whether bytes begin as those of gzip do (RFC 1952).
bool is_gzip(std::string_view bytes);

/// What is packed in all members of a gzip file; nullopt if it is cut short or damaged.
std::optional<std::string> gunzip(std::string_view bytes);

}  // namespace utvei
