#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What `utvei studio` answers, what it refuses, and that what it saves reproduces what it showed.

    /usr/bin/python3 tests/studio/server.py ROOT PROGRAM
"""
import json
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unittest
from pathlib import Path

from client import Studio, address_of
from served import PLACES, PROGRAM, ROOT, Served, example


class Doors(Served):
    def test_page_holds_both_documents_and_may_ask_its_server_alone(self):
        status, headers, page = self.studio.ask("GET", f"/?token={self.studio.token}", token=False)
        self.assertEqual(status, 200)
        self.assertIn(b'id="utvei-studio"', page)
        self.assertIn(b'id="utvei-report"', page)
        self.assertIn("connect-src 'self'", headers["content-security-policy"])
        self.assertIn(b"connect-src 'self'", page)
        self.assertNotIn(self.studio.token.encode(), page)

    def test_all_answers_have_safe_headers(self):
        answers = [self.studio.ask("GET", "/", token=False), self.studio.ask("GET", "/api/studio"),
                   self.studio.ask("GET", "/api/none"), self.studio.ask("POST", "/api/runs", b"{", )]
        for _, headers, _ in answers:
            self.assertEqual(headers["x-content-type-options"], "nosniff")
            self.assertEqual(headers["x-frame-options"], "DENY")
            self.assertEqual(headers["referrer-policy"], "no-referrer")
            self.assertEqual(headers["cache-control"], "no-store")
            self.assertIn("default-src 'none'", headers["content-security-policy"])
            self.assertNotIn("access-control-allow-origin", headers)

    def test_no_token_or_a_wrong_one(self):
        wrong = "0" * 32
        for path in ("/api/studio", "/api/runs/1/events", "/api/none", "/favicon.ico"):
            self.assertEqual(self.studio.ask("GET", path, token=False)[0], 403)
            self.assertEqual(self.studio.ask("GET", path, X_Utvei_Token=wrong)[0], 403)
            self.assertEqual(self.studio.ask("GET", path, X_Utvei_Token="")[0], 403)
            self.assertEqual(self.studio.ask("GET", f"{path}?token={self.studio.token}", token=False)[0], 403)
        for query in ("", "?token=", f"?token={wrong}", f"?token={self.studio.token}&token={wrong}",
                      f"?token={self.studio.token}0", f"?Token={self.studio.token}"):
            self.assertEqual(self.studio.ask("GET", f"/{query}", token=False)[0], 403, query)

    def test_page_without_token_lets_a_reload_find_it(self):
        _, headers, page = self.studio.ask("GET", "/", token=False)
        self.assertIn(b"sessionStorage", page)
        nonce = headers["content-security-policy"].split("nonce-")[1].split("'")[0]
        self.assertIn(f'nonce="{nonce}"'.encode(), page)
        self.assertNotIn("unsafe-inline", headers["content-security-policy"])

    def test_other_hosts_and_origins(self):
        port = self.studio.port
        for host in ("evil.example", f"evil.example:{port}", "127.0.0.1", f"127.0.0.1:{port + 1}", f"127.0.0.1:{port}.x", ""):
            self.assertEqual(self.studio.ask("GET", "/api/studio", Host=host)[0], 421, host)
        self.assertEqual(self.studio.ask("GET", "/api/studio", Host=f"localhost:{port}")[0], 200)
        for origin in ("http://evil.example", "null", f"https://127.0.0.1:{port}", f"http://localhost:{port}"):
            self.assertEqual(self.studio.ask("GET", "/api/studio", Origin=origin)[0], 403, origin)
        self.assertEqual(self.studio.ask("GET", "/api/studio", Origin=f"http://127.0.0.1:{port}")[0], 200)

    def test_methods(self):
        for method, path in (("POST", "/"), ("DELETE", "/api/studio"), ("PUT", "/api/runs"), ("GET", "/api/runs"),
                             ("HEAD", "/api/studio"), ("OPTIONS", "/api/runs"), ("POST", "/api/runs/1/events"),
                             ("DELETE", "/api/runs/1/yaml"), ("GET", "/api/scenarios/baseline"), ("PATCH", "/api/runs/1")):
            self.assertEqual(self.studio.ask(method, path)[0], 405, (method, path))

    def test_paths_lead_nowhere_else(self):
        for path in ("/../", "/..", "/%2e%2e", "/%2e%2e/%2e%2e/etc/passwd", "//etc/passwd", "/api", "/api/", "/api//runs",
                     "/api/runs/../../etc/passwd", "/api/runs/..%2f..%2fetc%2fpasswd/yaml", "/api/runs/%00/yaml",
                     "/api/runs/baseline.yaml/yaml", "/api/runs/a%00b/events", "/baseline.yaml", "/api/studio/", "/api/studio/x",
                     "/api/runs/" + "a" * 400 + "/yaml", "/api/runs/" + "%41" * 400 + "/yaml", "/%ff%fe", "/%c3%a9"):
            status, _, body = self.studio.ask("GET", path)
            self.assertIn(status, (404, 414), path)
            self.assertNotIn(b"root:", body)
        self.assertIn(self.studio.ask("GET", "/" + "a" * 1500)[0], (404, 414))
        self.assertEqual(self.studio.ask("GET", "/" + "a" * 30000)[0], 431)
        self.assertTrue(self.studio.is_alive())

    def test_bodies(self):
        junk = b"x" * 1_000_000
        self.assertEqual(self.studio.ask("POST", "/api/runs", junk)[0], 413)
        self.assertEqual(self.studio.ask("POST", "/api/runs", b"{}", Content_Type="text/plain")[0], 415)
        self.assertEqual(self.studio.ask("POST", "/api/runs", b"{}", Content_Type=None)[0], 415)
        self.assertEqual(self.studio.ask("POST", "/api/runs", b"{}", Content_Type="application/x-www-form-urlencoded")[0], 415)
        self.assertEqual(self.studio.ask("POST", "/api/runs", b"{}", Content_Type="multipart/form-data; boundary=a")[0], 415)
        self.assertEqual(self.studio.ask("POST", "/api/runs", b"{}", Content_Encoding="gzip")[0], 415)
        self.assertEqual(self.studio.ask("POST", "/api/runs", b"{}", Content_Length=None, Transfer_Encoding="chunked")[0], 411)
        self.assertEqual(self.studio.ask("POST", "/api/runs", b"", Content_Length="-1")[0], 400)
        self.assertEqual(self.studio.ask("POST", "/api/runs", b"", Content_Length="18446744073709551617")[0], 400)
        for body in (b"", b"{", b"[]", b"null", b'{"scenario": 1}', b"\xff\xfe", b"[" * 60000, b'{"a":' * 12000):
            self.assertEqual(self.studio.ask("POST", "/api/runs", body)[0], 400, body[:20])
        self.assertTrue(self.studio.is_alive())

    def test_half_requests_do_not_block_others(self):
        slow = [self.studio.raw() for _ in range(40)]
        for connection in slow:
            connection.sendall(b"GET / HTTP/1.1\r\nHost: ")
        begun = time.monotonic()
        self.assertTrue(self.studio.is_alive())
        self.assertLess(time.monotonic() - begun, 15)
        for connection in slow:
            connection.close()

    def test_two_requests_on_one_connection_get_one_answer(self):
        one = f"GET /api/studio HTTP/1.1\r\nHost: 127.0.0.1:{self.studio.port}\r\nX-Utvei-Token: {self.studio.token}\r\n\r\n"
        answer = self.studio.send_raw((one + one).encode())
        self.assertEqual(answer.count(b"HTTP/1.1 200"), 1)


class Trying(Served):
    def test_studio_document(self):
        _, document = self.studio.json("GET", "/api/studio")
        self.assertEqual(document["format"], "utvei: studio/1")
        self.assertEqual(document["kept"][:2], ["baseline", "measures"])
        first = document["scenarios"][0]
        self.assertEqual(first["name"], "measures")
        lever = next(lever for lever in first["levers"] if lever["id"] == PLACES)
        self.assertEqual((lever["kind"], lever["value"], lever["of"]), ("integer", 5, "places"))
        for lever in first["levers"]:
            self.assertTrue(all(lever["label"][language] for language in ("nb", "nn", "en")))
            self.assertLessEqual(lever["min"], lever["value"])
            self.assertLessEqual(lever["value"], lever["max"])

    def test_wrong_values_are_told_at_once(self):
        status, answer = self.studio.start("feil", {PLACES: -1, "measures.follow_up.uptake": "mye", "measures.course.uptake": 1.5,
                                                    "measures.follow_up.runs.from": "2026-02-30", "no.such.lever": 1})
        self.assertEqual(status, 422)
        self.assertEqual({error["lever"] for error in answer["errors"]},
                         {PLACES, "measures.follow_up.uptake", "measures.course.uptake", "measures.follow_up.runs.from", None})
        self.assertEqual(self.studio.start("feil", {PLACES: 2.5})[0], 422)
        self.assertEqual(self.studio.start("feil", {PLACES: [1]})[0], 422)
        self.assertEqual(self.studio.start("", {})[0], 422)
        self.assertEqual(self.studio.start("a/b", {})[0], 422)
        self.assertEqual(self.studio.start("a\nb", {})[0], 422)
        self.assertEqual(self.studio.start("feil", {}, scenario="none")[0], 422)
        self.assertNotIn("feil", self.studio.json("GET", "/api/studio")[1]["kept"])

    def test_names_are_taken_once(self):
        self.studio.finish("Én gang")
        for name in ("Én gang", "baseline", "measures", "what_if"):
            self.assertEqual(self.studio.start(name)[0], 409, name)
        status, answer = self.studio.json("DELETE", f"/api/scenarios/{address_of('Én gang')}")
        self.assertEqual(status, 200)
        self.assertNotIn("Én gang", [one["name"] for one in answer["document"]["scenarios"]])
        self.assertEqual(self.studio.json("DELETE", "/api/scenarios/baseline")[0], 404)
        self.assertEqual(self.studio.json("DELETE", f"/api/scenarios/{address_of('Én gang')}")[0], 404)

    def test_two_clients_at_once(self):
        found = {}

        def client(name):
            found[name] = self.studio.finish(name, {PLACES: 7})

        threads = [threading.Thread(target=client, args=(name,)) for name in ("fra en", "fra to")]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for name in ("fra en", "fra to"):
            self.assertEqual(found[name]["name"], name)
            self.studio.ask("DELETE", f"/api/scenarios/{address_of(name)}")

    def test_last_scenario_stays(self):
        _, document = self.studio.json("GET", "/api/studio")
        others = [name for name in document["kept"] if name not in ("baseline", "measures")]
        for name in others:
            self.studio.ask("DELETE", f"/api/scenarios/{address_of(name)}")
        self.assertEqual(self.studio.ask("DELETE", "/api/scenarios/measures")[0], 409)


def reported(folder, results, names):
    """What `run` and `report` make of these files of a folder."""
    subprocess.run([PROGRAM, "run", *(str(folder / f"{name}.yaml") for name in names), "--out", str(results), "--quiet"], check=True)
    made = subprocess.run([PROGRAM, "report", *(str(results / f"{name}.h5") for name in names), "--format", "json", "--quiet"],
                          check=True, capture_output=True, text=True)
    return json.loads(made.stdout)


class Reproduces(Served):
    def test_saved_file_reproduces_what_was_shown(self):
        levers = {PLACES: 12, "measures.follow_up.uptake": 0.45, "measures.follow_up.found_after": 2,
                  "measures.follow_up.effects.0": 1.8, "measures.course.runs.from": "2028-03-01"}
        shown = self.studio.finish("prove", levers)["document"]
        status, _, yaml = self.studio.ask("GET", "/api/runs/prove/yaml")
        self.assertEqual(status, 200)
        self.assertIn(b"extends: measures.yaml", yaml)
        self.assertEqual(self.studio.json("POST", "/api/runs/prove/save", {})[1], {"file": "prove.yaml"})
        self.assertEqual((self.folder / "prove.yaml").read_bytes(), yaml)
        self.assertEqual(self.studio.ask("POST", "/api/runs/prove/save", {})[0], 409)
        made = reported(self.folder, Path(self.temporary.name) / "runs", ["baseline", "measures", "prove"])
        self.assertEqual(made["sections"], shown["sections"])
        self.assertEqual(made["lead"], shown["lead"])


TRIAL = """utvei: trial/1
name: trial
source: made up
population: {persons: 4000, state: aap, age: 30, region: {"4204": 1}, traits: {sex: {female: 1, male: 1}}, time_in_state: 3 months}
"""
FROM_TRIAL = """extends: measures.yaml
name: from_trial
measures:
  follow_up:
    evidence: {source: made up, confidence: M}
    effects:
      - transition: aap -> work
        from_trial: {population: trials/trial.yaml, outcome: employed_at, at: 12 months, control: 0.25, treated: 0.35, n: [205, 205]}
