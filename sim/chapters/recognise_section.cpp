// SPDX-License-Identifier: Apache-2.0
#include "parts.hpp"

#include <algorithm>
#include <cmath>

namespace utvei {
namespace {

/// How far the model is from what was published; of bounds from the nearer one.
double miss_of(ValidationFinding::Figure const& figure) {
  return figure.model - std::clamp(figure.model, figure.published_low, figure.published_high);
}

/// Notes are in the language of who wrote the file; names are English words.
ReportText figure_words(ValidationFinding::Figure const& figure) {
  std::string name = figure.name.substr(0, figure.name.rfind(':'));
  std::ranges::replace(name, '_', ' ');
  std::string const& note = figure.note.empty() ? name : figure.note;
  return {note, note, name};
}

/// `16.11.2024`
std::string day_words(std::string const& date, std::string_view language) {
  constexpr std::size_t length_of_date = 10;
  if (language == "en" || date.size() != length_of_date) return date;
  auto const no_zero = [](std::string const& part) { return part.starts_with('0') ? part.substr(1) : part; };
  return no_zero(date.substr(8, 2)) + '.' + no_zero(date.substr(5, 2)) + '.' + date.substr(0, 4);
}

/// The day or the period that the model is asked about, and the year of the published figure where it is another.
ReportText date_words(ValidationFinding::Figure const& figure) {
  ReportText date = in_three([&](std::string_view language) {
    std::string const end = day_words(figure.at, language);
    return figure.from.empty() ? end : day_words(figure.from, language) + "–" + end;
  });
  std::string const first = (figure.from.empty() ? figure.at : figure.from).substr(0, 4);
  if (!figure.year || (*figure.year >= year_of(first) && *figure.year <= year_of(figure.at.substr(0, 4)))) return date;
  return said({"{0} (publisert: {1})", "{0} (publisert: {1})", "{0} (published: {1})"}, date,
              fmt::format("{:.0f}", *figure.year));
}

bool counts_people(ValidationFinding::Figure const& figure) {
  return figure.unit == "people";
}

ReportText quoted(ValidationFinding::Figure const& figure) {
  return said({"«{0}», {1}", "«{0}», {1}", "“{0}”, {1}"}, figure_words(figure), date_words(figure));
}

ReportText recognise_sentence(ValidationFinding const& finding) {
  std::size_t kept_out = 0, held = 0, all_held = 0;
  ValidationFinding::Figure const* worst = nullptr;
  for (auto const& one : finding.figures) {
    all_held += one.within ? 1U : 0U;
    if (one.use != "calibrate") {
      ++kept_out;
      held += one.within ? 1U : 0U;
    }
    if (!counts_people(one)) continue;
    if (worst == nullptr || std::abs(miss_of(one)) > std::abs(miss_of(*worst))) worst = &one;
  }
  ReportText text =
      said({"{0} av {1} publiserte tall ligger innenfor modellens 90 %-intervall; av de {2} som modellen ikke er "
            "tilpasset, gjør {3} det.",
            "{0} av {1} publiserte tal ligg innanfor 90 %-intervallet til modellen; av dei {2} som modellen ikkje "
            "er tilpassa, gjer {3} det.",
            "{0} of {1} published figures lie within the 90 % interval of the model; of the {2} that the model "
            "was not fitted to, {3} do."},
           all_held, finding.figures.size(), kept_out, held);
  if (worst == nullptr || miss_of(*worst) == 0) return text;
  return followed_by(text, said(miss_of(*worst) > 0 ? Saying{"Lengst fra er {0}: modellen har {1} for mange.",
                                                             "Lengst frå er {0}: modellen har {1} for mange.",
                                                             "Furthest off is {0}: the model has {1} too many."}
                                                    : Saying{"Lengst fra er {0}: modellen har {1} for få.",
                                                             "Lengst frå er {0}: modellen har {1} for få.",
                                                             "Furthest off is {0}: the model has {1} too few."},
                                quoted(*worst), amount(std::abs(miss_of(*worst)))));
}

ReportFigure recognise_figure(Contents const& contents, CommandFinding const& file, std::size_t number) {
  ValidationFinding const& finding = *file.validation;
  ReportFigure figure;
  figure.id = fmt::format("recognise-{}", number);
  figure.kind = "recognise";
  figure.title = said({"Publiserte tall ved siden av modellens", "Publiserte tal ved sida av dei til modellen",
                       "Published figures beside the model's"});
  if (number > 1 || !finding.calibration.empty())
    figure.title = said({"{0}: {1}", "{0}: {1}", "{0}: {1}"}, figure.title, finding.calibration);
  figure.columns = {region_column(),
                    {"definition", said({"Tall", "Tal", "Figure"}), ReportUnit::text},
                    {"date", said({"Dato", "Dato", "Date"}), ReportUnit::text},
                    {"unit", said({"Enhet", "Eining", "Unit"}), ReportUnit::text},
                    {"published", said({"Publisert", "Publisert", "Published"}), ReportUnit::number, 1},
                    {"model", said({"Modellen", "Modellen", "Model"}), ReportUnit::number, 1},
                    {"difference", said({"Avvik", "Avvik", "Difference"}), ReportUnit::number, 1},
                    {"low_90", said({"90 %, fra", "90 %, frå", "90 %, from"}), ReportUnit::number, 1},
                    {"high_90", said({"90 %, til", "90 %, til", "90 %, to"}), ReportUnit::number, 1},
                    {"inside", said({"Innenfor", "Innanfor", "Within"}), ReportUnit::text},
                    {"source", said({"Kilde", "Kjelde", "Source"}), ReportUnit::text},
                    {"kept_out", said({"Ikke tilpasset", "Ikkje tilpassa", "Not fitted to"}), ReportUnit::text}};
  std::size_t unverified = 0;
  for (auto const& one : finding.figures) {
    unverified += one.unverified ? 1U : 0U;
    // Shares are told of 100, as they are published.
    double const scale = one.unit == "share" ? 100 : 1;
    std::string const date = one.from + "/" + one.at + "/" + fmt::format("{:.0f}", one.year.value_or(0));
    figure.labels["definition"][one.name] = figure_words(one);
    figure.labels["date"][date] = date_words(one);
    figure.rows.push_back(
        {one.region, one.name, date, one.unit, one.published ? ReportCell{scale * *one.published} : ReportCell{},
         scale * one.model, scale * miss_of(one), scale * one.low_90, scale * one.high_90,
         std::string{one.within ? "yes" : "no"}, one.source, std::string{one.use == "calibrate" ? "no" : "yes"}});
  }
  figure.labels["region"] = contents.region_labels();
  figure.labels["inside"] =
      figure.labels["kept_out"] = {{"yes", said({"ja", "ja", "yes"})}, {"no", said({"nei", "nei", "no"})}};
  figure.labels["unit"] = {{"people", said({"personer", "personar", "people"})},
                           {"share", said({"av 100", "av 100", "of 100"})},
                           {"per_1000", said({"av 1 000", "av 1 000", "of 1,000"})}};
  figure.sentence = recognise_sentence(finding);
  figure.definition =
      said({"Intervallet rommer det som ikke er kjent av ratene ({} parametertrekk), tilfeldighetene i "
            "simuleringen, og at modellens tilstander ikke er etatens. Et publisert tall mellom to grenser har "
            "ingen egen verdi; avviket er fra den nærmeste.",
            "Intervallet rommar det som ikkje er kjent av ratane ({} parametertrekk), slumpen i simuleringa, og "
            "at tilstandane i modellen ikkje er dei til etaten. Eit publisert tal mellom to grenser har ingen "
            "eigen verdi; avviket er frå den næraste.",
            "The interval holds what is not known of the rates ({} parameter draws), luck in the simulation, and "
            "that the model's states are not the agency's. A published figure between two bounds has no value of "
            "its own; the difference is from the nearer one."},
           finding.draws);
  figure.definition = followed_by(figure.definition, rounding_note());
  figure.source = said({"utvei validate, {}", "utvei validate, {}", "utvei validate, {}"}, finding.calibration);
  if (unverified > 0)
    figure.note = said({"{} av tallene er ikke kontrollert mot kilden.", "{} av tala er ikkje kontrollerte mot kjelda.",
                        "{} of the figures are not verified against the source."},
                       unverified);
  return figure;
}

}  // namespace

ReportSection recognise_section(Contents const& contents, LeftOutParts& left_out) {
  ReportSection section{
      "recognise", said({"Kjenner du deg igjen?", "Kjenner du deg att?", "Do you recognise yourself?"}), {}, {}};
  std::size_t number = 0;
  for (CommandFinding const& file : contents.material().findings)
    if (file.validation) section.figures.push_back(recognise_figure(contents, file, ++number));
  if (section.figures.empty())
    left_out.push_back(
        {section.heading,
         said({"Det er en egen beregning, mot publiserte tall.", "Det er ei eiga utrekning, mot publiserte tal.",
               "It is a computation of its own, against published figures."}),
         "utvei validate CALIBRATION --draws 20 --format json -o validation.json; utvei report … --with "
         "validation.json"});
  return section;
}

}  // namespace utvei
