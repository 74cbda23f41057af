// SPDX-License-Identifier: Apache-2.0
#include "lifeline_text.hpp"

#include "definition_words.hpp"

#include <utvei/results/readable.hpp>
#include <utvei/results/result.hpp>
#include <utvei/results/text_columns.hpp>

#include <array>
#include <functional>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace utvei {
namespace {

using Kind = LifeLineEvent::Kind;
using Json = nlohmann::ordered_json;

constexpr std::array<std::string_view, 11> kind_names{"state",    "contact", "need", "found",      "refused", "waits",
                                                      "given_up", "begins",  "met",  "broken_off", "parted"};

struct LifelineWording {
  std::string_view heading;
  std::array<std::string_view, 3> ways;
  std::array<std::string_view, 11> events;      ///< by kind; {} is a state, need or measure
  std::array<std::string_view, 2> of_measures;  ///< found, met: of a measure that is no help with a need
  std::string_view all_met;                     ///< months
  std::string_view summary;                     ///< heading; number of lives
  std::array<std::string_view, 8> rows;
  std::string_view counts;  ///< what is outside
  std::string_view times_are_assumed;
  std::string_view rests_on_assumption;
};

constexpr LifelineWording lifeline_nb{
    "{}: samme person og samme tilfeldigheter under tre måter å arbeide på",
    {"én ting om gangen", "henvisning", "sammen"},
    {"{}", "i kontakt med tjenestene", "behov: {}", "{}: oppdaget", "{}: takker nei", "{}: venter på hjelp",
     "{}: venter ikke lenger", "{}: får hjelp", "{}: behovet er møtt", "{}: hjelpen avbrytes", "ikke lenger i kontakt"},
    {"{}: tilbudt", "{}: ferdig"},
    "alle behov er møtt, {} måneder etter første kontakt",
    "I snitt over {} liv, måneder der ikke annet er sagt (± er 95 % usikkerhet fra tilfeldighetene)",
    {"fra en kontakt begynner til alle behov er møtt, bare der det skjer", "andel av kontaktene der det skjer, %",
     "venter på å bli oppdaget", "mellom tjenester", "venter på plass", "får hjelp", "utenfor arbeid og utdanning",
     "i arbeid"},
    "Utenfor arbeid og utdanning teller: {}.",
    "Ett oppdiktet liv. Hvor fort behov finnes og møtes, er det filen forutsetter, ikke funnet i en studie.",
    "At udekkede behov bremser veien ut, er en forutsetning, ikke evidens: forsøk med samordning fant ingen virkning "
    "på arbeid."};
constexpr LifelineWording lifeline_nn{
    "{}: same person og same slump under tre måtar å arbeide på",
    {"éin ting om gongen", "tilvising", "saman"},
    {"{}", "i kontakt med tenestene", "behov: {}", "{}: oppdaga", "{}: takkar nei", "{}: ventar på hjelp",
     "{}: ventar ikkje lenger", "{}: får hjelp", "{}: behovet er møtt", "{}: hjelpa blir avbroten",
     "ikkje lenger i kontakt"},
    {"{}: tilbode", "{}: ferdig"},
    "alle behov er møtte, {} månader etter første kontakt",
    "I snitt over {} liv, månader der ikkje anna er sagt (± er 95 % uvisse frå slumpen)",
    {"frå ein kontakt byrjar til alle behov er møtte, berre der det skjer", "del av kontaktane der det skjer, %",
     "ventar på å bli oppdaga", "mellom tenester", "ventar på plass", "får hjelp", "utanfor arbeid og utdanning",
     "i arbeid"},
    "Utanfor arbeid og utdanning tel: {}.",
    "Eitt oppdikta liv. Kor fort behov blir funne og møtte, er det fila føreset, ikkje funne i ein studie.",
    "At udekte behov bremsar vegen ut, er ein føresetnad, ikkje evidens: forsøk med samordning fann ingen verknad på "
    "arbeid."};
constexpr LifelineWording lifeline_en{
    "{}: the same person and luck under three ways of working",
    {"one after another", "referral", "together"},
    {"{}", "in contact with services", "need: {}", "{}: found", "{}: refuses", "{}: waits for help",
     "{}: waits no longer", "{}: is helped", "{}: the need is met", "{}: help is broken off", "no longer in contact"},
    {"{}: offered", "{}: over"},
    "all needs are met, {} months after first contact",
    "Mean of {} lives, months unless said otherwise (± is 95 % uncertainty from luck)",
    {"from when a contact begins to all needs met, only where that happens", "share of contacts in which it happens, %",
     "waiting to be found", "between services", "waiting for a place", "being helped", "outside work and education",
     "in work"},
    "Outside work and education counts: {}.",
    "A made-up life. How soon needs are found and met is what the file assumes, not the finding of a study.",
    "That unmet needs slow the way out is an assumption, not evidence: trials of coordination found no effect on "
    "work."};

LifelineWording const& lifeline_wording(std::string_view language) {
  if (language == "en") return lifeline_en;
  return language == "nn" ? lifeline_nn : lifeline_nb;
}

class WayText {
 public:
  WayText(WayOfLife const& life, std::string_view language)
      : life_{life}, language_{language}, words_{lifeline_wording(language)} {}

