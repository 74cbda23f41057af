// SPDX-License-Identifier: Apache-2.0
#include "document_json.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <utility>

namespace utvei {
namespace {

using PackedJson = nlohmann::ordered_json;

constexpr auto number_of_text = "#";
constexpr std::array<char const*, 3> text_languages{"nb", "nn", "en"};

bool holds_text(PackedJson const& object) {
  return std::ranges::all_of(text_languages, [&](char const* language) {
    auto const found = object.find(language);
    return found != object.end() && found->is_string();
  });
}

/// Texts by number; a name that is the same in all languages as itself.
class TextTable {
 public:
  std::size_t number(PackedJson const& object) {
    PackedJson text = PackedJson::array();
    for (char const* const language : text_languages) text.push_back(object.at(language));
    if (text[0] == text[1] && text[1] == text[2]) text = std::string{text[0]};
    auto const [found, is_new] = numbers_.emplace(text.dump(), all_.size());
    if (is_new) all_.push_back(std::move(text));
    return found->second;
  }
  PackedJson take() { return std::move(all_); }

 private:
  std::map<std::string, std::size_t> numbers_;
  PackedJson all_ = PackedJson::array();
};

/// A map is the user's own, and cells are names that `labels` knows.
bool is_left_alone(std::string const& key) {
  return key == "geo" || key == "rows";
}

void pack_texts(PackedJson& value, TextTable& texts) {
  if (value.is_array())
    for (PackedJson& inner : value) pack_texts(inner, texts);
  if (!value.is_object()) return;
  PackedJson packed = PackedJson::object();
  bool const is_text = holds_text(value);
  if (is_text) packed[number_of_text] = texts.number(value);
  for (auto& [key, inner] : value.items()) {
    if (is_text && std::ranges::find(text_languages, key) != text_languages.end()) continue;
    if (!is_left_alone(key)) pack_texts(inner, texts);
    packed[key] = std::move(inner);
  }
  value = std::move(packed);
}

/// Columns by number: many figures have the same.
void pack_columns(PackedJson& columns, PackedJson& all) {
  for (PackedJson& column : columns) {
    auto const found = std::ranges::find(all, column);
    std::size_t const number = static_cast<std::size_t>(found - all.begin());
    if (found == all.end()) all.push_back(std::move(column));
    column = number;
  }
}

/// Leaves out the first cells that are those of the row above; the last one stays.
void pack_rows(PackedJson& rows) {
  for (std::size_t at = rows.size(); at-- > 1;) {
    auto& row = rows[at].get_ref<PackedJson::array_t&>();
    auto const& above = rows[at - 1].get_ref<PackedJson::array_t const&>();
    if (row.empty() || row.size() != above.size()) continue;
    row.erase(row.begin(), std::mismatch(row.begin(), row.end() - 1, above.begin()).first);
  }
}

}  // namespace

nlohmann::ordered_json packed(nlohmann::ordered_json document) {
  TextTable texts;
  pack_texts(document, texts);
  PackedJson columns = PackedJson::array();
  for (PackedJson& section : document.at("sections"))
    for (PackedJson& figure : section.at("figures")) {
      pack_columns(figure.at("columns"), columns);
      pack_rows(figure.at("rows"));
    }
  document["columns"] = std::move(columns);
  document["texts"] = texts.take();
  return document;
}

}  // namespace utvei
