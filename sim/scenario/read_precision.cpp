// SPDX-License-Identifier: Apache-2.0
#include "sections.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr std::int64_t most_replicates_of_all = 4096;
constexpr std::int64_t most_draws_of_all = (std::int64_t{1} << 20) - 1;
constexpr std::uint32_t most_replicates_unsaid = 1000;
constexpr std::uint32_t most_draws_unsaid = 5000;

/// `{of: person_years, state: work, region: ["4203", "4204"], year: 2030}`
void read_outcome_of(Value const& value, Precision& precision, Diagnostics& diagnostics) {
  if (!value.is_map()) {
    diagnostics.error(value.place, "`outcome` must be a map", {}, "write {of: person_years, state: work}");
    return;
  }
  std::size_t const errors = diagnostics.error_count();
  for (Member const& member : value.members) {
    if (member.key == "of") {
      precision.of = as_code(member.value, "of", diagnostics).value_or("");
      continue;
    }
    auto& labels = precision.where[member.key];
    if (member.value.is_scalar()) {
      // Years are labels, too.
      bool const is_year = member.key == "year";
      auto const label =
          is_year ? as_text(member.value, member.key, diagnostics) : as_code(member.value, member.key, diagnostics);
      if (label) labels.push_back(*label);
      continue;
    }
    for (auto const& [code, place] : as_codes(member.value, member.key, diagnostics)) labels.push_back(code);
  }
  if (precision.of.empty() && diagnostics.error_count() == errors)
    diagnostics.error(value.place, "`outcome` does not say of what", {},
                      "add of: person_years, or another table that `utvei compare` shows");
}

/// Names that tables of states, transitions and definitions have in the column `state`; groups of states, too.
std::vector<std::string> outcome_names(Model const& model) {
  std::vector<std::string> names = model.state_names();
  for (State const& state : model.states)
    if (std::ranges::find(names, state.group) == names.end()) names.push_back(state.group);
  for (Definition const& definition : model.definitions) names.push_back(definition.name);
  for (Transition const& transition : model.transitions) names.push_back(transition.name);
  return names;
}

/// What the model knows; other tables (of measures, of money) are known when there is a result.
void check_outcome(Precision const& precision, Place const& place, Model const& model, Diagnostics& diagnostics) {
  auto const labels = [&](char const* key) {
    auto const found = precision.where.find(key);
    return found == precision.where.end() ? std::vector<std::string>{} : found->second;
  };
  bool const is_of_states = precision.of.starts_with("person_years") || precision.of.starts_with("stock") ||
                            precision.of.starts_with("transitions") || precision.of.starts_with("defined");
  auto const known = outcome_names(model);
  for (std::string const& name : labels("state"))
    if (is_of_states && !name.ends_with('*') && std::ranges::find(known, name) == known.end())
      diagnostics.error(place, fmt::format("`precision` asks for `{}`, which the model does not have", name),
                        "it names a state, a group of states, a transition or a definition", did_you_mean(name, known));
  for (std::string const& code : labels("region"))
    if (!code.ends_with('*') && !model.regions.find(code))
      diagnostics.error(place, fmt::format("`precision` asks for region `{}`, which the model does not have", code),
                        "tables have regions at the bottom of the tree",
                        "write a code of the regions file, or \"42*\"");
}

}  // namespace

std::optional<Precision> read_precision(Value const& value, std::uint32_t draws, Model const& model,
                                        Diagnostics& diagnostics) {
  MapReader reader{value, "`precision`", diagnostics};
  if (!value.is_map()) return std::nullopt;
  Precision precision;
  precision.place = value.place;
  if (Value const* outcome = reader.required("outcome")) {
    read_outcome_of(*outcome, precision, diagnostics);
    if (!model.states.empty()) check_outcome(precision, outcome->place, model, diagnostics);
  }
  if (Value const* half = reader.required("half_width")) {
    auto const number = as_number_at_least(*half, 0, "half_width", diagnostics);
    precision.half_width = number.value_or(1);
    if (number && !(*number > 0))
      diagnostics.error(half->place, "a half width of 0 is never reached", {},
                        "write what difference would matter, in the unit of the outcome");
  }
  std::string const key = draws > 0 ? "most_draws" : "most_replicates";
  std::string const other = draws > 0 ? "most_replicates" : "most_draws";
  precision.most = draws > 0 ? most_draws_unsaid : most_replicates_unsaid;
  if (Value const* most = reader.optional(key))
    precision.most = static_cast<std::uint32_t>(
        as_integer(*most, 1, draws > 0 ? most_draws_of_all : most_replicates_of_all, key, diagnostics).value_or(1));
  if (Value const* said = reader.optional(other))
    diagnostics.error(
        said->place, fmt::format("`{}` has no use here", other),
        draws > 0 ? "with `draws` a run adds draws, each with new luck" : "with `draws: 0` a run adds replicates",
        fmt::format("write {}", key));
  reader.finish();
  return precision;
}

}  // namespace utvei
