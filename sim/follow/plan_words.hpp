// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/follow/follow.hpp>

#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace utvei {

/// A sentence with gaps, filled with what each language says.
template <class... Parts>
ReportText plan_said(std::string_view nb, std::string_view nn, std::string_view en, Parts const&... parts) {
  auto const in = [&](std::string_view pattern, std::string_view language) {
    return [&pattern](auto const&... words) {
      return fmt::vformat(pattern, fmt::make_format_args(words...));
    }(std::string{parts.in(language)}...);
  };
  return {in(nb, "nb"), in(nn, "nn"), in(en, "en")};
}

/// A whole number as it is; others with one decimal.
ReportText amount_words(double number);
/// A figure beside the ends of its band: all whole, or all with a decimal.
struct ComparedWords {
  ReportText figure, low, high;
};
/// Ends of whole figures are rounded inwards: a figure reads as inside exactly where it is.
ComparedWords compared_words(double figure, std::pair<double, double> const& ends);

/// Whether an actor is responsible for an indicator; all are of nobody in particular.
bool is_of_actor(FollowPlan const& plan, std::size_t indicator, std::string const& actor);
/// Whether an actor is responsible for the step that people came to.
bool is_step_of_actor(FollowPlan const& plan, FollowedStep const& step, std::string const& actor);
/// The model finds and offers in one act, and cannot judge how many of the one go on to the other.
bool is_found_and_offered(FollowedStep const& step);

/// What a measure is called; its name where the run does not say.
ReportText label_of_measure(FollowedPlan const& followed, std::string const& measure);
ReportText definition_of(FollowedPlan const& followed, PlanIndicator const& indicator);
/// Years of which the run has a part.
std::vector<int> years_in_part(FollowedPlan const& followed);
/// How a figure that is known lies.
ReportText figure_sentence(FollowedPlan const& followed, FollowedFigure const& figure);
/// What the bands hold, and how many runs they are of.
ReportText band_sentence(FollowedPlan const& followed);
/// What is taken for granted; empty: no effect is.
ReportText assumed_sentence(FollowedPlan const& followed);

}  // namespace utvei
