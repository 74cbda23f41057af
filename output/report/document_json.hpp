// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/report/document.hpp>

#include <nlohmann/json.hpp>

namespace utvei {

/// The document for scripts, as `--format json` has it.
nlohmann::ordered_json document_json(ReportDocument const& document);

/// The same for a page to carry, in half the bytes: each text and column once, in `texts` and `columns`, and of a row
/// of a figure what differs from the row above it. docs/formats/report.md.
nlohmann::ordered_json packed(nlohmann::ordered_json document);

}  // namespace utvei
