// SPDX-License-Identifier: Apache-2.0
#include "hdf5_read.hpp"
#include "provenance.hpp"

#include <utvei/output/inherited_rules.hpp>

#include <filesystem>
#include <optional>

namespace utvei {
namespace {

/// None of a file that is not ours, or not made from a register.
std::optional<DisclosureRules> rules_in(std::string const& path) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error) || error) return std::nullopt;
  QuietHdf5 const quiet;
  if (H5Fis_hdf5(path.c_str()) <= 0) return std::nullopt;
  try {
    Handle const access{H5Pcreate(H5P_FILE_ACCESS), H5Pclose, "making a property list"};
    check_hdf5(H5Pset_file_locking(access.get(), false, true), "leaving out locks");
    Handle const root{H5Fopen(path.c_str(), H5F_ACC_RDONLY, access.get()), H5Fclose, "opening"};
    if (!has_attribute(root.get(), "data_class") || text_attribute(root.get(), "data_class") != "register")
      return std::nullopt;
    return read_disclosure(root.get());
  } catch (Hdf5Failure const&) {
    return std::nullopt;  // whoever reads the file says what is wrong with it
  }
}

}  // namespace

DisclosureRules inherited_rules(std::vector<std::string> const& files, DisclosureRules const& own) {
  std::optional<DisclosureRules> rules;
  if (own != DisclosureRules{}) rules = own;
  for (std::string const& file : files)
    if (auto const of_file = rules_in(file)) rules = rules ? strictest(*rules, *of_file) : *of_file;
  return rules.value_or(own);
}

}  // namespace utvei
