// SPDX-License-Identifier: Apache-2.0
// nlohmann's parser keeps no stack of its own calls, so that no file can exhaust it, but tells no places: it reads
// through an iterator that says how far it has come, and each token is what stands between there and the token before.
#include "places.hpp"

#include <utvei/document/json.hpp>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace utvei {
namespace {

constexpr std::size_t deepest_json = 100;

/// Says how far it has been read.
class WatchedCharacters {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = char const*;
  using reference = char const&;

  WatchedCharacters(char const* at, char const*& reached) : at_{at}, reached_{&reached} {}
  reference operator*() const { return *at_; }
  WatchedCharacters& operator++() {
    *reached_ = ++at_;
    return *this;
  }
  WatchedCharacters operator++(int) {
    auto const before = *this;
    ++*this;
    return before;
  }
  friend bool operator==(WatchedCharacters const& a, WatchedCharacters const& b) { return a.at_ == b.at_; }

 private:
  char const* at_;
  char const** reached_;
};

/// Makes a Value of the parser's events.
class JsonTree final : public nlohmann::json_sax<nlohmann::json> {
 public:
  JsonTree(PlaceFinder const& places, Fault fault, Diagnostics& diagnostics)
      : places_{places}, fault_{fault}, diagnostics_{diagnostics}, reached_{places.text().data()} {}

  Value parse() {
    auto const text = places_.text();
    auto const* const end = text.data() + text.size();
    auto const is_good =
        nlohmann::json::sax_parse(WatchedCharacters{text.data(), reached_}, WatchedCharacters{end, reached_}, this);
    return is_good ? std::move(root_) : Value{};
  }

  bool null() override { return scalar(Value::Kind::null, "null"); }
  bool boolean(bool value) override { return scalar(Value::Kind::scalar, value ? "true" : "false"); }
  bool number_integer(number_integer_t /*value*/) override { return number(); }
  bool number_unsigned(number_unsigned_t /*value*/) override { return number(); }
  bool number_float(number_float_t /*value*/, string_t const& /*text*/) override { return number(); }
  bool string(string_t& text) override {
    auto const place = take_token();
    return put({Value::Kind::scalar, std::move(text), true, place, {}, {}});
  }
  bool binary(binary_t& /*value*/) override { return false; }  // JSON has none
  bool start_object(std::size_t /*size*/) override { return open(Value::Kind::map); }
  bool start_array(std::size_t /*size*/) override { return open(Value::Kind::list); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool key(string_t& name) override {
    auto const place = take_token();
    open_.back().key = Member{std::move(name), place, {}, true};
    return true;
  }
  bool parse_error(std::size_t position, std::string const& /*token*/, nlohmann::json::exception const& error) override;

 private:
  struct Frame {
    Value value;
    std::optional<Member> key;  ///< waits for its value
    std::unordered_map<std::string, std::size_t> seen;
  };

  /// What stands between the token before and where the parser is now.
  Place take_token() {
    auto const text = places_.text();
    auto const start = std::min(text.find_first_not_of(" \t\r\n,:", end_), text.size());
    end_ = static_cast<std::size_t>(reached_ - text.data());
    return places_.at(start, end_ > start ? end_ - start : 1);
  }

  bool scalar(Value::Kind kind, std::string text) {
    auto place = take_token();
    place.length = static_cast<int>(text.size());
    return put({kind, std::move(text), false, std::move(place), {}, {}});
  }

  /// The parser has read one character more than the number, unless the text ends there.
  bool number() {
    auto place = take_token();
    auto const text = places_.text();
    auto const rest = text.substr(std::min(end_, text.size()) - static_cast<std::size_t>(place.length));
    auto const digits = rest.substr(0, rest.find_first_not_of("+-.0123456789eE"));
    place.length = static_cast<int>(digits.size());
    return put({Value::Kind::scalar, std::string{digits}, false, std::move(place), {}, {}});
  }

  bool open(Value::Kind kind) {
    auto place = take_token();
    place.length = 1;
    if (open_.size() >= deepest_json)
      return refuse(std::move(place), fmt::format("values are nested more than {} deep", deepest_json), "",
                    "check the brackets");
    open_.push_back({Value{kind, {}, false, std::move(place), {}, {}}, std::nullopt, {}});
    return true;
  }

  bool close() {
    end_ = static_cast<std::size_t>(reached_ - places_.text().data());
    auto value = std::move(open_.back().value);
    open_.pop_back();
    return put(std::move(value));
  }

  bool put(Value value) {
    if (open_.empty()) {
      root_ = std::move(value);
    } else if (open_.back().value.is_list()) {
      open_.back().value.items.push_back(std::move(value));
    } else {
      add_member(open_.back(), std::move(value));
    }
    return true;
  }

  void add_member(Frame& frame, Value value) {
    auto member = std::move(*frame.key);
    frame.key.reset();
    member.value = std::move(value);
    auto const [at, is_new] = frame.seen.try_emplace(member.key, frame.value.members.size());
    if (is_new) {
      frame.value.members.push_back(std::move(member));
      return;
    }
    auto const& first = frame.value.members[at->second].key_place;
    refuse(member.key_place, fmt::format("the key `{}` stands here twice", member.key),
           fmt::format("the first is in line {}, column {}; only one of them could count", first.line, first.column),
           "take one of them away");
  }

  bool refuse(Place place, std::string problem, std::string why, std::string suggestion) {
    diagnostics_.add(
        {Severity::error, fault_, std::move(place), std::move(problem), std::move(why), std::move(suggestion)});
    return false;
  }

  PlaceFinder const& places_;
  Fault fault_;
  Diagnostics& diagnostics_;
  char const* reached_;  ///< by the parser
  std::size_t end_{0};   ///< of the token before
  std::vector<Frame> open_;
  Value root_;
};

bool JsonTree::parse_error(std::size_t position, std::string const& /*token*/, nlohmann::json::exception const& error) {
  auto const text = places_.text();
  auto const at = std::min(position == 0 ? 0 : position - 1, text.size());
  if (text.find_first_not_of(" \t\r\n", at) == std::string_view::npos)
    return refuse(places_.at(at), "the file ends in the middle of its JSON", "it was cut short, or is not all there",
                  "save it once more");
  // "[json.exception.parse_error.101] parse error at line 1, column 8: syntax error …"
  std::string_view why{error.what()};
  if (auto const colon = why.find(": "); colon != std::string_view::npos) why.remove_prefix(colon + 2);
  return refuse(places_.at(at), "this cannot be read as JSON", std::string{why}, "save the file once more");
}

}  // namespace

Value parse_json(std::shared_ptr<SourceText const> const& source, Fault fault, Diagnostics& diagnostics) {
  if (source->text.find_first_not_of(" \t\r\n") == std::string_view::npos) {
    diagnostics.add({Severity::error, fault, whole_of(source), "the file is empty", "", "save it once more"});
    return {};
  }
  return JsonTree{PlaceFinder{source}, fault, diagnostics}.parse();
}

}  // namespace utvei
