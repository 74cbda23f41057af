// SPDX-License-Identifier: Apache-2.0
#include "written_values.hpp"

#include <algorithm>
#include <memory>
#include <string_view>

#include <nlohmann/json.hpp>

namespace utvei {
namespace {

/// Where a place begins in its text.
std::size_t offset_of(Place const& place) {
  std::string_view const text = place.source->text;
  std::size_t at = 0;
  for (int line = 1; line < place.line; ++line) {
    auto const end = text.find('\n', at);
    if (end == std::string_view::npos) return text.size();
    at = end + 1;
  }
  return std::min(at + static_cast<std::size_t>(std::max(0, place.column - 1)), text.size());
}

std::string quoted_text(std::string const& text) {
  return nlohmann::json(text).dump();
}

}  // namespace

std::string flow_text(Value const& value) {
  std::string text;
  auto const separate = [&] { text += text.size() > 1 ? ", " : ""; };
  switch (value.kind) {
    case Value::Kind::null:
      return "null";
    case Value::Kind::scalar:
      return value.quoted ? quoted_text(value.scalar) : value.scalar;
    case Value::Kind::list:
      text = "[";
      for (Value const& item : value.items) {
        separate();
        text += flow_text(item);
      }
      return text + "]";
    case Value::Kind::map:
      text = "{";
      for (Member const& member : value.members) {
        separate();
        text += (member.key_quoted ? quoted_text(member.key) : member.key) + ": " + flow_text(member.value);
      }
      return text + "}";
  }
  return text;
}

Override written_override(std::string const& key, Value const& value) {
  std::string const written = flow_text(value);
  Place place = value.place;
  bool const stands_so =
      place.source && place.line > 0 && place.source->text.substr(offset_of(place)).starts_with(written);
  if (place.source && place.line > 0 && !stands_so) {
    // The text of the file up to the value, and the value on one line: it is read where it stands.
    std::string text{place.source->text.substr(0, offset_of(value.place))};
    place.source = std::make_shared<SourceText const>(SourceText{value.place.source->name, text + written});
  }
  return {key, written, place};
}

}  // namespace utvei
