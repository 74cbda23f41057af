// SPDX-License-Identifier: Apache-2.0
#include "regions_expected.hpp"

#include "exit_code.hpp"
#include "file_kind.hpp"
#include "option_kinds.hpp"
#include "regions_expected_page.hpp"
#include "study_data.hpp"
#include "text_output.hpp"

#include <utvei/analysis/expected_counts.hpp>
#include <utvei/document/reader.hpp>
#include <utvei/output/register_file.hpp>
#include <utvei/register/disclosure.hpp>
#include <utvei/register/exposure_file.hpp>
#include <utvei/register/stock.hpp>
#include <utvei/run/prepare.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

namespace utvei {
namespace {

void wrong_usage_of(Diagnostics& diagnostics, std::string problem, std::string why, std::string suggestion) {
  diagnostics.add({Severity::error, Fault::usage, Place{}, std::move(problem), std::move(why), std::move(suggestion)});
}

/// What is asked for, read and checked, before any data.
struct AskedExpected {
  Study study;
  std::optional<LifeCourses> made;  ///< of a register file
  EstimateOptions estimate;
  ExpectedOptions options;
  std::vector<OutcomeAsked> outcomes;
  std::vector<Instant> moments;  ///< when heads are counted
  [[nodiscard]] bool counts_heads() const {
    return std::ranges::any_of(outcomes,
                               [](OutcomeAsked const& each) { return each.kind == OutcomeAsked::Kind::stock; });
  }
  [[nodiscard]] bool counts_events() const {
    return std::ranges::any_of(outcomes,
                               [](OutcomeAsked const& each) { return each.kind == OutcomeAsked::Kind::events; });
  }
};

class ExpectedReader {
 public:
  ExpectedReader(RegionsExpectedArguments const& arguments, AskedExpected& asked, Diagnostics& diagnostics)
      : arguments_{arguments}, asked_{asked}, diagnostics_{diagnostics} {}

  void read() {
    read_numbers();
    read_covariates();
    read_periods();
    read_moments();
    read_level();
    auto words = arguments_.outcomes;
    if (words.empty()) words = default_outcomes(asked_.study.model, !asked_.moments.empty());
    if (words.empty())
      wrong_usage_of(diagnostics_, "nobody says what regions are to be compared by",
                     "no state of the model is in the group `outside`", "add --outcome \"STATE -> STATE\"");
    std::optional<Better> better;
    if (!arguments_.options.better.empty()) better = arguments_.options.better == "more" ? Better::more : Better::less;
    asked_.outcomes = read_outcomes(words, better, asked_.study.model, diagnostics_);
    refuse_what_no_outcome_uses();
    if (!asked_.counts_heads()) return;
    if (asked_.study.exposure)
      wrong_usage_of(diagnostics_, "there are no heads to count", "the study has `exposure`: events and person-time",
                     "ask for transitions, as in --outcome \"outside -> work\"");
    else if (asked_.moments.empty())
      wrong_usage_of(diagnostics_, "nobody says when to count heads",
                     "who is in a state is counted at dates, and the study has no `stock_dates`",
                     "add --at 2024-11-16, or write `stock_dates: [\"11-16\"]` in the study");
  }

 private:
  void refuse_what_no_outcome_uses() {
    if (asked_.outcomes.empty()) return;
    if (!arguments_.at.empty() && !asked_.counts_heads())
      wrong_usage_of(diagnostics_, "--at: no outcome is counted at a date", "transitions are counted over time",
                     "leave --at out, or ask for heads, as in --outcome outside");
    if (!arguments_.options.years.empty() && !asked_.counts_events())
      wrong_usage_of(diagnostics_, "--years: no outcome is counted over time", "heads are counted at dates",
                     "write several `stock_dates` in the study for a trend of heads, or ask for transitions");
  }

  void read_numbers() {
    asked_.options.overdispersion = overdispersion_of(arguments_.options.overdispersion);
    ExpectedOptions const usual;
    asked_.options.correction = correction_of(arguments_.options.correction).value_or(usual.correction);
    asked_.options.significance = arguments_.options.significance.value_or(usual.significance);
    asked_.options.cases = arguments_.options.cases.value_or(usual.cases);
    asked_.options.sd_prior = asked_.estimate.sd_prior;
  }

