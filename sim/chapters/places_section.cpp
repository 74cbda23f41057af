// SPDX-License-Identifier: Apache-2.0
#include "areas.hpp"
#include "parts.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace utvei {
namespace {

constexpr double per = 1'000;

ReportText level_words(std::string const& level) {
  if (level == "municipality") return said({"kommune", "kommune", "municipality"});
  if (level == "county") return said({"fylke", "fylke", "county"});
  if (level == "labour_market" || level == "labour_market_region")
    return said({"bo- og arbeidsmarkedsregion", "bu- og arbeidsmarknadsregion", "labour-market region"});
  if (level.empty()) return said({"region", "region", "region"});
  return same_in_all(level);
}

/// The places of one scenario. Where a place is too small the number is that of the place above it, and is called so.
class PlaceRows {
 public:
  PlaceRows(Contents const& contents, std::size_t scenario, std::string const& group)
      : contents_{contents}, scenario_{scenario}, group_{group} {
    GroupQuestion question{group, false, {}};
    for (ReportArea const& area : contents.areas()) question.areas.push_back({area.code, area.regions});
    found_ = rows_of_group(contents.baseline(), contents.scenario(scenario), question, contents.material().gate);
    for (GroupRow const& one : found_.rows) by_area_[one.row.region] = &one;
  }

  [[nodiscard]] std::size_t held_back() const { return found_.held_back; }

  void add_to(ReportFigure& figure) const {
    for (ReportArea const& area : contents_.areas()) {
      if (!is_place(area)) continue;
      std::string const told = place_to_tell(contents_, area.code, by_area_, contents_.years());
      if (told.empty()) {
        figure.rows.push_back(empty_row(area));
        continue;
      }
      figure.rows.push_back(row(area, *by_area_.at(told), *contents_.area(told)));
    }
  }

  /// Said of the place alone: the first scenario's.
  void add_sentences(ReportFigure& figure) const {
    for (ReportArea const& area : contents_.areas()) {
      std::string const told = place_to_tell(contents_, area.code, by_area_, contents_.years());
      if (told.empty()) continue;
      figure.sentences[area.code] = sentence(area, *by_area_.at(told), *contents_.area(told));
    }
  }

  /// What a map cannot tell: where most happens, in people, and how many places have no number of their own.
  [[nodiscard]] ReportText sentence_of_all() const {
    std::size_t places = 0;
    std::size_t own = 0;
    std::size_t few = 0;
    GroupRow const* most = nullptr;
    for (ReportArea const& area : contents_.areas()) {
      if (!is_place(area)) continue;
      ++places;
      few += why(area) == Untold::few ? 1U : 0U;
      if (why(area) != Untold::none) continue;
      ++own;
      GroupRow const* const found = by_area_.at(area.code);
      if (most == nullptr || std::abs(found->row.difference) > std::abs(most->row.difference)) most = found;
    }
    ReportText without = reasons_in_words(places, few, places - own - few);
    if (most == nullptr) return without;
    Saying const more{
        "I antall er forskjellen størst i {0}: {1} flere personår, {2} med endringen og {3} uten{4}.",
        "I tal er skilnaden størst i {0}: {1} fleire personår, {2} med endringa og {3} utan{4}.",
        "In number the difference is largest in {0}: {1} more person-years, {2} with the change and {3} without{4}."};
    Saying const fewer{
        "I antall er forskjellen størst i {0}: {1} færre personår, {2} med endringen og {3} uten{4}.",
        "I tal er skilnaden størst i {0}: {1} færre personår, {2} med endringa og {3} utan{4}.",
        "In number the difference is largest in {0}: {1} fewer person-years, {2} with the change and {3} without{4}."};
    ComparisonRow const& row = most->row;
    TwoAmounts const both = amounts_of(row);
    ReportText text = said(row.difference > 0 ? more : fewer, contents_.area(row.region)->name,
                           amount(std::abs(row.difference)), both.value, both.baseline, both.rounded);
    return followed_by(text, without);
  }

 private:
  /// How many have no number of their own, and why.
  [[nodiscard]] ReportText reasons_in_words(std::size_t places, std::size_t few, std::size_t uncertain) const {
    if (few + uncertain == 0) return {};
    std::vector<ReportText> parts;
    if (few > 0)
      parts.push_back(said({"i {0} er færre enn {1} {2} i snitt", "i {0} er færre enn {1} {2} i snitt",
                            "in {0} fewer than {1} are {2} on average"},
                           few, number_words(fewest_of_a_place, 0), people_in(group_)));
    if (uncertain > 0)
      parts.push_back(
          said({"i {0} er usikkerheten større enn forskjellen selv", "i {0} er uvissa større enn skilnaden sjølv",
                "in {0} what is not known is larger than the difference"},
               uncertain));
    ReportText why;
    for (ReportText const& part : parts) why = followed_by(why, part, ", ");
    return said({"{0} av {1} regioner har ikke et eget tall: {2}.", "{0} av {1} regionar har ikkje eit eige tal: {2}.",
                 "{0} of {1} regions have no number of their own: {2}."},
                few + uncertain, places, why);
  }

