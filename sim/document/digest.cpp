// SPDX-License-Identifier: Apache-2.0
#include <utvei/core/contract.hpp>
#include <utvei/document/digest.hpp>

#include <array>
#include <fstream>
#include <memory>
#include <span>
#include <vector>

#include <openssl/evp.h>

namespace utvei {
namespace {

class Sha256 {
 public:
  Sha256() : context_{EVP_MD_CTX_new(), &EVP_MD_CTX_free} {
    UTVEI_ENSURE(context_ != nullptr);
    UTVEI_ENSURE(EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) == 1);
  }
  void add(std::string_view bytes) { UTVEI_ENSURE(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) == 1); }
  std::string finish() {
    std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
    unsigned int size = 0;
    UTVEI_ENSURE(EVP_DigestFinal_ex(context_.get(), bytes.data(), &size) == 1);
    static constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (auto const byte : std::span{bytes}.first(size)) {
      text += digits[byte >> 4U];
      text += digits[byte & 0xfU];
    }
    return text;
  }

 private:
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_;
};

}  // namespace

std::string sha256(std::string_view bytes) {
  Sha256 digest;
  digest.add(bytes);
  return digest.finish();
}

std::string sha256_of_file(std::string const& path) {
  std::ifstream in{path, std::ios::binary};
  if (!in) return {};
  Sha256 digest;
  std::vector<char> buffer(std::size_t{1} << 16U);
  while (in.read(buffer.data(), static_cast<std::streamsize>(buffer.size())) || in.gcount() > 0)
    digest.add({buffer.data(), static_cast<std::size_t>(in.gcount())});
  return in.bad() ? std::string{} : digest.finish();
}

}  // namespace utvei
