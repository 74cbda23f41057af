// SPDX-License-Identifier: Apache-2.0
// What the files of units cost, one by one: store FOLDER UNITS BYTES. Prints microseconds of each operation for the
// first and the last thousand units, and how fast content is hashed.
#include <utvei/document/digest.hpp>
#include <utvei/output/unit_store.hpp>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;
using utvei::UnitStore;

constexpr std::size_t counted = 1000;
constexpr double million = 1e6;

double microseconds_since(Clock::time_point begun) {
  return std::chrono::duration<double>(Clock::now() - begun).count() * million;
}

/// Of the first and the last thousand.
class Times {
 public:
  explicit Times(std::size_t all) : all_{all} {}
  void add(std::size_t unit, double microseconds) {
    if (unit < counted) first_ += microseconds;
    if (unit >= all_ - counted) last_ += microseconds;
  }
  void print(char const* name) const {
    std::printf("%s %.1f %.1f\n", name, first_ / double{counted}, last_ / double{counted});
  }

 private:
  std::size_t all_;
  double first_{0}, last_{0};
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return EXIT_FAILURE;
  UnitStore const store{argv[1]};
  std::size_t const units = std::strtoull(argv[2], nullptr, 10);
  std::string const content(std::strtoull(argv[3], nullptr, 10), 'x');
  if (units < counted) return EXIT_FAILURE;
  std::vector<std::string> ids;
  for (std::size_t u = 0; u < units; ++u) ids.push_back(utvei::sha256(std::to_string(u)));
  Times looking{units}, claiming{units}, saving{units}, loading{units};
  for (std::size_t u = 0; u < units; ++u) {
    auto begun = Clock::now();
    if (store.load(ids[u]).state != UnitStore::State::missing) return EXIT_FAILURE;
    looking.add(u, microseconds_since(begun));
    begun = Clock::now();
    {
      auto const claim = store.claim(ids[u]);
      if (!claim) return EXIT_FAILURE;
    }
    claiming.add(u, microseconds_since(begun));
    begun = Clock::now();
    store.save(ids[u], content, 0644);
    saving.add(u, microseconds_since(begun));
  }
  for (std::size_t u = 0; u < units; ++u) {
    auto const begun = Clock::now();
    if (store.load(ids[u]).state != UnitStore::State::whole) return EXIT_FAILURE;
    loading.add(u, microseconds_since(begun));
  }
  looking.print("look");
  claiming.print("claim");
  saving.print("save");
  loading.print("load");
  std::string const large(64U << 20U, 'x');
  auto const begun = Clock::now();
  std::size_t const digits = utvei::sha256(large).size();
  std::printf("hash %.1f %zu\n", static_cast<double>(large.size()) / microseconds_since(begun), digits);
  return EXIT_SUCCESS;
}
