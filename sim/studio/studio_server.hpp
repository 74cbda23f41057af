// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "workbench.hpp"

#include <atomic>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <httplib.h>

namespace utvei {

/// Whether a server could listen at this port of 127.0.0.1 now.
bool is_port_free(int port);

/// Answers with a status and a reason for programmers; empty: the usual one of the status. False: the request is over.
bool refuse(httplib::Response& response, int status, std::string_view why = {});

/// The server of a studio: on 127.0.0.1 alone, for who has the token, with bounded threads, waiting connections,
/// streams, and sizes.
class StudioServer : public httplib::Server {
 public:
  StudioServer(Workbench& workbench, std::string token);

  /// The port that it listens at; 0: it could not be had.
  int bind(int port);
  /// Until stop() is called from another thread.
  void serve();

 private:
  using Request = httplib::Request;
  using Response = httplib::Response;

  bool process_and_close_socket(socket_t socket) override;
  HandlerResponse before_body(Request const& request, Response& response);
  /// Whether the request is one of ours: its host, origin and token.
  bool is_admitted(Request const& request, Response& response);
  bool has_own_host(Request const& request) const;
  bool check_body(Request const& request, Response& response) const;
  bool route(Request const& request, Response& response, std::vector<std::string> const& path);
  void post(Request const& request, Response& response);

  void send_page(Response& response) const;
  void send_door(Response& response) const;
  void send_events(std::string const& id, Response& response);
  void send_yaml(std::string const& name, Response& response) const;
  void remove(std::string const& name, Response& response);
  void begin(Request const& request, Response& response);
  void save(std::string const& name, Response& response);

  static constexpr int most_streams = 8;

  Workbench& workbench_;
  std::string token_;
  int port_{0};
  std::atomic<int> streams_{0};
  std::thread::id accepting_;
};

}  // namespace utvei
