// SPDX-License-Identifier: Apache-2.0
#include "parts.hpp"

#include <utvei/analysis/region_words.hpp>

#include <algorithm>
#include <cmath>
#include <map>

namespace utvei {
namespace {

constexpr double of_people = 100;
constexpr std::string_view share_of_people = "share of people";  ///< as `utvei regions` calls it

void add_component(DifferenceFinding::Difference const& difference, std::string const& component,
                   DifferenceFinding::Number const& number, ReportFigure& figure) {
  auto const scaled = [](std::optional<double> const& limit) {
    return limit ? ReportCell{of_people * *limit} : ReportCell{};
  };
  figure.rows.push_back({difference.region, difference.reference, difference.outcome, component,
                         of_people * number.value, scaled(number.low_95), scaled(number.high_95)});
}

ReportText component_label(Contents const& contents, std::string const& component) {
  if (component == "total") return said({"i alt", "i alt", "in all"});
  ReportText words = in_three([&](std::string_view language) { return component_words(component, language); });
  constexpr std::string_view of_group = "exits_from_";
  if (words.nb != component || !component.starts_with(of_group)) return words;
  return said({"rater ut av {}", "ratar ut av {}", "rates out of {}"},
              inside(outcome_words(contents, component.substr(of_group.size()))));
}

ReportText place_name(Contents const& contents, std::string const& code) {
  auto const labels = contents.region_labels();
  auto const found = labels.find(code);
  return found == labels.end() ? same_in_all(code) : found->second;
}

ReportText why_sentence(Contents const& contents, DifferenceFinding::Difference const& difference) {
  auto const most =
      std::ranges::max_element(difference.components, {}, [](auto const& one) { return std::abs(one.second.value); });
  bool const is_share = difference.unit == share_of_people;
  bool const is_more = difference.total.value >= 0;
  Saying const more_people{"{0} har {1} flere {2} av 100 enn {3}.", "{0} har {1} fleire {2} av 100 enn {3}.",
                           "{0} has {1} more {2} of 100 than {3}."};
  Saying const fewer_people{"{0} har {1} færre {2} av 100 enn {3}.", "{0} har {1} færre {2} av 100 enn {3}.",
                            "{0} has {1} fewer {2} of 100 than {3}."};
  Saying const more_years{"{0} har {1} flere år {2} for hver 100 enn {3}.",
                          "{0} har {1} fleire år {2} for kvar 100 enn {3}.",
                          "{0} has {1} more years {2} for each 100 people than {3}."};
  Saying const fewer_years{"{0} har {1} færre år {2} for hver 100 enn {3}.",
                           "{0} har {1} færre år {2} for kvar 100 enn {3}.",
                           "{0} has {1} fewer years {2} for each 100 people than {3}."};
  Saying const& saying = is_share ? (is_more ? more_people : fewer_people) : is_more ? more_years : fewer_years;
  ReportText text = said(saying, place_name(contents, difference.region),
                         number_words(of_people * std::abs(difference.total.value), 1),
                         outcome_words(contents, difference.outcome), place_name(contents, difference.reference));
  if (most == difference.components.end()) return text;
  return followed_by(text,
                     said({"Den største delen ligger i {0} ({1}).", "Den største delen ligg i {0} ({1}).",
                           "The largest part lies in {0} ({1})."},
                          component_label(contents, most->first), number_words(of_people * most->second.value, 1)));
}

ReportFigure why_figure(Contents const& contents, DifferenceFinding const& finding, std::string const& outcome,
                        std::size_t number) {
  ReportFigure figure;
  figure.id = fmt::format("why-{}", number);
  figure.kind = "decomposition";
  figure.title = said({"Hvor forskjellen mellom regioner ligger: {}", "Kvar skilnaden mellom regionar ligg: {}",
                       "Where the difference between regions lies: {}"},
                      outcome_words(contents, outcome));
  figure.columns = {region_column(),
                    {"reference", said({"Sammenlignet med", "Samanlikna med", "Compared with"}), ReportUnit::text},
                    {"outcome", said({"Utfall", "Utfall", "Outcome"}), ReportUnit::text},
                    {"component", said({"Del", "Del", "Part"}), ReportUnit::text},
                    {"contribution", said({"Bidrag", "Bidrag", "Contribution"}), ReportUnit::number, 2},
                    {"low_95", said({"95 %, fra", "95 %, frå", "95 %, from"}), ReportUnit::number, 2},
                    {"high_95", said({"95 %, til", "95 %, til", "95 %, to"}), ReportUnit::number, 2}};
  bool is_share = false;
  for (auto const& difference : finding.differences) {
    if (difference.outcome != outcome) continue;
    is_share = difference.unit == share_of_people;
    for (auto const& [component, part] : difference.components) {
      add_component(difference, component, part, figure);
      figure.labels["component"][component] = component_label(contents, component);
    }
    add_component(difference, "total", difference.total, figure);
    figure.sentences[difference.region] = why_sentence(contents, difference);
    if (figure.sentence.empty()) figure.sentence = why_sentence(contents, difference);
    figure.labels["region"][difference.region] = place_name(contents, difference.region);
    figure.labels["reference"][difference.reference] = place_name(contents, difference.reference);
  }
  figure.labels["component"]["total"] = component_label(contents, "total");
  figure.labels["outcome"][outcome] = outcome_words(contents, outcome);
  figure.definition = said(
      {"En beskrivelse av hvor forskjellen ligger, ikke hva den kommer av: hver del er snittet, over alle rekkefølger "
       "delene kan byttes i, av hva et bytte endrer.",
       "Ei skildring av kvar skilnaden ligg, ikkje kva han kjem av: kvar del er snittet, over alle rekkjefølgjer "
       "delane "
       "kan bytast i, av kva eit byte endrar.",
       "A description of where the difference lies, not of what makes it: each part is the mean, over all orders in "
       "which "
       "the parts may be exchanged, of what an exchange changes."});
  figure.source = said(
      {"utvei regions, {} parametertrekk", "utvei regions, {} parametertrekk", "utvei regions, {} parameter draws"},
      finding.draws);
  if (is_share)
    figure.options["unit"] = {{"nb", "av 100 personer"}, {"nn", "av 100 personar"}, {"en", "of 100 people"}};
  else
    figure.options["unit"] = {
        {"nb", "år for 100 personer"}, {"nn", "år for 100 personar"}, {"en", "years for 100 people"}};
  return figure;
}

}  // namespace

ReportText outcome_words(Contents const& contents, std::string const& outcome) {
  for (char const* const group : {"outside", "work", "education"})
    if (outcome == group) return people_in(group);
  return inside(contents.transition(outcome));
}

ReportSection why_section(Contents const& contents, LeftOutParts& left_out) {
  ReportSection section{
      "why", said({"Hvor regioner skiller seg", "Kvar regionar skil seg", "Where regions differ"}), {}, {}};
  std::size_t number = 0;
  for (CommandFinding const& file : contents.material().findings) {
    if (!file.differences) continue;
    std::vector<std::string> outcomes;
    for (auto const& one : file.differences->differences)
      if (std::ranges::find(outcomes, one.outcome) == outcomes.end()) outcomes.push_back(one.outcome);
    for (std::string const& outcome : outcomes)
      section.figures.push_back(why_figure(contents, *file.differences, outcome, ++number));
  }
  if (section.figures.empty())
    left_out.push_back(
        {section.heading,
         said({"Det er en egen beregning.", "Det er ei eiga utrekning.", "It is a computation of its own."}),
         "utvei regions baseline.yaml --region CODE --format json -o regions.json; utvei report … --with "
         "regions.json"});
  return section;
}

}  // namespace utvei
