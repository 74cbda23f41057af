// SPDX-License-Identifier: Apache-2.0
#include "gunzip.hpp"

#include <algorithm>
#include <cstddef>
#include <limits>

#define ZLIB_CONST  // input is not changed
#include <zlib.h>

namespace utvei {
namespace {

constexpr int gzip_with_largest_window = 16 + MAX_WBITS;
constexpr std::size_t least_room = 1U << 16U;

/// zlib counts in 32 bits.
uInt limited(std::size_t size) {
  return static_cast<uInt>(std::min<std::size_t>(size, std::numeric_limits<uInt>::max()));
}

class Inflater {
 public:
  explicit Inflater(std::string_view bytes) : rest_{bytes} {
    is_ready_ = inflateInit2(&stream_, gzip_with_largest_window) == Z_OK;
  }
  ~Inflater() { inflateEnd(&stream_); }
  Inflater(Inflater const&) = delete;
  Inflater& operator=(Inflater const&) = delete;
  Inflater(Inflater&&) = delete;
  Inflater& operator=(Inflater&&) = delete;

  std::optional<std::string> all() {
    if (!is_ready_) return std::nullopt;
    std::string text(std::max(least_room, 4 * rest_.size()), '\0');
    std::size_t filled = 0;
    for (;;) {
      if (filled == text.size()) text.resize(2 * text.size());
      int const state = step(text, filled);
      if (state == Z_STREAM_END && rest_.empty()) break;
      // Members may follow each other.
      if (state == Z_STREAM_END && inflateReset(&stream_) == Z_OK) continue;
      if (state != Z_OK) return std::nullopt;
    }
    text.resize(filled);
    return text;
  }

 private:
  int step(std::string& text, std::size_t& filled) {
    uInt const given = limited(rest_.size());
    uInt const room = limited(text.size() - filled);
    stream_.next_in = reinterpret_cast<Bytef const*>(rest_.data());
    stream_.avail_in = given;
    stream_.next_out = reinterpret_cast<Bytef*>(text.data() + filled);
    stream_.avail_out = room;
    int const state = inflate(&stream_, Z_NO_FLUSH);
    rest_.remove_prefix(given - stream_.avail_in);
    filled += room - stream_.avail_out;
    return state;
  }

  z_stream stream_{};
  std::string_view rest_;
  bool is_ready_{false};
};

}  // namespace

bool is_gzip(std::string_view bytes) {
  return bytes.starts_with("\x1f\x8b");
}

std::optional<std::string> gunzip(std::string_view bytes) {
  return Inflater{bytes}.all();
}

}  // namespace utvei
