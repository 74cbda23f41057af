// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/model/accounts.hpp>
#include <utvei/results/ledgers.hpp>
#include <utvei/scenario/measure.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace utvei {

inline std::string name_of(Account account) {
  return std::string{account_names[static_cast<std::size_t>(account)]};
}

/// Gives each kind of payment its place, in the order in which they are first asked for.
class PaymentBook {
 public:
  PaymentBook() = default;
  explicit PaymentBook(std::vector<PaymentInfo> all) : all_{std::move(all)} {}
  std::size_t of_state(std::string const& state, std::string const& kind, std::string const& what, Account from,
                       Account to) {
    return place({fmt::format("{}: {}", state, what), kind, name_of(from), name_of(to), state, {}});
  }
  std::size_t of_measure(Measure const& measure, MeasureCost const& cost) {
    std::string const what = cost.to == Account::measures
                                 ? fmt::format("paid by {}", name_of(cost.payer))
                                 : fmt::format("{} to {}", name_of(cost.payer), name_of(cost.to));
    return place({fmt::format("{}: {}", measure.name, what),
                  "measure",
                  name_of(cost.payer),
                  name_of(cost.to),
                  {},
                  measure.name});
  }
  std::vector<PaymentInfo> const& all() const { return all_; }

 private:
  std::size_t place(PaymentInfo info) {
    auto const found = std::ranges::find(all_, info);
    if (found != all_.end()) return static_cast<std::size_t>(found - all_.begin());
    all_.push_back(std::move(info));
    return all_.size() - 1;
  }
  std::vector<PaymentInfo> all_;
};

}  // namespace utvei