  /// Why a place has no number of its own; of nobody who lives there, or who is held back, nothing is known.
  [[nodiscard]] Untold why(ReportArea const& area) const {
    auto const found = by_area_.find(area.code);
    return found == by_area_.end() ? Untold::few : why_untold(*found->second, contents_.years());
  }

  [[nodiscard]] ReportCell reason(ReportArea const& area) const {
    std::string const name{name_of(why(area))};
    return name.empty() ? ReportCell{} : ReportCell{name};
  }

  [[nodiscard]] std::vector<ReportCell> empty_row(ReportArea const& area) const {
    std::vector<ReportCell> cells{contents_.name(scenario_), area.code};
    cells.resize(11);
    cells.push_back(reason(area));
    return cells;
  }

  [[nodiscard]] std::vector<ReportCell> row(ReportArea const& area, GroupRow const& found, ReportArea const& of) const {
    bool const has_all = found.years_of_all.value_or(0) > 0;
    double const scale = has_all ? per / *found.years_of_all : 0;
    auto const scaled = [&](double number) { return has_all ? ReportCell{scale * number} : ReportCell{}; };
    std::vector<ReportCell> cells{contents_.name(scenario_), area.code, scaled(found.row.difference)};
    for (int const level : {80, 95}) {
      auto const limits = shown_interval(found.row, level);
      cells.push_back(limits ? scaled(limits->first) : ReportCell{});
      cells.push_back(limits ? scaled(limits->second) : ReportCell{});
    }
    cells.insert(
        cells.end(),
        {found.row.difference, has_all ? ReportCell{*found.years_of_all / contents_.years()} : ReportCell{},
         found.row.baseline / contents_.years(), of.level.empty() ? std::string{"region"} : of.level, reason(area)});
    return cells;
  }

  [[nodiscard]] ReportText called_by_another(ReportArea const& area, ReportArea const& of) const {
    Saying const few{"{0} har færre enn {3} som er {4} i snitt, så tallet er for {1} ({2}).",
                     "{0} har færre enn {3} som er {4} i snitt, så talet er for {1} ({2}).",
                     "{0} has fewer than {3} people {4} on average, so the number is of {1} ({2})."};
    Saying const uncertain{"I {0} er usikkerheten større enn forskjellen selv, så tallet er for {1} ({2}).",
                           "I {0} er uvissa større enn skilnaden sjølv, så talet er for {1} ({2}).",
                           "In {0} what is not known is larger than the difference, so the number is of {1} ({2})."};
    return said(why(area) == Untold::few ? few : uncertain, area.name, of.name, level_words(of.level),
                number_words(fewest_of_a_place, 0), people_in(group_));
  }

  [[nodiscard]] ReportText sentence(ReportArea const& area, GroupRow const& found, ReportArea const& of) const {
    ComparisonRow const& row = found.row;
    if (row.difference == 0) {
      ReportText const nothing =
          said({"{0}: {1} endrer ingenting.", "{0}: {1} endrar ingenting.", "{0}: {1} changes nothing."}, of.name,
               contents_.title(scenario_));
      return of.code == area.code ? nothing : followed_by(called_by_another(area, of), nothing);
    }
    TwoAmounts const both = amounts_of(row);
    ReportText text = said(
        row.difference > 0 ? Saying{"{0}: {1} gir {2} flere personår, {3} med endringen og {4} uten{5}.",
                                    "{0}: {1} gir {2} fleire personår, {3} med endringa og {4} utan{5}.",
                                    "{0}: {1}, {2} more person-years, {3} with the change and {4} without{5}."}
                           : Saying{"{0}: {1} gir {2} færre personår, {3} med endringen og {4} uten{5}.",
                                    "{0}: {1} gir {2} færre personår, {3} med endringa og {4} utan{5}.",
                                    "{0}: {1}, {2} fewer person-years, {3} with the change and {4} without{5}."},
        of.name, contents_.title(scenario_), amount(std::abs(row.difference)), both.value, both.baseline, both.rounded);
    if (of.code == area.code) return text;
    return followed_by(called_by_another(area, of), text);
  }

