// SPDX-License-Identifier: Apache-2.0
#include "regions_expected_page.hpp"

#include <utvei/core/text.hpp>

#include <cmath>
#include <initializer_list>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace utvei {
namespace {

using ExpectedJson = nlohmann::ordered_json;

/// A sign of Statistics Norway for what must not be told.
constexpr std::string_view withheld_number = ":";

void add_numbers(std::string& text, bool hidden, std::initializer_list<double> numbers) {
  for (double const number : numbers) {
    text += ',';
    if (hidden)
      text += withheld_number;
    else if (std::isfinite(number))
      text += fmt::format("{}", number);
  }
}

std::string_view flag_word(Flag flag, bool hidden) {
  return hidden ? "hidden" : name_of(flag);
}

std::string first_fields(ExpectedPage const& page, RegionId region, OutcomeReport const& report) {
  return csv_field(page.model.regions[region].code) + "," + csv_field(report.outcome.name);
}

ExpectedJson json_of(ExpectedPage const& page, RegionAgainstExpected const& region) {
  ExpectedJson json{{"region", page.model.regions[region.region].code}};
  if (region.hidden) {
    json["hidden"] = true;
    return json;
  }
  json.update(ExpectedJson{{"size", region.size},
                           {"observed", region.observed},
                           {"expected", region.expected},
                           {"expected_of_composition", region.composition},
                           {"ratio", region.ratio},
                           {"low_95", region.low_95},
                           {"high_95", region.high_95},
                           {"flag", name_of(region.flag)},
                           {"flag_by_chance_alone", name_of(region.beyond_chance)},
                           {"p", region.p},
                           {"p_corrected", region.p_corrected},
                           {"funnel_95", {region.funnel_95.low, region.funnel_95.high}},
                           {"funnel_998", {region.funnel_998.low, region.funnel_998.high}},
                           {"reliability", region.reliability},
                           {"expected_rank", region.rank.expected_rank},
                           {"rank_95", {region.rank.low_95, region.rank.high_95}},
                           {"probability_better", region.rank.better},
                           {"probability_best_tenth", region.rank.in_best_tenth},
                           {"probability_worst_tenth", region.rank.in_worst_tenth}});
  return json;
}

std::string_view name_of_basis(VariancePartition::Basis basis) {
  switch (basis) {
    case VariancePartition::Basis::crude:
      return "crude";
    case VariancePartition::Basis::composition:
      return "composition";
    case VariancePartition::Basis::covariates:
      break;
  }
  return "composition_and_covariates";
}

ExpectedJson json_of_variance(OutcomeReport const& report) {
  ExpectedJson parts = ExpectedJson::array();
  for (VariancePartition const& part : report.partition) {
    ExpectedJson json{{"adjusted_for", name_of_basis(part.basis)}, {"variance", part.all()}};
    json["between_counties"] = part.between ? ExpectedJson(*part.between) : ExpectedJson(nullptr);
    json["within"] = part.within;
    parts.push_back(std::move(json));
  }
  return parts;
}

ExpectedJson json_of_trend(ExpectedPage const& page, OutcomeReport const& report) {
  ExpectedJson trend = ExpectedJson::array();
  for (RegionTrend const& region : report.trend) {
    ExpectedJson json{{"region", page.model.regions[region.region].code}};
    if (region.hidden) {
      json["hidden"] = true;
    } else {
      for (std::size_t i = 0; i < region.periods.size(); ++i) {
        auto const& in_period = region.periods[i];
        json["periods"].push_back({{"period", report.periods[i]},
                                   {"observed", in_period.observed},
                                   {"expected", in_period.expected},
                                   {"ratio", in_period.ratio},
                                   {"low_95", in_period.low_95},
                                   {"high_95", in_period.high_95}});
      }
      if (region.has_change)
        json["change"] = {
            {"ratio", std::isfinite(region.change) ? ExpectedJson(region.change) : ExpectedJson(nullptr)},
            {"low_95", region.low_95},
            {"high_95", std::isfinite(region.high_95) ? ExpectedJson(region.high_95) : ExpectedJson(nullptr)},
            {"p", region.p},
            {"p_corrected", region.p_corrected},
            {"flag", name_of(region.flag)}};
    }
    trend.push_back(std::move(json));
  }
  return trend;
}

ExpectedJson json_of(ExpectedPage const& page, std::size_t number) {
  OutcomeReport const& report = page.reports[number];
  ExpectedJson json{{"outcome", report.outcome.name},
                    {"better", report.outcome.better == Better::more ? "more" : "less"},
                    {"at", report.label.empty() ? ExpectedJson(nullptr) : ExpectedJson(report.label)},
                    {"composition", page.accounted_for[number]},
                    {"overdispersion", name_of(report.funnel.overdispersion)},
                    {"dispersion", report.funnel.dispersion},
                    {"ratio_variance", report.funnel.ratio_variance},
                    {"typical_ratio", report.model.typical},
                    {"converged", report.model.converged},
                    {"variance", json_of_variance(report)},
                    {"covariates", ExpectedJson::array()},
                    {"regions", ExpectedJson::array()},
                    {"cases_best", ExpectedJson::array()},
                    {"cases_worst", ExpectedJson::array()},
                    {"without_people", ExpectedJson::array()}};
  for (std::size_t k = 0; k < report.model.covariates.size(); ++k)
    json["covariates"].push_back({{"name", page.covariates[k]},
                                  {"log_ratio_per_unit", report.model.covariates[k].per_unit},
                                  {"se", report.model.covariates[k].se > 0 ? ExpectedJson(report.model.covariates[k].se)
                                                                           : ExpectedJson(nullptr)}});
  for (auto const& region : report.regions) json["regions"].push_back(json_of(page, region));
  auto const code = [&](RegionId region) { return page.model.regions[region].code; };
  for (std::size_t const r : report.best) json["cases_best"].push_back(code(report.regions[r].region));
  for (std::size_t const r : report.worst) json["cases_worst"].push_back(code(report.regions[r].region));
  for (RegionId const region : report.without_people) json["without_people"].push_back(code(region));
  json["trend"] = json_of_trend(page, report);
  return json;
}

}  // namespace

