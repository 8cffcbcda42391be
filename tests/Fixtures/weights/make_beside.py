#!/usr/bin/env python3
"""Writes what training programs save beside the weights: arguments, scalars, paths, generators of random numbers. Each
file holds the same two convolutions (Debian: apt-get install python3-torch)."""
import argparse
import collections
import datetime
import enum
import pathlib
import pickle
import random
import sys
import types

import numpy as np
import torch

import expected
from networks import path

generator = torch.Generator().manual_seed(11)
STATE = collections.OrderedDict(
    (f"{name}.{part}", torch.randn(*shape, generator=generator))
    for name, inputs, outputs in [("conv1_1", 3, 5), ("conv1_2", 5, 7)]
    for part, shape in [("weight", (outputs, inputs, 3, 3)), ("bias", (outputs,))])


def stranger(name, *bases):
    """A class of another program's module, which is gone when the file is read."""
    package, _, last = name.rpartition(".")
    made = type(last, bases or (object,), {"__module__": package})
    parts = package.split(".")
    for count in range(1, len(parts) + 1):
        sys.modules.setdefault(".".join(parts[:count]), types.ModuleType(parts[count - 1]))
    setattr(sys.modules[package], last, made)
    return made


AttributeDict = stranger("pytorch_lightning.utilities.parsing.AttributeDict", dict)
ModelCheckpoint = stranger("pytorch_lightning.callbacks.ModelCheckpoint")
Phase = enum.Enum("Phase", "TRAIN TEST", module=stranger("trainer.Anything").__module__)
sys.modules["trainer"].Phase = Phase
expected.write(path("beside.safetensors"), STATE)
np.random.seed(3)
random.seed(3)

arguments = argparse.Namespace(
    lr=1e-3, betas=(0.9, 0.999), root=pathlib.PurePosixPath("/data/pictures"), layers=["conv1_1"], resume=None,
    device=torch.device("cuda", 1), dtype=torch.float32, size=torch.Size([3, 5]), names={"a", "b"},
    frozen=frozenset({1, 2}), kind=Phase.TEST, when=datetime.datetime(2020, 2, 3), wide=complex(1, 2))
optimizer = {"state": {i: {"step": 3, "exp_avg": v.clone(), "exp_avg_sq": v.clone()}
                       for i, v in enumerate(STATE.values())},
             "param_groups": [{"lr": np.float64(1e-3), "params": [0, 1, 2, 3]}]}
history = collections.defaultdict(list, loss=[np.float32(0.5), np.float64(0.25)], best=[np.int64(3)])
checkpoint = {
    "epoch": np.int64(7), "args": arguments, "opt": optimizer, "history": history, "counts": collections.Counter("abca"),
    "scheduler": {"milestones": collections.Counter([3, 5]), "_step_count": 3},
    "random": (random.getstate(), np.random.get_state(), torch.get_rng_state()), "large": 1 << 3000,
    "generator": np.random.PCG64(5).state, "labels": np.array(["a", "bc"]), "state_dict": STATE}
for protocol in (2, 4):
    torch.save(checkpoint, path(f"beside_protocol{protocol}.pth"), pickle_protocol=protocol)
torch.save(checkpoint, path("beside_legacy.pth"), _use_new_zipfile_serialization=False)

torch.save({
    "epoch": 3, "global_step": 900, "pytorch-lightning_version": "1.9.0",
    "state_dict": collections.OrderedDict((f"model.{key}", value) for key, value in STATE.items()),
    "callbacks": {ModelCheckpoint: {"best_model_score": torch.tensor(0.5), "dirpath": pathlib.PurePosixPath("/logs")}},
    "optimizer_states": [optimizer], "lr_schedulers": [], "hparams_name": "kwargs",
    "hyper_parameters": AttributeDict(lr=1e-3, root=pathlib.PurePosixPath("/data"), nested=AttributeDict(a=1))},
    path("beside_lightning.ckpt"))

# Parameters with attributes of their own.
tagged = collections.OrderedDict((key, torch.nn.Parameter(value.clone())) for key, value in STATE.items())
for value in tagged.values():
    value.tag = "mine"
torch.save({"net": tagged}, path("beside_tags.pth"))

# What holds no weights to read: a module in the old format, and quantized convolutions.
torch.save(torch.nn.Sequential(torch.nn.Conv2d(3, 5, 3)), path("module_legacy.pth"),
           _use_new_zipfile_serialization=False)
torch.save({key: torch.quantize_per_tensor(value, 0.1, 0, torch.qint8) if value.dim() > 1 else value
            for key, value in STATE.items()}, path("quantized.pth"))

# Bytes as texts, which is what NumPy's arrays become in protocol 2; with a scalar beside them.
arrays = {key: value.numpy() for key, value in STATE.items()}
with open(path("protocol2.pkl"), "wb") as file:
    pickle.dump({"weights": arrays, "empty": np.zeros((0, 3), "<f4"), "loss": np.float32(0.5), "raw": b"\x00\xff"},
                file, protocol=2)
np.savez(path("quantized.npz"), **{key: value.astype("int8") if value.ndim > 1 else value
                                   for key, value in arrays.items()})
