// SPDX-License-Identifier: Apache-2.0
#include "unit_ends.hpp"

#include <utvei/core/diagnostics.hpp>

#include <new>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr unsigned mode_of_register = 0600;
constexpr unsigned mode_of_others = 0666;

}  // namespace

void save_unit(UnitStore const& store, BatchPlan const& plan, BatchUnit const& unit, PartedRun const& run,
               PartTallies& tallies) {
  bool const is_of_register = plan.variants[unit.variant].data_class == "register";
  store.save(unit.id, run.pack(tallies), is_of_register ? mode_of_register : mode_of_others);
}

std::string why_it_failed(std::exception const& error) {
  if (dynamic_cast<InputError const*>(&error) != nullptr) return error.what();
  if (dynamic_cast<std::bad_alloc const*>(&error) != nullptr)
    return "not enough memory: take fewer threads, or fewer people_per_unit";
  return fmt::format("a bug of ours: {}", error.what());
}

}  // namespace utvei
