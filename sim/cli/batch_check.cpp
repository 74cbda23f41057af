// SPDX-License-Identifier: Apache-2.0
#include "batch_check.hpp"

#include "progress.hpp"

#include <utvei/batch/batch_plan.hpp>

#include <fmt/format.h>

namespace utvei {

std::vector<std::string> notes_of_batch(std::string const& path, std::vector<Override> const& overrides,
                                        std::size_t threads, Diagnostics& diagnostics) {
  BatchFile file = read_batch(path, overrides, diagnostics);
  if (diagnostics.has_errors()) return {};
  VariantShelf shelf{"", threads};
  BatchPlan const plan = plan_batch(std::move(file), shelf, diagnostics);
  diagnostics.merge(plan.warnings);
  return {fmt::format("{} scenarios, {} unit{}", grouped(plan.variants.size()), grouped(plan.units.size()),
                      plan.units.size() == 1 ? "" : "s")};
}

}  // namespace utvei