"""


class FromTrial(Served):
    """Effects that were solved are remembered, and the file of the trial's people is found from where the try is saved."""

    options = ["--scenario", "from_trial.yaml"]

    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory()
        cls.folder = example(Path(cls.temporary.name))
        (cls.folder / "trials").mkdir()
        (cls.folder / "trials/trial.yaml").write_text(TRIAL)
        (cls.folder / "from_trial.yaml").write_text(FROM_TRIAL)
        cls.studio = Studio(PROGRAM, cls.folder, *cls.options)

    def test_tries_are_those_of_run(self):
        self.studio.finish("places", {PLACES: 15, "measures.follow_up.uptake": 0.9}, "from_trial")
        shown = self.studio.finish("share", {"measures.follow_up.effects.0.from_trial.treated": 0.45}, "from_trial")["document"]
        for name in ("places", "share"):
            self.assertEqual(self.studio.ask("POST", f"/api/runs/{name}/save", {})[0], 201)
        self.assertIn("trials/trial.yaml", (self.folder / "share.yaml").read_text())
        self.assertNotIn(str(self.folder), (self.folder / "share.yaml").read_text())
        made = reported(self.folder, Path(self.temporary.name) / "runs", ["baseline", "from_trial", "places", "share"])
        self.assertEqual(made["sections"], shown["sections"])


