// SPDX-License-Identifier: Apache-2.0
#include "levers.hpp"
#include "quantity_of_time.hpp"

#include <utvei/core/time.hpp>
#include <utvei/document/reader.hpp>

#include <algorithm>
#include <cmath>
#include <functional>

#include <fmt/format.h>

namespace utvei {
namespace {

void set_text(Value& value, std::string text) {
  value.kind = Value::Kind::scalar;
  value.quoted = false;
  value.scalar = std::move(text);
}

double number_in(Value const& value) {
  Diagnostics unheard;
  return as_number(value, "number", unheard).value_or(0);
}

/// The number itself, or `mean` and both ends of `interval_95`.
void move_number(Value& value, double to, std::function<double(double)> const& moved) {
  if (value.is_scalar()) return set_text(value, written(to));
  for (Member& member : value.members) {
    if (member.key == "mean") set_text(member.value, written(to));
    if (member.key != "interval_95") continue;
    for (Value& end : member.value.items) set_text(end, written(moved(number_in(end))));
  }
}

/// The time itself, or `median` and both ends of `interval_95`.
void move_time(Value& value, double factor) {
  if (value.is_scalar()) {
    auto time = read_quantity_of_time(value.scalar);
    if (!time) return;
    time->number *= factor;
    return set_text(value, written(*time));
  }
  for (Member& member : value.members) {
    if (member.key == "median") move_time(member.value, factor);
    if (member.key != "interval_95") continue;
    for (Value& end : member.value.items) move_time(end, factor);
  }
}

double logit_of(double share) {
  return std::log(share / (1 - share));
}

}  // namespace

void move_lever(Value& document, StudioLever const& lever, LeverValue const& value) {
  for (ValuePath const& path : lever.targets) {
    Value* const target = value_at(document, path);
    if (target == nullptr) continue;
    if (lever.kind == LeverKind::date) {
      set_text(*target, std::get<std::string>(value));
      continue;
    }
    double const from = std::get<double>(lever.value);
    double const to = std::get<double>(value);
    switch (lever.kind) {
      case LeverKind::duration:
        move_time(*target, to / from);
        break;
      case LeverKind::share: {
        double const by = target->is_scalar() ? 0 : logit_of(to) - logit_of(from);
        move_number(*target, to, [&](double share) { return 1 / (1 + std::exp(-(logit_of(share) + by))); });
        break;
      }
      default:
        move_number(*target, to, [&](double end) { return end * to / from; });
    }
  }
}

ReportText fault_of(StudioLever const& lever, LeverValue const& value) {
  if (value.index() != lever.value.index())
    return lever.kind == LeverKind::date
               ? ReportText{"Skriv en dato, som 2026-01-01.", "Skriv ein dato, som 2026-01-01.",
                            "Write a date, such as 2026-01-01."}
               : ReportText{"Skriv et tall.", "Skriv eit tal.", "Write a number."};
  auto const between = [](std::string const& low, std::string const& high) {
    return ReportText{fmt::format("Verdien må ligge fra {} til {}.", low, high),
                      fmt::format("Verdien må liggje frå {} til {}.", low, high),
                      fmt::format("The value must lie from {} to {}.", low, high)};
  };
  if (auto const* const day = std::get_if<std::string>(&value)) {
    auto const& low = std::get<std::string>(lever.min);
    auto const& high = std::get<std::string>(lever.max);
    auto const at = parse_date(*day);
    if (at && *at >= parse_date(low).value_or(distant_past) && *at <= parse_date(high).value_or(distant_future))
      return {};
    return between(low, high);
  }
  double const number = std::get<double>(value);
  double const low = std::get<double>(lever.min);
  double const high = std::get<double>(lever.max);
  if (std::isnan(number) || number < low || number > high) return between(written(low), written(high));
  if (lever.kind == LeverKind::integer && number != std::floor(number))
    return {"Skriv et helt tall.", "Skriv eit heilt tal.", "Write a whole number."};
  return {};
}

}  // namespace utvei
