// SPDX-License-Identifier: Apache-2.0
#include "region_words.hpp"
#include "regions_expected_page.hpp"

#include <utvei/results/evidence.hpp>
#include <utvei/results/readable.hpp>
#include <utvei/results/text_columns.hpp>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace utvei {
namespace {

/// So many lines a reader looks through; of more regions the two ends are shown.
constexpr std::size_t most_lines = 40;

class ExpectedTeller {
 public:
  ExpectedTeller(ExpectedPage const& page, std::string_view language) : page_{page}, language_{language} {}

  std::string text() {
    if (std::string const notice = made_up_notice(page_.data_class, language_); !notice.empty())
      text_ += notice + "\n\n";
    for (std::size_t i = 0; i < page_.reports.size(); ++i) {
      if (i > 0) text_ += '\n';
      tell(page_.reports[i], page_.accounted_for[i]);
    }
    text_ += '\n';
    say(pick("Dette er en beskrivelse. Forskjellen fra det forventede er det sammensetning{0} ikke forklarer: helse, "
             "boforhold, næringsliv, tjenester og mye annet. Den er ikke et mål på hvor godt kontoret arbeider.",
             "Dette er ei skildring. Skilnaden frå det venta er det samansetjing{0} ikkje forklarer: helse, butilhøve, "
             "næringsliv, tenester og mykje anna. Han er ikkje eit mål på kor godt kontoret arbeider.",
             "This is a description. The difference from what was expected is what composition{0} does not explain: "
             "health, housing, industry, services and much else. It is not a measure of how well an office works."),
        page_.covariates.empty() ? "" : pick(" og arbeidsmarked", " og arbeidsmarknad", " and the labour market"));
    tell_disclosure();
    return std::move(text_);
  }

 private:
  void tell_disclosure() {
    if (!page_.disclosure) return;
    if (hides_)
      say(pick("Steder som står uten tall, har under {} personer eller personår, eller så små tall at de ikke kan "
               "vises.",
               "Stader som står utan tal, har under {} personar eller personår, eller så små tal at dei ikkje kan "
               "visast.",
               "Places without numbers have fewer than {} people or person-years, or counts too small to be shown."),
          page_.disclosure->denominator);
    if (page_.disclosure->round_to > 1)
      say(pick("Tallene er rundet av til nærmeste {}, og resten er regnet ut av det.",
               "Tala er runda av til nærmaste {}, og resten er rekna ut av det.",
               "Counts are rounded to the nearest {}, and all else is computed from that."),
          page_.disclosure->round_to);
  }

  [[nodiscard]] std::string_view pick(std::string_view nb, std::string_view nn, std::string_view en) const {
    return language_ == "en" ? en : language_ == "nn" ? nn : nb;
  }
  template <class... Arguments>
  void say(std::string_view pattern, Arguments const&... arguments) {
    text_ += fmt::format(fmt::runtime(pattern), arguments...) + '\n';
  }
  [[nodiscard]] std::string decimal(double value, int digits) const {
    return std::isfinite(value) ? readable(value, digits, language_) : "∞";
  }
  [[nodiscard]] std::string percent(double share) const {
    return fmt::format("{}{}", std::lround(100 * share), language_ == "en" ? "%" : " %");
  }
  [[nodiscard]] std::string span(double low, double high, int digits) const {
    return fmt::format("{}–{}", decimal(low, digits), decimal(high, digits));
  }
  [[nodiscard]] std::string name(RegionId region) const {
    std::string const& code = page_.model.regions[region].code;
    std::string const known = page_.model.regions.name(region, language_);
    return known == code ? code : fmt::format("{} ({})", known, code);
  }
  [[nodiscard]] std::string_view flag(Flag flag) const {
    switch (flag) {
      case Flag::better:
        return pick("bedre", "betre", "better");
      case Flag::worse:
        return pick("dårligere", "dårlegare", "worse");
      case Flag::as_expected:
        break;
    }
    return pick("som forventet", "som venta", "as expected");
  }

