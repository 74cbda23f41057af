// SPDX-License-Identifier: Apache-2.0
#include "mix_names.hpp"
#include "mix_text.hpp"

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

std::string table_of_needed(MixNames const& names, DimensionReport const& report) {
  auto const staff = staff_of(report);
  std::vector<std::string> header{std::string{names.pick("tiltak", "tiltak", "measure")},
                                  std::string{names.pick("sted", "stad", "where")},
                                  std::string{names.pick("spør", "spør", "ask")}};
  for (double const certainty : report.certainty) {
    header.push_back(fmt::format("{} {}", names.pick("plasser", "plassar", "places"), names.per_cent(certainty)));
    for (std::string const& name : staff) header.push_back(fmt::format("{} {}", name, names.per_cent(certainty)));
    header.emplace_back(names.pick("begynner i tide", "begynner i tide", "begin in time"));
  }
  TextColumns table{std::move(header)};
  for (std::size_t c = 0; c < report.cells.size(); ++c) {
    std::vector<std::string> row{names.choice(report.cells[c]), names.area(report.cells[c]),
                                 names.number(report.needed.front()[c].requests, 0)};
    for (auto const& cells : report.needed) {
      NeededNumber const& one = cells[c];
      row.push_back(fmt::format("{}{}", one.is_met ? "" : "> ", one.number));
      for (std::string const& name : staff)
        row.push_back(one.staff.contains(name) ? std::to_string(one.staff.at(name)) : "–");
      row.push_back(names.per_cent(one.share, 1));
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
                           std::string_view language) {
  MixNames const names{design, scenario, language};
  WaitingStandard const& standard = *design.standard;
  auto const say = [](std::string_view pattern, auto const&... arguments) {
    return fmt::format(fmt::runtime(pattern), arguments...) + '\n';
  };
  std::string text = say(names.pick("{}: så mange plasser trengs for at {} begynner innen {}\n",
                                    "{}: så mange plassar trengst for at {} begynner innan {}\n",
                                    "{}: so many places it takes for {} to begin within {}\n"),
                         design.name, names.per_cent(standard.share), names.duration(standard.within));
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
    text += say(names.pick("Søket ble stanset før det var ferdig: `simulations: {}` er for få.",
                           "Søket vart stansa før det var ferdig: `simulations: {}` er for få.",
                           "The search was stopped before it was done: `simulations: {}` are too few."),
                design.simulations);
  text += say(
      names.pick(
          "Sikkert betyr at standarden holdt i så stor del av {} simulerte kjøringer, i hvert sted for seg.\n"
          "Av dem som spør teller de som spør minst så lang tid før kjøringen er over. De som gir opp "
          "eller blir avvist teller som ikke begynt i tide; de som ikke lenger fyller vilkårene før fristen teller "
          "ikke.",
          "Sikkert tyder at standarden heldt i så stor del av {} simulerte køyringar, i kvar stad for seg.\n"
          "Av dei som spør tel dei som spør minst så lang tid før køyringa er over. Dei som gir opp eller blir "
          "avviste tel som ikkje begynt i tide; dei som ikkje lenger fyller vilkåra før fristen tel ikkje.",
          "Certain means that the standard held in so large a share of {} simulated runs, in each place by "
          "itself.\nOf those who ask those count who ask at least that long before the run is over. Who gives up or is "
          "turned away counts as not begun in time; who ceases to qualify before the time is up does not count."),
      report.runs);
  return text;
}

}  // namespace utvei
