// SPDX-License-Identifier: Apache-2.0
#include "files.hpp"
#include "small_rates.hpp"
#include "small_result.hpp"

#include <utvei/output/rate_file.hpp>
#include <utvei/output/result_file.hpp>

#include <algorithm>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <hdf5.h>

namespace utvei {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

struct Loaded {
  Rates rates;
  std::string messages;
  Diagnostics diagnostics;
};

Loaded load(std::string const& path, Model const& model, Place from = {}) {
  Loaded loaded;
  loaded.rates = load_rates(path, model, Request{std::move(from)}, loaded.diagnostics);
  loaded.messages = render(loaded.diagnostics);
  return loaded;
}

TEST(RateFile, GivesBackOffsetsOfCalibrationsBesideTheRates) {
  support::TempFolder const folder;
  auto const path = (folder / "rates.h5").string();
  auto const more = (folder / "calibrated.h5").string();
  auto const again = (folder / "again.h5").string();
  Model model = small_model();
  save_rates(small_fit(), model, {}, path);
  LogRateOffset plain{"a", {TransitionId{0}}, {}, {}, everything, everything, 0.5};
  LogRateOffset narrow{"b", {TransitionId{0}}, {}, {}, {100, 2000}, {5, everything.to}, -0.25};
  if (model.regions.size() > 0) narrow.regions = {RegionId{0}};
  FrozenOffsets const first{"first", {plain, narrow}, {0.1, 0, 0.05, 0.2}, "{}"};
  Provenance provenance;
  provenance.data_class = "open";
  model.rate_file = path;
  save_calibrated_rates(first, model, provenance, more);
  model.rate_file = more;
  save_calibrated_rates({"second", {plain}, {0.3}, "{}"}, model, provenance, again);
  auto const [rates, messages, diagnostics] = load(again, model);
  EXPECT_THAT(messages, IsEmpty());
  EXPECT_EQ(rates.rates.size(), 2U);
  ASSERT_EQ(rates.frozen.size(), 2U);
  EXPECT_EQ(rates.frozen[0].name, "first");
  EXPECT_EQ(rates.frozen[0].factor, first.factor);
  ASSERT_EQ(rates.frozen[0].offsets.size(), 2U);
  LogRateOffset const& found = rates.frozen[0].offsets[1];
  EXPECT_EQ(found.name, "b");
  EXPECT_EQ(found.estimate, -0.25);
  EXPECT_EQ(found.transitions, narrow.transitions);
  EXPECT_EQ(found.regions, narrow.regions);
  EXPECT_EQ(found.age, narrow.age);
  EXPECT_EQ(found.calendar, narrow.calendar);
  EXPECT_EQ(rates.frozen[1].offsets[0].estimate, 0.5);
}

TEST(RateFile, GivesBackRatesAndBoxes) {
  support::TempFolder const folder;
  auto const path = (folder / "rates.h5").string();
  save_rates(small_fit(), small_model(), {}, path);
  auto const [rates, messages, diagnostics] = load(path, small_model());
  EXPECT_THAT(messages, IsEmpty());
  ASSERT_EQ(rates.rates.size(), 2U);
  EXPECT_EQ(rates.data_class, "open");
  EXPECT_THAT(rates.inputs, ::testing::ElementsAre(path));
  EXPECT_EQ(rates.rates[0].transition, TransitionId{0});
  EXPECT_EQ(rates.rates[0].rate_per_year, 12 / 34.5);
  EXPECT_EQ(rates.rates[0].log_se, 0.25);
  EXPECT_FALSE(rates.rates[0].box.region);
  EXPECT_THAT(rates.rates[0].box.traits, IsEmpty());
  EXPECT_EQ(rates.rates[0].box.age, everything);
  Box const expected = small_fit().cells[1].box;
  Box const& box = rates.rates[1].box;
  EXPECT_EQ(box.region, expected.region);
  EXPECT_EQ(box.traits, expected.traits);
  EXPECT_EQ(box.age, expected.age);
  EXPECT_EQ(box.time_in_state, expected.time_in_state);
  EXPECT_EQ(box.calendar, expected.calendar);
  EXPECT_EQ(rates.rates[1].rate_per_year, 0);
  EXPECT_FALSE(rates.rates[1].log_se);
}

/// The second row is of a model.
Fit fit_with_a_model() {
  Fit fit = small_fit();
  fit.method = "poisson";
  fit.models.push_back({"work -> aap",
                        {"(intercept)", "sex=male", "region=4204"},
                        {-1, 0.5, 0.1},
                        {0.2, 0, 0, -0.05, 0.3, 0, 0.01, 0, 0.4}});
  fit.cells[1].effects = {0, {0, 2}};
  return fit;
}

/// Version 1 had rows alone.
void make_older(std::string const& path) {
  hid_t const file = H5Fopen(path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
  hid_t const attribute = H5Aopen(file, "format_version", H5P_DEFAULT);
  std::int64_t const version = 1;
  ASSERT_GE(H5Awrite(attribute, H5T_NATIVE_INT64, &version), 0);
  H5Aclose(attribute);
  H5Fclose(file);
}

TEST(RateFile, GivesBackModelsAndTheirRows) {
  support::TempFolder const folder;
  auto const path = (folder / "rates.h5").string();
  auto const fit = fit_with_a_model();
  save_rates(fit, small_model(), {}, path);
  auto const [rates, messages, diagnostics] = load(path, small_model());
  EXPECT_THAT(messages, IsEmpty());
  ASSERT_EQ(rates.models.size(), 1U);
  EXPECT_EQ(rates.models[0].name, "work -> aap");
  EXPECT_EQ(rates.models[0].effects, fit.models[0].effects);
  EXPECT_EQ(rates.models[0].estimate, fit.models[0].estimate);
  EXPECT_EQ(rates.models[0].factor, fit.models[0].factor);
  ASSERT_EQ(rates.rates.size(), 2U);
  EXPECT_THAT(rates.rates[0].effects.places, IsEmpty());
  EXPECT_EQ(rates.rates[1].effects.model, 0U);
  EXPECT_THAT(rates.rates[1].effects.places, ::testing::ElementsAre(0U, 2U));
  EXPECT_EQ(draw_rate_factors(small_model(), rates, 1, 2), draw_rate_factors(small_model(), to_rates(fit), 1, 2));
}

TEST(RateFile, OfAnOlderVersionIsReadWhereItHoldsEverything) {
  support::TempFolder const folder;
  auto const path = (folder / "rates.h5").string();
  save_rates(small_fit(), small_model(), {}, path);
  make_older(path);
  auto const raw = load(path, small_model());
  EXPECT_THAT(raw.messages, IsEmpty());
  EXPECT_EQ(raw.rates.rates.size(), 2U);
  save_rates(fit_with_a_model(), small_model(), {}, path);
  make_older(path);
  EXPECT_THAT(load(path, small_model()).messages,
              AllOf(HasSubstr("written by an older version"), HasSubstr("make it again with `utvei estimate`")));
}

TEST(RateFile, GoesByNamesNotByNumbers) {
  support::TempFolder const folder;
  auto const path = (folder / "rates.h5").string();
  save_rates(small_fit(), small_model(), {}, path);
  auto model = small_model();
  std::swap(model.transitions[TransitionId{0}], model.transitions[TransitionId{1}]);
  auto const [rates, messages, diagnostics] = load(path, model);
  EXPECT_THAT(messages, IsEmpty());
  EXPECT_EQ(rates.rates.at(0).transition, TransitionId{1});
}

TEST(RateFile, LeavesToTheModelWhatItSaysItself) {
  support::TempFolder const folder;
  auto const path = (folder / "rates.h5").string();
  save_rates(small_fit(), small_model(), {}, path);
  auto model = small_model();
  model.transitions[TransitionId{0}].rate_per_year = 0.5;
  auto const [rates, messages, diagnostics] = load(path, model);
  ASSERT_EQ(rates.rates.size(), 1U);
  EXPECT_EQ(rates.rates[0].transition, TransitionId{1});
}

TEST(RateFile, NamesWhatTheModelLacksOnceEach) {
  support::TempFolder const folder;
  auto const path = (folder / "rates.h5").string();
  save_rates(small_fit(), small_model(), {}, path);
  Model model;
  auto const messages = load(path, model).messages;
  EXPECT_THAT(messages, HasSubstr("rates of `school -> work`, which is no transition of the model"));
  EXPECT_THAT(messages, HasSubstr("rates of region `4204`, which the model does not have"));
  EXPECT_THAT(messages, HasSubstr("apart by `sex`, which is no trait of the model"));
  EXPECT_THAT(messages, ::testing::Not(HasSubstr("0301"))) << "no rate is for that region alone";
}

TEST(RateFile, IsTheModelsMistakeWhereTheModelNamesIt) {
  support::TempFolder const folder;
  auto const source = std::make_shared<SourceText const>(SourceText{"model.yaml", "rates: no.h5\n"});
  auto const missing = load((folder / "no.h5").string(), small_model(), Place{source, 1, 8, 5});
  ASSERT_EQ(missing.diagnostics.error_count(), 1U);
  EXPECT_EQ(missing.diagnostics.all()[0].fault, Fault::file);
  EXPECT_THAT(missing.messages, HasSubstr("model.yaml:1:8"));
  EXPECT_THAT(missing.messages, HasSubstr("does not exist"));
  EXPECT_EQ(load((folder / "no.h5").string(), small_model()).diagnostics.all().at(0).fault, Fault::data);
}

TEST(RateFile, IsNoResultFile) {
  support::TempFolder const folder;
  auto const path = (folder / "result.h5").string();
  save_result(test::small_result(), path);
  EXPECT_THAT(load(path, small_model()).messages, HasSubstr("has the format `utvei-result`, not `utvei-rates`"));
}

/// The limit of aap after 3 years: in one region 12 went to work and 6 stayed, in the other 3 and 20.
Fit fit_with_a_limit() {
  Fit fit = small_fit();
  LimitCounts counts;
  counts.window = {StateId{2}, Duration{3 * minutes_per_year}, Duration{30 * minutes_per_day}};
  counts.regions = {RegionId{0}, RegionId{1}};
  counts.went = {{0, 12, 6}, {0, 3, 20}};
  fit.limits.push_back(fit_limit(counts));
  return fit;
}

Model model_with_an_estimated_limit() {
  Model model = small_model();
  Limit limit;
  limit.after = Duration{3 * minutes_per_year};
  limit.estimated = true;
  model.states[StateId{2}].limits.push_back(limit);
  return model;
}

TEST(RateFile, GivesBackWhereLimitsLead) {
  support::TempFolder const folder;
  auto const path = (folder / "rates.h5").string();
  save_rates(fit_with_a_limit(), small_model(), {}, path);
  auto const [rates, messages, diagnostics] = load(path, model_with_an_estimated_limit());
  EXPECT_THAT(messages, IsEmpty());
  auto const expected = to_shares(fit_with_a_limit().limits[0]);
  ASSERT_EQ(rates.limits.size(), 1U);
  EXPECT_EQ(rates.limits[0].state, StateId{2});
  EXPECT_EQ(rates.limits[0].after, expected.after);
  EXPECT_EQ(rates.limits[0].to, expected.to);
  ASSERT_EQ(rates.limits[0].rows.size(), 2U);
  for (std::size_t row = 0; row < 2; ++row) {
    EXPECT_EQ(rates.limits[0].rows[row].region, expected.rows[row].region);
    EXPECT_EQ(rates.limits[0].rows[row].alpha, expected.rows[row].alpha);
  }
  // A model that says itself where they go has no use for it.
  EXPECT_THAT(load(path, small_model()).rates.limits, IsEmpty());
}

TEST(RateFile, TellsWhichDestinationsTheModelLacks) {
  support::TempFolder const folder;
  auto const path = (folder / "rates.h5").string();
  save_rates(fit_with_a_limit(), small_model(), {}, path);
  Model model = model_with_an_estimated_limit();
  model.states[StateId{1}].name = "job";
  auto const [rates, messages, diagnostics] = load(path, model);
  EXPECT_THAT(messages, HasSubstr("the rate file says who goes to state `work` at the limit of `aap`, and the model "
                                  "has no such state"));
}

TEST(RateFile, ExportsALimitAsATableOfShares) {
  support::TempFolder const folder;
  auto const path = (folder / "rates.h5").string();
  save_rates(fit_with_a_limit(), small_model(), {}, path);
  std::ostringstream out;
  write_limit_csv(path, "aap", out);
  auto const lines = out.str();
  EXPECT_THAT(lines, ::testing::StartsWith("region;to;share;data_class\n0301;work;0."));
  EXPECT_EQ(std::ranges::count(lines, '\n'), 5);
  EXPECT_THROW(write_limit_csv(path, "work", out), InputError);
}

}  // namespace
}  // namespace utvei
