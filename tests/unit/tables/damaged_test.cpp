// SPDX-License-Identifier: Apache-2.0
// Files that are damaged, or made to do harm: an error, never a crash, and no more memory than the file's own size asks
// for.
#include "table_test_base.hpp"

namespace utvei {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class Damaged : public TableTest {
 protected:
  static constexpr std::string_view mapping =
      "utvei: mapping/1\nfile: data\ncolumns: {Region: region, Tid: year}\nsmall: zero_or_three\n";
  static constexpr std::string_view json =
      R"({"class": "dataset", "id": ["Region", "Tid"], "size": [2, 2], "dimension": {"Region": {"category": {)"
      R"("index": {"K-3901": 0, "K-3903": 1}, "label": {"K-3901": "Horten"}}}, "Tid": {"category": {"index": ["2023",)"
      R"( "2024"]}}}, "value": [5, null, 3, 12], "status": {"1": ":"}, "role": {"time": ["Tid"]}})";
  static constexpr std::string_view csv =
      "\"Region\";\"Tid\";\"07459: Befolkning\"\r\n\"3901 Horten\";2023;5\r\n\"3901 Horten\";2024;:\r\n\"3903\";2023;1 "
      "234\r\n";

  /// A table, or a reason why there is none.
  void read_and_expect_an_answer(std::string_view text) {
    write("data", text);
    diagnostics_ = {};
    auto const table = read(mapping);
    EXPECT_NE(table.has_value(), diagnostics_.has_errors()) << text;
  }
};

TEST_F(Damaged, CutShortAnywhere) {
  for (auto const whole : {json, csv})
    for (std::size_t length = 0; length <= whole.size(); ++length) read_and_expect_an_answer(whole.substr(0, length));
}

TEST_F(Damaged, WithOtherBytesAnywhere) {
  for (auto const whole : {json, csv})
    for (std::size_t at = 0; at < whole.size(); at += 3)
      for (char const other : {'"', ';', '}', '9', '\xe5'}) {
        std::string changed{whole};
        changed[at] = other;
        read_and_expect_an_answer(changed);
      }
}

TEST_F(Damaged, WithPartsTwice) {
  for (auto const whole : {json, csv})
    for (std::size_t from = 0; from < whole.size(); from += 7)
      for (std::size_t length = 1; length < 40; length += 13)
        read_and_expect_an_answer(std::string{whole.substr(0, from + length)} + std::string{whole.substr(from)});
}

TEST_F(Damaged, SizesThatNoFileHolds) {
  auto const sized = [&](std::string const& sizes, std::string const& value) {
    write(
        "data",
        R"({"id": ["Region", "Tid"], "size": )" + sizes +
            R"(, "dimension": {"Region": {"category": {"index": ["a", "b"]}}, "Tid": {"category": {"index": ["2023"]}}},
 "value": )" +
            value + "}");
    diagnostics_ = {};
    read(mapping);
    EXPECT_EQ(diagnostics_.error_count(), 1U) << sizes << render(diagnostics_);
  };
  sized("[1000000000000, 1]", "{}");
  sized("[99999999999999999999999, 1]", "{}");
  sized("[1e3, 1]", "[]");
  sized("[2, 1000000]", "{\"0\": 1}");
  sized("[[], {}]", "[]");
}

/// A small file with some long dimensions would be a cube of any size.
TEST_F(Damaged, CubesThatNoMemoryHolds) {
  std::string categories;
  for (int i = 0; i < 5000; ++i) categories += (i == 0 ? "\"" : ",\"") + std::to_string(i) + '"';
  std::string const dimension = R"({"category": {"index": [)" + categories + "]}}";
  write("data", R"({"id": ["Region", "Tid", "c"], "size": [5000, 5000, 5000], "dimension": {"Region": )" + dimension +
                    R"(, "Tid": )" + dimension + R"(, "c": )" + dimension + R"(}, "value": {"0": 1}})");
  read(mapping);
  EXPECT_THAT(problems(), ElementsAre(HasSubstr("more than 20000000 cells")));
}

}  // namespace
}  // namespace utvei
