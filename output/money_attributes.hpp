// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hdf5_read.hpp"
#include "hdf5_write.hpp"

#include <utvei/results/result.hpp>

namespace utvei {

/// The rules of a result's ledgers and the effects without a price, as the root's attribute `money` (JSON), and along
/// `payment` what each payment is. Nothing where no money was counted.
void write_money(hid_t root, RunResult const& result, Scales& scales);
void read_money_of(hid_t root, RunResult& result, ScaleReader& scales);

}  // namespace utvei
