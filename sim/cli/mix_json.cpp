// SPDX-License-Identifier: Apache-2.0
#include "mix_text.hpp"

#include <nlohmann/json.hpp>

namespace utvei {
namespace {

using MixJson = nlohmann::ordered_json;

MixJson json_of_gain(MixGain const& gain) {
  MixJson json{{"mean", gain.mean}, {"mc_se", gain.mc_se}};
  json["low_95"] = gain.low_95 ? MixJson(*gain.low_95) : MixJson(nullptr);
  json["high_95"] = gain.high_95 ? MixJson(*gain.high_95) : MixJson(nullptr);
  return json;
}

/// What it is, and where.
MixJson json_of_cell(MixDesign const& design, MixCell const& cell) {
  MixChoice const& choice = design.choices[cell.choice];
  return {{choice.is_resource ? "resource" : "measure", choice.name},
          {"region", cell.area.empty() ? MixJson(nullptr) : MixJson(cell.area)}};
}

}  // namespace

std::string mix_json(MixDesign const& design, MixReport const& report, std::string_view data_class) {
  MixJson cells = MixJson::array();
  for (std::size_t c = 0; c < report.cells.size(); ++c) {
    MixJson cell = json_of_cell(design, report.cells[c]);
    cell["places"] = report.numbers[c];
    cell["certain"] = report.certain[c];
    cell["low_95"] = report.low[c];
    cell["high_95"] = report.high[c];
    cell["even"] = report.even[c];
    cell["step"] = report.cells[c].step;
    cell["floor"] = report.cells[c].floor;
    cell["price"] = report.cells[c].price;
    cell["one_step_more"] = report.one_more[c] ? json_of_gain(*report.one_more[c]) : MixJson(nullptr);
    cells.push_back(std::move(cell));
  }
  MixJson swaps = MixJson::array();
  for (MixSwap const& swap : report.swaps)
    swaps.push_back({{"from", json_of_cell(design, report.cells[swap.from])},
                     {"to", json_of_cell(design, report.cells[swap.to])},
                     {"gain", json_of_gain(swap.gain)}});
  MixJson shadow = nullptr;
  if (report.next) {
    MixCell const& cell = report.cells[*report.next];
    shadow = json_of_cell(design, cell);
    shadow["per_unit_of_budget"] = report.one_more[*report.next]->mean / (cell.price * cell.step);
    shadow["mc_se"] = report.one_more[*report.next]->mc_se / (cell.price * cell.step);
  }
  return MixJson{{"name", design.name},
                 {"data_class", data_class},
                 {"budget", *design.budget},
                 {"spent", report.spent},
                 {"cells", std::move(cells)},
                 {"gain", json_of_gain(report.over_none)},
                 {"gain_of_even_split", json_of_gain(report.even_over_none)},
                 {"gain_over_even_split", json_of_gain(report.over_even)},
                 {"even_split_is_fair", report.even_is_fair},
                 {"shadow_price", std::move(shadow)},
                 {"fairness_holds_back", report.fairness_holds_back},
                 {"may_save", report.may_save},
                 {"cannot_be_told_apart", std::move(swaps)},
                 {"resamples", report.resamples},
                 {"cut_short", report.cut_short},
                 {"search_cut_short", report.is_cut},
                 {"regions_apart", report.is_separable},
                 {"draws", report.draws},
                 {"replicates", report.replicates},
                 {"simulations", report.simulations}}
             .dump(2) +
         '\n';
}

std::string dimension_json(MixDesign const& design, DimensionReport const& report, std::string_view data_class) {
  MixJson needed = MixJson::array();
  for (std::size_t k = 0; k < report.certainty.size(); ++k)
    for (std::size_t c = 0; c < report.cells.size(); ++c) {
      NeededNumber const& one = report.needed[k][c];
      MixJson cell = json_of_cell(design, report.cells[c]);
      cell["certainty"] = report.certainty[k];
      cell["number"] = one.number;
      cell["is_met"] = one.is_met;
      cell["is_found"] = one.is_found;
      cell["staff"] = one.staff.empty() ? MixJson::object() : MixJson(one.staff);
      cell["share_in_time"] = one.share;
      cell["runs_met"] = one.runs_met;
      cell["runs_met_new"] = static_cast<double>(one.runs_met_new) / static_cast<double>(report.runs);
      cell["runs_met_new_low_95"] = one.low_95 ? MixJson(*one.low_95) : MixJson(nullptr);
      cell["runs_met_new_high_95"] = one.high_95 ? MixJson(*one.high_95) : MixJson(nullptr);
      cell["requests"] = one.requests;
      needed.push_back(std::move(cell));
    }
  return MixJson{{"name", design.name},
                 {"data_class", data_class},
                 {"within_days", static_cast<double>(design.standard->within.minutes) / minutes_per_day},
                 {"share", design.standard->share},
                 {"needed", std::move(needed)},
                 {"runs", report.runs},
                 {"draws", report.draws},
                 {"simulations", report.simulations},
                 {"cut_short", report.is_cut}}
             .dump(2) +
         '\n';
}

}  // namespace utvei
