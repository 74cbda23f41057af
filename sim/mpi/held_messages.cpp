// SPDX-License-Identifier: Apache-2.0
#include "held_messages.hpp"

#include <array>
#include <cstdio>

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

namespace utvei {

HeldMessages::HeldMessages() : held_{::memfd_create("messages", MFD_CLOEXEC)} {
  int const nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
  if (nowhere >= 0) {
    ::dup2(nowhere, STDOUT_FILENO);
    ::close(nowhere);
  }
  if (held_ < 0) return;  // then there are more messages than one needs
  error_ = ::fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 0);
  if (error_ >= 0) ::dup2(held_, STDERR_FILENO);
}

HeldMessages::~HeldMessages() {
  release(true);
}

void HeldMessages::release(bool shows) {
  if (error_ < 0) return;
  std::fflush(stderr);
  ::dup2(error_, STDERR_FILENO);
  ::close(error_);
  error_ = -1;
  std::array<char, 4096> text{};
  ::off_t at = 0;
  while (shows) {
    ::ssize_t const read = ::pread(held_, text.data(), text.size(), at);
    if (read <= 0 || ::write(STDERR_FILENO, text.data(), static_cast<std::size_t>(read)) < 0) break;
    at += read;
  }
  ::close(held_);
}

}  // namespace utvei
