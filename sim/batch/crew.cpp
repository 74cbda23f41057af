// SPDX-License-Identifier: Apache-2.0
#include <utvei/batch/crew.hpp>

namespace utvei {

CrewCounts& CrewCounts::operator+=(CrewCounts const& other) {
  found += other.found;
  done += other.done;
  failed += other.failed;
  elsewhere += other.elsewhere;
  lives_found += other.lives_found;
  lives_done += other.lives_done;
  return *this;
}

}  // namespace utvei
