// SPDX-License-Identifier: Apache-2.0
// People who move between two states in several regions, as files of a study: what a back-test reads.
#pragma once

#include "support/files.hpp"

#include <utvei/analysis/backtest.hpp>
#include <utvei/core/diagnostics.hpp>
#include <utvei/core/random.hpp>

#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

namespace utvei {

/// Six years of spells in days; the rates out of `in` and back differ between regions.
class TwoStateStudy {
 public:
  static constexpr std::int64_t days = 2192;

  TwoStateStudy(std::uint32_t seed, int regions, int people_in_each, std::string const& more = "") {
    RandomKey const key{seed, 0, 0};
    std::string codes = "region;parent;level;name_nb\n";
    std::string persons = "person,region\n";
    std::string spells = "person,start,stop,state\n";
    for (int r = 0; r < regions; ++r) {
      std::string const code = "r" + std::to_string(10 + r);
      codes += code + ";;place;" + code + "\n";
      double const shift = .3 * standard_normal(key, PersonKey{static_cast<std::uint64_t>(r)}, stream_of("region"), 0);
      for (int i = 0; i < people_in_each; ++i) {
        auto const person = static_cast<std::uint64_t>(r * people_in_each + i) + 1;
        persons += std::to_string(person) + "," + code + "\n";
        spells += spells_of(key, PersonKey{person}, std::exp(shift));
      }
    }
    folder.write("regions.csv", codes);
    folder.write("persons.csv", persons);
    folder.write("spells.csv", spells);
    folder.write("model.yaml",
                 "utvei: model/1\nname: two\nregions: regions.csv\nstates: {in: {}, out: {}}\ntransitions:\n"
                 "  - {from: in, to: out}\n  - {from: out, to: in}\n");
    path = folder.write("study.yaml",
                        "utvei: study/1\nname: two\nmodel: model.yaml\ndata_class: synthetic\n"
                        "time: {unit: days, origin: 2015-01-01}\nwindow: {from: 0, to: 2192}\n"
                        "persons: {file: persons.csv, id: person, region: region}\n"
                        "sources:\n  - {file: spells.csv, id: person, start: start, stop: stop, "
                        "state_from: {column: state}}\n" +
                            more);
  }

  Backtest run(std::vector<std::string> const& splits, std::size_t threads = 2, StopFlag const* stop = nullptr) {
    Diagnostics diagnostics;
    study = read_study(path, {}, {}, diagnostics);
    throw_if_errors(diagnostics);
    auto const estimate = read_estimate_options(study, diagnostics);
    auto const options = read_backtest_options(study, splits, diagnostics);
    throw_if_errors(diagnostics);
    lives = read_register(study, threads, diagnostics);
    throw_if_errors(diagnostics);
    return backtest(study, lives, estimate, options, {threads, stop});
  }

  support::TempFolder folder;
  std::string path;
  Study study;
  LifeCourses lives;

 private:
  static std::string spells_of(RandomKey const& key, PersonKey person, double factor) {
    std::string text;
    bool in = person.value % 2 == 0;
    std::int64_t now = 0;
    for (std::uint32_t count = 0; now < days; ++count) {
      double const rate = factor * (in ? .8 : .5) / 365.25;
      auto const next =
          now + 1 + static_cast<std::int64_t>(unit_exponential(key, person, stream_of("test"), count) / rate);
      text += std::to_string(person.value) + "," + std::to_string(now) + "," +
              (next >= days ? "" : std::to_string(next)) + "," + (in ? "in" : "out") + "\n";
      now = next;
      in = !in;
    }
    return text;
  }
};

}  // namespace utvei
