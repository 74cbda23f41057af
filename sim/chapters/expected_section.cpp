// SPDX-License-Identifier: Apache-2.0
#include "parts.hpp"

#include <algorithm>

namespace utvei {
namespace {

/// A place is said to be among the best with this chance, or not at all.
constexpr double chance_to_be_named = 0.8;

ReportText flag_words(std::string const& flag) {
  if (flag == "better") return said({"bedre enn forventet", "betre enn venta", "better than expected"});
  if (flag == "worse") return said({"dårligere enn forventet", "dårlegare enn venta", "worse than expected"});
  return said({"som forventet", "som venta", "as expected"});
}

ReportText names_of(Contents const& contents, std::vector<std::string> const& codes) {
  auto const labels = contents.region_labels();
  return in_three([&](std::string_view language) {
    std::vector<std::string> names;
    for (std::string const& code : codes) {
      auto const found = labels.find(code);
      names.push_back(found == labels.end() ? code : found->second.in(language));
    }
    return fmt::format("{}", fmt::join(names, ", "));
  });
}

ReportText group_words(Contents const& contents, std::string const& name) {
  if (name == "outside") return said({"utenfor", "utanfor", "outside"});
  if (name == "work") return said({"arbeid", "arbeid", "work"});
  if (name == "education") return said({"utdanning", "utdanning", "education"});
  return inside(contents.state(name));
}

std::vector<std::string> split(std::string const& text, std::string_view by) {
  std::vector<std::string> parts;
  std::size_t from = 0;
  for (std::size_t at = text.find(by); at != std::string::npos; at = text.find(by, from)) {
    parts.push_back(text.substr(from, at - from));
    from = at + by.size();
  }
  parts.push_back(text.substr(from));
  return parts;
}

/// `outside -> work + education` is `utenfor → arbeid eller utdanning`; other names stand as they are.
ReportText expected_outcome(Contents const& contents, std::string const& outcome) {
  auto const ends = split(outcome, " -> ");
  if (ends.size() < 2) return outcome_words(contents, outcome);
  return in_three([&](std::string_view language) {
    std::vector<std::string> words;
    for (std::string const& end : ends) {
      std::vector<std::string> states;
      for (std::string const& state : split(end, " + ")) states.push_back(group_words(contents, state).in(language));
      words.push_back(fmt::format("{}", fmt::join(states, language == "en" ? " or " : " eller ")));
    }
    return fmt::format("{}", fmt::join(words, " → "));
  });
}

ReportText trait_words(std::string const& name) {
  if (name == "age") return said({"alder", "alder", "age"});
  if (name == "time_in_state") return said({"tid i tilstanden", "tid i tilstanden", "time in state"});
  if (name == "year" || name == "calendar") return said({"år", "år", "year"});
  if (name == "sex") return said({"kjønn", "kjønn", "sex"});
  return same_in_all(name);
}

ReportText composition_words(std::vector<std::string> const& composition) {
  return in_three([&](std::string_view language) {
    std::vector<std::string> names;
    for (std::string const& name : composition) names.push_back(trait_words(name).in(language));
    return fmt::format("{}", fmt::join(names, ", "));
  });
}

ReportText expected_sentence(Contents const& contents, ExpectedFinding::Outcome const& outcome) {
  auto const flagged = [&](std::string_view flag) {
    return std::ranges::count_if(outcome.regions, [flag](auto const& one) { return !one.hidden && one.flag == flag; });
  };
  ReportText text =
      said({"{0} av {1} regioner ligger bedre enn sammensetningen tilsier, og {2} dårligere, ut over det som "
            "er vanlig variasjon.",
            "{0} av {1} regionar ligg betre an enn samansetninga tilseier, og {2} dårlegare, ut over det som er "
            "vanleg variasjon.",
            "{0} of {1} regions do better than their composition predicts, and {2} worse, beyond what is "
            "ordinary."},
           flagged("better"), outcome.regions.size(), flagged("worse"));
  std::vector<std::string> best;
  for (auto const& one : outcome.regions)
    if (!one.hidden && one.best_tenth >= chance_to_be_named) best.push_back(one.code);
  ReportText const chance = number_words(100 * chance_to_be_named, 0);
  if (best.empty())
    return followed_by(text, said({"Ingen kan sies å være blant den beste tidelen med sannsynlighet {} av 100.",
                                   "Ingen kan seiast å vere blant den beste tidelen med sannsyn {} av 100.",
                                   "None can be said to be in the best tenth with probability {} in 100."},
                                  chance));
  return followed_by(text, said({"Blant den beste tidelen med sannsynlighet minst {0} av 100: {1}.",
                                 "Blant den beste tidelen med sannsyn minst {0} av 100: {1}.",
                                 "In the best tenth with probability at least {0} in 100: {1}."},
                                chance, names_of(contents, best)));
}

/// Along the expected numbers, as the funnel widens to its thin end.
nlohmann::ordered_json limits_of(ExpectedFinding::Outcome const& outcome) {
  std::vector<ExpectedFinding::Region const*> order;
  for (auto const& one : outcome.regions)
    if (!one.hidden) order.push_back(&one);
  std::ranges::sort(order, {}, [](auto const* one) { return one->expected; });
  auto limits = nlohmann::ordered_json::array();
  for (auto const* const one : order)
    limits.push_back({{"expected", one->expected},
                      {"low_95", one->funnel_95.first},
                      {"high_95", one->funnel_95.second},
                      {"low_998", one->funnel_998.first},
                      {"high_998", one->funnel_998.second}});
  return limits;
}

ReportFigure funnel_figure(Contents const& contents, CommandFinding const& file, std::size_t number) {
  ExpectedFinding const& finding = *file.expected;
  ExpectedFinding::Outcome const& outcome = finding.outcomes[number];
  ReportFigure figure;
  figure.id = fmt::format("funnel-{}", number + 1);
  figure.kind = "funnel";
  figure.title = said({"Observert og forventet: {}", "Observert og venta: {}", "Observed and expected: {}"},
                      expected_outcome(contents, outcome.name));
  figure.columns = {
      region_column(),
      {"observed", said({"Observert", "Observert", "Observed"}), ReportUnit::number, 1},
      {"expected", said({"Forventet", "Venta", "Expected"}), ReportUnit::number, 1},
      {"ratio", said({"Observert / forventet, krympet", "Observert / venta, krympa", "Observed / expected, shrunk"}),
       ReportUnit::number, 2},
      {"low_95", said({"95 %, fra", "95 %, frå", "95 %, from"}), ReportUnit::number, 2},
      {"high_95", said({"95 %, til", "95 %, til", "95 %, to"}), ReportUnit::number, 2},
      {"flag", said({"Mot det forventede", "Mot det venta", "Against what was expected"}), ReportUnit::text}};
  for (auto const& one : outcome.regions) {
    if (one.hidden) {
      ++figure.held_back;
      continue;
    }
    figure.rows.push_back({one.code, one.observed, one.expected, one.ratio, one.low_95, one.high_95, one.flag});
    figure.labels["flag"][one.flag] = flag_words(one.flag);
  }
  figure.labels["region"] = contents.region_labels();
  figure.sentence = expected_sentence(contents, outcome);
  figure.definition = said({"Forventet av dem som bor der ({}), anslått uten regionen selv. En beskrivelse, ikke et "
                            "mål på hvor godt et kontor "
                            "arbeider.",
                            "Venta av dei som bur der ({}), rekna ut utan regionen sjølv. Ei skildring, ikkje eit mål "
                            "på kor godt eit kontor "
                            "arbeider.",
                            "Expected of who lives there ({}), estimated without the region itself. A description, not "
                            "a measure of how well "
                            "an office works."},
                           composition_words(outcome.composition));
  figure.source = said({"utvei regions --expected, {}", "utvei regions --expected, {}", "utvei regions --expected, {}"},
                       finding.study);
  figure.options["limits"] = limits_of(outcome);
  return figure;
}

}  // namespace

ReportSection expected_section(Contents const& contents, LeftOutParts& left_out) {
  ReportSection section{"expected",
                        said({"Hvem som gjør det bedre enn forventet", "Kven som gjer det betre enn venta",
                              "Who does better than expected"}),
                        {},
                        {}};
  for (CommandFinding const& file : contents.material().findings)
    if (file.expected)
      for (std::size_t i = 0; i < file.expected->outcomes.size(); ++i)
        section.figures.push_back(funnel_figure(contents, file, i));
  if (section.figures.empty())
    left_out.push_back({section.heading,
                        said({"Det trengs et register.", "Det trengst eit register.", "It takes a register."}),
                        "utvei regions study.yaml --expected --format json -o expected.json; utvei report … --with "
                        "expected.json"});
  return section;
}

}  // namespace utvei
