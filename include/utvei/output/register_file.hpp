// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/diagnostics.hpp>
#include <utvei/register/life_courses.hpp>
#include <utvei/register/study.hpp>
#include <utvei/results/result.hpp>

#include <string>

namespace utvei {

/// Writes checked life courses as docs/formats/register-file.md says, readable by their owner alone if they are of a
/// register. Of the provenance, the version, hash, command line, threads and inputs are kept. Throws InputError (data)
/// where the file cannot be written; it appears under its name only when it is complete.
void save_register(LifeCourses const& lives, Study const& study, Provenance const& provenance, std::string const& path);

/// Reads the file that the study names under `register`. The study gets from it the window, the scale of time, the
/// class of the data, and what is known of people. States, regions, traits and levels of its people that the model
/// lacks are diagnosed at that key, once each; so is a file that is missing or not a register file.
LifeCourses load_register(Study& study, Diagnostics& diagnostics);

}  // namespace utvei