  void read_covariates() {
    auto const& known = asked_.study.model.regions.covariate_names;
    for (std::string const& name : arguments_.options.covariates) {
      auto const found = std::ranges::find(known, name);
      if (found != known.end()) {
        asked_.options.covariates.push_back(static_cast<std::size_t>(found - known.begin()));
        continue;
      }
      wrong_usage_of(diagnostics_, fmt::format("--covariates: the regions file has no column `{}` of numbers", name),
                     "what predicts a region's outcome is a number of each region", did_you_mean(name, known));
    }
  }

  void read_periods() {
    Bands bands;
    for (std::string const& word : arguments_.options.years) {
      int year = 0;
      auto const [end, fault] = std::from_chars(word.data(), word.data() + word.size(), year);
      if (fault != std::errc{} || end != word.data() + word.size() || year < 1900 || year > 2200) {
        wrong_usage_of(diagnostics_, fmt::format("--years: `{}` is no year", word), {}, "write --years 2015,2018,2021");
        return;
      }
      bands.starts.push_back(start_of_year(year).minutes);
      bands.written.push_back(word);
    }
    if (bands.empty()) return;
    if (bands.size() < 2 || !std::ranges::is_sorted(bands.starts, std::less_equal{}))
      wrong_usage_of(diagnostics_, "--years: a trend needs two years or more, in rising order",
                     "each starts a period, which ends at the next one", "write --years 2015,2018,2021");
    if (!asked_.study.time.has_calendar())
      wrong_usage_of(diagnostics_, "--years: the study has no calendar", "its times are numbers without an `origin`",
                     "write `origin` under `time` in the study, or leave --years out");
    asked_.estimate = options_by_region(std::move(asked_.estimate), bands);
  }

  void read_moments() {
    Study const& study = asked_.study;
    if (arguments_.at.empty()) {
      if (!study.stock_dates.empty()) asked_.moments = stock_moments(study.stock_dates, study.from, study.to);
      return;
    }
    auto const moment = parse_moment(arguments_.at, study.time);
    if (!moment || *moment < study.from || *moment >= study.to) {
      wrong_usage_of(diagnostics_, fmt::format("--at: `{}` is no moment of the window", arguments_.at),
                     fmt::format("the study's window is from {} to {}", written_moment(study.from, study.time),
                                 written_moment(study.to, study.time)),
                     "write a date within it, as in --at 2024-11-16");
      return;
    }
    asked_.moments = {*moment};
  }

  void read_level() {
    if (arguments_.level.empty()) return;
    std::vector<std::string> levels;
    Regions const& regions = asked_.study.model.regions;
    for (std::size_t r = 0; r < regions.size(); ++r) {
      std::string const& level = regions[RegionId{r}].level;
      if (!level.empty() && std::ranges::find(levels, level) == levels.end()) levels.push_back(level);
    }
    if (std::ranges::find(levels, arguments_.level) == levels.end())
      wrong_usage_of(diagnostics_, fmt::format("--all: no region is of the level `{}`", arguments_.level), {},
                     did_you_mean(arguments_.level, levels));
  }

