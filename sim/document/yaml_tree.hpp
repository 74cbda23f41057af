// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "places.hpp"

#include <utvei/document/value.hpp>

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/mark.h>

namespace utvei {

/// Makes a Value of the events of yaml-cpp's parser. Duplicate keys go to the diagnostics; what cannot be read on from
/// is thrown as InputError.
class YamlTree final : public YAML::EventHandler {
 public:
  /// The parser reads the source's text from `offset` on.
  YamlTree(PlaceFinder const& places, std::size_t offset, Fault fault, Diagnostics& diagnostics);

  [[nodiscard]] bool has_root() const { return root_.has_value(); }
  Value take_root() { return std::move(*root_); }
  /// The innermost list or map that has not ended.
  [[nodiscard]] std::optional<Place> innermost_open() const;

  void OnDocumentStart(YAML::Mark const& mark) override;
  void OnDocumentEnd() override {}
  void OnNull(YAML::Mark const& mark, YAML::anchor_t anchor) override;
  void OnAlias(YAML::Mark const& mark, YAML::anchor_t anchor) override;
  void OnScalar(YAML::Mark const& mark, std::string const& tag, YAML::anchor_t anchor,
                std::string const& text) override;
  void OnSequenceStart(YAML::Mark const& mark, std::string const& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override;
  void OnSequenceEnd() override { close(); }
  void OnMapStart(YAML::Mark const& mark, std::string const& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override;
  void OnMapEnd() override { close(); }

 private:
  struct Frame {
    Value value;
    YAML::anchor_t anchor{0};
    std::optional<Member> key;  ///< waits for its value
    std::unordered_map<std::string, std::size_t> seen;
  };
  struct Anchored {
    Value value;
    std::size_t nodes{0};
  };

  [[nodiscard]] std::size_t offset_of(YAML::Mark const& mark) const;
  [[nodiscard]] std::size_t after_properties(std::size_t offset) const;
  [[nodiscard]] std::size_t length_of_scalar(std::size_t offset, std::string const& text, bool quoted);
  [[nodiscard]] std::string_view null_word_at(std::size_t offset) const;
  void open(Value::Kind kind, YAML::Mark const& mark, std::string const& tag, YAML::anchor_t anchor);
  void close();
  void place(Value value, YAML::anchor_t anchor);
  void take_key(Frame& frame, Value const& value) const;
  void add_member(Frame& frame, Value value) const;
  void report_duplicate(Member const& again, Member const& first) const;
  [[noreturn]] void refuse(Place place, std::string problem, std::string why, std::string suggestion) const;

  PlaceFinder const& places_;
  std::size_t offset_;
  Fault fault_;
  Diagnostics& diagnostics_;
  std::vector<Frame> frames_;
  std::optional<Value> root_;
  std::map<YAML::anchor_t, Anchored> anchors_;
  std::size_t nodes_by_alias_{0};
};

}  // namespace utvei
