// SPDX-License-Identifier: Apache-2.0
// How messages look. Places count bytes, as parsers do; what is printed counts characters, as editors do.
#include <utvei/core/diagnostics.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>

#include <fmt/format.h>

namespace utvei {
namespace {

/// One character of a source as it is printed, and where it stood.
struct Glyph {
  std::string text;
  std::size_t width{1};
  std::size_t offset{0};
};

/// The number of bytes of the UTF-8 character at the start of `bytes`, and its code point; nullopt if it is none.
struct Decoded {
  std::uint32_t code_point;
  std::size_t length;
};
std::optional<Decoded> decode(std::string_view bytes) {
  auto const byte = [&](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i])); };
  auto const lead = byte(0);
  if (lead < 0x80) return Decoded{lead, 1};
  auto const length = lead >= 0xf0 ? 4U : lead >= 0xe0 ? 3U : 2U;
  if (lead < 0xc2 || lead > 0xf4 || bytes.size() < length) return std::nullopt;
  auto code_point = lead & (0xffU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xc0U) != 0x80U) return std::nullopt;
    code_point = (code_point << 6U) | (byte(i) & 0x3fU);
  }
  return Decoded{code_point, length};
}

/// Characters that a terminal would act on rather than show: controls, and marks that turn the direction of writing.
bool is_invisible(std::uint32_t code_point) {
  return code_point < 0x20 || (code_point >= 0x7f && code_point < 0xa0) ||
         (code_point >= 0x202a && code_point <= 0x202e) || (code_point >= 0x2066 && code_point <= 0x2069) ||
         code_point == 0xfeff;
}

Glyph glyph_at(std::string_view text, std::size_t offset, std::size_t& length) {
  auto const decoded = decode(text.substr(offset));
  length = decoded ? decoded->length : 1;
  if (decoded && decoded->code_point == '\t') return {"    ", 4, offset};
  if (decoded && !is_invisible(decoded->code_point)) return {std::string{text.substr(offset, length)}, 1, offset};
  auto const shown = decoded && decoded->code_point > 0xff
                         ? fmt::format("\\u{:04x}", decoded->code_point)
                         : fmt::format("\\x{:02x}", static_cast<unsigned char>(text[offset]));
  return {shown, shown.size(), offset};
}

std::vector<Glyph> glyphs_of(std::string_view text) {
  std::vector<Glyph> glyphs;
  for (std::size_t offset = 0, length = 0; offset < text.size(); offset += length)
    glyphs.push_back(glyph_at(text, offset, length));
  return glyphs;
}

std::string visible(std::string_view text) {
  std::string shown;
  for (auto const& glyph : glyphs_of(text)) shown += glyph.text;
  return shown;
}

