// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/model/definitions.hpp>
#include <utvei/model/model.hpp>
#include <utvei/results/evidence.hpp>
#include <utvei/scenario/measure.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace utvei {

/// The labels of these states, with commas between them; of none that all are counted.
std::string states_listed(std::vector<bool> const& states, Model const& model, std::string_view language);
/// Whom a definition counts, and out of whom: `ledig, AAP; 30–61 år; av alle i alderen unntatt død`.
std::string definition_words(Definition const& definition, Model const& model, std::string_view language);

MeasureEvidence evidence_of_measure(Measure const& measure);

}  // namespace utvei
