// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report.hpp"

#include <utvei/report/document.hpp>

#include <string>

namespace utvei {

/// A page of half a million characters is nothing to read on a terminal.
void refuse_terminal(ReportArguments const& arguments);
/// A name that says another format would not open.
void check_extension_of_report(ReportArguments const& arguments);

/// As page or JSON, and says so. The document has passed its gate.
void write_report_document(ReportArguments const& arguments, ReportDocument const& document, Session& session);
void write_report_text(ReportArguments const& arguments, std::string const& text, std::string const& data_class,
                       Session& session);

}  // namespace utvei
