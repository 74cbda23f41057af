// SPDX-License-Identifier: Apache-2.0
#include "own_measures.hpp"
#include "parts.hpp"
#include "region_kinds.hpp"

#include <utvei/core/data_class.hpp>

#include <algorithm>
#include <array>
#include <set>

namespace utvei {
namespace {

ReportText title_of(Contents const& contents) {
  ReportText scenarios;
  for (std::size_t i = 0; i < contents.scenarios(); ++i) scenarios = followed_by(scenarios, contents.title(i), ", ");
  return said({"{0} mot {1}, {2}", "{0} mot {1}, {2}", "{0} against {1}, {2}"}, scenarios,
              inside(contents.baseline_title()), contents.period());
}

std::string data_class_of(ReportMaterial const& material) {
  std::vector<std::string> classes{material.comparison.data_class};
  for (CommandFinding const& finding : material.findings) classes.push_back(finding.data_class);
  return strictest(classes);
}

ReportReproduction reproduction_of(Contents const& contents) {
  ReportReproduction made{{}, contents.baseline().provenance.seed, {}, contents.baseline().provenance.utvei_version};
  std::set<std::pair<std::string, std::string>> seen;
  for (RunResult const& result : contents.material().results) {
    Provenance const& provenance = result.provenance;
    if (std::ranges::find(made.commands, provenance.command_line) == made.commands.end())
      made.commands.push_back(provenance.command_line);
    for (InputFile const& file : provenance.inputs)
      if (std::string const path = readable_path(file.path); seen.emplace(path, file.sha256).second)
        made.inputs.push_back({path, file.sha256});
  }
  made.commands.push_back(contents.material().command);
  return made;
}

void name_all(Contents const& contents, ReportDocument& document) {
  document.scenarios.push_back({contents.comparison().baseline, contents.baseline_title()});
  for (std::size_t i = 0; i < contents.scenarios(); ++i)
    document.scenarios.push_back({contents.name(i), contents.title(i)});
  for (ReportArea const& area : contents.areas())
    document.regions.push_back({area.code, area.name, area.level, area.parent});
  document.region_kind = kind_of_regions(contents);
  document.municipalities = municipalities_within(contents);
  for (StateInfo const& state : contents.baseline().states)
    document.states.push_back({state.name, contents.state(state.name), state.group});
}

void add_lead(Contents const& contents, ReportDocument& document) {
  document.lead = lead_sentences(contents);
  document.lead_by_region = lead_by_place(contents);
  for (std::size_t at = document.lead.size(); at-- > 0;) {
    if (!document.lead[at].empty()) continue;
    document.lead.erase(document.lead.begin() + static_cast<std::ptrdiff_t>(at));
    for (auto& [region, lead] : document.lead_by_region) lead.erase(lead.begin() + static_cast<std::ptrdiff_t>(at));
  }
}

/// How to get what a scenario of several measures does not tell of each.
void ask_for_shares(Contents const& contents, LeftOutParts& left_out) {
  std::size_t const front = scenario_in_front(contents, contents.main_group());
  std::string const command = command_for_shares(contents, front);
  if (command.empty()) return;
  left_out.push_back({said({"Hva hvert tiltak gir", "Kva kvart tiltak gir", "What each measure gives"}),
                      said({"Alle er kjørt sammen. Kjør scenariet en gang for hvert, med de andre tatt ut.",
                            "Alle er køyrde saman. Køyr scenariet ein gong for kvart, med dei andre tekne ut.",
                            "All were run together. Run the scenario once for each, with the others taken out."}),
                      command});
}

}  // namespace

ReportDocument write_report(ReportMaterial const& material) {
  Contents const contents{material};
  ReportDocument document;
  document.title = title_of(contents);
  document.language = material.language;
  document.data_class = data_class_of(material);
  document.notices = notices(contents, document.data_class);
  add_lead(contents, document);
  document.about = about_scenarios(contents);
  name_all(contents, document);
  LeftOutParts left_out;
  // In the order of a Norwegian investigation, but the reader's own place comes first.
  for (auto const write :
       {recognise_section, difference_section, states_section, flows_section, places_section, expected_section,
        why_section, money_section, tornado_section, lives_section, waiting_section}) {
    ReportSection section = write(contents, left_out);
    if (!section.figures.empty()) document.sections.push_back(std::move(section));
  }
  ask_for_shares(contents, left_out);
  document.sections.push_back(assumptions_section(contents, left_out));
  document.plan = plan_chapters(contents, document);
  document.reproduction = reproduction_of(contents);
  return document;
}

}  // namespace utvei
