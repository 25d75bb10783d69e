"""Judges a poisoned set of 32 x 32 pictures as published defences do: with the activations of a network trained on it.

Reads `pixels.bin` (RGB bytes) and `set.json` ({"labels": [...], "classes": n, "share": poison among the target class})
from the folder named first; prints {"methods": {name: {"accused": [...], "seconds": s}}, "network": {...}} as JSON.
Every method is a call into the library that has it.
"""

import contextlib
import io
import json
import os
import sys
import time
import warnings

warnings.filterwarnings("ignore")

import numpy as np  # noqa: E402
import torch  # noqa: E402
from torch import nn  # noqa: E402

EPOCHS = int(os.environ.get("EPOCHS", "15"))
FOLDS = 3


def network(classes):
    return nn.Sequential(
        nn.Conv2d(3, 32, 3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(32, 64, 3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(64, 64, 3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(1024, 64),
        nn.ReLU(),
        nn.Linear(64, classes),
    )


def trained(x, y, classes):
    torch.manual_seed(1)
    model = network(classes)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    loss = nn.CrossEntropyLoss()
    images, labels = torch.from_numpy(x), torch.from_numpy(y)
    for _ in range(EPOCHS):
        for batch in torch.randperm(len(x)).split(64):
            optimizer.zero_grad()
            loss(model(images[batch]), labels[batch]).backward()
            optimizer.step()
    model.eval()
    return model, optimizer, loss


def chances(model, x):
    with torch.no_grad():
        return torch.softmax(model(torch.from_numpy(x)), 1).numpy()


def timed(work):
    begun = time.time()
    return work(), round(time.time() - begun, 1)


def art_methods(classifier, x, y, classes, share):
    from art.defences.detector.poison import ActivationDefence, SpectralSignatureDefense

    one_hot = np.eye(classes, dtype=np.float32)[y]

    def spectral():
        defence = SpectralSignatureDefense(classifier, x, one_hot, expected_pp_poison=share)
        return defence.detect_poison()[1]

    def clustering(analysis):
        defence = ActivationDefence(classifier, x, one_hot)
        return defence.detect_poison(nb_clusters=2, nb_dims=10, reduce="PCA", cluster_analysis=analysis)[1]

    return {
        "ART spectral signatures (told the share)": spectral,
        "ART activation clustering (smaller)": lambda: clustering("smaller"),
        "ART activation clustering (relative size)": lambda: clustering("relative-size"),
    }


def cleanlab_accused(x, y, classes):
    from cleanlab.filter import find_label_issues
    from sklearn.model_selection import StratifiedKFold

    told = np.zeros((len(x), classes), dtype=np.float64)
    for train, test in StratifiedKFold(FOLDS, shuffle=True, random_state=1).split(x, y):
        model, _, _ = trained(x[train], y[train], classes)
        told[test] = chances(model, x[test])
    return np.flatnonzero(find_label_issues(y, told, n_jobs=1)).tolist()


def main(folder):
    with open(os.path.join(folder, "set.json"), encoding="utf-8") as file:
        described = json.load(file)
    y = np.array(described["labels"], dtype=np.int64)
    classes = described["classes"]
    x = np.fromfile(os.path.join(folder, "pixels.bin"), dtype=np.uint8).reshape(len(y), 32, 32, 3)
    x = (x.transpose(0, 3, 1, 2) / 255).astype(np.float32)
    torch.set_num_threads(int(os.environ.get("THREADS", "1")))
    (model, optimizer, loss), training = timed(lambda: trained(x, y, classes))
    accuracy = float((chances(model, x).argmax(1) == y).mean())
    methods, missing = {}, []
    try:
        from art.estimators.classification import PyTorchClassifier

        classifier = PyTorchClassifier(
            model, loss, (3, 32, 32), classes, optimizer=optimizer, clip_values=(0, 1), device_type="cpu"
        )
        for name, work in art_methods(classifier, x, y, classes, described["share"]).items():
            try:
                clean, seconds = timed(work)
            except (TypeError, ValueError) as reason:
                missing.append(f"{name} failed in the library: {reason}")
                continue
            accused = [i for i, kept in enumerate(clean) if not kept]
            methods[name] = {"accused": accused, "seconds": round(training + seconds, 1)}
    except ImportError as reason:
        missing.append(f"adversarial-robustness-toolbox: {reason}")
    try:
        accused, seconds = timed(lambda: cleanlab_accused(x, y, classes))
        methods[f"cleanlab ({FOLDS} networks out of fold)"] = {"accused": accused, "seconds": seconds}
    except ImportError as reason:
        missing.append(f"cleanlab: {reason}")
    return {"methods": methods, "missing": missing, "network": {"accuracy": accuracy, "seconds": training}}


if __name__ == "__main__":
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        result = main(sys.argv[1])
    json.dump(result, sys.stdout)
