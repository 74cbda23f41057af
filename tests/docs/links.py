# SPDX-License-Identifier: Apache-2.0
"""Whether every relative link of the pages leads to a file or folder, and its anchor to a heading.

usage: links.py ROOT
"""
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "docs" / "site"))
import markdown  # noqa: E402


def pages(root):
    """README.md and the like, docs/, and the pages of scenarios and benchmarks."""
    found = [*root.glob("*.md"), *(root / "docs").rglob("*.md"), *root.glob("scenarios/**/README.md"), *root.glob("bench/**/README.md")]
    return sorted(path for path in found if "build" not in path.relative_to(root).parts and "runs" not in path.relative_to(root).parts)


def wrong_links(page):
    text = page.read_text(encoding="utf-8")
    for offset, target in markdown.links(text):
        if "://" in target or target.startswith("mailto:"):
            continue
        name, _, anchor = target.partition("#")
        path = (page.parent / name).resolve() if name else page
        line = markdown.line_of(text, offset)
        if not path.exists():
            yield f"{page}:{line}: {target}: there is no {name}"
        elif anchor and path.suffix != ".md":
            yield f"{page}:{line}: {target}: only pages have headings"
        elif anchor and anchor not in markdown.anchors(path.read_text(encoding="utf-8")):
            yield f"{page}:{line}: {target}: no heading is called so"


def main(root):
    found = pages(root)
    wrong = [problem for page in found for problem in wrong_links(page)]
    print("\n".join(wrong) if wrong else f"{len(found)} pages")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))
