#!/usr/bin/env python3
"""Writes PyTorch's files of this folder with PyTorch itself (Debian: apt-get install python3-torch), and what it
computes with the networks in them: features of every layer, and the gradient of their sum of squares."""
import torch

from networks import features, network, path, safetensors, torchvision

# Today's format (a zip) and the one before 1.6, with torchvision's keys and fully connected layers.
torch.save(torchvision("vgg19", 1), path("torchvision_vgg19.pth"))
torch.save(torchvision("vgg16", 2), path("torchvision_vgg16_legacy.pth"), _use_new_zipfile_serialization=False)

# What a training run leaves: inside a checkpoint, from several devices, with an optimizer of the same shapes.
state = torchvision("vgg16", 2, prefix="module.")
torch.save({"epoch": 7, "best": 0.25, "done": False, "state_dict": state,
            "optimizer": {"state": {i: {"momentum_buffer": v.clone()} for i, v in enumerate(state.values())},
                          "param_groups": [{"lr": 1e-3, "params": [0, 1]}]}}, path("checkpoint.pth"))

# 16 bits.
torch.save({k: v.half() for k, v in torchvision("vgg16", 2).items()}, path("half.pth"))
torch.save({k: v.bfloat16() for k, v in torchvision("vgg16", 2).items()}, path("bfloat16.pth"))

# Parameters with gradients, under Caffe's names, in the old format.
torch.save({f"{name}.{part}": torch.nn.Parameter(value) for name, pair in network("vgg16", 2).items()
            for part, value in zip(["weight", "bias"], pair)}, path("caffe_names_legacy.pt"),
           _use_new_zipfile_serialization=False)

# A plain list, weights and biases in turn, all views of one storage.
pieces = [t for pair in network("vgg19", 1).values() for t in pair]
flat = torch.cat([t.flatten() for t in pieces])
views, at = [], 0
for t in pieces:
    views.append(flat[at:at + t.numel()].view(t.shape))
    at += t.numel()
torch.save(views, path("shared_list.pt"))

# Strided: kept rows, columns, inputs, outputs and seen transposed; biases are every second value.
torch.save({f"{name}.{part}": value for name, (w, b) in network("vgg16", 2).items()
            for part, value in [("weight", w.permute(2, 3, 1, 0).contiguous().permute(3, 2, 0, 1)),
                                ("bias", torch.stack([b, -b], 1)[:, 0])]}, path("strided.pt"))

# As the networks of arbitrary style transfer begin: a 1x1 convolution makes blue, green, red in 0..255 of the picture.
first = torch.zeros(3, 3, 1, 1)
for output, mean in enumerate([103.939, 116.779, 123.68]):
    first[output, 2 - output] = 255
layers, at = {"0.weight": first, "0.bias": -torch.tensor([103.939, 116.779, 123.68])}, 2
for i, (name, (w, b)) in enumerate(network("vgg16", 2).items()):
    at += 0 if i == 0 else 3 + (name.endswith("_1"))
    layers[f"{at}.weight"], layers[f"{at}.bias"] = w, b
torch.save(layers, path("normalised.pth"))

# What an importer has to refuse: a whole module is code, and batch normalization is another network.
torch.save(torch.nn.Sequential(torch.nn.Conv2d(3, 5, 3)), path("module.pth"))
torch.save(torch.nn.Sequential(torch.nn.Conv2d(3, 5, 3), torch.nn.BatchNorm2d(5)).state_dict(), path("batch_norm.pth"))

generator = torch.Generator().manual_seed(5)
picture = (torch.rand(1, 3, 21, 27, generator=generator) * 255).round().double() / 255
for kind, seed, caffe in [("vgg19", 1, False), ("vgg16", 2, False), ("vgg16", 2, True)]:
    x = picture.clone().requires_grad_()
    found = features(network(kind, seed), x, caffe)
    sum((f ** 2).mean() for f in found.values()).backward()
    expected = {"picture": picture[0], "gradient": x.grad[0]}
    expected.update({name: f[0] for name, f in found.items()})
    safetensors(f"expected_{kind}{'_caffe' if caffe else ''}.safetensors", expected)
for kind, seed in [("vgg19", 1), ("vgg16", 2)]:
    safetensors(f"weights_{kind}.safetensors", {f"{name}.{part}": value for name, pair in network(kind, seed).items()
                                                for part, value in zip(["weight", "bias"], pair)})
