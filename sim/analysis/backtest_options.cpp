// SPDX-License-Identifier: Apache-2.0
#include <utvei/analysis/backtest.hpp>
#include <utvei/document/reader.hpp>

#include <algorithm>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr std::uint32_t most_draws = 100'000;

std::string example_of(TimeScale const& scale) {
  return scale.unit_minutes ? fmt::format("write a number of {}, as `window` has it", scale.unit)
                            : "write a date like 2021-01-01";
}

/// One split, as it was written and where.
struct WrittenSplit {
  std::string text;
  Place place;
};

void add_split(WrittenSplit const& written, Fault fault, Study const& study, BacktestOptions& options,
               Diagnostics& diagnostics) {
  auto const complain = [&](std::string problem, std::string why, std::string suggestion) {
    diagnostics.add({Severity::error, fault, written.place, std::move(problem), std::move(why), std::move(suggestion)});
  };
  auto const moment = parse_moment(written.text, study.time);
  auto const window = [&] {
    return fmt::format("the window is {} to {}", written_moment(study.from, study.time),
                       written_moment(study.to, study.time));
  };
  if (!moment) {
    complain(fmt::format("`{}` is not a moment of time", written.text), "a back-test is split at a moment",
             example_of(study.time));
  } else if (*moment <= study.from || *moment + Duration{minutes_per_year} > study.to) {
    complain(fmt::format("the split {} leaves nothing to {}", written.text,
                         *moment <= study.from ? "learn from" : "predict"),
             fmt::format("{}, and what is predicted is a year of 365.25 days after the split, two years, …", window()),
             "name a moment inside the window, a year before its end at least");
  } else if (!options.splits.empty() && *moment <= options.splits.back()) {
    complain("the splits do not rise", "", "write them from the first to the last, each once");
  } else {
    options.splits.push_back(*moment);
  }
}

/// What was known at a moment can be made of the sources alone.
bool has_sources(Study const& study, Diagnostics& diagnostics) {
  if (!study.sources.empty()) return true;
  bool const is_made = study.register_file.has_value();
  diagnostics.add({Severity::error, study.backtest.is_null() ? Fault::usage : Fault::file, study.backtest.place,
                   fmt::format("`{}` has no sources to make early life courses of", study.path),
                   is_made       ? "it reads a register file, whose gaps were bridged knowing what came later"
                   : study.panel ? "its source is a panel: people are seen at dates, not followed"
                                 : "it has `exposure`: events and person-time are counted already",
                   is_made ? "back-test the study that the register file was made from"
                           : "back-tests need spells: write `sources` with starts and stops"});
  return false;
}

}  // namespace

BacktestOptions read_backtest_options(Study const& study, std::vector<std::string> const& splits,
                                      Diagnostics& diagnostics) {
  BacktestOptions options;
  if (!has_sources(study, diagnostics)) return options;
  std::vector<WrittenSplit> written;
  if (!study.backtest.is_null()) {
    options.place = study.backtest.place;
    MapReader reader{study.backtest, "`backtest`", diagnostics};
    if (Value const* value = reader.optional("split")) {
      if (value->is_list() && value->items.empty()) {
        diagnostics.error(value->place, "`split` names no moment", {}, example_of(study.time));
      }
      std::vector<Value> const items = value->is_list() ? value->items : std::vector{*value};
      for (Value const& item : items) {
        if (auto const text = as_text(item, "split", diagnostics)) written.push_back({*text, item.place});
      }
    }
    if (Value const* value = reader.optional("draws")) {
      options.draws = static_cast<std::uint32_t>(
          as_integer(*value, least_backtest_draws, most_draws, "draws", diagnostics).value_or(options.draws));
    }
    if (Value const* value = reader.optional("seed")) {
      options.seed =
          static_cast<std::uint32_t>(as_integer(*value, 0, 0xffffffffLL, "seed", diagnostics).value_or(options.seed));
    }
    reader.finish();
  }
  if (splits.empty()) {
    for (WrittenSplit const& split : written) add_split(split, Fault::file, study, options, diagnostics);
  }
  for (std::string const& text : splits) add_split({text, {}}, Fault::usage, study, options, diagnostics);
  return options;
}

std::string_view name_of(Forecast forecast) {
  constexpr std::array names{"model", "pooled", "raw", "no_change"};
  return names.at(static_cast<std::size_t>(forecast));
}

}  // namespace utvei