class LongRuns(Served):
    options = ["--baseline", "long_baseline.yaml", "--scenario", "long_measures.yaml", "--draws", "0"]

    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory()
        cls.folder = example(Path(cls.temporary.name))
        # Quick at the start; its variant is made slow by a lever on nothing but time: many replicates in the file.
        for name in ("long_baseline", "long_measures"):
            path = cls.folder / f"{name}.yaml"
            path.write_text(path.read_text().replace("replicates: 40", "replicates: 6").replace("200000", "60000"))
        cls.studio = Studio(PROGRAM, cls.folder, *cls.options, "--threads", "1")

    def start_long(self, name):
        status, begun = self.studio.start(name, scenario="long_measures")
        self.assertEqual(status, 202, begun)
        return begun["run"]

    def wait_for_end(self, run):
        for _ in range(100):
            if self.studio.ask("DELETE", f"/api/runs/{run}")[0] == 404:
                return True
            time.sleep(0.1)
        return False

    def test_stop_closed_tab_limits(self):
        run = self.start_long("stoppes")
        self.assertEqual(self.studio.ask("DELETE", f"/api/runs/{run}")[0], 204)
        self.assertEqual(self.studio.events(run)[-1][0], "stopped")
        # A closed tab stops its run, and gives its place to others.
        first, second = self.start_long("lukkes"), self.start_long("to")
        self.assertEqual(self.studio.start("tre", scenario="long_measures")[0], 503)
        self.assertEqual(self.studio.start("to", scenario="long_measures")[0], 409)
        listener = self.studio.listen(first)
        self.assertIn(b"200 OK", listener.recv(4096))
        listener.close()
        for _ in range(50):
            status, begun = self.studio.start("tre", scenario="long_measures")
            if status == 202:
                break
            time.sleep(0.1)
        self.assertEqual(status, 202)
        kept = self.studio.json("GET", "/api/studio")[1]["kept"]
        self.assertNotIn("lukkes", kept)
        # Eight streams, not nine; others are served meanwhile.
        listeners = [self.studio.listen(second) for _ in range(8)]
        for listener in listeners:
            self.assertIn(b"200 OK", listener.recv(4096))
        self.assertEqual(self.studio.ask("GET", f"/api/runs/{begun['run']}/events")[0], 503)
        self.assertTrue(self.studio.is_alive())
        for listener in listeners:
            listener.close()
        self.studio.ask("DELETE", f"/api/runs/{begun['run']}")


