// SPDX-License-Identifier: Apache-2.0
#include "file_words.hpp"
#include "parts.hpp"
#include "scenario_items.hpp"

#include <utvei/results/evidence.hpp>

#include <algorithm>
#include <cmath>
#include <optional>

namespace utvei {
namespace {

using Fact = ReportAbout::Fact;

void add_fact(std::vector<Fact>& facts, Saying const& what, ReportText text) {
  if (!text.empty()) facts.push_back({said(what), std::move(text)});
}

constexpr Saying for_whom{"For hvem", "For kven", "For whom"};
constexpr Saying when{"Når", "Når", "When"};
constexpr Saying known_from{"Hva det bygger på", "Kva det byggjer på", "What it rests on"};

/// Places of a region, or of all, are a number or a map of dates.
ReportText places_over_time(Value const& places) {
  if (places.is_scalar()) return number_in_words(places, 1);
  std::vector<ReportText> parts;
  for (Member const& member : places.members)
    if (member.value.is_scalar())
      parts.push_back(said({"{0} fra {1}", "{0} frå {1}", "{0} from {1}"}, number_in_words(member.value, 1),
                           date_in_words(member.key)));
  return listed(parts);
}

ReportText places_by_region(Contents const& contents, Value const& places) {
  if (places.is_scalar())
    return said({"{} i hver region", "{} i kvar region", "{} in each region"}, number_in_words(places, 1));
  constexpr std::size_t most_listed = 8;
  double sum = 0;
  bool adds_up = true;
  std::vector<ReportText> parts;
  for (Member const& member : places.members) {
    adds_up = adds_up && member.value.is_scalar();
    if (member.value.is_scalar()) sum += std::atof(member.value.scalar.c_str());
    parts.push_back(said({"{0} i {1}", "{0} i {1}", "{0} in {1}"}, places_over_time(member.value),
                         contents.place_name(member.key)));
  }
  ReportText all = said({"{0} i alt i {1} regioner", "{0} i alt i {1} regionar", "{0} in all in {1} regions"},
                        number_words(sum, 0), places.members.size());
  if (places.members.size() > most_listed && adds_up) return all;
  return adds_up && places.members.size() > 1
             ? said({"{0} i alt: {1}", "{0} i alt: {1}", "{0} in all: {1}"}, number_words(sum, 0), listed(parts))
             : listed(parts);
}

ReportText places_in_words(Contents const& contents, Value const& measure) {
  ReportText text;
  Value const* const places = measure.find("places");
  if (places == nullptr || places->is_null())
    text = said({"ingen grense", "inga grense", "no limit"});
  else if (places->is_scalar())
    text = number_in_words(*places, 1);
  else if (Value const* const total = places->find("total"))
    text = places_over_time(*total);
  else if (Value const* const by_region = places->find("per_region"))
    text = places_by_region(contents, *by_region);
  else if (Value const* const of_people = places->find("per_1000"))
    text = said({"{} for hver tusende innbygger", "{} for kvar tusande innbyggjar", "{} per thousand residents"},
                places_over_time(*of_people));
  else
    text = said({"som det står i {}", "som det står i {}", "as {} has them"}, text_at(*places, "from_file"));
  Value const* const shared = measure.find("uses");
  if (shared != nullptr && !scalars_of(*shared).empty())
    text = followed_by(text,
                       said({"deler ressurser med andre tiltak", "deler ressursar med andre tiltak",
                             "shares resources with other measures"}),
                       "; ");
  return text;
}

ReportText uptake_in_words(Value const& measure) {
  Value const* const uptake = measure.find("uptake");
  if (uptake == nullptr || uptake->is_null())
    return said({"alle som får tilbud", "alle som får tilbod", "all who are offered it"});
  ReportText const share = number_in_words(*uptake, 100);
  if (share.empty() || uptake->find("by") != nullptr)
    return said({"ulikt for ulike grupper", "ulikt for ulike grupper", "differs between groups"});
  return said({"{} av 100 som får tilbud", "{} av 100 som får tilbod", "{} of 100 who are offered it"}, share);
}

ReportText trial_in_words(Value const& trial) {
  auto const share = [&](std::string_view key) {
    Value const* const value = trial.find(key);
    return value == nullptr ? ReportText{} : number_in_words(*value, 100);
  };
  return said({"som i et forsøk der {0} av 100 var i arbeid uten og {1} med, etter {2}",
               "som i eit forsøk der {0} av 100 var i arbeid utan og {1} med, etter {2}",
               "as in a trial in which {0} of 100 were in work without and {1} with it, after {2}"},
              share("control"), share("treated"), duration_in_words(text_at(trial, "at")));
}

ReportText ratio_in_words(Value const& ratio) {
  if (ratio.is_scalar() && std::atof(ratio.scalar.c_str()) == 1)
    return said({"ingen endring", "inga endring", "no change"});
  return said({"{} ganger så ofte", "{} gonger så ofte", "{} times as often"}, number_in_words(ratio, 1));
}

ReportText effect_in_words(Contents const& contents, Value const& effect) {
  Value const* const transitions = effect.find("transition");
  Value const* const trial = effect.find("from_trial");
  Value const* const ratio = effect.find("hazard_ratio");
  if (transitions == nullptr || (trial == nullptr && ratio == nullptr)) return {};
  ReportText text = followed_by(transitions_in_words(contents, *transitions),
                                trial != nullptr ? trial_in_words(*trial) : ratio_in_words(*ratio), ": ");
  Value const* const after = effect.find("after");
  if (after != nullptr && after->is_map())
    text = followed_by(
        text,
        said({"halvparten av virkningen er igjen {} etter slutt", "halvparten av verknaden er att {} etter slutt",
              "half of the effect is left {} after the end"},
             duration_in_words(text_at(*after, "half_life"))),
        "; ");
  if (text_at(effect, "assumed") == "true")
    text = followed_by(text, said({"en antakelse", "ein føresetnad", "an assumption"}), "; ");
  return text;
}

ReportText effects_in_words(Contents const& contents, Value const& measure) {
  std::vector<ReportText> all;
  if (Value const* const effects = measure.find("effects")) {
    Value const list = named_items(*effects);
    for (Value const& effect : list.items) all.push_back(effect_in_words(contents, effect));
  }
  ReportText const text = listed(all, ". ");
  return text.empty() ? said({"ingen virkning er lagt inn", "ingen verknad er lagd inn", "no effect is put in"}) : text;
}

ReportText evidence_in_words(Value const& measure) {
  Value const* const evidence = measure.find("evidence");
  if (evidence == nullptr || evidence->is_null())
    return said({"ingen studie: virkningene er antakelser", "ingen studie: verknadene er føresetnader",
                 "no study: effects are assumptions"});
  std::string const confidence = text_at(*evidence, "confidence");
  ReportText const grade = in_three(
      [&](std::string_view language) { return fmt::format("{} ({})", grade_words(confidence, language), confidence); });
  ReportText const text = followed_by(same_in_all(text_at(*evidence, "source")), grade, "; ");
  Value const* const note = evidence->find("note");
  return note == nullptr ? text : followed_by(text, labels_in(*note), "; ");
}

std::vector<Fact> facts_of_measure(Contents const& contents, Value const& measure) {
  std::vector<Fact> facts;
  if (Value const* const who = measure.find("who")) add_fact(facts, for_whom, people_in_words(contents, *who));
  Value const* const runs = measure.find("runs");
  ReportText time = runs == nullptr ? ReportText{} : span_in_words(runs->find("from"), runs->find("until"));
  if (time.empty()) time = said({"hele perioden", "heile perioden", "the whole period"});
  if (Value const* const in = measure.find("takes_in"))
    time = followed_by(time,
                       followed_by(said({"tar inn folk", "tek inn folk", "takes people in"}),
                                   span_in_words(in->find("from"), in->find("until"))),
                       "; ");
  add_fact(facts, when, time);
  add_fact(facts, {"Plasser", "Plassar", "Places"}, places_in_words(contents, measure));
  add_fact(facts, {"Hvor mange som takker ja", "Kor mange som takkar ja", "How many say yes"},
           uptake_in_words(measure));
  add_fact(facts, {"Hvor lenge det varer", "Kor lenge det varer", "How long it lasts"},
           time_in_words(measure.find("lasts")));
  add_fact(facts, {"Hva det gjør", "Kva det gjer", "What it does"}, effects_in_words(contents, measure));
  add_fact(facts, known_from, evidence_in_words(measure));
  return facts;
}

std::vector<Fact> facts_of_change(Contents const& contents, Value const& change) {
  std::vector<Fact> facts;
  Value const* const ratio = change.find("hazard_ratio");
  Value const* const transitions = change.find("transition");
  if (ratio != nullptr && transitions != nullptr)
    add_fact(facts, {"Hva som endres", "Kva som blir endra", "What is changed"},
             followed_by(transitions_in_words(contents, *transitions), ratio_in_words(*ratio), ": "));
  add_fact(facts, for_whom, people_in_words(contents, change));
  ReportText const time = span_in_words(change.find("from"), change.find("to"));
  add_fact(facts, when, time.empty() ? said({"hele perioden", "heile perioden", "the whole period"}) : time);
  add_fact(facts, known_from,
           said({"en hva-hvis: den sier hva som følger, ikke hva som får det til å skje",
                 "ein kva-om: han seier kva som følgjer, ikkje kva som får det til å skje",
                 "a what-if: it says what would follow, not what would bring it about"}));
  return facts;
}

void add_way_of_working(Value const& baseline, Value const& scenario, std::string const& name,
                        std::vector<ReportAbout>& all) {
  auto const way_of = [](Value const& file) {
    Value const* const coordination = file.find("coordination");
    return coordination == nullptr ? std::string{} : text_at(*coordination, "way");
  };
  std::string const way = way_of(scenario);
  if (way.empty() || way == way_of(baseline)) return;
  ReportAbout about{name, "coordination", said({"Samordning", "Samordning", "Coordination"}), {}};
  add_fact(about.facts, {"Måte å arbeide på", "Måte å arbeide på", "Way of working"}, way_words(way));
  all.push_back(std::move(about));
}

}  // namespace

std::vector<ReportAbout> about_scenarios(Contents const& contents) {
  std::vector<ReportAbout> all;
  Value const baseline = file_of(contents.baseline());
  for (std::size_t i = 0; i < contents.scenarios(); ++i) {
    Value const scenario = file_of(contents.scenario(i));
    for (Value const& measure : own_items(baseline, scenario, "measures")) {
      std::string const name = text_at(measure, "name");
      all.push_back({contents.name(i), name, contents.measure(name), facts_of_measure(contents, measure)});
    }
    std::size_t number = 0;
    for (Value const& change : own_items(baseline, scenario, "changes")) {
      ++number;
      std::string const name = text_at(change, "name");
      Value const* const transitions = change.find("transition");
      ReportText const label =
          transitions == nullptr ? same_in_all(name) : transitions_in_words(contents, *transitions);
      all.push_back({contents.name(i), name.empty() ? fmt::format("change {}", number) : name, label,
                     facts_of_change(contents, change)});
    }
    add_way_of_working(baseline, scenario, contents.name(i), all);
  }
  return all;
}

}  // namespace utvei
