// SPDX-License-Identifier: Apache-2.0
#include "hdf5_write.hpp"
#include "provenance.hpp"
#include "rate_classes.hpp"
#include "rate_format.hpp"
#include "rate_limits.hpp"
#include "rate_offsets.hpp"

#include <utvei/output/inherited_rules.hpp>
#include <utvei/output/rate_file.hpp>
#include <utvei/register/disclosure.hpp>

#include <algorithm>
#include <iterator>
#include <limits>
#include <ranges>
#include <span>

#include <hdf5_hl.h>

namespace utvei {
namespace {

/// Writes the columns of the file: one dataset each along the dimension `row`.
class RateWriter {
 public:
  RateWriter(hid_t root, Fit const& rates)
      : root_{root},
        cells_{rates.cells},
        row_{make_bare_dimension(root, "row", rates.cells.size(), Growth::unlimited)},
        labels_{make_group(root, "labels")} {}

  template <class Get>
  Handle column(hid_t parent, std::string const& name, char const* long_name, char const* units, Get const& get) {
    using T = std::decay_t<decltype(get(cells_.front()))>;
    std::vector<T> values;
    values.reserve(cells_.size());
    std::ranges::transform(cells_, std::back_inserter(values), get);
    Handle dataset = write_numbers(parent, name, {values.size()}, std::span<T const>{values}, Growth::unlimited);
    write_attribute(dataset.get(), "long_name", long_name);
    write_attribute(dataset.get(), "units", units);
    check_hdf5(H5DSattach_scale(dataset.get(), row_.get(), 0), name.c_str());
    return dataset;
  }

  void write_names(Model const& model);
  void write_boxes();
  void write_numbers_of_rates();
  void write_models(std::vector<RateModel> const& models);

 private:
  void write_effects_of_rows();
  void write_traits(Model const& model);
  void span(char const* name, char const* what, char const* units, Span Box::*axis);

