// SPDX-License-Identifier: Apache-2.0
// What numbers and effects rest on, in the words of those who read them.
#pragma once

#include <utvei/results/result.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace utvei {

/// What is known of the effects of a measure. Where no source is named they are assumed.
struct MeasureEvidence {
  std::string measure;
  std::string source, confidence;  ///< of the study; H, M or L
  std::string note_nb{}, note_nn{},
      note_en{};  ///< what the source does not tell; of a language that is missing the next
  friend bool operator==(MeasureEvidence const&, MeasureEvidence const&) = default;
};

/// Of the measures with effects that one of two results has, and the other has not or has otherwise.
std::vector<MeasureEvidence> evidence_beside(RunResult const& baseline, RunResult const& scenario);

/// Whether a study tells of it that is not weak.
bool is_known(MeasureEvidence const& evidence);
/// `evidens M (middels sikker): Reme mfl. 2019`, or that no source is named. In nb, nn or en.
std::string evidence_words(MeasureEvidence const& evidence, std::string_view language);
/// `middels god evidens`: of `H`, `M` or `L`, for who does not know the letters.
std::string_view grade_words(std::string_view confidence, std::string_view language);
/// `middels god evidens: Reme mfl. 2019`: of one whose source is named.
std::string grade_and_source(MeasureEvidence const& evidence, std::string_view language);
/// A heading for lines of them.
std::string_view evidence_heading(std::string_view language);

/// A line on numbers that rest on no data, as those of made-up places; empty for other classes than `synthetic`.
std::string made_up_notice(std::string_view data_class, std::string_view language);

}  // namespace utvei
