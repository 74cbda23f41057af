// SPDX-License-Identifier: Apache-2.0
#include "batch_together.hpp"

#include "batch_steps.hpp"
#include "exit_code.hpp"
#include "hide_runs.hpp"

#include <utvei/batch/units_of_all.hpp>
#include <utvei/document/digest.hpp>

#include <algorithm>
#include <chrono>
#include <iterator>

#include <fmt/format.h>

namespace utvei {
namespace {

void refuse_looks(BatchArguments const& arguments) {
  if (arguments.action != "plan" && arguments.action != "status") return;
  throw InputError{Fault::usage, Place{}, fmt::format("`batch {}` is not for several processes", arguments.action),
                   "it simulates nothing", fmt::format("write `utvei batch {} …`", arguments.action)};
}

/// What must be the same for all: whoever reads other files would do other units.
std::string fingerprint_of(OpenBatch const& batch) {
  std::string ids;
  for (std::size_t const unit : batch.units) ids += batch.plan.units[unit].id;
  return sha256(ids);
}

CrewCounts counts_of(BatchProgress const& progress, std::uint64_t all_lives) {
  return {progress.found,     progress.done, progress.failed, progress.elsewhere, all_lives - progress.lives,
          progress.lives_done};
}

/// One process's progress with that of the others, as a watcher wants it.
BatchProgress with_others(BatchProgress progress, CrewCounts const& others) {
  progress.found += others.found;
  progress.done += others.done;
  progress.failed += others.failed;
  progress.elsewhere += others.elsewhere;
  progress.lives -= std::min(progress.lives, others.lives_found);
  progress.lives_done += others.lives_done;
  return progress;
}

/// Of one part of the work, and of another.
BatchProgress operator+(BatchProgress one, BatchProgress const& other) {
  one.units += other.units;
  one.found += other.found;
  one.done += other.done;
  one.failed += other.failed;
  one.elsewhere += other.elsewhere;
  one.lives += other.lives;
  one.lives_done += other.lives_done;
  one.seconds += other.seconds;
  return one;
}

int code_of_stop(Session const& session) {
  return session.signals.stop() ? session.signals.exit_code() : 0;
}

class TogetherRun {
 public:
  TogetherRun(OpenBatch& batch, BatchArguments const& arguments, Session& session, Crew& crew)
      : batch_{batch}, session_{session}, crew_{crew}, watch_{arguments, batch.plan, session} {}

  /// The exit code of somebody who wants to stop, or 0.
  int run_all_units();
  int merge_all();
  [[nodiscard]] BatchOutcome const& outcome() const { return outcome_; }
  [[nodiscard]] BatchWatch& watch() { return watch_; }

 private:
  void gather_failures();
  void hide_all_alike();

