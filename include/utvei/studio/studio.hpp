// SPDX-License-Identifier: Apache-2.0
// `utvei studio`: a comparison in the browser whose scenarios people change and run. docs/studio.md.
#pragma once

#include <utvei/core/diagnostics.hpp>
#include <utvei/core/parallel.hpp>
#include <utvei/results/result.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace utvei {

struct StudioOptions {
  std::string folder;
  std::string baseline{};                ///< name of a file; empty: baseline.yaml
  std::string scenario{};                ///< that is run first; empty: the first with levers
  std::optional<std::uint32_t> draws{};  ///< at most; none: by the number of people
  int port{0};                           ///< 0: any that is free
  std::size_t threads{0};
  std::string language{"nb"};
  StopFlag const* stop{nullptr};  ///< raised: the studio ends
  /// What the program knows of itself.
  std::function<void(Provenance&)> add_program{};
  /// Words as one line for a shell.
  std::function<std::string(std::vector<std::string> const&)> command_line{};
  std::function<void(Diagnostics const&)> warn{};
  /// Told the address, with its token, once it can be opened.
  std::function<void(std::string const& address)> announce{};
};

/// Runs the baseline and one scenario, and serves the page of their comparison on this machine alone until it is
/// stopped; throws Interrupted then, and InputError where files are wrong or the port is taken.
void serve_studio(StudioOptions const& options);

}  // namespace utvei
