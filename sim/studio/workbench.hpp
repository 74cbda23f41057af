// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kept_results.hpp"
#include "scratch_folder.hpp"
#include "session_files.hpp"
#include "studio_run.hpp"
#include "trial_size.hpp"
#include "variant.hpp"

#include <utvei/run/prepare.hpp>
#include <utvei/studio/studio.hpp>

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

#include <nlohmann/json.hpp>

namespace utvei {

/// Why a try does not begin.
struct TryRefusal {
  enum class Why { wrong_values, name_taken, busy };
  struct Fault {
    std::string lever;  ///< empty: it is about none of them
    ReportText message;
  };
  Why why{Why::wrong_values};
  std::vector<Fault> faults{};
};

/// The state of a studio: what is in memory, what is kept, what runs. May be used from several threads.
class Workbench {
 public:
  /// Prepares and runs the baseline and the chosen scenario. `options` must outlive this.
  Workbench(StudioFolder folder, StudioOptions const& options);
  ~Workbench();
  Workbench(Workbench const&) = delete;
  Workbench& operator=(Workbench const&) = delete;

  /// The page of all that is kept.
  [[nodiscard]] std::string page() const;
  /// What can be moved, and what is kept: the studio document.
  [[nodiscard]] nlohmann::ordered_json studio_document() const;
  [[nodiscard]] std::string report() const;

  /// The id of the run that has begun.
  std::variant<std::string, TryRefusal> start(TryRequest const& request);
  /// nullptr: there is none.
  std::shared_ptr<StudioRun> run(std::string const& id) const;
  bool stop(std::string const& id) const;
  /// After its end has been told, or when nobody asks for it.
  void forget(std::string const& id);
  void stop_all();
  /// Stops runs that nobody listens to.
  void stop_unheard();

  /// The file that reproduces a try; empty: there is none of that name.
  [[nodiscard]] std::string yaml_of(std::string const& name) const;
  enum class Saved { yes, is_there, no_such_try, cannot_write, files_changed };
  struct SaveAnswer {
    Saved saved{Saved::yes};
    std::string file{};
    ReportText why{};  ///< where files have changed
  };
  /// Refused where a file that the try or the baseline rests on is not what it was: the saved file would give other
  /// numbers than the page shows.
  SaveAnswer save(std::string const& name) const;
  enum class Removed { yes, last, no_such };
  Removed remove(std::string const& name);

 private:
  struct Try {
    std::string file, yaml;
    std::vector<std::string> inputs;
  };
  struct Simulated {
    RunResult result;
    std::vector<std::string> inputs;  ///< but the scenario file itself, where that is one of a try
  };
  struct Going {
    std::shared_ptr<StudioRun> run;
    std::thread thread;
  };
  void run_baseline();
  void run_first(StudioFile const& file);
  std::vector<TryRefusal::Fault> faults_of(TryRequest const& request, StudioFile const** base) const;
  std::vector<TryRefusal::Fault> faults_of_file(std::string const& path) const;
  [[nodiscard]] bool is_taken(TryRequest const& request) const;
  void work(StudioRun& run, TryRequest const& request, StudioFile const& base, std::string const& path);
  Simulated simulate_file(std::string const& path, std::string const& shown_path, std::string const& name,
                          StopFlag const* stop, StudioRun* told);
  /// Of these files and those of the baseline; empty: all are what they were.
  [[nodiscard]] ReportText changes_among(std::vector<std::string> inputs) const;
  void add_provenance(RunResult& result, std::string const& path, std::string const& name) const;
  [[nodiscard]] std::string report_command(std::vector<std::string> const& names) const;
  /// The run that has its place and its name, unless two are going.
  std::shared_ptr<StudioRun> take_place(std::string const& name);
  void join_ended();

  StudioFolder folder_;
  StudioOptions const& options_;
  ScratchFolder scratch_;
  std::unique_ptr<Prepared> baseline_;  ///< for its people
  TrialSize size_;
  SolvedTrials solved_;
  SessionFiles files_;
  std::vector<std::string> baseline_files_;
  KeptResults kept_;
  std::mutex beginning_;      ///< one try begins after another: two may not take one name
  mutable std::mutex mutex_;  ///< of what follows
  std::map<std::string, Try> tries_;
  std::map<std::string, double> seconds_;
  std::map<std::string, Going> going_;
  std::uint64_t begun_{0};
};

}  // namespace utvei
