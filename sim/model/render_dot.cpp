// SPDX-License-Identifier: Apache-2.0
#include <utvei/model/graph.hpp>

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace utvei {
namespace {

/// Fills that people who do not tell red from green tell apart (Okabe & Ito 2008, lightened).
struct GroupColour {
  std::string_view group;
  std::string_view fill;
};
constexpr std::array<GroupColour, 3> known_groups{
    {{"work", "#bfe3d5"}, {"education", "#cde4f5"}, {"outside", "#f7d9b8"}}};
constexpr std::array<std::string_view, 4> other_fills{"#f3efb5", "#eed3e2", "#d9d4ef", "#e4e4e4"};

std::string quoted(std::string_view text) {
  std::string out{"\""};
  for (char const c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

class Picture {
 public:
  Picture(Model const& model, GraphView const& view) : model_{model}, view_{view} {
    for (State const& state : model.states) {
      bool const known = std::ranges::find(known_groups, state.group, &GroupColour::group) != known_groups.end();
      if (!state.group.empty() && !known && std::ranges::find(other_groups_, state.group) == other_groups_.end()) {
        other_groups_.push_back(state.group);
      }
    }
  }

  std::string draw() {
    out_ = fmt::format("digraph {} {{\n", quoted(model_.name.empty() ? "model" : model_.name));
    out_ += "  rankdir=LR;\n  node [shape=box, style=\"rounded,filled\", fillcolor=white, fontname=\"sans-serif\"];\n";
    out_ += "  edge [fontname=\"sans-serif\", fontsize=10];\n";
    if (!view_.at.empty()) out_ += fmt::format("  label={};\n", quoted(view_.at));
    for (StateId const id : ids_of(model_.states)) draw(id);
    std::vector<Way> const ways = ways_of(model_);
    for (std::size_t i = 0; i < ways.size(); ++i) draw(ways[i], i);
    return out_ + "}\n";
  }

 private:
  void draw(StateId id) {
    State const& state = model_.states[id];
    std::string label = quoted(label_in(state.label, view_.language, state.name));
    if (!view_.notes.empty()) label.insert(label.size() - 1, "\\n" + view_.notes[id.value()]);
    out_ += fmt::format("  {} [label={}, fillcolor=\"{}\"{}];\n", quoted(state.name), label, fill_of(state.group),
                        state.absorbing ? ", peripheries=2" : "");
  }

  [[nodiscard]] std::string_view fill_of(std::string_view group) const {
    if (group.empty()) return "#ffffff";
    auto const known = std::ranges::find(known_groups, group, &GroupColour::group);
    if (known != known_groups.end()) return known->fill;
    auto const other = std::ranges::find(other_groups_, group) - other_groups_.begin();
    return other_fills[static_cast<std::size_t>(other) % other_fills.size()];
  }

  void draw(Way const& way, std::size_t place) {
    bool const is_marked = !view_.marks.empty();
    out_ +=
        fmt::format("  {} -> {} [label={}{}{}];\n", quoted(model_.states[way.from].name),
                    quoted(model_.states[way.to].name), quoted(is_marked ? view_.marks[place].label : label_of(way)),
                    style_of(way.kind), is_marked ? line_of(view_.marks[place]) : "");
  }

  static std::string line_of(WayMark const& mark) {
    std::string line = fmt::format(", penwidth={:.1f}", mark.width);
    if (!mark.colour.empty()) line += fmt::format(", color=\"{}\", fontcolor=\"{}\"", mark.colour, mark.colour);
    return line;
  }

  static std::string_view style_of(Way::Kind kind) {
    if (kind == Way::Kind::limit) return ", style=dashed";
    return kind == Way::Kind::age ? ", style=dotted" : "";
  }

  [[nodiscard]] std::string label_of(Way const& way) const {
    State const& from = model_.states[way.from];
    if (way.kind == Way::Kind::limit) return describe_limit(limit_of(way, from), model_.clocks);
    if (way.kind == Way::Kind::age) return fmt::format("{:g}", in_years(from.ends_at_age->age));
    if (view_.chain != nullptr) {
      auto const& jumps = view_.chain->jumps[way.from];
      auto const jump = std::ranges::find(jumps, way.to, &Jump::to);
      return jump == jumps.end() ? "0 %" : fmt::format("{:.1f} %", 100 * jump->by_transition);
    }
    auto const& rate = model_.transitions[*way.transition].rate_per_year;
    return rate ? fmt::format("{:g}", *rate) : "";
  }

  Model const& model_;
  GraphView const& view_;
  std::vector<std::string> other_groups_;
  std::string out_;
};

}  // namespace

std::string to_dot(Model const& model, GraphView const& view) {
  return Picture{model, view}.draw();
}

}  // namespace utvei
