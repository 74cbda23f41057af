// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/id.hpp>
#include <utvei/core/time.hpp>
#include <utvei/scenario/plan.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace utvei {

class Life;

/// What happened to somebody's needs, beside the help with them.
struct NeedRecord {
  enum class Kind : std::uint8_t {
    contact,  ///< with services begins
    arose,    ///< a need
    parted,   ///< contact ends
  };
  Kind kind{Kind::contact};
  std::uint32_t measure{0};  ///< of `arose`: that helps with the need
  Instant time;
  RegionId region;
};

/// A life's needs. Contact with services lasts as long as people are in states of contact without a break. In each
/// contact they have one luck for each need, and the need when that is below the share of a state they come to: who has
/// it at a low share has it at a higher one, and keeps it until it is met or the contact ends.
class Needs {
 public:
  explicit Needs(RunPlan const& plan);
  void begin(Life const& life);
  /// The state is another.
  void change(Life const& life);
  void meet(std::uint32_t measure) { standing_[measure] = Standing::met; }

  [[nodiscard]] bool is_unmet(std::uint32_t measure) const { return standing_[measure] == Standing::unmet; }
  /// Whether anybody looks for it now: one by one, only when those before it in the scenario are met.
  [[nodiscard]] bool is_in_turn(std::uint32_t measure) const;
  /// When a need that is in turn is found. `search`: how often it was looked for before.
  [[nodiscard]] Instant found_at(Life const& life, std::uint32_t measure, std::uint32_t search) const;
  [[nodiscard]] std::vector<NeedRecord> const& records() const { return records_; }

 private:
  enum class Standing : std::uint8_t { none, unmet, met };
  void open(Life const& life);
  [[nodiscard]] bool has_met_any() const;

  RunPlan const* plan_;
  bool in_contact_{false};
  Instant since_;                   ///< of the contact
  std::uint32_t contacts_{0};       ///< so far
  std::vector<Standing> standing_;  ///< by measure
  std::vector<NeedRecord> records_;
};

}  // namespace utvei
