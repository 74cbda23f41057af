// SPDX-License-Identifier: Apache-2.0
// One figure of each kind, with numbers of a believable size from a fixed stream of luck.
import { geoOf } from "./fixture_geo.js";

const t = (nb, nn = nb, en = nb) => ({ nb, nn, en });
const column = (name, type, nb, nn, en, more = {}) => ({ name, type, label: t(nb, nn, en), ...more });
const source = t("Kilde: utvei run, 200 trekninger, startverdi 42. Fiktive tall.", "Kjelde: utvei run, 200 trekkingar, startverdi 42. Fiktive tal.", "Source: utvei run, 200 draws, seed 42. Invented numbers.");
const years = Array.from({ length: 11 }, (_, at) => 2026 + at);
const round = (value, decimals = 0) => Number(value.toFixed(decimals));

export function stream(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const column_ = {
  scenario: column("scenario", "text", "Tiltak", "Tiltak", "Measure"), region: column("region", "text", "Region", "Region", "Region"),
  year: column("year", "integer", "År", "År", "Year"), state: column("state", "text", "Status", "Status", "State"),
  from: column("from", "text", "Fra", "Frå", "From"), to: column("to", "text", "Til", "Til", "To"), people: column("people", "integer", "Personer", "Personar", "People")
};
const interval = (level, type = "integer", more = {}) => [
  column(`low_${level}`, type, `Nedre ${level} %`, `Nedre ${level} %`, `Lower ${level}%`, more), column(`high_${level}`, type, `Øvre ${level} %`, `Øvre ${level} %`, `Upper ${level}%`, more)
];

function difference({ scenarios, regions, large }) {
  const luck = stream(1), rows = [];
  const places = ["", "40", "4001", ...(large ? regions.slice(0, 40).map(region => region.code) : [])];
  for (const region of [...new Set(places)]) {
    const size = region === "" ? 1 : region.length === 2 ? 0.4 : 0.12;
    scenarios.slice(1).forEach((scenario, index) => {
      const slope = -size * (46 - 9 * index + 6 * luck()) / 10;
      for (const year of years) {
        const middle = slope * (year - 2026) * (1 + 0.06 * (2031 - year) / 5), sd = size * (3 + 1.9 * (year - 2026));
        const at = z => round(middle + z * sd, 1);
        rows.push([scenario.name, region, year, round(1130 * size), round(1130 * size + middle), round(middle, 1), at(-0.674), at(0.674), at(-1.282), at(1.282), at(-1.96), at(1.96)]);
      }
    });
  }
  return {
    id: "difference-outside", kind: "difference_bands", title: t("Hvor mange færre er utenfor", "Kor mange færre er utanfor", "How many fewer are outside"),
    sentence: t("I 2036 er om lag 42 færre utenfor enn i dag, av 1 130; 80 % intervall 12 til 71.", "I 2036 er om lag 42 færre utanfor enn i dag, av 1 130; 80 % intervall 12 til 71.", "In 2036 some 42 fewer are outside than today, of 1,130; 80% interval 12 to 71."),
    definition: t("Utenfor arbeid, utdanning og tiltak, 15–29 år, 31. desember.", "Utanfor arbeid, utdanning og tiltak, 15–29 år, 31. desember.", "Outside work, education and measures, aged 15–29, on 31 December."), source, evidence: "low",
    sentences: { 4001: t("I Porsgrunn er om lag 5 færre utenfor i 2036, av 136.", "I Porsgrunn er om lag 5 færre utanfor i 2036, av 136.", "In Porsgrunn some 5 fewer are outside in 2036, of 136.") },
    columns: [column_.scenario, column_.region, column_.year, column("baseline", "integer", "Som i dag", "Som i dag", "As today"), column("value", "integer", "Med tiltaket", "Med tiltaket", "With the measure"),
      column("difference", "number", "Forskjell", "Skilnad", "Difference", { decimals: 1 }), ...["50", "80", "95"].flatMap(level => interval(level, "number", { decimals: 1 }))],
    rows, held_back: 0, options: { outcome: "outside", unit: t("personer", "personar", "people"), better: "less" }
  };
}

function distribution({ scenarios, states }) {
  const base = { school: 0.14, apprenticeship: 0.03, higher_education: 0.08, work: 0.45, sick_leave: 0.03, unemployed: 0.018, aap: 0.031, disability: 0.065, no_known_status: 0.034, retired: 0.11, abroad: 0.012 };
  const rows = [];
  scenarios.forEach((scenario, index) => {
    for (const year of years) {
      const moved = 0.002 * index ** 0.5 * (year - 2026) / 2;
      const shares = { ...base, work: base.work + moved - 0.004 * (year - 2026), retired: base.retired + 0.005 * (year - 2026), disability: base.disability - 0.6 * moved, aap: base.aap - 0.2 * moved, no_known_status: base.no_known_status - 0.2 * moved, school: base.school - 0.001 * (year - 2026) };
      for (const state of states) rows.push([scenario.name, year, state.name, round(141000 * shares[state.name]), round(shares[state.name], 5)]);
    }
  });
  return {
    id: "distribution-states", kind: "state_distribution", title: t("Hvor folk er, år for år", "Kvar folk er, år for år", "Where people are, year by year"),
    sentence: t("Flere blir pensjonister i begge tilfeller; med tiltaket er noen flere i arbeid.", "Fleire blir pensjonistar i begge tilfelle; med tiltaket er nokre fleire i arbeid.", "More people retire either way; with the measure some more are at work."), source,
    columns: [column_.scenario, column_.year, column_.state, column_.people, column("share", "percent", "Andel", "Del", "Share")], rows, held_back: 3, options: {}
  };
}

function sankey({ scenarios }) {
  const columns = [2026, 2029, 2032], names = ["school", "work", "unemployed", "aap", "disability", "no_known_status"];
  const stay = { school: [300, 420, 30, 12, 2, 34], work: [20, 2700, 70, 40, 8, 25], unemployed: [5, 95, 45, 28, 4, 12], aap: [2, 40, 12, 110, 60, 6], disability: [0, 4, 0, 2, 380, 1], no_known_status: [20, 70, 14, 12, 3, 60] };
  const rows = [];
  for (const scenario of scenarios.slice(0, 2)) {
    for (let at = 0; at < 2; ++at) {
      for (const from of names) {
        names.forEach((to, index) => {
          const people = stay[from][index];
          if (people) rows.push([scenario.name, `${columns[at]} ${from}`, `${columns[at + 1]} ${to}`, people, Number(["school", "work", "no_known_status", "unemployed"].includes(from) && ["aap", "disability", "no_known_status"].includes(to) && from !== to)]);
        });
      }
    }
  }
  return {
    id: "flows", kind: "sankey", title: t("Hvem går hvor", "Kven går kvar", "Who goes where"), sentence: t("De fleste blir der de er; 34 av 798 går fra skole til ukjent status på tre år.", "Dei fleste blir der dei er; 34 av 798 går frå skule til ukjend status på tre år.", "Most stay where they are; 34 of 798 go from school to no known status in three years."), source,
    columns: [column_.scenario, column_.from, column_.to, column_.people, column("risky", "integer", "Risiko", "Risiko", "Risky")], rows, held_back: 2,
    options: { nodes: columns.flatMap((year, at) => names.map(state => ({ id: `${year} ${state}`, state, column: at }))), columns: columns.map(year => t(String(year))) }
  };
}

function regionMap({ regions, large }, id, chosen, geo) {
  const luck = stream(7);
  const rows = chosen.map(region => {
    const people = Math.round(80 + 4000 * luck() ** 3), value = 0.06 + 0.1 * luck() + 0.02 * luck();
    const sd = Math.sqrt(value * (1 - value) / people), borrowed = people < 110;
    return [region.code, round(value, 4), round(value - 1.28 * sd, 4), round(value + 1.28 * sd, 4), round(Math.max(0, value - 1.96 * sd), 4), round(value + 1.96 * sd, 4), Math.round(people * value), people, borrowed ? "labour_market" : region.level];
  });
  return {
    id, kind: "region_map", title: t("Hvor mange er utenfor, sted for sted", "Kor mange er utanfor, stad for stad", "How many are outside, place by place"),
    sentence: t("Andelen går fra 6 til 18 prosent. Mange intervaller overlapper; rekkefølgen er usikker.", "Delen går frå 6 til 18 prosent. Mange intervall overlappar; rekkjefølgja er usikker.", "The share runs from 6 to 18 per cent. Many intervals overlap; the order is uncertain."), source,
    columns: [column_.region, column("value", "percent", "Andel", "Del", "Share"), ...interval("80", "percent"), ...interval("95", "percent"), column_.people, column("eligible", "integer", "Av", "Av", "Of"), column("basis", "text", "Grunnlag", "Grunnlag", "Basis")],
    rows, held_back: 0, labels: { basis: { municipality: t("kommunen", "kommunen", "the municipality"), county: t("fylket", "fylket", "the county"), labour_market: t("bo- og arbeidsmarkedsregionen", "bu- og arbeidsmarknadsregionen", "the labour market region") } },
    options: { unit: t("% utenfor, 15–29 år", "% utanfor, 15–29 år", "% outside, aged 15–29"), better: "less", geo, key: "kommunenummer" }
  };
}

function funnel({ regions }, chosen) {
  const luck = stream(11);
  const limits = Array.from({ length: 60 }, (_, at) => {
    const expected = 8 + at * at * 0.35;
    return { expected: round(expected, 1), low_95: round(expected - 1.96 * Math.sqrt(expected), 1), high_95: round(expected + 1.96 * Math.sqrt(expected), 1), low_998: round(expected - 3.09 * Math.sqrt(expected), 1), high_998: round(expected + 3.09 * Math.sqrt(expected), 1) };
  });
  const rows = chosen.map(region => {
    const expected = 9 + 900 * luck() ** 4, observed = Math.max(0, Math.round(expected + 1.4 * Math.sqrt(expected) * (luck() + luck() + luck() - 1.5) * 2));
    const z = (observed - expected) / Math.sqrt(expected);
    return [region.code, observed, round(expected, 1), round(observed / expected, 3), round(observed / expected - 1.96 * Math.sqrt(observed) / expected, 3), round(observed / expected + 1.96 * Math.sqrt(observed) / expected, 3), z < -3.09 ? "lower" : z > 3.09 ? "higher" : ""];
  });
  return {
    id: "expected", kind: "funnel", title: t("Hvem gjør det bedre enn ventet", "Kven gjer det betre enn venta", "Who does better than expected"),
    sentence: t("De fleste ligger innenfor det tilfeldigheter alene gir. Noen få gjør det bedre eller dårligere enn ventet ut fra hvem som bor der.", "Dei fleste ligg innanfor det tilfelle åleine gir. Nokre få gjer det betre eller dårlegare enn venta ut frå kven som bur der.", "Most lie within what chance alone gives. A few do better or worse than expected from who lives there."), source,
    columns: [column_.region, column("observed", "integer", "Observert", "Observert", "Observed"), column("expected", "number", "Forventet", "Forventa", "Expected"), column("ratio", "number", "Forhold", "Forhold", "Ratio", { decimals: 2 }), ...interval("95", "number", { decimals: 2 }), column("flag", "text", "Merket", "Merkt", "Flag")],
    labels: { flag: { lower: t("lavere enn ventet", "lågare enn venta", "lower than expected"), higher: t("høyere enn ventet", "høgare enn venta", "higher than expected") } }, rows, held_back: 0, options: { limits }
  };
}

function decomposition() {
  const components = [["composition", 0.8], ["starting_stock", 0.5], ["labour_market", 0.9], ["services", -0.3], ["remaining", 0.4]];
  const rows = [];
  for (const [region, size] of [["40", 1], ["4001", 1.4], ["4003", 0.7]]) {
    for (const [name, value] of [...components, ["total", 2.3]]) rows.push([region, "", "outside", name, round(value * size, 2), round((value - 0.35) * size, 2), round((value + 0.35) * size, 2)]);
  }
  return {
    id: "why", kind: "decomposition", title: t("Hva forskjellen består av", "Kva skilnaden er sett saman av", "What the difference is made of"), sentence: t("Av 2,3 prosentpoeng henger 0,8 sammen med hvem som bor der og 0,9 med arbeidsmarkedet.", "Av 2,3 prosentpoeng heng 0,8 saman med kven som bur der og 0,9 med arbeidsmarknaden.", "Of 2.3 percentage points 0.8 goes with who lives there and 0.9 with the labour market."), source,
    columns: [column_.region, column("reference", "text", "Sammenlignet med", "Samanlikna med", "Compared with"), column("outcome", "text", "Utfall", "Utfall", "Outcome"), column("component", "text", "Del", "Del", "Part"), column("contribution", "number", "Prosentpoeng", "Prosentpoeng", "Percentage points", { decimals: 1 }), ...interval("95", "number", { decimals: 1 })],
    labels: { component: { composition: t("Hvem som bor der", "Kven som bur der", "Who lives there"), starting_stock: t("Hvor de startet", "Kvar dei starta", "Where they started"), labour_market: t("Arbeidsmarkedet", "Arbeidsmarknaden", "The labour market"), services: t("Tjenestene", "Tenestene", "The services"), remaining: t("Resten av ratene", "Resten av ratane", "The remaining rates"), total: t("Samlet forskjell", "Samla skilnad", "Total difference") }, reference: { "": t("landet", "landet", "the country") } },
    rows, held_back: 0, options: { unit: t("prosentpoeng", "prosentpoeng", "percentage points") }
  };
}

function money({ scenarios }) {
  const payers = [["state", 41.2e6, 19e6], ["municipality", -12.6e6, 4e6], ["county", -2.1e6, 0.8e6], ["employer", 3.3e6, 2e6], ["person", 14.8e6, 6e6]];
  const rows = [];
  scenarios.slice(1).forEach((scenario, index) => {
    const size = 1 - 0.25 * (index % 4), sum = payers.reduce((total, payer) => total + payer[1], 0);
    for (const [payer, amount, half] of [...payers, ["sum", sum, 24e6]]) rows.push([scenario.name, payer, round(amount * size), round((amount - half) * size), round((amount + half) * size), round((amount - 1.5 * half) * size), round((amount + 1.5 * half) * size)]);
  });
  return {
    id: "money-payers", kind: "waterfall", title: t("Hvem sparer og hvem betaler", "Kven sparer og kven betaler", "Who saves and who pays"), sentence: t("Staten sparer 41 millioner kroner over ti år; kommunen bruker 13 millioner mer.", "Staten sparer 41 millionar kroner over ti år; kommunen bruker 13 millionar meir.", "The state saves 41 million kroner over ten years; the municipality spends 13 million more."), source,
    definition: t("Nåverdi 2026–2036, 4 % rente.", "Noverdi 2026–2036, 4 % rente.", "Present value 2026–2036, 4% interest."), columns: [column_.scenario, column("payer", "text", "Betaler", "Betalar", "Payer"), column("amount", "kroner", "Kroner", "Kroner", "Kroner"), ...interval("80", "kroner"), ...interval("95", "kroner")],
    labels: { payer: { state: t("Staten", "Staten", "The state"), municipality: t("Kommunen", "Kommunen", "The municipality"), county: t("Fylkeskommunen", "Fylkeskommunen", "The county"), employer: t("Arbeidsgiverne", "Arbeidsgivarane", "Employers"), person: t("Personen selv", "Personen sjølv", "The person"), sum: t("Samfunnet i alt", "Samfunnet i alt", "Society in all") } }, rows, held_back: 0, options: {}
  };
}

function breakEven({ scenarios }) {
  const rows = scenarios.slice(1).flatMap((scenario, index) => years.map((year, at) => {
    const net = (-9 + 1.1 * at + 0.32 * at * at - index * 3) * 1e6;
    return [scenario.name, year, round(net), round(net - (1 + at) * 1.4e6), round(net + (1 + at) * 1.4e6)];
  }));
  return {
    id: "break-even", kind: "break_even", title: t("Når tiltaket har tjent seg inn", "Når tiltaket har tent seg inn", "When the measure has paid for itself"), sentence: t("Summen så langt går over null i 2031.", "Summen så langt går over null i 2031.", "The sum so far passes zero in 2031."), source,
    columns: [column_.scenario, column_.year, column("net", "kroner", "Sum så langt", "Sum så langt", "Sum so far"), ...interval("80", "kroner")], rows, held_back: 0, options: {}
  };
}

function acceptability({ scenarios }) {
  const rows = scenarios.slice(1).flatMap((scenario, index) => Array.from({ length: 21 }, (_, at) => [scenario.name, at * 50000, round(1 / (1 + Math.exp(-(at - 8 - 2 * index) / 2.6)), 3)]));
  return {
    id: "acceptability", kind: "acceptability", title: t("Hvor sikkert er det at det er verdt pengene", "Kor sikkert er det at det er verdt pengane", "How sure it is that it is worth the money"), sentence: t("Er et år i arbeid verdt 500 000 kroner, er det 68 % sannsynlig at tiltaket er det.", "Er eit år i arbeid verdt 500 000 kroner, er det 68 % sannsynleg at tiltaket er det.", "If a year in work is worth 500,000 kroner, the measure is with a probability of 68%."), source,
    columns: [column_.scenario, column("threshold", "kroner", "Betalingsvilje", "Betalingsvilje", "Willingness to pay"), column("probability", "percent", "Sannsynlighet", "Sannsyn", "Probability", { decimals: 0 })], rows, held_back: 0, options: {}
  };
}

function tornado() {
  const inputs = [["Effekten av jobbstøtte (HR), unge 18–29 år", -71, -9, 0.48, "low"], ["Andel som takker ja", -58, -27, 0.21, "assumed"], ["Rate fra AAP til arbeid", -55, -30, 0.12, "high"], ["Hvor lenge effekten varer", -49, -33, 0.08, "assumed"], ["Ledigheten", -40, -46, 0.04, "moderate"], ["Plasser i bruk", -44, -39, 0.02, "high"]];
  return {
    id: "tornado", kind: "tornado", title: t("Hva som betyr mest for svaret", "Kva som betyr mest for svaret", "What matters most for the answer"), sentence: t("Nær halvparten av usikkerheten kommer fra hvor godt jobbstøtte virker.", "Nær halvparten av uvissa kjem frå kor godt jobbstøtte verkar.", "Nearly half of the uncertainty comes from how well job support works."), source,
    columns: [column("input", "text", "Tall", "Tal", "Input"), column("at_low", "number", "Ved lavt", "Ved lågt", "At low", { decimals: 0 }), column("at_high", "number", "Ved høyt", "Ved høgt", "At high", { decimals: 0 }), column("share", "percent", "Andel av variansen", "Del av variansen", "Share of variance", { decimals: 0 }), column("evidence", "text", "Tillit", "Tillit", "Evidence")],
    labels: { evidence: { low: t("lav", "låg", "low"), assumed: t("forutsatt", "føresett", "assumed"), high: t("høy", "høg", "high"), moderate: t("middels", "middels", "moderate") } }, rows: inputs, held_back: 0, options: { centre: -42, unit: t("færre utenfor i 2036", "færre utanfor i 2036", "fewer outside in 2036") }
  };
}

function sequences({ large }) {
  const luck = stream(23), rows = [], count = large ? 1000 : 200;
  const next = { school: ["work", "work", "apprenticeship", "no_known_status", "higher_education"], apprenticeship: ["work", "work", "unemployed"], higher_education: ["work"], work: ["unemployed", "sick_leave", "work"], sick_leave: ["work", "work", "aap"], unemployed: ["work", "aap", "no_known_status"], aap: ["work", "disability", "aap"], no_known_status: ["work", "aap", "school"] };
  for (let person = 1; person <= count; ++person) {
    let at = 2026, state = person / count < 0.6 ? "school" : "work";
    while (at < 2036) {
      const until = Math.min(2036, at + 0.4 + 4 * luck() ** 2);
      rows.push([person, round(at, 2), round(until, 2), state]);
      at = until;
      const choices = next[state] ?? [state];
      state = choices[Math.floor(luck() * choices.length)];
    }
  }
  return {
    id: "sequences", kind: "sequence_index", title: t("Veiene til enkeltpersoner", "Vegane til einskildpersonar", "The pathways of single people"), sentence: t(`${count} syntetiske personer fra 2026 til 2036; ingen av dem finnes.`, `${count} syntetiske personar frå 2026 til 2036; ingen av dei finst.`, `${count} synthetic people from 2026 to 2036; none of them exists.`), source,
    columns: [column("person", "integer", "Person", "Person", "Person"), column("from", "years", "Fra", "Frå", "From", { decimals: 2 }), column("to", "years", "Til", "Til", "To", { decimals: 2 }), column_.state], rows, held_back: 0, options: { start: 2026, end: 2036 }
  };
}

function lifeLines() {
  const rows = [
    ["today", 2026, 2026.6, "work", null], ["today", 2026.6, 2027.6, "sick_leave", "Helse"], ["today", 2027.6, 2028.5, "aap", "Gjeld"], ["today", 2028.5, 2029.5, "aap", "Omsorg for to små"], ["today", 2029.5, 2031, "unemployed", "Vold"], ["today", 2031, 2034, "work", null],
    ["together", 2026, 2026.6, "work", null], ["together", 2026.6, 2027.4, "sick_leave", "Alle behov samlet"], ["together", 2027.4, 2028.3, "aap", null], ["together", 2028.3, 2034, "work", null]
  ];
  return {
    id: "anne", kind: "life_lines", title: t("Anne, to måter å jobbe på", "Anne, to måtar å jobbe på", "Anne, two ways of working"), sentence: t("Kartlegges alt samtidig, er Anne i arbeid nesten tre år før.", "Blir alt kartlagt samtidig, er Anne i arbeid nesten tre år før.", "When all is mapped at once, Anne is at work nearly three years earlier."), source,
    columns: [column("way", "text", "Måte", "Måte", "Way"), column("from", "years", "Fra", "Frå", "From", { decimals: 1 }), column("to", "years", "Til", "Til", "To", { decimals: 1 }), column_.state, column("text", "text", "Hva", "Kva", "What")],
    labels: { way: { today: t("Ett behov om gangen", "Eitt behov om gongen", "One need at a time"), together: t("Alle behov samtidig", "Alle behov samtidig", "All needs at once") } }, rows, held_back: 0, options: { person: t("Anne, 34 år", "Anne, 34 år", "Anne, 34 years") }
  };
}

function waiting({ scenarios }) {
  const rows = scenarios.slice(1).flatMap((scenario, index) => years.map((year, at) => [scenario.name, "ips", year, 60 + 10 * index, Math.min(60 + 10 * index, 22 + 9 * at), Math.max(0, Math.round(6 * (at - 3) - index * 4)), Math.max(0, Math.round(3.3 * (at - 4))), round(20 + 9 * at)]));
  return {
    id: "waiting-lists", kind: "waiting", title: t("Plasser og venteliste", "Plassar og venteliste", "Places and the waiting list"), sentence: t("Fra 2031 er plassene fulle; i 2036 venter 42 og 20 fikk aldri plass.", "Frå 2031 er plassane fulle; i 2036 ventar 42 og 20 fekk aldri plass.", "From 2031 the places are full; in 2036 42 wait and 20 never got a place."), source,
    columns: [column_.scenario, column("measure", "text", "Tilbud", "Tilbod", "Service"), column_.year, column("places", "integer", "Plasser", "Plassar", "Places"), column("participants", "integer", "Deltakere", "Deltakarar", "Participants"), column("waiting", "integer", "Venter", "Ventar", "Waiting"), column("unserved", "integer", "Fikk ikke plass", "Fekk ikkje plass", "Unserved"), column("mean_wait_days", "days", "Dager ventet", "Dagar venta", "Days waited")],
    labels: { measure: { ips: t("Jobbstøtte", "Jobbstøtte", "Job support") } }, rows, held_back: 0, options: {}
  };
}

function pathwayGraph() {
  const rows = [["school", "work", 4200], ["school", "apprenticeship", 1900], ["school", "higher_education", 3300], ["school", "no_known_status", 340], ["apprenticeship", "work", 1700], ["higher_education", "work", 3000], ["work", "sick_leave", 5200], ["sick_leave", "work", 4700], ["sick_leave", "aap", 430], ["work", "unemployed", 2600], ["unemployed", "work", 2300], ["unemployed", "aap", 190], ["aap", "work", 260], ["aap", "disability", 410], ["no_known_status", "work", 520], ["no_known_status", "aap", 70], ["unemployed", "no_known_status", 130], ["work", "retired", 1800], ["disability", "retired", 600]];
  return {
    id: "graph", kind: "pathway_graph", title: t("Veiene mellom statusene", "Vegane mellom statusane", "The ways between the states"), sentence: t("Hvert år går 430 fra sykmelding til AAP og 410 fra AAP til uføretrygd.", "Kvart år går 430 frå sjukmelding til AAP og 410 frå AAP til uføretrygd.", "Each year 430 go from sick leave to AAP and 410 from AAP to disability benefit."), source,
    columns: [column_.from, column_.to, column_.people], rows, held_back: 0, options: {}
  };
}

function recognise() {
  const rows = [];
  for (const [region, size] of [["", 40], ["40", 1], ["4001", 0.2]]) {
    for (const [definition, date, published, miss, half, out] of [["neet", "2024-12-31", 2890, 0.04, 0.05, 1], ["disability", "2024-12-31", 13140, -0.02, 0.015, 1], ["unemployed", "2024-11-30", 1980, -0.11, 0.08, 1], ["aap", "2024-12-31", 4020, 0.01, 0.04, 0], ["work", "2024-11-30", 82400, 0.006, 0.01, 0]]) {
      const real = Math.round(published * size), model = Math.round(real * (1 + miss));
      rows.push([region, definition, date, real, model, model - real, Math.round(model * (1 - half)), Math.round(model * (1 + half)), Number(Math.abs(miss) <= half), "SSB / NAV", out]);
    }
  }
  return {
    id: "recognise", kind: "recognise", title: t("Kjenner du deg igjen?", "Kjenner du deg att?", "Do you recognise yourself?"), sentence: t("Fire av fem tall for 2024 ligger innenfor det modellen sa i 2020.", "Fire av fem tal for 2024 ligg innanfor det modellen sa i 2020.", "Four of five numbers for 2024 lie within what the model said in 2020."), source,
    columns: [column_.region, column("definition", "text", "Tall", "Tal", "Number"), column("date", "text", "Dato", "Dato", "Date"), column("published", "integer", "Publisert", "Publisert", "Published"), column("model", "integer", "Modellen", "Modellen", "The model"), column("difference", "integer", "Bom", "Bom", "Miss"), ...interval("90"), column("inside", "integer", "Innenfor", "Innanfor", "Inside"), column("source", "text", "Kilde", "Kjelde", "Source"), column("kept_out", "integer", "Holdt utenfor", "Halde utanfor", "Kept out")],
    labels: { definition: { neet: t("Utenfor arbeid og utdanning, 15–29 år", "Utanfor arbeid og utdanning, 15–29 år", "NEET, aged 15–29"), disability: t("Uføretrygdede, 18–66 år", "Uføretrygda, 18–66 år", "On disability benefit, 18–66"), unemployed: t("Registrert helt ledige", "Registrert heilt ledige", "Registered unemployed"), aap: t("Mottakere av AAP", "Mottakarar av AAP", "On AAP"), work: t("Sysselsatte", "Sysselsette", "Employed") } }, rows, held_back: 0, options: {}
  };
}

function batch({ scenarios }) {
  const heat = [20, 40, 60, 80, 100].flatMap(x => [0.5, 0.7, 0.9].map(y => [x, y, round(-(x ** 0.7) * y * 1.4, 1)]));
  const curve = Array.from({ length: 9 }, (_, at) => [at * 20, round(-46 * (1 - Math.exp(-at / 3)), 1), round(-46 * (1 - Math.exp(-at / 3)) * 1.6 - 1, 1), round(-46 * (1 - Math.exp(-at / 3)) * 0.4 + 1, 1)]);
  const ranks = scenarios.map((scenario, at) => [scenario.name, round(at === 0 ? 0.02 : at === 1 ? 0.83 : 0.15 / (scenarios.length - 2), 3), round(1 + (at === 0 ? scenarios.length - 1 : at) * 0.9, 1)]);
  const shared = { source, held_back: 0 };
  const x = column("x", "integer", "Plasser", "Plassar", "Places");
  return [
    { ...shared, id: "batch-heat", kind: "heat", title: t("Plasser og hvor mange som takker ja", "Plassar og kor mange som takkar ja", "Places and how many accept"), sentence: t("Flere plasser hjelper mest når mange takker ja.", "Fleire plassar hjelper mest når mange takkar ja.", "More places help most when many accept."), columns: [x, column("y", "percent", "Takker ja", "Takkar ja", "Accept", { decimals: 0 }), column("value", "number", "Færre utenfor", "Færre utanfor", "Fewer outside")], rows: heat, options: { unit: t("forskjell i antall utenfor", "skilnad i talet på utanfor", "difference in people outside") } },
    { ...shared, id: "batch-curve", kind: "curve", title: t("Virkningen av flere plasser", "Verknaden av fleire plassar", "The effect of more places"), sentence: t("De første 60 plassene gir mest.", "Dei første 60 plassane gir mest.", "The first 60 places give most."), columns: [x, column("value", "number", "Forskjell", "Skilnad", "Difference"), ...interval("95", "number")], rows: curve, options: { unit: t("forskjell i antall utenfor", "skilnad i talet på utanfor", "difference in people outside") } },
    { ...shared, id: "batch-ranking", kind: "ranking", title: t("Hvilket tiltak er best", "Kva tiltak er best", "Which measure is best"), sentence: t("Jobbstøtte for unge er best i 83 av 100 trekninger.", "Jobbstøtte for unge er best i 83 av 100 trekkingar.", "Job support for the young is best in 83 of 100 draws."), columns: [column_.scenario, column("probability_best", "percent", "Best", "Best", "Best", { decimals: 0 }), column("expected_rank", "number", "Forventet plass", "Forventa plass", "Expected rank")], rows: ranks, options: {} }
  ];
}

function assumptions() {
  return {
    id: "assumptions-table", kind: "table", title: t("Forutsetninger og hva de hviler på", "Føresetnader og kva dei kviler på", "Assumptions and what they rest on"), sentence: t("To av fire tall er forutsatt og ikke målt.", "To av fire tal er føresette og ikkje målte.", "Two of four numbers are assumed and not measured."), source, evidence: "assumed",
    columns: [column("input", "text", "Tall", "Tal", "Input"), column("value", "number", "Verdi", "Verdi", "Value", { decimals: 2 }), column("basis", "text", "Grunnlag", "Grunnlag", "Basis")],
    rows: [["Hasardforhold for arbeid", 1.35, "Norsk randomisert studie"], ["Andel som takker ja <80 %> & mer", 0.7, "Forutsatt"], ["Hvor lenge effekten varer, år", 3, "Forutsatt"], ["Kostnad per plass og måned, kr", null, "=Oppgitt av kommunen"]], held_back: 1, options: {}
  };
}

/** The sections of the fixture: [id, heading, figures]. */
export function figuresOfFixture(world) {
  const municipalities = world.regions.filter(region => region.level === "municipality"), counties = world.regions.filter(region => region.level === "county");
  const geo = world.geo ? geoOf(municipalities) : null;
  const placed = world.large ? municipalities : municipalities.filter(region => region.parent !== "34");
  return [
    ["recognise-section", t("Kjenner du deg igjen?", "Kjenner du deg att?", "Do you recognise yourself?"), [recognise(world)]],
    ["difference", t("Forskjellen over tid", "Skilnaden over tid", "The difference over time"), [difference(world)]],
    ["states", t("Hvor folk er", "Kvar folk er", "Where people are"), [distribution(world)]],
    ["flows-section", t("Strømmene", "Straumane", "The flows"), [sankey(world), pathwayGraph(world)]],
    ["places", t("Kommunene", "Kommunane", "The municipalities"), [regionMap(world, "map-municipalities", placed, geo), regionMap(world, "map-counties", counties, null), regionMap(world, "map-telemark", municipalities.filter(region => region.parent === "40"), null)]],
    ["better", t("Bedre enn ventet", "Betre enn venta", "Better than expected"), [funnel(world, municipalities), decomposition(world)]],
    ["money", t("Pengene", "Pengane", "The money"), [money(world), breakEven(world), acceptability(world)]],
    ["sure", t("Hvor sikkert det er", "Kor sikkert det er", "How sure it is"), [tornado(world), ...batch(world)]],
    ["pathways", t("Enkeltpersoner", "Einskildpersonar", "Single people"), [lifeLines(world), sequences(world)]],
    ["queues", t("Ventelister", "Ventelister", "Waiting lists"), [waiting(world)]],
    ["basis", t("Forutsetninger", "Føresetnader", "Assumptions"), [assumptions(world)]]
  ];
}
