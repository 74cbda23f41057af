// SPDX-License-Identifier: Apache-2.0
#include "row_scanner.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace utvei {
namespace {

/// string_view::find(char) compiles to the same call, but not always inline.
char const* find_in(char const* begin, char const* end, char wanted) {
  if (begin == end) return nullptr;
  return static_cast<char const*>(std::memchr(begin, wanted, static_cast<std::size_t>(end - begin)));
}

}  // namespace

std::size_t RowScanner::line_end(std::size_t from) const {
  auto const* end = find_in(text_.data() + from, text_.data() + text_.size(), '\n');
  return end == nullptr ? text_.size() : static_cast<std::size_t>(end - text_.data());
}

RowScanner::Outcome RowScanner::scan(std::size_t& at) {
  if (at >= text_.size()) return Outcome::end;
  fields_.clear();
  escaped_.clear();
  lines_ = 1;
  auto const end = line_end(at);
  auto line = text_.substr(at, end - at);
  if (line.ends_with('\r')) line.remove_suffix(1);
  if (has_quotes_ && find_in(line.data(), line.data() + line.size(), '"') != nullptr) return split_quoted(at);
  at = std::min(end + 1, text_.size());
  if (line.find_first_not_of(" \t") == std::string_view::npos) return Outcome::blank;
  split_plain(line);
  return Outcome::row;
}

void RowScanner::split_plain(std::string_view line) {
  auto const* begin = line.data();
  auto const* const end = begin + line.size();
  while (auto const* separator = find_in(begin, end, separator_)) {
    fields_.emplace_back(begin, static_cast<std::size_t>(separator - begin));
    begin = separator + 1;
  }
  fields_.emplace_back(begin, static_cast<std::size_t>(end - begin));
}

/// Takes the field whose quote opens there; where its closing quote is, or the end of the text.
std::size_t RowScanner::take_quoted(std::size_t open) {
  auto close = open + 1;
  auto is_escaped = false;
  for (;; close += 2) {
    close = text_.find('"', close);
    if (close == std::string_view::npos) return text_.size();
    if (close + 1 >= text_.size() || text_[close + 1] != '"') break;
    is_escaped = true;
  }
  if (is_escaped) escaped_.push_back(fields_.size());
  fields_.push_back(text_.substr(open + 1, close - open - 1));
  lines_ += static_cast<int>(std::count(fields_.back().begin(), fields_.back().end(), '\n'));
  return close;
}

RowScanner::Outcome RowScanner::split_quoted(std::size_t& at) {
  for (auto begin = at;;) {
    if (begin < text_.size() && text_[begin] == '"') {
      auto const close = take_quoted(begin);
      if (close == text_.size()) {
        trouble_ = begin;
        at = text_.size();
        return Outcome::open_quote;
      }
      begin = close + 1;
      auto const after = std::min(text_.find_first_not_of(" \r", begin), text_.size());
      if (after < text_.size() && text_[after] != separator_ && text_[after] != '\n') {
        trouble_ = after;
        at = std::min(line_end(after) + 1, text_.size());
        return Outcome::after_quote;
      }
      begin = after;
    } else {
      auto const line = std::string_view{text_.data() + begin, line_end(begin) - begin};
      auto field = line.substr(0, line.find(separator_));
      begin += field.size();
      if (field.size() == line.size() && field.ends_with('\r')) field.remove_suffix(1);
      fields_.push_back(field);
    }
    if (begin >= text_.size() || text_[begin] == '\n') {
      at = std::min(begin + 1, text_.size());
      return Outcome::row;
    }
    ++begin;
  }
}

char find_separator(std::string_view header) {
  static constexpr std::array<char, 3> candidates{';', '\t', ','};
  std::array<std::size_t, 3> counts{};
  auto in_quotes = false;
  for (auto const letter : header) {
    if (letter == '"') in_quotes = !in_quotes;
    for (std::size_t i = 0; i < candidates.size(); ++i)
      if (!in_quotes && letter == candidates[i]) ++counts[i];
  }
  auto const most = std::max_element(counts.begin(), counts.end());
  return *most == 0 ? ',' : candidates[static_cast<std::size_t>(most - counts.begin())];
}

std::string unescape(std::string_view field) {
  std::string text;
  text.reserve(field.size());
  for (std::size_t at = 0; at < field.size(); ++at) {
    text += field[at];
    if (field[at] == '"') ++at;
  }
  return text;
}

}  // namespace utvei
