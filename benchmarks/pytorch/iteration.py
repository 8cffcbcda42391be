"""The objective of a style transfer and its gradient, by PyTorch: what Atelier is compared with.

    iteration.py NETWORK PICTURES STYLE_LAYERS CONTENT_LAYER STYLE_WEIGHT CONTENT_WEIGHT THREADS MEMORY_FORMAT

NETWORK and PICTURES are safetensors files, as the benchmark writes them; layers are named relu1_1,relu2_1,...; the
memory format is contiguous_format or channels_last. Each line on standard input has the objective evaluated once and
is answered with a line: seconds, objective, length of the gradient.
"""
import json
import sys
import time

import torch
from torch.nn import functional


def load(path):
    """Tensors and metadata of a safetensors file of float32."""
    with open(path, "rb") as file:
        header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
        numbers = torch.frombuffer(bytearray(file.read()), dtype=torch.float32)
    metadata = header.pop("__metadata__", {})
    tensors = {}
    for name, entry in header.items():
        begin, end = (offset // 4 for offset in entry["data_offsets"])
        tensors[name] = numbers[begin:end].reshape(entry["shape"]).clone()
    return tensors, metadata


def features(network, picture, wanted):
    """The wanted layers of a VGG, of which no more is run than they need."""
    found = {}
    current = (picture - network["mean"]) / network["std"]
    for block in range(1, 6):
        if block > 1:
            current = functional.max_pool2d(current, 2)
        index = 1
        while f"conv{block}_{index}.weight" in network:
            name = f"conv{block}_{index}"
            current = functional.conv2d(current, network[name + ".weight"], network[name + ".bias"], padding=1).relu_()
            if f"relu{block}_{index}" in wanted:
                found[f"relu{block}_{index}"] = current
                if len(found) == len(wanted):
                    return found
            index += 1
    raise ValueError(f"no such layers: {wanted - found.keys()}")


def gram(feature):
    """Products of channels, over the positions; a view of the features in either memory format."""
    rows = feature.permute(0, 2, 3, 1).reshape(-1, feature.shape[1])
    return rows.t() @ rows / rows.shape[0]


def main():
    network_path, pictures_path, style_names, content_name, style_weight, content_weight, threads, layout = sys.argv[1:]
    torch.set_num_threads(int(threads))
    memory_format = getattr(torch, layout)
    network, metadata = load(network_path)
    for name, usual in ("mean", "[0.485, 0.456, 0.406]"), ("std", "[0.229, 0.224, 0.225]"):
        network[name] = torch.tensor(json.loads(metadata.get(name, usual))).reshape(1, 3, 1, 1)
    network = {name: value.to(memory_format=memory_format) if value.dim() == 4 else value
               for name, value in network.items()}
    pictures = {name: value.unsqueeze(0).to(memory_format=memory_format)
                for name, value in load(pictures_path)[0].items()}
    style_layers = style_names.split(",")
    with torch.no_grad():
        grams = {name: gram(value)
                 for name, value in features(network, pictures["style"], set(style_layers)).items()}
        content = features(network, pictures["content"], {content_name})[content_name]
    picture = pictures["current"].requires_grad_()
    del pictures

    for _ in sys.stdin:
        start = time.perf_counter()
        picture.grad = None
        found = features(network, picture, {*style_layers, content_name})
        loss = float(content_weight) * functional.mse_loss(found[content_name], content)
        for name in style_layers:
            error = (gram(found[name]) - grams[name]).square().mean() / 4
            loss = loss + float(style_weight) / len(style_layers) * error
        loss.backward()
        length = picture.grad.norm().item()
        print(time.perf_counter() - start, loss.item(), length, flush=True)


main()
