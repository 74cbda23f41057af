// SPDX-License-Identifier: Apache-2.0
#include "progress.hpp"

#include <cmath>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr int bar_width = 24;
constexpr std::chrono::milliseconds between_drawings{100};

double seconds_of(std::chrono::steady_clock::duration duration) {
  return std::chrono::duration<double>(duration).count();
}

std::string rate_text(double per_second) {
  if (per_second >= 1e6) return fmt::format("{:.1f} M persons/s", per_second / 1e6);
  if (per_second >= 1e3) return fmt::format("{:.0f} k persons/s", per_second / 1e3);
  return fmt::format("{:.0f} persons/s", per_second);
}

}  // namespace

std::string grouped(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return digits;
}

std::string clock_text(double seconds) {
  auto const whole = static_cast<long>(std::ceil(seconds));
  if (whole >= 3600) return fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60);
  return fmt::format("{}:{:02}", whole / 60, whole % 60);
}

ProgressBar::ProgressBar(Console& console, std::string label, bool shown)
    : console_{console}, label_{std::move(label)}, shown_{shown && console.redraws()} {}

ProgressBar::~ProgressBar() {
  clear();
}

void ProgressBar::tell(std::uint64_t done, std::uint64_t total, std::string const& note) {
  if (!shown_ || total == 0) return;
  std::scoped_lock const lock{mutex_};
  auto const now = Clock::now();
  if (now - drawn_at_ < between_drawings) return;
  drawn_at_ = now;
  drawn_ = true;
  double const share = static_cast<double>(done) / static_cast<double>(total);
  double const elapsed = seconds_of(now - begun_);
  double const rate = elapsed > 0 ? static_cast<double>(done) / elapsed : 0;
  auto const filled = static_cast<std::size_t>(std::lround(share * bar_width));
  std::string const bar = std::string(filled, '#') + std::string(bar_width - filled, '.');
  std::string const left = rate > 0 ? clock_text(static_cast<double>(total - done) / rate) + " left" : "";
  console_.message(fmt::format("\r\x1b[K{:.20} [{}] {:3.0f} %  {}  {}{}{}", label_, bar, 100 * share, rate_text(rate),
                               left, note.empty() ? "" : "  ", note));
}

void ProgressBar::clear() {
  if (!drawn_) return;
  console_.message("\r\x1b[K");
  drawn_ = false;
}

double ProgressBar::seconds() const {
  return seconds_of(Clock::now() - begun_);
}

}  // namespace utvei
