// SPDX-License-Identifier: Apache-2.0
#include <utvei/model/loops.hpp>

#include <algorithm>

#include <nlohmann/json.hpp>

namespace utvei {
namespace {

using Json = nlohmann::ordered_json;

Json or_null(std::optional<double> value) {
  return value ? Json(*value) : Json(nullptr);
}

class Description {
 public:
  Description(Model const& model, GraphView const& view) : model_{model}, view_{view} {}

  [[nodiscard]] Json describe() const {
    Json json;
    json["format"] = "utvei-graph";
    json["format_version"] = 1;
    json["model"] = model_.name;
    json["states"] = states();
    json["ways"] = ways();
    json["absorbing"] = names(absorbing_states(model_));
    json["starts"] = names(view_.starts);
    json["loop_sets"] = Json::array();
    for (auto const& set : loop_sets(model_)) json["loop_sets"].push_back(names(set));
    json["dominators"] = passed_on_every_way();
    if (view_.chain != nullptr) add_chain(json, *view_.chain);
    return json;
  }

 private:
  [[nodiscard]] std::string const& name(StateId id) const { return model_.states[id].name; }

  [[nodiscard]] Json names(std::vector<StateId> const& ids) const {
    Json list = Json::array();
    for (StateId const id : ids) list.push_back(name(id));
    return list;
  }

  [[nodiscard]] Json states() const {
    Json list = Json::array();
    for (State const& state : model_.states) {
      list.push_back({{"name", state.name},
                      {"label", label_in(state.label, view_.language, state.name)},
                      {"group", state.group},
                      {"absorbing", state.absorbing}});
    }
    return list;
  }

  [[nodiscard]] Json ways() const {
    Json list = Json::array();
    for (Way const& way : ways_of(model_)) {
      State const& from = model_.states[way.from];
      Json json{{"from", from.name}, {"to", name(way.to)}};
      switch (way.kind) {
        case Way::Kind::transition:
          json["kind"] = "transition";
          json["rate_per_year"] = or_null(model_.transitions[*way.transition].rate_per_year);
          break;
        case Way::Kind::limit:
          json["kind"] = "limit";
          json["after"] = describe_limit(limit_of(way, from), model_.clocks);
          json["stay"] = or_null(stay_of(limit_of(way, from)));
          break;
        case Way::Kind::age:
          json["kind"] = "age";
          json["age"] = in_years(from.ends_at_age->age);
          break;
      }
      list.push_back(std::move(json));
    }
    return list;
  }

  /// null: no way from a start leads there.
  [[nodiscard]] Json passed_on_every_way() const {
    Dominators const passed = dominators(model_, view_.starts);
    Json json = Json::object();
    for (StateId const id : ids_of(passed)) json[name(id)] = passed[id] ? names(*passed[id]) : Json(nullptr);
    return json;
  }

  void add_chain(Json& json, JumpChain const& chain) const {
    json["at"] = view_.at;
    json["exact"] = chain.exact;
    json["basis"] = chain.exact ? "constant rates: exact"
                                : "embedded jump chain at the rates of one cell; age ends are left out where there are "
                                  "other ways out";
    json["next"] = next(chain);
    add_loops(json, chain);
    if (!view_.between) return;
    auto const [from, to] = *view_.between;
    json["from"] = name(from);
    json["to"] = name(to);
    json["probability_of_reaching"] = probability_of_reaching(chain, from, to);
    json["pathways"] = Json::array();
    auto const direct = std::ranges::find(chain.jumps[from], to, &Jump::to);
    for (Pathway const& pathway : likely_pathways(chain, from, to, view_.most)) {
      std::optional<double> detour;
      if (direct != chain.jumps[from].end() && direct->years && pathway.years) detour = *pathway.years - *direct->years;
      json["pathways"].push_back({{"states", names(pathway.states)},
                                  {"probability", pathway.probability},
                                  {"expected_years", or_null(pathway.years)},
                                  {"detour_years", or_null(detour)}});
    }
  }

  void add_loops(Json& json, JumpChain const& chain) const {
    json["loops"] = Json::array();
    for (Loop const& loop : likely_loops(chain, view_.most))
      json["loops"].push_back(
          {{"states", names(loop.states)}, {"probability", loop.probability}, {"expected_years", or_null(loop.years)}});
    json["returns"] = Json::object();
    auto const returns = returns_to(chain);
    for (StateId const id : ids_of(model_.states))
      json["returns"][name(id)] = {{"comes_back", returns[id.value()].comes_back},
                                   {"expected_returns", or_null(returns[id.value()].returns)}};
  }

  [[nodiscard]] Json next(JumpChain const& chain) const {
    Json json = Json::object();
    for (StateId const id : ids_of(chain.jumps)) {
      Json jumps = Json::array();
      for (Jump const& jump : chain.jumps[id]) {
        jumps.push_back({{"to", name(jump.to)},
                         {"probability", jump.probability},
                         {"by_transition", jump.by_transition},
                         {"expected_years", or_null(jump.years)}});
      }
      json[name(id)] = {{"mean_stay_years", or_null(chain.mean_stay[id])}, {"jumps", std::move(jumps)}};
    }
    return json;
  }

  Model const& model_;
  GraphView const& view_;
};

}  // namespace

std::string to_json(Model const& model, GraphView const& view) {
  return Description{model, view}.describe().dump(2) + "\n";
}

}  // namespace utvei