/// Without its line end; nullopt if the text has fewer lines.
std::optional<std::string_view> line_of(std::string_view text, int line) {
  for (int at = 1; at < line; ++at) {
    auto const end = text.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    text.remove_prefix(end + 1);
  }
  text = text.substr(0, text.find('\n'));
  if (text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

/// The glyphs of one line that are shown, and what the caret underlines of them.
struct Excerpt {
  std::string line;
  std::size_t indent{0};
  std::size_t underline{1};
};

constexpr std::size_t most_glyphs = 100;
constexpr std::size_t glyphs_before_caret = 40;

Excerpt excerpt_of(std::vector<Glyph> const& glyphs, std::size_t first, std::size_t last) {
  auto const begin = glyphs.size() <= most_glyphs || first < most_glyphs - glyphs_before_caret
                         ? 0
                         : std::min(first, glyphs.size()) - glyphs_before_caret;
  auto const end = std::min(glyphs.size(), begin + most_glyphs);
  Excerpt excerpt{begin > 0 ? "…" : "", begin > 0 ? 1U : 0U, 0};
  for (auto i = begin; i < end; ++i) {
    excerpt.line += glyphs[i].text;
    if (i < first) excerpt.indent += glyphs[i].width;
    if (i >= first && i < last) excerpt.underline += glyphs[i].width;
  }
  if (end < glyphs.size()) excerpt.line += "…";
  excerpt.underline = std::max<std::size_t>(excerpt.underline, 1);
  return excerpt;
}

/// The position of the glyph that holds the byte, or one past the last.
std::size_t glyph_index(std::vector<Glyph> const& glyphs, std::size_t byte, std::size_t line_bytes) {
  if (byte >= line_bytes) return glyphs.size();
  auto const after = std::upper_bound(glyphs.begin(), glyphs.end(), byte,
                                      [](std::size_t value, Glyph const& glyph) { return value < glyph.offset; });
  return static_cast<std::size_t>(after - glyphs.begin()) - 1;
}

std::string_view name_of(Severity severity) {
  switch (severity) {
    case Severity::error:
      return "error";
    case Severity::warning:
      return "warning";
    case Severity::note:
      return "note";
  }
  return "error";
}

/// Lines after the first are set in under it.
std::string advice(std::string_view label, std::string_view text) {
  if (text.empty()) return {};
  std::string shown;
  while (!text.empty()) {
    auto const line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    shown += (shown.empty() ? "" : "\n        ") + visible(line);
  }
  return fmt::format("  {}: {}\n", label, shown);
}

/// `file:line:column: ` and the line with its caret.
struct Shown {
  std::string head;
  std::string source_line;
};

/// A file may be one line of megabytes, as JSON often is: only what stands around the caret is taken apart.
struct Window {
  std::string_view text;
  std::size_t first_byte{0};  ///< of the line, where it begins
  std::size_t glyphs_before{0};
};

constexpr std::size_t longest_line_shown = 4096;

Window window_around(std::string_view line, std::size_t byte) {
  if (line.size() <= longest_line_shown) return {line, 0, 0};
  constexpr auto half = longest_line_shown / 2;
  Window window;
  for (std::size_t length = 0; byte > half && window.first_byte < byte - half; window.first_byte += length) {
    auto const decoded = decode(line.substr(window.first_byte));
    length = decoded ? decoded->length : 1;
    ++window.glyphs_before;
  }
  window.text = line.substr(window.first_byte, longest_line_shown);
  return window;
}

Shown show(Place const& place) {
  if (!place.source) return {};
  auto const name = visible(place.source->name);
  if (place.line <= 0) return {name + ": ", {}};
  auto const line = line_of(place.source->text, place.line);
  if (place.column <= 0) {
    auto const text = line ? fmt::format("{:>4} | {}\n", place.line, visible(*line)) : "";
    return {fmt::format("{}:{}: ", name, place.line), text};
  }
  auto const first_byte = static_cast<std::size_t>(place.column - 1);
  if (!line) return {fmt::format("{}:{}:{}: ", name, place.line, place.column), {}};
  auto const window = window_around(*line, std::min(first_byte, line->size()));
  auto const glyphs = glyphs_of(window.text);
  auto const at = first_byte - window.first_byte;
  auto const first = glyph_index(glyphs, at, window.text.size());
  auto const length = static_cast<std::size_t>(std::max(place.length, 1));
  auto const last = glyph_index(glyphs, at + length - 1, window.text.size()) + 1;
  auto const excerpt = excerpt_of(glyphs, first, last);
  return {fmt::format("{}:{}:{}: ", name, place.line, window.glyphs_before + first + 1),
          fmt::format("{:>4} | {}\n     | {:{}}^{:~<{}}\n", place.line, excerpt.line, "", excerpt.indent, "",
                      excerpt.underline - 1)};
}

}  // namespace

std::string render(Diagnostic const& diagnostic) {
  auto const place = show(diagnostic.place);
  return fmt::format("{}{}: {}\n{}{}{}", place.head, name_of(diagnostic.severity), visible(diagnostic.problem),
                     place.source_line, advice("why", diagnostic.why), advice("help", diagnostic.suggestion));
}

std::string render(Diagnostics const& diagnostics) {
  std::string text;
  for (auto const& diagnostic : diagnostics.all()) text += render(diagnostic);
  return text;
}

}  // namespace utvei