std::string expected_csv(ExpectedPage const& page) {
  std::string text = "region,outcome,observed,expected,ratio,low_95,high_95,funnel_low_95,funnel_high_95,flag\n";
  for (OutcomeReport const& report : page.reports) {
    for (RegionAgainstExpected const& region : report.regions) {
      text += first_fields(page, region.region, report);
      add_numbers(text, region.hidden,
                  {region.observed, region.expected, region.ratio, region.low_95, region.high_95, region.funnel_95.low,
                   region.funnel_95.high});
      text += fmt::format(",{}\n", flag_word(region.flag, region.hidden));
    }
  }
  return text;
}

std::string expected_details_csv(ExpectedPage const& page) {
  std::string text =
      "region,outcome,size,observed,expected_of_composition,expected,raw_ratio,ratio,low_95,high_95,funnel_low_95,"
      "funnel_high_95,funnel_low_998,funnel_high_998,p,p_corrected,reliability,expected_rank,rank_low_95,rank_high_95,"
      "probability_better,probability_best_tenth,probability_worst_tenth,flag,flag_by_chance_alone\n";
  for (OutcomeReport const& report : page.reports) {
    for (RegionAgainstExpected const& region : report.regions) {
      text += first_fields(page, region.region, report);
      add_numbers(text, region.hidden,
                  {region.size,
                   region.observed,
                   region.composition,
                   region.expected,
                   region.observed / region.expected,
                   region.ratio,
                   region.low_95,
                   region.high_95,
                   region.funnel_95.low,
                   region.funnel_95.high,
                   region.funnel_998.low,
                   region.funnel_998.high,
                   region.p,
                   region.p_corrected,
                   region.reliability,
                   region.rank.expected_rank,
                   region.rank.low_95,
                   region.rank.high_95,
                   region.rank.better,
                   region.rank.in_best_tenth,
                   region.rank.in_worst_tenth});
      text += fmt::format(",{},{}\n", flag_word(region.flag, region.hidden),
                          flag_word(region.beyond_chance, region.hidden));
    }
  }
  return text;
}

std::string expected_trend_csv(ExpectedPage const& page) {
  std::string text =
      "region,outcome,period,observed,expected,ratio,low_95,high_95,change,change_low_95,change_high_95,"
      "change_p_corrected,flag\n";
  for (OutcomeReport const& report : page.reports) {
    for (RegionTrend const& region : report.trend) {
      for (std::size_t i = 0; i < region.periods.size(); ++i) {
        auto const& at = region.periods[i];
        bool const is_last = i + 1 == region.periods.size() && region.has_change;
        text += first_fields(page, region.region, report) + "," + csv_field(report.periods[i]);
        add_numbers(text, region.hidden, {at.observed, at.expected, at.ratio, at.low_95, at.high_95});
        if (is_last) {
          add_numbers(text, region.hidden, {region.change, region.low_95, region.high_95, region.p_corrected});
          text += fmt::format(",{}\n", flag_word(region.flag, region.hidden));
        } else {
          text += ",,,,,\n";
        }
      }
    }
  }
  return text;
}

std::string expected_page_json(ExpectedPage const& page) {
  ExpectedJson json{{"utvei", "expected/1"},
                    {"study", page.name},
                    {"data_class", page.data_class},
                    {"held_back", page.disclosure.has_value()},
                    {"what_it_is", "description; not a measure of how well an office works"},
                    {"correction", name_of(page.options.correction)},
                    {"significance", page.options.significance},
                    {"draws", page.options.draws},
                    {"case_probability", case_probability},
                    {"outcomes", ExpectedJson::array()}};
  for (std::size_t i = 0; i < page.reports.size(); ++i) json["outcomes"].push_back(json_of(page, i));
  return json.dump(2) + "\n";
}

}  // namespace utvei
