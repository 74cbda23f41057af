// SPDX-License-Identifier: Apache-2.0
#include <utvei/document/libraries.hpp>

#include <openssl/crypto.h>
#include <zlib.h>

namespace utvei {

// yaml-cpp tells its version to CMake only.
std::vector<LibraryVersion> document_libraries() {
  return {{"yaml-cpp", UTVEI_YAML_CPP_VERSION},
          {"OpenSSL", OpenSSL_version(OPENSSL_VERSION_STRING)},
          {"zlib", zlibVersion()}};
}

}  // namespace utvei
