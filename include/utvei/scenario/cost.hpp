// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/document/reader.hpp>
#include <utvei/model/accounts.hpp>
#include <utvei/model/model.hpp>
#include <utvei/scenario/uncertain_ratio.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace utvei {

/// What one payer pays for a measure. Kroner of the year that the money file names; they follow wages to other years.
struct MeasureCost {
  Account payer{Account::state};
  Account to{Account::measures};  ///< real resources, or a person or employer who is given the money
  double per_participant_month{0};
  double per_participant{0};  ///< once, when they begin
  double per_place_month{0};  ///< of places that are limited, used or not
  double per_month{0};        ///< as long as the measure runs
  double start_cost{0};       ///< once, when it starts
  Place place{};
  /// An amount that is not known well: log-normal over parameter draws.
  struct Drawn {
    double MeasureCost::*amount{nullptr};
    UncertainRatio kroner;
    StreamId stream;
  };
  std::vector<Drawn> drawn{};
};

/// The cost in parameter draw `draw`.
MeasureCost draw_cost(MeasureCost const& cost, std::uint32_t seed, std::uint32_t draw);

/// What a measure does that has no price: told beside the money, and not added to it.
struct UnpricedEffect {
  Labels label;
  std::string who, size;
  bool is_better{true};
};

/// A number of kroner, 0 or more: `3200`, `3200 NOK` or `3200 kr`.
std::optional<double> as_kroner(Value const& value, std::string_view what, Diagnostics& diagnostics);
/// One of the six payers.
std::optional<Account> as_payer(Value const& value, std::string_view what, Diagnostics& diagnostics);

}  // namespace utvei
