// SPDX-License-Identifier: Apache-2.0
#include "places.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

unsigned char byte_at(std::string_view text, std::size_t at) {
  return static_cast<unsigned char>(text[at]);
}

/// Offset of the first byte from `from` that is not ASCII.
std::size_t skip_ascii(std::string_view text, std::size_t from) {
  constexpr std::uint64_t high_bits = 0x8080808080808080ULL;
  for (; from + sizeof(std::uint64_t) <= text.size(); from += sizeof(std::uint64_t)) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + from, sizeof word);
    if ((word & high_bits) != 0) break;
  }
  while (from < text.size() && byte_at(text, from) < 0x80) ++from;
  return from;
}

/// Bytes of the UTF-8 sequence at `at`; 0 if it is not well-formed (Unicode 15, table 3-7).
std::size_t sequence_length(std::string_view text, std::size_t at) {
  auto const lead = byte_at(text, at);
  auto const length = lead < 0xc2 ? 0U : lead < 0xe0 ? 2U : lead < 0xf0 ? 3U : lead < 0xf5 ? 4U : 0U;
  if (length == 0 || at + length > text.size()) return 0;
  for (std::size_t i = 1; i < length; ++i)
    if ((byte_at(text, at + i) & 0xc0U) != 0x80U) return 0;
  auto const second = byte_at(text, at + 1);
  auto const overlong = (lead == 0xe0 && second < 0xa0) || (lead == 0xf0 && second < 0x90);
  auto const outside = (lead == 0xed && second > 0x9f) || (lead == 0xf4 && second > 0x8f);
  return overlong || outside ? 0 : length;
}

bool is_control(unsigned char code) {
  return code < 0x20 && code != '\t' && code != '\n' && code != '\r';
}

/// Offset of the first control character other than those of text; the size if there is none.
std::size_t first_control(std::string_view text) {
  constexpr std::size_t chunk = 4096;  // a loop of fixed length without a way out is vectorised
  std::size_t from = 0;
  for (; from + chunk <= text.size(); from += chunk) {
    unsigned char any = 0;
    for (std::size_t i = 0; i < chunk; ++i) any |= static_cast<unsigned char>(is_control(byte_at(text, from + i)));
    if (any != 0) break;
  }
  while (from < text.size() && !is_control(byte_at(text, from))) ++from;
  return from;
}

/// Windows-1252; the five bytes that it leaves open stay controls.
char16_t code_point_of(unsigned char byte) {
  static constexpr std::array<char16_t, 32> windows{0x20ac, 0x81,   0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
                                                    0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8d,   0x017d, 0x8f,
                                                    0x90,   0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
                                                    0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x9d,   0x017e, 0x0178};
  return byte >= 0x80 && byte < 0xa0 ? windows[byte - 0x80U] : char16_t{byte};
}

void append_utf8(std::string& text, char16_t code_point) {
  auto const code = std::uint32_t{code_point};
  auto const tail = [&](unsigned shift) { text += static_cast<char>(0x80U | ((code >> shift) & 0x3fU)); };
  if (code < 0x80) {
    text += static_cast<char>(code);
  } else if (code < 0x800) {
    text += static_cast<char>(0xc0U | (code >> 6U));
    tail(0);
  } else {
    text += static_cast<char>(0xe0U | (code >> 12U));
    tail(6);
    tail(0);
  }
}

}  // namespace

PlaceFinder::PlaceFinder(std::shared_ptr<SourceText const> source) : source_{std::move(source)}, line_starts_{0} {
  auto const& all = source_->text;
  for (auto end = all.find('\n'); end != std::string::npos; end = all.find('\n', end + 1))
    line_starts_.push_back(end + 1);
}

std::size_t PlaceFinder::line_index(std::size_t offset) const {
  auto const next = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
  return static_cast<std::size_t>(next - line_starts_.begin()) - 1;
}

Place PlaceFinder::at(std::size_t offset, std::size_t length) const {
  auto const line = line_index(std::min(offset, source_->text.size()));
  auto const column = std::min(offset, source_->text.size()) - line_starts_[line];
  return {source_, static_cast<int>(line + 1), static_cast<int>(column + 1),
          static_cast<int>(std::max<std::size_t>(length, 1))};
}

std::string_view PlaceFinder::line_around(std::size_t offset) const {
  auto line = text().substr(line_starts_[line_index(std::min(offset, source_->text.size()))]);
  line = line.substr(0, line.find('\n'));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

Place whole_of(std::shared_ptr<SourceText const> source) {
  return {std::move(source), 0, 0, 1};
}

bool is_utf8(std::string_view text) {
  for (auto at = skip_ascii(text, 0); at < text.size(); at = skip_ascii(text, at)) {
    auto const length = sequence_length(text, at);
    if (length == 0) return false;
    at += length;
  }
  return true;
}

std::string from_latin1(std::string_view text) {
  std::string converted;
  converted.reserve(text.size() + text.size() / 16);
  for (auto const letter : text) append_utf8(converted, code_point_of(static_cast<unsigned char>(letter)));
  return converted;
}

std::shared_ptr<SourceText const> as_utf8(std::shared_ptr<SourceText const> source) {
  if (is_utf8(source->text)) return source;
  return std::make_shared<SourceText const>(SourceText{source->name, from_latin1(source->text)});
}

Unreadable find_binary(std::string_view text) {
  if (text.starts_with("\xff\xfe") || text.starts_with("\xfe\xff"))
    return {0, "this is UTF-16 text, not UTF-8", "save the file as UTF-8"};
  auto const found = first_control(text);
  if (found == text.size()) return {};
  return {found, fmt::format("this is not a text file: it holds a byte {:#04x}", byte_at(text, found)),
          "name a text file"};
}

}  // namespace utvei
