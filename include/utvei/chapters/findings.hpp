// SPDX-License-Identifier: Apache-2.0
// What other commands have found and written as JSON, for a report.
#pragma once

#include <utvei/core/diagnostics.hpp>

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace utvei {

/// `utvei validate --format json`.
struct ValidationFinding {
  struct Figure {
    std::string name, use;         ///< calibrate, validate or context
    std::string note, region;      ///< in words; empty: the whole
    std::string unit;              ///< people, share or per_1000
    std::string from, at;          ///< of a period, else empty; its end, or the day
    std::optional<double> year{};  ///< that was published
    std::optional<double> published;
    double published_low{0}, published_high{0}, model{0}, low_90{0}, high_90{0};
    bool within{false}, unverified{false};
    std::string source;
  };
  std::string calibration;
  std::size_t draws{0};
  std::vector<Figure> figures;
};

/// `utvei regions --format json`.
struct DifferenceFinding {
  struct Number {
    double value{0};
    std::optional<double> low_95, high_95;
  };
  struct Difference {
    std::string region, reference, outcome, unit;
    Number of_region, of_reference, total;
    std::vector<std::pair<std::string, Number>> components;
  };
  std::size_t draws{0};
  std::vector<Difference> differences;
};

/// `utvei regions --expected --format json`.
struct ExpectedFinding {
  struct Region {
    std::string code, flag;
    bool hidden{false};
    double observed{0}, expected{0}, ratio{0}, low_95{0}, high_95{0};
    std::pair<double, double> funnel_95, funnel_998;
    double best_tenth{0};  ///< chance of being in it
  };
  struct Outcome {
    std::string name, better, at;
    std::vector<std::string> composition;
    std::vector<Region> regions;
  };
  std::string study;
  std::vector<Outcome> outcomes;
};

/// `utvei lifeline --format json`.
struct LifelineFinding {
  struct Event {
    std::string time, kind, state, measure;
  };
  struct Way {
    std::string name;
    std::vector<Event> events;
    std::size_t lives{0};
    std::vector<std::pair<std::string, std::pair<double, double>>> months;  ///< mean and half of the 95 % interval
  };
  std::string name;
  std::string end;                                                   ///< of the run
  std::map<std::string, std::map<std::string, std::string>> labels;  ///< of needs and measures, by language
  std::vector<Way> ways;
};

/// Any of them; the others are empty.
struct CommandFinding {
  std::string path;
  std::string data_class;
  bool is_cleared{true};  ///< false: of class register, and nothing was held back
  std::optional<ValidationFinding> validation;
  std::optional<DifferenceFinding> differences;
  std::optional<ExpectedFinding> expected;
  std::optional<LifelineFinding> lifeline;
};

/// Reads what a command wrote with --format json; its first key says which (`"utvei": "validation/1"`).
CommandFinding read_finding(std::string const& path, Diagnostics& diagnostics);

}  // namespace utvei
