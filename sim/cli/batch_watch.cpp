// SPDX-License-Identifier: Apache-2.0
#include "batch_watch.hpp"

#include "batch_reports.hpp"
#include "open_batch.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace utvei {
namespace {

constexpr std::chrono::milliseconds between_lines{10'000};
constexpr std::chrono::milliseconds between_json_lines{500};

std::string units_note(BatchProgress const& progress) {
  std::string text = fmt::format("{} of {} units", grouped(progress.found + progress.done), grouped(progress.units));
  if (progress.failed > 0) text += fmt::format(", {} failed", grouped(progress.failed));
  if (progress.elsewhere > 0) text += fmt::format(", {} elsewhere", grouped(progress.elsewhere));
  return text;
}

/// What remains at the speed so far; none before anything is done.
std::optional<double> seconds_left(BatchProgress const& progress) {
  if (progress.lives_done == 0 || progress.seconds <= 0) return std::nullopt;
  auto const left = static_cast<double>(progress.lives - std::min(progress.lives, progress.lives_done));
  return left * progress.seconds / static_cast<double>(progress.lives_done);
}

}  // namespace

BatchWatch::BatchWatch(BatchArguments const& arguments, BatchPlan const& plan, Session& session)
    : plan_{plan}, session_{session}, kind_{Kind::lines} {
  if (arguments.progress == "bar" || (arguments.progress.empty() && session.console.redraws())) kind_ = Kind::bar;
  if (session.quiet) kind_ = Kind::none;
  if (arguments.progress == "ndjson") kind_ = Kind::ndjson;
  bar_.emplace(session.console, plan.file.name, kind_ == Kind::bar);
}

bool BatchWatch::is_time(std::chrono::milliseconds pause) {
  auto const now = Clock::now();
  if (now - told_at_ < pause) return false;
  told_at_ = now;
  return true;
}

void BatchWatch::tell(BatchProgress const& progress) {
  last_ = progress;
  if (kind_ == Kind::bar) bar_->tell(progress.lives_done, progress.lives, units_note(progress));
  if (kind_ == Kind::lines && is_time(between_lines)) {
    auto const left = seconds_left(progress);
    session_.console.message(fmt::format("{}: {}, {}{}\n", plan_.file.name, units_note(progress),
                                         clock_text(progress.seconds),
                                         left ? fmt::format(", about {} left", clock_text(*left)) : ""));
  }
  if (kind_ != Kind::ndjson || (!progress.is_over() && !is_time(between_json_lines))) return;
  nlohmann::ordered_json line{{"event", "progress"}};
  line.update(json_of(progress));
  auto const left = seconds_left(progress);
  line["seconds_left"] = left ? nlohmann::ordered_json(*left) : nlohmann::ordered_json();
  session_.console.data(line.dump() + "\n");
}

void BatchWatch::tell_failure(UnitFailure const& failure) {
  if (kind_ == Kind::ndjson) {
    nlohmann::ordered_json line{{"event", "failed"}};
    line.update(json_of(plan_, failure));
    session_.console.data(line.dump() + "\n");
    return;
  }
  // --quiet silences no errors.
  clear();
  session_.console.message(failure_text(plan_, failure, last_why_));
  last_why_ = failure.why;
}

void BatchWatch::tell_merged(std::size_t done, std::size_t total, std::string const& scenario,
                             std::string const& file) {
  if (kind_ == Kind::bar) bar_->tell(done, total, fmt::format("{} of {} results", done, total));
  if (kind_ == Kind::lines && is_time(between_lines))
    session_.console.message(fmt::format("{}: {} of {} results\n", plan_.file.name, done, total));
  if (kind_ != Kind::ndjson) return;
  nlohmann::ordered_json const line{{"event", "merged"}, {"scenario", scenario}, {"file", file}};
  session_.console.data(line.dump() + "\n");
}

void BatchWatch::tell_stopped() {
  if (kind_ != Kind::ndjson) return;
  nlohmann::ordered_json line{{"event", "end"}, {"stopped", true}, {"batch", plan_.file.name}};
  line.update(json_of(last_));
  session_.console.data(line.dump() + "\n");
}

void BatchWatch::clear() {
  bar_->clear();
}

}  // namespace utvei
