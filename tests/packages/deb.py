# SPDX-License-Identifier: Apache-2.0
"""What is in the .deb; with --install, whether a fresh Debian 12 takes it, runs the demo, and lets it go.

usage: deb.py DEB [--install]        exit code 77: no dpkg-deb, or no debootstrap, rights or network for --install
"""
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

FILES = ("./usr/bin/utvei", "./usr/share/man/man1/utvei.1.gz", "./usr/share/bash-completion/completions/utvei",
         "./usr/share/zsh/vendor-completions/_utvei", "./usr/share/doc/utvei/copyright", "./usr/share/utvei/demo/study.yaml",
         "./usr/share/utvei/norway/model.yaml")
NOT_SHIPPED = ("rates.h5", "people.h5", "__pycache__", "/runs/", "/bin/utvei_portable")
DEPENDS = ("libc6 (>=", "libhdf5-103-1", "libtbb12", "libyaml-cpp0.7", "libfmt9")
SCRIPT = """set -e
apt-get install -q -y --no-install-recommends /utvei.deb >/log 2>&1 || { cat /log; exit 1; }
utvei --version
cp -r /usr/share/utvei /work; cd /work
utvei estimate demo/study.yaml -o demo/rates.h5 >/dev/null 2>&1
utvei run demo/baseline.yaml demo/granheim.yaml --out runs
utvei compare runs/baseline.h5 runs/granheim.h5 | head -n 1
utvei new --municipality 4001 -o porsgrunn
apt-get remove -q -y utvei >/log 2>&1
test ! -e /usr/bin/utvei
"""


def output_of(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def wrong_in(deb):
    control, listed = output_of("dpkg-deb", "-I", deb), output_of("dpkg-deb", "-c", deb)
    paths = [line.split(None, 5)[5] for line in listed.splitlines()]
    yield from (f"it lacks {file}" for file in FILES if file not in paths)
    yield from (f"it has {path}" for path in paths for word in NOT_SHIPPED if word in path)
    yield from (f"not root's: {line}" for line in listed.splitlines() if line.split()[1] != "root/root")
    depends = next(line for line in control.splitlines() if line.startswith(" Depends:"))
    yield from (f"it does not depend on {word}: {depends}" for word in DEPENDS if word not in depends)
    yield from (f"the control file has no {field}" for field in (" Maintainer: ", " Section: science", " Description: ") if field not in control)


def install(deb):
    """0, 1 or 77."""
    if shutil.which("debootstrap") is None or os.geteuid() != 0:
        print("not installed anywhere: that takes debootstrap and root")
        return 77
    with tempfile.TemporaryDirectory() as root:
        made = subprocess.run(["debootstrap", "--variant=minbase", "bookworm", root], capture_output=True, text=True)
        if made.returncode:
            print("no Debian to install it on:", made.stdout[-500:], made.stderr[-500:])
            return 77
        shutil.copy(deb, Path(root) / "utvei.deb")
        in_chroot = 'mount --rbind /proc "$0/proc" && exec chroot "$0" env DEBIAN_FRONTEND=noninteractive sh -c "$1"'
        return subprocess.run(["unshare", "--mount", "sh", "-c", in_chroot, root, SCRIPT]).returncode


def main(deb, ways):
    if shutil.which("dpkg-deb") is None:
        print("dpkg-deb is missing")
        return 77
    wrong = list(wrong_in(deb))
    print("\n".join(wrong))
    return 1 if wrong else install(deb) if "--install" in ways else 0


if __name__ == "__main__":
    sys.exit(main(str(Path(sys.argv[1]).resolve()), sys.argv[2:]))
