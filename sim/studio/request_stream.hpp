// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

#include <httplib.h>

namespace utvei {

/// What became of the head of a request.
enum class HeadRead { complete, gone, too_slow, too_long };

/// A connection as httplib reads it, with limits that it has not: the head is here as a whole before httplib sees any
/// of it, in time and within bounds; what the server has no use for is taken out of it (ranges and encodings of
/// answers, which httplib would obey); and the rest of the request must come in time, too.
class RequestStream : public httplib::Stream {
 public:
  explicit RequestStream(int socket) : socket_{socket} {}

  HeadRead read_head();

  [[nodiscard]] bool is_readable() const override;
  /// False once whoever asked has gone.
  [[nodiscard]] bool is_writable() const override;
  ssize_t read(char* to, std::size_t size) override;
  ssize_t write(char const* from, std::size_t size) override;
  void get_remote_ip_and_port(std::string& ip, int& port) const override;
  void get_local_ip_and_port(std::string& ip, int& port) const override;
  [[nodiscard]] int socket() const override { return socket_; }

  /// Sends what is left, and reads what comes for a moment: a connection that is closed over unread bytes is reset, and
  /// the answer lost.
  void finish();

 private:
  using Clock = std::chrono::steady_clock;
  /// Bytes, 0 at the end, -1 when the time is over.
  ssize_t receive(char* to, std::size_t size, Clock::time_point until) const;

  int socket_;
  Clock::time_point body_until_{};
  std::string head_;  ///< and what came with it
  std::size_t taken_{0};
};

}  // namespace utvei
