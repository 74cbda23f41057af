// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/document/value.hpp>
#include <utvei/model/definitions.hpp>

#include <string>
#include <vector>

namespace utvei {

struct Model;

/// What people want to know of a model, and the traits, states and definitions without which it cannot tell.
struct Question {
  std::string name;
  std::vector<std::string> needs;
  Labels label;
  Place place;
};

/// What a question needs that is neither a trait, a state nor a definition of the model.
std::vector<std::string> lacking(Question const& question, Model const& model);

}  // namespace utvei
