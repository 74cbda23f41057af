// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hdf5_handle.hpp"

#include <utvei/results/result.hpp>

namespace utvei {

// What every file of ours says about itself in the attributes of its root: format, format_version, utvei_version,
// git_hash, inputs (JSON: [{path, sha256}]), command_line, threads, data_class; and the rules of disclosure where the
// class is register: the strictest of the inputs' and of its own.
void write_provenance(hid_t root, Provenance const& provenance);
Provenance read_provenance(hid_t root);

void write_disclosure(hid_t root, DisclosureRules const& rules);
DisclosureRules read_disclosure(hid_t root);

}  // namespace utvei
