// SPDX-License-Identifier: Apache-2.0
#include <utvei/scenario/trial.hpp>

#include <algorithm>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr std::uint64_t most_people_of_trial = 200'000;
constexpr std::int64_t most_in_arm = 100'000'000;

/// A share between 0 and 1, both excluded: a hazard that nobody, or everybody, has met has no ratio.
double read_share_of_arm(Value const& value, std::string_view what, Diagnostics& diagnostics) {
  double const share = as_number_at_least(value, 0, what, diagnostics).value_or(0.5);
  if (share > 0 && share < 1) return share;
  diagnostics.error(value.place, fmt::format("`{}` of a trial must lie between 0 and 1, it is {:g}", what, share),
                    "it is the share of the arm with the outcome", "write 0.271 for 27.1 per cent");
  return 0.5;
}

void read_numbers_of_arms(Value const& value, Trial& trial, Diagnostics& diagnostics) {
  if (!value.is_list() || value.items.size() != 2) {
    diagnostics.error(value.place, "`n` must be two numbers", "people in the control arm, and in the treated",
                      "n: [205, 205]");
    return;
  }
  auto const first = as_integer(value.items[0], 1, most_in_arm, "n", diagnostics);
  auto const second = as_integer(value.items[1], 1, most_in_arm, "n", diagnostics);
  trial.control.people = static_cast<std::uint32_t>(first.value_or(1));
  trial.treated.people = static_cast<std::uint32_t>(second.value_or(1));
}

Duration read_time_of_trial(Value const& value, Diagnostics& diagnostics) {
  Duration const at = as_duration(value, "at", diagnostics).value_or(Duration{minutes_per_year});
  constexpr std::int64_t most = 20 * minutes_per_year;
  if (at.minutes < minutes_per_day || at.minutes > most)
    diagnostics.error(value.place, fmt::format("`at` of a trial is {}", format(at)),
                      "people of a trial are followed for a day to 20 years", "for instance `at: 12 months`");
  return at;
}

void read_kept_out(Value const& value, Trial& trial, Diagnostics& diagnostics) {
  if (!value.is_list()) {
    diagnostics.error(value.place, "`kept_out` must be a list", "it has shares of the arms at other times",
                      "kept_out: [{at: 18 months, control: 0.271, treated: 0.374}]");
    return;
  }
  for (Value const& item : value.items) {
    Trial::KeptOut one;
    MapReader reader{item, "`kept_out`", diagnostics};
    if (!item.is_map()) continue;
    if (Value const* at = reader.required("at")) one.at = read_time_of_trial(*at, diagnostics);
    Value const* const control = reader.optional("control");
    Value const* const treated = reader.optional("treated");
    reader.finish();
    if (control) one.control = read_share_of_arm(*control, "control", diagnostics);
    if (treated) one.treated = read_share_of_arm(*treated, "treated", diagnostics);
    if ((control == nullptr) != (treated == nullptr))
      diagnostics.error(item.place, fmt::format("`kept_out` has the share of one arm alone, after {}", format(one.at)),
                        "both arms are laid beside what the model says, or none where nothing was published",
                        "write the shares of both arms, or `at` alone");
    trial.kept_out.push_back(one);
  }
}

void read_people_of_trial(Value const& path, Model const& model, Trial& trial, std::vector<std::string>& inputs,
                          Diagnostics& diagnostics) {
  trial.path = path_beside(path);
  inputs.push_back(trial.path);
  Value const document = read_document(trial.path, {}, Request{path.place}, diagnostics);
  if (document.is_null()) return;
  MapReader reader{document, "the trial", diagnostics};
  if (!document.is_map() || !check_format(reader, "trial", diagnostics)) return;
  if (Value const* name = reader.required("name")) as_code(*name, "name", diagnostics);
  if (Value const* source = reader.required("source")) as_text(*source, "source", diagnostics);
  if (Value const* people = reader.required("population"))
    trial.population = read_population_spec(*people, model, diagnostics);
  if (trial.population.persons > most_people_of_trial)
    diagnostics.error(trial.population.persons_place, fmt::format("{} people of a trial", trial.population.persons),
                      "they are followed a hundred times, and 20,000 keep luck out well enough",
                      fmt::format("write {} or less", most_people_of_trial));
  reader.finish();
}

/// Both outcomes ask who is in work.
void check_model_of_trial(Place const& place, Model const& model, Diagnostics& diagnostics) {
  if (std::ranges::any_of(model.states, [](State const& state) { return state.group == "work"; })) return;
  diagnostics.error(place, "the model does not say which states are work",
                    "outcomes of trials count who is in a state of group `work`",
                    "write `group: work` at those states of the model");
}

}  // namespace

Trial read_trial(Value const& value, Model const& model, std::vector<std::string>& inputs, Diagnostics& diagnostics) {
  Trial trial;
  trial.place = value.place;
  MapReader reader{value, "`from_trial`", diagnostics};
  if (!value.is_map()) return trial;
  check_model_of_trial(value.place, model, diagnostics);
  if (Value const* path = reader.required("population"); path && as_text(*path, "population", diagnostics))
    read_people_of_trial(*path, model, trial, inputs, diagnostics);
  if (Value const* outcome = reader.required("outcome")) {
    auto const choice = as_choice(*outcome, {"employed_at", "ever_employed"}, "outcome", diagnostics);
    trial.outcome = static_cast<Trial::Outcome>(choice.value_or(0));
  }
  if (Value const* at = reader.required("at")) trial.at = read_time_of_trial(*at, diagnostics);
  if (Value const* control = reader.required("control"))
    trial.control.share = read_share_of_arm(*control, "control", diagnostics);
  if (Value const* treated = reader.required("treated"))
    trial.treated.share = read_share_of_arm(*treated, "treated", diagnostics);
  if (Value const* n = reader.required("n")) read_numbers_of_arms(*n, trial, diagnostics);
  if (Value const* kept = reader.optional("kept_out")) read_kept_out(*kept, trial, diagnostics);
  reader.finish();
  return trial;
}

}  // namespace utvei
