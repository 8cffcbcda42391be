#!/usr/bin/env python3
"""Writes a numeric reference case of one layer's nearest-neighbor loss, with PyTorch, in float64, stored as float32.

Run: python3 make_neighbors.py [seed] [out_dir]      (Debian: apt-get install python3-torch)
Features are [C, H, W] and the outputs of a ReLU, whose inputs the gradient is for. The direction of a feature vector
f is (f - mu) / sqrt(|f - mu|^2 + eps^2). A position's neighbor is the vector of the bank with the largest dot product
with (1 - share) times its direction plus share times that of the guide. The loss is the mean of 1 - the dot product of
neighbor and direction, in the second case weighted by a mask; neighbors and mu are constants.
"""
import json, os, struct, sys
import numpy as np
import torch

torch.set_default_dtype(torch.float64)
SEED = int(sys.argv[1]) if len(sys.argv) > 1 else 7
OUT = sys.argv[2] if len(sys.argv) > 2 else os.path.dirname(os.path.abspath(__file__))
C, H, W, BANK, SHARE, EPS = 24, 7, 9, 40, 0.25, 1e-3


def save(path, tensors, meta):
    header, blobs, at = {"__metadata__": {k: json.dumps(v) for k, v in meta.items()}}, [], 0
    for k, v in tensors.items():
        a = np.ascontiguousarray(v.detach().numpy().astype(np.float32))
        header[k] = {"dtype": "F32", "shape": list(a.shape), "data_offsets": [at, at + a.nbytes]}
        blobs.append(a.tobytes()); at += a.nbytes
    h = json.dumps(header).encode(); h += b" " * (-len(h) % 8)
    with open(os.path.join(OUT, path), "wb") as f:
        f.write(struct.pack("<Q", len(h))); f.write(h)
        for b in blobs: f.write(b)


def rounded(x):
    """What float32 keeps of it, so that the stored tensors are the ones computed with."""
    return x.float().double()


def direction(f, mu):
    v = f - mu.view(C, 1, 1)
    return v / (v.pow(2).sum(0, keepdim=True) + EPS ** 2).sqrt()


def mean(f, mask):
    return (f * mask).flatten(1).sum(1) / mask.sum()


def case(prefix, inputs, guide, bank, mask):
    f = inputs.relu()
    mu, guide_mu = rounded(mean(f, mask).detach()), rounded(mean(guide, mask))
    search = (1 - SHARE) * direction(f, mu) + SHARE * direction(guide, guide_mu)
    scores = torch.einsum("bc,chw->bhw", bank, search.detach())
    best = scores.topk(2, dim=0)
    assert (best.values[0] - best.values[1]).min() > 1e-5, "a tie that float32 may break otherwise; take another seed"
    neighbors = best.indices[0]
    cos = (bank[neighbors].permute(2, 0, 1) * direction(f, mu)).sum(0)
    loss = ((1 - cos) * mask).sum() / mask.sum()
    g, = torch.autograd.grad(loss, inputs)
    print(prefix, loss.item(), float(g.abs().max()), len(neighbors.unique()), "vectors")
    return {prefix + "mean": mu, prefix + "guide_mean": guide_mu, prefix + "neighbors": neighbors.double(),
            prefix + "gradient": g}, {prefix + "loss": loss.item()}


def main():
    g = torch.Generator().manual_seed(SEED)
    inputs = rounded(torch.randn(C, H, W, generator=g) + 0.5).requires_grad_(True)
    guide = rounded((torch.randn(C, H, W, generator=g) + 0.5).relu())
    bank = torch.randn(BANK, C, generator=g)
    bank = rounded(bank / bank.norm(dim=1, keepdim=True))
    mask = rounded(torch.rand(H, W, generator=g))
    mask[:, :3] = 0
    whole, loss = case("", inputs, guide, bank, torch.ones(H, W))
    part, masked_loss = case("masked_", inputs, guide, bank, mask)
    save("neighbors.safetensors",
         {"features": inputs.relu(), "guide": guide, "bank": bank, "mask": mask, **whole, **part},
         {**loss, **masked_loss, "share": SHARE})


main()
