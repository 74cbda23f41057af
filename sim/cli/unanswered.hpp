// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/diagnostics.hpp>
#include <utvei/model/model.hpp>
#include <utvei/population/population.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace utvei {

/// A question of a model that it cannot answer.
struct Unanswered {
  Question question;
  std::vector<std::string> lacks;
  bool of_people{false};  ///< the model has what the question needs, and the people of the scenario do not
};

/// For want of traits or states.
std::vector<Unanswered> unanswered_by(Model const& model);
/// Of those that the model could answer: for want of traits of these people.
std::vector<Unanswered> unanswered_by(Model const& model, Population const& people);

/// A line, in which the question stands in nb, nn or en.
std::string describe(Unanswered const& unanswered, std::string_view language);
Diagnostic note_of(Unanswered const& unanswered, std::string_view language);

}  // namespace utvei
