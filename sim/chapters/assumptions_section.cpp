// SPDX-License-Identifier: Apache-2.0
#include "parts.hpp"

#include <utvei/results/input_words.hpp>

#include <algorithm>
#include <set>

namespace utvei {
namespace {

ReportFigure plain_table(std::string id, ReportText title) {
  ReportFigure figure;
  figure.id = std::move(id);
  figure.kind = "table";
  figure.title = std::move(title);
  return figure;
}

InputLabels input_labels(Contents const& contents) {
  InputLabels labels{contents.baseline().states, contents.baseline().measures};
  for (std::size_t i = 0; i < contents.scenarios(); ++i)
    labels.measures.insert(labels.measures.end(), contents.scenario(i).measures.begin(),
                           contents.scenario(i).measures.end());
  return labels;
}

std::string kind_of(AssumedEffect const& effect) {
  return effect.is_what_if ? "what_if" : effect.is_slowing ? "slowing" : "effect";
}

/// What the answer takes for granted.
ReportFigure assumed_figure(Contents const& contents) {
  ReportFigure figure =
      plain_table("assumed", said({"Hva som er forutsatt uten evidens", "Kva som er føresett utan evidens",
                                   "What is assumed without evidence"}));
  figure.columns = {
      scenario_column(),
      {"of", said({"Hva", "Kva", "What"}), ReportUnit::text},
      {"transitions", said({"Overgang", "Overgang", "Transition"}), ReportUnit::text},
      {"hazard_ratio", said({"Ganger så ofte", "Gonger så ofte", "Times as often"}), ReportUnit::number, 2},
      {"kind", said({"Slag", "Slag", "Kind"}), ReportUnit::text}};
  InputLabels const labels = input_labels(contents);
  std::size_t main_effects = 0;
  for (std::size_t i = 0; i < contents.scenarios(); ++i)
    for (AssumedEffect const& effect : contents.comparison().assumed[i]) {
      main_effects += effect.is_main ? 1U : 0U;
      figure.rows.push_back({contents.name(i), effect.measure, effect.transitions, effect.ratio, kind_of(effect)});
      for (auto const& [column, text] :
           {std::pair{"of", &effect.measure}, std::pair{"transitions", &effect.transitions}})
        figure.labels[column][*text] =
            in_three([&](std::string_view language) { return input_words(*text, labels, language); });
    }
  figure.labels["scenario"] = contents.scenario_labels();
  figure.labels["kind"] = {{"what_if", said({"hva-hvis", "kva-om", "what-if"})},
                           {"slowing", said({"udekket behov bremser", "udekt behov bremsar", "an unmet need slows"})},
                           {"effect", said({"virkning av tiltak", "verknad av tiltak", "effect of a measure"})}};
  figure.sentence =
      main_effects > 0
          ? counted(
                main_effects,
                {"Én virkning som svaret hviler på, er forutsatt uten god evidens: svaret holder bare hvis den er "
                 "sann.",
                 "Éin verknad som svaret kviler på, er føresett utan god evidens: svaret held berre om han er sann.",
                 "One effect that the answer rests on is assumed without good evidence: the answer holds only if it "
                 "is true."},
                {"{} virkninger som svaret hviler på, er forutsatt uten god evidens: svaret holder bare hvis de er "
                 "sanne.",
                 "{} verknader som svaret kviler på, er føresette utan god evidens: svaret held berre om dei er "
                 "sanne.",
                 "{} effects that the answer rests on are assumed without good evidence: the answer holds only if "
                 "they are true."})
      : figure.rows.empty()
          ? said({"Ingen virkning er forutsatt uten evidens.", "Ingen verknad er føresett utan evidens.",
                  "No effect is assumed without evidence."})
          : said({"En hva-hvis sier hva som følger, ikke om det vil skje.",
                  "Ein kva-om seier kva som følgjer, ikkje om det "
                  "vil skje.",
                  "A what-if says what would follow, not whether it will be so."});
  if (main_effects > 0) figure.evidence = "assumed";
  return figure;
}

/// How well the numbers behind the answer are known.
ReportFigure evidence_figure(Contents const& contents) {
  ReportFigure figure = plain_table("evidence", said({"Hvor godt tallene bak er kjent", "Kor godt tala bak er kjende",
                                                      "How well the numbers behind it are known"}));
  figure.columns = {
      scenario_column(),
      {"rows",
       said({"Tall med oppgitt kilde og sikkerhet", "Tal med oppgitt kjelde og tryggleik",
             "Numbers that say how well they are known"}),
       ReportUnit::integer},
      {"unverified", said({"Av dem ikke kontrollert", "Av dei ikkje kontrollerte", "Of them not verified"}),
       ReportUnit::integer}};
  std::size_t rows = 0, unverified = 0;
  for (RunResult const& result : contents.material().results) {
    Provenance const& provenance = result.provenance;
    rows = std::max(rows, provenance.rows_with_status);
    unverified = std::max(unverified, provenance.unverified_rows);
    figure.rows.push_back({provenance.scenario_name, static_cast<double>(provenance.rows_with_status),
                           static_cast<double>(provenance.unverified_rows)});
  }
  figure.sentence =
      rows == 0 ? said({"Tabellene bak sier ikke hvor godt tallene er kjent.",
                        "Tabellane bak seier ikkje kor godt tala er kjende.",
                        "The tables behind it do not say how well their numbers are known."})
                : said({"{0} av {1} tall i tabellene bak er ikke kontrollert mot kilden.",
                        "{0} av {1} tal i tabellane bak er ikkje kontrollerte mot kjelda.",
                        "{0} of {1} numbers in the tables behind it are not verified against the source."},
                       number_words(static_cast<double>(unverified), 0), number_words(static_cast<double>(rows), 0));
  figure.labels["scenario"] = contents.scenario_labels();
  return figure;
}

/// What a reader must know of the comparison.
ReportFigure notes_figure(Contents const& contents) {
  ReportFigure figure = plain_table("notes", said({"Forbehold", "Etterhald", "What to be aware of"}));
  figure.columns = {{"note", said({"Forbehold", "Etterhald", "Note"}), ReportUnit::text}};
  std::size_t number = 0;
  for (ComparisonNote const& note : joined(contents.comparison().notes)) {
    std::string const key = fmt::format("{}", ++number);
    figure.rows.push_back({key});
    figure.labels["note"][key] = note_in_words(contents, note);
  }
  if (contents.comparison().weight > 1) {
    figure.rows.push_back({std::string{"weight"}});
    figure.labels["note"]["weight"] = said({"Tallene er personer: hver simulert person står for {}.",
                                            "Tala er personar: kvar simulert person står for {}.",
                                            "Numbers are of people: each person who was simulated stands for {}."},
                                           number_words(contents.comparison().weight, 0));
  }
  figure.sentence =
      figure.rows.empty()
          ? said({"Det er ingen forbehold om hvordan tallene er regnet.",
                  "Det er ingen etterhald om korleis tala er rekna.",
                  "There are no notes on how the numbers were computed."})
          : counted(figure.rows.size(),
                    {"Ett forbehold om hvordan tallene er regnet.", "Eitt etterhald om korleis tala er rekna.",
                     "One note on how the numbers were computed."},
                    {"{} forbehold om hvordan tallene er regnet.", "{} etterhald om korleis tala er rekna.",
                     "{} notes on how the numbers were computed."});
  return figure;
}

ReportFigure left_out_figure(Contents const& contents, LeftOutParts const& left_out) {
  ReportFigure figure =
      plain_table("left-out", said({"Hva som mangler her", "Kva som manglar her", "What is missing here"}));
  figure.columns = {{"part", said({"Del", "Del", "Part"}), ReportUnit::text},
                    {"why", said({"Hvorfor", "Kvifor", "Why"}), ReportUnit::text},
                    {"command", said({"Kommandoen som gir den", "Kommandoen som gir han", "The command that gives it"}),
                     ReportUnit::text}};
  std::size_t number = 0;
  for (LeftOut const& one : left_out) {
    std::string const key = fmt::format("{}", ++number);
    figure.rows.push_back({key, key, one.command});
    figure.labels["part"][key] = one.part;
    figure.labels["why"][key] = one.why;
  }
  figure.held_back = contents.material().held_back;
  figure.sentence = left_out.empty() ? said({"Alle deler er med.", "Alle delar er med.", "All parts are there."})
                                     : counted(left_out.size(),
                                               {"Én del er ikke med, for resultatene holder den ikke.",
                                                "Éin del er ikkje med, for resultata held han ikkje.",
                                                "One part is not here, as the results do not hold it."},
                                               {"{} deler er ikke med, for resultatene holder dem ikke.",
                                                "{} delar er ikkje med, for resultata held dei ikkje.",
                                                "{} parts are not here, as the results do not hold them."});
  return figure;
}

ReportFigure inputs_figure(Contents const& contents) {
  ReportFigure figure = plain_table("inputs", said({"Filene bak", "Filene bak", "The files behind it"}));
  figure.columns = {{"path", said({"Fil", "Fil", "File"}), ReportUnit::text},
                    {"sha256", said({"SHA-256", "SHA-256", "SHA-256"}), ReportUnit::text}};
  std::set<std::pair<std::string, std::string>> seen;
  for (RunResult const& result : contents.material().results)
    for (InputFile const& file : result.provenance.inputs)
      if (std::string const path = readable_path(file.path); seen.emplace(path, file.sha256).second)
        figure.rows.push_back({path, file.sha256});
  figure.sentence = said({"Samme filer, frø {0} og versjon {1} gir de samme tallene.",
                          "Same filer, frø {0} og versjon {1} gir dei same tala.",
                          "The same files, seed {0} and version {1} give the same numbers."},
                         contents.baseline().provenance.seed, contents.baseline().provenance.utvei_version);
  return figure;
}

}  // namespace

ReportSection assumptions_section(Contents const& contents, LeftOutParts const& left_out) {
  ReportSection section{"assumptions",
                        said({"Forutsetninger, og hvordan det er regnet", "Føresetnader, og korleis det er rekna",
                              "Assumptions, and how it was computed"}),
                        said({"Et tall her er aldri sikrere enn tallene det hviler på.",
                              "Eit tal her er aldri sikrare enn tala det kviler på.",
                              "A number here is never surer than the numbers it rests on."}),
                        {}};
  ReportFigure const assumed = assumed_figure(contents);
  for (ReportFigure const& figure : {assumed, evidence_figure(contents), notes_figure(contents),
                                     left_out_figure(contents, left_out), inputs_figure(contents)})
    // A table without a row says nothing; its sentence then stands above the others.
    if (figure.rows.empty())
      section.intro = followed_by(section.intro, figure.sentence);
    else
      section.figures.push_back(figure);
  return section;
}

}  // namespace utvei
