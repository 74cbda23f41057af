// SPDX-License-Identifier: Apache-2.0
#include "studio_server.hpp"

#include <utvei/studio/studio.hpp>

#include <chrono>
#include <thread>

#include <fmt/format.h>

namespace utvei {
namespace {

InputError port_taken(int port) {
  return {Fault::usage, Place{}, fmt::format("port {} of this machine cannot be had", port),
          "another program may have it", "leave --port out: any free one is taken"};
}

/// Ends the server and its thread, however serving ends.
class RunningServer {
 public:
  explicit RunningServer(StudioServer& server) : server_{server}, thread_{[&server] { server.serve(); }} {}
  ~RunningServer() {
    server_.stop();
    thread_.join();
  }
  RunningServer(RunningServer const&) = delete;
  RunningServer& operator=(RunningServer const&) = delete;

 private:
  StudioServer& server_;
  std::thread thread_;
};

}  // namespace

void serve_studio(StudioOptions const& options) {
  using namespace std::chrono_literals;
  // Before the runs, which may take a while.
  if (options.port != 0 && !is_port_free(options.port)) throw port_taken(options.port);
  Diagnostics diagnostics;
  StudioFolder folder = read_studio_folder(options.folder, options.baseline, options.scenario, diagnostics);
  if (options.warn) options.warn(diagnostics);
  Workbench workbench{std::move(folder), options};
  std::string const token = random_token();
  StudioServer server{workbench, token};
  int const port = server.bind(options.port);
  if (port == 0) throw port_taken(options.port);
  RunningServer const running{server};
  while (!server.is_running()) std::this_thread::sleep_for(5ms);
  if (options.announce) options.announce(fmt::format("http://127.0.0.1:{}/?token={}", port, token));
  while (options.stop == nullptr || !*options.stop) {
    std::this_thread::sleep_for(50ms);
    workbench.stop_unheard();
  }
  workbench.stop_all();
  throw Interrupted{};
}

}  // namespace utvei