  hid_t root_;
  std::vector<RateCell> const& cells_;
  Handle row_;
  Handle labels_;
};

/// Number 0 stands for everywhere, or anybody.
std::vector<std::string> with_any(std::vector<std::string> labels) {
  labels.insert(labels.begin(), "");
  return labels;
}

void RateWriter::write_names(Model const& model) {
  column(root_, "from", "state before, by its number in labels/state", "1",
         [&](RateCell const& cell) { return model.transitions[cell.transition].from.value(); });
  column(root_, "to", "state after, by its number in labels/state", "1",
         [&](RateCell const& cell) { return model.transitions[cell.transition].to.value(); });
  write_texts(labels_.get(), "state", model.state_names());
  column(root_, "region", "region, by its number in labels/region; 0 is everywhere", "1",
         [](RateCell const& cell) { return cell.box.region ? cell.box.region->value() + 1U : 0U; });
  write_texts(labels_.get(), "region", with_any(model.regions.codes()));
  column(root_, "source", "where the rate comes from, by its number in labels/source", "1",
         [](RateCell const& cell) { return static_cast<std::uint8_t>(cell.source); });
  std::vector<std::string> sources;
  for (RateSource const source :
       {RateSource::raw, RateSource::pooled_regions, RateSource::pooled_all, RateSource::model})
    sources.emplace_back(name_of(source));
  write_texts(labels_.get(), "source", sources);
  write_traits(model);
}

/// Those that tell rates apart.
void RateWriter::write_traits(Model const& model) {
  Handle const traits = make_group(root_, "traits");
  Handle const levels = make_group(labels_.get(), "traits");
  for (std::size_t t = 0; t < model.traits.size(); ++t) {
    auto const level = [t](RateCell const& cell) -> std::uint32_t {
      return t < cell.box.traits.size() && cell.box.traits[t] ? *cell.box.traits[t] + 1U : 0U;
    };
    if (std::ranges::all_of(cells_, [&](RateCell const& cell) { return level(cell) == 0; })) continue;
    Trait const& trait = model.traits[TraitId{t}];
    column(traits.get(), trait.name, "level, by its number in labels/traits; 0 is any", "1", level);
    write_texts(levels.get(), trait.name, with_any(trait.levels));
  }
}

void RateWriter::span(char const* name, char const* what, char const* units, Span Box::*axis) {
  auto const from = column(root_, std::string{name} + "_from", what, units,
                           [axis](RateCell const& cell) { return (cell.box.*axis).from; });
  write_attribute(from.get(), "unbounded", everything.from);
  auto const to = column(root_, std::string{name} + "_to", what, units,
                         [axis](RateCell const& cell) { return (cell.box.*axis).to; });
  write_attribute(to.get(), "unbounded", everything.to);
}

void RateWriter::write_boxes() {
  span("age", "age", "minutes", &Box::age);
  span("time_in_state", "time in the state", "minutes", &Box::time_in_state);
  span("calendar", "minutes since 1970-01-01 00:00", "1", &Box::calendar);
}

void RateWriter::write_numbers_of_rates() {
  column(root_, "events", "events that the rate was made of", "1", [](RateCell const& cell) { return cell.events; });
  column(root_, "person_years", "time at risk that the rate was made of", "years",
         [](RateCell const& cell) { return cell.person_years; });
  column(root_, "rate_per_year", "transition intensity", "1/year", [](RateCell const& cell) { return cell.rate; });
  column(root_, "se", "standard error of the intensity", "1/year", [](RateCell const& cell) { return cell.se; });
  column(root_, "low_95", "lower 95 % limit", "1/year", [](RateCell const& cell) { return cell.low; });
  column(root_, "high_95", "upper 95 % limit", "1/year", [](RateCell const& cell) { return cell.high; });
  column(root_, "log_se", "standard error of the log intensity; NaN where there is none", "1",
         [](RateCell const& cell) { return cell.log_se.value_or(std::numeric_limits<double>::quiet_NaN()); });
}

/// As many places a row as the row with the most effects needs; 0 where it has fewer.
void RateWriter::write_effects_of_rows() {
  column(root_, "model", "model of the rate, by its number in models; 0: none, its error is its own", "1",
         [](RateCell const& cell) { return cell.effects.places.empty() ? 0U : cell.effects.model + 1U; });
  std::size_t width = 1;
  for (RateCell const& cell : cells_) width = std::max(width, cell.effects.places.size());
  std::vector<std::uint32_t> numbers(cells_.size() * width, 0);
  for (std::size_t row = 0; row < cells_.size(); ++row) {
    auto const& places = cells_[row].effects.places;
    std::ranges::transform(places, numbers.begin() + static_cast<std::ptrdiff_t>(row * width),
                           [](std::uint32_t place) { return place + 1U; });
  }
  Handle const term = make_bare_dimension(root_, "term", width, Growth::fixed);
  Handle const dataset = write_numbers(root_, "effects", {cells_.size(), width},
                                       std::span<std::uint32_t const>{numbers}, Growth::unlimited);
  write_attribute(dataset.get(), "long_name",
                  "effects whose sum is the log rate, by their number in the model; 0: none");
  write_attribute(dataset.get(), "units", "1");
  check_hdf5(H5DSattach_scale(dataset.get(), row_.get(), 0), "effects");
  check_hdf5(H5DSattach_scale(dataset.get(), term.get(), 1), "effects");
}

void write_model(hid_t models, std::string const& number, RateModel const& model) {
  Handle const group = make_group(models, number);
  write_attribute(group.get(), "name", model.name);
  hsize_t const count = model.effects.size();
  Handle const effect = write_texts(group.get(), "effect", model.effects);
  check_hdf5(H5DSset_scale(effect.get(), "effect"), "effect");
  Handle const normal = make_bare_dimension(group.get(), "normal", count, Growth::fixed);
  Handle const estimate = write_numbers(group.get(), "estimate", {count}, std::span<double const>{model.estimate});
  write_attribute(estimate.get(), "long_name", "effect on the log intensity");
  check_hdf5(H5DSattach_scale(estimate.get(), effect.get(), 0), "estimate");
  Handle const factor = write_numbers(group.get(), "factor", {count, count}, std::span<double const>{model.factor});
  write_attribute(factor.get(), "long_name", "lower triangular factor of the covariance of the effects");
  check_hdf5(H5DSattach_scale(factor.get(), effect.get(), 0), "factor");
  check_hdf5(H5DSattach_scale(factor.get(), normal.get(), 1), "factor");
}

void RateWriter::write_models(std::vector<RateModel> const& models) {
  if (models.empty()) return;
  write_effects_of_rows();
  Handle const group = make_group(root_, "models");
  for (std::size_t i = 0; i < models.size(); ++i) write_model(group.get(), std::to_string(i + 1), models[i]);
}

}  // namespace

namespace {

void fill_rate_file(hid_t root, Fit const& fit, Model const& model, Provenance const& provenance) {
  Provenance said = provenance;
  said.format = rate_format.name;
  said.format_version = rate_format.version;
  said.data_class = fit.data_class;
  write_provenance(root, said);
  write_attribute(root, "kind", "cells");
  write_attribute(root, "method", fit.method);
  write_attribute(root, "model", model.name);
  RateWriter writer{root, fit};
  writer.write_names(model);
  writer.write_boxes();
  writer.write_numbers_of_rates();
  writer.write_models(fit.models);
  write_limits(root, fit, model);
  write_classes(root, fit, model);
}

}  // namespace

void save_rates(Fit const& fit, Model const& model, Provenance const& provenance, std::string const& path) {
  write_hdf5_file(
      path, [&](hid_t root) { fill_rate_file(root, fit, model, provenance); }, file_mode(fit.data_class));
}

namespace {

/// Rules of the base, of the people and of the rates alike are among those of the inputs.
void replace_disclosure(hid_t root, Provenance const& provenance) {
  if (provenance.data_class != "register") return;
  std::vector<std::string> files;
  for (InputFile const& input : provenance.inputs) files.push_back(input.path);
  for (char const* name : {"disclosure_least", "disclosure_denominator", "disclosure_round_to"})
    if (H5Aexists(root, name) > 0) check_hdf5(H5Adelete(root, name), name);
  write_disclosure(root, inherited_rules(files, provenance.disclosure));
}

}  // namespace

void save_calibrated_rates(FrozenOffsets const& frozen, Model const& model, Provenance const& provenance,
                           std::string const& path) {
  unsigned const mode = file_mode(provenance.data_class);
  if (model.rate_file)
    return extend_hdf5_file(
        *model.rate_file, path,
        [&](hid_t root) {
          // People of a register may be behind the offsets where none were behind the rates.
          check_hdf5(H5Adelete(root, "data_class"), "data_class");
          write_attribute(root, "data_class", provenance.data_class);
          replace_disclosure(root, provenance);
          write_frozen(root, frozen, model);
        },
        mode);
  Fit nothing;
  nothing.method = "calibrated";
  nothing.data_class = provenance.data_class;
  write_hdf5_file(
      path,
      [&](hid_t root) {
        fill_rate_file(root, nothing, model, provenance);
        write_frozen(root, frozen, model);
      },
      mode);
}

}  // namespace utvei