  std::string write() {
    text_ = std::string{words_.ways[static_cast<std::size_t>(life_.way)]} + '\n';
    std::size_t unmet = 0;
    Instant contact;
    for (LifeLineEvent const& event : life_.events) {
      if (event.kind == Kind::contact) contact = event.time;
      if (event.kind == Kind::need) ++unmet;
      line(event.time, what(event));
      bool const is_met = event.kind == Kind::met && is_need(event.measure);
      if (event.kind == Kind::parted) unmet = 0;
      if (is_met && unmet > 0 && --unmet == 0)
        line(event.time, fmt::format(fmt::runtime(words_.all_met), months(event.time - contact)));
    }
    return text_ + '\n';
  }

 private:
  [[nodiscard]] bool is_need(std::size_t measure) const { return life_.scenario.measures[measure].need.has_value(); }
  [[nodiscard]] std::string months(Duration time) const {
    return readable(static_cast<double>(time.minutes) / static_cast<double>(minutes_per_month), 1, language_);
  }
  void line(Instant time, std::string const& what) {
    text_ += fmt::format("  {}  {}\n", format(time).substr(0, 10), what);
  }

  [[nodiscard]] std::string what(LifeLineEvent const& event) const {
    Model const& model = life_.scenario.model;
    if (event.kind == Kind::state)
      return label_in(model.states[event.state].label, language_, model.states[event.state].name);
    std::string_view pattern = words_.events[static_cast<std::size_t>(event.kind)];
    if (event.kind == Kind::contact || event.kind == Kind::parted) return std::string{pattern};
    Measure const& measure = life_.scenario.measures[event.measure];
    if (!measure.need && event.kind == Kind::found) pattern = words_.of_measures[0];
    if (!measure.need && event.kind == Kind::met) pattern = words_.of_measures[1];
    return fmt::format(fmt::runtime(pattern), label_in(measure.label, language_, measure.name));
  }

