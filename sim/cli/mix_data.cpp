// SPDX-License-Identifier: Apache-2.0
#include "mix_data.hpp"

#include <utility>

namespace utvei {

MixWorld PreparedMix::world() const {
  Prepared const& of = prepared();
  return {of.scenario,
          of.rates,
          *of.population,
          of.income ? &*of.income : nullptr,
          of.money ? &*of.money : nullptr,
          class_of(of) == "register"};
}

PreparedMix prepare_mix(std::string const& path, std::vector<Override> const& overrides, std::size_t threads,
                        Diagnostics& diagnostics) {
  PreparedMix mix{read_mix(path, overrides, Request{}, diagnostics), {}, {}};
  if (diagnostics.has_errors()) return mix;
  Preparation preparation{{}, threads, diagnostics};
  Prepared const* const prepared = preparation.add(mix.design.scenario, Request{mix.design.scenario_place});
  mix.scenario = std::move(preparation.all());
  if (prepared) mix.cells = mix_cells(mix.design, mix.world(), diagnostics);
  return mix;
}

}  // namespace utvei
