// SPDX-License-Identifier: Apache-2.0
#include "pathway_text.hpp"

#include "half_width.hpp"
#include "pathway_wording.hpp"
#include "wording.hpp"

#include <utvei/core/normal.hpp>
#include <utvei/results/text_columns.hpp>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <ranges>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace utvei {
namespace {

using Rows = std::vector<ComparisonRow const*>;
using Number = PathwaySummary::Number;

constexpr double per_cent = 100;
constexpr std::size_t most_losses = 4;
constexpr std::size_t most_sequences_told = 15;

/// 2 of `NAME: 2 work`.
int place_of_step(std::string const& step) {
  return std::atoi(step.c_str() + step.find(": ") + 2);
}

class PathwayLines {
 public:
  PathwayLines(Comparison const& comparison, std::size_t scenario, std::string_view language)
      : comparison_{comparison},
        summary_{comparison.pathways[scenario]},
        scenario_{comparison.scenarios[scenario]},
        language_{language},
        words_{wording(language)},
        own_{pathway_wording(language)} {
    labels_.states = comparison.states;
  }

  [[nodiscard]] std::string text() const {
    std::string const text = ways() + sequences() + leavings() + incidences();
    return text.empty() ? text : std::string{own_.title} + "\n\n" + text;
  }

 private:
  /// Of the whole country, over all years.
  [[nodiscard]] Rows rows_of(std::string_view quantity) const {
    Rows rows;
    for (ComparisonRow const& row : comparison_.rows)
      if (row.scenario == scenario_ && row.measure_of == quantity && row.region.empty() && row.year.empty() &&
          std::ranges::all_of(row.by, [](std::string const& label) { return label.empty(); }))
        rows.push_back(&row);
    return rows;
  }
  [[nodiscard]] std::string named(std::string const& path, std::string const& otherwise) const {
    auto const found = std::ranges::find(summary_.names, path, &StateInfo::name);
    return found == summary_.names.end() ? otherwise : label_of(*found, language_);
  }
  [[nodiscard]] std::string state_named(std::string const& name) const {
    return inside_sentence(state_label(labels_, name, language_));
  }
  /// `work+measure` as the labels of its states.
  [[nodiscard]] std::string states_named(std::string_view names, std::string_view separator,
                                         std::string_view between) const {
    std::string text;
    for (auto const part : std::views::split(names, separator))
      text += (text.empty() ? "" : std::string{between}) + state_named({part.begin(), part.end()});
    return text;
  }
  /// `NAME: 2 work` without the name.
  [[nodiscard]] std::string step_named(std::string const& step) const {
    std::string const rest = step.substr(step.find(": ") + 2);
    auto const blank = rest.find(' ');
    return rest.substr(0, blank + 1) + states_named(std::string_view{rest}.substr(blank + 1), "+", "/");
  }
  [[nodiscard]] std::string number(std::optional<double> const& value) const {
    return value ? rounded(*value, comparison_.draws * comparison_.replicates == 1, words_) : ":";
  }
  [[nodiscard]] std::string share(std::optional<double> const& part, std::optional<double> const& whole) const {
    return part && whole && *whole > 0 ? readable(per_cent * *part / *whole, 1, words_) : ":";
  }
  [[nodiscard]] std::string error_of(ComparisonRow const& row) const {
    auto const half = half_width(row);
    return half ? "± " + rounded(*half, false, words_) : std::string{};
  }
  template <std::size_t N>
  [[nodiscard]] TextColumns columns(std::array<std::string_view, N> const& names, std::size_t first) const {
    std::vector<std::string> header{names.begin(), names.end()};
    header[first] = words_.baseline;
    header[first + 1] = scenario_;
    return TextColumns{std::move(header)};
  }

  [[nodiscard]] std::string ways() const {
    Rows const rows = rows_of("way_people");
    std::string text;
    for (std::size_t i = 0; i < rows.size();) {
      std::string const name = rows[i]->state.substr(0, rows[i]->state.find(": "));
      std::size_t last = i;
      while (last < rows.size() && rows[last]->state.starts_with(name + ": ")) ++last;
      text += one_way(
          name, {rows.begin() + static_cast<std::ptrdiff_t>(i), rows.begin() + static_cast<std::ptrdiff_t>(last)});
      i = last;
    }
    return text.empty() ? text : text + std::string{own_.about_ways} + '\n';
  }

  [[nodiscard]] std::string one_way(std::string const& name, Rows const& rows) const {
    TextColumns table = columns(own_.way_columns, 1);
    for (std::size_t s = 0; s < rows.size(); ++s) {
      ComparisonRow const& row = *rows[s];
      std::string of_last, median;
      // The step before may stay inside, where few come to it.
      if (s > 0 && place_of_step(rows[s - 1]->state) + 1 == place_of_step(row.state)) {
        of_last =
            fmt::format("{} / {}", share(row.baseline, rows[s - 1]->baseline), share(row.value, rows[s - 1]->value));
        median = median_of(row.state);
      }
      table.add({step_named(row.state), number(row.baseline), number(row.value), number(row.difference), error_of(row),
                 of_last, median});
    }
    std::string text = named("ways." + name, name) + "\n\n" + table.text() + '\n';
    for (ComparisonRow const* row : rows) text += losses_after(row->state);
    return text + '\n';
  }

  [[nodiscard]] std::string median_of(std::string const& step) const {
    auto const found = std::ranges::find(summary_.medians, step, &PathwaySummary::Median::step);
    if (found == summary_.medians.end() || !found->months.value) return {};
    auto const months = [&](std::optional<double> const& value) { return value ? readable(*value, 1, words_) : "–"; };
    return fmt::format("{} / {}", months(found->months.baseline), months(found->months.value));
  }

