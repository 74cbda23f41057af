// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "contents.hpp"

#include <vector>

namespace utvei {

// The parts of a report. Each is without figures where the material does not hold it; `left_out` then says why, and
// which command would give it.

struct LeftOut {
  ReportText part, why;
  std::string command;
};
using LeftOutParts = std::vector<LeftOut>;

ReportSection recognise_section(Contents const& contents, LeftOutParts& left_out);
ReportSection difference_section(Contents const& contents, LeftOutParts& left_out);
ReportSection states_section(Contents const& contents, LeftOutParts& left_out);
ReportSection flows_section(Contents const& contents, LeftOutParts& left_out);
ReportSection places_section(Contents const& contents, LeftOutParts& left_out);
ReportSection expected_section(Contents const& contents, LeftOutParts& left_out);
ReportSection why_section(Contents const& contents, LeftOutParts& left_out);
ReportSection money_section(Contents const& contents, LeftOutParts& left_out);
ReportSection tornado_section(Contents const& contents, LeftOutParts& left_out);
ReportSection lives_section(Contents const& contents, LeftOutParts& left_out);
ReportSection waiting_section(Contents const& contents, LeftOutParts& left_out);
/// After all others: it says what they left out.
ReportSection assumptions_section(Contents const& contents, LeftOutParts const& left_out);

/// A state, a group of states or a transition that another command told of, inside a sentence.
ReportText outcome_words(Contents const& contents, std::string const& outcome);

/// Which is better, how sure, who pays.
std::vector<ReportText> lead_sentences(Contents const& contents);
/// The difference of one scenario in one group over the whole run, as a sentence: people, then what they are of.
ReportText difference_sentence(Contents const& contents, std::size_t scenario, std::string const& group);
/// How sure that is: a chance, or what must be true, or that only luck is known.
ReportText certainty_sentence(Contents const& contents, std::size_t scenario, std::string const& group);
/// Who pays and who gains; empty where money is not counted.
ReportText payers_sentence(Contents const& contents, std::size_t scenario);

/// A chapter of a municipal plan, of the sections that are there.
std::vector<ReportChapter> plan_chapters(Contents const& contents, std::vector<ReportSection> const& sections);

}  // namespace utvei