class Ends(unittest.TestCase):
    def test_signals_end_it_and_nothing_is_left(self):
        for sent, code in ((signal.SIGINT, 130), (signal.SIGTERM, 6)):
            with tempfile.TemporaryDirectory() as name:
                folder = example(Path(name))
                before = sorted(path.name for path in folder.iterdir())
                with Studio(PROGRAM, folder, "--scenario", "measures.yaml") as studio:
                    studio.start("ved slutten")
                    studio.process.send_signal(sent)
                    self.assertEqual(studio.process.wait(20), code)
                self.assertEqual(before, sorted(path.name for path in folder.iterdir()))


class OfRegister(unittest.TestCase):
    def test_register_passes_the_gate_of_report(self):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name) / "demo"
            shutil.copytree(ROOT / "scenarios/demo", folder)
            study = folder / "study.yaml"
            study.write_text(study.read_text().replace("data_class: synthetic", "data_class: register"))
            subprocess.run([PROGRAM, "estimate", str(study), "-o", str(folder / "rates.h5"), "--quiet", "--inside"], check=True,
                           capture_output=True)
            with Studio(PROGRAM, folder, "--scenario", "granheim.yaml") as studio:
                shown = studio.finish("sterkere", {"changes.fra_aap": 2.0}, scenario="granheim")["document"]
                self.assertEqual(shown["data_class"], "register")
                self.assertEqual(studio.json("POST", "/api/runs/sterkere/save", {})[0], 201)
                page = studio.ask("GET", f"/?token={studio.token}", token=False)[2]
            made = reported(folder, Path(name) / "runs", ["baseline", "granheim", "sterkere"])
            self.assertTrue(any(figure["held_back"] for part in made["sections"] for figure in part["figures"] if "held_back" in figure))
            self.assertEqual(made["sections"], shown["sections"])
            self.assertEqual(made["lead"], shown["lead"])
            self.assertIn(b'"data_class":"register"', page)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]], verbosity=2)