  void tell(OutcomeReport const& report, std::vector<std::string> const& accounted_for) {
    say("{}: {}{}", page_.name, words_of_outcome(page_.model, report.outcome.name, language_),
        report.label.empty() ? "" : ", " + report.label);
    tell_expected(report, accounted_for);
    if (!report.has_events) {
      say(pick("Det er ingen hendelser å sammenligne, eller færre enn to steder med folk.",
               "Det er ingen hendingar å samanlikne, eller færre enn to stader med folk.",
               "There are no events to compare, or fewer than two places with people."));
      return;
    }
    text_ += '\n';
    tell_table(report);
    tell_flags(report);
    tell_variance(report);
    tell_cases(report);
    tell_trend(report);
    if (!report.model.converged)
      say(pick("Modellen av forholdene fant ikke sitt beste punkt: les dem med forbehold.",
               "Modellen av tilhøva fann ikkje sitt beste punkt: les dei med atterhald.",
               "The model of ratios did not converge: read them with caution."));
  }

  void tell_expected(OutcomeReport const& report, std::vector<std::string> const& accounted_for) {
    std::vector<std::string> names;
    for (std::string const& axis : accounted_for) names.push_back(name_of_axis(axis));
    std::string const people =
        names.empty() ? std::string{pick("antall", "tal", "numbers")} : fmt::format("{}", fmt::join(names, ", "));
    if (report.outcome.kind == OutcomeAsked::Kind::events)
      say(pick("Forventet: stedets personår med alle steders felles rater etter {}{}.",
               "Venta: personåra på staden med felles ratar for alle stader etter {}{}.",
               "Expected: the place's person-years at the rates of all places together by {}{}."),
          people, covariates());
    else
      say(pick("Forventet: stedets folk med alle steders felles andeler etter {}{}.",
               "Venta: folket på staden med felles delar for alle stader etter {}{}.",
               "Expected: the place's people at the shares of all places together by {}{}."),
          people, covariates());
  }
  /// Clocks have names; a trait has that of the model.
  [[nodiscard]] std::string name_of_axis(std::string const& axis) const {
    if (axis == "age") return std::string{pick("alder", "alder", "age")};
    if (axis == "period") return std::string{pick("periode", "periode", "period")};
    if (axis == "time_in_state") return std::string{pick("tid i tilstanden", "tid i tilstanden", "time in the state")};
    return axis;
  }
  [[nodiscard]] std::string covariates() const {
    if (page_.covariates.empty()) return {};
    return fmt::format(fmt::runtime(pick(", og det {} ved stedet sier", ", og det {} ved staden seier",
                                         ", and what {} of the place predicts")),
                       fmt::join(page_.covariates, ", "));
  }

