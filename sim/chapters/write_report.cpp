// SPDX-License-Identifier: Apache-2.0
#include "parts.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace utvei {
namespace {

ReportText title_of(Contents const& contents) {
  return said({"{0} mot {1}, {2}", "{0} mot {1}, {2}", "{0} against {1}, {2}"},
              fmt::format("{}", fmt::join(contents.comparison().scenarios, ", ")), contents.comparison().baseline,
              contents.period());
}

ReportReproduction reproduction_of(Contents const& contents) {
  ReportReproduction made{{}, contents.baseline().provenance.seed, {}, contents.baseline().provenance.utvei_version};
  std::set<std::pair<std::string, std::string>> seen;
  for (RunResult const& result : contents.material().results) {
    Provenance const& provenance = result.provenance;
    if (std::ranges::find(made.commands, provenance.command_line) == made.commands.end())
      made.commands.push_back(provenance.command_line);
    for (InputFile const& file : provenance.inputs)
      if (seen.emplace(file.path, file.sha256).second) made.inputs.push_back({file.path, file.sha256});
  }
  made.commands.push_back(contents.material().command);
  return made;
}

void name_all(Contents const& contents, ReportDocument& document) {
  for (auto const& name : {contents.comparison().baseline}) document.scenarios.push_back({name, same_in_all(name)});
  for (std::string const& name : contents.comparison().scenarios)
    document.scenarios.push_back({name, same_in_all(name)});
  for (ReportArea const& area : contents.areas())
    document.regions.push_back({area.code, area.name, area.level, area.parent});
  for (StateInfo const& state : contents.baseline().states)
    document.states.push_back({state.name, contents.state(state.name), state.group});
}

}  // namespace

ReportDocument write_report(ReportMaterial const& material) {
  Contents const contents{material};
  ReportDocument document;
  document.title = title_of(contents);
  document.language = material.language;
  document.data_class = material.comparison.data_class;
  document.lead = lead_sentences(contents);
  name_all(contents, document);
  LeftOutParts left_out;
  // In the order of a Norwegian investigation, but the reader's own place comes first.
  for (auto const write :
       {recognise_section, difference_section, states_section, flows_section, places_section, expected_section,
        why_section, money_section, tornado_section, lives_section, waiting_section}) {
    ReportSection section = write(contents, left_out);
    if (!section.figures.empty()) document.sections.push_back(std::move(section));
  }
  document.sections.push_back(assumptions_section(contents, left_out));
  document.plan = plan_chapters(contents, document.sections);
  document.reproduction = reproduction_of(contents);
  return document;
}

}  // namespace utvei
