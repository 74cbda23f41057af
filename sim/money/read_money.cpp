// SPDX-License-Identifier: Apache-2.0
#include "read_conventions.hpp"

#include <utvei/document/files.hpp>
#include <utvei/document/reader.hpp>
#include <utvei/scenario/cost.hpp>

#include <algorithm>

#include <fmt/format.h>

namespace utvei {
namespace {

class MoneyReader {
 public:
  MoneyReader(MapReader& reader, Model const& model, MoneyRules& rules, Diagnostics& diagnostics)
      : reader_{reader}, model_{model}, rules_{rules}, diagnostics_{diagnostics} {}

  void read() {
    if (Value const* value = reader_.required("name")) rules_.name = as_code(*value, "name", diagnostics_).value_or("");
    read_conventions(reader_, model_, rules_, diagnostics_);
    rules_.payers_of = Column<StateId, std::optional<StatePayer>>{model_.states.size()};
    if (Value const* value = reader_.required("payers")) read_payers(*value);
    if (Value const* value = reader_.required("taxes")) read_taxes(*value);
    read_share_of("municipal_tax_kept", rules_.municipal_tax_kept);
    if (Value const* value = reader_.required("contributions"))
      rules_.contributions = as_share(*value, "contributions", diagnostics_).value_or(0);
    if (Value const* value = reader_.optional("production"))
      rules_.production = as_number_at_least(*value, 0, "production", diagnostics_).value_or(1);
    if (Value const* value = reader_.optional("value_of_time"))
      rules_.ledgers.value_of_time = as_kroner(*value, "value_of_time", diagnostics_).value_or(0);
    rules_.services = Column<StateId, std::vector<std::pair<Account, double>>>{model_.states.size()};
    if (Value const* value = reader_.optional("services")) read_services(*value);
    if (Value const* value = reader_.optional("verified")) read_verified(*value);
    note_unverified();
    note_rules();
    reader_.finish();
  }

 private:
  void read_share_of(std::string_view key, double& share) {
    Value const* const value = reader_.optional(key);
    if (value) share = as_share(*value, key, diagnostics_).value_or(share);
  }

  std::optional<StateId> state_of(Member const& member) {
    auto const state = model_.state(member.key);
    if (!state)
      diagnostics_.error(member.key_place, fmt::format("unknown state `{}`", member.key), "",
                         did_you_mean(member.key, model_.state_names()));
    return state;
  }

  /// `state`, or `{first: employer, for: 16 days, then: state}`
  std::optional<StatePayer> read_payer(Value const& value) {
    StatePayer payer;
    if (value.is_scalar()) {
      auto const whole = as_payer(value, "payers", diagnostics_);
      if (whole) payer.payer = *whole;
      return payer;
    }
    MapReader reader{value, "the payer", diagnostics_};
    if (!value.is_map()) return std::nullopt;
    if (Value const* first = reader.required("first")) payer.first = as_payer(*first, "first", diagnostics_);
    if (Value const* days = reader.required("for"))
      payer.first_for = as_duration(*days, "for", diagnostics_).value_or(Duration{0});
    if (Value const* then = reader.required("then"))
      payer.payer = as_payer(*then, "then", diagnostics_).value_or(Account::state);
    reader.finish();
    return payer;
  }

  void read_payers(Value const& value) {
    if (!value.is_map()) {
      diagnostics_.error(value.place, "`payers` must be a map", {},
                         "write who pays what people live on in each state, as aap: state");
      return;
    }
    for (Member const& member : value.members)
      if (auto const state = state_of(member)) rules_.payers_of[*state] = read_payer(member.value);
  }

  void read_taxes(Value const& value) {
    MapReader reader{value, "`taxes`", diagnostics_};
    if (!value.is_map()) return;
    double to_state = 0;
    auto const part = [&](std::string_view key, double& share) {
      if (Value const* said = reader.optional(key)) share = as_share(*said, key, diagnostics_).value_or(0);
    };
    part("municipality", rules_.tax_to_municipality);
    part("county", rules_.tax_to_county);
    part("state", to_state);
    reader.finish();
    double const sum = rules_.tax_to_municipality + rules_.tax_to_county + to_state;
    constexpr double near_one = 1e-6;
    if (sum < 1 - near_one || sum > 1 + near_one)
      diagnostics_.error(value.place, fmt::format("shares of taxes that sum to {}", sum),
                         "somebody has each krone of them", "let municipality, county and state sum to 1");
  }

