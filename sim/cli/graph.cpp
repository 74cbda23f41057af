// SPDX-License-Identifier: Apache-2.0
#include "graph.hpp"

#include "cell_at.hpp"
#include "exit_code.hpp"
#include "file_kind.hpp"
#include "levers.hpp"
#include "subprocess.hpp"
#include "text_output.hpp"

#include <utvei/document/reader.hpp>
#include <utvei/model/graph.hpp>
#include <utvei/model/limit_shares.hpp>
#include <utvei/output/population_file.hpp>
#include <utvei/register/disclosure.hpp>
#include <utvei/run/prepare.hpp>

#include <algorithm>
#include <optional>

#include <fmt/format.h>

namespace utvei {
namespace {

struct Subject {
  Model model;
  std::vector<StateId> starts;
};

/// Where people begin in a model without a scenario: states that no way leads into; the first where there is none.
std::vector<StateId> entries_of(Model const& model) {
  std::vector<Way> const ways = ways_of(model);
  std::vector<StateId> entries;
  for (StateId const state : ids_of(model.states)) {
    bool const entered = std::ranges::any_of(ways, [&](Way const& way) { return way.to == state; });
    if (!entered) entries.push_back(state);
  }
  if (entries.empty() && !model.states.empty()) entries.emplace_back(0);
  return entries;
}

Subject read_subject(GraphArguments const& arguments, Session& session) {
  Diagnostics diagnostics;
  std::vector<Override> const overrides = overrides_of(arguments.overrides);
  Subject subject;
  auto const kind = kind_of_file(arguments.file, overrides, diagnostics);
  throw_if_errors(diagnostics);
  if (kind == FileKind::scenario) {
    Scenario scenario = read_scenario(arguments.file, overrides, Request{}, diagnostics, load_population);
    throw_if_errors(diagnostics);
    subject.starts = start_states(scenario.population, scenario.model);
    subject.model = std::move(scenario.model);
  } else {
    subject.model = read_model(arguments.file, overrides, Request{}, diagnostics);
    throw_if_errors(diagnostics);
    subject.starts = entries_of(subject.model);
  }
  session.console.show(diagnostics);
  return subject;
}

StateId state_named(std::string const& name, std::string_view option, Model const& model) {
  if (auto const state = model.state(name)) return *state;
  throw InputError{Fault::usage, Place{}, fmt::format("{}: unknown state `{}`", option, name), "",
                   did_you_mean(name, model.state_names())};
}

std::optional<std::pair<StateId, StateId>> ends_of_pathways(GraphArguments const& arguments, Model const& model) {
  if (arguments.from.empty() && arguments.to.empty()) return std::nullopt;
  if (arguments.format != "json") {
    throw InputError{Fault::usage, Place{}, "--from and --to stand with --format json", "a picture shows all pathways",
                     "add --format json"};
  }
  return std::pair{state_named(arguments.from, "--from", model), state_named(arguments.to, "--to", model)};
}

/// Where limits lead whose shares are estimated, if the rate file tells; else they are not drawn.
void settle_if_known(Model& model, Session& session) {
  if (std::ranges::none_of(model.states, has_unknown_way_out)) return;
  Diagnostics diagnostics;
  collecting(diagnostics, [&] { settle_limits(model, rates_of(model, diagnostics), diagnostics); });
  if (!diagnostics.has_errors()) return;
  Diagnostics warnings;
  for (State const& state : model.states) {
    if (!has_unknown_way_out(state)) continue;
    warnings.warning(state.place,
                     fmt::format("where the limit of `{}` leads is not known, and is left out", state.name),
                     "`to: estimated` is in the rate file, and there is none that tells",
                     "name one of `utvei estimate` under `rates:`");
  }
  session.console.show(warnings);
}

/// Rates in the cell; none where the model alone does not say them all and nobody asked for what needs them.
/// `data_class`: theirs, if there are any.
std::optional<JumpChain> chain_of(GraphArguments const& arguments, Model const& model, bool needed,
                                  std::string& data_class) {
  Diagnostics diagnostics;
  Rates rates;
  collecting(diagnostics, [&] { rates = rates_of(model, diagnostics); });
  if (needed) throw_if_errors(diagnostics);
  if (diagnostics.has_errors()) return std::nullopt;
  data_class = rates.data_class;
  require_disclosure_cleared(rates.data_class, audience_of(arguments.inside), arguments.file, "shown");
  JumpChain chain = jump_chain(model, rates, read_cell(arguments.at, model));
  if (chain.missing.empty()) return chain;
  if (!needed) return std::nullopt;
  throw InputError{
      Fault::usage, Place{}, fmt::format("{}", fmt::join(chain.missing, "; ")),
      "rates of this model vary, or some are not given",
      "say for whom and when: --at \"age=25,region=42,year=2025,time_in_state=30 days\" and traits as NAME=LEVEL"};
}

std::string drawing(GraphArguments const& arguments, Model const& model, GraphView const& view) {
  if (arguments.format == "json") return to_json(model, view);
  std::string const dot = to_dot(model, view);
  return arguments.format == "svg" ? svg_of(dot) : dot;
}

/// What only levers, flows and ways have: csv and text, --outcome, --by.
void check_picture_of_model(GraphArguments const& arguments) {
  if (arguments.format == "text" || arguments.format == "csv")
    throw InputError{Fault::usage, Place{},
                     fmt::format("--format {} stands with --levers, --flows or --without", arguments.format),
                     "the graph itself is a picture or JSON", "add --levers, or write --format json"};
  if (!arguments.outcomes.empty() || !arguments.by.empty())
    throw InputError{Fault::usage, Place{}, "--outcome and --by stand with --levers", "", "add --levers"};
}

}  // namespace

std::string svg_of(std::string const& dot) {
  auto const answer = ask({"dot", "-Tsvg"}, dot);
  if (!answer) {
    throw InputError(Fault::data, Place{}, "graphviz is not installed: there is no program `dot`",
                     "a picture in SVG is drawn by it",
                     "install graphviz (apt install graphviz), or write the graph with --format dot");
  }
  if (answer->exit_code != 0) {
    throw InputError(Fault::data, Place{}, "graphviz could not draw the picture", answer->err,
                     "write the graph with --format dot and see what `dot` says of it");
  }
  return answer->out;
}

int graph_command(GraphArguments const& given, Session& session) {
  GraphArguments arguments = given;
  bool const of_people = arguments.levers || arguments.flows || !arguments.without.empty();
  if (arguments.format.empty()) arguments.format = of_people ? "text" : "dot";
  if (of_people) return levers_command(arguments, session);
  check_picture_of_model(arguments);
  Subject subject = read_subject(arguments, session);
  settle_if_known(subject.model, session);
  check_outputs({arguments.output}, {arguments.file});
  auto const between = ends_of_pathways(arguments, subject.model);
  std::string data_class;
  std::optional<JumpChain> const chain =
      chain_of(arguments, subject.model, between.has_value() || !arguments.at.empty(), data_class);
  GraphView view;
  view.starts = subject.starts;
  view.between = between;
  view.most = static_cast<std::size_t>(arguments.paths);
  view.chain = chain ? &*chain : nullptr;
  view.at = arguments.at;
  view.language = session.language;
  write_text(arguments.output, drawing(arguments, subject.model, view), session, file_mode(data_class));
  return exit_ok;
}

}  // namespace utvei
