// SPDX-License-Identifier: Apache-2.0
#include "workbook_sheet.hpp"

#include "write_failure.hpp"

#include <utvei/output/table_formats.hpp>

#include <algorithm>
#include <cctype>
#include <set>

#include <fmt/format.h>
#include <xlsxwriter.h>

namespace utvei {
namespace {

constexpr std::size_t longest_sheet_name = 31;
constexpr std::time_t no_date = 315'532'800;  // 1980-01-01, as the files inside the workbook have it

lxw_row_t row_number(std::size_t row) {
  return static_cast<lxw_row_t>(row);
}
lxw_col_t column_number(std::size_t column) {
  return static_cast<lxw_col_t>(column);
}

/// Names of sheets are one name to Excel if they differ in the case of letters only.
std::string in_small_letters(std::string name) {
  std::ranges::transform(name, name.begin(),
                         [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
  return name;
}

}  // namespace

Workbook::Workbook(std::string path, std::string folder, std::string const& title, std::string const& subject)
    : path_{std::move(path)}, folder_{std::move(folder)} {
  lxw_workbook_options options{LXW_TRUE, folder_.data(), LXW_FALSE};
  book_ = workbook_new_opt(path_.c_str(), &options);
  if (book_ == nullptr) throw file_failure(path_, "cannot make a workbook", "there is no memory for it");
  std::string own_title = title;
  std::string own_subject = subject;
  lxw_doc_properties properties{};
  properties.title = own_title.data();
  properties.subject = own_subject.data();
  properties.created = no_date;
  workbook_set_properties(book_, &properties);
  bold_ = workbook_add_format(book_);
  format_set_bold(bold_);
  link_ = workbook_get_default_url_format(book_);
}

Workbook::~Workbook() {
  if (book_ != nullptr) lxw_workbook_free(book_);
}

Workbook::Sheet Workbook::add_sheet(std::string const& name, std::vector<std::size_t> const& widths) {
  auto* const sheet = workbook_add_worksheet(book_, name.c_str());
  if (sheet == nullptr) throw file_failure(path_, fmt::format("cannot make the sheet `{}`", name));
  for (std::size_t i = 0; i < widths.size(); ++i)
    worksheet_set_column(sheet, column_number(i), column_number(i), static_cast<double>(widths[i]), nullptr);
  return Sheet{sheet, *this};
}

void Workbook::close() {
  auto const error = workbook_close(book_);
  book_ = nullptr;  // it frees what it closes
  if (error == LXW_NO_ERROR) return;
  throw file_failure(path_, "cannot write the workbook", lxw_strerror(error),
                     "make room, or name another file with -o");
}

void Workbook::Sheet::text(std::size_t row, std::size_t column, std::string const& text) {
  worksheet_write_string(sheet_, row_number(row), column_number(column), text.c_str(), nullptr);
}

void Workbook::Sheet::heading(std::size_t row, std::size_t column, std::string const& text) {
  worksheet_write_string(sheet_, row_number(row), column_number(column), text.c_str(), book_.bold_);
}

void Workbook::Sheet::number(std::size_t row, std::size_t column, double value) {
  worksheet_write_number(sheet_, row_number(row), column_number(column), value, nullptr);
}

void Workbook::Sheet::link(std::size_t row, std::size_t column, std::string const& sheet, std::string const& text) {
  worksheet_write_url_opt(sheet_, row_number(row), column_number(column),
                          fmt::format("internal:'{}'!A1", sheet).c_str(), book_.link_, text.c_str(), nullptr);
}

void Workbook::Sheet::head_of_table(std::size_t rows, std::size_t columns) {
  worksheet_freeze_panes(sheet_, 1, 0);
  worksheet_autofilter(sheet_, 0, 0, row_number(rows), column_number(columns - 1));
}

std::vector<std::string> sheet_names(std::vector<std::string> const& names, std::string const& front) {
  std::set<std::string> taken{in_small_letters(front), "history"};  // a name that Excel keeps for itself
  std::vector<std::string> found;
  for (std::string name : names) {
    std::ranges::replace_if(
        name, [](char letter) { return std::string_view{"[]:*?/\\'"}.find(letter) != std::string_view::npos; }, '_');
    std::string used = name.substr(0, longest_sheet_name);
    for (int number = 2; !taken.insert(in_small_letters(used)).second; ++number) {
      std::string const end = fmt::format("~{}", number);
      used = name.substr(0, longest_sheet_name - end.size()) + end;
    }
    found.push_back(used);
  }
  return found;
}

}  // namespace utvei
