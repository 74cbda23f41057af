// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/document/reader.hpp>
#include <utvei/register/study.hpp>

namespace utvei {

/// Whether a source of the study is of `kind: panel`. `sources`: the list under that key.
bool study_has_panel(Value const& study);
bool has_panel(Value const& sources);

/// Reads the one source of a panel into `study.panel`.
void read_panel_source(Value const& sources, Study& study, Diagnostics& diagnostics);

/// The window of a panel; and refuses the keys of a study that mean nothing to one. `written`: the study.
void finish_panel_study(Value const& written, Study& study, Diagnostics& diagnostics);

}  // namespace utvei
