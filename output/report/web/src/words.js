// SPDX-License-Identifier: Apache-2.0
// The page's own words. A word of the document with the same key wins.

export const words = {
  skip: { nb: "Hopp til innholdet", nn: "Hopp til innhaldet", en: "Skip to content" },
  tools: { nb: "Valg for siden", nn: "Val for sida", en: "Page tools" },
  contents: { nb: "Innhold", nn: "Innhald", en: "Contents" },
  language: { nb: "Språk", nn: "Språk", en: "Language" },
  ownRegion: { nb: "Din kommune", nn: "Din kommune", en: "Your municipality" },
  ownRegionCounty: { nb: "Ditt fylke", nn: "Ditt fylke", en: "Your county" },
  ownRegionArea: { nb: "Ditt område", nn: "Ditt område", en: "Your area" },
  placeIn: { nb: "ligger i {region}", nn: "ligg i {region}", en: "is in {region}" },
  placeLies: { nb: "{place} ligger i {region}.", nn: "{place} ligg i {region}.", en: "{place} is in {region}." },
  placeNumbers: {
    nb: "Modellen har tall for hele {region}, ikke for {place} alene.",
    nn: "Modellen har tal for heile {region}, ikkje for {place} åleine.",
    en: "The model has numbers of all of {region}, not of {place} alone."
  },
  showRegion: { nb: "Vis {region}", nn: "Vis {region}", en: "Show {region}" },
  ownRegionHint: { nb: "Navn eller nummer", nn: "Namn eller nummer", en: "Name or number" },
  clearRegion: { nb: "Vis alle", nn: "Vis alle", en: "Show all" },
  regionChosen: { nb: "{region} er valgt.", nn: "{region} er vald.", en: "{region} is chosen." },
  regionUnknown: {
    nb: "Finner ikke «{text}». Ingen er valgt.",
    nn: "Finn ikkje «{text}». Ingen er vald.",
    en: "“{text}” is not found. None is chosen."
  },
  regionMeant: { nb: "Mente du", nn: "Meinte du", en: "Did you mean" },
  regionCleared: { nb: "Viser alle.", nn: "Viser alle.", en: "Showing all." },
  measureShown: { nb: "Tiltak", nn: "Tiltak", en: "Measure" },
  print: { nb: "Skriv ut", nn: "Skriv ut", en: "Print" },
  copy: { nb: "Kopier plantekst", nn: "Kopier plantekst", en: "Copy plan text" },
  copied: { nb: "Planteksten er kopiert.", nn: "Planteksten er kopiert.", en: "The plan text is copied." },
  copyFailed: {
    nb: "Nettleseren slapp ikke til utklippstavla. Last ned .docx i stedet.",
    nn: "Nettlesaren sleppte ikkje til utklippstavla. Last ned .docx i staden.",
    en: "The browser gave no access to the clipboard. Download the .docx instead."
  },
  docx: { nb: "Last ned .docx", nn: "Last ned .docx", en: "Download .docx" },
  docxMade: { nb: "Dokumentet er lastet ned.", nn: "Dokumentet er lasta ned.", en: "The document is downloaded." },
  docxFailed: {
    nb: "Kunne ikke lage dokumentet: {why}",
    nn: "Kunne ikkje lage dokumentet: {why}",
    en: "The document could not be made: {why}"
  },
  figure: { nb: "Figur", nn: "Figur", en: "Figure" },
  table: { nb: "Tabell", nn: "Tabell", en: "Table" },
  map: { nb: "Kart", nn: "Kart", en: "Map" },
  tiles: { nb: "Ruter", nn: "Ruter", en: "Tiles" },
  strip: { nb: "Rangert", nn: "Rangert", en: "Ranked" },
  waitTime: { nb: "Ventetid", nn: "Ventetid", en: "Waiting time" },
  download: { nb: "Last ned", nn: "Last ned", en: "Download" },
  views: { nb: "Visninger av", nn: "Visingar av", en: "Views of" },
  definition: { nb: "Definisjon", nn: "Definisjon", en: "Definition" },
  source: { nb: "Kilde", nn: "Kjelde", en: "Source" },
  note: { nb: "Merk", nn: "Merk", en: "Note" },
  heldBack: {
    nb: "{n} tall er holdt tilbake fordi de gjelder for få personer. De står som – i tabellen.",
    nn: "{n} tal er haldne tilbake fordi dei gjeld for få personar. Dei står som – i tabellen.",
    en: "{n} numbers are held back because they are of too few people. They stand as – in the table."
  },
  areaIs: { nb: "Gjelder {shown}", nn: "Gjeld {shown}", en: "For {shown}" },
  areaShown: { nb: "Gjelder {shown}, ikke {own}", nn: "Gjeld {shown}, ikkje {own}", en: "For {shown}, not {own}" },
  areaWhole: {
    nb: "Gjelder {shown}, ikke bare {own}",
    nn: "Gjeld {shown}, ikkje berre {own}",
    en: "For {shown}, not {own} alone"
  },
  areaFigure: {
    nb: "Figuren gjelder {shown}, ikke bare {own}",
    nn: "Figuren gjeld {shown}, ikkje berre {own}",
    en: "The figure is of {shown}, not of {own} alone"
  },
  areaSentence: {
    nb: "Setningen gjelder {of}, figuren {shown}",
    nn: "Setninga gjeld {of}, figuren {shown}",
    en: "The sentence is of {of}, the figure of {shown}"
  },
  areaLacking: { nb: "{own} er ikke med her", nn: "{own} er ikkje med her", en: "{own} is not in this" },
  areaBorrowed: {
    nb: "Tallet for {own} er for {of}",
    nn: "Talet for {own} er for {of}",
    en: "The number of {own} is of {of}"
  },
  areaUntold: {
    nb: "{own} har ikke eget tall her",
    nn: "{own} har ikkje eige tal her",
    en: "{own} has no number of its own here"
  },
  wholeModel: { nb: "hele modellen", nn: "heile modellen", en: "the whole model" },
  about: { nb: "Hva som er prøvd", nn: "Kva som er prøvd", en: "What is tried" },
  notices: { nb: "Hva tallene er", nn: "Kva tala er", en: "What the numbers are" },
  noDrawing: {
    nb: "Her er det ingen tall å tegne.",
    nn: "Her er det ingen tal å teikne.",
    en: "There are no numbers to draw here."
  },
  drawingFailed: {
    nb: "Figuren kunne ikke tegnes. Tallene står i tabellen.",
    nn: "Figuren kunne ikkje teiknast. Tala står i tabellen.",
    en: "The figure could not be drawn. The table has the numbers."
  },
  rowsShown: {
    nb: "Viser {shown} av {all} rader; alle står i CSV-fila.",
    nn: "Viser {shown} av {all} rader; alle står i CSV-fila.",
    en: "Showing {shown} of {all} rows; the CSV file has them all."
  },
  yearsShown: {
    nb: "Viser {years}: {shown} av {all} rader; alle står i CSV-fila.",
    nn: "Viser {years}: {shown} av {all} rader; alle står i CSV-fila.",
    en: "Showing {years}: {shown} of {all} rows; the CSV file has them all."
  },
  changeFrom: { nb: "endring fra {year}", nn: "endring frå {year}", en: "change from {year}" },
  labelsOf: {
    nb: "tallene til høyre: {year}",
    nn: "tala til høgre: {year}",
    en: "numbers on the right: {year}"
  },
  showAll: { nb: "Vis alle rader", nn: "Vis alle rader", en: "Show all rows" },
  evidence_assumed: { nb: "Forutsatt, ikke målt", nn: "Føresett, ikkje målt", en: "Assumed, not measured" },
  evidence_low: { nb: "Lav tillit til effekten", nn: "Låg tillit til effekten", en: "Low confidence in the effect" },
  evidence_moderate: {
    nb: "Middels tillit til effekten",
    nn: "Middels tillit til effekten",
    en: "Moderate confidence in the effect"
  },
  evidence_high: { nb: "Høy tillit til effekten", nn: "Høg tillit til effekten", en: "High confidence in the effect" },
  people: { nb: "personer", nn: "personar", en: "people" },
  kroner: { nb: "kroner", nn: "kroner", en: "kroner" },
  thousandKroner: { nb: "tusen kroner", nn: "tusen kroner", en: "thousand kroner" },
  millionKroner: { nb: "millioner kroner", nn: "millionar kroner", en: "million kroner" },
  billionKroner: { nb: "milliarder kroner", nn: "milliardar kroner", en: "billion kroner" },
  days: { nb: "dager", nn: "dagar", en: "days" },
  year: { nb: "år", nn: "år", en: "year" },
  persons: { nb: "syntetiske personer", nn: "syntetiske personar", en: "synthetic people" },
  lessIsBetter: { nb: "lavere er bedre", nn: "lågare er betre", en: "lower is better" },
  moreIsBetter: { nb: "høyere er bedre", nn: "høgare er betre", en: "higher is better" },
  difference: {
    nb: "forskjell fra «{baseline}»",
    nn: "skilnad frå «{baseline}»",
    en: "difference from “{baseline}”"
  },
  expected: { nb: "ventet", nn: "venta", en: "expected" },
  actual: { nb: "faktisk", nn: "faktisk", en: "actual" },
  actualOff: { nb: "faktisk, utenfor båndet", nn: "faktisk, utanfor bandet", en: "actual, outside the band" },
  verdict_inside: { nb: "som ventet", nn: "som venta", en: "as expected" },
  verdict_below: { nb: "under båndet", nn: "under bandet", en: "below the band" },
  verdict_above: { nb: "over båndet", nn: "over bandet", en: "above the band" },
  slipped: { nb: "sviktet: under båndet", nn: "svikta: under bandet", en: "slipped: below the band" },
  inPart: { nb: "delvis", nn: "delvis", en: "in part" },
  partOfYearDashed: {
    nb: "stiplet: bare deler av året ({years})",
    nn: "stipla: berre delar av året ({years})",
    en: "dashed: part of the year only ({years})"
  },
  partOfYear: {
    nb: "åpen ring: bare deler av året ({years})",
    nn: "open ring: berre delar av året ({years})",
    en: "open ring: part of the year only ({years})"
  },
  middle: { nb: "middel", nn: "middel", en: "mean" },
  otherMeasures: { nb: "andre tiltak", nn: "andre tiltak", en: "other measures" },
  interval: { nb: "intervall", nn: "intervall", en: "interval" },
  group_education: { nb: "Utdanning", nn: "Utdanning", en: "Education" },
  group_work: { nb: "Arbeid", nn: "Arbeid", en: "Work" },
  group_outside: { nb: "Utenfor", nn: "Utanfor", en: "Outside" },
  group_other: { nb: "Annet", nn: "Anna", en: "Other" },
  risky: { nb: "risikoovergang", nn: "risikoovergang", en: "risky transition" },
  otherFlow: { nb: "andre overganger", nn: "andre overgangar", en: "other transitions" },
  saved: { nb: "får eller sparer", nn: "får eller sparer", en: "receives or saves" },
  spent: { nb: "betaler eller mister", nn: "betaler eller mister", en: "pays or loses" },
  sum: { nb: "Sum", nn: "Sum", en: "Sum" },
  total: { nb: "Samlet forskjell", nn: "Samla skilnad", en: "Total difference" },
  breaksEven: { nb: "snitt i null {year}", nn: "snitt i null {year}", en: "mean even {year}" },
  neverBreaksEven: {
    nb: "snitt ikke i null innen {year}",
    nn: "snitt ikkje i null innan {year}",
    en: "mean not even by {year}"
  },
  threshold: {
    nb: "det man vil betale for ett år i arbeid (kr)",
    nn: "det ein vil betale for eitt år i arbeid (kr)",
    en: "willing to pay for a year in work (NOK)"
  },
  probabilityWorth: {
    nb: "sannsynlighet for at det er verdt det",
    nn: "sannsyn for at det er verdt det",
    en: "probability that it is worth it"
  },
  atLow: { nb: "lavt tall (10. persentil)", nn: "lågt tal (10. persentil)", en: "low input (10th percentile)" },
  atHigh: { nb: "høyt tall (90. persentil)", nn: "høgt tal (90. persentil)", en: "high input (90th percentile)" },
  expectedCount: { nb: "forventet antall", nn: "forventa tal", en: "expected number" },
  observedToExpected: { nb: "observert / forventet", nn: "observert / forventa", en: "observed / expected" },
  asExpected: { nb: "som forventet", nn: "som forventa", en: "as expected" },
  published: { nb: "publisert", nn: "publisert", en: "published" },
  model: { nb: "modellen, 90 % intervall", nn: "modellen, 90 % intervall", en: "the model, 90% interval" },
  modelShort: { nb: "modellen", nn: "modellen", en: "the model" },
  modelOutside: { nb: "utenfor intervallet", nn: "utanfor intervallet", en: "outside the interval" },
  keptOut: { nb: "ikke brukt i tilpasningen", nn: "ikkje brukt i tilpassinga", en: "kept out of the fit" },
  ofPublished: {
    nb: "modellens tall i prosent av det publiserte",
    nn: "talet i modellen i prosent av det publiserte",
    en: "the model's number in per cent of the published"
  },
  places: { nb: "plasser", nn: "plassar", en: "places" },
  participants: { nb: "deltakere", nn: "deltakarar", en: "participants" },
  waiting: { nb: "venter", nn: "ventar", en: "waiting" },
  unserved: { nb: "fikk ikke plass", nn: "fekk ikkje plass", en: "unserved" },
  meanWait: { nb: "dager ventet, i middel", nn: "dagar venta, i middel", en: "days waited, mean" },
  probabilityBest: {
    nb: "sannsynlighet for å være best",
    nn: "sannsyn for å vere best",
    en: "probability of being the best"
  },
  expectedRank: { nb: "forventet plass", nn: "forventa plass", en: "expected rank" },
  shownAsLarger: {
    nb: "åpen ring: uten eget tall, vist er tallet for et større område",
    nn: "open ring: utan eige tal, vist er talet for eit større område",
    en: "open ring: no number of its own, shown is that of a larger area"
  },
  numbersPerYear: { nb: "Tall: personer per år.", nn: "Tal: personar per år.", en: "Numbers: people a year." },
  flowsShown: {
    nb: "Viser de {n} største strømmene; alle står i tabellen.",
    nn: "Viser dei {n} største straumane; alle står i tabellen.",
    en: "Showing the {n} largest flows; the table has them all."
  },
  held: { nb: "holdt tilbake eller ukjent", nn: "halde tilbake eller ukjent", en: "held back or not known" },
  batchChoices: { nb: "Hva figuren viser", nn: "Kva figuren viser", en: "What the figure shows" },
  batchMeasure: { nb: "Mål", nn: "Mål", en: "Measure" },
  batchAcross: { nb: "Bortover", nn: "Bortover", en: "Across" },
  batchDown: { nb: "Nedover", nn: "Nedover", en: "Down" },
  batchAll: { nb: "alle, side om side", nn: "alle, side om side", en: "all, side by side" },
  batchMayBeNothing: {
    nb: "skravert: 95 %-intervallet rommer 0",
    nn: "skravert: 95 %-intervallet rommar 0",
    en: "hatched: the 95% interval holds 0"
  },
  batchWrongWay: { nb: "går feil vei", nn: "går feil veg", en: "goes the wrong way" },
  batchLeftOut: { nb: "utelatt", nn: "utelate", en: "left out" },
  batchLeftOutKey: { nb: "utelatt i batchfila", nn: "utelate i batchfila", en: "left out by the batch file" },
  batchMissing: { nb: "mangler", nn: "manglar", en: "missing" },
  batchMissingKey: { nb: "mangler: uten resultat", nn: "manglar: utan resultat", en: "missing: no result" },
  batchOtherPanels: {
    nb: "linjene i de andre rutene",
    nn: "linjene i dei andre rutene",
    en: "lines of the other panels"
  },
  batchBest: { nb: "best i", nn: "best i", en: "best in" },
  batchRanked: {
    nb: "de {shown} beste av {all}; alle står i tabellen",
    nn: "dei {shown} beste av {all}; alle står i tabellen",
    en: "the {shown} best of {all}; the table has them all"
  },
  yourOwn: { nb: "Dine egne opplysninger", nn: "Dine eigne opplysningar", en: "Your own notes" },
  yourOwnIntro: {
    nb: "Det du skriver her blir med i utskriften og i .docx-fila. Det lagres bare i denne fanen og sendes ingen steder.",
    nn: "Det du skriv her blir med i utskrifta og i .docx-fila. Det blir lagra berre i denne fana og blir ikkje sendt nokon stad.",
    en: "What you write here goes into the print and the .docx file. It is kept in this tab only and sent nowhere."
  },
  localHeading: {
    nb: "Lokale forklaringer (ikke modellert)",
    nn: "Lokale forklaringar (ikkje modellert)",
    en: "Local explanations (not modelled)"
  },
  localLabel: {
    nb: "Hva vet dere om stedet, kulturen eller tjenestene som modellen ikke vet?",
    nn: "Kva veit de om staden, kulturen eller tenestene som modellen ikkje veit?",
    en: "What do you know of the place, its culture or services that the model does not?"
  },
  ksHeading: {
    nb: "Ved siden av KS Utenfor-regnskapet",
    nn: "Ved sida av KS Utanfor-rekneskapen",
    en: "Beside KS Utenfor-regnskapet"
  },
  ksIntro: {
    nb: "Skriv inn tallene fra KS’ regneark, så står begge svar side om side. KS’ svar er målgruppe × andel som lykkes × besparelse per person, minus kostnaden.",
    nn: "Skriv inn tala frå reknearket til KS, så står begge svara side om side. KS sitt svar er målgruppe × del som lykkast × innsparing per person, minus kostnaden.",
    en: "Type in the numbers of KS’ spreadsheet to see both answers side by side. KS’ answer is target group × share that succeeds × saving per person, less the cost."
  },
  ksGroup: { nb: "Målgruppe (personer)", nn: "Målgruppe (personar)", en: "Target group (people)" },
  ksShare: { nb: "Andel som lykkes (%)", nn: "Del som lykkast (%)", en: "Share that succeeds (%)" },
  ksCost: { nb: "Tiltakets kostnad (kr)", nn: "Kostnaden ved tiltaket (kr)", en: "Cost of the measure (NOK)" },
  ksMunicipality: {
    nb: "Kommunen sparer per person (kr)",
    nn: "Kommunen sparer per person (kr)",
    en: "Municipality saves per person (NOK)"
  },
  ksCounty: {
    nb: "Fylkeskommunen sparer per person (kr)",
    nn: "Fylkeskommunen sparer per person (kr)",
    en: "County saves per person (NOK)"
  },
  ksState: {
    nb: "Staten sparer per person (kr)",
    nn: "Staten sparer per person (kr)",
    en: "State saves per person (NOK)"
  },
  ksNumber: {
    nb: "Skriv et tall, for eksempel 30 eller 250 000.",
    nn: "Skriv eit tal, til dømes 30 eller 250 000.",
    en: "Type a number, such as 30 or 250,000."
  },
  payer: { nb: "Hvem", nn: "Kven", en: "Who" },
  ksAnswer: { nb: "KS Utenfor-regnskapet (kr)", nn: "KS Utanfor-rekneskapen (kr)", en: "KS Utenfor-regnskapet (NOK)" },
  ourAnswer: { nb: "Denne rapporten (kr)", nn: "Denne rapporten (kr)", en: "This report (NOK)" },
  ourInterval: { nb: "80 % intervall", nn: "80 % intervall", en: "80% interval" },
  to: { nb: "til", nn: "til", en: "to" },
  noNumbers: { nb: "ingen tall", nn: "ingen tal", en: "no numbers" },
  municipality: { nb: "Kommunen", nn: "Kommunen", en: "Municipality" },
  county: { nb: "Fylkeskommunen", nn: "Fylkeskommunen", en: "County" },
  state: { nb: "Staten", nn: "Staten", en: "State" },
  ksCostRow: { nb: "Tiltakets kostnad", nn: "Kostnaden ved tiltaket", en: "Cost of the measure" },
  sumOfPublic: { nb: "Sum for det offentlige", nn: "Sum for det offentlege", en: "Sum of the public purse" },
  sumOfThree: { nb: "Sum for de tre", nn: "Sum for dei tre", en: "Sum of the three" },
  ksDifference: {
    nb: "KS regner ett år og en andel som lykkes; her følges personene år for år mot hva som ellers ville hendt. I KS’ svar står kostnaden på egen linje; i vårt er den trukket fra hos den som betaler.",
    nn: "KS reknar eitt år og ein del som lykkast; her blir personane følgde år for år mot det som elles ville hendt. I KS sitt svar står kostnaden på eiga linje; i vårt er han trekt frå hos den som betaler.",
    en: "KS counts one year and a share that succeeds; here people are followed year by year against what would have happened anyway. KS’ answer has the cost on its own line; ours has taken it from whoever pays."
  },
  reproduce: {
    nb: "Slik lages rapporten på nytt",
    nn: "Slik blir rapporten laga på nytt",
    en: "How to make this report again"
  },
  commands: { nb: "Kommandoer", nn: "Kommandoar", en: "Commands" },
  seed: { nb: "Startverdi", nn: "Startverdi", en: "Seed" },
  version: { nb: "Versjon", nn: "Versjon", en: "Version" },
  inputs: { nb: "Filer inn", nn: "Filer inn", en: "Input files" },
  file: { nb: "Fil", nn: "Fil", en: "File" }
};

/** The word of a key in a language, with {names} filled in. */
export function wordsFor(report, language) {
  const write = (key, values = {}) => {
    const text = report.document.words?.[key] ?? words[key];
    const chosen = text ? text[language] || text.nb : key;
    return chosen.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  };
  return Object.assign(write, { language });
}
