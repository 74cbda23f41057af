// SPDX-License-Identifier: Apache-2.0
#include "mix_text.hpp"

#include "mix_names.hpp"

#include <utvei/core/normal.hpp>
#include <utvei/results/evidence.hpp>
#include <utvei/results/text_columns.hpp>

#include <algorithm>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr double million = 1e6;

class MixTeller {
 public:
  MixTeller(MixDesign const& design, Scenario const& scenario, MixReport const& report, std::string_view data_class,
            std::string_view language)
      : design_{design},
        scenario_{scenario},
        report_{report},
        data_class_{data_class},
        language_{language},
        names_{design, scenario, language} {}

  std::string text() {
    if (std::string const notice = made_up_notice(data_class_, language_); !notice.empty()) text_ += notice + "\n\n";
    if (report_.is_cut)
      say(pick("Søket ble stanset før det var ferdig: `simulations: {}` er for få. Det som står her er det beste som "
               "var "
               "funnet.",
               "Søket vart stansa før det var ferdig: `simulations: {}` er for få. Det som står her er det beste som "
               "var "
               "funne.",
               "The search was stopped before it was done: `simulations: {}` are too few. Here is the best that was "
               "found."),
          design_.simulations);
    if (report_.is_nothing_for_fairness)
      say(pick(
          "Ingenting kjøpes over gulvene: med disse stegene og dette budsjettet er ingen andre blandinger så jevne "
          "som `fairness` krever. Hev `largest_ratio` eller budsjettet, eller gjør `step` mindre.",
          "Ingenting blir kjøpt over golva: med desse stega og dette budsjettet er ingen andre blandingar så jamne "
          "som `fairness` krev. Hev `largest_ratio` eller budsjettet, eller gjer `step` mindre.",
          "Nothing is bought above the floors: with these steps and this budget no other mix that gives more is as "
          "fair as `fairness` says. Raise `largest_ratio` or the budget, or make `step` smaller."));
    tell_table();
    tell_certainty();
    tell_gains();
    tell_budget();
    tell_swaps();
    text_ += notes_on_evidence(design_, scenario_, language_);
    tell_method();
    return std::move(text_);
  }

 private:
  [[nodiscard]] std::string_view pick(std::string_view nb, std::string_view nn, std::string_view en) const {
    return names_.pick(nb, nn, en);
  }
  template <class... Arguments>
  void say(std::string_view pattern, Arguments const&... arguments) {
    text_ += fmt::format(fmt::runtime(pattern), arguments...) + '\n';
  }

  [[nodiscard]] bool counts_money() const { return design_.outcome->kind != MixOutcome::Kind::person_years; }

  /// Of more where more is wanted, of fewer where fewer are.
  [[nodiscard]] std::string amount(MixGain gain) const {
    if (!counts_money()) return names_.gain(gain);
    gain.mean /= million;
    gain.mc_se /= million;
    return names_.gain(gain);
  }
  /// `årsverk mer i arbeid`
  [[nodiscard]] std::string unit() const {
    MixOutcome const& outcome = *design_.outcome;
    if (outcome.kind == MixOutcome::Kind::society)
      return std::string{pick("mill. kroner mer i netto nytte for samfunnet",
                              "mill. kroner meir i netto nytte for samfunnet",
                              "million kroner more of net benefit to society")};
    if (outcome.kind == MixOutcome::Kind::public_purse)
      return std::string{pick("mill. kroner mer spart for det offentlige", "mill. kroner meir spart for det offentlege",
                              "million kroner more saved by the public purse")};
    std::string_view const pattern =
        outcome.is_minimised ? pick("færre personår i {}", "færre personår i {}", "fewer person-years in {}")
                             : pick("flere personår i {}", "fleire personår i {}", "more person-years in {}");
    return fmt::format(fmt::runtime(pattern), names_.outcome());
  }
  [[nodiscard]] std::string budget_unit() const {
    return std::string{design_.counts_kroner ? pick("kroner i året", "kroner i året", "kroner a year")
                                             : names_.places()};
  }

