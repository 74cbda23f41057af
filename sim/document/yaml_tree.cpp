// SPDX-License-Identifier: Apache-2.0
#include "yaml_tree.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr std::size_t deepest = 100;
/// A few aliases of aliases can stand for more values than any memory holds.
constexpr std::size_t most_nodes_by_alias = 200'000;

std::size_t count_nodes(Value const& value) {
  std::size_t count = 1;
  for (auto const& item : value.items) count += count_nodes(item);
  for (auto const& member : value.members) count += count_nodes(member.value);
  return count;
}

/// Offset after the quote that closes the one at `open`; npos if there is none.
std::size_t after_closing_quote(std::string_view text, std::size_t open) {
  auto const quote = text[open];
  for (auto at = open + 1; at < text.size(); ++at) {
    if (quote == '"' && text[at] == '\\') {
      ++at;
    } else if (text[at] == quote) {
      if (quote == '"' || at + 1 >= text.size() || text[at + 1] != quote) return at + 1;
      ++at;
    }
  }
  return std::string_view::npos;
}

}  // namespace

YamlTree::YamlTree(PlaceFinder const& places, std::size_t offset, Fault fault, Diagnostics& diagnostics)
    : places_{places}, offset_{offset}, fault_{fault}, diagnostics_{diagnostics} {}

std::optional<Place> YamlTree::innermost_open() const {
  if (frames_.empty()) return std::nullopt;
  return frames_.back().value.place;
}

void YamlTree::refuse(Place place, std::string problem, std::string why, std::string suggestion) const {
  throw InputError{fault_, std::move(place), std::move(problem), std::move(why), std::move(suggestion)};
}

std::size_t YamlTree::offset_of(YAML::Mark const& mark) const {
  return std::min(offset_ + static_cast<std::size_t>(std::max(mark.pos, 0)), places_.text().size());
}

/// yaml-cpp marks a value where its anchor or tag starts.
std::size_t YamlTree::after_properties(std::size_t offset) const {
  auto const text = places_.text();
  while (offset < text.size() && (text[offset] == '&' || text[offset] == '!')) {
    auto const blank = text.find_first_of(" \t\r\n", offset);
    auto const next = text.find_first_not_of(" \t\r\n", blank);
    if (next == std::string_view::npos) return offset;
    offset = next;
  }
  return offset;
}

std::size_t YamlTree::length_of_scalar(std::size_t offset, std::string const& text, bool quoted) {
  auto const rest = places_.text().substr(offset);
  if (quoted && (rest.starts_with('"') || rest.starts_with('\''))) {
    auto const end = after_closing_quote(rest, 0);
    // yaml-cpp takes the end of the file for the closing quote.
    if (end == std::string_view::npos)
      refuse(places_.at(offset), "the quote that opens here is never closed", "", "close the quote");
    return std::min(end, rest.find_first_of("\r\n"));
  }
  if (quoted && (rest.starts_with('|') || rest.starts_with('>'))) return 1;
  if (rest.starts_with(text)) return text.size();
  auto const line = rest.substr(0, rest.find_first_of("\r\n"));
  return line.find_last_not_of(" \t") + 1;
}

/// The word for null that is written at the offset. Where nothing is written, yaml-cpp marks what comes next, which may
/// be a key `null`.
std::string_view YamlTree::null_word_at(std::size_t offset) const {
  static constexpr std::array<std::string_view, 4> words{"~", "null", "Null", "NULL"};
  auto const rest = places_.text().substr(offset);
  for (auto const word : words) {
    if (!rest.starts_with(word)) continue;
    auto const after = rest.substr(word.size());
    if (after.empty() || std::string_view{" \t\r\n,]}:"}.find(after.front()) != std::string_view::npos) return word;
  }
  return {};
}

void YamlTree::OnDocumentStart(YAML::Mark const& mark) {
  if (!root_) return;
  auto const offset = offset_of(mark);
  if (places_.text().substr(offset).starts_with("---"))
    refuse(places_.at(offset, 3), "a second YAML document starts here", "a file holds one document",
           "put it in a file of its own");
  refuse(places_.at(offset), "this does not belong to what stands above",
         "the top of a file is one map of keys, or one list", "check the indentation of this line");
}

void YamlTree::OnNull(YAML::Mark const& mark, YAML::anchor_t anchor) {
  auto const offset = after_properties(offset_of(mark));
  auto const word = null_word_at(offset);
  auto const after = places_.text().substr(std::min(offset + word.size(), places_.text().size()));
  auto const next = after.find_first_not_of(" \t");
  auto const is_key_word = next != std::string_view::npos && after[next] == ':';
  Value value;
  value.place = places_.at(offset, word.size());
  auto const waits_for_value = !frames_.empty() && frames_.back().key;
  auto const waits_for_key = !frames_.empty() && frames_.back().value.is_map() && !waits_for_value;
  if (!word.empty() && is_key_word == waits_for_key) {
    value.scalar = word;
  } else if (waits_for_value) {
    value.place = frames_.back().key->key_place;
  }
  place(std::move(value), anchor);
}

