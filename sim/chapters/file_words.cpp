// SPDX-License-Identifier: Apache-2.0
#include "file_words.hpp"

#include <utvei/core/time.hpp>
#include <utvei/results/readable.hpp>

#include <array>
#include <cstdlib>

namespace utvei {
namespace {

struct UnitWords {
  std::string_view name;
  Saying one, many;
};
constexpr std::array<UnitWords, 4> duration_units{
    {{"day", {"dag", "dag", "day"}, {"dager", "dagar", "days"}},
     {"week", {"uke", "veke", "week"}, {"uker", "veker", "weeks"}},
     {"month", {"måned", "månad", "month"}, {"måneder", "månader", "months"}},
     {"year", {"år", "år", "year"}, {"år", "år", "years"}}}};

std::optional<double> number_of(Value const* value) {
  if (value == nullptr || !value->is_scalar()) return std::nullopt;
  char* end = nullptr;
  double const number = std::strtod(value->scalar.c_str(), &end);
  if (end == value->scalar.c_str() || *end != '\0') return std::nullopt;
  return number;
}

ReportText digits(double number) {
  return in_three([&](std::string_view language) { return readable_digits(number, language); });
}

ReportText age_in_words(Value const& age) {
  Value const* const from = age.find("from");
  Value const* const to = age.find("to");
  if (from != nullptr && to != nullptr)
    return said({"fra {0} år til de fyller {1}", "frå {0} år til dei fyller {1}", "from {0} until they turn {1}"},
                from->scalar, to->scalar);
  if (from != nullptr) return said({"fra {} år", "frå {} år", "from {} years of age"}, from->scalar);
  if (to != nullptr) return said({"til de fyller {}", "til dei fyller {}", "until they turn {}"}, to->scalar);
  return {};
}

ReportText time_in_state(Value const& time) {
  std::vector<ReportText> parts;
  if (Value const* const least = time.find("at_least"))
    parts.push_back(said({"etter minst {} der", "etter minst {} der", "after at least {} there"},
                         duration_in_words(least->scalar)));
  if (Value const* const less = time.find("less_than"))
    parts.push_back(said({"som har vært der i mindre enn {}", "som har vore der i mindre enn {}",
                          "who have been there for less than {}"},
                         duration_in_words(less->scalar)));
  return listed(parts);
}

ReportText states_in_words(Contents const& contents, Value const& states) {
  std::vector<ReportText> labels;
  for (std::string const& name : scalars_of(states))
    labels.push_back(said({"«{}»", "«{}»", "“{}”"}, contents.state(name)));
  return listed(labels);
}

ReportText history_in_words(Contents const& contents, Value const& history) {
  std::vector<ReportText> parts;
  auto const add = [&](Value const& one) {
    ReportText text;
    if (Value const* const left = one.find("left"))
      text = said({"som har forlatt {}", "som har forlate {}", "who have left {}"}, states_in_words(contents, *left));
    else if (Value const* const ended = one.find("ended"))
      text = said({"som har avsluttet «{}»", "som har avslutta «{}»", "who have ended “{}”"},
                  contents.measure(ended->scalar));
    Value const* const within = one.find("within");
    if (!text.empty() && within != nullptr && within->is_scalar() && within->scalar != "ever")
      text =
          followed_by(text, said({"de siste {}", "dei siste {}", "in the last {}"}, duration_in_words(within->scalar)));
    if (!text.empty()) parts.push_back(std::move(text));
  };
  if (history.is_list())
    for (Value const& one : history.items) add(one);
  else
    add(history);
  return listed(parts);
}

}  // namespace

ReportText listed(std::vector<ReportText> const& texts, std::string_view between) {
  ReportText all;
  for (ReportText const& text : texts)
    if (!text.empty()) all = followed_by(all, text, between);
  return all;
}

std::vector<std::string> scalars_of(Value const& value) {
  std::vector<std::string> all;
  if (value.is_scalar()) all.push_back(value.scalar);
  for (Value const& item : value.items)
    if (item.is_scalar()) all.push_back(item.scalar);
  return all;
}

ReportText labels_in(Value const& labels) {
  auto const in = [&](std::string_view language) {
    Value const* const text = labels.is_map() ? labels.find(language) : &labels;
    return text != nullptr && text->is_scalar() ? text->scalar : std::string{};
  };
  StateInfo const info{"", "", in("nb"), in("nn"), in("en")};
  return in_three([&](std::string_view language) { return label_of(info, language); });
}

ReportText date_in_words(std::string const& date) {
  constexpr std::size_t length_of_date = 10;
  if (date.size() != length_of_date || !parse_date(date)) return same_in_all(date);
  ReportText const day = days_in_words(date.substr(5));
  return said({"{0} {1}", "{0} {1}", "{0} {1}"}, day, date.substr(0, 4));
}

ReportText span_in_words(Value const* from, Value const* until) {
  bool const begins = from != nullptr && from->is_scalar();
  bool const ends = until != nullptr && until->is_scalar();
  if (begins && ends)
    return said({"fra {0} til {1}", "frå {0} til {1}", "from {0} to {1}"}, date_in_words(from->scalar),
                date_in_words(until->scalar));
  if (begins) return said({"fra {}", "frå {}", "from {}"}, date_in_words(from->scalar));
  if (ends) return said({"til {}", "til {}", "until {}"}, date_in_words(until->scalar));
  return {};
}

ReportText duration_in_words(std::string const& duration) {
  auto const gap = duration.find(' ');
  if (gap == std::string::npos) return same_in_all(duration);
  std::string const number = duration.substr(0, gap);
  std::string unit = duration.substr(gap + 1);
  if (unit.ends_with('s')) unit.pop_back();
  auto const found = std::ranges::find(duration_units, unit, &UnitWords::name);
  if (found == duration_units.end()) return same_in_all(duration);
  Value number_value;
  number_value.kind = Value::Kind::scalar;
  number_value.scalar = number;
  auto const size = number_of(&number_value);
  return said({"{0} {1}", "{0} {1}", "{0} {1}"}, size ? digits(*size) : same_in_all(number),
              said(size == 1 ? found->one : found->many));
}

ReportText time_in_words(Value const* time) {
  if (time == nullptr) return {};
  if (time->is_scalar()) return duration_in_words(time->scalar);
  std::vector<ReportText> parts;
  if (Value const* const median = time->find("median"); median != nullptr && median->is_scalar())
    parts.push_back(said({"halvparten innen {}", "halvparten innan {}", "half of them within {}"},
                         duration_in_words(median->scalar)));
  if (Value const* const most = time->find("at_most"); most != nullptr && most->is_scalar())
    parts.push_back(said({"høyst {}", "høgst {}", "at most {}"}, duration_in_words(most->scalar)));
  return listed(parts);
}

ReportText number_in_words(Value const& number, double scale) {
  if (auto const alone = number_of(&number)) return digits(scale * *alone);
  auto const mean = number_of(number.find("mean"));
  if (!mean) return {};
  Value const* const limits = number.find("interval_95");
  if (limits == nullptr || limits->items.size() != 2) return digits(scale * *mean);
  auto const low = number_of(&limits->items.front());
  auto const high = number_of(&limits->items.back());
  if (!low || !high) return digits(scale * *mean);
  return said({"{0} (95 %: {1} til {2})", "{0} (95 %: {1} til {2})", "{0} (95 %: {1} to {2})"}, digits(scale * *mean),
              digits(scale * *low), digits(scale * *high));
}

ReportText regions_in_words(Contents const& contents, Value const& regions) {
  std::vector<ReportText> names;
  for (std::string const& code : scalars_of(regions)) names.push_back(same_in_all(contents.place_name(code)));
  return listed(names);
}

ReportText transitions_in_words(Contents const& contents, Value const& patterns) {
  constexpr std::string_view arrow = " -> ";
  auto const end = [&](std::string const& name) {
    return name == "*" ? said({"hvilken som helst tilstand", "kva tilstand som helst", "any state"})
                       : inside(contents.state(name));
  };
  std::vector<ReportText> all;
  for (std::string const& pattern : scalars_of(patterns)) {
    auto const at = pattern.find(arrow);
    all.push_back(at == std::string::npos
                      ? same_in_all(pattern)
                      : followed_by(end(pattern.substr(0, at)), end(pattern.substr(at + arrow.size())), " → "));
  }
  return listed(all);
}

ReportText people_in_words(Contents const& contents, Value const& who) {
  std::vector<ReportText> parts;
  if (Value const* const states = who.find("state"))
    parts.push_back(said({"personer i tilstanden {}", "personar i tilstanden {}", "people in the state {}"},
                         states_in_words(contents, *states)));
  else
    parts.push_back(said({"alle", "alle", "everybody"}));
  if (Value const* const age = who.find("age")) parts.push_back(age_in_words(*age));
  if (Value const* const traits = who.find("traits"))
    for (Member const& trait : traits->members)
      parts.push_back(said({"{0}: {1}", "{0}: {1}", "{0}: {1}"}, contents.trait(trait.key),
                           fmt::format("{}", fmt::join(scalars_of(trait.value), " / "))));
  if (Value const* const regions = who.find("region"))
    parts.push_back(said({"i {}", "i {}", "in {}"}, regions_in_words(contents, *regions)));
  else
    parts.push_back(said({"alle steder", "alle stader", "everywhere"}));
  if (Value const* const time = who.find("time_in_state")) parts.push_back(time_in_state(*time));
  if (Value const* const history = who.find("history")) parts.push_back(history_in_words(contents, *history));
  return listed(parts);
}

}  // namespace utvei
