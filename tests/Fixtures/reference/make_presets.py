#!/usr/bin/env python3
"""Writes the objectives of two other tools as numeric reference cases, with PyTorch, in float64, stored as float32.

Run: python3 make_presets.py      (Debian: apt-get install python3-torch; after make_reference.py)
The pictures and the narrow network are those of this folder. Formulas are written here as the tools have them:
jcjohnson/neural-style with weights 5 and 100, and crowsonkb/style-transfer-pytorch with its defaults.
"""
import json
import os

import numpy as np
import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
HERE = os.path.dirname(os.path.abspath(__file__))
MEAN = torch.tensor([0.485, 0.456, 0.406]).view(1, 3, 1, 1)
STD = torch.tensor([0.229, 0.224, 0.225]).view(1, 3, 1, 1)
STYLE = ["relu1_1", "relu2_1", "relu3_1", "relu4_1", "relu5_1"]


def load(name):
    raw = open(os.path.join(HERE, name + ".safetensors"), "rb").read()
    end = 8 + int.from_bytes(raw[:8], "little")
    tensors = {}
    for key, entry in json.loads(raw[8:end]).items():
        if key != "__metadata__":
            first, last = entry["data_offsets"]
            values = np.frombuffer(raw[end + first:end + last], np.float32).reshape(entry["shape"])
            tensors[key] = torch.tensor(values.astype(np.float64))
    return tensors


def save(name, loss, image, gradient):
    header = {"__metadata__": {"loss": json.dumps(loss)}}
    blobs = [np.ascontiguousarray(t.detach().numpy().astype(np.float32)) for t in (image, gradient)]
    at = 0
    for key, blob in zip(("image", "gradient"), blobs):
        header[key] = {"dtype": "F32", "shape": list(blob.shape), "data_offsets": [at, at + blob.nbytes]}
        at += blob.nbytes
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(os.path.join(HERE, name + ".safetensors"), "wb") as file:
        file.write(len(text).to_bytes(8, "little") + text + b"".join(blob.tobytes() for blob in blobs))


def features(weights, x, replicates):
    h, out = (x - MEAN) / STD, {}
    for block, count in enumerate([2, 2, 4, 4, 4], 1):
        if block > 1:
            h = F.max_pool2d(h, 2)
        for i in range(1, count + 1):
            mode = "replicate" if replicates and (block, i) == (1, 1) else "constant"
            key = f"conv{block}_{i}"
            h = F.relu(F.conv2d(F.pad(h, (1, 1, 1, 1), mode=mode), weights[key + ".weight"], weights[key + ".bias"]))
            out[f"relu{block}_{i}"] = h
    return out


def neural_style(f, content, style, _):
    def gram(layer):
        return layer[0].flatten(1) @ layer[0].flatten(1).T / layer.numel()

    # Without the total variation, beside which nothing else of so narrow a network would be seen.
    return 5 * (f["relu4_2"] - content["relu4_2"]).pow(2).mean() + sum(
        100 * (gram(f[layer]) - gram(style[layer])).pow(2).mean() for layer in STYLE)


def style_transfer_pytorch(f, content, style, x):
    def gaussian(layer):
        v = layer[0].flatten(1)
        mean = v.mean(1)
        return mean, v @ v.T / v.shape[1] - torch.outer(mean, mean) + 1e-4 * torch.eye(len(mean))

    def root(a):
        values, vectors = torch.linalg.eigh(a)
        return (vectors * values.clamp_min(0).sqrt()) @ vectors.T

    def distance(a, b):
        (mean, s), (target, t) = gaussian(a), gaussian(b)
        cross = torch.linalg.eigvalsh(root(t) @ s @ root(t)).clamp_min(1e-12).sqrt().mean()
        return (mean - target).pow(2).mean() + t.diagonal().mean() + s.diagonal().mean() - 2 * cross

    p = F.pad(x, (1, 1, 1, 1), mode="replicate")
    to_left, to_top = p[..., 1:, 1:] - p[..., 1:, :-1], p[..., 1:, 1:] - p[..., :-1, 1:]
    falling, rising = p[..., 1:, 1:] - p[..., :-1, :-1], p[..., 1:, :-1] - p[..., :-1, 1:]
    variation = 2 * (to_left.pow(2).mean() / 3 + to_top.pow(2).mean() / 3
                     + falling.pow(2).mean() / 12 + rising.pow(2).mean() / 12)
    return 0.015 * (f["relu4_2"] - content["relu4_2"]).pow(2).mean() + 2 * variation + sum(
        weight / 341 * distance(f[layer], style[layer]) for layer, weight in zip(STYLE, (256, 64, 16, 4, 1)))


def main():
    weights, images = load("narrow_vgg19"), load("images")
    for name, objective, replicates in (
            ("preset_neural_style", neural_style, False),
            ("preset_style_transfer_pytorch", style_transfer_pytorch, True)):
        x = images["generated"][None].requires_grad_()
        content, style = (features(weights, images[key][None], replicates) for key in ("content", "style"))
        loss = objective(features(weights, x, replicates), content, style, x)
        loss.backward()
        save(name, loss.item(), x[0], x.grad[0])


main()
