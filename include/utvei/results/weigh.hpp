// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/results/result.hpp>

#include <cstdint>

namespace utvei {

/// Multiplies tables of people, of their events, time and income by the number of people that one of the run stands
/// for, and keeps that number as Provenance::weight. `persons`, the number who were simulated, and medians stay as they
/// are.
void weigh(RunResult& result, std::int64_t weight);

}  // namespace utvei
