// SPDX-License-Identifier: Apache-2.0
#include "rate_limits.hpp"

#include "hdf5_read.hpp"
#include "hdf5_write.hpp"

#include <utvei/document/reader.hpp>
#include <utvei/model/limit_shares.hpp>

#include <algorithm>
#include <cmath>
#include <span>

#include <fmt/format.h>
#include <hdf5_hl.h>

namespace utvei {
namespace {

void write_limit(hid_t limits, std::string const& number, LimitFit const& fit, Model const& model) {
  LimitShares const shares = to_shares(fit);
  Handle const group = make_group(limits, number);
  write_attribute(group.get(), "state", model.states[shares.state].name);
  write_attribute(group.get(), "after", shares.after.minutes);
  write_attribute(group.get(), "within", fit.counts.window.within.minutes);
  std::vector<std::string> names;
  for (StateId const to : shares.to)
    names.push_back(to == shares.state ? std::string{stays_word} : model.states[to].name);
  std::vector<std::string> regions;
  std::vector<double> alpha;
  for (LimitShares::Row const& row : shares.rows) {
    regions.push_back(row.region ? model.regions[*row.region].code : std::string{});
    alpha.insert(alpha.end(), row.alpha.begin(), row.alpha.end());
  }
  Handle const to = write_texts(group.get(), "to", names);
  check_hdf5(H5DSset_scale(to.get(), "to"), "to");
  Handle const region = write_texts(group.get(), "region", regions);
  check_hdf5(H5DSset_scale(region.get(), "region"), "region");
  Handle const dataset =
      write_numbers(group.get(), "alpha", {regions.size(), names.size()}, std::span<double const>{alpha});
  write_attribute(dataset.get(), "long_name", "parameters of the Dirichlet distribution of the shares of a region");
  write_attribute(dataset.get(), "units", "1");
  check_hdf5(H5DSattach_scale(dataset.get(), region.get(), 0), "alpha");
  check_hdf5(H5DSattach_scale(dataset.get(), to.get(), 1), "alpha");
}

NamedLimit read_limit(hid_t group) {
  NamedLimit limit{text_attribute(group, "state"), integer_attribute(group, "after"),
                   read_texts(open_dataset(group, "to").get()), read_texts(open_dataset(group, "region").get()),
                   read_numbers<double>(open_dataset(group, "alpha").get())};
  std::size_t const width = limit.to.size();
  bool good = width > 0 && limit.alpha.size() == width * limit.regions.size();
  for (std::size_t row = 0; good && row < limit.regions.size(); ++row) {
    auto const first = limit.alpha.begin() + static_cast<std::ptrdiff_t>(row * width);
    auto const last = first + static_cast<std::ptrdiff_t>(width);
    good = std::all_of(first, last, [](double a) { return std::isfinite(a) && a >= 0; }) &&
           std::any_of(first, last, [](double a) { return a > 0; });
  }
  if (!good) throw Hdf5Failure{fmt::format("the shares at the limit of `{}` do not fit", limit.state)};
  return limit;
}

/// Translates one limit.
class LimitReader {
 public:
  LimitReader(NamedLimit const& limit, Model const& model, Place const& place, Diagnostics& diagnostics)
      : limit_{limit}, model_{model}, place_{place}, diagnostics_{diagnostics} {}

  LimitShares read(StateId state) {
    LimitShares shares{state, Duration{limit_.after}, {}, {}};
    for (std::string const& name : limit_.to) {
      auto const to = name == stays_word ? std::optional{state} : model_.state(name);
      if (!to) unknown("state", name, model_.state_names());
      shares.to.push_back(to.value_or(state));
    }
    for (std::size_t row = 0; row < limit_.regions.size(); ++row) add_row(row, shares);
    return shares;
  }

 private:
  void add_row(std::size_t row, LimitShares& shares) {
    std::string const& code = limit_.regions[row];
    auto const region = code.empty() ? std::nullopt : model_.regions.find(code);
    if (!code.empty() && !region) return unknown("region", code, model_.regions.codes());
    auto const first = limit_.alpha.begin() + static_cast<std::ptrdiff_t>(row * limit_.to.size());
    shares.rows.push_back({region, {first, first + static_cast<std::ptrdiff_t>(limit_.to.size())}});
  }

  void unknown(std::string_view what, std::string const& name, std::vector<std::string> const& known) {
    diagnostics_.error(place_,
                       fmt::format("the rate file says who goes to {} `{}` at the limit of `{}`, and the model has no "
                                   "such {}",
                                   what, name, limit_.state, what),
                       "the rates were made for another model", did_you_mean(name, known));
  }

  NamedLimit const& limit_;
  Model const& model_;
  Place const& place_;
  Diagnostics& diagnostics_;
};

}  // namespace

void write_limits(hid_t root, Fit const& fit, Model const& model) {
  bool const any = std::ranges::any_of(fit.limits, [](LimitFit const& limit) { return !limit.regions.empty(); });
  if (!any) return;
  Handle const group = make_group(root, "limits");
  int number = 0;
  for (LimitFit const& limit : fit.limits) {
    if (!limit.regions.empty()) write_limit(group.get(), std::to_string(++number), limit, model);
  }
}

std::vector<NamedLimit> read_limits(hid_t root) {
  std::vector<NamedLimit> limits;
  if (!has_link(root, "limits")) return limits;
  Handle const group = open_group(root, "limits");
  for (auto const& name : link_names(group.get())) limits.push_back(read_limit(open_group(group.get(), name).get()));
  return limits;
}

std::vector<LimitShares> limits_for(std::vector<NamedLimit> const& limits, Model const& model, Place const& place,
                                    Diagnostics& diagnostics) {
  std::vector<LimitShares> result;
  for (NamedLimit const& limit : limits) {
    auto const state = model.state(limit.state);
    // What the model says itself wins over its rate file.
    if (!state || std::ranges::none_of(model.states[*state].limits, &Limit::estimated)) continue;
    result.push_back(LimitReader{limit, model, place, diagnostics}.read(*state));
  }
  return result;
}

}  // namespace utvei
