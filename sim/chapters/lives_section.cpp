// SPDX-License-Identifier: Apache-2.0
#include "parts.hpp"

#include <utvei/core/time.hpp>

#include <algorithm>
#include <array>
#include <map>

namespace utvei {
namespace {

/// Lives that one picture can hold.
constexpr std::size_t most_lives = 100;

double decimal_year(Instant instant) {
  int const year = year_of(instant);
  Instant const start = start_of_year(year);
  Instant const end = start_of_year(year + 1);
  return year + static_cast<double>((instant - start).minutes) / static_cast<double>((end - start).minutes);
}

// The graph of pathways.

void add_edges(Contents const& contents, std::size_t scenario, bool of_baseline, ReportFigure& figure) {
  double const years = contents.years();
  for (ComparisonRow const* const row : contents.rows(scenario, "transitions", false)) {
    constexpr std::string_view arrow = " -> ";
    auto const at = row->state.find(arrow);
    double const people = of_baseline ? row->baseline : row->value;
    if (at == std::string::npos || people <= 0) continue;
    figure.rows.push_back({of_baseline ? contents.comparison().baseline : contents.name(scenario),
                           row->state.substr(0, at), row->state.substr(at + arrow.size()), people, people / years});
  }
}

ReportText graph_sentence(Contents const& contents) {
  ComparisonRow const* most = nullptr;
  for (ComparisonRow const* const row : contents.rows(0, "transitions", false))
    if (most == nullptr || row->baseline > most->baseline) most = row;
  if (most == nullptr) return {};
  ReportText const way = inside(contents.transition(most->state));
  ReportText const before = amount(most->baseline / contents.years());
  // Pictures show one scenario at a time: the numbers of both sides can be found again there.
  if (contents.scenarios() == 1)
    return said({"Den vanligste veien er {0}: {1} ganger i året uten endringen og {2} med.",
                 "Den vanlegaste vegen er {0}: {1} gonger i året utan endringa og {2} med.",
                 "The most frequent way is {0}: {1} times a year without the change and {2} with it."},
                way, before, amount(most->value / contents.years()));
  return said({"Den vanligste veien uten endringen er {0}: {1} ganger i året.",
               "Den vanlegaste vegen utan endringa er {0}: {1} gonger i året.",
               "The most frequent way without the change is {0}: {1} times a year."},
              way, before);
}

ReportFigure graph_figure(Contents const& contents) {
  ReportFigure figure;
  figure.id = "pathways";
  figure.kind = "pathway_graph";
  figure.title =
      said({"Veiene, og hvor mange som går dem", "Vegane, og kor mange som går dei", "The ways, and how many go them"});
  figure.columns = {scenario_column(),
                    {"from", said({"Fra", "Frå", "From"}), ReportUnit::text},
                    {"to", said({"Til", "Til", "To"}), ReportUnit::text},
                    {"people", said({"Overganger i alt", "Overgangar i alt", "Moves in all"}), ReportUnit::number, 1},
                    {"per_year", said({"I året", "I året", "A year"}), ReportUnit::number, 1}};
  for (std::size_t i = 0; i < contents.scenarios(); ++i) {
    if (i == 0) add_edges(contents, i, true, figure);
    add_edges(contents, i, false, figure);
  }
  figure.sentence = graph_sentence(contents);
  figure.definition = said({"Overganger i {}.", "Overgangar i {}.", "Moves in {}."}, contents.period());
  figure.source = contents.source();
  figure.labels["scenario"] = contents.scenario_labels();
  figure.labels["from"] = figure.labels["to"] = contents.state_labels();
  return figure;
}

// Lives of synthetic people.

/// The first lives that a result keeps, each as its stays.
ReportFigure sequences_figure(Contents const& contents) {
  ReportFigure figure;
  figure.id = "single-lives";
  figure.kind = "sequence_index";
  figure.title = said({"Slik kan liv gå", "Slik kan liv gå", "How lives may go"});
  figure.columns = {{"person", said({"Nr.", "Nr.", "No."}), ReportUnit::integer},
                    {"from", said({"Fra", "Frå", "From"}), ReportUnit::years, 2},
                    {"to", said({"Til", "Til", "To"}), ReportUnit::years, 2},
                    state_column()};
  auto const& lives = contents.baseline().life_courses;
  if (!lives) return figure;
  Provenance const& provenance = contents.baseline().provenance;
  auto const end = parse_date(provenance.end);
  if (!end) return figure;
  double const last = decimal_year(*end);
  std::size_t people = 0;
  for (std::size_t i = 0; i < lives->person.size() && people <= most_lives; ++i) {
    bool const begins = i == 0 || lives->person[i] != lives->person[i - 1];
    if (begins && ++people > most_lives) break;
    bool const ends = i + 1 == lives->person.size() || lives->person[i + 1] != lives->person[i];
    double const from = decimal_year(Instant{lives->time[i]});
    double const to = ends ? last : decimal_year(Instant{lives->time[i + 1]});
    if (to > from) figure.rows.push_back({static_cast<double>(people), from, to, lives->states[lives->to[i]]});
  }
  people = std::min(people, most_lives);
  figure.sentence = said({"{} liv som ikke finnes, fra {}, slik modellen lar dem gå.",
                          "{} liv som ikkje finst, frå {}, slik modellen lèt dei gå.",
                          "{} lives that do not exist, of {}, as the model lets them go."},
                         people, contents.baseline_title());
  figure.definition = said({"Oppdiktede mennesker: ingen av dem er eller ligner noen bestemt.",
                            "Oppdikta menneske: ingen av dei er eller liknar nokon bestemt.",
                            "Made-up people: none of them is, or is like, anybody."});
  figure.source = contents.source();
  figure.labels["state"] = contents.state_labels();
  figure.options["start"] = parse_date(provenance.start) ? decimal_year(*parse_date(provenance.start)) : last;
  figure.options["end"] = last;
  return figure;
}

// One life under several ways of working.

struct WayWords {
  std::string_view name;
  Saying words;
};
constexpr std::array<WayWords, 3> ways_of_working{
    {{"one_after_another", {"én ting om gangen", "éin ting om gongen", "one after another"}},
     {"referral", {"henvisning", "tilvising", "referral"}},
     {"together", {"sammen", "saman", "together"}}}};

constexpr std::array<WayWords, 8> life_events{
    {{"need", {"behov: {}", "behov: {}", "need: {}"}},
     {"found", {"{}: oppdaget", "{}: oppdaga", "{}: found"}},
     {"refused", {"{}: takker nei", "{}: takkar nei", "{}: refuses"}},
     {"waits", {"{}: venter", "{}: ventar", "{}: waits"}},
     {"given_up", {"{}: venter ikke lenger", "{}: ventar ikkje lenger", "{}: waits no longer"}},
     {"begins", {"{}: begynner", "{}: byrjar", "{}: begins"}},
     {"met", {"{}: ferdig", "{}: ferdig", "{}: over"}},
     {"broken_off", {"{}: avbrytes", "{}: blir avbroten", "{}: is broken off"}}}};

/// `2025-01-01 08:30` as a year with decimals; 0: it is no date.
double year_of_date(std::string const& date) {
  auto const day = parse_date(date.substr(0, 10));
  return day ? decimal_year(*day) : 0;
}

ReportText need_words(Contents const& contents, LifelineFinding const& life, std::string const& name) {
  auto const found = life.labels.find(name);
  if (found == life.labels.end()) return contents.measure(name);
  return in_three([&](std::string_view language) {
    auto const label = found->second.find(std::string{language});
    return label == found->second.end() ? name : label->second;
  });
}

void add_way(Contents const& contents, LifelineFinding const& life, LifelineFinding::Way const& way,
             ReportFigure& figure) {
  double const end = year_of_date(life.end);
  for (std::size_t i = 0; i < way.events.size(); ++i) {
    LifelineFinding::Event const& event = way.events[i];
    double const from = year_of_date(event.time);
    auto const next = std::find_if(way.events.begin() + static_cast<std::ptrdiff_t>(i) + 1, way.events.end(),
                                   [&](auto const& later) { return later.state != event.state; });
    bool const comes = i == 0 || way.events[i - 1].state != event.state;
    if (comes)
      figure.rows.push_back(
          {way.name, from, next == way.events.end() ? end : year_of_date(next->time), event.state, std::monostate{}});
    auto const words = std::ranges::find(life_events, event.kind, &WayWords::name);
    if (words == life_events.end()) continue;
    std::string const key = event.kind + " " + event.measure;
    figure.rows.push_back({way.name, from, from, event.state, key});
    figure.labels["text"][key] = said(words->words, need_words(contents, life, event.measure));
  }
}

ReportText life_sentence(LifelineFinding const& life) {
  ReportText const ways = in_three([&](std::string_view language) {
    std::vector<std::string> told;
    for (LifelineFinding::Way const& way : life.ways)
      for (auto const& [what, mean] : way.months)
        if (what == "to_all_met")
          told.push_back(fmt::format("{} {} (± {})", way_words(way.name).in(language),
                                     number_words(mean.first, 1).in(language),
                                     number_words(mean.second, 1).in(language)));
    return fmt::format("{}", fmt::join(told, ", "));
  });
  double const lives = life.ways.empty() ? 0 : static_cast<double>(life.ways.front().lives);
  return ways.empty() ? said({"Samme person og samme tilfeldigheter under flere måter å arbeide på.",
                              "Same person og same slump under fleire måtar å arbeide på.",
                              "The same person and luck under several ways of working."})
                      : said({"Måneder til alle behov er møtt, i snitt over {0} liv: {1}.",
                              "Månader til alle behov er møtte, i snitt over {0} liv: {1}.",
                              "Months until all needs are met, on average over {0} lives: {1}."},
                             number_words(lives, 0), ways);
}

ReportFigure life_figure(Contents const& contents, LifelineFinding const& life, std::size_t number) {
  ReportFigure figure;
  figure.id = fmt::format("life-{}", number);
  figure.kind = "life_lines";
  figure.title = said({"Ett liv, flere måter å arbeide på: {}", "Eitt liv, fleire måtar å arbeide på: {}",
                       "One life, several ways of working: {}"},
                      life.name);
  figure.columns = {{"way", said({"Måte å arbeide på", "Måte å arbeide på", "Way of working"}), ReportUnit::text},
                    {"from", said({"Fra", "Frå", "From"}), ReportUnit::years, 2},
                    {"to", said({"Til", "Til", "To"}), ReportUnit::years, 2},
                    state_column(),
                    {"text", said({"Hendelse", "Hending", "Event"}), ReportUnit::text}};
  for (LifelineFinding::Way const& way : life.ways) {
    add_way(contents, life, way, figure);
    figure.labels["way"][way.name] = way_words(way.name);
  }
  figure.labels["state"] = contents.state_labels();
  figure.sentence = life_sentence(life);
  figure.definition =
      said({"Ett menneske som ikke finnes, med de samme tilfeldighetene. At udekkede behov bremser veien ut, er "
            "en forutsetning, ikke evidens.",
            "Eitt menneske som ikkje finst, med den same slumpen. At udekte behov bremsar vegen ut, er ein "
            "føresetnad, ikkje evidens.",
            "One person who does not exist, with the same luck. That unmet needs slow the way out is an "
            "assumption, not evidence."});
  figure.evidence = "assumed";
  figure.source = said({"utvei lifeline, {}", "utvei lifeline, {}", "utvei lifeline, {}"}, life.name);
  figure.options["person"] = {{"nb", life.name}, {"nn", life.name}, {"en", life.name}};
  return figure;
}

}  // namespace

ReportText way_words(std::string const& way) {
  auto const found = std::ranges::find(ways_of_working, way, &WayWords::name);
  return found == ways_of_working.end() ? same_in_all(way) : said(found->words);
}

ReportSection lives_section(Contents const& contents, LeftOutParts& left_out) {
  ReportSection section{"lives", said({"Veier og liv", "Vegar og liv", "Ways and lives"}), {}, {}};
  ReportFigure graph = graph_figure(contents);
  if (!graph.rows.empty() && !graph.sentence.empty()) section.figures.push_back(std::move(graph));
  ReportFigure ways = ways_figure(contents);
  if (!ways.rows.empty() && !ways.sentence.empty())
    section.figures.push_back(std::move(ways));
  else
    left_out.push_back(
        {said({"Hvor mange som kommer gjennom, steg for steg", "Kor mange som kjem gjennom, steg for steg",
               "How many come through, step by step"}),
         said({"Scenariene spør ikke etter veier (`pathways`).", "Scenaria spør ikkje etter vegar (`pathways`).",
               "The scenarios ask for no ways (`pathways`)."}),
         "utvei run … --set \"pathways={ways: {NAME: {steps: [A, B], within: 3 years}}}\""});
  std::size_t number = 0;
  for (CommandFinding const& file : contents.material().findings)
    if (file.lifeline) section.figures.push_back(life_figure(contents, *file.lifeline, ++number));
  if (number == 0)
    left_out.push_back({said({"Ett liv, flere måter å arbeide på", "Eitt liv, fleire måtar å arbeide på",
                              "One life, several ways of working"}),
                        said({"Det er en egen beregning av et scenario med behov.",
                              "Det er ei eiga utrekning av eit scenario med behov.",
                              "It is a computation of its own, of a scenario with needs."}),
                        "utvei lifeline ONE_PERSON.yaml --format json > life.json; utvei report … --with life.json"});
  // A single life may be that of somebody only where rates come from a register.
  bool const is_synthetic = contents.comparison().data_class == "synthetic";
  ReportFigure lives = is_synthetic ? sequences_figure(contents) : ReportFigure{};
  if (!lives.rows.empty())
    section.figures.push_back(std::move(lives));
  else
    left_out.push_back(
        {said({"Enkeltliv", "Enkeltliv", "Single lives"}),
         is_synthetic ? said({"Grunnlaget har ikke livsløp.", "Grunnlaget har ikkje livsløp.",
                              "The baseline keeps no life courses."})
                      : said({"Liv vises bare for oppdiktede mennesker.", "Liv er vist berre for oppdikta menneske.",
                              "Lives are shown of made-up people only."}),
         "utvei run … --set life_courses=all"});
  return section;
}

}  // namespace utvei
