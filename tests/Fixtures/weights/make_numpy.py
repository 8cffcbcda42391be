#!/usr/bin/env python3
"""Writes NumPy's files of this folder with NumPy itself."""
import pickle

import numpy as np

from networks import network, path


def arrays(axes, kind="vgg16", seed=2):
    return {name: (w.numpy().transpose(axes), b.numpy()) for name, (w, b) in network(kind, seed).items()}


CAFFE, TENSORFLOW = (0, 1, 2, 3), (2, 3, 1, 0)

# Names and axes of the file of VGG-16 that TensorFlow's users have; the members of np.savez are stored as they are.
flat = {f"{name}_{part}": value for name, pair in arrays(TENSORFLOW).items() for part, value in zip("Wb", pair)}
fully = {"fc6_W": np.ones((9 * 49, 11), np.float32), "fc6_b": np.ones(11, np.float32)}
np.savez(path("tensorflow_names.npz"), **fully, **flat)
np.savez_compressed(path("compressed.npz"), **{k: v.astype(np.float16) for k, v in flat.items()})

# A dictionary of lists in an array of one object.
lists = {name: [np.ascontiguousarray(w), b] for name, (w, b) in arrays(TENSORFLOW).items()}
lists["fc6"] = list(fully.values())
np.save(path("dictionary.npy"), lists)
np.save(path("dictionary_caffe.npy"), {k: {"weights": w, "biases": b} for k, (w, b) in arrays(CAFFE).items()})

# A pickle of parameters in turn, with the picture's mean, as users of Lasagne have it; and in NumPy's newest way.
params = {"param values": [t for pair in arrays(CAFFE, "vgg19", 1).values() for t in pair],
          "mean value": np.array([103.939, 116.779, 123.68])}
with open(path("lasagne.pkl"), "wb") as file:
    pickle.dump(params, file, protocol=4)
with open(path("lasagne5.pkl"), "wb") as file:
    pickle.dump(params, file, protocol=5)

# Columns first, big ends first, doubles.
np.savez(path("orders.npz"), **{k: np.asfortranarray(v.astype(">f8" if "W" in k else ">f4")) for k, v in flat.items()})

# Single arrays.
np.save(path("array.npy"), np.arange(24, dtype=np.float32).reshape(2, 3, 4) / 7)
