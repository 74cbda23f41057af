// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "graph.hpp"

#include <utvei/analysis/levers.hpp>
#include <utvei/analysis/pathway_flows.hpp>
#include <utvei/scenario/scenario.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace utvei {

/// What `graph` found out of a scenario: parts that were asked for.
struct LeverFindings {
  std::optional<LeverReport> levers;
  std::optional<FlowReport> flows;
  std::vector<WayRemoval> removals;
};

/// `most`: rows of a ranking.
std::string levers_text(Scenario const& scenario, std::vector<LeverOutcome> const& outcomes,
                        LeverFindings const& findings, std::size_t most, std::string_view data_class,
                        std::string_view language);
std::string levers_json(Scenario const& scenario, std::vector<LeverOutcome> const& outcomes,
                        LeverFindings const& findings, std::string_view data_class);
/// One table: levers, or flows where they alone are there.
std::string levers_csv(Scenario const& scenario, std::vector<LeverOutcome> const& outcomes,
                       LeverFindings const& findings);
/// The graph with what was found on its edges, for graphviz.
std::string levers_dot(Scenario const& scenario, std::vector<LeverOutcome> const& outcomes,
                       LeverFindings const& findings, std::string_view language);

/// `graph SCENARIO` with --levers, --flows or --without.
int levers_command(GraphArguments const& arguments, Session& session);

}  // namespace utvei
