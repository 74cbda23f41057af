// SPDX-License-Identifier: Apache-2.0
#include <utvei/results/compare.hpp>
#include <utvei/results/outcome_words.hpp>
#include <utvei/results/readable.hpp>

#include <gtest/gtest.h>

namespace utvei {
namespace {

TEST(InsideSentence, WritesWordsSmallAndAbbreviationsAsTheyAre) {
  EXPECT_EQ(inside_sentence("Arbeid"), "arbeid");
  EXPECT_EQ(inside_sentence("Lære"), "lære");
  EXPECT_EQ(inside_sentence("Økt støtte"), "økt støtte");
  EXPECT_EQ(inside_sentence("Ærøy"), "ærøy");
  EXPECT_EQ(inside_sentence("Öppen arbetslöshet"), "öppen arbetslöshet");
  EXPECT_EQ(inside_sentence("Kö"), "kö");
  EXPECT_EQ(inside_sentence("Ändrad"), "ändrad");
  EXPECT_EQ(inside_sentence("AAP"), "AAP");
  EXPECT_EQ(inside_sentence("ÅÅ"), "ÅÅ");
  EXPECT_EQ(inside_sentence("A"), "A");
  EXPECT_EQ(inside_sentence(""), "");
}

TEST(Notes, NameTablesInWords) {
  ComparisonNote const note{ComparisonNote::Kind::parameters_hidden, "stock`, `person_years_by_year_state`, `stock"};
  EXPECT_TRUE(text_of(note, "nb").starts_with("`personer`, `personår`: noen steder"));
  EXPECT_TRUE(text_of(note, "en").starts_with("`stock`, `person_years_by_year_state`, `stock`: in places"));
}

TEST(Readable, HasTheMarksOfTheLanguage) {
  EXPECT_EQ(readable(-1234.56, 1, "nb"), "−1\u202f234,6");
  EXPECT_EQ(readable(-1234.56, 1, "en"), "−1,234.6");
  EXPECT_EQ(readable(-0.04, 1, "nb"), "0,0");
}

TEST(Readable, SignsWhatIsMoreThanNothing) {
  EXPECT_EQ(readable_signed(0.25, 2, "nn"), "+0,25");
  EXPECT_EQ(readable_signed(0.00004, 4, "nb"), "0,0000");
  EXPECT_EQ(readable_signed(-3, 0, "en"), "−3");
}

TEST(Readable, KeepsThreeDigits) {
  EXPECT_EQ(readable_digits(999.6, "en"), "1,000");
  EXPECT_EQ(readable_digits(12.345, "nb"), "12,3");
  EXPECT_EQ(readable_digits(120, "nb"), "120");
  EXPECT_EQ(readable_digits(0.25, "en"), "0.25");
  EXPECT_EQ(readable_digits(-0.0012345, "en"), "−0.00123");
  EXPECT_EQ(readable_digits(0, "nb"), "0");
}

TEST(OutcomeWords, NameWhatIsAskedFor) {
  OutcomeLabels const labels{{{{"aap", "outside", "Arbeidsavklaringspenger", "", "Work assessment allowance"}}, {}},
                             {{"4203", "Arendal"}}};
  auto const in_words = [&](std::string const& text, std::string_view language) {
    return outcome_words(read_outcome(text, "--rank"), labels, language);
  };
  EXPECT_EQ(in_words("stock,state=aap,region=4203,year=2030", "nb"),
            "personer, arbeidsavklaringspenger, Arendal, 2030");
  EXPECT_EQ(in_words("person_years,state=outside", "nn"), "personår, utanforskap");
  EXPECT_EQ(in_words("present_value,state=society", "en"), "present value, society");
  EXPECT_EQ(in_words("something,state=else+aap", "en"), "something, else + work assessment allowance");
}

}  // namespace
}  // namespace utvei
