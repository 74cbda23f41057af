// SPDX-License-Identifier: Apache-2.0
#include "scratch_folder.hpp"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <system_error>

#include <fmt/format.h>
#include <sys/random.h>

namespace utvei {

ScratchFolder::ScratchFolder() : path_{(std::filesystem::temp_directory_path() / "utvei-studio-XXXXXX").string()} {
  if (::mkdtemp(path_.data()) == nullptr)
    throw std::system_error{errno, std::generic_category(), "cannot make a folder for temporary files"};
}

ScratchFolder::~ScratchFolder() {
  std::error_code unheard;
  std::filesystem::remove_all(path_, unheard);
}

std::string random_token() {
  std::array<unsigned char, 16> bytes{};
  if (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size()))
    throw std::system_error{errno, std::generic_category(), "the system gives no random numbers"};
  std::string token;
  for (unsigned char const byte : bytes) token += fmt::format("{:02x}", byte);
  return token;
}

bool is_same_secret(std::string const& a, std::string const& b) {
  if (a.size() != b.size()) return false;
  unsigned different = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    different |= static_cast<unsigned>(static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i]));
  return different == 0;
}

}  // namespace utvei