  Contents const& contents_;
  std::size_t scenario_;
  std::string group_;
  GroupRows found_;
  std::map<std::string, GroupRow const*> by_area_;
};

std::vector<ReportColumn> place_columns(std::string const& group) {
  std::vector<ReportColumn> columns{
      scenario_column(),
      region_column(),
      {"value", said({"Personår per 1 000", "Personår per 1 000", "Person-years per 1,000"}), ReportUnit::number, 2}};
  add_limit_columns(columns, ReportUnit::number, 2, false);
  columns.push_back(
      {"count", said({"Personår i alt", "Personår i alt", "Person-years in all"}), ReportUnit::number, 1});
  columns.push_back(
      {"people", said({"Mennesker i snitt", "Menneske i snitt", "People on average"}), ReportUnit::number, 0});
  columns.push_back({"eligible",
                     said({"Av dem {} i snitt", "Av dei {} i snitt", "Of them {} on average"}, people_in(group)),
                     ReportUnit::number, 0});
  columns.push_back({"basis", said({"Tallet er for", "Talet er for", "The number is of"}), ReportUnit::text});
  columns.push_back(
      {"reason", said({"Uten eget tall fordi", "Utan eige tal fordi", "No number of its own as"}), ReportUnit::text});
  return columns;
}

/// Where people are counted by county alone nobody shall look for municipalities.
ReportText places_heading(Contents const& contents) {
  bool const is_by_county =
      std::ranges::any_of(contents.areas(), [](ReportArea const& area) { return area.level == "county"; }) &&
      std::ranges::none_of(contents.areas(), [](ReportArea const& area) { return area.level == "municipality"; });
  if (is_by_county) return said({"Fylke for fylke", "Fylke for fylke", "County by county"});
  return said({"Kommune for kommune", "Kommune for kommune", "Place by place"});
}

/// Which numbers are told, by the rules that could be used.
ReportText places_definition(Contents const& contents, std::string const& group) {
  ReportText const number =
      said({"Forskjellen i personår {0} i {1}, for hver tusende personår i regionen.",
            "Skilnaden i personår {0} i {1}, for kvart tusende personår i regionen.",
            "The difference in person-years {0} in {1}, for each thousand person-years in the region."},
           people_in(group), contents.period());
  Saying const by_interval{
      "Der færre enn {1} er {0} i snitt, eller 80 %-intervallet er bredere enn forskjellen selv, står tallet for "
      "regionen over, eller ingenting.",
      "Der færre enn {1} er {0} i snitt, eller 80 %-intervallet er breiare enn skilnaden sjølv, står talet for "
      "regionen over, eller ingenting.",
      "Where fewer than {1} are {0} on average, or the 80 % interval is wider than the difference itself, there is the "
      "number of the region above, or none."};
  Saying const without_interval{
      "Der færre enn {1} er {0} i snitt, står tallet for regionen over, eller ingenting. Resultatene har ingen "
      "intervaller, så det er ikke prøvd om forskjellen i en region er større enn usikkerheten.",
      "Der færre enn {1} er {0} i snitt, står talet for regionen over, eller ingenting. Resultata har ingen intervall, "
      "så det er ikkje prøvd om skilnaden i ein region er større enn uvissa.",
      "Where fewer than {1} are {0} on average, there is the number of the region above, or none. The results have no "
      "intervals, so whether the difference of a region is larger than what is not known was not tried."};
  bool const has_intervals = !contents.interval_words().empty();
  return followed_by(number, said(has_intervals ? by_interval : without_interval, people_in(group),
                                  number_words(fewest_of_a_place, 0)));
}

}  // namespace

ReportSection places_section(Contents const& contents, LeftOutParts& left_out) {
  ReportSection section{"places", places_heading(contents), {}, {}};
  std::string const group = contents.main_group();
  ReportFigure figure;
  figure.id = "difference-by-place";
  figure.kind = "region_map";
  figure.title = said({"Hva endringen gjør hvert sted: {}", "Kva endringa gjer kvar stad: {}",
                       "What the change does in each place: {}"},
                      people_in(group));
  figure.columns = place_columns(group);
  figure.labels["scenario"] = contents.scenario_labels();
  figure.labels["region"] = contents.region_labels();
  for (std::size_t i = 0; i < contents.scenarios() && contents.areas().size() > 1; ++i) {
    PlaceRows const rows{contents, i, group};
    rows.add_to(figure);
    figure.held_back += rows.held_back();
    if (i == 0) {
      rows.add_sentences(figure);
      figure.sentence = rows.sentence_of_all();
    }
    if (contents.is_assumed(i)) figure.evidence = "assumed";
  }
  if (figure.rows.empty()) {
    left_out.push_back({section.heading,
                        said({"Resultatene har ingen tabell etter region.", "Resultata har ingen tabell etter region.",
                              "The results have no table by region."}),
                        "utvei run … --set \"breakdowns=[[region, year, state]]\""});
    return section;
  }
  for (ReportArea const& area : contents.areas())
    figure.labels["basis"][area.level.empty() ? "region" : area.level] = level_words(area.level);
  figure.labels["reason"] = {
      {"few", said({"færre enn {0} er {1}", "færre enn {0} er {1}", "fewer than {0} are {1}"},
                   number_words(fewest_of_a_place, 0), people_in(group))},
      {"uncertain", said({"usikkerheten er større enn forskjellen", "uvissa er større enn skilnaden",
                          "what is not known is larger than the difference"})}};
  figure.definition = places_definition(contents, group);
  figure.source = contents.source();
  figure.options["unit"] = {
      {"nb", "personår per 1 000"}, {"nn", "personår per 1 000"}, {"en", "person-years per 1,000"}};
  figure.options["better"] = group == "outside" ? "less" : "more";
  figure.options["geo"] = contents.material().map;
  if (!contents.material().map.is_null()) figure.options["key"] = contents.material().map_key;
  section.figures.push_back(std::move(figure));
  return section;
}

}  // namespace utvei
