// SPDX-License-Identifier: Apache-2.0
#include "participants.hpp"

#include <utvei/results/marginal.hpp>

#include <string>
#include <string_view>

namespace utvei {
namespace {

constexpr std::string_view began_prefix = "participants_by_";
constexpr std::string_view later_name = "after_start";
constexpr std::string_view ended_name = "after_end";
constexpr std::string_view stepped_name = "step_years";

double runs_of(Table const& table) {
  return static_cast<double>(length_of(table, "draw") * length_of(table, "replicate"));
}

void add_began(Table const& table, ParticipantSummary& summary) {
  std::string const by = table.quantity.substr(began_prefix.size());
  std::vector<double> const heads = marginal(table, {"measure", by});
  auto const& measures = table.dimensions[*table.axis("measure")].labels;
  auto const& labels = table.dimensions[*table.axis(by)].labels;
  for (std::size_t m = 0; m < measures.size(); ++m) {
    ParticipantSummary::Began began{measures[m], by, 0, {}};
    for (std::size_t i = 0; i < labels.size(); ++i) {
      double const people = heads[m * labels.size() + i] / runs_of(table);
      began.people.push_back({labels[i], people});
      *began.all += people;
    }
    summary.began.push_back(std::move(began));
  }
}

void add_later(Table const& table, ParticipantSummary& summary) {
  std::vector<double> const heads = marginal(table, {"measure", "months_after_start", "state"});
  auto const& measures = table.dimensions[*table.axis("measure")].labels;
  auto const& months = table.dimensions[*table.axis("months_after_start")].labels;
  auto const& states = table.dimensions[*table.axis("state")].labels;
  auto next = heads.begin();
  for (std::string const& measure : measures) {
    for (std::string const& month : months) {
      ParticipantSummary::Later later{measure, std::stoi(month), 0, {}};
      for (std::string const& state : states) {
        double const people = *next++ / runs_of(table);
        later.people.push_back({state, people});
        *later.followed += people;
      }
      summary.later.push_back(std::move(later));
    }
  }
}

}  // namespace

bool tells_of_participants(Table const& table) {
  return table.quantity.starts_with(began_prefix) || table.quantity == later_name || table.quantity == ended_name ||
         table.quantity == stepped_name;
}

ParticipantSummary summarise_participants(RunResult const& result) {
  ParticipantSummary summary;
  for (Table const& table : result.tables) {
    if (table.quantity == later_name) {
      add_later(table, summary);
    } else if (table.quantity.starts_with(began_prefix)) {
      add_began(table, summary);
    }
  }
  return summary;
}

}  // namespace utvei
