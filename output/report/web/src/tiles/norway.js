// SPDX-License-Identifier: Apache-2.0
// Norway's counties (2024) and the municipalities of five of them as squares, about where they lie: each word a region's code, a dot a gap.

const counties = `
  .  .  .  .  .  56
  .  .  .  .  55 .
  .  .  .  18 .  .
  .  .  50 .  .  .
  .  15 34 .  .  .
  46 33 03 32 .  .
  11 40 39 31 .  .
  .  42 .  .  .  .`;

const innlandet = `
  .    3432 3431 3429 3427 3426 3430
  3433 3435 3437 .    3428 3424 3425
  3434 3436 3438 3439 3423 3422 3421
  3454 3453 3441 3440 3411 3412 3420
  3452 3451 3448 3405 3403 3419 3418
  .    3450 3447 3407 3413 3414 3417
  .    3449 3443 3442 .    3415 3401
  .    .    3446 .    .    .    3416`;

const telemark = `
  4036 .    4026 .
  4034 4022 4024 4005
  4032 4028 4018 4020
  4030 4016 4003 4010
  .    4014 4012 4001`;

const vestfold = `
  .    3903 3901
  .    3905 3911
  3909 3907 .`;

const agder = `
  .    .    4222 .    .    .    .
  4228 .    4221 .    .    .    .
  .    4224 4220 4217 4212 4211 .
  4227 4226 4219 4218 4214 4213 4201
  4207 4225 4205 4223 4216 4202 4203
  .    4206 .    4204 4215 .    .`;

const rogaland = `
  .    1106 1160 1135
  1151 1149 1146 1134
  .    1144 1145 1133
  1127 1103 1130 .
  1124 1108 1122 .
  1120 1121 1114 .
  1119 1101 1112 .
  .    1111 .    .`;

function parse(text, column = 0, row = 0) {
  return text
    .trim()
    .split("\n")
    .flatMap((line, down) =>
      line
        .trim()
        .split(/\s+/)
        .map((region, right) => ({ region, column: column + right, row: row + down }))
        .filter(tile => tile.region !== ".")
    );
}

/** Squares of the counties. */
export const countyTiles = parse(counties);

/** Squares of the municipalities of each county that has some of its own, and where the county stands among the others. */
export const municipalityTiles = {
  34: parse(innlandet, 8, 0),
  40: parse(telemark, 6, 8),
  39: parse(vestfold, 11, 9),
  42: parse(agder, 5, 14),
  11: parse(rogaland, 0, 10)
};

/** Where the other counties stand among the squares of those municipalities. */
export const countiesAmong = [
  ["56", 6, 0],
  ["55", 5, 1],
  ["18", 4, 2],
  ["50", 5, 4],
  ["15", 3, 5],
  ["46", 2, 8],
  ["33", 7, 7],
  ["03", 11, 8],
  ["32", 12, 8],
  ["31", 14, 9]
].map(([region, column, row]) => ({ region, column, row }));
