// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

#include <utvei/model/questions.hpp>

#include <algorithm>

#include <fmt/format.h>

namespace utvei {
namespace {

std::vector<std::string> read_needs(Value const& value, Diagnostics& diagnostics) {
  std::vector<std::string> needs;
  if (!value.is_list() || value.items.empty()) {
    diagnostics.error(value.place, "`needs` is not a list", "a question needs traits or states", "needs: [origin]");
    return needs;
  }
  for (Value const& item : value.items)
    if (auto need = as_code(item, "needs", diagnostics)) needs.push_back(std::move(*need));
  return needs;
}

}  // namespace

std::vector<std::string> lacking(Question const& question, Model const& model) {
  std::vector<std::string> found;
  for (std::string const& need : question.needs) {
    bool const is_there = model.trait(need) || model.state(need) || model.definition(need) != nullptr;
    if (!is_there && std::ranges::find(found, need) == found.end()) found.push_back(need);
  }
  return found;
}

void read_questions(Value const& value, Model& model, Diagnostics& diagnostics) {
  if (!value.is_map()) {
    diagnostics.error(value.place, "`questions` is not a map", "questions are names with what they need",
                      "questions: {refugees_in_work: {needs: [origin]}}");
    return;
  }
  for (Member const& member : value.members) {
    if (!check_name(member.key, "question", member.key_place, diagnostics)) continue;
    if (!member.value.is_map()) {
      diagnostics.error(member.value.place, fmt::format("question `{}` is not a map", member.key), {},
                        "{needs: [origin], label: {nb: …}}");
      continue;
    }
    Question question{member.key, {}, {}, member.key_place};
    MapReader reader{member.value, fmt::format("question `{}`", member.key), diagnostics};
    if (auto const* needs = reader.required("needs")) question.needs = read_needs(*needs, diagnostics);
    if (auto const* label = reader.optional("label"))
      question.label = read_labels(*label, fmt::format("label of `{}`", member.key), diagnostics);
    reader.finish();
    model.questions.push_back(std::move(question));
  }
}

}  // namespace utvei
