// SPDX-License-Identifier: Apache-2.0
#include <utvei/core/diagnostics.hpp>
#include <utvei/register/disclosure.hpp>

#include <gmock/gmock.h>

namespace utvei {
namespace {

TEST(Disclosure, RegisterDataStayInside) {
  EXPECT_NO_THROW(require_disclosure_cleared("register", Audience::inside, "rates.h5"));
  EXPECT_NO_THROW(require_disclosure_cleared("open", Audience::outside, "rates.h5"));
  EXPECT_NO_THROW(require_disclosure_cleared("synthetic", Audience::outside, "rates.h5"));
  try {
    require_disclosure_cleared("register", Audience::outside, "rates.h5");
    FAIL() << "was let out";
  } catch (InputError const& error) {
    ASSERT_EQ(error.diagnostics().all().size(), 1U);
    EXPECT_EQ(error.diagnostics().all()[0].fault, Fault::usage);
    EXPECT_THAT(error.diagnostics().all()[0].suggestion, testing::HasSubstr("--inside"));
  }
}

TEST(Disclosure, FilesOfRegistersAreForTheirOwnerAlone) {
  EXPECT_EQ(file_mode("register"), 0600U);
  EXPECT_EQ(file_mode("open"), 0644U);
}

}  // namespace
}  // namespace utvei
