// Draws nothing yet: output/report/web makes the script of the page.
