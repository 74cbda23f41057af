// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/chapters/contents.hpp>

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

/// Who comes to each step of the ways that a scenario asks for; without rows where none does.
ReportFigure ways_figure(Contents const& contents);

/// A state, a group of states or a transition that another command told of, inside a sentence.
ReportText outcome_words(Contents const& contents, std::string const& outcome);

/// How services work together, by the names of scenario files.
ReportText way_words(std::string const& way);

/// What scenarios have that the zero alternative has not: for whom, when, how many, and what it is taken to do.
std::vector<ReportAbout> about_scenarios(Contents const& contents);
/// A note of the comparison, with scenarios as readers know them and without the marks of terminals.
ReportText note_in_words(Contents const& contents, ComparisonNote const& note);

/// Which is better, how sure (empty where nothing differs), who pays.
std::vector<ReportText> lead_sentences(Contents const& contents);
/// The same for each place whose number can be told, or of the place above it; empty where nothing is told of the place
/// alone.
std::map<std::string, std::vector<ReportText>> lead_by_place(Contents const& contents);
/// The difference of one scenario in one group over the whole run, as a sentence: people, then what they are of.
ReportText difference_sentence(Contents const& contents, std::size_t scenario, std::string const& group);
/// The same of a row: of everybody, or of an area that goes before it.
ReportText difference_in_words(Contents const& contents, std::size_t scenario, std::string const& group,
                               ComparisonRow const& row);
/// Person-years of a row as people, for who does not reckon in person-years: on average from when something is changed.
ReportText people_sentence(Contents const& contents, std::size_t scenario, std::string const& group,
                           ComparisonRow const& row);
/// How sure that is: a chance, or what must be true, or that only luck is known.
ReportText certainty_sentence(Contents const& contents, std::size_t scenario, std::string const& group);
/// A chance, or that only luck is known.
ReportText chance_sentence(Contents const& contents, ComparisonRow const& row);
/// Which scenario the first screen is about: the most good news, by the mean.
std::size_t scenario_in_front(Contents const& contents, std::string const& group);
/// Who pays and who gains; empty where money is not counted. `region`: empty for all.
ReportText payers_sentence(Contents const& contents, std::size_t scenario, std::string const& region = {});
/// What the measures themselves cost, who pays, and the caveats; empty where money is not counted, or not of the
/// region.
ReportText who_pays_sentence(Contents const& contents, std::size_t scenario, std::string const& region = {});
/// What of it no price or no study is behind.
ReportText money_caveats(Contents const& contents, std::size_t scenario);

/// A chapter of a municipal plan, of the lead and the sections that are there.
std::vector<ReportChapter> plan_chapters(Contents const& contents, ReportDocument const& document);

}  // namespace utvei