  /// Best first; the hidden last.
  [[nodiscard]] static std::vector<std::size_t> in_order(OutcomeReport const& report) {
    std::vector<std::size_t> order(report.regions.size());
    for (std::size_t r = 0; r < order.size(); ++r) order[r] = r;
    std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
      auto const& first = report.regions[a];
      auto const& second = report.regions[b];
      if (first.hidden != second.hidden) return second.hidden;
      return !first.hidden && first.rank.expected_rank < second.rank.expected_rank;
    });
    return order;
  }

  void tell_table(OutcomeReport const& report) {
    bool const counts_events = report.outcome.kind == OutcomeAsked::Kind::events;
    TextColumns table{
        {std::string{pick("sted", "stad", "place")},
         std::string{counts_events ? pick("hendelser", "hendingar", "events") : pick("personer", "personar", "people")},
         std::string{pick("forventet", "venta", "expected")}, std::string{pick("forhold", "tilhøve", "ratio")},
         std::string{pick("95 %", "95 %", "95%")}, std::string{pick("trakt", "trakt", "funnel")},
         std::string{pick("pålitelighet", "pålitelegheit", "reliability")},
         std::string{pick("plass (95 %)", "plass (95 %)", "rank (95%)")}, ""}};
    auto const order = in_order(report);
    for (std::size_t i = 0; i < order.size(); ++i) {
      bool const is_shown = order.size() <= most_lines || i < most_lines / 2 || i + most_lines / 2 >= order.size();
      if (is_shown) add_line(report.regions[order[i]], table);
      if (order.size() > most_lines && i == most_lines / 2) table.add({"…", "", "", "", "", "", "", "", ""});
    }
    text_ += table.text();
    if (order.size() > most_lines)
      say(pick("De {} stedene i begge ender av {}; --format csv har alle.",
               "Dei {} stadene i begge endar av {}; --format csv har alle.",
               "The {} places at both ends of {}; --format csv has all."),
          most_lines, order.size());
    text_ += '\n';
  }

  void add_line(RegionAgainstExpected const& region, TextColumns& table) {
    if (region.hidden) {
      hides_ = true;
      table.add({name(region.region), ":", ":", ":", ":", ":", ":", ":", ""});
      return;
    }
    table.add({name(region.region), decimal(region.observed, 0), decimal(region.expected, 1), decimal(region.ratio, 2),
               span(region.low_95, region.high_95, 2), span(region.funnel_95.low, region.funnel_95.high, 2),
               decimal(region.reliability, 2),
               fmt::format("{} ({})", decimal(region.rank.expected_rank, 1),
                           span(region.rank.low_95, region.rank.high_95, 0)),
               reading(region)});
  }
  /// A place may differ from what was expected, and no more than places usually do.
  [[nodiscard]] std::string reading(RegionAgainstExpected const& region) const {
    if (region.flag != Flag::as_expected || region.beyond_chance == Flag::as_expected)
      return std::string{flag(region.flag)};
    return fmt::format("{}{}", flag(region.beyond_chance),
                       pick(", innenfor det vanlige", ", innanfor det vanlege", ", within what is usual"));
  }

  void tell_flags(OutcomeReport const& report) {
    say(
        pick("Trakt: så langt fra 1 kommer observert over forventet i 95 av 100 steder av denne størrelsen som er som "
             "forventet.",
             "Trakt: så langt frå 1 kjem observert over venta i 95 av 100 stader av denne storleiken som er som venta.",
             "Funnel: so far from 1 is observed over expected in 95 of 100 places of this size that are as expected."));
    auto const count = [&](Flag RegionAgainstExpected::*which, Flag flag) {
      return std::ranges::count_if(report.regions,
                                   [&](auto const& region) { return !region.hidden && region.*which == flag; });
    };
    auto const better = count(&RegionAgainstExpected::flag, Flag::better);
    auto const worse = count(&RegionAgainstExpected::flag, Flag::worse);
    say(pick("Forholdet er observert over forventet, trukket mot det vanlige der tallene er små. Bedre enn forventet: "
             "{}; "
             "dårligere: {}; målt mot {}; {}.",
             "Tilhøvet er observert over venta, drege mot det vanlege der tala er små. Betre enn venta: {}; dårlegare: "
             "{}; "
             "målt mot {}; {}.",
             "The ratio is observed over expected, drawn towards what is usual where counts are small. Better than "
             "expected: {}; worse: {}; held against {}; {}."),
        better, worse, ordinary(report), correction());
    if (report.funnel.overdispersion == Overdispersion::none) return;
    say(pick("Var alle steder egentlig like, og bare tilfeldighetene ulike, ville {} vært bedre og {} dårligere.",
             "Var alle stader eigentleg like, og berre slumpen ulik, ville {} vore betre og {} dårlegare.",
             "Were all places really alike but for chance, {} would be better and {} worse."),
        count(&RegionAgainstExpected::beyond_chance, Flag::better),
        count(&RegionAgainstExpected::beyond_chance, Flag::worse));
  }
  [[nodiscard]] std::string ordinary(OutcomeReport const& report) const {
    switch (report.funnel.overdispersion) {
      case Overdispersion::none:
        return std::string{pick("tilfeldigheter alene", "slumpen åleine", "chance alone")};
      case Overdispersion::multiplicative:
        return fmt::format(fmt::runtime(pick("tilfeldigheter ganger {} (varians)", "slumpen gonger {} (varians)",
                                             "chance times {} (variance)")),
                           decimal(report.funnel.dispersion, 2));
      case Overdispersion::additive:
        break;
    }
    return fmt::format(fmt::runtime(pick("tilfeldigheter og hvor mye steder vanligvis er ulike (standardavvik {})",
                                         "slumpen og kor mykje stader til vanleg er ulike (standardavvik {})",
                                         "chance and how much places usually differ (standard deviation {})")),
                       percent(std::sqrt(report.funnel.ratio_variance)));
  }
  [[nodiscard]] std::string correction() const {
    std::string const level = percent(page_.options.significance);
    switch (page_.options.correction) {
      case Correction::none:
        return fmt::format(
            fmt::runtime(pick("uten hensyn til at stedene er mange, hvert med {} fare for falsk merking",
                              "utan omsyn til at stadene er mange, kvar med {} fare for falsk merking",
                              "not corrected for how many places there are, each with {} risk of a false flag")),
            level);
      case Correction::bonferroni:
        return fmt::format(fmt::runtime(pick("høyst {} fare for at noe sted er feil merket (Bonferroni)",
                                             "høgst {} fare for at nokon stad er feil merkt (Bonferroni)",
                                             "at most {} risk that any place is flagged falsely (Bonferroni)")),
                           level);
      case Correction::benjamini_hochberg:
        break;
    }
    return fmt::format(
        fmt::runtime(pick("høyst {} av dem er ventet feil merket (Benjamini-Hochberg)",
                          "høgst {} av dei er venta feil merkte (Benjamini-Hochberg)",
                          "at most {} of these are expected to be flagged falsely (Benjamini-Hochberg)")),
        level);
  }

  void tell_variance(OutcomeReport const& report) {
    std::vector<std::string> parts;
    for (VariancePartition const& part : report.partition) {
      std::string const sd = percent(std::sqrt(part.all()));
      std::string_view const basis =
          part.basis == VariancePartition::Basis::crude ? pick("rått", "rått", "crude")
          : part.basis == VariancePartition::Basis::composition
              ? pick("etter sammensetning", "etter samansetjing", "after composition")
              : pick("etter sammensetning og arbeidsmarked", "etter samansetjing og arbeidsmarknad",
                     "after composition and the labour market");
      std::string text = fmt::format("{} {}", sd, basis);
      if (part.between && part.all() > 0)
        text += fmt::format(fmt::runtime(pick(" ({} av variansen mellom fylker, {} innad)",
                                              " ({} av variansen mellom fylke, {} innetter)",
                                              " ({} of the variance between counties, {} within)")),
                            percent(*part.between / part.all()), percent(part.within / part.all()));
      parts.push_back(std::move(text));
    }
    say(pick("Stedenes sanne forhold varierer, i standardavvik: {}.",
             "Dei sanne tilhøva varierer, i standardavvik: {}.", "True ratios vary, in standard deviations: {}."),
        fmt::join(parts, "; "));
    for (std::size_t k = 0; k < report.model.covariates.size(); ++k) {
      if (report.model.covariates[k].se <= 0) {
        say(pick("{}: sier ikke noe her, for den er lik overalt, eller gitt av de andre.",
                 "{}: seier ikkje noko her, for han er lik overalt, eller gitt av dei andre.",
                 "{}: says nothing here, for it is the same everywhere, or given by the others."),
            page_.covariates[k]);
        continue;
      }
      say(pick("{}: {} per enhet (log forhold), standardfeil {}.", "{}: {} per eining (log tilhøve), standardfeil {}.",
               "{}: {} per unit (log ratio), standard error {}."),
          page_.covariates[k], decimal(report.model.covariates[k].per_unit, 3),
          decimal(report.model.covariates[k].se, 3));
    }
  }

  [[nodiscard]] std::string names_with(OutcomeReport const& report, std::vector<std::size_t> const& cases,
                                       double PosteriorRank::*probability) const {
    if (cases.empty()) return std::string{pick("ingen", "ingen", "none")};
    std::vector<std::string> names;
    for (std::size_t const r : cases)
      names.push_back(
          fmt::format("{} {}", name(report.regions[r].region), percent(report.regions[r].rank.*probability)));
    return fmt::format("{}", fmt::join(names, ", "));
  }

  void tell_cases(OutcomeReport const& report) {
    if (page_.options.cases == 0) return;
    say(pick("Steder å besøke: i den beste enden {}; i den dårligste {}. Regel: de som mer sannsynlig enn ikke er "
             "blant den "
             "tidelen ({} av {}), høyst {} i hver ende; prosenten er sannsynligheten.",
             "Stader å vitje: i den beste enden {}; i den dårlegaste {}. Regel: dei som meir sannsynleg enn ikkje er i "
             "den "
             "tidelen ({} av {}), høgst {} i kvar ende; prosenten er sannsynet.",
             "Places to visit: at the best end {}; at the worst {}. Rule: those that are more likely than not in that "
             "tenth "
             "({} of {}), at most {} at each end; the percentage is the probability."),
        names_with(report, report.best, &PosteriorRank::in_best_tenth),
        names_with(report, report.worst, &PosteriorRank::in_worst_tenth), tenth_of(report.regions.size()),
        report.regions.size(), page_.options.cases);
  }

  void tell_trend(OutcomeReport const& report) {
    if (report.trend.empty()) return;
    say("");
    say(pick("Fra {} til {}, målt mot de andre stedene i samme tid:",
             "Frå {} til {}, målt mot dei andre stadene i same tid:",
             "From {} to {}, against the other places at the same time:"),
        report.periods.front(), report.periods.back());
    TextColumns table{{std::string{pick("sted", "stad", "place")}, report.periods.front(), report.periods.back(),
                       std::string{pick("endring", "endring", "change")}, std::string{pick("95 %", "95 %", "95%")},
                       ""}};
    bool const is_long = report.trend.size() > most_lines;
    std::size_t left_out = 0;
    std::size_t lines = 0;
    for (RegionTrend const& region : report.trend) {
      hides_ = hides_ || region.hidden;
      if (region.hidden || !region.has_change) continue;
      if (is_long && (region.flag == Flag::as_expected || lines == most_lines)) {
        ++left_out;
        continue;
      }
      ++lines;
      table.add({name(region.region), decimal(region.periods.front().ratio, 2), decimal(region.periods.back().ratio, 2),
                 decimal(region.change, 2), span(region.low_95, region.high_95, 2),
                 region.flag == Flag::as_expected ? "" : std::string{flag(region.flag)}});
    }
    if (lines > 0) text_ += table.text();
    if (left_out > 0)
      say(pick("{} steder uten klar endring står ikke her; --trend FILE har alle.",
               "{} stader utan klår endring står ikkje her; --trend FILE har alle.",
               "{} places without a clear change are left out; --trend FILE has all."),
          left_out);
    say(
        pick("Endringen er ikke trukket sammen: observert over forventet i siste periode mot første, med eksakt "
             "intervall for "
             "tilfeldigheter alene.",
             "Endringa er ikkje drege saman: observert over venta i siste periode mot første, med eksakt intervall for "
             "slumpen "
             "åleine.",
             "The change is not shrunk: observed over expected in the last period against the first, with the exact "
             "interval of "
             "chance alone."));
    if (report.outcome.kind == OutcomeAsked::Kind::stock)
      say(pick("Mange er de samme på begge datoene, så intervallet er for vidt heller enn for smalt.",
               "Mange er dei same på begge datoane, så intervallet er for vidt heller enn for smalt.",
               "Many are the same people on both dates, so the interval is too wide rather than too narrow."));
  }

  ExpectedPage const& page_;
  std::string_view language_;
  std::string text_;
  bool hides_{false};
};

}  // namespace

std::string expected_text(ExpectedPage const& page, std::string_view language) {
  return ExpectedTeller{page, language}.text();
}

}  // namespace utvei
