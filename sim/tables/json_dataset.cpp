// SPDX-License-Identifier: Apache-2.0
#include "json_dataset.hpp"

#include <utvei/document/reader.hpp>

#include <algorithm>

#include <fmt/format.h>

namespace utvei {
namespace {

std::string_view text_at(Value const& map, std::string_view key) {
  auto const* found = map.find(key);
  return found == nullptr ? std::string_view{} : std::string_view{found->scalar};
}

/// What a JSON file is that is no dataset; "" if it cannot be told.
std::string what_it_is(Value const& root) {
  if (text_at(root, "class") == "collection") return "a collection: a list of datasets, which are elsewhere";
  if (text_at(root, "class") == "dimension") return "a dimension, without numbers";
  if (root.find("columns") != nullptr && root.find("data") != nullptr)
    return "PxWeb's own JSON (`json` or `json-px`), not JSON-stat";
  if (root.find("query") != nullptr || root.find("queryObj") != nullptr) return "a query, not what it answered";
  if (root.find("title") != nullptr && (root.find("status") != nullptr || root.find("type") != nullptr))
    return fmt::format("PxWeb's answer to a request that went wrong: {}", text_at(root, "title"));
  return {};
}

}  // namespace

Value const* find_dataset(Value const& root, Mapping const& mapping, Fault fault, Diagnostics& diagnostics) {
  auto const refuse = [&](Place place, std::string problem, std::string why, std::string suggestion) {
    diagnostics.add(
        {Severity::error, fault, std::move(place), std::move(problem), std::move(why), std::move(suggestion)});
    return nullptr;
  };
  std::vector<std::string> names;
  if (root.is_map() && root.find("dimension") == nullptr)
    for (auto const& member : root.members)
      if (member.value.find("dimension") != nullptr) names.push_back(member.key);
  if (names.empty()) {
    if (root.find("dimension") != nullptr && text_at(root, "class") != "dimension") return &root;
    return refuse(root.place, "this is no JSON-stat dataset", what_it_is(root), "save the table as JSON-stat2");
  }
  if (mapping.dataset) {
    if (auto const* named = root.find(mapping.dataset->text)) return named;
    diagnostics.error(mapping.dataset->place, fmt::format("the file has no dataset `{}`", mapping.dataset->text), "",
                      did_you_mean(mapping.dataset->text, names));
    return nullptr;
  }
  if (names.size() == 1) return root.find(names.front());
  diagnostics.error(mapping.file.place, fmt::format("the file holds {} datasets", names.size()),
                    fmt::format("they are {}", fmt::join(names, ", ")),
                    fmt::format("say which: `dataset: {}`", names.front()));
  return nullptr;
}

}  // namespace utvei
