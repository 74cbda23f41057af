// SPDX-License-Identifier: Apache-2.0
#include "limit_tables.hpp"

#include <utvei/estimation/tables.hpp>
#include <utvei/model/limit_shares.hpp>

#include <algorithm>
#include <numeric>

#include <fmt/format.h>

namespace utvei {
namespace {

using Json = nlohmann::ordered_json;

std::string name_of(StateId to, LimitFit const& limit, Model const& model) {
  return to == limit.counts.window.state ? std::string{stays_word} : model.states[to].name;
}

std::vector<std::int64_t> totals(LimitFit const& limit) {
  std::vector<std::int64_t> sums(limit.to.size());
  for (LimitFit::Region const& region : limit.regions) {
    for (std::size_t k = 0; k < sums.size(); ++k) sums[k] += region.went[k];
  }
  return sums;
}

double part(std::int64_t of, std::int64_t all) {
  return static_cast<double>(of) / static_cast<double>(all);
}

/// Whether regions differ, and how much; "" without regions.
std::string describe_regions(LimitFit const& limit) {
  if (limit.counts.regions.empty()) return {};
  if (limit.between.end == DirichletMultinomial::End::alike)
    return "; regions do not differ beyond chance: the same shares for all";
  auto const [least, most] = std::ranges::minmax(limit.regions, {}, &LimitFit::Region::borrowed);
  return fmt::format("; concentration {:.3g}{}, regions borrow {:.0f} % to {:.0f} %", limit.between.concentration,
                     limit.between.end == DirichletMultinomial::End::apart ? " (the lowest that is looked at)" : "",
                     100 * least.borrowed, 100 * most.borrowed);
}

std::string describe_not_counted(LimitCounts const& counts) {
  std::string text;
  auto const add = [&](std::int64_t count, std::string_view why) {
    if (count > 0) text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, why);
  };
  add(counts.censored, "no longer seen around the limit");
  add(counts.seen_late, "first seen at it or after it");
  add(counts.unknown_time, "with unknown time in the state");
  add(counts.unknown_region, "without a region");
  return text.empty() ? text : fmt::format("  not counted: {}\n", text);
}

std::string describe(LimitFit const& limit, Model const& model) {
  LimitWindow const& window = limit.counts.window;
  std::int64_t const reached = limit.counts.reached();
  std::string text = fmt::format("{} after {}: {} reached it, within {}", model.states[window.state].name,
                                 format(window.after), reached, format(window.within));
  auto const sums = totals(limit);
  for (std::size_t k = 0; k < sums.size(); ++k) {
    text += fmt::format("{} {} {:.1f} %", k == 0 ? ":" : ",", name_of(limit.to[k], limit, model),
                        100 * part(sums[k], reached));
  }
  text += limit.regions.empty() ? ": no shares" : describe_regions(limit);
  return text + "\n" + describe_not_counted(limit.counts);
}

Json json_of(LimitFit const& limit, Model const& model) {
  LimitCounts const& counts = limit.counts;
  auto const sums = totals(limit);
  Json to = Json::array();
  for (std::size_t k = 0; k < sums.size(); ++k) {
    to.push_back(
        {{"to", name_of(limit.to[k], limit, model)}, {"left_to", sums[k]}, {"share", part(sums[k], counts.reached())}});
  }
  bool const by_region = !counts.regions.empty();
  bool const has_concentration = !limit.regions.empty() && limit.between.end != DirichletMultinomial::End::alike;
  Json warnings = Json::array();
  if (limit.regions.empty()) warnings.push_back("nobody came to the limit: no shares");
  if (has_concentration && limit.between.end == DirichletMultinomial::End::apart)
    warnings.push_back("regions have nothing in common: the concentration is the lowest that is looked at");
  return {{"state", model.states[counts.window.state].name},
          {"after", format(counts.window.after)},
          {"within", format(counts.window.within)},
          {"reached", counts.reached()},
          {"to", std::move(to)},
          {"censored", counts.censored},
          {"seen_late", counts.seen_late},
          {"unknown_time_in_state", counts.unknown_time},
          {"unknown_region", counts.unknown_region},
          {"by_region", by_region},
          {"regions_alike", by_region && !has_concentration},
          {"concentration", has_concentration ? Json(limit.between.concentration) : Json(nullptr)},
          {"log_likelihood", limit.between.log_likelihood},
          {"converged", limit.between.converged},
          {"warnings", std::move(warnings)}};
}

}  // namespace

TextTable limits_table(Fit const& fit, Model const& model) {
  TextTable table{
      {"state", "region", "to", "reached", "left_to", "share_raw", "share", "low_95", "high_95", "borrowed", "after"},
      {}};
  auto const number = [](double value) { return fmt::format("{}", value); };
  for (LimitFit const& limit : fit.limits) {
    LimitWindow const& window = limit.counts.window;
    for (LimitFit::Region const& region : limit.regions) {
      double const sum = std::accumulate(region.alpha.begin(), region.alpha.end(), 0.0);
      for (std::size_t k = 0; k < limit.to.size(); ++k) {
        auto const interval = beta_95(region.alpha[k], limit.to.size() == 1 ? 0 : sum - region.alpha[k]);
        table.rows.push_back(
            {model.states[window.state].name, region.region ? model.regions[*region.region].code : std::string{},
             name_of(limit.to[k], limit, model), fmt::format("{}", region.reached), fmt::format("{}", region.went[k]),
             region.reached > 0 ? number(part(region.went[k], region.reached)) : std::string{}, number(region.share(k)),
             number(interval.low), number(interval.high), number(region.borrowed), format(window.after)});
      }
    }
  }
  return table;
}

std::string describe_limits(Fit const& fit, Model const& model) {
  if (fit.limits.empty()) return {};
  std::string text = "\nwhere people go who come to a limit (all regions together):\n";
  for (LimitFit const& limit : fit.limits) text += describe(limit, model);
  return text;
}

Json limits_json(Fit const& fit, Model const& model) {
  Json list = Json::array();
  for (LimitFit const& limit : fit.limits) list.push_back(json_of(limit, model));
  return list;
}

}  // namespace utvei
