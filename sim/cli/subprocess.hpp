// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace utvei {

/// What another program said.
struct Reply {
  int exit_code{0};
  std::string out;
  std::string err;
};

/// Runs a program found on PATH, without a shell, with `input` as its standard input; nullopt if there is no such
/// program. It is given the signals of a fresh process.
std::optional<Reply> ask(std::vector<std::string> words, std::string_view input = {});

}  // namespace utvei
