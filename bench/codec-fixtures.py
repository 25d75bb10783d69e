"""Writes packed data of each codec as base64 in one JSON file, for the tests of the readers.

Needs lz4 and zstandard support of the tools `lz4` and `zstd`; run it only to make the file anew:

    python3 bench/codec-fixtures.py > src/sources/unpack/fixtures.json

The data is made again by the test, from the same formulas.
"""

import base64
import bz2
import json
import lzma
import subprocess
import sys
import zlib


def noise(count):
    state, out = 1, bytearray()
    for _ in range(count):
        state = (state * 1664525 + 1013904223) % 2**32
        out.append(state >> 24)
    return bytes(out)


def words(count):
    state, out = 7, []
    names = [b"layer", b"weight", b"bias", b"norm", b".", b"\n", b"attention", b" 0.5"]
    for _ in range(count):
        state = (state * 1664525 + 1013904223) % 2**32
        out.append(names[state >> 29])
    return b"".join(out)


def calls(count):
    """Looks like x86 code: relative calls to a few targets."""
    state, out = 3, bytearray()
    for k in range(count):
        state = (state * 1664525 + 1013904223) % 2**32
        target = (state >> 28) * 4096 - len(out) - 5
        out += b"\x8b\x45" + bytes([k % 251]) + (b"\xe8" if k % 3 else b"\xe9") + (target % 2**32).to_bytes(4, "little")
    return bytes(out)


sources = {"words": words(1500), "noise": noise(700), "zeros": bytes(300000), "calls": calls(400), "one": b"x", "none": b""}
lzma2 = {"id": lzma.FILTER_LZMA2, "preset": 6}
files = {}


def tool(*command):
    return lambda data: subprocess.run(command, input=data, stdout=subprocess.PIPE, check=True).stdout


codecs = {
    "bzip2": lambda data: bz2.compress(data, 1),
    "xz": lambda data: lzma.compress(data),
    "xz x86": lambda data: lzma.compress(data, filters=[{"id": lzma.FILTER_X86}, lzma2]),
    "xz delta": lambda data: lzma.compress(data, filters=[{"id": lzma.FILTER_DELTA, "dist": 4}, lzma2]),
    "xz odd": lambda data: lzma.compress(data, filters=[{**lzma2, "lc": 0, "lp": 2, "pb": 0}], check=lzma.CHECK_SHA256),
    "lzma": lambda data: lzma.compress(data, format=lzma.FORMAT_ALONE),
    "lz4": tool("lz4", "-c", "-9", "-BD", "-B4"),
    "zstd": tool("zstd", "-c", "-19", "--check"),
    "zlib": lambda data: zlib.compress(data),
    "deflate": lambda data: zlib.compress(data)[2:-4],
}
for source, data in sources.items():
    for codec, pack in codecs.items():
        files[f"{codec}: {source}"] = base64.b64encode(pack(data)).decode()

json.dump(files, sys.stdout, indent=1)
print()
