// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/report/document.hpp>

#include <string>

namespace utvei {

/// The document for scripts: `"format": "utvei: report/1"`, docs/formats/report.md.
std::string report_json(ReportDocument const& document);

/// One page that needs nothing else: sentences and tables as HTML, the document for the script that draws its figures,
/// and a policy that lets it load nothing.
std::string report_html(ReportDocument const& document);

}  // namespace utvei
