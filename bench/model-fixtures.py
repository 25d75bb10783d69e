"""Writes small model files with the tools that usually write them, as base64 in one JSON file.

Needs joblib, lz4, numpy and py7zr; run it only to make the file anew:

    python3 bench/model-fixtures.py > test/model-zoo/containers/written.json

The payload is inert: it is pickled as bytes, and nothing here or in the tests loads it.
"""

import base64
import bz2
import io
import json
import lzma
import pickle
import sys
import zlib

import joblib
import lz4.frame
import numpy as np
import py7zr

PAYLOAD = b"cos\nsystem\n(S'true'\ntR."

rng = np.random.default_rng(1)
model = {
    "weights": rng.normal(size=(6, 4)),
    "columns": np.asfortranarray(np.arange(12, dtype="f4").reshape(3, 4)),
    "labels": np.array(["a", None, {"k": 1}], dtype=object),
    "empty": np.zeros((0, 3)),
    "score": np.float64(0.5),
    "steps": np.arange(7, dtype=">i4"),
}
files = {}


def kept(name, write):
    out = io.BytesIO()
    write(out)
    files[name] = base64.b64encode(out.getvalue()).decode()


kept("plain.joblib", lambda out: joblib.dump(model, out))
kept("protocol-2.joblib", lambda out: joblib.dump(model, out, protocol=2))
for codec in ("zlib", "gzip", "bz2", "xz", "lzma", "lz4"):
    kept(f"{codec}.joblib", lambda out, codec=codec: joblib.dump(model, out, compress=(codec, 3)))

kept("plain.npy", lambda out: np.save(out, model["columns"]))
kept("objects.npy", lambda out: np.save(out, model["labels"], allow_pickle=True))
record = np.zeros(2, dtype=[("a", "<f4"), ("b", "U3"), ("c", "i2", (2,))])
kept("record.npy", lambda out: np.save(out, record))
kept("two.npy", lambda out: [np.save(out, model["steps"]), np.save(out, model["weights"])])
kept("plain.npz", lambda out: np.savez(out, a=model["weights"], b=model["labels"]))
kept("packed.npz", lambda out: np.savez_compressed(out, a=model["weights"], z=np.zeros((100, 100))))
kept("array.pkl", lambda out: pickle.dump(model["weights"], out, protocol=4))

kept("wicked.bz2", lambda out: out.write(bz2.compress(PAYLOAD)))
kept("wicked.xz", lambda out: out.write(lzma.compress(PAYLOAD)))
kept("wicked.lzma", lambda out: out.write(lzma.compress(PAYLOAD, format=lzma.FORMAT_ALONE)))
kept("wicked.lz4", lambda out: out.write(lz4.frame.compress(PAYLOAD)))
kept("wicked.zlib", lambda out: out.write(zlib.compress(PAYLOAD)))


def seven(filters=None, password=None, data=PAYLOAD):
    def write(out):
        with py7zr.SevenZipFile(out, "w", filters=filters, password=password) as archive:
            archive.writestr(data, "model/data.pkl")

    return write


kept("lzma2.7z", seven())
kept("lzma.7z", seven([{"id": py7zr.FILTER_LZMA}]))
kept("copy.7z", seven([{"id": py7zr.FILTER_COPY}]))
kept("bzip2.7z", seven([{"id": py7zr.FILTER_BZIP2}]))
kept("deflate.7z", seven([{"id": py7zr.FILTER_DEFLATE}]))
kept("zstd.7z", seven([{"id": py7zr.FILTER_ZSTD, "level": 3}]))
kept("encrypted.7z", seven(password="x"))
kept("ppmd.7z", seven([{"id": py7zr.FILTER_PPMD, "order": 6, "mem": 24}]))

json.dump(files, sys.stdout, indent=1)
print()
