// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/chapters/contents.hpp>
#include <utvei/document/value.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace utvei {

// What a scenario file says, for who does not read such files.

/// `16. november 2024`, `2026`: a date or a year of a file. What is neither stays as it is.
ReportText date_in_words(std::string const& date);
/// `fra 1. januar 2026 til 1. januar 2031`; empty: neither is said.
ReportText span_in_words(Value const* from, Value const* until);
/// `18 måneder`
ReportText duration_in_words(std::string const& duration);
/// A duration, or the median of a time and the most it may be; empty: it is said otherwise.
ReportText time_in_words(Value const* time);
/// A number as it stands, or the mean of one with its interval, `scale` times as large; empty: neither.
ReportText number_in_words(Value const& number, double scale);
/// `Vestfold, Telemark`
ReportText regions_in_words(Contents const& contents, Value const& regions);
/// Of the patterns of transitions: `Arbeidsledig → arbeid`.
ReportText transitions_in_words(Contents const& contents, Value const& patterns);
/// Whom a measure is for, or a change acts on: states, age, traits, region, time, what was before.
ReportText people_in_words(Contents const& contents, Value const& who);

/// A text of a file that may be in several languages; one that is missing is as in the next of nb, en, nn.
ReportText labels_in(Value const& labels);
/// One text or several, with commas.
ReportText listed(std::vector<ReportText> const& texts, std::string_view between = ", ");
/// Scalars of a list, or the one scalar.
std::vector<std::string> scalars_of(Value const& value);

}  // namespace utvei
