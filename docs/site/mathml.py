# SPDX-License-Identifier: Apache-2.0
"""Formulas as MathML, which browsers show by themselves: no script, no font and no network. pandoc translates them, all at once."""
import re
import subprocess

from docutils import nodes
from sphinx.errors import ExtensionError

ELEMENT = re.compile(r"<math .*?</math>", re.DOTALL)


def formulas(env):
    """(LaTeX, whether it stands on lines of its own) of all pages."""
    for name in sorted(env.found_docs):
        for node in env.get_doctree(name).findall(lambda each: isinstance(each, (nodes.math, nodes.math_block))):
            yield node.astext(), isinstance(node, nodes.math_block)


def translate(app, env):
    """Fills app.mathml; a formula that pandoc does not understand ends the build."""
    wanted = sorted(set(formulas(env)))
    source = "\n\n".join(f"$${text.strip()}$$" if block else f"${text.strip()}$" for text, block in wanted)
    done = subprocess.run(["pandoc", "--from=markdown", "--to=html", "--mathml", "--wrap=none"], input=source, capture_output=True, text=True, check=True)
    found = ELEMENT.findall(done.stdout)
    if done.stderr or len(found) != len(wanted):
        raise ExtensionError(f"{len(wanted) - len(found)} of {len(wanted)} formulas are not understood: {done.stderr}")
    app.mathml = {each: as_written(each[0], element) for each, element in zip(wanted, found)}


def as_written(text, element):
    """Brackets are as tall as what they hold only where \\left says so; pandoc stretches them all."""
    return element if "\\left" in text else element.replace('stretchy="true"', 'stretchy="false"')


def visit_inline(translator, node):
    translator.body.append(translator.builder.app.mathml[node.astext(), False])
    raise nodes.SkipNode


def visit_block(translator, node):
    translator.body.append(f'<div class="formula">{translator.builder.app.mathml[node.astext(), True]}</div>')
    raise nodes.SkipNode


def setup(app):
    app.connect("env-check-consistency", translate)
    app.add_html_math_renderer("mathml", (visit_inline, None), (visit_block, None))
    return {"parallel_read_safe": True}
