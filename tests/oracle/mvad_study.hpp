// SPDX-License-Identifier: Apache-2.0
// The study over the school-to-work spells of McVicar & Anyadike-Danes (2002) that several tests read.
#pragma once

#include "support/csv.hpp"
#include "support/files.hpp"
#include "support/oracle.hpp"

#include <utvei/core/diagnostics.hpp>
#include <utvei/estimation/fit.hpp>

#include <array>
#include <string>
#include <string_view>

namespace utvei {

inline constexpr std::array mvad_states{"school", "FE", "employment", "training", "joblessness", "HE"};
inline constexpr std::array mvad_regions{"Belfast", "N.Eastern", "Southern", "S.Eastern", "Western"};

/// Writes model, regions and study; `estimate` is the text of the study's key.
inline std::string write_mvad_study(support::TempFolder const& folder, std::filesystem::path const& data,
                                    std::string_view estimate) {
  std::string regions = "region;parent;level;name_nb\n";
  for (std::string_view const region : mvad_regions) {
    regions += std::string{region} + ";;area;" + std::string{region} + "\n";
  }
  std::string states;
  std::string transitions;
  for (std::string_view const from : mvad_states) {
    states += "  " + std::string{from} + ": {}\n";
    for (std::string_view const to : mvad_states) {
      if (from != to) {
        transitions += "  - {from: " + std::string{from} + ", to: " + std::string{to} + "}\n";
      }
    }
  }
  folder.write("regions.csv", regions);
  folder.write("model.yaml",
               "utvei: model/1\nname: mvad\nregions: regions.csv\nstates:\n" + states + "transitions:\n" + transitions);
  return folder.write("study.yaml",
                      "utvei: study/1\nname: mvad\nmodel: model.yaml\ndata_class: open\n"
                      "time: {unit: months, origin: 1993-07-01}\nwindow: {from: 0, to: 72}\n"
                      "persons: {file: " +
                          (data / "data.csv").string() +
                          ", id: id, region: region}\nsources:\n  - {file: " + (data / "spells.csv").string() +
                          ", id: id, start: start, stop: end, state_from: {column: state}}\n" + std::string{estimate});
}

struct MvadFit {
  Study study;
  LifeCourses lives;
  Exposure exposure;
  Fit fit;
};

inline MvadFit fit_mvad(std::string const& study_path) {
  MvadFit mvad;
  Diagnostics diagnostics;
  mvad.study = read_study(study_path, {}, {}, diagnostics);
  throw_if_errors(diagnostics);
  auto const options = read_estimate_options(mvad.study, diagnostics);
  throw_if_errors(diagnostics);
  mvad.lives = read_register(mvad.study, 2, diagnostics);
  throw_if_errors(diagnostics);
  mvad.exposure = tabulate(mvad.lives, mvad.study.model, cell_axes(options, mvad.lives, mvad.study.model));
  mvad.fit = fit(mvad.exposure, mvad.study.model, options);
  return mvad;
}

}  // namespace utvei