  WayOfLife const& life_;
  std::string_view language_;
  LifelineWording const& words_;
  std::string text_;
};

bool slows_by_assumption(Scenario const& scenario) {
  for (Measure const& measure : scenario.measures)
    if (measure.need)
      for (Slowing const& slowing : measure.need->slows)
        if (slowing.ratio.mean != 1) return true;
  return false;
}

std::string summary_table(std::vector<WayOfLife> const& ways, std::string_view language) {
  LifelineWording const& words = lifeline_wording(language);
  auto const cell = [&](std::optional<Estimate> const& estimate, double factor) -> std::string {
    if (!estimate) return "–";
    std::string text = readable(factor * estimate->mean, 1, language);
    if (estimate->half_width > 0) text += " ± " + readable(factor * estimate->half_width, 1, language);
    return text;
  };
  std::vector<std::string> header{""};
  for (WayOfLife const& life : ways) header.emplace_back(words.ways[static_cast<std::size_t>(life.way)]);
  TextColumns table{std::move(header)};
  constexpr double per_cent = 100;
  auto const row = [&](std::size_t number, double factor,
                       std::function<std::optional<Estimate>(WaySummary const&)> const& of) {
    std::vector<std::string> cells{std::string{words.rows[number]}};
    for (WayOfLife const& life : ways) cells.push_back(cell(of(life.summary), factor));
    table.add(std::move(cells));
  };
  row(0, 1, [](WaySummary const& s) { return s.to_all_met; });
  row(1, per_cent, [](WaySummary const& s) { return s.share_all_met; });
  row(2, 1, [](WaySummary const& s) { return std::optional{s.to_be_found}; });
  row(3, 1, [](WaySummary const& s) { return std::optional{s.handed_over}; });
  row(4, 1, [](WaySummary const& s) { return std::optional{s.waiting}; });
  row(5, 1, [](WaySummary const& s) { return std::optional{s.being_helped}; });
  row(6, 1, [](WaySummary const& s) { return std::optional{s.outside}; });
  row(7, 1, [](WaySummary const& s) { return std::optional{s.in_work}; });
  return table.text();
}

std::string group_listed(Model const& model, std::string_view group, std::string_view language) {
  std::vector<bool> of_group;
  for (State const& state : model.states) of_group.push_back(state.group == group);
  return states_listed(of_group, model, language);
}

/// What is counted as outside, and that times are those of the file: no study is behind them, unless one is named.
std::string what_lives_rest_on(Scenario const& scenario, std::string_view language) {
  LifelineWording const& words = lifeline_wording(language);
  std::string text = fmt::format(fmt::runtime(words.counts), group_listed(scenario.model, "outside", language)) + '\n';
  text += std::string{words.times_are_assumed} + '\n';
  for (Measure const& measure : scenario.measures)
    if (!measure.effects.empty())
      text += fmt::format("- {}: {}\n", label_in(measure.label, language, measure.name),
                          evidence_words(evidence_of_measure(measure), language));
  return text;
}

Json json_of(std::optional<Estimate> const& estimate) {
  if (!estimate) return nullptr;
  return {{"mean", estimate->mean}, {"half_width_95", estimate->half_width}};
}

}  // namespace

std::string lifeline_text(std::string const& name, std::vector<WayOfLife> const& ways, std::string_view language) {
  LifelineWording const& words = lifeline_wording(language);
  std::string text = fmt::format(fmt::runtime(words.heading), name) + "\n\n";
  for (WayOfLife const& life : ways) text += WayText{life, language}.write();
  text += fmt::format(fmt::runtime(words.summary), ways.front().summary.lives) + "\n\n";
  text += summary_table(ways, language);
  text += '\n' + what_lives_rest_on(ways.front().scenario, language);
  if (slows_by_assumption(ways.front().scenario)) text += '\n' + std::string{words.rests_on_assumption} + '\n';
  return text;
}

std::string lifeline_json(std::string const& name, std::vector<WayOfLife> const& ways, std::string const& data_class) {
  Json all = Json::array();
  for (WayOfLife const& life : ways) {
    Json events = Json::array();
    for (LifeLineEvent const& event : life.events) {
      Json one{{"time", format(event.time)}, {"kind", kind_names[static_cast<std::size_t>(event.kind)]}};
      one["state"] = life.scenario.model.states[event.state].name;
      bool const is_of_state = event.kind == Kind::state || event.kind == Kind::contact || event.kind == Kind::parted;
      if (!is_of_state) one["measure"] = life.scenario.measures[event.measure].name;
      events.push_back(std::move(one));
    }
    WaySummary const& s = life.summary;
    all.push_back({{"way", way_names[static_cast<std::size_t>(life.way)]},
                   {"events", std::move(events)},
                   {"lives", s.lives},
                   {"months",
                    {{"to_all_met", json_of(s.to_all_met)},
                     {"to_be_found", json_of(s.to_be_found)},
                     {"handed_over", json_of(s.handed_over)},
                     {"waiting", json_of(s.waiting)},
                     {"being_helped", json_of(s.being_helped)},
                     {"outside", json_of(s.outside)},
                     {"in_work", json_of(s.in_work)}}},
                   {"share_all_met", json_of(s.share_all_met)}});
  }
  Json labels = Json::object();
  for (Measure const& measure : ways.front().scenario.measures)
    for (std::string_view const language : {"nb", "nn", "en"})
      labels[measure.name][language] = label_in(measure.label, language, measure.name);
  return Json{{"utvei", "lifeline/1"},
              {"data_class", data_class},
              {"name", name},
              {"end", format(ways.front().scenario.end)},
              {"labels", std::move(labels)},
              {"ways", std::move(all)}}
             .dump(2) +
         '\n';
}

}  // namespace utvei
