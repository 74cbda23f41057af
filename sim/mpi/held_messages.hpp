// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace utvei {

/// Holds back what a process writes to standard error, as one of many that write the same. Standard output goes
/// nowhere.
class HeldMessages {
 public:
  HeldMessages();
  ~HeldMessages();
  HeldMessages(HeldMessages const&) = delete;
  HeldMessages& operator=(HeldMessages const&) = delete;

  /// From now on messages are written as they come; `shows`: those that were held back, too.
  void release(bool shows);

 private:
  int held_{-1}, error_{-1};
};

}  // namespace utvei
