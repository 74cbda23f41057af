// SPDX-License-Identifier: Apache-2.0
#include "areas.hpp"

#include <utvei/chapters/contents.hpp>
#include <utvei/core/time.hpp>
#include <utvei/results/assumed.hpp>
#include <utvei/results/input_words.hpp>

#include <algorithm>

namespace utvei {
namespace {

ReportText labels_of(StateInfo const& info) {
  return in_three([&](std::string_view language) { return label_of(info, language); });
}

}  // namespace

Contents::Contents(ReportMaterial const& material) : material_{material}, areas_{areas_of(material)} {
  auto const& by = comparison().by;
  auto const place = static_cast<std::size_t>(std::ranges::find(by, "stock_date") - by.begin());
  for (ComparisonRow const& row : comparison().rows)
    if (place < row.by.size()) last_date_ = std::max(last_date_, row.by[place]);
}

bool Contents::is_assumed(std::size_t scenario) const {
  return is_main_effect_assumed(comparison().assumed[scenario]);
}

ReportText Contents::title(std::size_t i) const {
  ReportText const text =
      in_three([&](std::string_view language) { return scenario_title(comparison(), i, language); });
  // Of two that are called the same a reader knows one by its name.
  auto const is_same = [&](std::size_t other) {
    return other != i && scenario_title(comparison(), other, "nb") == text.nb;
  };
  bool is_taken = baseline_is_called(text.nb);
  for (std::size_t other = 0; other < scenarios(); ++other) is_taken = is_taken || is_same(other);
  return is_taken && text.nb != name(i) ? said({"{0} ({1})", "{0} ({1})", "{0} ({1})"}, text, name(i)) : text;
}

ReportText Contents::baseline_title() const {
  return in_three([&](std::string_view language) { return utvei::baseline_title(comparison(), language); });
}

ReportText Contents::labelled(std::string const& name) const {
  for (std::size_t i = 0; i < scenarios(); ++i)
    if (comparison().scenarios[i] == name) return title(i);
  return name == comparison().baseline ? baseline_title() : same_in_all(name);
}

bool Contents::baseline_is_called(std::string const& title) const {
  return baseline_title().nb == title;
}

std::vector<ComparisonRow const*> Contents::rows(std::size_t scenario, std::string_view quantity, bool by_year,
                                                 bool by_region) const {
  std::vector<ComparisonRow const*> found;
  std::string const with_more = std::string{quantity} + "_by_";
  for (ComparisonRow const& row : comparison().rows) {
    bool const is_of = row.measure_of == quantity || row.measure_of.starts_with(with_more);
    if (!is_of || row.scenario != name(scenario) || row.year.empty() == by_year || row.region.empty() == by_region)
      continue;
    if (std::ranges::all_of(row.by, [&](std::string const& label) { return label.empty() || label == last_date_; }))
      found.push_back(&row);
  }
  return found;
}

ReportArea const* Contents::area(std::string const& code) const {
  auto const found = std::ranges::find(areas_, code, &ReportArea::code);
  return found == areas_.end() ? nullptr : &*found;
}

ReportText Contents::state(std::string const& name) const {
  auto const found = std::ranges::find(comparison().states, name, &StateInfo::name);
  return found == comparison().states.end() ? same_in_all(name) : labels_of(*found);
}

ReportText Contents::transition(std::string const& name) const {
  auto const arrow = name.find(" -> ");
  if (arrow == std::string::npos) return state(name);
  return followed_by(state(name.substr(0, arrow)), inside(state(name.substr(arrow + 4))), " → ");
}

ReportText Contents::measure(std::string const& name) const {
  auto const in = [&](std::vector<StateInfo> const& measures) {
    auto const found = std::ranges::find(measures, name, &StateInfo::name);
    return found == measures.end() ? ReportText{} : labels_of(*found);
  };
  for (auto const& measures : comparison().measures)
    if (auto label = in(measures); !label.empty()) return label;
  auto const label = in(comparison().baseline_measures);
  return label.empty() ? same_in_all(name) : label;
}

std::string Contents::place_name(std::string const& code) const {
  if (ReportArea const* const found = area(code)) return found->name;
  auto const& names = comparison().region_names;
  if (auto const name = names.find(code); name != names.end() && !name->second.empty()) return name->second;
  Regions const* const regions = material_.regions;
  if (auto const id = regions != nullptr ? regions->find(code) : std::nullopt) return regions->name(*id, "nb");
  return code;
}

ReportText Contents::trait(std::string const& name) const {
  if (name == "sex") return said({"kjønn", "kjønn", "sex"});
  if (name == "education") return said({"utdanning", "utdanning", "education"});
  std::string words = name;
  std::ranges::replace(words, '_', ' ');
  return same_in_all(words);
}

std::string Contents::group_of(std::string const& state) const {
  auto const found = std::ranges::find(baseline().states, state, &StateInfo::name);
  return found == baseline().states.end() ? std::string{} : found->group;
}

bool Contents::has_group(std::string_view group) const {
  return std::ranges::find(baseline().states, group, &StateInfo::group) != baseline().states.end();
}

std::string Contents::period() const {
  std::string first, last;
  for (ComparisonRow const& row : comparison().rows) {
    if (row.year.empty()) continue;
    if (first.empty() || row.year < first) first = row.year;
    last = std::max(last, row.year);
  }
  return first == last ? first : first + "–" + last;
}

std::vector<int> Contents::partial_years() const {
  auto const start = parse_date(baseline().provenance.start);
  auto const end = parse_date(baseline().provenance.end);
  std::vector<int> partial;
  if (!start || !end || *end <= *start) return partial;
  int const first = year_of(*start);
  int const last = year_of(*end);
  if (*start != start_of_year(first)) partial.push_back(first);
  bool const ends_within = *end != start_of_year(last);
  if (ends_within && (partial.empty() || last != first)) partial.push_back(last);
  return partial;
}

double Contents::years() const {
  Provenance const& provenance = baseline().provenance;
  auto const start = parse_date(provenance.start);
  auto const end = parse_date(provenance.end);
  // Files of earlier versions do not say.
  if (!start || !end || *end <= *start) return 1;
  return in_years(*end - *start);
}

ReportText Contents::source() const {
  Provenance const& provenance = baseline().provenance;
  ReportText const draws =
      has_draws() ? counted(comparison().draws, {"ett parametertrekk", "eitt parametertrekk", "one parameter draw"},
                            {"{} parametertrekk", "{} parametertrekk", "{} parameter draws"})
                  : said({"punktanslag", "punktanslag", "point estimates"});
  ReportText const replicates = counted(comparison().replicates, {"én gjentakelse", "éi gjentaking", "one replicate"},
                                        {"{} gjentakelser", "{} gjentakingar", "{} replicates"});
  // Files and the seed stand with how it was made.
  return said(
      {"Simulert med utvei {0}: {1}, {2}", "Simulert med utvei {0}: {1}, {2}", "Simulated with utvei {0}: {1}, {2}"},
      provenance.utvei_version, draws, replicates);
}

ReportText Contents::few_replicates() const {
  // Student's t is then within 16 per cent of the normal at 95 per cent; with two replicates of one draw it is 6 times
  // as wide.
  constexpr std::size_t enough_degrees_of_freedom = 9;
  using Kind = ComparisonNote::Kind;
  bool const is_from_replicates = std::ranges::any_of(comparison().notes, [](ComparisonNote const& note) {
    return note.kind == Kind::places_couple_people || note.kind == Kind::error_from_replicates;
  });
  std::size_t const replicates = comparison().replicates;
  if (!is_from_replicates || replicates < 2) return {};
  if (std::max<std::size_t>(1, comparison().draws) * (replicates - 1) >= enough_degrees_of_freedom) return {};
  return said(
      {"Tilfeldighetene er anslått av bare {} gjentakelser: intervallene kan være mye for smale. Kjør minst 10.",
       "Slumpen er rekna ut av berre {} gjentakingar: intervalla kan vere mykje for smale. Køyr minst 10.",
       "Luck is estimated from {} replicates only: the intervals may be much too narrow. Run at least 10."},
      replicates);
}

ReportText Contents::interval_words() const {
  bool const has_bands = std::ranges::any_of(
      comparison().rows, [](ComparisonRow const& row) { return shown_interval(row, 80).has_value(); });
  if (!has_bands) return {};
  if (has_draws())
    return followed_by(said({"Båndene er 50, 80 og 95 % usikkerhet fra ratene og tilfeldighetene sammen.",
                             "Banda er 50, 80 og 95 % uvisse frå ratane og slumpen saman.",
                             "The bands are 50, 80 and 95 % uncertainty from the rates and from chance together."}),
                       few_replicates());
  return followed_by(
      said({"Båndene er 50, 80 og 95 % usikkerhet fra tilfeldighetene i simuleringen alene; usikkerhet i rater og "
            "antakelser kommer i tillegg.",
            "Banda er 50, 80 og 95 % uvisse frå slumpen i simuleringa aleine; uvisse i ratar og føresetnader kjem i "
            "tillegg.",
            "The bands are 50, 80 and 95 % uncertainty from luck in the simulation alone; uncertainty in rates and "
            "assumptions comes on top."}),
      few_replicates());
}

std::string Contents::main_group() const {
  for (char const* const group : {"outside", "work", "education"})
    if (has_group(group)) return group;
  return baseline().states.empty() ? std::string{} : baseline().states.front().group;
}

std::map<std::string, ReportText> Contents::scenario_labels() const {
  std::map<std::string, ReportText> labels{{comparison().baseline, baseline_title()}};
  for (std::size_t i = 0; i < scenarios(); ++i) labels.emplace(name(i), title(i));
  return labels;
}

std::map<std::string, ReportText> Contents::state_labels() const {
  std::map<std::string, ReportText> labels;
  for (StateInfo const& one : baseline().states) labels.emplace(one.name, labels_of(one));
  return labels;
}

std::map<std::string, ReportText> Contents::region_labels() const {
  std::map<std::string, ReportText> labels;
  for (ReportArea const& one : areas_) labels.emplace(one.code, same_in_all(one.name));
  labels.emplace("", said({"Alle regioner", "Alle regionar", "All regions"}));
  return labels;
}

}  // namespace utvei
