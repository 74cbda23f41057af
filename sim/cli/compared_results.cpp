// SPDX-License-Identifier: Apache-2.0
#include "compared_results.hpp"

#include <utvei/core/diagnostics.hpp>
#include <utvei/output/result_file.hpp>
#include <utvei/output/result_parts.hpp>
#include <utvei/run/prepare.hpp>

#include <string>
#include <utility>

namespace utvei {

ComparedResults load_compared(CompareArguments const& arguments, CompareOptions const& options) {
  std::vector<std::string> paths{arguments.baseline};
  paths.insert(paths.end(), arguments.others.begin(), arguments.others.end());
  ComparedResults compared;
  Diagnostics diagnostics;
  for (std::string const& path : paths)
    // What an effect is made of is counted from life courses, too, and from groups of many tables.
    collecting(diagnostics,
               [&] { compared.results.push_back(arguments.explain ? load_result(path) : load_sums(path)); });
  throw_if_errors(diagnostics);
  if (arguments.explain) return compared;
  bool const holds_all = arguments.value_of_information || arguments.tornado;
  auto const is_held = [&](Table const& table) {
    return holds_all || must_hold_groups(table, compared.results, options);
  };
  for (std::size_t i = 0; i < paths.size(); ++i) load_groups(paths[i], compared.results[i], is_held);
  compared.parts.baseline = groups_by_draw_of(paths.front());
  for (std::size_t i = 1; i < paths.size(); ++i) compared.parts.scenarios.emplace_back(groups_by_draw_of(paths[i]));
  return compared;
}

}  // namespace utvei
