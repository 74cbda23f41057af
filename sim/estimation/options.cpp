// SPDX-License-Identifier: Apache-2.0
#include "limit_options.hpp"
#include "neighbours.hpp"
#include "term_options.hpp"

#include <utvei/document/reader.hpp>
#include <utvei/estimation/fit.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <functional>
#include <sstream>
#include <string_view>

#include <fmt/format.h>

namespace utvei {
namespace {

using ReadStart = std::function<std::optional<std::int64_t>(Value const&)>;

Bands read_bands(Value const& value, std::string_view clock, ReadStart const& read_start, Diagnostics& diagnostics) {
  Bands bands;
  if (!value.is_list() || value.items.empty()) {
    diagnostics.error(value.place, fmt::format("the bands of `{}` are not a list", clock),
                      "each number starts a band, the last band is open",
                      fmt::format("write `{}: [16, 20, 30]`", clock));
    return bands;
  }
  for (Value const& item : value.items) {
    auto const start = read_start(item);
    if (!start) {
      continue;
    }
    if (!bands.empty() && *start <= bands.starts.back()) {
      diagnostics.error(item.place, fmt::format("the bands of `{}` do not rise", clock),
                        "each number starts a band and ends the one before",
                        "write them from the lowest to the highest");
      continue;
    }
    bands.starts.push_back(*start);
    bands.written.push_back(item.scalar);
  }
  return bands;
}

std::optional<std::int64_t> read_age(Value const& value, Diagnostics& diagnostics) {
  auto const years = as_number_at_least(value, 0, "age", diagnostics);
  return years ? std::optional{duration_of_years(*years).minutes} : std::nullopt;
}

std::optional<std::int64_t> read_duration(Value const& value, Diagnostics& diagnostics) {
  auto const duration = as_duration(value, "time_in_state", diagnostics);
  return duration ? std::optional{duration->minutes} : std::nullopt;
}

std::optional<std::int64_t> read_period(Value const& value, TimeScale const& scale, Diagnostics& diagnostics) {
  auto const text = as_text(value, "period", diagnostics);
  if (!text) {
    return std::nullopt;
  }
  auto const moment = scale.unit_minutes ? parse_moment(*text, scale) : parse_calendar_point(*text);
  if (!moment) {
    diagnostics.error(value.place, fmt::format("`{}` is not a point in time", *text), {},
                      scale.unit_minutes ? fmt::format("write a number of {}, as `window` has it", scale.unit)
                                         : "write a year (2015), a decimal year (2015.5) or a date");
    return std::nullopt;
  }
  return moment->minutes;
}

Bands read_durations(Value const& value, Diagnostics& diagnostics) {
  return read_bands(
      value, "time_in_state", [&](Value const& v) { return read_duration(v, diagnostics); }, diagnostics);
}

/// A list for all states, or a map of lists by state, with those of the other states as `default`.
void read_time_in_state(Value const& value, Model const& model, EstimateOptions& options, Diagnostics& diagnostics) {
  if (!value.is_map()) {
    options.time_in_state = options.other_time_in_state = read_durations(value, diagnostics);
    return;
  }
  options.other_time_in_state = Bands{{0}, {"0 days"}};
  for (Member const& member : value.members) {
    Bands bands = read_durations(member.value, diagnostics);
    if (bands.empty()) continue;
    if (bands.starts.front() != 0) {
      diagnostics.error(member.value.place, fmt::format("the bands of `{}` do not start at 0 days", member.key),
                        "states with bands of their own are followed from their entry on", "write 0 days first");
    } else if (member.key == "default") {
      options.other_time_in_state = std::move(bands);
    } else if (auto const state = model.state(member.key)) {
      options.time_in_state_of.push_back({*state, std::move(bands)});
    } else {
      auto known = model.state_names();
      known.emplace_back("default");
      diagnostics.error(member.key_place, fmt::format("unknown state `{}`", member.key), {},
                        did_you_mean(member.key, known));
    }
  }
  join_time_in_state(options);
}

void read_all_bands(Value const& value, Study const& study, EstimateOptions& options, Diagnostics& diagnostics) {
  MapReader reader{value, "`bands`", diagnostics};
  if (Value const* age = reader.optional("age")) {
    options.age = read_bands(
        *age, "age", [&](Value const& v) { return read_age(v, diagnostics); }, diagnostics);
    if (!study.persons.birth && !study.exposure) {
      diagnostics.error(age->place, "there is no age clock", "the study names no column with the time of birth",
                        "write `birth: COLUMN` under `persons`, or take these bands away");
    }
  }
  if (Value const* time = reader.optional("time_in_state")) {
    read_time_in_state(*time, study.model, options, diagnostics);
  }
  if (Value const* period = reader.optional("period")) {
    options.period = read_bands(
        *period, "period", [&](Value const& v) { return read_period(v, study.time, diagnostics); }, diagnostics);
    if (!study.time.has_calendar()) {
      diagnostics.error(period->place, "there is no calendar clock",
                        "the study counts time in numbers without an origin",
                        "write `origin: 1993-07-01` (or whatever date is 0) under `time`, or take these bands away");
    }
  }
  reader.finish();
}

void refuse_later_keys(MapReader& reader, Diagnostics& diagnostics) {
  if (Value const* value = reader.optional("cuts")) {
    diagnostics.error(value->place, "`cuts` is of a panel", "spells have bands of the period",
                      "write `bands: {period: [...]}`");
  }
}

void read_region(Value const& value, Study const& study, EstimateOptions& options, Diagnostics& diagnostics) {
  auto const choice = as_choice(value, {"none", "fixed", "pooled", "nested", "spatial"}, "region", diagnostics);
  if (!choice) {
    return;
  }
  constexpr std::array effects{RegionEffect::none, RegionEffect::fixed, RegionEffect::pooled, RegionEffect::nested,
                               RegionEffect::spatial};
  options.region = effects[*choice];
  if (options.region == RegionEffect::none) {
    return;
  }
  if (study.exposure && study.model.regions.empty()) {
    diagnostics.error(value.place, "the model names no regions", {}, "write `regions: regions.csv` in the model");
  } else if (!study.exposure && !study.knows_region()) {
    diagnostics.error(value.place, "the study names no column with the region", {},
                      "write `region: COLUMN` under `persons`");
  }
}

/// `none`, `half_normal(1)` or `pc(1, 0.01)`.
std::optional<SdPrior> parse_sd_prior(std::string_view text) {
  if (text == "none") {
    return SdPrior{};
  }
  auto const open = text.find('(');
  if (open == std::string_view::npos || !text.ends_with(')')) {
    return std::nullopt;
  }
  auto const name = text.substr(0, open);
  std::vector<double> numbers;
  std::string inside{text.substr(open + 1, text.size() - open - 2)};
  std::istringstream in{inside};
  for (std::string part; std::getline(in, part, ',');) {
    auto const first = part.find_first_not_of(' ');
    auto const last = part.find_last_not_of(' ');
    double parsed = 0;
    if (first == std::string::npos) {
      return std::nullopt;
    }
    auto const* const end = part.data() + last + 1;
    if (auto const [stop, error] = std::from_chars(part.data() + first, end, parsed);
        error != std::errc{} || stop != end) {
      return std::nullopt;
    }
    numbers.push_back(parsed);
  }
  if (name == "half_normal" && numbers.size() == 1 && numbers[0] > 0) {
    return SdPrior{SdPrior::Kind::half_normal, numbers[0], 0};
  }
  if (name == "pc" && numbers.size() == 2 && numbers[0] > 0 && numbers[1] > 0 && numbers[1] < 1) {
    return SdPrior{SdPrior::Kind::pc, numbers[0], numbers[1]};
  }
  return std::nullopt;
}

void read_sd_prior(Value const& value, EstimateOptions& options, Diagnostics& diagnostics) {
  auto const text = as_text(value, "sd_prior", diagnostics);
  if (!text) {
    return;
  }
  if (auto const prior = parse_sd_prior(*text)) {
    options.sd_prior = *prior;
  } else {
    diagnostics.error(value.place, fmt::format("`{}` is no prior of a standard deviation", *text),
                      "half_normal(s) has s above 0; pc(u, a) says that the sd is above u with probability a",
                      "write `none`, `half_normal(1)` or `pc(1, 0.01)`");
  }
  if (!is_random(options.region)) {
    diagnostics.error(value.place, "there is no standard deviation to have a prior",
                      "regions do not borrow from each other",
                      "write `region: pooled`, `nested` or `spatial`, or take `sd_prior` away");
  }
}

/// Terms have proportional effects, and pooling needs a model (docs/decisions/0011-terms-are-proportional.md).
void read_method(MapReader& reader, EstimateOptions& options, Diagnostics& diagnostics) {
  bool const pools = is_random(options.region);
  bool const has_terms = reader.optional("terms") != nullptr || reader.optional("terms_for") != nullptr;
  options.method = pools || has_terms ? Method::poisson : Method::raw;
  Value const* value = reader.optional("method");
  if (value == nullptr) {
    return;
  }
  auto const choice = as_choice(*value, {"raw", "poisson"}, "method", diagnostics);
  if (!choice) {
    return;
  }
  options.method = *choice == 0 ? Method::raw : Method::poisson;
  if (options.method == Method::raw && pools) {
    diagnostics.error(value->place, "raw rates borrow nothing between regions",
                      "`region: pooled`, `nested` and `spatial` are random effects of a model",
                      "write `method: poisson`, or `region: fixed` for each region's own raw rates");
  }
}

void read_edges(MapReader& reader, Study const& study, EstimateOptions& options, Diagnostics& diagnostics) {
  Value const* edges = reader.optional("edges");
  bool const spatial = options.region == RegionEffect::spatial;
  if (edges == nullptr) {
    if (spatial) {
      diagnostics.error(options.place, "the study does not say which regions are neighbours",
                        "`region: spatial` borrows from neighbours",
                        "write `edges: FILE`, with the columns region and neighbour");
    }
    return;
  }
  if (!spatial) {
    diagnostics.error(edges->place, "there is nothing that uses neighbours", {},
                      "write `region: spatial`, or take `edges` away");
  } else if (as_text(*edges, "edges", diagnostics)) {
    options.neighbours = read_neighbours(*edges, study.model, diagnostics);
    options.inputs.push_back(path_beside(*edges));
  }
}

void read_choices(MapReader& reader, Study const& study, EstimateOptions& options, Diagnostics& diagnostics) {
  read_edges(reader, study, options, diagnostics);
  if (Value const* value = reader.optional("sd_prior")) {
    read_sd_prior(*value, options, diagnostics);
  }
  read_method(reader, options, diagnostics);
  if (Value const* value = reader.optional("empty_cells")) {
    if (auto const choice = as_choice(*value, {"pooled", "error"}, "empty_cells", diagnostics)) {
      options.empty_cells = *choice == 0 ? EmptyCells::pooled : EmptyCells::error;
    }
  }
}

void read_frailty(Value const& value, Study const& study, EstimateOptions& options, Diagnostics& diagnostics) {
  if (study.exposure) {
    diagnostics.error(value.place, "two classes of people need life courses",
                      "the study has `exposure`, which is counts of events and person-time",
                      "take `frailty` away, or write `sources` in place of `exposure`");
    return;
  }
  MapReader reader{value, "`frailty`", diagnostics};
  if (Value const* classes = reader.optional("classes")) {
    auto const number = as_integer(*classes, 1, 1000, "classes", diagnostics);
    if (number && *number != 2) {
      diagnostics.error(classes->place, fmt::format("`classes` is {}", *number),
                        "two classes of people are told apart in this version", "write 2, or leave `classes` out");
    }
  }
  options.frailty.emplace();
  if (Value const* transitions = reader.optional("transitions")) {
    for (auto const& [name, place] : as_codes(*transitions, "transitions", diagnostics)) {
      auto const transition = study.model.transition(name);
      if (!transition) {
        diagnostics.error(place, fmt::format("the model has no transition `{}`", name), {},
                          did_you_mean(name, study.model.transition_names()));
      } else if (std::ranges::find(*options.frailty, *transition) == options.frailty->end()) {
        options.frailty->push_back(*transition);
      }
    }
  } else {
    for (TransitionId const transition : ids_of(study.model.transitions)) options.frailty->push_back(transition);
  }
  reader.finish();
}

void refuse_too_many_cells(std::vector<CellAxis> const& axes, EstimateOptions const& options, Model const& model) {
  constexpr double most = 100e6;
  double cells = 1;
  for (CellAxis const& axis : axes) {
    cells *= static_cast<double>(axis.size());
  }
  if (cells * static_cast<double>(model.states.size() + model.transitions.size()) > most) {
    throw InputError{
        Fault::file, options.place, fmt::format("the terms and bands make {:.0f} cells for each transition", cells),
        "most of them would be empty, and all of them together do not fit in memory", "use fewer terms or wider bands"};
  }
}

void warn_of_unused_holdout(Study const& study, EstimateOptions const& options, Diagnostics& diagnostics) {
  if (study.exposure && study.exposure->holdout && options.region == RegionEffect::none) {
    diagnostics.warning(study.exposure->holdout_place, "`holdout` is not used",
                        "held-out scores compare ways to treat regions, and the rates are not by region",
                        "write `region: pooled` under `estimate`, or take `holdout` away");
  }
}

}  // namespace

EstimateOptions read_estimate_options(Study const& study, Diagnostics& diagnostics) {
  EstimateOptions options;
  if (study.estimate.is_null()) {
    warn_of_unused_holdout(study, options, diagnostics);
    warn_of_limits_left_out(study, options, diagnostics);
    return options;
  }
  options.place = study.estimate.place;
  MapReader reader{study.estimate, "`estimate`", diagnostics};
  if (Value const* value = reader.optional("bands")) {
    read_all_bands(*value, study, options, diagnostics);
  }
  if (Value const* value = reader.optional("region")) {
    read_region(*value, study, options, diagnostics);
  }
  if (Value const* value = reader.optional("occupation")) {
    if (study.exposure) {
      diagnostics.error(value->place, "state occupation needs life courses",
                        "the study has `exposure`, which is counts of events and person-time",
                        "take `occupation` away, or write `sources` in place of `exposure`");
    } else {
      options.occupation = read_occupation_options(*value, study, diagnostics);
    }
  }
  if (Value const* value = reader.optional("frailty")) {
    read_frailty(*value, study, options, diagnostics);
  }
  read_choices(reader, study, options, diagnostics);
  read_limits(reader, study, options, diagnostics);
  read_before_limit(reader, study, options, diagnostics);
  read_term_options(reader, study, options, diagnostics);
  refuse_later_keys(reader, diagnostics);
  refuse_unused_before_limit(reader, options, diagnostics);
  reader.finish();
  warn_of_unused_holdout(study, options, diagnostics);
  return options;
}

std::vector<CellAxis> cell_axes(EstimateOptions const& options, LifeCourses const& lives, Model const& model) {
  return cell_axes(options, regions_of(lives.persons), model);
}

std::vector<CellAxis> cell_axes(EstimateOptions const& options, std::vector<RegionId> const& regions,
                                Model const& model) {
  std::vector<CellAxis> axes;
  if (options.region != RegionEffect::none) {
    axes.push_back(region_axis(regions, model));
  }
  for (TraitId const trait : options.traits) {
    axes.push_back(trait_axis(trait, model));
  }
  auto const add_clock = [&](CellAxis::Kind kind, Bands const& bands) {
    if (!bands.empty()) {
      axes.push_back(clock_axis(kind, bands));
    }
  };
  add_clock(CellAxis::Kind::age, options.age);
  add_clock(CellAxis::Kind::time_in_state, options.time_in_state);
  add_clock(CellAxis::Kind::period, options.period);
  refuse_too_many_cells(axes, options, model);
  return axes;
}

}  // namespace utvei
