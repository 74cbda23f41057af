// SPDX-License-Identifier: Apache-2.0
#include "request_stream.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <string_view>

#include <poll.h>
#include <sys/socket.h>

namespace utvei {
namespace {

using namespace std::chrono_literals;

constexpr auto time_for_head = 5s;
constexpr auto time_for_body = 10s;
constexpr auto time_for_some_bytes = 10s;  ///< of an answer to leave
constexpr auto time_to_say_goodbye = 1s;
constexpr std::size_t longest_head = 16'384;
constexpr std::size_t longest_line = 2'048;
constexpr std::size_t most_lines = 100;

/// Milliseconds until a moment, for poll.
int left_until(std::chrono::steady_clock::time_point until) {
  auto const left = std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
  return static_cast<int>(std::max<std::int64_t>(0, left.count()));
}

bool is_of_no_use(std::string_view line) {
  std::string name{line.substr(0, line.find(':'))};
  std::ranges::transform(name, name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  constexpr std::array<std::string_view, 4> names{"range", "accept-encoding", "expect", "connection"};
  return std::ranges::find(names, name) != names.end();
}

}  // namespace

ssize_t RequestStream::receive(char* to, std::size_t size, Clock::time_point until) const {
  while (true) {
    pollfd ready{socket_, POLLIN, 0};
    int const count = ::poll(&ready, 1, left_until(until));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return -1;
    ssize_t const got = ::recv(socket_, to, size, 0);
    if (got < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    return std::max<ssize_t>(got, 0);
  }
}

HeadRead RequestStream::read_head() {
  auto const until = Clock::now() + time_for_head;
  std::array<char, 4096> some{};
  std::size_t end = std::string::npos;
  while ((end = head_.find("\r\n\r\n")) == std::string::npos) {
    if (head_.size() > longest_head) return HeadRead::too_long;
    ssize_t const got = receive(some.data(), some.size(), until);
    if (got == 0) return HeadRead::gone;
    if (got < 0) return head_.empty() ? HeadRead::gone : HeadRead::too_slow;
    head_.append(some.data(), static_cast<std::size_t>(got));
  }
  if (end > longest_head) return HeadRead::too_long;
  std::string const whole = std::move(head_);
  head_.clear();
  std::size_t lines = 0;
  for (std::size_t at = 0; at <= end;) {
    std::size_t const stop = std::min(whole.find("\r\n", at), end);
    std::string_view const line = std::string_view{whole}.substr(at, stop - at);
    if (line.size() > longest_line || ++lines > most_lines) return HeadRead::too_long;
    if (lines == 1 || !is_of_no_use(line)) head_.append(line).append("\r\n");
    at = stop + 2;
  }
  head_.append("\r\n").append(whole, end + 4);
  body_until_ = Clock::now() + time_for_body;
  return HeadRead::complete;
}

bool RequestStream::is_readable() const {
  return true;
}

bool RequestStream::is_writable() const {
  pollfd ready{socket_, POLLOUT | POLLRDHUP, 0};
  int const count = ::poll(&ready, 1, static_cast<int>(std::chrono::milliseconds{time_for_some_bytes}.count()));
  return count > 0 && (ready.revents & (POLLERR | POLLHUP | POLLNVAL | POLLRDHUP)) == 0;
}

ssize_t RequestStream::read(char* to, std::size_t size) {
  if (taken_ < head_.size()) {
    std::size_t const some = std::min(size, head_.size() - taken_);
    std::copy_n(head_.data() + taken_, some, to);
    taken_ += some;
    return static_cast<ssize_t>(some);
  }
  return receive(to, size, body_until_);
}

ssize_t RequestStream::write(char const* from, std::size_t size) {
  auto const until = Clock::now() + time_for_some_bytes;
  while (true) {
    pollfd ready{socket_, POLLOUT, 0};
    int const count = ::poll(&ready, 1, left_until(until));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return -1;
    ssize_t const sent = ::send(socket_, from, size, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    return sent;
  }
}

void RequestStream::get_remote_ip_and_port(std::string& ip, int& port) const {
  ip.clear();
  port = 0;
}

void RequestStream::get_local_ip_and_port(std::string& ip, int& port) const {
  ip.clear();
  port = 0;
}

void RequestStream::finish() {
  ::shutdown(socket_, SHUT_WR);
  auto const until = Clock::now() + time_to_say_goodbye;
  constexpr int most_reads = 512;
  std::array<char, 4096> unheard{};
  for (int i = 0; i < most_reads && receive(unheard.data(), unheard.size(), until) > 0;) ++i;
}

}  // namespace utvei
