// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "console.hpp"

#include <ostream>
#include <streambuf>
#include <string>

namespace utvei {

/// Standard output as a stream, in large pieces. Flush it before it ends; what cannot be written throws as
/// Console::data does.
class ConsoleStream : private std::streambuf, public std::ostream {
 public:
  explicit ConsoleStream(Console& console) : std::ostream{this}, console_{console} { exceptions(std::ios::badbit); }
  ~ConsoleStream() override = default;
  ConsoleStream(ConsoleStream const&) = delete;
  ConsoleStream& operator=(ConsoleStream const&) = delete;

 private:
  using Traits = std::char_traits<char>;
  static constexpr std::size_t piece = 1U << 20U;

  int overflow(int c) override {
    if (c != Traits::eof()) text_ += Traits::to_char_type(c);
    if (text_.size() >= piece) sync();
    return Traits::not_eof(c);
  }
  std::streamsize xsputn(char const* text, std::streamsize size) override {
    text_.append(text, static_cast<std::size_t>(size));
    if (text_.size() >= piece) sync();
    return size;
  }
  int sync() override {
    console_.data(text_);
    text_.clear();
    return 0;
  }

  Console& console_;
  std::string text_;
};

}  // namespace utvei
