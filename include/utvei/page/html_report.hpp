// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/report/document.hpp>

#include <string>

namespace utvei {

/// The document for scripts: `"format": "utvei: report/1"`, docs/formats/report.md.
std::string report_json(ReportDocument const& document);

/// One page that needs nothing else: sentences and tables as HTML, the document for the script that draws its figures,
/// and a policy that lets it load nothing. `studio`: the document of `utvei studio` as JSON; the page then offers what
/// it says and may ask the server that it came from. Empty: none.
std::string report_html(ReportDocument const& document, std::string const& studio = {});

}  // namespace utvei
