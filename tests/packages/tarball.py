# SPDX-License-Identifier: Apache-2.0
"""The tarball where there is nothing but glibc: the program starts, runs the demo, and finds its model of Norway.

usage: tarball.py TARBALL UTVEI        UTVEI: the program as it was built, which must say the same; exit code 77: no rights to change the root
"""
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

DEMO = (["estimate", "demo/study.yaml", "-o", "demo/rates.h5"],
        ["run", "demo/baseline.yaml", "demo/granheim.yaml", "--out", "runs", "--quiet"],
        ["compare", "runs/baseline.h5", "runs/granheim.h5"],
        ["new", "--municipality", "4001", "-o", "porsgrunn"])
GLIBC = re.compile(r"^(lib(c|m|dl|rt|pthread)\.so|ld-linux)")
OUTSIDE = ["unshare", "--mount"] + (["--map-root-user"] if subprocess.run(["id", "-u"], capture_output=True, text=True).stdout.strip() != "0" else [])


def bare_root(folder, program):
    """A root with glibc, as the program names it, and an empty /proc."""
    (folder / "proc").mkdir()
    named = re.findall(r"(/\S+)", subprocess.run(["ldd", program], check=True, capture_output=True, text=True).stdout)
    for file in map(Path, named):
        if GLIBC.match(file.name):
            inside = folder / str(file)[1:]
            inside.parent.mkdir(parents=True, exist_ok=True)
            inside.write_bytes(file.read_bytes())
            inside.chmod(0o755)


def in_root(root, words):
    script = 'mount --rbind /proc "$0/proc" && cd / && exec chroot "$0" "$@"'
    return subprocess.run([*OUTSIDE, "sh", "-c", script, str(root), *words], capture_output=True, text=True, env={"LC_ALL": "C"})


def main(tarball, program):
    if subprocess.run([*OUTSIDE, "true"], capture_output=True).returncode:
        print("no rights to change the root (unshare)")
        return 77
    with tempfile.TemporaryDirectory() as name:
        root, usual = Path(name) / "root", Path(name) / "usual"
        root.mkdir()
        bare_root(root, program)
        with tarfile.open(tarball) as packed:
            packed.extractall(root)
        unpacked = next(root.glob("utvei-*"))
        if "@observablehq/plot" not in (unpacked / "licences/report-page").read_text(encoding="utf-8"):
            print("the licences of what the report's page is made from are not there")
            return 1
        subprocess.run(["cp", "-r", f"{unpacked}/share/utvei", str(usual)], check=True)
        subprocess.run(f"cp -r {unpacked}/share/utvei/. {root}", shell=True, check=True)
        for words in (["--version"], *DEMO):
            bare = in_root(root, [f"/{unpacked.name}/bin/utvei", *words])
            there = subprocess.run([program, *words], cwd=usual, capture_output=True, text=True)
            print(" ".join(words), "->", bare.returncode, bare.stderr.strip()[-200:])
            if bare.returncode or bare.stdout != there.stdout:
                print(f"the program of the tarball says\n{bare.stdout}{bare.stderr}\nand the one that was built\n{there.stdout}")
                return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve(), str(Path(sys.argv[2]).resolve())))
