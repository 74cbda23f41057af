// SPDX-License-Identifier: Apache-2.0
#include "contacts_text.hpp"

#include "wording.hpp"

#include <utvei/results/text_columns.hpp>

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace utvei {
namespace {

struct ContactWording {
  std::string_view heading;
  std::array<std::string_view, 9> columns;
  std::string_view explanation;
};

constexpr ContactWording contacts_nb{
    "Behov og samordning, {}",
    {"", "kontakter", "alle behov møtt", "måneder til det", "udekket i alt", "oppdages", "mellom tjenester", "venter",
     "får hjelp"},
    "Kontakter med tjenestene der noen har et behov. Måneder til alle behov er møtt: bare for kontaktene der det "
    "skjer, "
    "og de er ofte de korte.\n"
    "Ellers måneder per kontakt: med et udekket behov i alt; før noen vet om det; kjent, men mellom tjenester; mens en "
    "plass ventes på; med hjelp.\n"};
constexpr ContactWording contacts_nn{
    "Behov og samordning, {}",
    {"", "kontaktar", "alle behov møtte", "månader til det", "udekt i alt", "blir oppdaga", "mellom tenester", "ventar",
     "får hjelp"},
    "Kontaktar med tenestene der nokon har eit behov. Månader til alle behov er møtte: berre for kontaktane der det "
    "skjer, og dei er ofte dei korte.\n"
    "Elles månader per kontakt: med eit udekt behov i alt; før nokon veit om det; kjent, men mellom tenester; medan "
    "ein "
    "plass er venta på; med hjelp.\n"};
constexpr ContactWording contacts_en{
    "Needs and coordination, {}",
    {"", "contacts", "all needs met", "months to that", "unmet in all", "to be found", "between services", "waiting",
     "helped"},
    "Contacts with services of people with a need. Months until all needs are met: only of the contacts in which they "
    "are, often the short ones.\n"
    "Else months per contact: with an unmet need in all; before anybody knows of it; known, but between services; "
    "waiting for a place; helped.\n"};

}  // namespace

std::string contacts_text(Comparison const& comparison, std::size_t scenario, std::string const& period,
                          std::string_view language) {
  auto const find = [&](std::string_view table, std::string_view phase) -> ComparisonRow const* {
    auto const row = std::ranges::find_if(comparison.rows, [&](ComparisonRow const& one) {
      return one.scenario == comparison.scenarios[scenario] && one.measure_of == table && one.region.empty() &&
             one.year.empty() && one.state == phase;
    });
    return row == comparison.rows.end() ? nullptr : &*row;
  };
  std::array<ComparisonRow const*, 7> const rows{find("contacts", ""),
                                                 find("contacts_all_met", ""),
                                                 find("time_to_all_met", ""),
                                                 find("contact_years", "to_be_found"),
                                                 find("contact_years", "handed_over"),
                                                 find("contact_years", "waiting"),
                                                 find("contact_years", "being_helped")};
  if (std::ranges::find(rows, nullptr) != rows.end()) return {};
  ContactWording const& own = language == "en" ? contacts_en : language == "nn" ? contacts_nn : contacts_nb;
  Wording const& words = wording(language);
  TextColumns table{{own.columns.begin(), own.columns.end()}};
  auto const line = [&](std::string const& label, double ComparisonRow::*side) {
    constexpr double months = 12;
    double const contacts = rows[0]->*side;
    double const met = rows[1]->*side;
    auto const per = [&](std::size_t row, double of) {
      return of > 0 ? rounded(months * (rows[row]->*side) / of, false, words) : std::string{"–"};
    };
    double unmet = 0;
    for (std::size_t row = 3; row < rows.size(); ++row) unmet += rows[row]->*side;
    table.add({label, rounded(contacts, true, words), rounded(met, true, words), per(2, met),
               contacts > 0 ? rounded(months * unmet / contacts, false, words) : "–", per(3, contacts),
               per(4, contacts), per(5, contacts), per(6, contacts)});
  };
  line(std::string{words.baseline}, &ComparisonRow::baseline);
  line(comparison.scenarios[scenario], &ComparisonRow::value);
  return fmt::format(fmt::runtime(own.heading), period) + "\n\n" + table.text() + '\n' + std::string{own.explanation} +
         '\n';
}

}  // namespace utvei
