// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/batch/batch_plan.hpp>

#include <memory>
#include <string>
#include <vector>

namespace utvei {

/// What two scenarios of a batch must share to be compared, as `compare` asks of their results.
struct PairFrame {
  std::string scenario{};
  bool is_baseline{false};
  std::uint32_t seed{0}, draws{0}, replicates{0}, groups{0}, weight{0};
  std::string period{}, stock_dates{}, people{};
};

/// Gathers the frames of a batch, and says before anything runs which scenarios its baseline would be no measure of.
class BatchPairs {
 public:
  explicit BatchPairs(std::size_t threads) : threads_{threads} {}

  void add(Variant const& variant, Prepared const& prepared);
  /// A warning for each reason; where no baseline is named the first scenario is it, as in a report.
  void warn(BatchFile const& batch, Diagnostics& warnings) const;

 private:
  std::size_t threads_;
  std::vector<PairFrame> frames_;
  std::shared_ptr<Population const> last_people_;  ///< scenarios that follow each other mostly share them
};

}  // namespace utvei