  RegionsExpectedArguments const& arguments_;
  AskedExpected& asked_;
  Diagnostics& diagnostics_;
};

void refuse_other_files(RegionsExpectedArguments const& arguments) {
  Diagnostics diagnostics;
  auto const kind = kind_of_file(arguments.study, overrides_of(arguments.overrides), diagnostics);
  throw_if_errors(diagnostics);
  if (kind == FileKind::study) return;
  throw InputError{Fault::usage, Place{}, fmt::format("`{}` is no study", arguments.study),
                   "--expected lays what a register has observed beside what national rates expect",
                   "give a study; of a scenario: run it with --set life_courses=all, and `utvei export RESULT.h5 --as "
                   "register -o FOLDER` makes one"};
}

AskedExpected read_asked_expected(RegionsExpectedArguments const& arguments, Session& session) {
  refuse_other_files(arguments);
  Diagnostics diagnostics;
  AskedExpected asked;
  asked.study = read_study(arguments.study, overrides_of(arguments.overrides), Request{}, diagnostics);
  add_faults_of_estimate(asked.study, diagnostics);
  throw_if_errors(diagnostics);
  if (asked.study.panel)
    throw InputError{Fault::usage, Place{}, fmt::format("`{}` is a panel", arguments.study),
                     "between two looks nobody knows when people moved, and events are not counted",
                     "use spells with dates"};
  if (asked.study.register_file) asked.made = load_register(asked.study, diagnostics);
  throw_if_errors(diagnostics);
  asked.estimate = options_by_region(read_estimate_options(asked.study, diagnostics), {});
  ExpectedReader{arguments, asked, diagnostics}.read();
  throw_if_errors(diagnostics);
  session.console.show(diagnostics);
  return asked;
}

[[noreturn]] void refuse_without_regions(std::string const& study) {
  throw InputError{Fault::usage, Place{}, fmt::format("`{}` says of nobody where they live", study),
                   "regions are compared", "write `residence:`, or `region` under `persons`, in the study"};
}

/// What is known of the people in each region.
struct ExpectedBasis {
  std::optional<ExpectedByRegion> events;
  std::vector<std::string> axes_of_events, axes_of_heads;
  std::vector<CellAxis> axes;
  std::vector<HeadsByCell> heads;
};

std::vector<std::string> names_beside_region(std::vector<CellAxis> const& axes) {
  std::vector<std::string> names;
  for (std::size_t i = 1; i < axes.size(); ++i) names.push_back(axes[i].name);
  return names;
}

void count_expected_events(AskedExpected const& asked, Exposure const& exposure, Session& session,
                           ExpectedBasis& basis) {
  basis.axes_of_events = names_beside_region(exposure.axes);
  basis.events = expected_by_region(exposure, asked.study.model, asked.estimate, session.threads);
}

ExpectedBasis count_basis(AskedExpected& asked, Session& session) {
  Model const& model = asked.study.model;
  ExpectedBasis basis;
  if (asked.study.exposure) {
    Diagnostics diagnostics;
    auto const given = read_exposure(
        asked.study, [&](auto const& regions) { return cell_axes(asked.estimate, regions, model); }, diagnostics);
    throw_if_errors(diagnostics);
    count_expected_events(asked, given.exposure, session, basis);
    return basis;
  }
  LifeCourses const lives = asked.made ? std::move(*asked.made) : read_lives(asked.study, "", session);
  if (!lives.persons.knows_region()) refuse_without_regions(asked.study.path);
  FinishStep const counting{session.signals};
  if (asked.counts_events()) {
    auto const exposure = tabulate(lives, model, cell_axes(asked.estimate, lives, model), session.threads,
                                   &session.signals.stop(), windows_of(asked.estimate));
    count_expected_events(asked, exposure, session, basis);
  }
  if (asked.counts_heads()) {
    basis.axes = axes_of_stock(lives, model, asked.estimate);
    basis.axes_of_heads = names_beside_region(basis.axes);
    basis.heads = count_stock_by_cell(lives, model, basis.axes, asked.moments, session.threads);
  }
  return basis;
}

/// A region without a value of a covariate cannot be predicted.
void check_covariates_known(AskedExpected const& asked, OutcomeData const& data, Diagnostics& diagnostics) {
  Regions const& regions = asked.study.model.regions;
  for (std::size_t r = 0; r < data.regions.size(); ++r) {
    if (data.all.expected[r] <= 0) continue;
    for (std::size_t const column : asked.options.covariates) {
      if (!std::isnan(regions.covariates[column][data.regions[r].value()])) continue;
      diagnostics.error(
          regions[data.regions[r]].place,
          fmt::format("region `{}` has no `{}`", regions[data.regions[r]].code, regions.covariate_names[column]),
          "--covariates predicts every region's outcome by it", "fill it in, or leave it out of --covariates");
    }
  }
}

/// What numbers are held back by, if they may leave the place of a register.
std::optional<DisclosureRules> rules_for(RegionsExpectedArguments const& arguments, AskedExpected const& asked) {
  if (asked.study.data_class != "register" || arguments.inside) return std::nullopt;
  return asked.study.disclosure;
}

std::vector<OutcomeReport> reports_of(RegionsExpectedArguments const& arguments, AskedExpected const& asked,
                                      ExpectedBasis const& basis) {
  Regions const& regions = asked.study.model.regions;
  std::vector<OutcomeData> data;
  Diagnostics diagnostics;
  for (OutcomeAsked const& outcome : asked.outcomes) {
    data.push_back(outcome.kind == OutcomeAsked::Kind::events
                       ? count_events(outcome, *basis.events, asked.study.model)
                       : count_heads(outcome, basis.axes, basis.heads, asked.study.time));
    if (!arguments.level.empty()) data.back() = summed_to_level(data.back(), regions, arguments.level);
    check_covariates_known(asked, data.back(), diagnostics);
  }
  throw_if_errors(diagnostics);
  std::vector<OutcomeReport> reports;
  auto const rules = rules_for(arguments, asked);
  for (std::size_t i = 0; i < data.size(); ++i) {
    OutcomeData const told = rules ? rounded_counts(data[i], *rules) : data[i];
    reports.push_back(against_expected(asked.outcomes[i], told, regions, asked.options));
    if (rules) hide_small_regions(reports.back(), data[i], *rules);
  }
  return reports;
}

void write_expected(RegionsExpectedArguments const& arguments, ExpectedPage const& page, Session& session) {
  bool const has_trend =
      std::ranges::any_of(page.reports, [](OutcomeReport const& each) { return !each.trend.empty(); });
  if (!arguments.options.trend.empty() && !has_trend)
    throw InputError{Fault::usage, Place{}, "--trend: there is no trend to write",
                     "it takes two periods, or for heads two dates, with events in each",
                     "add --years 2015,2018,2021, or write several `stock_dates` in the study"};
  unsigned const mode = file_mode(page.data_class);
  if (!arguments.options.details.empty())
    write_text(arguments.options.details, expected_details_csv(page), session, mode);
  if (!arguments.options.trend.empty()) write_text(arguments.options.trend, expected_trend_csv(page), session, mode);
  write_text(arguments.output,
             arguments.format == "csv"    ? expected_csv(page)
             : arguments.format == "json" ? expected_page_json(page)
                                          : expected_text(page, session.language),
             session, mode);
}

}  // namespace

int regions_expected(RegionsExpectedArguments const& arguments, Session& session) {
  AskedExpected asked = read_asked_expected(arguments, session);
  auto read = files_of(asked.study);
  read.insert(read.end(), asked.estimate.inputs.begin(), asked.estimate.inputs.end());
  check_outputs({arguments.output, arguments.options.details, arguments.options.trend}, read);
  ExpectedBasis const basis = count_basis(asked, session);
  throw_if_stopped(session.signals);
  ExpectedPage page{asked.study.name,
                    asked.study.data_class,
                    asked.study.model,
                    asked.options,
                    arguments.options.covariates,
                    {},
                    {},
                    rules_for(arguments, asked)};
  page.reports = reports_of(arguments, asked, basis);
  for (OutcomeAsked const& outcome : asked.outcomes)
    page.accounted_for.push_back(outcome.kind == OutcomeAsked::Kind::events ? basis.axes_of_events
                                                                            : basis.axes_of_heads);
  write_expected(arguments, page, session);
  throw_if_stopped(session.signals);
  return exit_ok;
}

void add_expected_options(CLI::App* command, RegionsExpectedOptions& options) {
  command->add_flag("--expected", options.asked, "Who does better than expected: of a study, in place of a scenario");
  add_list(command, "--covariates", options.covariates,
           "Of --expected: columns of the regions file that predict, too, such as unemployment")
      ->type_name("NAME,…");
  add_list(command, "--years", options.years, "Of --expected: years that start the periods of a trend")
      ->type_name("YEAR,…");
  command
      ->add_option("--overdispersion", options.overdispersion,
                   "Of --expected: what is ordinary: additive (default with ten regions or more), multiplicative, or "
                   "none (chance "
                   "alone)")
      ->check(one_of({"additive", "multiplicative", "none"}))
      ->type_name("");
  command
      ->add_option("--correction", options.correction,
                   "Of --expected, for many regions: benjamini-hochberg, bonferroni or none")
      ->check(one_of({"benjamini-hochberg", "bonferroni", "none"}))
      ->type_name("");
  command->add_option("--significance", options.significance, "Of --expected: share of false flags; default 0.05")
      ->check(CLI::Range(1e-6, 0.5).description(""))
      ->type_name("SHARE");
  command->add_option("--better", options.better, "Of --expected: more | less; default by the groups of the states")
      ->check(one_of({"more", "less"}))
      ->type_name("");
  command->add_option("--cases", options.cases, "Of --expected: how many regions to visit at each end; default 3")
      ->check(CLI::Range(std::size_t{0}, std::size_t{100}).description(""))
      ->type_name("N");
  add_file(command, "--details", options.details, "Of --expected: funnel, ranks and reliability of each region (CSV)");
  add_file(command, "--trend", options.trend, "Of --expected: each region in each period (CSV)");
}

}  // namespace utvei
