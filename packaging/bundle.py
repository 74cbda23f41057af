# SPDX-License-Identifier: Apache-2.0
"""What lies beside the program in the tarball: shared libraries but those of glibc, the licences of all that is in it, and README.txt.

usage: bundle.py PROGRAM VERSION -o FOLDER STATIC_LIBRARY...
"""
import re
import shutil
import subprocess
import sys
from pathlib import Path

GLIBC = re.compile(r"^(lib(c|m|dl|rt|pthread)\.so|ld-linux)")
# Libraries of headers only leave no file to ask of; libstdc++ has parts in headers, too.
HEADERS = ("libcli11-dev", "nlohmann-json3-dev", "libeigen3-dev", "libboost1.74-dev", "librandom123-dev")
README = """\
utvei {version} for Linux on x86-64

It needs glibc {glibc} or newer (`ldd --version` says which there is) and nothing else; nothing is installed, and no network is used.

    tar xf utvei-{version}-linux-x86_64.tar.gz
    utvei-{version}-linux-x86_64/bin/utvei --version
    cp -r utvei-{version}-linux-x86_64/share/utvei scenarios            # a made-up register, a model of Norway, five projects
    utvei-{version}-linux-x86_64/bin/utvei estimate scenarios/demo/study.yaml -o scenarios/demo/rates.h5

The folder may lie anywhere; its parts stay together. Documentation: share/doc/utvei (html/index.html in a browser, or docs/index.md).
Libraries in it: {libraries}. Their licences are in licences/.
"""


def output_of(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def shared_libraries(program):
    """Files that the program takes at its start, without glibc's."""
    found = re.findall(r"^\s*(\S+) => (/\S+)", output_of("ldd", program), re.MULTILINE)
    return {name: Path(path) for name, path in found if not GLIBC.match(name)}


def newest_glibc(files):
    """The newest version of a glibc symbol that any of the files asks for."""
    versions = set(re.findall(r"GLIBC_(\d+)\.(\d+)", "".join(output_of("objdump", "-T", str(file)) for file in files)))
    return ".".join(map(str, max((int(a), int(b)) for a, b in versions)))


def package_of(file):
    """The Debian package that a file is of. dpkg knows files by the folder that /lib or /usr/lib is called by."""
    real = file.resolve()
    for name in (str(real), str(real).removeprefix("/usr"), str(file)):
        asked = subprocess.run(["dpkg", "-S", name], capture_output=True, text=True)
        if asked.returncode == 0:
            return asked.stdout.split(":")[0].split(",")[0]
    sys.exit(f"bundle.py: no package has {file}: its licence is not known")


def copy_licences(packages, folder):
    folder.mkdir()
    for package in sorted(packages):
        shutil.copyfile(Path("/usr/share/doc") / package / "copyright", folder / package)


def copy_licences_of_page(folder):
    """The page's script begins with the licences of what it was made from."""
    script = (Path(__file__).parent.parent / "output/report/page/report.js").read_text(encoding="utf-8")
    texts = re.match(r"/\*(.*?)\*/", script, re.DOTALL)
    if not texts:
        sys.exit("bundle.py: the page's script does not begin with its licences")
    (folder / "report-page").write_text(texts[1].strip() + "\n", encoding="utf-8")


def main(program, version, folder, static):
    folder = Path(folder)
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "lib").mkdir(parents=True)
    libraries = shared_libraries(program)
    for name, file in libraries.items():
        shutil.copyfile(file.resolve(), folder / "lib" / name)
    packages = {package_of(file) for file in [*libraries.values(), *map(Path, static)]} | set(HEADERS)
    copy_licences(packages, folder / "licences")
    copy_licences_of_page(folder / "licences")
    shutil.copyfile(Path(__file__).parent.parent / "LICENSE", folder / "LICENSE")
    glibc = newest_glibc([program, *libraries.values()])
    (folder / "README.txt").write_text(README.format(version=version, glibc=glibc, libraries=", ".join(sorted(packages))), encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) < 5 or sys.argv[3] != "-o":
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2], sys.argv[4], sys.argv[5:])
