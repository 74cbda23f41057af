// SPDX-License-Identifier: Apache-2.0
#include <utvei/analysis/region_words.hpp>
#include <utvei/analysis/regions.hpp>

#include <algorithm>
#include <array>

namespace utvei {
namespace {

/// What the parts of a difference are called.
struct ComponentWords {
  std::string_view name, nb, nn, en;
};
constexpr std::array all_component_words{
    ComponentWords{composition_component, "hvem som bor der (alder, kjennetegn)",
                   "kven som bur der (alder, kjenneteikn)", "who lives there (age, traits)"},
    ComponentWords{start_component, "hvor de står ved start", "kvar dei står ved start", "where they are at the start"},
    ComponentWords{labour_market_component, "arbeidsmarkedet", "arbeidsmarknaden", "the labour market"},
    ComponentWords{services_component, "tiltakene", "tiltaka", "the measures"},
    ComponentWords{assumed_services_component, "det som er forutsatt om tiltakene", "det som er føresett om tiltaka",
                   "what is assumed of the measures"},
    ComponentWords{limits_component, "hva som skjer ved grenser", "kva som skjer ved grenser",
                   "what happens at limits"},
    ComponentWords{trait_changes_component, "hvor fort kjennetegn endrer seg", "kor fort kjenneteikn endrar seg",
                   "how fast traits change"},
    ComponentWords{within_component, "ulikhet innad i områdene", "ulikskap innetter i områda",
                   "differences within the areas"},
    ComponentWords{"exits_from_outside", "rater ut av tilstander utenfor", "ratar ut av tilstandar utanfor",
                   "rates out of states outside"},
    ComponentWords{"exits_from_work", "rater ut av arbeid", "ratar ut av arbeid", "rates out of work"},
    ComponentWords{"exits_from_education", "rater ut av utdanning", "ratar ut av utdanning", "rates out of education"},
    ComponentWords{"exits_from_other_states", "rater ut av andre tilstander", "ratar ut av andre tilstandar",
                   "rates out of other states"},
    ComponentWords{"other_exits", "de andre ratene", "dei andre ratane", "the other rates"},
};

}  // namespace

std::string component_words(std::string_view component, std::string_view language) {
  auto const found = std::ranges::find(all_component_words, component, &ComponentWords::name);
  if (found == all_component_words.end()) return std::string{component};
  return std::string{language == "en" ? found->en : language == "nn" ? found->nn : found->nb};
}

}  // namespace utvei
