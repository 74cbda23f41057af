// SPDX-License-Identifier: Apache-2.0
#include "measure_sections.hpp"

#include <utvei/model/model.hpp>

#include <algorithm>

#include <fmt/format.h>

namespace utvei {
namespace {

using Order = QueueRule::Order;

constexpr std::string_view example_of_by_trait = "order: {by_trait: {education: [basic, upper_secondary]}}";
constexpr std::int64_t most_waiting = 1'000'000'000;

/// `{education: [basic, upper_secondary]}`: who has the first level comes first.
void read_ranks(Value const& value, QueueRule& queue, MeasureReading const& with) {
  auto const id = read_one_trait(value, "by_trait", example_of_by_trait, with.model, with.diagnostics);
  if (!id) return;
  Trait const& trait = with.model.traits[*id];
  Value const& levels = value.members.front().value;
  auto const named = as_codes(levels, trait.name, with.diagnostics);
  if (levels.is_list() && levels.items.empty()) {
    with.diagnostics.error(levels.place, fmt::format("no level of trait `{}` comes first", trait.name), {},
                           "name at least one level");
  }
  auto const last = static_cast<std::uint32_t>(named.size());
  queue.order = Order::by_trait;
  queue.trait = *id;
  queue.rank_of_level.assign(trait.levels.size(), last);
  for (std::uint32_t rank = 0; rank < last; ++rank) {
    auto const& [name, place] = named[rank];
    auto const level = find_level(name, trait, place, with.diagnostics);
    if (!level) continue;
    if (queue.rank_of_level[*level] != last) {
      with.diagnostics.error(place, fmt::format("level `{}` stands twice", name), {}, "leave one of them out");
    }
    queue.rank_of_level[*level] = std::min(queue.rank_of_level[*level], rank);
  }
}

void read_order(Value const& value, std::string_view key, QueueRule& queue, MeasureReading const& with) {
  if (value.is_map()) {
    MapReader reader{value, fmt::format("`{}`", key), with.diagnostics};
    if (Value const* by_trait = reader.required("by_trait")) read_ranks(*by_trait, queue, with);
    reader.finish();
    return;
  }
  static std::vector<std::string> const known{"first_come", "random", "youngest", "longest_out", "by_trait"};
  auto const choice = as_choice(value, known, key, with.diagnostics);
  if (!choice) return;
  queue.order = static_cast<Order>(*choice);
  if (queue.order == Order::by_trait) {
    with.diagnostics.error(value.place, fmt::format("`{}: by_trait` does not say by which", key),
                           "the levels of a trait are named in the order in which people come",
                           std::string{example_of_by_trait});
  }
}

}  // namespace

std::optional<std::uint32_t> find_level(std::string_view name, Trait const& trait, Place const& place,
                                        Diagnostics& diagnostics) {
  auto const found = std::ranges::find(trait.levels, name);
  if (found != trait.levels.end()) return static_cast<std::uint32_t>(found - trait.levels.begin());
  diagnostics.error(place, fmt::format("no level `{}` of trait `{}`", name, trait.name), {},
                    did_you_mean(name, trait.levels));
  return std::nullopt;
}

std::optional<TraitId> read_one_trait(Value const& value, std::string_view what, std::string_view example,
                                      Model const& model, Diagnostics& diagnostics) {
  if (!value.is_map() || value.members.size() != 1) {
    diagnostics.error(value.place, fmt::format("`{}` must be a map of one trait", what), {}, std::string{example});
    return std::nullopt;
  }
  Member const& member = value.members.front();
  auto const trait = model.trait(member.key);
  if (!trait) {
    diagnostics.error(member.key_place, fmt::format("no trait `{}` in the model", member.key), {},
                      did_you_mean(member.key, model.trait_names()));
  } else if (model.traits[*trait].numeric) {
    diagnostics.error(member.key_place, fmt::format("trait `{}` is a number", member.key),
                      fmt::format("`{}` goes by the levels of a trait", what), "use a trait that has levels");
    return std::nullopt;
  }
  return trait;
}

void read_queue(Value const& value, QueueRule& queue, MeasureReading const& with) {
  MapReader reader{value, "`queue`", with.diagnostics};
  if (!value.is_map()) return;
  Value const* order = reader.optional("order");
  Value const* priority = reader.optional("priority");
  if (order) read_order(*order, "order", queue, with);
  if (priority) read_order(*priority, "priority", queue, with);
  if (order && priority) {
    with.diagnostics.error(priority->place, "`queue` has both `order` and `priority`",
                           "they are two words for the same", "keep one of them");
  }
  if (Value const* patience = reader.optional("gives_up_after")) {
    queue.gives_up_after = read_waiting_time(*patience, "gives_up_after", with.diagnostics);
  }
  if (Value const* most = reader.optional("at_most")) {
    auto const number = as_integer(*most, 0, most_waiting, "at_most", with.diagnostics);
    if (number) queue.at_most = static_cast<std::uint32_t>(*number);
  }
  reader.finish();
}

}  // namespace utvei