  void tell_table() {
    say("{}: {}\n", design_.name,
        fmt::format(fmt::runtime(pick("den beste blandingen for {} {}", "den beste blandinga for {} {}",
                                      "the best mix for {} {}")),
                    names_.whole(*design_.budget), budget_unit()));
    say("{}\n", names_.are_staff()
                    ? pick("De ansatte bør være her:", "Dei tilsette bør vere her:", "The staff should be here:")
                    : pick("Plassene bør stå her:", "Plassane bør stå her:", "The places should be here:"));
    TextColumns table{{std::string{names_.kind()}, std::string{pick("sted", "stad", "where")},
                       std::string{names_.places()}, std::string{pick("sikre", "sikre", "certain")},
                       std::string{pick("kan være", "kan vere", "may be")},
                       std::string{pick("ett steg til gir", "eitt steg til gir", "one step more gives")},
                       std::string{pick("steg", "steg", "step")}}};
    for (std::size_t c = 0; c < report_.cells.size(); ++c) {
      MixCell const& cell = report_.cells[c];
      table.add({names_.choice(cell), names_.area(cell), std::to_string(report_.numbers[c]),
                 std::to_string(report_.certain[c]), range_of(c),
                 report_.one_more[c] ? amount(*report_.one_more[c]) : "–", std::to_string(cell.step)});
    }
    text_ += table.text() + '\n';
  }

  /// From what is certain: a lower end beside it would seem to gainsay it.
  [[nodiscard]] std::string range_of(std::size_t c) const {
    if (report_.certain[c] >= report_.high[c]) return std::to_string(report_.certain[c]);
    return fmt::format("{}–{}", report_.certain[c], report_.high[c]);
  }

  void tell_certainty() {
    std::uint64_t certain = 0;
    std::uint64_t all = 0;
    std::uint64_t floors = 0;
    for (std::size_t c = 0; c < report_.cells.size(); ++c) {
      certain += report_.certain[c];
      all += report_.numbers[c];
      floors += report_.cells[c].floor;
    }
    std::string const of_floors =
        floors > 0
            ? fmt::format(fmt::runtime(pick(", hvorav {} er gulv", ", av dei er {} golv", ", {} of them floors")),
                          floors)
            : std::string{};
    say(pick("{} av {} {} er sikre{}: de er med i minst {} av løsningene {}.",
             "{} av {} {} er sikre{}: dei er med i minst {} av løysingane {}.",
             "{} of {} {} are certain{}: they are in at least {} of the solutions {}."),
        certain, all, names_.places(), of_floors, names_.per_cent(design_.certain), solutions_of());
    say(pick(
        "I de andre løsningene kan det være færre enn de sikre, ned til ingen. «Kan være» er fra de sikre og opp til "
        "så "
        "mange som det er i 97,5 % av løsningene, eller færre. Sikker sier ikke at de virker.",
        "I dei andre løysingane kan det vere færre enn dei sikre, ned til ingen. «Kan vere» er frå dei sikre og opp "
        "til "
        "så mange som det er i 97,5 % av løysingane, eller færre. Sikker seier ikkje at dei verkar.",
        "In the other solutions there may be fewer than the certain ones, down to none. \"May be\" is from the certain "
        "ones up to as many as there are in 97.5 % of the solutions, or fewer. Certain does not say that they work."));
    tell_tossed();
    if (report_.cut_short > 0)
      say(pick("{} av {} løsninger er ikke søkt helt ferdige, og er de beste blant blandinger som er simulert.",
               "{} av {} løysingar er ikkje søkte heilt ferdige, og er dei beste blant blandingar som er simulerte.",
               "{} of {} solutions were not searched to the end, and are the best among mixes that were simulated."),
          report_.cut_short, report_.resamples);
    text_ += '\n';
  }

  /// What the solutions differ by.
  [[nodiscard]] std::string solutions_of() const {
    if (report_.draws > 1 && report_.replicates == 1)
      return fmt::format(fmt::runtime(pick("for {} sett av verdier av det vi ikke vet sikkert, hvert med sin kjøring",
                                           "for {} sett av verdiar av det vi ikkje veit sikkert, kvart med si køyring",
                                           "for {} sets of values of what is not known for sure, each with its run")),
                         report_.draws);
    std::string_view const drawn =
        pick("når de {} kjøringene trekkes om igjen{}", "når dei {} køyringane blir trekte om att{}",
             "when the {} runs are drawn again{}");
    return fmt::format(fmt::runtime(drawn), report_.draws * report_.replicates,
                       report_.draws > 1 ? pick(", for hvert sett av verdier av det vi ikke vet sikkert",
                                                ", for kvart sett av verdiar av det vi ikkje veit sikkert",
                                                ", for each set of values of what is not known for sure")
                                         : std::string_view{});
  }

