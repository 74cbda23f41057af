// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/estimation/fit.hpp>
#include <utvei/register/life_courses.hpp>

namespace utvei {

/// Two classes of people at the rates of a fit, and whether they tell better who is still in a state after a year.
FrailtyReport estimate_frailty(LifeCourses const& lives, Model const& model, Exposure const& exposure, Fit const& rates,
                               EstimateOptions const& options, std::size_t threads = 0, StopFlag const* stop = nullptr);

}  // namespace utvei