  OpenBatch& batch_;
  Session& session_;
  Crew& crew_;
  BatchWatch watch_;
  BatchOutcome outcome_;
};

int TogetherRun::run_all_units() {
  FinishStep const running{session_.signals};
  std::uint64_t all_lives = 0;
  for (std::size_t const unit : batch_.units) all_lives += batch_.plan.units[unit].lives();
  RunUnitsOptions options = unit_options(watch_, session_);
  std::vector<UnitBundle> bundles;
  BatchProgress before, last;
  bool is_stopped = false;
  try {
    options.tell = [&](BatchProgress const& own) {
      last = own;
      last.units = batch_.units.size();
      last.lives = all_lives;
      watch_.tell(last);
    };
    UnitsOfAll of_all = run_units_of_all(batch_.plan, batch_.bundles, batch_.shelf, batch_.store, crew_, options);
    outcome_.failures = std::move(of_all.ran.failures);
    bundles = std::move(of_all.left_over);
    before = of_all.ran.progress;
  } catch (Interrupted const&) {
    is_stopped = true;
  }

  options.draw = [this] { return crew_.next(); };
  options.wish = [this, alone = options.wish] {
    StopWish const wish = alone();
    return wish == StopWish::none && crew_.is_stopped() ? StopWish::after_units : wish;
  };
  options.tell = [&](BatchProgress const& own) {
    last = before + own;
    crew_.tell(counts_of(last, all_lives));
    watch_.tell(with_others(last, crew_.others()));
  };
  crew_.begin(bundles.size());
  try {
    if (is_stopped) throw Interrupted{};
    UnitsRun ran = run_units(batch_.plan, bundles, batch_.shelf, batch_.store, options);
    std::ranges::move(ran.failures, std::back_inserter(outcome_.failures));
    last = before + ran.progress;
  } catch (Interrupted const&) {
    // Everybody hears of it at the end.
  }
  crew_.tell(counts_of(last, all_lives));
  int const stopped = crew_.end(code_of_stop(session_));
  outcome_.progress = with_others(last, crew_.others());
  gather_failures();
  return stopped;
}

void TogetherRun::gather_failures() {
  std::vector<std::uint64_t> own;
  for (UnitFailure const& failure : outcome_.failures) own.push_back(failure.unit);
  auto const all = crew_.gather(own);
  if (crew_.rank() > 0) return;
  outcome_.failures.clear();
  for (std::uint64_t const unit : all)
    outcome_.failures.push_back({unit, batch_.store.failure(batch_.plan.units[unit].id).value_or("")});
  std::ranges::sort(outcome_.failures, {}, &UnitFailure::unit);
}

int TogetherRun::merge_all() {
  auto const begun = std::chrono::steady_clock::now();
  std::size_t const count = batch_.plan.variants.size();
  std::vector<std::uint64_t> bad(count), is_written(count);
  crew_.begin(count);
  std::size_t done = 0;
  while (auto const v = crew_.next()) {
    try {
      VariantOutcome const became = merge_variant(batch_, *v, {}, session_);
      bad[*v] = became.bad_units;
      is_written[*v] = became.file.empty() ? 0 : 1;
      if (!became.why.empty())
        session_.console.message(fmt::format("{}: {}\n", batch_.plan.variants[*v].variant.name, became.why));
    } catch (Interrupted const&) {
      break;
    }
    crew_.tell({.done = ++done});
    if (crew_.rank() == 0)
      watch_.tell_merged(done + crew_.others().done, count, batch_.plan.variants[*v].variant.name,
                         is_written[*v] != 0 ? batch_.result_path(batch_.plan.variants[*v]) : "");
    if (session_.signals.stop()) break;
  }
  int const stopped = crew_.end(code_of_stop(session_));
  bad = crew_.sum(std::move(bad));
  is_written = crew_.sum(std::move(is_written));
  for (std::size_t v = 0; v < count; ++v) {
    auto const is_of_variant = [&](UnitFailure const& each) { return batch_.plan.units[each.unit].variant == v; };
    auto const failed = static_cast<std::size_t>(std::ranges::count_if(outcome_.failures, is_of_variant));
    PlannedVariant const& planned = batch_.plan.variants[v];
    bool const has_result = is_written[v] != 0;
    outcome_.variants.push_back({planned.units, failed, bad[v], has_result ? batch_.result_path(planned) : "",
                                 has_result || bad[v] != 0 ? "" : "see the message above"});
  }
  if (stopped == 0) hide_all_alike();
  outcome_.merge_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
  return stopped;
}

/// What is hidden in one scenario is hidden in all: the first member does it, when all are written.
void TogetherRun::hide_all_alike() {
  if (crew_.rank() > 0) return;
  std::vector<std::string> of_register;
  for (std::size_t v = 0; v < outcome_.variants.size(); ++v)
    if (!outcome_.variants[v].file.empty() && batch_.plan.variants[v].data_class == "register")
      of_register.push_back(outcome_.variants[v].file);
  hide_alike(of_register, session_);
}

}  // namespace

int run_batch_together(BatchArguments const& arguments, Session& session, Crew& crew) {
  refuse_looks(arguments);
  OpenBatch batch{arguments, session};
  if (arguments.action != "run") check_begun(batch, arguments);
  check_batch_output(batch, arguments);
  if (int const code = crew.agree(exit_ok, fingerprint_of(batch)); code != exit_ok) return code;
  bool const is_first = crew.rank() == 0;
  session.quiet = session.quiet || !is_first;
  TogetherRun run{batch, arguments, session, crew};
  int stopped = arguments.action == "merge" ? 0 : run.run_all_units();
  if (stopped == 0 && arguments.shard.empty()) stopped = run.merge_all();
  crew.finish();
  if (stopped != 0) {
    if (is_first) run.watch().tell_stopped();
    if (is_first)
      session.console.message(
          fmt::format("{}: finished units are kept; `batch resume {}` goes on\nutvei: stopped; nothing was left "
                      "half-written\n",
                      batch.plan.file.name, words_after_action(arguments)));
    return stopped;
  }
  return is_first ? report_outcome(batch, run.outcome(), arguments, run.watch(), session) : exit_ok;
}

}  // namespace utvei
