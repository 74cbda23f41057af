// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/document/reader.hpp>
#include <utvei/estimation/fit.hpp>

namespace utvei {

/// The keys terms, terms_for and constraints of `estimate`. Bands of clocks that no transition has among its terms are
/// left out.
void read_term_options(MapReader& reader, Study const& study, EstimateOptions& options, Diagnostics& diagnostics);

}  // namespace utvei