  void tell_tossed() {
    std::string tossed;
    std::string elsewhere;
    auto const add = [&](std::string& text, std::size_t c, std::uint32_t number, std::string_view more) {
      text += fmt::format("{}{}{} {} {}", text.empty() ? "" : "; ", number, more, pick("i", "i", "in"),
                          names_.cell(report_.cells[c]));
    };
    for (std::size_t c = 0; c < report_.cells.size(); ++c) {
      if (report_.certain[c] < report_.numbers[c]) add(tossed, c, report_.numbers[c] - report_.certain[c], "");
      if (report_.high[c] > report_.numbers[c])
        add(elsewhere, c, report_.high[c] - report_.numbers[c], pick(" til", " til", " more"));
    }
    if (tossed.empty()) return;
    say(pick("Resten er et myntkast: {}.", "Resten er eit myntkast: {}.", "The rest is a toss-up: {}."), tossed);
    if (!elsewhere.empty())
      say(pick("De kan like gjerne stå et annet sted (opptil {}).",
               "Dei kan like gjerne stå ein annan stad (opptil {}).", "They may as well be elsewhere (up to {})."),
          elsewhere);
    if (report_.may_save)
      say(pick("De kan også spares: noen av løsningene bruker mindre.",
               "Dei kan òg sparast: nokre av løysingane bruker mindre.",
               "They may be saved, too: some of the solutions spend less."));
  }

  /// Whatever luck alone may have made is not told as a difference.
  void tell_gains() {
    say(pick("Med tilfeldigheter som søket ikke har sett gir blandingen {} {} enn uten {}, og en jevn fordeling av "
             "det samme {}{}.",
             "Med tilfelle som søket ikkje har sett gir blandinga {} {} enn utan {}, og ei jamn fordeling av det "
             "same {}{}.",
             "With luck that the search has not seen the mix gives {} {} than without {}, and an even split of the "
             "same {}{}."),
        amount(report_.over_none), unit(), names_.places(), amount(report_.even_over_none),
        report_.even_is_fair
            ? std::string_view{}
            : pick(" (som ikke er så jevn som `fairness` krever)", " (som ikkje er så jamn som `fairness` krev)",
                   " (which is not as fair as `fairness` says)"));
    MixGain over = report_.over_even;
    bool const can_tell = std::abs(over.mean) > normal_975 * over.mc_se;
    bool const is_worse = over.mean < 0;
    if (can_tell) over.mean = std::abs(over.mean);
    say(can_tell && is_worse
            ? pick("Blandingen er {} dårligere enn den jevne fordelingen.",
                   "Blandinga er {} dårlegare enn den jamne fordelinga.", "The mix is {} worse than the even split.")
        : can_tell
            ? pick("Blandingen er {} bedre enn den jevne fordelingen.",
                   "Blandinga er {} betre enn den jamne fordelinga.", "The mix is {} better than the even split.")
            : pick("Forskjellen fra den jevne fordelingen, {}, kan ikke skilles fra ingenting.",
                   "Skilnaden frå den jamne fordelinga, {}, kan ikkje skiljast frå ingenting.",
                   "The difference from the even split, {}, cannot be told from nothing."),
        amount(over));
    if (report_.over_none.low_95) {
      auto const scale = counts_money() ? million : 1.0;
      int const decimals = std::abs(report_.over_none.mean / scale) < 10 ? 1 : 0;
      say(pick("Regnet over det vi ikke vet sikkert: fra {} til {} (95 %).",
               "Rekna over det vi ikkje veit sikkert: frå {} til {} (95 %).",
               "Over what is not known for sure: from {} to {} (95 %)."),
          names_.number(*report_.over_none.low_95 / scale, decimals),
          names_.number(*report_.over_none.high_95 / scale, decimals));
    }
    text_ += '\n';
  }