  [[nodiscard]] std::string losses_after(std::string const& step) const {
    std::vector<PathwaySummary::Loss const*> losses;
    for (auto const& loss : summary_.losses)
      if (loss.step == step) losses.push_back(&loss);
    if (losses.empty()) return {};
    std::ranges::stable_sort(
        losses, [](auto const* a, auto const* b) { return a->people.value.value_or(0) > b->people.value.value_or(0); });
    losses.resize(std::min(losses.size(), most_losses));
    std::vector<std::string> parts;
    for (auto const* loss : losses)
      parts.push_back(fmt::format(fmt::runtime(own_.lost_at), state_named(loss->state), number(loss->people.baseline),
                                  number(loss->people.value)));
    return fmt::format(fmt::runtime(own_.lost), step_named(step)) + fmt::format("{}\n", fmt::join(parts, "; "));
  }

  [[nodiscard]] std::string sequences() const {
    Rows const rows = rows_of("sequences");
    // Where some stay inside, the others do too, and shares of all are not known.
    if (rows.empty() || rows.back()->state != "other") return {};
    double before = 0;
    double after = 0;
    for (ComparisonRow const* row : rows) {
      before += row->baseline;
      after += row->value;
    }
    std::size_t const told = std::min(rows.size(), most_sequences_told - 1);
    TextColumns table = columns(own_.columns, 1);
    double rest_before = before;
    double rest_after = after;
    for (std::size_t i = 0; i < told && rows[i]->state != "other"; ++i) {
      ComparisonRow const& row = *rows[i];
      table.add({states_named(row.state, " > ", " → "), share(row.baseline, before), share(row.value, after),
                 number(row.difference), error_of(row)});
      rest_before -= row.baseline;
      rest_after -= row.value;
    }
    // The error of what several rows make is not known.
    bool const is_one_row = rows.back()->state == "other" && rows.size() <= most_sequences_told;
    if (rest_before > 0 || rest_after > 0)
      table.add({std::string{own_.others}, share(rest_before, before), share(rest_after, after),
                 number(rest_after - rest_before), is_one_row ? error_of(*rows.back()) : std::string{}});
    return std::string{own_.sequences} + "\n\n" + table.text() + '\n' + std::string{own_.about_sequences} + '\n';
  }

  [[nodiscard]] std::string leavings() const {
    std::string text, last;
    std::optional<TextColumns> table;
    auto const finish = [&] {
      if (table) text += table->text() + '\n';
    };
    for (ComparisonRow const* row : rows_of("leavings")) {
      auto const colon = row->state.find(": ");
      std::string const name = row->state.substr(0, colon);
      std::string const kind = row->state.substr(colon + 2);
      if (name != last) {
        finish();
        text += fmt::format(fmt::runtime(own_.leaving), named("leaving." + name, name)) + "\n\n";
        table.emplace(columns(own_.columns, 1));
        last = name;
      }
      bool const fits_none = kind == "unclassified";
      table->add({fits_none ? std::string{own_.unclassified} : named(fmt::format("leaving.{}.{}", name, kind), kind),
                  number(row->baseline), number(row->value), number(row->difference), error_of(*row)});
    }
    finish();
    return text;
  }

  [[nodiscard]] std::string incidences() const {
    std::string text, last;
    std::optional<TextColumns> table;
    auto const finish = [&] {
      if (table) text += table->text() + '\n';
    };
    for (auto const& one : summary_.incidence) {
      if (one.name != last) {
        finish();
        text += fmt::format(fmt::runtime(own_.incidence), named("incidence." + one.name, one.name)) + "\n\n";
        table.emplace(columns(own_.incidence_columns, 2));
        last = one.name;
      }
      table->add({destination_named(one.destination) + ", " + time_named(one.at), number(one.people.value),
                  percent(one.share.baseline), percent(one.share.value), percent(one.difference), error_of(one)});
    }
    finish();
    return text.empty() ? text : text + std::string{own_.about_incidence} + '\n';
  }

  [[nodiscard]] std::string percent(std::optional<double> const& value) const {
    return value ? readable(per_cent * *value, 1, words_) : "–";
  }
  [[nodiscard]] std::string error_of(PathwaySummary::Incidence const& one) const {
    if (!one.mc_se) return {};
    double const half = normal_975 * std::hypot(*one.mc_se, one.parameter_sd.value_or(0));
    return "± " + readable(per_cent * half, 1, words_);
  }
  [[nodiscard]] std::string destination_named(std::string const& name) const {
    if (name == "other") return std::string{own_.other_destination};
    std::string const state = state_named(name);
    std::string_view const group = group_in_words(name, language_);
    return state == name && !group.empty() ? std::string{group} : state;
  }
  /// `age 30` ends when people are 31.
  [[nodiscard]] std::string time_named(std::string const& at) const {
    if (at.starts_with("age ")) return fmt::format(fmt::runtime(own_.age), std::stoi(at.substr(4)) + 1);
    return fmt::format(fmt::runtime(own_.months), at.substr(0, at.find(' ')));
  }

  Comparison const& comparison_;
  PathwaySummary const& summary_;
  std::string const& scenario_;
  std::string_view language_;
  Wording const& words_;
  PathwayWording const& own_;
  RunResult labels_;
};

}  // namespace

std::string pathway_text(Comparison const& comparison, std::size_t scenario, std::string_view language) {
  // A comparison that was put together by hand may have none.
  if (scenario >= comparison.pathways.size()) return {};
  return PathwayLines{comparison, scenario, language}.text();
}

}  // namespace utvei
