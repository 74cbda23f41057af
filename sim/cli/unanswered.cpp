// SPDX-License-Identifier: Apache-2.0
#include "unanswered.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace utvei {
namespace {

/// Those of the needs that are traits without levels of these people.
std::vector<std::string> lacking_of_people(Question const& question, Model const& model, Population const& people) {
  std::vector<std::string> found;
  std::ranges::copy_if(question.needs, std::back_inserter(found), [&](std::string const& need) {
    auto const trait = model.trait(need);
    return trait && (trait->value() >= people.traits.size() || people.traits[trait->value()].empty());
  });
  return found;
}

std::string reason_of(Unanswered const& unanswered) {
  std::string const names = fmt::format("`{}`", fmt::join(unanswered.lacks, "`, `"));
  return unanswered.of_people           ? fmt::format("its people have no {}", names)
         : unanswered.lacks.size() == 1 ? fmt::format("the model has no trait or state {}", names)
                                        : fmt::format("the model has no traits or states {}", names);
}

}  // namespace

std::vector<Unanswered> unanswered_by(Model const& model) {
  std::vector<Unanswered> found;
  for (Question const& question : model.questions)
    if (auto lacks = lacking(question, model); !lacks.empty()) found.push_back({question, std::move(lacks), false});
  return found;
}

std::vector<Unanswered> unanswered_by(Model const& model, Population const& people) {
  std::vector<Unanswered> found;
  for (Question const& question : model.questions) {
    if (!lacking(question, model).empty()) continue;
    if (auto lacks = lacking_of_people(question, model, people); !lacks.empty())
      found.push_back({question, std::move(lacks), true});
  }
  return found;
}

std::string describe(Unanswered const& unanswered, std::string_view language) {
  return fmt::format("cannot answer: {} ({})", label_in(unanswered.question.label, language, unanswered.question.name),
                     reason_of(unanswered));
}

Diagnostic note_of(Unanswered const& unanswered, std::string_view language) {
  return {.severity = Severity::note,
          .fault = Fault::file,
          .place = unanswered.question.place,
          .problem = describe(unanswered, language),
          .why = {},
          .suggestion = {}};
}

}  // namespace utvei
