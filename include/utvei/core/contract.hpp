// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>

namespace utvei {

/// A bug of ours, never of a user's: exit code 1.
class ContractViolation : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

[[noreturn]] void contract_violated(char const* kind, char const* condition, char const* file, int line);

}  // namespace utvei

/// What a caller must see to.
#define UTVEI_EXPECT(condition) \
  ((condition) ? static_cast<void>(0) : ::utvei::contract_violated("expected", #condition, __FILE__, __LINE__))
/// What a function promises.
#define UTVEI_ENSURE(condition) \
  ((condition) ? static_cast<void>(0) : ::utvei::contract_violated("ensured", #condition, __FILE__, __LINE__))
