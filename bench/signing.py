"""Signs and verifies with the reference implementation: one JSON job a line in, one answer a line out."""

import json
import logging
import pathlib
import sys

from model_signing import hashing, signing, verifying

logging.disable(logging.CRITICAL)


def hashes(job):
    config = hashing.Config()
    if job.get("shard_size"):
        config.use_shard_serialization(shard_size=job["shard_size"])
    else:
        config.use_file_serialization(hashing_algorithm=job.get("hash", "sha256"))
    return config.set_ignored_paths(paths=[pathlib.Path(job["signature"]).name], ignore_git_paths=True)


def do(job):
    if job["do"] == "sign":
        config = signing.Config().set_hashing_config(hashes(job))
        if "certificate" in job:
            config.use_certificate_signer(
                private_key=job["key"], signing_certificate=job["certificate"], certificate_chain=[job["chain"]]
            )
        else:
            config.use_elliptic_key_signer(private_key=job["key"])
        config.sign(pathlib.Path(job["path"]), pathlib.Path(job["signature"]))
        return
    config = verifying.Config()
    if "root" in job:
        config.use_certificate_verifier(certificate_chain=[job["root"]])
    else:
        config.use_elliptic_key_verifier(public_key=job["public"])
    if job.get("hash") == "blake2":
        config.set_hashing_config(hashes(job))
    config.verify(pathlib.Path(job["path"]), pathlib.Path(job["signature"]))


for line in sys.stdin:
    try:
        do(json.loads(line))
        print(json.dumps({"ok": True}), flush=True)
    except Exception as reason:  # noqa: BLE001
        print(json.dumps({"ok": False, "why": repr(reason)[:400]}), flush=True)
