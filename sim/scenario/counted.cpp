// SPDX-License-Identifier: Apache-2.0
#include <utvei/scenario/counted.hpp>

#include <fmt/format.h>

namespace utvei {

std::string why_not_counted(Definition const& definition, Model const& model, Population const& people) {
  if (people.birth.empty() && definition.who.age != everything) return "age";
  for (auto const* traits : {&definition.who.traits, &definition.flags}) {
    for (std::size_t t = 0; t < traits->size(); ++t) {
      bool const is_there = t < people.traits.size() && !people.traits[t].empty();
      if (!(*traits)[t].empty() && !is_there) return fmt::format("trait `{}`", model.traits[TraitId{t}].name);
    }
  }
  return {};
}

}  // namespace utvei
