# SPDX-License-Identifier: Apache-2.0
# What Sphinx is told; build.py calls it with the folder of stage.py.
import sys
from pathlib import Path

from pygments.lexers.special import TextLexer

sys.path.insert(0, str(Path(__file__).resolve().parent))

project = "utvei"
author = "The utvei maintainers"
copyright = "The utvei maintainers, Apache-2.0"  # noqa: A001
language = "en"
extensions = ["myst_parser", "mathml"]
source_suffix = {".md": "markdown"}
myst_enable_extensions = ["dollarmath"]
myst_heading_anchors = 6
suppress_warnings = ["myst.header"]  # pages that begin with a deeper heading are right on GitHub
html_theme = "furo"
html_title = "utvei"
html_math_renderer = "mathml"
html_copy_source = False
html_show_sphinx = False
html_static_path = ["static"]
html_css_files = ["site.css"]


def setup(app):
    app.add_lexer("csv", TextLexer)
