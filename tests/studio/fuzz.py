#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Random and mutated requests over raw sockets: the studio must stay alive, answer others, and not grow.

    /usr/bin/python3 tests/studio/fuzz.py ROOT PROGRAM SECONDS [SEED]
"""
import json
import random
import shutil
import sys
import tempfile
import threading
import time
from pathlib import Path

from client import Studio

THREADS = 4
# Kept results are most of what it holds; requests add next to nothing.
MOST_MEGABYTES_MORE = 200
HEADERS = ["Content-Length: 10", "Content-Length: -5", "Content-Length: 99999999999999999999", "Transfer-Encoding: chunked",
           "Expect: 100-continue", "Range: bytes=0-,5-7,-1", "Range: bytes=" + "1-2," * 400, "Accept-Encoding: gzip, br",
           "Connection: keep-alive, Upgrade", "Upgrade: websocket", "Origin: http://evil.example", "Content-Type: text/plain",
           "Content-Encoding: br", "Cookie: " + "a=b; " * 300, "X: \x00\x01\xff", ": no name", "No colon", "Host: evil.example",
           "X-Utvei-Token: " + "0" * 32, " folded: line", "X-Forwarded-Host: 127.0.0.1"]
PATHS = ["/", "/api/studio", "/api/runs", "/api/runs/1", "/api/runs/1/events", "/api/runs/a/yaml", "/api/runs/a/save", "/../../etc/passwd",
         "/%2e%2e/%00", "/api/scenarios/measures", "/?token=%", "/api/runs/" + "%c3" * 200, "/" + "a/" * 300, "*", "http://x/", "",
         "/api/runs?" + "a=b&" * 300]
METHODS = ["GET", "POST", "DELETE", "PUT", "HEAD", "OPTIONS", "PATCH", "TRACE", "CONNECT", "PRI", "get", "", "\x00"]


def body_of(chance):
    kind = chance.randrange(6)
    if kind == 0:
        return bytes(chance.randrange(256) for _ in range(chance.randrange(3000)))
    if kind == 1:
        return b"[" * chance.randrange(60000)
    if kind == 2:
        return b"x" * chance.randrange(200000)
    levers = {"measures.follow_up.places.per_region.4203": chance.choice([5, -1, 1e308, 7, None, "x", [], {}]),
              "measures.follow_up.runs.from": chance.choice(["2027-05-05", "x", 4, "9999-99-99"]),
              chance.choice(["", "a", "measures.follow_up.uptake"]): chance.choice([0.5, 2, True])}
    value = {"scenario": chance.choice(["measures", "baseline", "none", "", 3]),
             "name": chance.choice(["a", "b", "..", "", "a/b", "\u0000", "ø" * 60, "x" * 5000, 1, "\ud800"]),
             "levers": dict(chance.sample(sorted(levers.items(), key=str), chance.randrange(4)))}
    return json.dumps(value).encode()


def request_of(chance, studio):
    lines = [f"{chance.choice(METHODS)} {chance.choice(PATHS)} HTTP/{chance.choice(['1.1', '1.1', '1.0', '9.9', ''])}"]
    body = body_of(chance) if chance.random() < 0.5 else b""
    if chance.random() < 0.9:
        lines.append(f"Host: 127.0.0.1:{studio.port}")
    if chance.random() < 0.8:
        lines.append(f"X-Utvei-Token: {studio.token}")
    if body and chance.random() < 0.8:
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
        if chance.random() < 0.8:
            lines[0] = "POST /api/runs HTTP/1.1"
    lines += chance.sample(HEADERS, chance.choice([0, 0, 0, 1, 2, 5]))
    data = "\r\n".join(lines).encode("utf-8", "replace") + b"\r\n\r\n" + body
    return mutated(chance, data) if chance.random() < 0.5 else data


def mutated(chance, data):
    data = bytearray(data)
    for _ in range(chance.randrange(1, 8)):
        at = chance.randrange(len(data) + 1)
        kind = chance.randrange(4)
        if kind == 0 and at < len(data):
            data[at] = chance.randrange(256)
        elif kind == 1:
            data[at:at] = bytes(chance.randrange(256) for _ in range(chance.randrange(20)))
        elif kind == 2:
            del data[at:at + chance.randrange(30)]
        else:
            data[at:at] = data[:chance.randrange(200)]
    return bytes(data)


def attack(studio, seed, until, counts):
    chance = random.Random(seed)
    while time.monotonic() < until:
        data = request_of(chance, studio)
        if chance.random() < 0.05:
            data = data[:chance.randrange(len(data) + 1)]
        try:
            answer = studio.send_raw(data, half_close=chance.random() < 0.7)
        except (TimeoutError, OSError):
            answer = b"?"
        status = answer[9:12].decode("latin-1") if answer.startswith(b"HTTP/1.1 ") else "none"
        counts[status] = counts.get(status, 0) + 1


def main(root, program, seconds, seed="1"):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "example"
        shutil.copytree(Path(root) / "scenarios/example", folder)
        before = sorted(path.name for path in folder.iterdir())
        with Studio(program, folder, "--scenario", "measures.yaml") as studio:
            first = studio.resident_megabytes()
            counts = [{} for _ in range(THREADS)]
            until = time.monotonic() + float(seconds)
            threads = [threading.Thread(target=attack, args=(studio, f"{seed}/{i}", until, counts[i])) for i in range(THREADS)]
            for thread in threads:
                thread.start()
            slowest, most = 0.0, first
            while time.monotonic() < until:
                begun = time.monotonic()
                if studio.process.poll() is not None:
                    print(studio.process.stderr.read())
                    return 1
                assert studio.json("GET", "/api/studio")[0] in (200, 503)
                slowest, most = max(slowest, time.monotonic() - begun), max(most, studio.resident_megabytes())
                time.sleep(0.5)
            for thread in threads:
                thread.join()
            answered = {}
            for one in counts:
                for status, count in one.items():
                    answered[status] = answered.get(status, 0) + count
            print(f"{sum(answered.values())} requests in {seconds} s: {dict(sorted(answered.items()))}; "
                  f"memory {first:.0f} to {most:.0f} MB; slowest answer to an honest client {slowest:.2f} s")
            assert studio.is_alive()
            assert most - first < MOST_MEGABYTES_MORE
        new = set(path.name for path in folder.iterdir()) - set(before)
        assert new <= {"a.yaml", "b.yaml"} | {one for one in new if one.startswith("o") and one.endswith(".yaml")}, new
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
