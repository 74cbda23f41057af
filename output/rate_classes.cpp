// SPDX-License-Identifier: Apache-2.0
#include "rate_classes.hpp"

#include "hdf5_read.hpp"
#include "hdf5_write.hpp"

#include <cmath>
#include <span>
#include <string>
#include <vector>

namespace utvei {
namespace {

void write_number(hid_t group, char const* name, char const* what, double value) {
  Handle const dataset = write_numbers(group, name, {1}, std::span<double const>{&value, 1});
  write_attribute(dataset.get(), "long_name", what);
  write_attribute(dataset.get(), "units", "1");
}

double read_number(hid_t group, char const* name) {
  auto const values = read_numbers<double>(open_dataset(group, name).get());
  if (values.size() != 1 || !std::isfinite(values.front())) throw Hdf5Failure{"`classes` do not fit"};
  return values.front();
}

}  // namespace

void write_classes(hid_t root, Fit const& fit, Model const& model) {
  if (!fit.frailty || fit.frailty->fit.end == FrailtyFit::End::alike) return;
  FrailtyFit const& classes = fit.frailty->fit;
  Handle const group = make_group(root, "classes");
  std::vector<std::string> transitions;
  for (TransitionId const transition : fit.frailty->transitions)
    transitions.push_back(model.transitions[transition].name);
  write_texts(group.get(), "transition", transitions);
  write_number(group.get(), "share", "share of people who belong to the second class", classes.share);
  write_number(group.get(), "level", "intensities of the first class, as multiples of the rates", classes.level);
  write_number(group.get(), "log_ratio", "log of the intensities of the second class to those of the first",
               classes.log_ratio);
}

std::optional<PeopleClasses> read_classes(hid_t root, Model const& model) {
  if (!has_link(root, "classes")) return std::nullopt;
  Handle const group = open_group(root, "classes");
  PeopleClasses classes;
  for (auto const& name : read_texts(open_dataset(group.get(), "transition").get())) {
    if (auto const transition = model.transition(name)) classes.transitions.push_back(*transition);
  }
  classes.share = read_number(group.get(), "share");
  classes.level = read_number(group.get(), "level");
  classes.log_ratio = read_number(group.get(), "log_ratio");
  if (classes.share < 0 || classes.share > 1 || classes.level <= 0) throw Hdf5Failure{"`classes` do not fit"};
  return classes;
}

}  // namespace utvei
