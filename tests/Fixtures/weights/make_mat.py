"""MATLAB files as MatConvNet lays networks out, written by SciPy, with the values that they hold beside them.

Run in this folder: python3 make_mat.py (written with SciPy 1.10)
"""
import numpy
import scipy.io

import expected

random = numpy.random.default_rng(16)


def values(*shape):
    return random.standard_normal(shape).astype("float32")


def cells(*items):
    array = numpy.empty((1, len(items)), dtype=object)
    for i, item in enumerate(items):
        array[0, i] = item
    return array


def new_layout(tensors):
    """layers{i}.weights{1}, and the average image in meta.normalization."""
    layers = []
    for i, (name, depth, count) in enumerate([("conv1_1", 3, 5), ("relu1_1", 0, 0), ("conv1_2", 5, 7)]):
        if depth == 0:
            layers.append({"type": "relu", "name": name})
            continue
        filters, biases = values(3, 3, depth, count), values(count, 1)
        stride = numpy.array([[1.0, 1.0]])
        layers.append({"weights": cells(filters, biases), "type": "conv", "name": name, "stride": stride})
        tensors[f"layers.{i}({name}).weights.0"] = filters
        tensors[f"layers.{i}({name}).weights.1"] = biases
        tensors[f"layers.{i}({name}).stride"] = stride
    average = values(5, 3, 3)
    tensors["meta.normalization.averageImage"] = average
    meta = {"normalization": {"averageImage": average, "interpolation": "bilinear"},
            "classes": {"description": cells("tench, Tinca tinca", "Grüße")}}
    return {"layers": cells(*layers), "meta": meta}


def old_layout(tensors):
    """layers{i}.filters and .biases, and the average image in normalization."""
    layers = []
    for i, (name, depth, count) in enumerate([("conv1_1", 3, 5), ("conv1_2", 5, 1)]):
        filters, biases = values(3, 3, depth, count), values(1, count)
        layers.append({"type": "conv", "filters": filters, "biases": biases, "name": name})
        # MATLAB has no last axes of length 1.
        tensors[f"layers.{i}({name}).filters"] = filters if count > 1 else filters[..., 0]
        tensors[f"layers.{i}({name}).biases"] = biases
    layers[1]["filters"] = layers[1]["filters"][..., 0]
    average = values(3, 5, 3).astype("float64")
    tensors["normalization.averageImage"] = average
    tensors["normalization.keepAspect"] = numpy.array([[1]])
    return {"layers": cells(*layers), "normalization": {"averageImage": average, "keepAspect": True},
            "classes": cells("one", "two")}


def kinds(tensors):
    """Every type of number, and what holds none."""
    contents = {}
    for dtype in ("int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64", "float32", "float64"):
        array = (100 * random.random((3, 2, 5))).astype(dtype)
        contents[dtype] = tensors[dtype] = array
    contents["tiny"] = tensors["tiny"] = numpy.array([[3]], dtype="uint8")
    contents["none"] = tensors["none"] = numpy.zeros((0, 3))
    contents["complex"] = numpy.array([[1 + 2j]])
    contents["text"] = "some text"
    contents["rows"] = numpy.array(["two", "row"])
    structs = numpy.zeros((1, 2), dtype=[("name", object), ("value", object)])
    for i, name in enumerate(("a", "b")):
        structs[0, i] = (name, values(2, 3))
        tensors[f"structs.{i}({name}).value"] = structs[0, i]["value"]
    contents["structs"] = structs
    contents["deep"] = cells(cells(values(1, 2)), cells(), {"x": cells(values(2, 1))})
    tensors["deep.0.0"] = contents["deep"][0, 0][0, 0]
    tensors["deep.2.x.0"] = contents["deep"][0, 2]["x"][0, 0]
    return contents


for name, lay_out in (("new-layout", new_layout), ("old-layout", old_layout), ("kinds", kinds)):
    tensors = {}
    contents = lay_out(tensors)
    scipy.io.savemat(f"mat/{name}-plain.mat", contents, do_compression=False)
    scipy.io.savemat(f"mat/{name}-compressed.mat", contents, do_compression=True)
    expected.write(f"mat/{name}.safetensors", {key: numpy.asarray(array) for key, array in tensors.items()})
