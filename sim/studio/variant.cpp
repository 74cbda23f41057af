// SPDX-License-Identifier: Apache-2.0
#include "variant.hpp"

#include <utvei/document/reader.hpp>

#include <algorithm>
#include <array>
#include <filesystem>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

Value text_value(std::string text) {
  Value value;
  value.kind = Value::Kind::scalar;
  value.quoted = !yaml_trap(text).empty();
  value.scalar = std::move(text);
  return value;
}

/// Norwegian letters as they are written without them; any other character as `_`.
std::string plain_letters(std::string const& name) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 6> letters{
      {{"æ", "ae"}, {"ø", "o"}, {"å", "a"}, {"Æ", "Ae"}, {"Ø", "O"}, {"Å", "A"}}};
  std::string result;
  for (std::size_t i = 0; i < name.size();) {
    std::string_view const rest = std::string_view{name}.substr(i);
    auto const letter = std::ranges::find_if(letters, [&](auto const& one) { return rest.starts_with(one.first); });
    if (letter != letters.end()) {
      result += letter->second;
      i += letter->first.size();
      continue;
    }
    char const c = name[i++];
    bool const is_plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
    if (is_plain) {
      result += c;
    } else if (!result.ends_with('_')) {
      result += '_';
    }
  }
  return result;
}

}  // namespace

std::string file_name_of(std::string const& name) {
  constexpr std::size_t longest = 60;
  std::string result = plain_letters(name).substr(0, longest);
  std::size_t const begin = result.find_first_not_of("._-");
  std::size_t const end = result.find_last_not_of("._-");
  return begin == std::string::npos ? "try" : result.substr(begin, end - begin + 1);
}

std::string variant_yaml(StudioFile const& base, TryRequest const& request, std::string const& folder) {
  Value document = base.document;
  std::vector<ValuePath> changed;
  for (StudioLever const& lever : base.levers) {
    auto const moved = request.levers.find(lever.id);
    if (moved == request.levers.end() || moved->second == lever.value) continue;
    move_lever(document, lever, moved->second);
    changed.insert(changed.end(), lever.targets.begin(), lever.targets.end());
  }
  // Beside the file that it extends, paths are seen from there; elsewhere they are whole.
  bool const is_beside = std::filesystem::path{base.path}.parent_path() == std::filesystem::path{folder};
  Value file = laid_over(document, changed, is_beside ? folder : "");
  std::vector<Member> head;
  head.push_back({"extends", {}, text_value(is_beside ? base.file : base.path)});
  head.push_back({"name", {}, text_value(file_name_of(request.name))});
  file.members.insert(file.members.begin(), std::make_move_iterator(head.begin()), std::make_move_iterator(head.end()));
  return fmt::format("# {}\n{}", request.name, to_yaml(file));
}

}  // namespace utvei
