// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/column.hpp>
#include <utvei/core/time.hpp>
#include <utvei/document/value.hpp>
#include <utvei/model/accounts.hpp>
#include <utvei/model/model.hpp>
#include <utvei/results/ledgers.hpp>

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace utvei {

/// Who pays what people live on in a state, apart from what they earn there.
struct StatePayer {
  std::optional<Account> first;  ///< of the first days of a stay
  Duration first_for{0};
  Account payer{Account::state};
};

/// A money file (docs/formats/money.md), checked against a model. Immutable.
struct MoneyRules {
  std::string path;
  std::string name;
  std::map<int, double> price_index;  ///< consumer prices by calendar year, without holes; else they grow
  Column<StateId, std::optional<StatePayer>> payers_of;
  Column<StateId, std::vector<std::pair<Account, double>>> services;  ///< kroner a year of each person there
  double tax_to_municipality{0}, tax_to_county{0};                    ///< shares; the state has the rest
  double municipal_tax_kept{0.4};  ///< of a municipality's share, where the rest is evened out between municipalities
  double contributions{0};         ///< of employers, as a share of pay
  double production{1};            ///< value of what a krone of labour cost makes
  LedgerRules ledgers;
  std::vector<std::string> inputs;
};

/// Reads `utvei: money/1`. `model`: the scenario's; nullptr: the one that the file names. Whatever is wrong goes to the
/// diagnostics.
MoneyRules read_money(std::string const& path, std::vector<Override> const& overrides, Request const& request,
                      Model const* model, Diagnostics& diagnostics);

}  // namespace utvei
