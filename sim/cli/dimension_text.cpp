// SPDX-License-Identifier: Apache-2.0
#include "mix_names.hpp"
#include "mix_text.hpp"

#include <utvei/results/evidence.hpp>
#include <utvei/results/text_columns.hpp>

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

namespace utvei {
namespace {

/// A column of sums: places of each choice, and staff by resource, for each certainty.
struct NeededSum {
  std::uint64_t number{0};
  std::map<std::string, std::uint64_t> staff;
};

std::set<std::string> staff_of(DimensionReport const& report) {
  std::set<std::string> names;
  for (auto const& cells : report.needed)
    for (NeededNumber const& one : cells)
      for (auto const& [name, number] : one.staff) names.insert(name);
  return names;
}

/// `19 of 20 (75–100 %)`
std::string new_runs(MixNames const& names, DimensionReport const& report, NeededNumber const& one) {
  std::string text = fmt::format("{} {} {}", one.runs_met_new, names.pick("av", "av", "of"), report.runs);
  if (one.low_95) text += fmt::format(" ({}–{})", names.number(100 * *one.low_95, 0), names.per_cent(*one.high_95));
  return text;
}

/// Runs that the search has not seen say that its certainty is not reached.
bool is_too_few(NeededNumber const& one, double certainty) {
  return one.is_met && one.high_95 && *one.high_95 < certainty;
}

bool has_too_few(DimensionReport const& report) {
  for (std::size_t k = 0; k < report.needed.size(); ++k)
    for (NeededNumber const& one : report.needed[k])
      if (is_too_few(one, report.certainty[k])) return true;
  return false;
}

std::string table_of_needed(MixNames const& names, DimensionReport const& report) {
  auto const staff = staff_of(report);
  std::vector<std::string> header{std::string{names.kind()}, std::string{names.pick("sted", "stad", "where")},
                                  std::string{names.pick("spør i alt", "spør i alt", "ask in all")}};
  for (double const certainty : report.certainty) {
    header.push_back(fmt::format("{} {}", names.places(), names.per_cent(certainty)));
    for (std::string const& name : staff) header.push_back(fmt::format("{} {}", name, names.per_cent(certainty)));
    header.emplace_back(names.pick("begynner i tide", "byrjar i tide", "begin in time"));
    header.emplace_back(names.pick("holdt i nye kjøringer", "heldt i nye køyringar", "held in new runs"));
  }
  TextColumns table{std::move(header)};
  for (std::size_t c = 0; c < report.cells.size(); ++c) {
    std::vector<std::string> row{names.choice(report.cells[c]), names.area(report.cells[c]),
                                 names.number(report.needed.front()[c].requests, 0)};
    for (std::size_t k = 0; k < report.needed.size(); ++k) {
      NeededNumber const& one = report.needed[k][c];
      row.push_back(fmt::format("{}{}", !one.is_met ? "> " : one.is_found ? "" : "≤ ", one.number));
      for (std::string const& name : staff)
        row.push_back(one.staff.contains(name) ? std::to_string(one.staff.at(name)) : "–");
      row.push_back(names.per_cent(one.share, 1));
      row.push_back(new_runs(names, report, one) + (is_too_few(one, report.certainty[k]) ? " *" : ""));
    }
    table.add(std::move(row));
  }
  return table.text();
}

std::string sums_of(MixNames const& names, DimensionReport const& report) {
  std::string text;
  for (std::size_t k = 0; k < report.certainty.size(); ++k) {
    std::map<std::size_t, NeededSum> sums;
    std::map<std::size_t, std::string> labels;
    for (std::size_t c = 0; c < report.cells.size(); ++c) {
      NeededSum& sum = sums[report.cells[c].choice];
      labels[report.cells[c].choice] = names.choice(report.cells[c]);
      sum.number += report.needed[k][c].number;
      for (auto const& [name, number] : report.needed[k][c].staff) sum.staff[name] += number;
    }
    text += fmt::format(
        fmt::runtime(names.pick("Til sammen, {} sikkert:", "Til saman, {} sikkert:", "In all, {} certain:")),
        names.per_cent(report.certainty[k]));
    char const* between = " ";
    for (auto const& [choice, sum] : sums) {
      text += fmt::format("{}{} {}", between, sum.number, labels[choice]);
      for (auto const& [name, number] : sum.staff) text += fmt::format(" ({} {})", number, name);
      between = ", ";
    }
    text += ".\n";
  }
  return text;
}

}  // namespace

std::string dimension_text(MixDesign const& design, Scenario const& scenario, DimensionReport const& report,
                           std::string_view data_class, std::string_view language) {
  MixNames const names{design, scenario, language};
  WaitingStandard const& standard = *design.standard;
  auto const say = [](std::string_view pattern, auto const&... arguments) {
    return fmt::format(fmt::runtime(pattern), arguments...) + '\n';
  };
  std::string text = made_up_notice(data_class, language);
  if (!text.empty()) text += "\n\n";
  text += say(names.pick("{}: så mange {} trengs for at {} begynner innen {}\n",
                         "{}: så mange {} trengst for at {} begynner innan {}\n",
                         "{}: so many {} it takes for {} to begin within {}\n"),
              design.name, names.places(), names.per_cent(standard.share), names.duration(standard.within));
  text += table_of_needed(names, report) + '\n' + sums_of(names, report) + '\n';
  bool const is_unmet = std::ranges::any_of(report.needed, [](auto const& cells) {
    return std::ranges::any_of(cells, [](NeededNumber const& one) { return !one.is_met; });
  });
  if (is_unmet)
    text +=
        say(names.pick("> betyr at standarden ikke holder med taket heller: noe annet enn plassene holder folk igjen, "
                       "eller taket er for lavt.",
                       "> tyder at standarden ikkje held med taket heller: noko anna enn plassane held folk att, "
                       "eller taket er for lågt.",
                       "> means that the standard does not hold at the ceiling either: something other than places "
                       "keeps people waiting, or the ceiling is too low."));
  if (report.is_cut)
    text += say(names.pick("Søket ble stanset før det var ferdig: `simulations: {}` er for få. Det som står etter ≤ "
                           "holder, og færre kan være nok.",
                           "Søket vart stansa før det var ferdig: `simulations: {}` er for få. Det som står etter ≤ "
                           "held, og færre kan vere nok.",
                           "The search was stopped before it was done: `simulations: {}` are too few. What stands "
                           "after ≤ does, and fewer may do."),
                design.simulations);
  text += say(
      names.pick(
          "Sikkert betyr at standarden holdt i så stor del av de {} kjøringene som søket brukte, i hvert sted for "
          "seg.\n"
          "Av dem som spør teller de som spør minst så lang tid før kjøringen er over. De som gir opp "
          "eller blir avvist teller som ikke begynt i tide; de som ikke lenger fyller vilkårene før fristen teller "
          "ikke.",
          "Sikkert tyder at standarden heldt i så stor del av dei {} køyringane som søket brukte, i kvar stad for "
          "seg.\n"
          "Av dei som spør tel dei som spør minst så lang tid før køyringa er over. Dei som gir opp eller blir "
          "avviste tel som ikkje begynt i tide; dei som ikkje lenger fyller vilkåra før fristen tel ikkje.",
          "Certain means that the standard held in so large a share of the {} runs that the search used, in each place "
          "by "
          "itself.\nOf those who ask those count who ask at least that long before the run is over. Who gives up or is "
          "turned away counts as not begun in time; who ceases to qualify before the time is up does not count."),
      report.runs);
  text += names.pick(
      "Nye kjøringer har tilfeldigheter som søket ikke har sett; i parentes 95 % intervall for hvor stor "
      "del av kjøringer som holder.\n",
      "Nye køyringar har tilfelle som søket ikkje har sett; i parentes 95 % intervall for kor stor del av "
      "køyringar som held.\n",
      "New runs have luck that the search has not seen; in brackets a 95 % interval for the share of runs "
      "in which it holds.\n");
  if (has_too_few(report))
    text += names.pick(
        "* Holder sjeldnere enn sagt i nye kjøringer: regn med at det trengs flere. Med flere `draws` eller "
        "`replicates` treffer søket bedre.\n",
        "* Held sjeldnare enn sagt i nye køyringar: rekn med at det trengst fleire. Med fleire `draws` eller "
        "`replicates` treffer søket betre.\n",
        "* Holds less often than stated in new runs: expect that more are needed. With more `draws` or `replicates` "
        "the search is nearer the mark.\n");
  text += notes_on_source(names, report.draws, data_class);
  return text;
}

}  // namespace utvei
