// SPDX-License-Identifier: Apache-2.0
#include "small_study.hpp"

#include <utvei/register/exposure_file.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::string_view counted = R"(utvei: study/1
name: small
model: model.yaml
data_class: open
exposure: {file: counts.csv, holdout: later.csv}
)";

/// Region, sex and two bands of age.
std::vector<CellAxis> axes(std::vector<RegionId> const& regions, Model const& model) {
  return {region_axis(regions, model), trait_axis(model.trait("sex").value(), model),
          clock_axis(CellAxis::Kind::age, {{0, 30 * minutes_per_year}, {"0", "30"}})};
}

struct Given : SmallStudy {
  explicit Given(std::string_view counts, std::string_view later = "") : SmallStudy{counted} {
    std::string const header = "from,to,region,sex,age,events,person_years\n";
    folder.write("counts.csv", header + std::string{counts});
    folder.write("later.csv", header + std::string{later.empty() ? counts : later});
    study = read_the_study();
    given = read_exposure(
        study, [&](auto const& regions) { return axes(regions, study.model); }, diagnostics);
  }
  GivenExposure given;
};

TEST(ExposureFile, HoldsEventsAndPersonTimeByCell) {
  Given const file{
      "b,a,4204,female,\"[0,30)\",3,10.5\nb,c,4204,female,\"[0,30)\",1,10.5\nb,c,4204,male,\"[30,)\",2,4\n",
      "b,c,4203,female,\"[0,30)\",7,2\n"};
  ASSERT_FALSE(file.diagnostics.has_errors()) << render(file.diagnostics);
  Model const& model = file.study.model;
  Exposure const& exposure = file.given.exposure;
  EXPECT_THAT(exposure.axes[0].labels, ElementsAre("4204", "4203")) << "regions of both files";
  EXPECT_EQ(exposure.cells, 8U);
  StateId const b = model.state("b").value();
  EXPECT_THAT(exposure.minutes[b],
              ElementsAre(duration_of_years(10.5).minutes, 0, 0, 4 * minutes_per_year, 0, 0, 0, 0));
  EXPECT_THAT(exposure.events[model.transition("b -> a").value()], ElementsAre(3, 0, 0, 0, 0, 0, 0, 0));
  EXPECT_THAT(exposure.events[model.transition("b -> c").value()], ElementsAre(1, 0, 0, 2, 0, 0, 0, 0));
  EXPECT_EQ(exposure.data_class, "open");
  EXPECT_EQ(file.given.holdout.value().events[model.transition("b -> c").value()][4], 7);
}

TEST(ExposureFile, AddsUpColumnsThatAreNoAxis) {
  Given file{"b,a,4204,female,\"[0,30)\",3,10\nb,a,4204,male,\"[0,30)\",4,10\n"};
  auto const all = read_exposure(
      file.study, [](auto const&) { return std::vector<CellAxis>{}; }, file.diagnostics);
  EXPECT_EQ(all.exposure.events[file.study.model.transition("b -> a").value()][0], 7);
  EXPECT_EQ(all.exposure.minutes[file.study.model.state("b").value()][0], 20 * minutes_per_year);
}

TEST(ExposureFile, SaysWhatIsWrong) {
  EXPECT_THAT(render(Given{"b,a,4204,female,\"[0,25)\",3,10\n"}.diagnostics),
              HasSubstr("`[0,25)` is no band of `age` in the study"));
  EXPECT_THAT(render(Given{"b,a,0301,female,\"[0,30)\",3,10\n"}.diagnostics), HasSubstr("no region `0301`"));
  EXPECT_THAT(render(Given{"b,a,4204,,\"[0,30)\",3,10\n"}.diagnostics), HasSubstr("no sex ``"));
  EXPECT_THAT(render(Given{"a,c,4204,male,\"[0,30)\",3,10\n"}.diagnostics), HasSubstr("no transition `a -> c`"));
  EXPECT_THAT(render(Given{"b,a,4204,male,\"[0,30)\",3.5,10\n"}.diagnostics), HasSubstr("not a number of events"));
  EXPECT_THAT(render(Given{"b,a,4204,male,\"[0,30)\",3,0\n"}.diagnostics), HasSubstr("nothing can happen to nobody"));
  EXPECT_THAT(render(Given{"b,a,4204,male,\"[0,30)\",3,1\nb,c,4204,male,\"[0,30)\",0,2\n"}.diagnostics),
              HasSubstr("and 1 for another transition out of `b`"));
  EXPECT_THAT(render(Given{"b,a,4204,male,\"[0,30)\",3,1\nb,a,4204,male,\"[0,30)\",0,1\n"}.diagnostics),
              HasSubstr("stands here twice"));
  EXPECT_THAT(render(Given{""}.diagnostics), HasSubstr("no lines that can be used"));
}

TEST(Study, TakesCountsInPlaceOfSources) {
  SmallStudy small{std::string{plain_study} + "exposure: {file: counts.csv}\n"};
  small.read_the_study();
  EXPECT_THAT(render(small.diagnostics), HasSubstr("the study has `exposure` and `sources`"));
}

}  // namespace
}  // namespace utvei
