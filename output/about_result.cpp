// SPDX-License-Identifier: Apache-2.0
#include "table_words.hpp"
#include "three_languages.hpp"

#include <utvei/output/released_table.hpp>

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr auto about_keys = std::to_array<WordInThree>({
    {"scenario", "Scenario", "Scenario", "Scenario"},
    {"period", "Periode", "Periode", "Period"},
    {"data_class", "Datagrunnlag", "Datagrunnlag", "Data"},
    {"held_back", "Holdt tilbake", "Heldne tilbake", "Held back"},
    {"unverified", "Ikke etterprøvd", "Ikkje etterprøvd", "Unverified"},
    {"assumed", "Forutsatt uten studie", "Føresett utan studie", "Assumed without a study"},
    {"weight", "Hver simulert person", "Kvar simulert person", "Each simulated person"},
    {"uncertainty", "Usikkerhet", "Uvisse", "Uncertainty"},
    {"model", "Modell", "Modell", "Model"},
    {"rates", "Ratefil", "Ratefil", "Rate file"},
    {"seed", "Startverdi for tilfeldige tall", "Startverdi for tilfeldige tal", "Seed"},
    {"program", "Program", "Program", "Program"},
    {"command", "Kommando", "Kommando", "Command"},
    {"input", "Inndata (SHA-256)", "Inndata (SHA-256)", "Input (SHA-256)"},
});

/// {} is a number, or two.
constexpr auto about_sentences = std::to_array<WordInThree>({
    {"held_back", "{} tall er tomme: av få personer, eller de ville røpe slike tall",
     "{} tal er tomme: av få personar, eller dei ville røpe slike tal",
     "{} numbers are left empty: of few people, or they would give such away"},
    {"unverified", "{1} av {0} rader med rater, andeler og aldre som har en status",
     "{1} av {0} rader med ratar, delar og aldrar som har ein status",
     "{1} of {0} rows of rates, shares and ages that have a status"},
    {"weight", "står for {} personer; tabellene holder personer", "står for {} personar; tabellane held personar",
     "stands for {} people; tables hold people"},
    {"assumed", "{}: {}, ganger {:.3g}", "{}: {}, gonger {:.3g}", "{}: {}, times {:.3g}"},
    {"one_run", "Én kjøring: tallene har tilfeldigheter i seg, og usikkerheten i ratene er ikke med",
     "Éi køyring: tala har slump i seg, og uvissa i ratane er ikkje med",
     "One run: numbers have luck in them, and the uncertainty of the rates is not in them"},
    {"runs", "{} linjer for hvert tall (trekninger og gjentakelser): regn snitt og spredning over dem",
     "{} liner for kvart tal (trekningar og gjentakingar): rekn snitt og spreiing over dei",
     "{} lines for each number (draws and replicates): take mean and spread over them"},
});

std::size_t runs_of(RunResult const& result) {
  std::size_t runs = 1;
  for (Table const& table : result.tables) {
    std::size_t of_table = 1;
    for (Dimension const& dimension : table.dimensions)
      if (dimension.name == "draw" || dimension.name == "replicate") of_table *= dimension.labels.size();
    runs = std::max(runs, of_table);
  }
  return runs;
}

/// Collects lines in one language.
class AboutLines {
 public:
  explicit AboutLines(std::string language) : language_{std::move(language)} {}

  void add(std::string_view key, std::string text) {
    if (!text.empty())
      lines_.push_back({std::string{key}, std::string{word_in(about_keys, key, language_)}, std::move(text)});
  }
  template <class... Values>
  void tell(std::string_view key, std::string_view sentence, Values const&... values) {
    add(key, fmt::format(fmt::runtime(word_in(about_sentences, sentence, language_)), values...));
  }
  std::vector<AboutLine> take() { return std::move(lines_); }

 private:
  std::string language_;
  std::vector<AboutLine> lines_;
};

}  // namespace

std::vector<AboutLine> about(Release const& release, std::size_t held_back) {
  Provenance const& run = release.result().provenance;
  AboutLines lines{release.language()};
  lines.add("scenario", run.scenario_name);
  if (!run.start.empty()) lines.add("period", fmt::format("{} – {}", run.start, run.end));
  lines.add("data_class", std::string{class_in_words(run.data_class, release.language())});
  if (held_back > 0) lines.tell("held_back", "held_back", held_back);
  if (run.rows_with_status > 0) lines.tell("unverified", "unverified", run.rows_with_status, run.unverified_rows);
  for (AssumedEffect const& effect : run.assumed)
    lines.tell("assumed", "assumed", effect.measure, effect.transitions, effect.ratio);
  if (run.weight > 1) lines.tell("weight", "weight", run.weight);
  if (auto const runs = runs_of(release.result()); runs > 1) {
    lines.tell("uncertainty", "runs", runs);
  } else {
    lines.tell("uncertainty", "one_run");
  }
  lines.add("model", run.model);
  lines.add("rates", run.rates);
  lines.add("seed", fmt::format("{}", run.seed));
  lines.add("program", fmt::format("utvei {}, git {}", run.utvei_version, run.git_hash));
  lines.add("command", run.command_line);
  for (InputFile const& input : run.inputs) lines.add("input", fmt::format("{}  {}", input.path, input.sha256));
  return lines.take();
}

}  // namespace utvei
