# SPDX-License-Identifier: Apache-2.0
"""Starts `utvei studio` and asks it, as a browser or as somebody who means it ill."""
import http.client
import json
import re
import socket
import subprocess
from urllib.parse import quote


class Studio:
    def __init__(self, program, folder, *options):
        command = [program, "studio", str(folder), "--quiet", *options]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        found = re.fullmatch(r"http://127\.0\.0\.1:(\d+)/\?token=([0-9a-f]{32})\n", line)
        if not found:
            raise SystemExit(f"no address: {line!r} {self.process.stderr.read()}")
        self.port, self.token = int(found[1]), found[2]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()
        self.process.stderr.close()

    def ask(self, method, path, body=None, *, token=True, **headers):
        """Status, headers and body. `headers`: by name with _ for -; None takes one away."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        sent = {"X-Utvei-Token": self.token} if token else {}
        if body is not None:
            sent["Content-Type"] = "application/json"
        sent.update({name.replace("_", "-"): value for name, value in headers.items()})
        data = json.dumps(body).encode() if isinstance(body, (dict, list)) else body
        connection.putrequest(method, path, skip_host="Host" in sent, skip_accept_encoding=True)
        for name, value in sent.items():
            if value is not None:
                connection.putheader(name, value)
        if data is not None and "Content-Length" not in sent:
            connection.putheader("Content-Length", str(len(data)))
        connection.endheaders()
        if data:
            try:
                connection.send(data)
            except (BrokenPipeError, ConnectionResetError):
                pass
        answer = connection.getresponse()
        result = answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        connection.close()
        return result

    def json(self, method, path, body=None, **more):
        status, _, text = self.ask(method, path, body, **more)
        return status, json.loads(text or b"null")

    def start(self, name, levers=None, scenario="measures"):
        return self.json("POST", "/api/runs", {"scenario": scenario, "name": name, "levers": levers or {}})

    def events(self, run):
        status, headers, text = self.ask("GET", f"/api/runs/{run}/events")
        assert status == 200 and headers["content-type"] == "text/event-stream", (status, headers)
        events = []
        for part in text.decode().split("\n\n"):
            lines = [line for line in part.split("\n") if line and not line.startswith(":")]
            if lines:
                event = [line[7:] for line in lines if line.startswith("event: ")][-1]
                events.append((event, json.loads("\n".join(line[6:] for line in lines if line.startswith("data: ")))))
        return events

    def finish(self, name, levers=None, scenario="measures"):
        status, begun = self.start(name, levers, scenario)
        assert status == 202, (status, begun)
        event, data = self.events(begun["run"])[-1]
        assert event == "done", (event, data)
        return data

    def listen(self, run):
        """A raw connection to the events of a run."""
        connection = self.raw()
        connection.sendall(f"GET /api/runs/{run}/events HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n"
                           f"X-Utvei-Token: {self.token}\r\n\r\n".encode())
        return connection

    def raw(self):
        return socket.create_connection(("127.0.0.1", self.port), timeout=30)

    def send_raw(self, data, *, half_close=False):
        """What comes back for these bytes; b"" where the connection is closed without an answer."""
        with self.raw() as connection:
            try:
                connection.sendall(data)
                if half_close:
                    connection.shutdown(socket.SHUT_WR)
                answer = b""
                while part := connection.recv(65536):
                    answer += part
                return answer
            except (BrokenPipeError, ConnectionResetError):
                return b""

    def resident_megabytes(self):
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as status:
            return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) / 1024

    def is_alive(self):
        return self.process.poll() is None and self.json("GET", "/api/studio")[0] == 200


def address_of(name):
    return quote(name, safe="")
