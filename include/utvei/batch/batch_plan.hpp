// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/batch/batch_file.hpp>
#include <utvei/engine/parted_run.hpp>
#include <utvei/run/prepare.hpp>

#include <cstddef>
#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace utvei {

/// What one worker does at a time: a draw, a replicate and a block of people of one scenario.
struct BatchUnit {
  std::size_t variant{0};
  RunPart part;
  std::string id;  ///< hash of all that determines its numbers
  [[nodiscard]] std::uint64_t lives() const { return part.last - part.first; }
};

struct PlannedVariant {
  Variant variant;
  std::string key;  ///< hash of all that its units have in common
  std::size_t persons{0};
  std::uint32_t draws{0}, replicates{1};
  bool is_divisible{true};
  bool serves_at_dates{false};  ///< who wait for each other get their places at given dates alone
  std::string why_alone{};      ///< why it is not simulated beside the plan's baseline; empty: it is
  bool keeps_life_courses{false};
  bool has_income{false};  ///< whose chain is simulated when the units are put together
  std::string data_class;
  std::vector<std::string> files;  ///< that a run of it reads
  std::size_t first_unit{0}, units{0}, blocks{1};
};

struct BatchPlan {
  BatchFile file;
  std::vector<PlannedVariant> variants;
  std::vector<BatchUnit> units;  ///< by variant, draw, replicate, block
  std::size_t baseline{0};       ///< the variant that others are simulated beside
  Diagnostics warnings;
  [[nodiscard]] std::uint64_t lives() const;
};

/// A scenario that can be simulated.
struct LoadedVariant {
  std::unique_ptr<Prepared> prepared;
  std::unique_ptr<PartedRun> run;  ///< its plan is taken out of `prepared`
  std::string key;
};

/// Scenarios of a batch as they are needed: the last few are kept, and those that describe the same people share them.
/// May be asked from several threads.
class VariantShelf {
 public:
  /// `program`: version and hash, part of every key.
  VariantShelf(std::string program, std::size_t threads);

  /// nullptr where the scenario cannot be run, which is diagnosed.
  std::shared_ptr<LoadedVariant> load(Variant const& variant, Diagnostics& diagnostics);
  /// A scenario of the plan. Throws InputError where it is not what it was when the batch was planned.
  std::shared_ptr<LoadedVariant> take(PlannedVariant const& planned);
  /// The next one who asks gets it anew.
  void drop(PlannedVariant const& planned);
  [[nodiscard]] std::size_t threads() const { return threads_; }

 private:
  struct HashedFile {
    std::int64_t changed{0};
    std::uintmax_t size{0};
    std::string sha256;
  };
  std::string key_of(Variant const& variant, Prepared const& prepared);
  std::string hash_of(std::string const& path);
  std::shared_ptr<LoadedVariant> load_locked(Variant const& variant, Diagnostics& diagnostics);

  std::string program_;
  std::size_t threads_;
  Diagnostics ignored_;
  Preparation preparation_;
  std::map<std::string, HashedFile> hashes_;
  std::list<std::pair<std::string, std::shared_ptr<LoadedVariant>>> kept_;  ///< by name; the last used first
  std::mutex mutex_;
};

/// Reads and compiles every scenario of a batch, and divides it into units. All that is wrong is diagnosed: in the
/// scenario's files, and where the batch file has the value that it comes from.
BatchPlan plan_batch(BatchFile file, VariantShelf& shelf, Diagnostics& diagnostics);

/// Units of the same draw, replicate and people, of scenarios that are simulated together; or one unit.
using UnitBundle = std::vector<std::size_t>;
/// All units of a plan in bundles, in the order in which they are done.
std::vector<UnitBundle> bundles_of(BatchPlan const& plan);
/// The bundles of share `index` (1 … count): those that follow each other, with about as many units as the others.
std::vector<UnitBundle> share_of(BatchPlan const& plan, std::size_t index, std::size_t count);

}  // namespace utvei
