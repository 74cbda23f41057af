// SPDX-License-Identifier: Apache-2.0
#include <utvei/analysis/mix.hpp>
#include <utvei/document/reader.hpp>

#include <algorithm>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr std::int64_t most_in_mix = 1'000'000;
constexpr std::int64_t first_mix_year = 1900;
constexpr std::int64_t last_mix_year = 3000;

class MixReader {
 public:
  MixReader(MapReader& reader, MixDesign& design, Diagnostics& diagnostics)
      : reader_{reader}, design_{design}, diagnostics_{diagnostics} {}

  void read() {
    if (Value const* name = reader_.required("name")) design_.name = as_code(*name, "name", diagnostics_).value_or("");
    if (Value const* scenario = reader_.required("scenario")) {
      if (as_text(*scenario, "scenario", diagnostics_)) design_.scenario = path_beside(*scenario);
      design_.scenario_place = scenario->place;
    }
    if (Value const* choose = reader_.required("choose")) read_choices(*choose);
    if (Value const* budget = reader_.optional("budget")) read_budget(*budget);
    read_outcomes();
    if (Value const* fairness = reader_.optional("fairness")) read_fairness(*fairness);
    if (Value const* value = reader_.optional("certain")) read_part(*value, "certain", design_.certain);
    if (auto const draws = whole("draws", 0, 100'000)) design_.draws = draws;
    Value const* const replicates = reader_.optional("replicates");
    design_.runs_place = replicates ? replicates->place : reader_.map().place;
    design_.replicates = whole("replicates", 1, 100'000).value_or(design_.replicates);
    design_.simulations = whole("simulations", 1, most_in_mix).value_or(design_.simulations);
    if (Value const* standard = reader_.optional("standard")) read_standard(*standard);
    if (Value const* value = reader_.optional("certainty")) read_certainty(*value);
    check_task();
    reader_.finish();
  }

 private:
  std::optional<std::uint32_t> whole(std::string_view key, std::int64_t least, std::int64_t most) {
    Value const* const value = reader_.optional(key);
    auto const number = value ? as_integer(*value, least, most, key, diagnostics_) : std::nullopt;
    return number ? std::optional{static_cast<std::uint32_t>(*number)} : std::nullopt;
  }

  void read_choices(Value const& value) {
    if (!value.is_list() || value.items.empty()) {
      diagnostics_.error(value.place, "`choose` is no list of what the mix decides", {},
                         "choose: [{measure: course, by: region}]");
      return;
    }
    for (Value const& item : value.items) read_choice(item);
  }

  void read_choice(Value const& value) {
    MapReader reader{value, "an entry of `choose`", diagnostics_};
    if (!value.is_map()) return;
    MixChoice choice;
    Value const* const measure = reader.optional("measure");
    Value const* const resource = reader.optional("resource");
    if ((measure != nullptr) == (resource != nullptr)) {
      diagnostics_.error(value.place, "an entry of `choose` names a measure or a resource", {},
                         "{measure: course, by: region}");
    } else {
      Value const& name = measure ? *measure : *resource;
      choice.is_resource = resource != nullptr;
      choice.name = as_code(name, choice.is_resource ? "resource" : "measure", diagnostics_).value_or("");
      choice.place = name.place;
    }
    if (Value const* by = reader.required("by"))
      choice.by_region = as_choice(*by, {"region", "total"}, "by", diagnostics_) == 0U;
    if (Value const* step = reader.optional("step"))
      choice.step = static_cast<std::uint32_t>(as_integer(*step, 1, most_in_mix, "step", diagnostics_).value_or(1));
    if (Value const* floor = reader.optional("floor")) choice.floor = by_area(*floor, "floor", choice.by_region);
    if (Value const* most = reader.optional("ceiling")) choice.ceiling = by_area(*most, "ceiling", choice.by_region);
    if (Value const* price = reader.optional("price")) choice.price = above_nothing(*price, "price");
    reader.finish();
    auto const same = [&](MixChoice const& other) {
      return !choice.name.empty() && other.name == choice.name && other.is_resource == choice.is_resource;
    };
    if (std::ranges::any_of(design_.choices, same))
      diagnostics_.error(choice.place, fmt::format("`{}` is chosen twice", choice.name), {}, "keep one of them");
    design_.choices.push_back(std::move(choice));
  }

  NumberByArea by_area(Value const& value, std::string_view what, bool by_region) {
    NumberByArea numbers;
    auto const number = [&](Value const& said) {
      return static_cast<std::uint32_t>(as_integer(said, 0, most_in_mix, what, diagnostics_).value_or(0));
    };
    if (!value.is_map()) {
      numbers.everywhere = number(value);
      return numbers;
    }
    if (!by_region)
      diagnostics_.error(value.place, fmt::format("`{}` is by region, and the places are not", what), {},
                         "write one number, or by: region");
    for (Member const& member : value.members)
      if (auto const code = as_code(member, "region", diagnostics_))
        numbers.areas.push_back({*code, member.key_place, number(member.value)});
    return numbers;
  }

  std::optional<double> above_nothing(Value const& value, std::string_view what) {
    auto const number = as_number_at_least(value, 0, what, diagnostics_);
    if (!number || *number > 0) return number;
    diagnostics_.error(value.place, fmt::format("`{}` is nothing", what), {}, "write a number above 0");
    return std::nullopt;
  }

  void read_budget(Value const& value) {
    MapReader reader{value, "`budget`", diagnostics_};
    design_.budget_place = value.place;
    if (!value.is_map()) return;
    Value const* const places = reader.optional("places");
    Value const* const kroner = reader.optional("kroner_per_year");
    reader.finish();
    if ((places != nullptr) == (kroner != nullptr)) {
      diagnostics_.error(value.place, "`budget` says one of `places` and `kroner_per_year`", {},
                         "budget: {places: 60}");
      return;
    }
    design_.counts_kroner = kroner != nullptr;
    design_.budget = above_nothing(kroner ? *kroner : *places, kroner ? "kroner_per_year" : "places");
  }

  void read_outcomes() {
    Value const* const most = reader_.optional("maximise");
    Value const* const least = reader_.optional("minimise");
    if (most && least) {
      diagnostics_.error(least->place, "`maximise` and `minimise` in one file", {}, "keep one of them");
      return;
    }
    if (most || least) read_outcome(most ? *most : *least, least != nullptr);
  }

  void read_outcome(Value const& value, bool is_minimised) {
    MapReader reader{value, is_minimised ? "`minimise`" : "`maximise`", diagnostics_};
    if (!value.is_map()) return;
    MixOutcome outcome;
    outcome.is_minimised = is_minimised;
    outcome.place = value.place;
    Value const* const years = reader.optional("person_years");
    Value const* const benefit = reader.optional("net_benefit");
    if ((years != nullptr) == (benefit != nullptr)) {
      for (char const* const key : {"from", "until"}) reader.optional(key);
      if (!reader.has_unknown())
        diagnostics_.error(value.place, "an outcome is one of `person_years` and `net_benefit`", {},
                           "{person_years: work}, with a state or a group, or {net_benefit: society}");
    } else if (benefit) {
      auto const purse = as_choice(*benefit, {"public_purse", "society"}, "net_benefit", diagnostics_);
      outcome.kind = purse == 0U ? MixOutcome::Kind::public_purse : MixOutcome::Kind::society;
      if (is_minimised) diagnostics_.error(value.place, "a net benefit is maximised", {}, "write `maximise`");
    } else {
      outcome.of = as_codes(*years, "person_years", diagnostics_);
      if (years->is_list() && years->items.empty())
        diagnostics_.error(years->place, "`person_years` is an empty list", "it names states or groups of states",
                           "person_years: work");
      outcome.from = year_of(reader.optional("from"), "from");
      outcome.until = year_of(reader.optional("until"), "until");
      if (outcome.from && outcome.until && *outcome.from >= *outcome.until)
        diagnostics_.error(value.place, "`until` is not after `from`", {}, "from: 2027, until: 2035");
    }
    reader.finish();
    design_.outcome = std::move(outcome);
  }

  std::optional<int> year_of(Value const* value, std::string_view what) {
    auto const year = value ? as_integer(*value, first_mix_year, last_mix_year, what, diagnostics_) : std::nullopt;
    return year ? std::optional{static_cast<int>(*year)} : std::nullopt;
  }

  void read_fairness(Value const& value) {
    MapReader reader{value, "`fairness`", diagnostics_};
    design_.fairness_place = value.place;
    if (!value.is_map()) return;
    if (Value const* ratio = reader.required("largest_ratio"))
      design_.largest_ratio = as_number_at_least(*ratio, 1, "largest_ratio", diagnostics_);
    reader.finish();
  }

  void read_part(Value const& value, std::string_view what, double& to) {
    auto const number = as_number(value, what, diagnostics_);
    if (!number) return;
    if (*number > 0 && *number < 1)
      to = *number;
    else
      diagnostics_.error(value.place, fmt::format("`{}` is {}, and lies between 0 and 1", what, *number), {},
                         "write 0.95 for 95 per cent");
  }

  void read_standard(Value const& value) {
    MapReader reader{value, "`standard`", diagnostics_};
    design_.standard_place = value.place;
    if (!value.is_map()) return;
    WaitingStandard standard;
    if (Value const* within = reader.required("within"))
      standard.within = as_duration(*within, "within", diagnostics_).value_or(Duration{0});
    if (Value const* share = reader.required("share")) read_part(*share, "share", standard.share);
    standard.from = year_of(reader.optional("from"), "from");
    reader.finish();
    design_.standard = standard;
  }

  void read_certainty(Value const& value) {
    design_.certainty.clear();
    auto const add = [&](Value const& said) {
      double part = 0;
      read_part(said, "certainty", part);
      if (part > 0) design_.certainty.push_back(part);
    };
    if (!value.is_list()) return add(value);
    for (Value const& item : value.items) add(item);
    if (value.items.empty())
      diagnostics_.error(value.place, "`certainty` is an empty list", {}, "certainty: [0.8, 0.95]");
  }

  /// A budget and an outcome, or a standard, or all of them.
  void check_task() {
    bool const has_budget = reader_.optional("budget") != nullptr;
    bool const is_maximised = reader_.optional("maximise") != nullptr;
    bool const has_outcome = reader_.optional("minimise") != nullptr || is_maximised;
    if (has_budget == has_outcome && (has_budget || reader_.optional("standard"))) return;
    if (reader_.has_unknown()) return;  // it may be meant for what is missing, and is told of
    diagnostics_.error(reader_.map().place,
                       has_budget    ? "a budget, and nothing to maximise"
                       : has_outcome ? "something to maximise, and no budget"
                                     : "neither a budget nor a standard of waiting",
                       "a mix is the best for an outcome under a budget; --dimension asks for a standard",
                       "write `budget: {places: 60}` and `maximise: {person_years: work}`, or `standard: {within: 4 "
                       "weeks, share: 0.9}`");
  }

  MapReader& reader_;
  MixDesign& design_;
  Diagnostics& diagnostics_;
};

}  // namespace

MixDesign read_mix(std::string const& path, std::vector<Override> const& overrides, Request const& request,
                   Diagnostics& diagnostics) {
  MixDesign design;
  design.path = path;
  Value const document = read_document(path, overrides, request, diagnostics);
  if (document.is_null()) return design;
  MapReader reader{document, "the mix", diagnostics};
  if (!document.is_map() || !check_format(reader, "mix", diagnostics)) return design;
  design.inputs.push_back(path);
  MixReader{reader, design, diagnostics}.read();
  return design;
}

}  // namespace utvei
