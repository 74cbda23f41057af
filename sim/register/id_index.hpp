// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/column.hpp>
#include <utvei/core/id.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace utvei {

/// Finds people by the ids of the files: open addressing over the ids, which stand elsewhere.
class IdIndex {
 public:
  using Ids = Column<PersonRow, std::string>;
  [[nodiscard]] std::optional<PersonRow> find(std::string_view id, Ids const& ids) const;
  /// Adds the last of `ids`, which is not there yet.
  void add_last(Ids const& ids);

 private:
  struct Slot {
    std::uint32_t hash{0};
    std::uint32_t row_and_one{0};  ///< 0: free
  };
  void place(Slot slot);
  void grow();

  std::vector<Slot> slots_;
};

}  // namespace utvei
