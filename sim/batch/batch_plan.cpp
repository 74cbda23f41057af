// SPDX-License-Identifier: Apache-2.0
#include "blame.hpp"
#include "pairs.hpp"
#include "written_values.hpp"

#include <utvei/batch/batch_plan.hpp>
#include <utvei/document/digest.hpp>
#include <utvei/run/run_scenario.hpp>
#include <utvei/run/together.hpp>

#include <algorithm>

#include <fmt/format.h>

namespace utvei {
namespace {

/// The name of a scenario of the batch, where it is not its own.
void set_name(BatchFile const& batch, Variant& variant) {
  if (variant.values.empty() && variant.is_baseline) return;
  Value name;
  name.kind = Value::Kind::scalar;
  name.scalar = variant.name;
  name.quoted = true;
  name.place = batch.names.empty() ? variant.file_place : batch.names_place;
  variant.sets.push_back(written_override("name", name));
}

std::string id_of(std::string const& key, RunPart const& part, std::uint32_t draws) {
  return sha256(fmt::format("{}\ndraw {}\nreplicate {}\npeople {} to {}\n", key,
                            draws == 0 ? std::string{"none"} : std::to_string(part.draw), part.replicate, part.first,
                            part.last));
}

void add_units(BatchPlan& plan, PlannedVariant& planned, std::vector<std::size_t> const& cuts) {
  planned.first_unit = plan.units.size();
  planned.blocks = cuts.size() - 1;
  for (std::uint32_t draw = 0; draw < std::max(1U, planned.draws); ++draw) {
    for (std::uint32_t replicate = 0; replicate < planned.replicates; ++replicate) {
      for (std::size_t block = 0; block < planned.blocks; ++block) {
        RunPart const part{draw, replicate, cuts[block], cuts[block + 1]};
        plan.units.push_back({plan.variants.size(), part, id_of(planned.key, part, planned.draws)});
      }
    }
  }
  planned.units = plan.units.size() - planned.first_unit;
}

void refuse_precision(Variant const& variant, Scenario const& scenario, Diagnostics& diagnostics) {
  if (!scenario.precision) return;
  diagnostics.error(variant.file_place, fmt::format("scenario `{}` has a `precision`", scenario.name),
                    "how many draws or replicates it takes is only known as it runs, and a batch is divided before",
                    "set `draws` or `replicates`, and `set: {precision: null}`; or use `utvei run`");
}

/// Why a scenario is not simulated beside the baseline; empty if it is, or is the baseline.
std::string why_alone(LoadedVariant const* baseline, LoadedVariant const& variant,
                      std::vector<std::size_t> const& cuts) {
  if (baseline == nullptr || baseline == &variant) return {};
  std::string why = why_not_together(*baseline->prepared, *variant.prepared);
  if (!why.empty() || cuts.size() == 2) return why;
  if (!variant.run->divides_like(*baseline->run)) return "its people are divided in another order";
  auto const may_cut = [&](std::size_t place) { return baseline->run->may_cut_at(place); };
  if (!std::ranges::all_of(cuts, may_cut)) return "people wait for each other in the baseline";
  return {};
}

void add_variant(BatchPlan& plan, Variant const& variant, LoadedVariant const* baseline, VariantShelf& shelf,
                 BatchPairs& pairs, Diagnostics& diagnostics) {
  auto const loaded = shelf.load(variant, diagnostics);
  if (!loaded) return;
  Prepared const& prepared = *loaded->prepared;
  refuse_precision(variant, prepared.scenario, diagnostics);
  PlannedVariant planned;
  planned.variant = variant;
  planned.key = loaded->key;
  planned.persons = prepared.population->size();
  planned.draws = prepared.scenario.draws;
  planned.replicates = prepared.scenario.replicates;
  planned.is_divisible = loaded->run->is_divisible();
  planned.serves_at_dates = loaded->run->serves_at_dates();
  planned.keeps_life_courses = prepared.scenario.life_courses.kind != LifeCourseRequest::Kind::none;
  planned.has_income = prepared.income.has_value();
  planned.data_class = class_of(prepared);
  planned.files = files_of(prepared);
  pairs.add(variant, prepared);
  std::vector<std::size_t> const cuts = loaded->run->cuts(plan.file.people_per_unit);
  add_units(plan, planned, cuts);
  planned.why_alone = why_alone(baseline, *loaded, cuts);
  plan.variants.push_back(std::move(planned));
}

}  // namespace

std::uint64_t BatchPlan::lives() const {
  std::uint64_t sum = 0;
  for (BatchUnit const& unit : units) sum += unit.lives();
  return sum;
}

BatchPlan plan_batch(BatchFile file, VariantShelf& shelf, Diagnostics& diagnostics) {
  BatchPlan plan;
  plan.file = std::move(file);
  std::vector<Variant> variants = variants_of(plan.file, diagnostics);
  if (variants.empty()) return plan;
  std::vector<Diagnostics> of_variants(variants.size());
  for (Variant& variant : variants) set_name(plan.file, variant);
  auto const marked = std::ranges::find_if(variants, &Variant::is_baseline);
  std::size_t const first = marked == variants.end() ? 0 : static_cast<std::size_t>(marked - variants.begin());
  std::shared_ptr<LoadedVariant> baseline;
  Diagnostics told_below;
  collecting(told_below, [&] { baseline = shelf.load(variants[first], told_below); });
  BatchPairs pairs{shelf.threads()};
  for (std::size_t v = 0; v < variants.size(); ++v) {
    if (v == first) plan.baseline = plan.variants.size();
    collecting(of_variants[v], [&] { add_variant(plan, variants[v], baseline.get(), shelf, pairs, of_variants[v]); });
    for (Diagnostic const& each : of_variants[v].all())
      if (each.severity != Severity::error) {
        Diagnostics one;
        one.add(each);
        plan.warnings.merge(one);
      }
  }
  add_with_blame(plan.file, variants, of_variants, diagnostics);
  pairs.warn(plan.file, plan.warnings);
  return plan;
}

}  // namespace utvei
