// SPDX-License-Identifier: Apache-2.0
#include "person_activities.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <tuple>

namespace utvei {
namespace {

/// A row begins or ends.
struct Edge {
  Instant at;
  bool is_stop;
  ActivityId activity;
};

std::vector<Edge> edges_of(std::span<SpellRow const> rows, Instant birth, Study const& study, RegisterCounts& counts) {
  std::vector<Edge> edges;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!is_of_use(rows, i, birth, study, counts)) {
      continue;
    }
    edges.push_back({std::max(rows[i].start, birth), false, rows[i].activity});
    if (rows[i].stop != distant_future) {
      edges.push_back({rows[i].stop, true, rows[i].activity});
    }
  }
  // Starts before stops: an activity that ends in one row and begins in another goes on.
  std::ranges::sort(edges, [](Edge const& a, Edge const& b) {
    return std::tie(a.at, a.is_stop, a.activity) < std::tie(b.at, b.is_stop, b.activity);
  });
  return edges;
}

}  // namespace

std::vector<ActivityChange> make_activities(std::span<SpellRow const> rows, Instant birth, Study const& study,
                                            RegisterCounts& counts) {
  auto const edges = edges_of(rows, birth, study, counts);
  std::vector<ActivityChange> changes;
  std::array<std::int64_t, ActivitySet::most> rows_with{};
  ActivitySet active;
  for (std::size_t i = 0; i < edges.size(); ++i) {
    Edge const& edge = edges[i];
    std::int64_t& open = rows_with.at(edge.activity.value());
    counts.joined += !edge.is_stop && open > 0 ? 1 : 0;
    open += edge.is_stop ? -1 : 1;
    if (open > 0) {
      active.insert(edge.activity);
    } else {
      active.erase(edge.activity);
    }
    bool const is_last_at_once = i + 1 == edges.size() || edges[i + 1].at > edge.at;
    if (is_last_at_once && (changes.empty() ? !active.empty() : changes.back().active != active)) {
      changes.push_back({edge.at, active});
    }
  }
  return changes;
}

PersonHistory make_history(std::vector<ActivityChange> const& changes, Instant birth, Study const& study,
                           RegisterCounts& counts) {
  PersonHistory history;
  for (std::size_t i = 0; i < changes.size(); ++i) {
    auto const state = study.activities.state_of(changes[i].active);
    if (!state) {
      continue;
    }
    bool const for_good = study.model.states[*state].absorbing;
    Instant const stop = for_good || i + 1 == changes.size() ? distant_future : changes[i + 1].from;
    append_spell({*state, changes[i].from, stop}, history);
    if (for_good) {
      break;
    }
  }
  finish_history(history, birth, study, counts);
  return history;
}

Timeline<std::uint16_t> flag_in_time(Timeline<ActivitySet> const& activities, ActivityFlag const& flag) {
  Timeline<std::uint16_t> line;
  line.first.reserve(activities.first.size());
  for (std::size_t p = 0; p + 1 < activities.first.size(); ++p) {
    line.first.push_back(line.from.size());
    line.from.push_back(distant_past);
    line.value.push_back(flag.no);
    for (std::size_t i = activities.first[p]; i < activities.first[p + 1]; ++i) {
      auto const level = activities.value[i].has(flag.activity) ? flag.yes : flag.no;
      if (level != line.value.back()) {
        line.from.push_back(activities.from[i]);
        line.value.push_back(level);
      }
    }
  }
  line.first.push_back(line.from.size());
  return line;
}

}  // namespace utvei
