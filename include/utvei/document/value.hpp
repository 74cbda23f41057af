// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/diagnostics.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace utvei {

struct Member;

/// A node of a YAML document that knows where it was written. Aliases are expanded; `extends:` and `--set` are applied
/// by read_document, after which a value may come from another file than its neighbours: its own place says which.
struct Value {
  enum class Kind { null, scalar, list, map };

  Kind kind{Kind::null};
  std::string scalar;  ///< the text of a scalar
  bool quoted{false};  ///< quoted or block scalar: never a number, bool, null or date
  Place place;
  std::vector<Value> items;     ///< of a list
  std::vector<Member> members;  ///< of a map, in the order of the file; keys are unique

  [[nodiscard]] Value const* find(std::string_view key) const;  ///< nullptr if absent or not a map
  [[nodiscard]] bool is_map() const { return kind == Kind::map; }
  [[nodiscard]] bool is_list() const { return kind == Kind::list; }
  [[nodiscard]] bool is_scalar() const { return kind == Kind::scalar; }
  [[nodiscard]] bool is_null() const { return kind == Kind::null; }
};

struct Member {
  std::string key;
  Place key_place;
  Value value;
  bool key_quoted{false};  ///< see as_code(Member)
};

/// `ips: {…}` of a map as the item `{name: ips, …}` of a list; a name that the item has itself stands.
Value named_item(Member member);
/// A map of maps by name as the list that it stands for, without those that are empty; anything else as it is.
Value named_items(Value const& value);

/// One `--set measures.NAME.places.total=80`: changes or creates a key; items of lists are addressed by their `name`.
struct Override {
  std::string path;
  std::string value;  ///< YAML
  Place place;        ///< in a SourceText named `--set`
};
/// Splits `path=value`; a usage error if there is no `=` or the path is empty.
Override parse_override(std::string_view text);

/// Parses YAML text. Duplicate keys, plain values that start with `*`, tabs and syntax errors are diagnosed; after a
/// syntax error the value is null.
Value parse_yaml(std::string_view text, std::string_view name, Diagnostics& diagnostics);

/// Who asked for the file: a path on the command line that is missing is a data error (4), a path written in a file is
/// that file's error (3), reported at `from`.
struct Request {
  Place from{};            ///< without a source: the command line
  std::size_t threads{1};  ///< that may read the file
};

/// Reads a YAML file with its chain of `extends:` (maps merge by key, lists and scalars replace, null removes; a map
/// laid over a list merges with its items by their `name`; cycles are errors) and the overrides. Who brings a `name` of
/// its own does not inherit the `label`. The key `extends` itself is gone from the result. Paths in the files stay as
/// written: resolve them with path_beside(value). Files that are missing, directories, binary or empty are diagnosed.
Value read_document(std::string const& path, std::vector<Override> const& overrides, Request const& request,
                    Diagnostics& diagnostics);

/// A path written in a document, seen from the folder of the file that wrote it.
std::string path_beside(Value const& value);

/// YAML of a value, for provenance (resolved scenario).
std::string to_yaml(Value const& value);

}  // namespace utvei
