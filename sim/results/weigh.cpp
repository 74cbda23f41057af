// SPDX-License-Identifier: Apache-2.0
#include <utvei/core/contract.hpp>
#include <utvei/results/weigh.hpp>

namespace utvei {
namespace {

bool is_of_people(Table const& table) {
  return table.quantity != "persons" && table.quantity != "median_income";
}

}  // namespace

void weigh(RunResult& result, std::int64_t weight) {
  UTVEI_EXPECT(weight > 0 && result.provenance.weight == 1);
  result.provenance.weight = weight;
  if (weight == 1) return;
  for (auto* const tables : {&result.tables, &result.group_tables}) {
    for (Table& table : *tables) {
      if (!is_of_people(table)) continue;
      std::visit(
          [weight](auto& values) {
            for (auto& value : values) value *= static_cast<std::remove_reference_t<decltype(value)>>(weight);
          },
          table.values);
    }
  }
}

}  // namespace utvei