void YamlTree::OnAlias(YAML::Mark const& mark, YAML::anchor_t anchor) {
  auto const offset = offset_of(mark);
  auto const here = places_.at(offset);
  auto const found = anchors_.find(anchor);
  if (found == anchors_.end())
    refuse(here, "this alias stands inside its own anchor", "it would hold itself without end", "write the value out");
  nodes_by_alias_ += found->second.nodes;
  if (nodes_by_alias_ > most_nodes_by_alias)
    refuse(here, fmt::format("aliases stand for more than {} values", most_nodes_by_alias), "",
           "write fewer aliases of aliases");
  place(found->second.value, 0);
}

void YamlTree::OnScalar(YAML::Mark const& mark, std::string const& tag, YAML::anchor_t anchor,
                        std::string const& text) {
  auto const offset = after_properties(offset_of(mark));
  auto const is_text = tag == "!" || tag == "tag:yaml.org,2002:str";
  if (!is_text && tag != "?" && !tag.empty())
    refuse(places_.at(offset_of(mark)), fmt::format("the tag `{}` is not known", tag), "only !!str is",
           "leave the tag out");
  Value value;
  value.kind = Value::Kind::scalar;
  value.scalar = text;
  value.quoted = is_text;
  value.place = places_.at(offset, length_of_scalar(offset, text, is_text));
  place(std::move(value), anchor);
}

void YamlTree::OnSequenceStart(YAML::Mark const& mark, std::string const& tag, YAML::anchor_t anchor,
                               YAML::EmitterStyle::value /*style*/) {
  open(Value::Kind::list, mark, tag, anchor);
}

void YamlTree::OnMapStart(YAML::Mark const& mark, std::string const& tag, YAML::anchor_t anchor,
                          YAML::EmitterStyle::value /*style*/) {
  open(Value::Kind::map, mark, tag, anchor);
}

void YamlTree::open(Value::Kind kind, YAML::Mark const& mark, std::string const& tag, YAML::anchor_t anchor) {
  auto const here = places_.at(after_properties(offset_of(mark)));
  if (tag != "?" && !tag.empty() && tag != "!" && !tag.starts_with("tag:yaml.org,2002:"))
    refuse(here, fmt::format("the tag `{}` is not known", tag), "", "leave the tag out");
  if (frames_.size() >= deepest)
    refuse(here, fmt::format("values are nested more than {} deep", deepest), "", "check the brackets");
  Frame frame;
  frame.value.kind = kind;
  frame.value.place = here;
  frame.anchor = anchor;
  frames_.push_back(std::move(frame));
}

void YamlTree::close() {
  auto frame = std::move(frames_.back());
  frames_.pop_back();
  place(std::move(frame.value), frame.anchor);
}

void YamlTree::place(Value value, YAML::anchor_t anchor) {
  if (anchor != 0) {
    auto const nodes = count_nodes(value);
    anchors_[anchor] = {value, nodes};
  }
  if (frames_.empty()) {
    root_ = std::move(value);
    return;
  }
  auto& frame = frames_.back();
  if (frame.value.is_list()) {
    frame.value.items.push_back(std::move(value));
  } else if (!frame.key) {
    take_key(frame, value);
  } else {
    add_member(frame, std::move(value));
  }
}

void YamlTree::take_key(Frame& frame, Value const& value) const {
  if (value.is_list() || value.is_map())
    refuse(value.place, "a key must be a word", fmt::format("this is a {}", value.is_list() ? "list" : "map"),
           "check brackets and question marks");
  if (value.is_null() && value.scalar.empty())
    refuse(value.place, "there is no key before the colon", "", "write `key: value`");
  if (value.scalar == "<<" && !value.quoted)
    refuse(value.place, "merge keys (`<<`) are not read", "they are no part of YAML 1.2",
           "take another file's values with `extends:`, or write the values out");
  frame.key = Member{value.scalar, value.place, {}, value.quoted};
}

void YamlTree::add_member(Frame& frame, Value value) const {
  auto member = std::move(*frame.key);
  frame.key.reset();
  member.value = std::move(value);
  auto const [at, is_new] = frame.seen.try_emplace(member.key, frame.value.members.size());
  if (is_new) {
    frame.value.members.push_back(std::move(member));
  } else {
    report_duplicate(member, frame.value.members[at->second]);
  }
}

void YamlTree::report_duplicate(Member const& again, Member const& first) const {
  diagnostics_.add({Severity::error, fault_, again.key_place, fmt::format("the key `{}` stands here twice", again.key),
                    fmt::format("the first is in line {}, column {}; only one of them could count",
                                first.key_place.line, first.key_place.column),
                    "take one of them away, or rename it"});
}

}  // namespace utvei