  void tell_budget() {
    say(pick("Brukt {} av {} {}.", "Brukt {} av {} {}.", "Spent {} of {} {}."), names_.whole(report_.spent),
        names_.whole(*design_.budget), budget_unit());
    if (!report_.next) {
      tell_nothing_next();
      text_ += '\n';
      return;
    }
    MixCell const& cell = report_.cells[*report_.next];
    MixGain each = *report_.one_more[*report_.next];
    double const price = cell.price * cell.step / (design_.counts_kroner ? million : 1);
    each.mean /= price;
    each.mc_se /= price;
    say(pick("Et større budsjett ville gitt mest i {}: {} per {}.",
             "Eit større budsjett ville gitt mest i {}: {} per {}.",
             "A larger budget would give most in {}: {} for each {}."),
        names_.cell(cell), amount(each),
        design_.counts_kroner ? pick("million kroner i året", "million kroner i året", "million kroner a year")
        : names_.are_staff()  ? pick("ansatt", "tilsett", "one")
                              : pick("plass", "plass", "place"));
    text_ += '\n';
  }

  void tell_nothing_next() {
    if (report_.fairness_keeps_money)
      say(
          pick("`fairness` holder resten av budsjettet ubrukt: ett steg til der det gir noe ville gjort forskjellen "
               "mellom stedene for stor.",
               "`fairness` held resten av budsjettet ubrukt: eitt steg til der det gir noko ville gjort skilnaden "
               "mellom stadene for stor.",
               "Fairness keeps the rest of the budget unspent: one step more where it gives something would make the "
               "places differ too much."));
    else if (report_.fairness_holds_back)
      say(pick(
          "Ett steg til noe sted ville gjort forskjellen større enn `fairness` tillater: et større budsjett må rekke "
          "til steg flere steder.",
          "Eitt steg til nokon stad ville gjort skilnaden større enn `fairness` tillèt: eit større budsjett må rekke "
          "til steg fleire stader.",
          "One step more anywhere would not be as fair as `fairness` says: a larger budget must pay for steps in "
          "several places."));
    else
      say(pick("Flere {} ville ikke gitt noe, eller takene er nådd.",
               "Fleire {} ville ikkje gitt noko, eller taka er nådde.",
               "More {} would give nothing, or the ceilings are reached."),
          names_.places());
  }

  void tell_swaps() {
    if (report_.swaps.empty()) return;
    say("{}", pick("Like gode så langt det kan ses er disse, med ett steg flyttet:",
                   "Like gode så langt ein kan sjå er desse, med eitt steg flytt:",
                   "As good as far as can be seen are these, with one step moved:"));
    constexpr std::size_t most_told = 5;
    for (std::size_t i = 0; i < std::min(most_told, report_.swaps.size()); ++i) {
      MixSwap const& swap = report_.swaps[i];
      say(pick("  fra {} til {}: {}", "  frå {} til {}: {}", "  from {} to {}: {}"),
          names_.cell(report_.cells[swap.from]), names_.cell(report_.cells[swap.to]), amount(swap.gain));
    }
    if (report_.swaps.size() > most_told)
      say(pick("  … og {} til", "  … og {} til", "  … and {} more"), report_.swaps.size() - most_told);
    text_ += '\n';
  }

  void tell_method() {
    bool const is_of_both = report_.draws > 1 && report_.replicates == 1;
    say(is_of_both
            ? pick("± er 95 % av det tilfeldigheter i simuleringen og det vi ikke vet sikkert lar stå åpent om "
                   "middelet, av {} kjøringer. {} blandinger er simulert.",
                   "± er 95 % av det tilfelle i simuleringa og det vi ikkje veit sikkert lèt stå ope om "
                   "middelet, av {} køyringar. {} blandingar er simulerte.",
                   "± is 95 % of what the luck of the simulation and what is not known for sure leave open about "
                   "the mean, of {} runs. {} mixes were simulated.")
            : pick("± er 95 % av det tilfeldigheter i simuleringen lar stå åpent, av {} kjøringer. {} "
                   "blandinger er simulert.",
                   "± er 95 % av det tilfelle i simuleringa lèt stå ope, av {} køyringar. {} blandingar er "
                   "simulerte.",
                   "± is 95 % of what the luck of the simulation leaves open, of {} runs. {} mixes were "
                   "simulated."),
        report_.draws * report_.replicates, report_.simulations);
    text_ += notes_on_source(names_, report_.draws, data_class_);
  }

  MixDesign const& design_;
  Scenario const& scenario_;
  MixReport const& report_;
  std::string_view data_class_, language_;
  MixNames names_;
  std::string text_;
};

}  // namespace

std::string mix_text(MixDesign const& design, Scenario const& scenario, MixReport const& report,
                     std::string_view data_class, std::string_view language) {
  return MixTeller{design, scenario, report, data_class, language}.text();
}

}  // namespace utvei
