// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "needs.hpp"

#include <utvei/core/id.hpp>
#include <utvei/core/time.hpp>
#include <utvei/scenario/plan.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace utvei {

class Life;

/// What happened between somebody and a measure.
struct ServiceRecord {
  enum class Kind : std::uint8_t {
    found,        ///< the service knows of somebody who qualifies, and offers
    refused,      ///< the offer
    asked,        ///< for a place
    turned_away,  ///< too many wait
    gave_up,      ///< waiting
    dropped,      ///< does not qualify any more, or lives elsewhere
    started,
    completed,
    left,    ///< before the time was over
    closed,  ///< the measure, and they were in it
  };
  Kind kind{Kind::found};
  std::uint32_t measure{0};
  Instant time;
  RegionId region;
  StateId state;
  std::int64_t rank{0};  ///< of who asked: the lowest comes first
};

/// The place of the next record of the same measure, which ends what the record at `place` begins; records.size(): it
/// goes on.
std::size_t next_of_measure(std::vector<ServiceRecord> const& records, std::size_t place);

/// Minutes of a span as moments of a clock that read zero at `zero`, without leaving the type.
Span moments_of(Span span, Instant zero);

/// What the queue of a measure says to somebody who waits.
struct Answer {
  std::uint32_t measure{0};
  Instant time;
  bool is_place{true};  ///< else they are turned away
};

/// A life's dealings with the measures of the scenario: whether it qualifies, is found, offered, waits, takes part, and
/// what its exits are multiplied by. It hangs on the life, on luck of its own, and on the answers of the queues;
/// nothing of a measure that acts on nobody changes an event.
class Participation {
 public:
  explicit Participation(RunPlan const& plan);

  /// At the start of a life. `answers`: in order of time; for measures with a queue, who has none waits.
  void begin(Life const& life, std::span<Answer const> answers);
  /// When something comes to pass if the life stays as it is; in the distant future if nothing does.
  [[nodiscard]] Instant due() const { return due_; }
  /// Time has come to due().
  void take(Life const& life);
  /// State, region or traits have changed.
  void change(Life const& life, StateId left);
  /// There are more answers than before: those that were said are the same.
  void hear(Life const& life, std::span<Answer const> answers);

  /// Where a measure takes the life now, before anything else comes to pass.
  struct Move {
    StateId to;
    std::uint32_t measure{0};
  };
  [[nodiscard]] std::optional<Move> const& move() const { return move_; }
  /// Whether an exit of the present state is multiplied by anything, and by what; or the life is taken elsewhere.
  [[nodiscard]] bool acts() const { return acts_; }
  [[nodiscard]] std::span<double const> factors() const { return factors_; }
  /// Since the life began.
  [[nodiscard]] std::vector<ServiceRecord> const& records() const { return records_; }
  [[nodiscard]] Needs const& needs() const { return needs_; }
  /// Of the life, since it began; who changes state at that very time is in the new one.
  [[nodiscard]] StateId state_at(Instant time) const;
  /// By TraitId: what the person had when they began a measure for the n-th time, of any.
  [[nodiscard]] std::span<std::uint16_t const> levels_at_start(std::size_t n) const;

 private:
  enum class Stage : std::uint8_t {
    away,
    sought,
    referred,  ///< a need that is known, until its turn comes
    waiting,
    taking,
    done
  };
  struct Standing {
    Stage stage{Stage::away};
    Instant since;                     ///< when the stage began
    Instant due{distant_future};       ///< when it ends by itself
    Instant ended{distant_past};       ///< the last time that they took part
    Instant not_before{distant_past};  ///< when they may be sought anew
    Instant answered;                  ///< of who waits: when the queue answers
    bool is_offered{false};            ///< a place, by that answer
    RegionId region{};                 ///< of who waits or takes part
    StateId came_from{};               ///< of who takes part in a measure that is a state
    std::size_t next_answer{0};        ///< those before are of earlier requests
    std::uint32_t searches{0}, offers{0}, asks{0}, starts{0};
  };
  /// One measure moves on as far as it can now; says whether it did.
  bool step(Life const& life, std::uint32_t m);
  bool step_sought(Life const& life, std::uint32_t m);
  bool step_referred(Life const& life, std::uint32_t m);
  bool step_waiting(Life const& life, std::uint32_t m);
  bool step_taking(Life const& life, std::uint32_t m);
  void settle(Life const& life);
  void seek(Life const& life, std::uint32_t m);
  /// For a place, or at once.
  void go_for(Life const& life, std::uint32_t m);
  /// Whether no other need stands before help with this one: together none does.
  [[nodiscard]] bool is_in_turn(Life const& life, std::uint32_t m) const;
  void ask(Life const& life, std::uint32_t m);
  void wait_for(Life const& life, std::uint32_t m, WaitingTime const& wait);
  void look_for_answer(std::uint32_t m);
  void start(Life const& life, std::uint32_t m);
  void end(Life const& life, std::uint32_t m, ServiceRecord::Kind how);
  void finish_episode(Life const& life, std::uint32_t m);
  /// To the state of a measure that begins, in place of others that are states.
  void enter_state(Life const& life, std::uint32_t m);
  /// Out of the state of a measure that is over, if they are there.
  void leave_state(Life const& life, std::uint32_t m);
  [[nodiscard]] bool has_gone(Life const& life, std::uint32_t m) const;
  /// When somebody who is sought is found at the earliest.
  [[nodiscard]] Instant earliest_find(Life const& life, std::uint32_t m) const;
  /// Whether no other queue has answered before in this minute.
  [[nodiscard]] bool is_answered_first(std::uint32_t m) const;
  void record(Life const& life, std::uint32_t m, ServiceRecord::Kind kind, std::int64_t rank = 0);
  [[nodiscard]] std::int64_t rank_of(Life const& life, std::uint32_t m) const;
  /// State, region, traits and other measures are such that only time can be in the way.
  [[nodiscard]] bool fits(Life const& life, std::uint32_t m) const;
  [[nodiscard]] bool qualifies(Life const& life, std::uint32_t m) const;
  /// The next moment at which time lets somebody who fits qualify, or not any more.
  [[nodiscard]] Instant next_boundary(Life const& life, std::uint32_t m) const;
  [[nodiscard]] Instant happened(HistoryCondition const& condition) const;
  /// Which step of its effects a measure is in; nothing: none.
  [[nodiscard]] Instant apply_effects(Life const& life, std::uint32_t m);
  void multiply(Life const& life, MeasurePlan const& measure, std::vector<ExitEffect> const& effects, std::size_t step);

  RunPlan const* plan_;
  Needs needs_;
  std::span<Answer const> answers_;
  std::vector<Standing> standings_;  ///< by measure
  std::vector<Instant> left_at_;     ///< by StateId: when the life last left it
  Instant outside_since_;
  Instant due_{distant_future};
  bool acts_{false};
  bool has_states_{false};  ///< whether some measure is a state
  std::optional<Move> move_;
  std::vector<double> factors_;  ///< by exit of the present state
  std::vector<ServiceRecord> records_;
  struct Stay {
    Instant from;
    StateId state;
  };
  std::vector<Stay> stays_;
  std::vector<std::uint16_t> levels_at_starts_;
  std::size_t traits_{0};  ///< how many
};

}  // namespace utvei
