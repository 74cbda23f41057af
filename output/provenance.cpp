// SPDX-License-Identifier: Apache-2.0
#include "provenance.hpp"

#include "hdf5_read.hpp"
#include "hdf5_write.hpp"

#include <utvei/output/inherited_rules.hpp>

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace utvei {

void write_disclosure(hid_t root, DisclosureRules const& rules) {
  write_attribute(root, "disclosure_least", static_cast<std::int64_t>(rules.least));
  write_attribute(root, "disclosure_denominator", static_cast<std::int64_t>(rules.denominator));
  write_attribute(root, "disclosure_round_to", rules.round_to);
}

DisclosureRules read_disclosure(hid_t root) {
  DisclosureRules rules;
  if (!has_attribute(root, "disclosure_least")) return rules;
  rules.least = static_cast<double>(integer_attribute(root, "disclosure_least"));
  rules.denominator = static_cast<double>(integer_attribute(root, "disclosure_denominator"));
  rules.round_to = integer_attribute(root, "disclosure_round_to");
  return rules;
}

void write_provenance(hid_t root, Provenance const& provenance) {
  write_attribute(root, "format", provenance.format);
  write_attribute(root, "format_version", std::int64_t{provenance.format_version});
  write_attribute(root, "utvei_version", provenance.utvei_version);
  write_attribute(root, "git_hash", provenance.git_hash);
  nlohmann::ordered_json inputs = nlohmann::ordered_json::array();
  for (InputFile const& input : provenance.inputs) inputs.push_back({{"path", input.path}, {"sha256", input.sha256}});
  // A path may hold any bytes; those that are not UTF-8 are replaced.
  write_attribute(root, "inputs", inputs.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
  write_attribute(root, "command_line", provenance.command_line);
  write_attribute(root, "threads", static_cast<std::int64_t>(provenance.threads));
  write_attribute(root, "data_class", provenance.data_class);
  if (provenance.data_class != "register") return;
  std::vector<std::string> files;
  for (InputFile const& input : provenance.inputs) files.push_back(input.path);
  write_disclosure(root, inherited_rules(files, provenance.disclosure));
}

Provenance read_provenance(hid_t root) {
  Provenance provenance;
  provenance.format = text_attribute(root, "format");
  provenance.format_version = static_cast<int>(integer_attribute(root, "format_version"));
  provenance.utvei_version = text_attribute(root, "utvei_version");
  provenance.git_hash = text_attribute(root, "git_hash");
  auto const inputs = nlohmann::json::parse(text_attribute(root, "inputs"), nullptr, false);
  auto const is_text = [](nlohmann::json const& input, char const* key) {
    return input.is_object() && input.contains(key) && input[key].is_string();
  };
  if (!inputs.is_array()) throw Hdf5Failure{"`inputs` should be a list"};
  for (auto const& input : inputs) {
    if (!is_text(input, "path") || !is_text(input, "sha256")) throw Hdf5Failure{"`inputs` should be paths and sha256"};
    provenance.inputs.push_back({input["path"], input["sha256"]});
  }
  provenance.command_line = text_attribute(root, "command_line");
  provenance.threads = static_cast<std::size_t>(integer_attribute(root, "threads"));
  provenance.data_class = text_attribute(root, "data_class");
  provenance.disclosure = read_disclosure(root);
  return provenance;
}

}  // namespace utvei
