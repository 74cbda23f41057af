// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/random.hpp>
#include <utvei/model/model.hpp>

#include <set>
#include <string>
#include <string_view>

namespace utvei {

/// Gives streams to what a scenario adds to its model, and refuses those that meet.
class StreamNames {
 public:
  StreamNames(Model const& model, Diagnostics& diagnostics);
  /// `name` of the stream; `what` draws from it, in messages: "change".
  StreamId give(std::string const& name, std::string_view what, Place const& place);

 private:
  Diagnostics& diagnostics_;
  std::set<StreamId> taken_;
};

}  // namespace utvei