  void read_services(Value const& value) {
    if (!value.is_map()) {
      diagnostics_.error(value.place, "`services` must be a map", {}, "write aap: {state: 20000}, in kroner a year");
      return;
    }
    for (Member const& member : value.members) {
      auto const state = state_of(member);
      MapReader reader{member.value, fmt::format("the services of `{}`", member.key), diagnostics_};
      if (!state || !member.value.is_map()) continue;
      for (std::size_t a = 0; a < payers; ++a)
        if (Value const* amount = reader.optional(account_names[a]))
          rules_.services[*state].emplace_back(static_cast<Account>(a),
                                               as_kroner(*amount, account_names[a], diagnostics_).value_or(0));
      reader.finish();
    }
  }

  /// Keys of this file, with the source that somebody has read.
  void read_verified(Value const& value) {
    if (!value.is_map()) {
      diagnostics_.error(value.place, "`verified` must be a map", {}, "write tax_cost: \"R-109/21, section 4\"");
      return;
    }
    for (Member const& member : value.members) {
      if (std::ranges::find(inputs_, member.key) == inputs_.end()) {
        diagnostics_.error(member.key_place, fmt::format("`{}` is nothing that can be verified here", member.key), {},
                           did_you_mean(member.key, inputs_));
      } else if (as_text(member.value, member.key, diagnostics_)) {
        verified_.push_back(member.key);
      }
    }
  }

  /// What is left out has a value, too; but for services, of which there are none then.
  void note_unverified() {
    for (std::string const& key : inputs_) {
      bool const is_used = key != "services" || reader_.map().find(key);
      if (is_used && std::ranges::find(verified_, key) == verified_.end()) rules_.ledgers.unverified.push_back(key);
    }
  }

  /// What two results must share, and what they may differ in.
  void note_rules() {
    std::string& conventions = rules_.ledgers.conventions;
    conventions = fmt::format("contributions {}; production {}; index", rules_.contributions, rules_.production);
    for (auto const& [year, level] : rules_.price_index) conventions += fmt::format(" {}: {}", year, level);
    std::string& policy = rules_.ledgers.policy;
    policy = fmt::format("municipality {} of taxes, keeps {}; county {}", rules_.tax_to_municipality,
                         rules_.municipal_tax_kept, rules_.tax_to_county);
    for (StateId const state : IdRange<StateId>{model_.states.size()}) {
      auto const& payer = rules_.payers_of[state];
      std::string const& name = model_.states[state].name;
      if (payer)
        policy += fmt::format("; {}: {} {} {}", name, payer->first ? static_cast<int>(*payer->first) : -1,
                              payer->first_for.minutes, static_cast<int>(payer->payer));
      for (auto const& [account, kroner] : rules_.services[state])
        policy += fmt::format("; {}: {} {}", name, static_cast<int>(account), kroner);
    }
  }

  MapReader& reader_;
  Model const& model_;
  MoneyRules& rules_;
  Diagnostics& diagnostics_;
  std::vector<std::string> const inputs_{"prices",        "payers",     "taxes",         "municipal_tax_kept",
                                         "contributions", "production", "value_of_time", "services",
                                         "discount",      "tax_cost",   "displacement"};
  std::vector<std::string> verified_;
};

/// The model that the file names, where no scenario has one.
Model model_of_money(Value const* named, Diagnostics& diagnostics) {
  if (!named || !as_text(*named, "model", diagnostics)) return {};
  return read_model(path_beside(*named), {}, Request{named->place}, diagnostics);
}

}  // namespace

MoneyRules read_money(std::string const& path, std::vector<Override> const& overrides, Request const& request,
                      Model const* model, Diagnostics& diagnostics) {
  MoneyRules rules;
  rules.path = path;
  Value const document = read_document(path, overrides, request, diagnostics);
  if (document.is_null()) return rules;
  MapReader reader{document, "the money file", diagnostics};
  if (!document.is_map() || !check_format(reader, "money", diagnostics)) return rules;
  Value const* const named = reader.required("model");
  Model const own = model ? Model{} : model_of_money(named, diagnostics);
  Model const& used = model ? *model : own;
  if (used.states.empty()) return rules;  // what is wrong with the model has been said
  rules.inputs.push_back(path);
  collect_files(document, rules.inputs);
  MoneyReader{reader, used, rules, diagnostics}.read();
  return rules;
}

}  // namespace utvei
