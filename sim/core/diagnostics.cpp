// SPDX-License-Identifier: Apache-2.0
#include <utvei/core/contract.hpp>
#include <utvei/core/diagnostics.hpp>

#include <utility>

namespace utvei {
namespace {

bool same(Diagnostic const& a, Diagnostic const& b) {
  auto const name = [](Diagnostic const& d) { return d.place.source ? std::string_view{d.place.source->name} : ""; };
  return a.severity == b.severity && a.place.line == b.place.line && a.place.column == b.place.column &&
         a.problem == b.problem && name(a) == name(b);
}

Diagnostics one(Diagnostic diagnostic) {
  Diagnostics diagnostics;
  diagnostics.add(std::move(diagnostic));
  return diagnostics;
}

}  // namespace

void Diagnostics::add(Diagnostic diagnostic) {
  if (diagnostic.severity == Severity::error) ++errors_;
  all_.push_back(std::move(diagnostic));
}

void Diagnostics::error(Place place, std::string problem, std::string why, std::string suggestion) {
  add({Severity::error, Fault::file, std::move(place), std::move(problem), std::move(why), std::move(suggestion)});
}

void Diagnostics::warning(Place place, std::string problem, std::string why, std::string suggestion) {
  add({Severity::warning, Fault::file, std::move(place), std::move(problem), std::move(why), std::move(suggestion)});
}

void Diagnostics::data_error(Place place, std::string problem, std::string why, std::string suggestion) {
  add({Severity::error, Fault::data, std::move(place), std::move(problem), std::move(why), std::move(suggestion)});
}

void Diagnostics::merge(Diagnostics const& other) {
  // Two scenarios that name the same model find the same mistakes in it: they are said once.
  auto const before = all_.size();
  for (auto const& diagnostic : other.all_) {
    auto known = false;
    for (std::size_t i = 0; i < before && !known; ++i) known = same(all_[i], diagnostic);
    if (!known) add(diagnostic);
  }
}

InputError::InputError(Diagnostics diagnostics) : diagnostics_{std::move(diagnostics)}, what_{render(diagnostics_)} {
  UTVEI_EXPECT(diagnostics_.has_errors());
}

InputError::InputError(Fault fault, Place place, std::string problem, std::string why, std::string suggestion)
    : InputError{
          one({Severity::error, fault, std::move(place), std::move(problem), std::move(why), std::move(suggestion)})} {}

void throw_if_errors(Diagnostics const& diagnostics) {
  if (diagnostics.has_errors()) throw InputError{diagnostics};
}

}  // namespace utvei
