// SPDX-License-Identifier: Apache-2.0
#include "workbench.hpp"

#include <utvei/scenario/scenario.hpp>

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

using StudioJson = nlohmann::ordered_json;

StudioJson json_of_text(ReportText const& text) {
  if (text.empty()) return nullptr;
  return {{"nb", text.nb}, {"nn", text.nn}, {"en", text.en}};
}

StudioJson json_of_value(LeverValue const& value) {
  if (auto const* const day = std::get_if<std::string>(&value)) return *day;
  return std::get<double>(value);
}

StudioJson json_of_lever(StudioLever const& lever) {
  StudioJson json{{"id", lever.id}, {"measure", lever.measure}};
  json["group"] = json_of_text(lever.group);
  json["label"] = json_of_text(lever.label);
  json["help"] = json_of_text(lever.help);
  json["kind"] = name_of(lever.kind);
  json["unit"] = json_of_text(lever.unit);
  json["unit_of_one"] = json_of_text(lever.unit_of_one);
  json["value"] = json_of_value(lever.value);
  json["min"] = json_of_value(lever.min);
  json["max"] = json_of_value(lever.max);
  json["step"] = lever.step;
  json["of"] = lever.of;
  json["evidence"] = lever.evidence.empty() ? StudioJson(nullptr) : StudioJson(lever.evidence);
  return json;
}

ReportText words_of_fault(Diagnostic const& fault) {
  std::string text = fault.problem;
  if (!fault.why.empty()) text += ": " + fault.why;
  if (!fault.suggestion.empty()) text += ". " + fault.suggestion;
  return same_in_all(text);
}

/// What a name must be: the page, addresses and files have it.
ReportText fault_of_name(std::string const& name) {
  constexpr std::size_t longest = 80;
  if (name.empty()) return {"Gi forsøket et navn.", "Gi forsøket eit namn.", "Give the try a name."};
  bool const is_odd = std::ranges::any_of(
      name, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f || c == '/' || c == '\\'; });
  if (name.size() > longest || is_odd || name == "." || name == "..")
    return {"Navnet kan ha opptil 80 tegn, uten skråstrek og linjeskift.",
            "Namnet kan ha opptil 80 teikn, utan skråstrek og linjeskift.",
            "A name has up to 80 characters, without slashes and line breaks."};
  return {};
}

}  // namespace

StudioJson Workbench::studio_document() const {
  StudioJson json{{"format", "utvei: studio/1"}, {"baseline", folder_.baseline.name}};
  json["scenarios"] = StudioJson::array();
  // The one that was run first is what the page begins with.
  std::vector<StudioFile const*> files{&folder_.scenarios.at(folder_.chosen)};
  for (StudioFile const& file : folder_.scenarios)
    if (&file != files.front()) files.push_back(&file);
  json["seconds"] = StudioJson::object();
  std::scoped_lock const lock{mutex_};
  for (StudioFile const* const file : files) {
    StudioJson levers = StudioJson::array();
    for (StudioLever const& lever : file->levers) levers.push_back(json_of_lever(lever));
    json["scenarios"].push_back({{"name", file->name},
                                 {"label", json_of_text(label_written_in(file->document, file->name))},
                                 {"file", file->file},
                                 {"levers", std::move(levers)}});
    auto const took = seconds_.find(file->name);
    json["seconds"][file->name] = took == seconds_.end() ? StudioJson(nullptr) : StudioJson(took->second);
  }
  json["kept"] = kept_.names();
  json["persons"] = baseline_->population->size();
  json["draws"] = size_.draws;
  json["note"] = json_of_text(size_.note);
  return json;
}

std::vector<TryRefusal::Fault> Workbench::faults_of(TryRequest const& request, StudioFile const** base) const {
  std::vector<TryRefusal::Fault> faults;
  if (ReportText const fault = fault_of_name(request.name); !fault.empty()) faults.push_back({"", fault});
  if (kept_.is_full())
    faults.push_back({"",
                      {"Sammenligningen er full: ta bort et resultat, eller start studio på nytt.",
                       "Samanlikninga er full: ta bort eit resultat, eller start studio på nytt.",
                       "The comparison is full: remove a result, or start the studio anew."}});
  auto const found = std::ranges::find(folder_.scenarios, request.scenario, &StudioFile::name);
  if (found == folder_.scenarios.end()) {
    faults.push_back(
        {"", {"Scenarioet finnes ikke her.", "Scenarioet finst ikkje her.", "There is no such scenario here."}});
    return faults;
  }
  *base = &*found;
  for (auto const& [id, value] : request.levers) {
    auto const lever = std::ranges::find(found->levers, id, &StudioLever::id);
    if (lever == found->levers.end()) {
      faults.push_back({"",
                        {fmt::format("`{}` kan ikke flyttes på.", id), fmt::format("`{}` kan ikkje flyttast på.", id),
                         fmt::format("`{}` cannot be moved.", id)}});
    } else if (ReportText const fault = fault_of(*lever, value); !fault.empty()) {
      faults.push_back({id, fault});
    }
  }
  return faults;
}

/// What the values are together, as any scenario file is checked.
std::vector<TryRefusal::Fault> Workbench::faults_of_file(std::string const& path) const {
  Diagnostics diagnostics;
  collecting(diagnostics,
             [&] { static_cast<void>(read_scenario(path, size_.overrides, {}, diagnostics, folder_.load)); });
  std::vector<TryRefusal::Fault> faults;
  for (Diagnostic const& one : diagnostics.all())
    if (one.severity == Severity::error) faults.push_back({"", words_of_fault(one)});
  return faults;
}

}  // namespace utvei
