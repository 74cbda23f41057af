// SPDX-License-Identifier: Apache-2.0
#include "stata_writer.hpp"

#include <utvei/core/diagnostics.hpp>
#include <utvei/output/table_formats.hpp>

#include <algorithm>
#include <array>
#include <ctime>
#include <new>

#include <fmt/format.h>
#include <readstat.h>

namespace utvei {
namespace {

constexpr std::uint8_t stata_format = 118;  // Unicode; Stata 14 and later
constexpr std::size_t longest_name = 32;
constexpr std::size_t longest_label = 80;  // letters

constexpr std::array<std::string_view, 25> reserved_words{
    "_all", "_b",    "byte", "_coef", "_cons", "double", "float", "if",  "in",    "int",  "long", "_n",     "_N",
    "_pi",  "_pred", "_rc",  "_skip", "using", "with",   "strL",  "str", "alias", "_r_b", "_se",  "_weight"};

bool is_letter(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || letter == '_';
}
bool is_digit(char letter) {
  return letter >= '0' && letter <= '9';
}

/// `str10` is a type of Stata.
bool is_type_of_text(std::string_view name) {
  return name.size() > 3 && name.starts_with("str") && std::ranges::all_of(name.substr(3), is_digit);
}

/// So many letters of UTF-8, none of them cut.
std::string first_letters(std::string_view text, std::size_t letters) {
  std::size_t end = 0;
  while (end < text.size() && letters > 0) {
    ++end;
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) ++end;
    --letters;
  }
  return std::string{text.substr(0, end)};
}

ssize_t append_bytes(void const* data, std::size_t size, void* file) {
  try {
    static_cast<std::string*>(file)->append(static_cast<char const*>(data), size);
  } catch (std::bad_alloc const&) {
    return -1;  // no exception may pass through the library
  }
  return static_cast<ssize_t>(size);
}

/// A time that is the same for all files and in all time zones, since the library writes it as local time.
std::time_t no_time() {
  std::tm when{};
  when.tm_year = 80;
  when.tm_mday = 1;
  when.tm_isdst = -1;
  return std::mktime(&when);
}

readstat_type_t type_of(StataWriter::Kind kind) {
  switch (kind) {
    case StataWriter::Kind::whole:
      return READSTAT_TYPE_INT32;
    case StataWriter::Kind::text:
      return READSTAT_TYPE_STRING;
    case StataWriter::Kind::number:
      return READSTAT_TYPE_DOUBLE;
  }
  return READSTAT_TYPE_DOUBLE;
}

}  // namespace

std::string stata_name(std::string_view name) {
  std::string plain;
  for (char const letter : name) plain += is_letter(letter) || is_digit(letter) ? letter : '_';
  if (plain.empty() || is_digit(plain.front())) plain = '_' + plain;
  if (std::ranges::find(reserved_words, plain) != reserved_words.end() || is_type_of_text(plain)) plain += '_';
  return plain.substr(0, longest_name);
}

void StataWriter::Free::operator()(readstat_writer_s* writer) const {
  readstat_writer_free(writer);
}

StataWriter::StataWriter(std::string const& label) : writer_{readstat_writer_init()} {
  readstat_set_data_writer(writer_.get(), append_bytes);
  expect_ok(readstat_writer_set_file_format_version(writer_.get(), stata_format));
  expect_ok(readstat_writer_set_file_label(writer_.get(), first_letters(label, longest_label).c_str()));
  expect_ok(readstat_writer_set_file_timestamp(writer_.get(), no_time()));
}

void StataWriter::expect_ok(int error) const {
  if (error == READSTAT_OK) return;
  throw InputError{Fault::data, Place{}, "cannot make a Stata file",
                   readstat_error_message(static_cast<readstat_error_t>(error)), "write the table as csv"};
}

std::string StataWriter::unused_name(std::string_view name) {
  std::string const plain = stata_name(name);
  std::string found = plain;
  for (int number = 2; !names_.insert(found).second; ++number) {
    std::string const end = fmt::format("_{}", number);
    found = plain.substr(0, longest_name - end.size()) + end;
  }
  return found;
}

void StataWriter::add_variable(std::string const& name, std::string const& label, Kind kind, std::string const& format,
                               std::vector<std::string> const& labels, std::size_t width) {
  std::string const used = unused_name(name);
  auto* const variable = readstat_add_variable(writer_.get(), used.c_str(), type_of(kind), width);
  readstat_variable_set_label(variable, first_letters(label, longest_label).c_str());
  if (!format.empty()) readstat_variable_set_format(variable, format.c_str());
  if (!labels.empty()) {
    auto* const set = readstat_add_label_set(writer_.get(), READSTAT_TYPE_INT32, used.c_str());
    for (std::size_t i = 0; i < labels.size(); ++i)
      readstat_label_int32_value(set, static_cast<std::int32_t>(i + 1), labels[i].c_str());
    readstat_variable_set_label_set(variable, set);
  }
  variables_.push_back(variable);
}

void StataWriter::add_note(std::string const& note) {
  readstat_add_note(writer_.get(), note.c_str());
}

void StataWriter::begin_rows(std::size_t rows) {
  expect_ok(readstat_begin_writing_dta(writer_.get(), &bytes_, static_cast<long>(rows)));
}

void StataWriter::begin_row() {
  at_ = 0;
  expect_ok(readstat_begin_row(writer_.get()));
}

readstat_variable_s* StataWriter::next() {
  return variables_.at(at_++);
}

void StataWriter::whole(std::int32_t value) {
  expect_ok(readstat_insert_int32_value(writer_.get(), next(), value));
}

void StataWriter::number(double value) {
  expect_ok(readstat_insert_double_value(writer_.get(), next(), value));
}

void StataWriter::text(std::string const& value) {
  expect_ok(readstat_insert_string_value(writer_.get(), next(), value.c_str()));
}

void StataWriter::held_back() {
  expect_ok(readstat_insert_tagged_missing_value(writer_.get(), next(), 'h'));
}

void StataWriter::end_row() {
  expect_ok(readstat_end_row(writer_.get()));
}

std::string StataWriter::finish() {
  expect_ok(readstat_end_writing(writer_.get()));
  return std::move(bytes_);
}

}  // namespace utvei
