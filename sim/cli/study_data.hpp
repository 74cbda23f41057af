// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "session.hpp"

#include <utvei/register/life_courses.hpp>
#include <utvei/register/study.hpp>

#include <string>

namespace utvei {

/// Reads the life courses of a study from its data files, and shows warnings; throws what is wrong with them.
/// `rejects`: where rows that cannot be used are written, also if there are too many; "": nowhere.
LifeCourses read_lives(Study const& study, std::string const& rejects, Session& session);

/// A register file and counts have no rows that could be rejected: a usage error if rejects are asked for.
void refuse_rejects_without_rows(Study const& study, std::string const& rejects);

/// Of a study with faults, those under `estimate` as well, if there is a model to hold them against: all are told at
/// once. Does nothing where there are none so far.
void add_faults_of_estimate(Study const& study, Diagnostics& diagnostics);

}  // namespace utvei
