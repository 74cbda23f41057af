// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/id.hpp>
#include <utvei/core/time.hpp>
#include <utvei/model/model.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace utvei {

/// An attribute read from its text, or what is wrong with the text.
template <class T>
struct Reading {
  std::optional<T> value;
  std::string problem;
  std::string suggestion;
};

// The same in a scenario and in a CSV. `separator` is that of the file: a decimal comma is read where it is a
// semicolon.

Reading<StateId> read_state(std::string_view text, Model const& model);
Reading<RegionId> read_region(std::string_view text, Model const& model);
/// Years, 0 to 150, as a length of time.
Reading<Duration> read_age(std::string_view text, char separator = ',');
Reading<Duration> read_time_in_state(std::string_view text);
/// The position of a level.
Reading<std::uint16_t> read_level(std::string_view text, Trait const& trait);
/// The value of a numeric trait.
Reading<float> read_number(std::string_view text, Trait const& trait, char separator = ',');

}  // namespace utvei
