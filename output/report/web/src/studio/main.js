// SPDX-License-Identifier: Apache-2.0
// Of the pages of `utvei studio` alone: it stands before the script of all pages, which starts the panel (../main.js).
import { Studio } from "./studio.js";

globalThis.utveiStudio = Studio;
