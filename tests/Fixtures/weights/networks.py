"""The small networks of this folder, the same at every run, and what PyTorch computes with them."""
import json, os, struct
from collections import OrderedDict

import numpy as np
import torch
import torch.nn.functional as F

HERE = os.path.dirname(os.path.abspath(__file__))
BLOCKS = {"vgg19": [2, 2, 4, 4, 4], "vgg16": [2, 2, 3, 3, 3]}
WIDTHS = [5, 6, 7, 9, 9]                # blocks 4 and 5 are alike, as in the real networks
CAFFE_MEAN = [103.939, 116.779, 123.68]  # blue, green, red in 0..255
IMAGENET = torch.tensor([0.485, 0.456, 0.406]).view(1, 3, 1, 1), torch.tensor([0.229, 0.224, 0.225]).view(1, 3, 1, 1)


def path(name):
    return os.path.join(HERE, name)


def network(kind, seed):
    """conv1_1 … → (weights [outputs, inputs, 3, 3], bias), float32."""
    generator, layers, inputs = torch.Generator().manual_seed(seed), OrderedDict(), 3
    for block, count in enumerate(BLOCKS[kind]):
        for i in range(count):
            outputs = WIDTHS[block]
            w = torch.randn(outputs, inputs, 3, 3, generator=generator) * (2.0 / (9 * inputs)) ** 0.5
            layers[f"conv{block + 1}_{i + 1}"] = (w, torch.randn(outputs, generator=generator) * 0.1)
            inputs = outputs
    return layers


def torchvision_indices(kind):
    """Places of the convolutions in torchvision's list of layers, where ReLUs and pools count too."""
    at, found = 0, []
    for count in BLOCKS[kind]:
        for _ in range(count):
            found.append(at)
            at += 2
        at += 1
    return found


def classifier(seed):
    """Three fully connected layers that an importer has to pass over."""
    generator = torch.Generator().manual_seed(seed)
    return OrderedDict((f"classifier.{i}.{part}", torch.randn(*shape, generator=generator))
                       for i, (o, n) in zip([0, 3, 6], [(11, 9 * 49), (11, 11), (10, 11)])
                       for part, shape in [("weight", (o, n)), ("bias", (o,))])


def torchvision(kind, seed, prefix=""):
    """A state dict with torchvision's keys."""
    layers = network(kind, seed)
    state = OrderedDict()
    for at, (w, b) in zip(torchvision_indices(kind), layers.values()):
        state[f"{prefix}features.{at}.weight"] = w
        state[f"{prefix}features.{at}.bias"] = b
    for key, value in classifier(seed + 1).items():
        state[prefix + key] = value
    return state


def safetensors(name, tensors):
    header, blobs, at = {}, [], 0
    for key, value in tensors.items():
        array = np.ascontiguousarray(value.detach().numpy().astype(np.float32))
        header[key] = {"dtype": "F32", "shape": list(array.shape), "data_offsets": [at, at + array.nbytes]}
        blobs.append(array.tobytes())
        at += array.nbytes
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path(name), "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + b"".join(blobs))


def features(layers, picture, caffe):
    """Activations of every ReLU, in float64; the picture is RGB in [0, 1]."""
    if caffe:
        x = 255 * picture.flip(1) - torch.tensor(CAFFE_MEAN, dtype=torch.float64).view(1, 3, 1, 1)
    else:
        x = (picture - IMAGENET[0].double()) / IMAGENET[1].double()
    found, block = OrderedDict(), 1
    for name, (w, b) in layers.items():
        if int(name[4]) != block:
            x, block = F.max_pool2d(x, 2), int(name[4])
        x = F.relu(F.conv2d(x, w.double(), b.double(), padding=1))
        found["relu" + name[4:]] = x
    return found
