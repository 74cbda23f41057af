// SPDX-License-Identifier: Apache-2.0
#include "municipality_texts.hpp"

#include <array>

namespace utvei {
namespace {

constexpr std::string_view municipality_readme =
    R"text(# @CODE@ @NAME@

Denne mappen har alt som trengs for å regne framover for @NAME@, unntatt tall om kommunen selv. De ligger åpent hos SSB. Du lagrer dem
én gang, og så kjører alt uten nett.

## 1. Lagre to tabeller

| Tabell | Hva den har | Lagre som |
|---|---|---|
| [SSB 07459](https://www.ssb.no/statbank/table/07459) | befolkning 1. januar etter kjønn og alder | `tables/07459.json` |
| [SSB 13563](https://www.ssb.no/statbank/table/13563) | i arbeid, i utdanning eller utenfor, etter alder, 16. november | `tables/13563.json` |

På siden til hver tabell: velg verdiene under, vis tabellen, og velg **JSON-stat2** under «Lagre som».

- **07459**: region @CODE@ @NAME@ fra listen «Kommuner 2024, sammenslåtte tidsserier»; menn og kvinner; alle ettårige aldre (0 til 105+); «Personer»; år 2025.
- **13563**: region @CODE@ @NAME@ fra samme liste; statusene «I alt», sysselsatte, registrerte arbeidsledige, deltakere på arbeidsmarkedstiltak, under ordinær
  utdanning, mottakere av AAP/uføretrygd, mottakere av AFP/alderspensjon og andre; alder 15–29, 30–61 og 62 år eller eldre; innvandringskategori «i alt»; «Bosatte»; år 2024.

Heter noe annet i tabellen i dag, sier `utvei check` hva. Andre år: rett `year` og `date` i `population.yaml` og `start` i `scenario.yaml`.

## 2. Kjør

    utvei check population.yaml                      # sier hvilken tabell som mangler, og hvor den skal ligge
    utvei populate population.yaml -o people.h5      # lager innbyggerne, én for én
    utvei check scenario.yaml
    utvei run scenario.yaml --out runs               # ti år framover
    mkdir -p runs/tabeller
    utvei export runs/kommune_@CODE@.h5 -o runs/tabeller/

En hva-om er en linje i en ny fil: `extends: scenario.yaml`, et eget `name`, og `changes` (se kommentaren nederst i `scenario.yaml`). `utvei compare` setter de to ved siden av hverandre.

## 3. Til sammenligning

Tre tabeller til hjelper deg å se om tallene ligner. De trengs ikke for å kjøre.

| Tabell | Hva den har | Lagre som | Se på den |
|---|---|---|---|
| [SSB 12423](https://www.ssb.no/statbank/table/12423) | det samme som 13563, for hele landet | `tables/12423.json` | `utvei tables tables/12423.yaml` |
| [SSB 12427](https://www.ssb.no/statbank/table/12427) | hvor de som var i en status, er år senere | `tables/12427.csv` (semikolon, med tekst) | `utvei tables tables/12427.yaml` |
| [SSB 06944](https://www.ssb.no/statbank/table/06944) | husholdningenes inntekt i kommunen | `tables/06944.csv` (semikolon, med kode og tekst) | `utvei tables tables/06944.yaml` |

## Hva du kan stole på

- **Fra tabellene dine:** hvor mange som bor her etter kjønn og alder, og hvor mange som har hver status i tre aldersgrupper. Et tall på 1 eller 2 er endret til 0 eller 3 av SSB.
- **Fra landet:** hvordan en status deles videre (AAP eller uføretrygd, sykmeldt eller i jobb), hvor lenge folk har vært der, og hvem de er (`start/`).
- **Fra modellen av Norge** (`norway/`): hvor ofte folk går fra en status til en annen. Det er landets eller fylkets tall, et første anslag; mye er ikke
  kontrollert. Det som skiller @NAME@ fra fylket i framskrivingen, er altså hvem som bor her, ikke at ting skjer oftere eller sjeldnere.
- Den som jobber ved siden av studiene, er sysselsatt hos SSB, og i utdanning i modellen. Lærlinger er sysselsatte hos SSB.
- De som fyller 15 og de som flytter til landet, er kommunens del av fylkets etter folketallet. Flytting mellom kommuner er ikke med.

Tabeller fra SSB kan brukes fritt når kilden er oppgitt (CC BY 4.0).
)text";

constexpr std::string_view municipality_scenario =
    R"text(# Ti år framover for @CODE@ @NAME@, om alt går som i landet. README.md sier hva som må lagres først.
utvei: scenario/1
name: kommune_@CODE@
model: norway/model.yaml
rates: norway/calibrated.h5          # kalibrert mot publiserte tall for landet og fylkene
start: 2024-11-16
years: 10
population: {file: people.h5}        # utvei populate population.yaml -o people.h5
seed: 1
stock_dates: ["11-16"]
age_groups: [15, 18, 20, 25, 30, 40, 50, 62, 67, 75]
breakdowns:
  - [year, state]
  - [year, age_group, sex, state]
demography:
  entrants: {file: start/entrants.csv, state: school, age: 15}
  arrivals: {file: start/arrivals.csv}
# changes:                           # hva om: flere fra AAP til arbeid
#   - {transition: aap -> work, hazard_ratio: 1.2, from: 2026-01-01}
)text";

constexpr std::string_view municipality_population =
    R"text(# Innbyggerne i @CODE@ @NAME@ i november 2024, fra to tabeller av SSB: README.md.
utvei: population/1
name: kommune_@CODE@
model: norway/model.yaml
date: 2024-11-16
seed: 1
margins:                             # der de to er uenige, gjelder den første
  - {name: SSB 07459, file: tables/07459.yaml, where: {year: "2025"}}
  - name: SSB 13563
    file: tables/13563.yaml
    where: {year: "2024"}
    state_groups:                    # hva statusene til SSB heter i modellen
      status:
        employed: [work, sick_leave, aap_work, disability_work, apprenticeship]
        unemployed: unemployed
        measure: measure
        education: [school, higher_education]
        aap_disability: [aap, disability]
        pension: retired
        other: [other_scheme, no_known_status]
seed_table: {file: start/seed.csv}                            # hvordan alder, status og resten henger sammen i landet
time_in_state: {file: start/time_in_state.csv, count: share}
oldest: 106
)text";

constexpr std::string_view ssb_07459 =
    R"text(# SSB 07459, befolkning etter kommune, kjønn og alder.
utvei: mapping/1
model: ../norway/model.yaml
file: 07459.json
published:
  name: SSB table 07459 (Befolkning)
  address: https://www.ssb.no/statbank/table/07459
  save_as: "@CODE@ @NAME@ by sex and single year of age as JSON-stat2"
columns:
  Region: {as: region, keep: ["K-@CODE@"]}
  Kjonn: {as: sex, values: {"1": male, "2": female}}
  Alder:                             # modellen begynner ved 15 år
    as: age
    drop: ["000", "001", "002", "003", "004", "005", "006", "007", "008", "009", "010", "011", "012", "013", "014"]
  ContentsCode: {keep: Personer1}
  Tid: {as: year}
)text";

constexpr std::string_view ssb_13563 =
    R"text(# SSB 13563, hvem som er i arbeid, i utdanning eller ingen av delene, 16. november.
utvei: mapping/1
model: ../norway/model.yaml
file: 13563.json
published:
  name: SSB table 13563 (Prioritert arbeidsstyrkestatus)
  address: https://www.ssb.no/statbank/table/13563
  save_as: "@CODE@ @NAME@ by status and age (15-29, 30-61, 62+) as JSON-stat2"
columns:
  Region: {as: region, keep: ["K-@CODE@"]}
  HovArbStyrkStatus:
    as: status
    total: TOT
    values:
      "A.01": employed
      "A.09": unemployed
      "U.01": measure
      "U.03": education
      "U.04-U.05": aap_disability
      "U.06-U.07": pension
      "U.90A": other
  Alder: {as: age}
  InnvandrKat: {keep: A-G}
  ContentsCode: {keep: Bosatte}
  Tid: {as: year}
small: zero_or_three                 # hver 1 og 2 er endret til 0 eller 3
)text";

constexpr std::string_view ssb_12423 =
    R"text(# SSB 12423, det samme som 13563 for hele landet. Til sammenligning.
utvei: mapping/1
file: 12423.json
published:
  name: SSB table 12423
  address: https://www.ssb.no/statbank/table/12423
  save_as: the status of residents by sex and year as JSON-stat2
columns:
  HovArbStyrkStatus: {as: status}
  Kjonn: {as: sex, values: {"1": male, "2": female}}
  ContentsCode: {keep: Bosatte}
  Tid: {as: year}
small: zero_or_three
)text";

constexpr std::string_view ssb_12427 =
    R"text(# SSB 12427, hvor de som var i en status, er år senere. Til sammenligning.
utvei: mapping/1
file: 12427.csv
published:
  name: SSB table 12427 (Endring i arbeidsstyrkestatus)
  address: https://www.ssb.no/statbank/table/12427
  save_as: all variables as CSV in long form, with semicolons and texts
value: "12427: Endring i arbeidsstyrkestatus"
columns:
  startår: {as: start}
  prioritert arbeidsstyrkestatus i startåret: {as: status_at_start}
  prioritert arbeidsstyrkestatus i tidsserien: {as: status}
  statistikkvariabel: {keep: Bosatte}
  år: {as: year}
)text";

