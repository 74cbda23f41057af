#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What a session of `utvei studio` rests on: the files as they were when it began, and its port.

    /usr/bin/python3 tests/studio/session.py ROOT PROGRAM
"""
import socket
import subprocess
import sys
import unittest

from served import PLACES, PROGRAM, ROOT, Served


class ChangedFiles(Served):
    """What was read at the start is what a saved file would rest on."""

    def put(self, name, text):
        (self.folder / name).write_text(text)

    def test_nothing_is_saved_or_begun_when_a_file_has_changed(self):
        self.studio.finish("prove", {PLACES: 12})
        before = {name: (self.folder / name).read_text() for name in ("baseline.yaml", "measures.yaml", "model.yaml")}
        for name, text in before.items():
            for change in ("changed", "gone"):
                if change == "gone":
                    (self.folder / name).unlink()
                else:
                    self.put(name, text + "\n# changed\n")
                status, answer = self.studio.json("POST", "/api/runs/prove/save", {})
                self.assertEqual(status, 409, name)
                for language, gone in (("nb", "(borte)"), ("nn", "(borte)"), ("en", "(gone)")):
                    self.assertIn(name, answer["message"][language])
                    self.assertEqual(gone in answer["message"][language], change == "gone")
                status, answer = self.studio.start("ny", {PLACES: 13})
                self.assertEqual(status, 422)
                self.assertIn(name, answer["errors"][0]["message"]["nb"])
                self.put(name, text)
        self.assertFalse((self.folder / "prove.yaml").exists())
        self.put("what_if.yaml", (self.folder / "what_if.yaml").read_text() + "\n# of another scenario\n")
        self.assertEqual(self.studio.ask("POST", "/api/runs/prove/save", {})[0], 201)


class Ports(unittest.TestCase):
    def test_a_port_that_is_taken_is_told_before_the_runs(self):
        with socket.socket() as other:
            other.bind(("127.0.0.1", 0))
            other.listen()
            port = other.getsockname()[1]
            ended = subprocess.run([PROGRAM, "studio", str(ROOT / "scenarios/example"), "--port", str(port)],
                                   capture_output=True, text=True, timeout=60)
        self.assertEqual(ended.returncode, 2, ended.stderr)
        self.assertIn(f"port {port} of this machine cannot be had", ended.stderr)
        self.assertNotIn("running", ended.stderr)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]], verbosity=2)
