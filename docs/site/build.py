# SPDX-License-Identifier: Apache-2.0
"""Builds the site of docs/: html/ in a folder, without a request to any other machine.

usage: build.py UTVEI FOLDER
"""
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "docs" / "site"), str(ROOT / "packaging")]
from stage import Stage  # noqa: E402
from usage import read_usage  # noqa: E402

# What a browser fetches by itself; a link that somebody follows is no request of the page.
FETCHED = re.compile(r"""<(?:script|img|link|iframe|source)\b[^>]*?\b(?:src|href)=["'](https?:)?//[^"']*""")
IN_STYLES = re.compile(r"""(?:url\(|@import )\s*["']?(?:https?:)?//[^"')]*""")


def requests(html):
    """Places of pages and styles that would fetch something from elsewhere."""
    for path in sorted(html.rglob("*")):
        pattern = {".html": FETCHED, ".css": IN_STYLES}.get(path.suffix)
        if pattern:
            yield from (f"{path}: {found[0]}" for found in pattern.finditer(path.read_text(encoding="utf-8")))


def main(program, folder):
    source, html = folder / "source", folder / "html"
    stage = Stage(ROOT, source)
    stage.pages()
    stage.reference(read_usage(program))
    stage.contents()
    made = subprocess.run([sys.executable, "-B", "-m", "sphinx", "-W", "--keep-going", "-q", "-E", "-j", "auto", "-c", str(ROOT / "docs" / "site"),
                           "-d", str(folder / "doctrees"), str(source), str(html)])
    outside = list(requests(html))
    print("\n".join(outside))
    return 1 if made.returncode or outside else 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1], Path(sys.argv[2]).resolve()))
