// SPDX-License-Identifier: Apache-2.0
#include "parts.hpp"

#include <algorithm>

namespace utvei {
namespace {

ReportText words_of_class(Contents const& contents, std::string const& data_class) {
  if (data_class == "register" && contents.shows_all())
    return said(
        {"Tallene er laget av et register, også tall av få personer. De skal ikke ut av stedet der registeret er.",
         "Tala er laga av eit register, òg tal av få personar. Dei skal ikkje ut av staden der registeret er.",
         "The numbers are made from a register, those of few people too. They must not leave its place."});
  if (data_class == "register")
    return said(
        {"Tallene er laget av et register. Tall av få personer, og tall som ville røpe dem, er holdt tilbake.",
         "Tala er laga av eit register. Tal av få personar, og tal som ville røpe dei, er haldne tilbake.",
         "The numbers are made from a register. Those of few people, and what would tell them, are held back."});
  if (data_class == "open")
    return said(
        {"Menneskene er laget ut fra publiserte tabeller: de ligner befolkningen i tabellene, men ingen av dem finnes.",
         "Menneska er laga ut frå publiserte tabellar: dei liknar folket i tabellane, men ingen av dei finst.",
         "The people are made of published tables: they are like those of the tables, but none of them exists."});
  // Numbers that say how well they are known come from somewhere; where none does, nothing says that they do.
  bool const has_sources = std::ranges::any_of(
      contents.material().results, [](RunResult const& one) { return one.provenance.rows_with_status > 0; });
  if (has_sources)
    return said(
        {"Menneskene er oppdiktede. Hvordan de går mellom tilstander, bygger på tabeller som sier hvor tallene er "
         "fra og hvor godt de er kjent.",
         "Menneska er oppdikta. Korleis dei går mellom tilstandar, byggjer på tabellar som seier kvar tala er frå "
         "og kor godt dei er kjende.",
         "The people are made up. How they move between states rests on tables that say where their numbers are "
         "from and how well they are known."});
  return said({"Alle tall her er av oppdiktede mennesker og rater: de sier ingenting om virkelige steder.",
               "Alle tal her er av oppdikta menneske og ratar: dei seier ingenting om verkelege stader.",
               "All numbers here are of made-up people and rates: they say nothing of real places."});
}

}  // namespace

ReportText note_in_words(Contents const& contents, ComparisonNote const& note) {
  return in_three([&](std::string_view language) {
    ComparisonNote called = note;
    called.detail = contents.labelled(note.detail).in(language);
    std::string text = text_of(called, language);
    std::erase(text, '`');
    return text;
  });
}

std::vector<ReportNotice> notices(Contents const& contents, std::string const& data_class) {
  std::vector<ReportNotice> all{{data_class, words_of_class(contents, data_class)}};
  std::size_t rows = 0;
  std::size_t unverified = 0;
  for (RunResult const& result : contents.material().results)
    if (result.provenance.unverified_rows > unverified) {
      unverified = result.provenance.unverified_rows;
      rows = result.provenance.rows_with_status;
    }
  if (unverified > 0)
    all.push_back({"unverified",
                   said({"{0} av {1} tall i tabellene bak er ikke kontrollert mot kilden.",
                         "{0} av {1} tal i tabellane bak er ikkje kontrollerte mot kjelda.",
                         "{0} of {1} numbers in the tables behind it are not verified against the source."},
                        number_words(static_cast<double>(unverified), 0), number_words(static_cast<double>(rows), 0))});
  return all;
}

}  // namespace utvei
