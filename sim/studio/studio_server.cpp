// SPDX-License-Identifier: Apache-2.0
#include "studio_server.hpp"

#include "request_stream.hpp"
#include "worker_pool.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace utvei {
namespace {

constexpr std::size_t workers = 24;  ///< streams, and who asks meanwhile
constexpr std::size_t most_waiting = 64;
constexpr std::size_t largest_body = 65'536;
constexpr std::size_t longest_path = 512;

constexpr char const* policy_of_answers = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'";

void add_safe_headers(httplib::Response& response) {
  auto const set = [&](char const* name, char const* value) {
    if (!response.has_header(name)) response.set_header(name, value);
  };
  set("Content-Security-Policy", policy_of_answers);
  set("X-Content-Type-Options", "nosniff");
  set("X-Frame-Options", "DENY");
  set("Referrer-Policy", "no-referrer");
  set("Cross-Origin-Resource-Policy", "same-origin");
  set("Cross-Origin-Opener-Policy", "same-origin");
  set("Cache-Control", "no-store");
}

/// What is refused before httplib has read it.
std::string plain_answer(int status, std::string_view reason) {
  return fmt::format(
      "HTTP/1.1 {} {}\r\nContent-Length: 0\r\nConnection: close\r\nCache-Control: no-store\r\n"
      "X-Content-Type-Options: nosniff\r\nX-Frame-Options: DENY\r\nReferrer-Policy: no-referrer\r\n"
      "Content-Security-Policy: {}\r\n\r\n",
      status, reason, policy_of_answers);
}

/// A port that was just given back can be had, but not one that another program listens at.
void share_address(int socket) {
  int const yes = 1;
  ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
}

/// A header that may stand once.
std::optional<std::string> single(httplib::Request const& request, char const* name) {
  if (request.get_header_value_count(name) != 1) return std::nullopt;
  return request.get_header_value(name);
}

std::vector<std::string> parts_of(std::string const& path) {
  std::vector<std::string> parts;
  for (std::size_t begin = 1; begin <= path.size();) {
    std::size_t const end = std::min(path.find('/', begin), path.size());
    parts.push_back(path.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

/// For who asks by hand; the page has words of its own.
std::string_view usual_reason(int status) {
  switch (status) {
    case 400:
      return "the body is not what this address takes";
    case 403:
      return "X-Utvei-Token or Origin is not that of this studio";
    case 404:
      return "there is no such thing here";
    case 405:
      return "the address does not take this method";
    case 411:
      return "Content-Length is missing";
    case 413:
      return "the body is larger than 64 KB";
    case 414:
      return "the address is too long";
    case 415:
      return "the body must be application/json, as it is";
    case 421:
      return "Host is not that of this studio";
    case 503:
      return "too much at once: ask again later";
    default:
      return "something went wrong here";
  }
}

}  // namespace

bool refuse(httplib::Response& response, int status, std::string_view why) {
  response.status = status;
  response.set_content(fmt::format("{{\"error\":\"{}\"}}", why.empty() ? usual_reason(status) : why),
                       "application/json");
  return false;
}

bool is_port_free(int port) {
  int const descriptor = ::socket(AF_INET, SOCK_STREAM, 0);
  if (descriptor < 0) return true;  // binding says why
  share_address(descriptor);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  bool const is_free = ::bind(descriptor, reinterpret_cast<sockaddr const*>(&address), sizeof(address)) == 0;
  ::close(descriptor);
  return is_free;
}

StudioServer::StudioServer(Workbench& workbench, std::string token) : workbench_{workbench}, token_{std::move(token)} {
  new_task_queue = [] { return std::make_unique<WorkerPool>(workers, most_waiting).release(); };
  set_payload_max_length(largest_body);
  set_socket_options([](socket_t socket) { share_address(socket); });
  set_pre_routing_handler(
      [this](Request const& request, Response& response) { return before_body(request, response); });
  Post(".*", [this](Request const& request, Response& response) { post(request, response); });
  set_post_routing_handler([](Request const&, Response& response) { add_safe_headers(response); });
  set_exception_handler([](Request const&, Response& response, std::exception_ptr const&) { refuse(response, 500); });
}

int StudioServer::bind(int port) {
  if (port == 0) {
    int const given = bind_to_any_port("127.0.0.1");
    port_ = std::max(given, 0);
  } else {
    port_ = bind_to_port("127.0.0.1", port) ? port : 0;
  }
  return port_;
}

void StudioServer::serve() {
  accepting_ = std::this_thread::get_id();
  listen_after_bind();
}

bool StudioServer::process_and_close_socket(socket_t socket) {
  RequestStream stream{socket};
  int const yes = 1;
  ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
  auto const answer = [&](int status, std::string_view reason) {
    std::string const text = plain_answer(status, reason);
    stream.write(text.data(), text.size());
  };
  if (std::this_thread::get_id() == accepting_) {
    answer(503, "Service Unavailable");
    ::close(socket);
    return false;
  }
  switch (stream.read_head()) {
    case HeadRead::complete: {
      bool is_closed = false;
      process_request(stream, true, is_closed, nullptr);
      break;
    }
    case HeadRead::too_slow:
      answer(408, "Request Timeout");
      break;
    case HeadRead::too_long:
      answer(431, "Request Header Fields Too Large");
      break;
    case HeadRead::gone:
      ::close(socket);
      return false;
  }
  stream.finish();
  ::close(socket);
  return true;
}

bool StudioServer::has_own_host(Request const& request) const {
  auto const host = single(request, "Host");
  return host && (*host == fmt::format("127.0.0.1:{}", port_) || *host == fmt::format("localhost:{}", port_));
}

bool StudioServer::is_admitted(Request const& request, Response& response) {
  // A name that somebody else's server gave this machine: DNS rebinding.
  if (!has_own_host(request)) return refuse(response, 421);
  if (request.has_header("Origin")) {
    auto const origin = single(request, "Origin");
    if (!origin || *origin != "http://" + request.get_header_value("Host")) return refuse(response, 403);
  }
  if (request.path.size() > longest_path || request.path.find('\0') != std::string::npos) return refuse(response, 414);
  if (request.method == "GET" && request.path == "/") {
    bool const has_token =
        request.get_param_value_count("token") == 1 && is_same_secret(request.get_param_value("token"), token_);
    if (!has_token) send_door(response);
    return has_token;
  }
  auto const token = single(request, "X-Utvei-Token");
  if (!token || !is_same_secret(*token, token_)) return refuse(response, 403);
  return true;
}

bool StudioServer::check_body(Request const& request, Response& response) const {
  if (request.has_header("Transfer-Encoding")) return refuse(response, 411);
  auto const length = single(request, "Content-Length");
  if (!length) return refuse(response, 411);
  std::size_t bytes = 0;
  auto const [end, error] = std::from_chars(length->data(), length->data() + length->size(), bytes);
  if (error != std::errc{} || end != length->data() + length->size()) return refuse(response, 400);
  if (bytes > largest_body) return refuse(response, 413);
  auto const type = single(request, "Content-Type");
  bool const is_json = type && (*type == "application/json" || type->starts_with("application/json;"));
  if (!is_json || request.has_header("Content-Encoding")) return refuse(response, 415);
  return true;
}

httplib::Server::HandlerResponse StudioServer::before_body(Request const& request, Response& response) {
  if (!is_admitted(request, response)) return HandlerResponse::Handled;
  std::vector<std::string> const path = parts_of(request.path);
  if (!route(request, response, path)) return HandlerResponse::Handled;
  return check_body(request, response) ? HandlerResponse::Unhandled : HandlerResponse::Handled;
}

/// Answers all that has no body; true where the body is still to come.
bool StudioServer::route(Request const& request, Response& response, std::vector<std::string> const& path) {
  bool const is_get = request.method == "GET";
  bool const is_post = request.method == "POST";
  bool const is_delete = request.method == "DELETE";
  auto const is = [&](std::string_view kind, std::size_t size) {
    return path.size() == size && path[0] == "api" && path[1] == kind;
  };
  if (request.path == "/") return is_get ? (send_page(response), false) : refuse(response, 405);
  if (is("studio", 2)) {
    if (!is_get) return refuse(response, 405);
    response.set_content(workbench_.studio_document().dump(), "application/json");
    return false;
  }
  if (is("runs", 2)) return is_post ? true : refuse(response, 405);
  if (is("runs", 3)) {
    if (!is_delete) return refuse(response, 405);
    if (!workbench_.stop(path[2])) return refuse(response, 404);
    response.status = 204;
    return false;
  }
  if (is("runs", 4) && path[3] == "events")
    return is_get ? (send_events(path[2], response), false) : refuse(response, 405);
  if (is("runs", 4) && path[3] == "yaml") return is_get ? (send_yaml(path[2], response), false) : refuse(response, 405);
  if (is("runs", 4) && path[3] == "save") return is_post ? true : refuse(response, 405);
  if (is("scenarios", 3)) return is_delete ? (remove(path[2], response), false) : refuse(response, 405);
  return refuse(response, 404);
}

void StudioServer::post(Request const& request, Response& response) {
  std::vector<std::string> const path = parts_of(request.path);
  if (path.size() == 4) return save(path[2], response);
  begin(request, response);
}

}  // namespace utvei
