// SPDX-License-Identifier: Apache-2.0
// The words of "Prøv selv" alone: a report without a studio has no use for them.

const studioWords = {
  heading: { nb: "Prøv selv", nn: "Prøv sjølv", en: "Try it yourself" },
  intro: {
    nb: "Flytt på tallene og kjør. Svaret legges til i sammenligningen på denne siden; filene dine endres ikke før du lagrer.",
    nn: "Flytt på tala og køyr. Svaret blir lagt til i samanlikninga på denne sida; filene dine blir ikkje endra før du lagrar.",
    en: "Move the numbers and run. The answer is added to the comparison on this page; your files change only when you save."
  },
  basis: {
    nb: "Regnes ut med {persons} personer. Parametertrekk: {draws}.",
    nn: "Blir rekna ut med {persons} personar. Parametertrekk: {draws}.",
    en: "Worked out with {persons} people. Parameter draws: {draws}."
  },
  lasts: {
    nb: "Sist tok det {seconds} sekunder.",
    nn: "Sist tok det {seconds} sekund.",
    en: "It took {seconds} seconds last time."
  },
  scenario: { nb: "Ta utgangspunkt i", nn: "Ta utgangspunkt i", en: "Start from" },
  noLevers: {
    nb: "Her er det ingenting å flytte på.",
    nn: "Her er det ingenting å flytte på.",
    en: "There is nothing to move here."
  },
  field: { nb: "{label}: skriv verdien", nn: "{label}: skriv verdien", en: "{label}: type the value" },
  inFile: { nb: "i fila: {value}", nn: "i fila: {value}", en: "in the file: {value}" },
  reset: { nb: "Tilbake", nn: "Tilbake", en: "Reset" },
  resetOf: { nb: "Tilbake til fila: {label}", nn: "Tilbake til fila: {label}", en: "Reset to the file: {label}" },
  resetAll: { nb: "Alle tilbake til fila", nn: "Alle tilbake til fila", en: "All back to the file" },
  evidence_assumed: { nb: "forutsatt, ikke målt", nn: "føresett, ikkje målt", en: "assumed, not measured" },
  evidence_low: { nb: "lav tillit", nn: "låg tillit", en: "low confidence" },
  evidence_moderate: { nb: "middels tillit", nn: "middels tillit", en: "moderate confidence" },
  evidence_high: { nb: "høy tillit", nn: "høg tillit", en: "high confidence" },
  place: { nb: "plass", nn: "plass", en: "place" },
  places: { nb: "plasser", nn: "plassar", en: "places" },
  ratio: {
    nb: "{value} ganger raten uten tiltaket",
    nn: "{value} gonger raten utan tiltaket",
    en: "{value} times the rate without the measure"
  },
  name: { nb: "Kall forsøket", nn: "Kall forsøket", en: "Name of the try" },
  tryName: { nb: "forsøk {n}", nn: "forsøk {n}", en: "try {n}" },
  run: { nb: "Kjør", nn: "Køyr", en: "Run" },
  stop: { nb: "Stopp", nn: "Stopp", en: "Stop" },
  progress: { nb: "Hvor langt kjøringen er", nn: "Kor langt køyringa er", en: "How far the run is" },
  stage_start: { nb: "Begynner", nn: "Byrjar", en: "Starting" },
  stage_people: { nb: "Henter menneskene", nn: "Hentar menneska", en: "Preparing the people" },
  stage_simulate: { nb: "Simulerer", nn: "Simulerer", en: "Simulating" },
  stage_compare: { nb: "Sammenligner", nn: "Samanliknar", en: "Comparing" },
  step: { nb: "{done} av {total}", nn: "{done} av {total}", en: "{done} of {total}" },
  done: {
    nb: "«{name}» er ferdig og er med i sammenligningen. Siden er tegnet på nytt.",
    nn: "«{name}» er ferdig og er med i samanlikninga. Sida er teikna på nytt.",
    en: "“{name}” is finished and part of the comparison. The page is drawn anew."
  },
  stopped: { nb: "Kjøringen er stoppet.", nn: "Køyringa er stoppa.", en: "The run is stopped." },
  failed: { nb: "Kjøringen gikk ikke: ", nn: "Køyringa gjekk ikkje: ", en: "The run failed: " },
  someWrong: {
    nb: "Noen verdier kan ikke brukes. Se ved hver av dem.",
    nn: "Nokre verdiar kan ikkje brukast. Sjå ved kvar av dei.",
    en: "Some values cannot be used. See beside each of them."
  },
  nameNeeded: { nb: "Gi forsøket et navn.", nn: "Gi forsøket eit namn.", en: "Give the try a name." },
  nameTaken: {
    nb: "Navnet er i bruk. Velg et annet.",
    nn: "Namnet er i bruk. Vel eit anna.",
    en: "The name is taken. Choose another."
  },
  valueNeeded: {
    nb: "Skriv en verdi fra {min} til {max}.",
    nn: "Skriv ein verdi frå {min} til {max}.",
    en: "Type a value from {min} to {max}."
  },
  wholeNeeded: {
    nb: "Skriv et helt tall, fra {min} til {max}.",
    nn: "Skriv eit heilt tal, frå {min} til {max}.",
    en: "Type a whole number, from {min} to {max}."
  },
  busy: {
    nb: "To kjøringer er alt i gang. Vent til en av dem er ferdig.",
    nn: "To køyringar er alt i gang. Vent til ei av dei er ferdig.",
    en: "Two runs are going already. Wait for one of them to finish."
  },
  forbidden: {
    nb: "Studio kjenner ikke denne siden igjen. Åpne adressen som programmet skrev i vinduet der du startet det.",
    nn: "Studio kjenner ikkje att denne sida. Opne adressa som programmet skreiv i vindauget der du starta det.",
    en: "Studio does not recognise this page. Open the address that the program printed where you started it."
  },
  gone: {
    nb: "Studio svarer ikke. Kjører programmet ennå?",
    nn: "Studio svarer ikkje. Køyrer programmet framleis?",
    en: "Studio does not answer. Is the program still running?"
  },
  refused: {
    nb: "Studio sa nei (kode {status}).",
    nn: "Studio sa nei (kode {status}).",
    en: "Studio refused (code {status})."
  },
  kept: { nb: "Med i sammenligningen", nn: "Med i samanlikninga", en: "In the comparison" },
  fromFile: { nb: "fra fil", nn: "frå fil", en: "from a file" },
  elsewhere: {
    nb: "laget i et annet vindu: last siden på nytt for å se den",
    nn: "laga i eit anna vindauge: last sida på nytt for å sjå den",
    en: "made in another window: reload the page to see it"
  },
  showYaml: { nb: "Vis YAML", nn: "Vis YAML", en: "Show YAML" },
  hideYaml: { nb: "Skjul YAML", nn: "Gøym YAML", en: "Hide YAML" },
  yamlOf: { nb: "YAML for {name}", nn: "YAML for {name}", en: "YAML of {name}" },
  save: { nb: "Lagre i mappen", nn: "Lagre i mappa", en: "Save in the folder" },
  saved: { nb: "Lagret som {file}.", nn: "Lagra som {file}.", en: "Saved as {file}." },
  fileThere: {
    nb: "Det er alt en fil med det navnet i mappen. Den er ikke rørt.",
    nn: "Det er alt ei fil med det namnet i mappa. Ho er ikkje rørt.",
    en: "The folder has a file of that name already. It is untouched."
  },
  remove: { nb: "Ta bort", nn: "Ta bort", en: "Remove" },
  removed: { nb: "«{name}» er tatt bort.", nn: "«{name}» er teken bort.", en: "“{name}” is removed." }
};

export { studioWords };

/** The word of a key in a language, with {names} filled in. */
export const studioWordsFor =
  language =>
  (key, values = {}) =>
    studioWords[key][language].replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