constexpr std::string_view ssb_06944 =
    R"text(# SSB 06944, husholdningenes inntekt i kommunen. Til sammenligning.
utvei: mapping/1
model: ../norway/model.yaml
file: 06944.csv
published:
  name: SSB table 06944 (Inntekt for husholdninger)
  address: https://www.ssb.no/statbank/table/06944
  save_as: "@CODE@ @NAME@ as CSV in long form, with semicolons, codes and texts"
columns:
  region: {as: region, keep: ["@CODE@"]}
  husholdningstype: {keep: "0000"}
  statistikkvariabel: {keep: "Inntekt etter skatt, median (kr)"}
  år: {as: year}
)text";

constexpr std::array texts{MunicipalityText{"README.md", municipality_readme},
                           MunicipalityText{"scenario.yaml", municipality_scenario},
                           MunicipalityText{"population.yaml", municipality_population},
                           MunicipalityText{"tables/07459.yaml", ssb_07459},
                           MunicipalityText{"tables/13563.yaml", ssb_13563},
                           MunicipalityText{"tables/12423.yaml", ssb_12423},
                           MunicipalityText{"tables/12427.yaml", ssb_12427},
                           MunicipalityText{"tables/06944.yaml", ssb_06944}};

}  // namespace

std::span<MunicipalityText const> municipality_texts() {
  return texts;
}

}  // namespace utvei
