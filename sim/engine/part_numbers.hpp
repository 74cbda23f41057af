// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "contact_tallies.hpp"
#include "definition_tallies.hpp"
#include "follow_up_tallies.hpp"
#include "life_courses.hpp"
#include "participant_tallies.hpp"
#include "pathway_tallies.hpp"
#include "service_tallies.hpp"
#include "tallies.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace utvei {

/// Everything that is counted of lives, and how it lies in memory: the same for all parts of a run.
struct Designs {
  Designs(Scenario const& scenario, Population const& people);
  Designs(Designs const&) = delete;
  Designs& operator=(Designs const&) = delete;
  TallyDesign states;
  DefinitionDesign definitions;
  ServiceDesign services;
  ParticipantDesign participants;
  FollowUpDesign follow_ups;
  PathwayDesign pathways;
  /// Whether what is counted of people whom no service knows lies alike in both.
  [[nodiscard]] bool count_like(Designs const& other) const;
  /// Whether lives are looked at whole when they are over.
  [[nodiscard]] bool need_paths() const {
    return !definitions.is_empty() || !follow_ups.is_empty() || !pathways.is_empty();
  }
};

/// What was counted of the lives of a part: whole numbers, so that parts add up to the same whatever was divided, and
/// in whichever order.
struct PartNumbers {
  explicit PartNumbers(Designs const& designs);
  Tallies tallies;
  DefinitionTallies defined;
  ServiceTallies served;
  ParticipantTallies began;
  ContactTallies contacts;
  FollowUpTallies followed;
  PathwayTallies ways;
  LifeCourseRecords courses;
  std::size_t capped_rates{0};  ///< of the plan of the draw

  /// Takes over what another part of the same draw and replicate has.
  void add(PartNumbers other);
  /// Adds or takes away (sign −1) what was counted of people whom no service knows, in a run that counts the same.
  void carry(PartNumbers& other, std::int64_t sign);
};

/// Numbers as bytes, and back. The second throws DamagedNumbers for what the first did not write of these designs.
std::string pack(PartNumbers& numbers, Designs const& designs);
PartNumbers unpack(std::string_view bytes, Designs const& designs);

}  // namespace utvei
