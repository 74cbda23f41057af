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

/// Whether somebody has the need in their n-th contact, in the state in which they are.
bool arises(Need const& need, Life const& life, std::uint32_t contact);

/// A life's needs. Contact with services lasts as long as people are in states of contact without a break. In each
/// contact they have one luck for each need, and the need when that is below the share of a state they come to: who has
/// it at a low share has it at a higher one, and keeps it until it is met or the contact ends.
class Needs {
 public:
  explicit Needs(RunPlan const& plan);
  void begin(Life const& life);
  /// The state is another.
  void change(Life const& life);
  /// Help is over; the contact may have ended in the same minute.
  void meet(std::uint32_t measure);
  /// A service knows of it, and will until the contact ends.
  void find(std::uint32_t measure) { needs_[measure].is_found = true; }
  /// Another attempt in this contact to find it and help.
  void try_again(std::uint32_t measure) { ++needs_[measure].attempts; }

  [[nodiscard]] bool is_unmet(std::uint32_t measure) const { return needs_[measure].standing == Standing::unmet; }
  /// When a need is found that somebody begins to look for.
  [[nodiscard]] Instant found_at(Life const& life, std::uint32_t measure) const;
  /// When it is asked for help with a need that is known and whose turn has come.
  [[nodiscard]] Instant handed_over_at(Life const& life, std::uint32_t measure) const;
  /// The count of a draw: the same in all ways of working for the same attempt in the same contact.
  [[nodiscard]] std::uint32_t count(std::uint32_t measure) const;
  [[nodiscard]] std::vector<NeedRecord> const& records() const { return records_; }

 private:
  enum class Standing : std::uint8_t { none, unmet, met };
  struct OfMeasure {
    Standing standing{Standing::none};
    Instant arose;
    bool is_found{false};
    std::uint32_t attempts{0};
  };
  void open(Life const& life);
  [[nodiscard]] bool has_met_any() const;

  RunPlan const* plan_;
  bool in_contact_{false};
  std::uint32_t contacts_{0};     ///< so far
  std::vector<OfMeasure> needs_;  ///< by measure
  std::vector<NeedRecord> records_;
};

}  // namespace utvei
