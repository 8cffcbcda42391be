"""HDF5 files as Keras and others lay them out, written by h5py, with the values that they hold beside them.

Run in this folder: python3 make_hdf5.py (written with h5py 3.7, HDF5 1.10.8)
"""
import h5py
import numpy

import expected

random = None


def values(*shape):
    return random.standard_normal(shape).astype("float32")


def network():
    """Three small convolutions: (height, width, in, out), and their biases."""
    layers = {}
    for name, depth, count in [("block1_conv1", 3, 5), ("block1_conv2", 5, 7), ("block2_conv1", 7, 3)]:
        layers[name] = (values(3, 3, depth, count), values(count))
    return layers


def save(name, tensors):
    expected.write(f"hdf5/{name}.safetensors", tensors)


def old_keras(file, layers, tensors):
    """As keras.applications' files of 2016 are laid out: a group for each layer, names in attributes."""
    file.attrs["layer_names"] = [name.encode() for name in ["input_1", *layers, "block1_pool"]]
    for name in ["input_1", "block1_pool"]:
        file.create_group(name).attrs["weight_names"] = numpy.zeros(0)
    for name, (kernel, bias) in layers.items():
        group = file.create_group(name)
        names = [f"{name}_W_1:0", f"{name}_b_1:0"]
        group.attrs["weight_names"] = [each.encode() for each in names]
        for each, array in zip(names, (kernel, bias)):
            group.create_dataset(each, array.shape, dtype=array.dtype)[:] = array
            tensors[f"{name}/{each}"] = array


def new_keras(file, layers, tensors):
    """As tf.keras lays out a whole model: model_weights/layer/layer/kernel:0, beside the optimizer's state."""
    file.attrs["keras_version"] = "2.9.0"
    file.attrs["model_config"] = "{" + " " * 3000 + "}"
    group = file.create_group("model_weights")
    for name, (kernel, bias) in layers.items():
        for each, array in (("kernel:0", kernel), ("bias:0", bias)):
            group.create_dataset(f"{name}/{name}/{each}", data=array)
            tensors[f"model_weights/{name}/{name}/{each}"] = array
    file.create_dataset("optimizer_weights/Adam/iter:0", data=numpy.int64(7))
    file.create_dataset("optimizer_weights/names", data="text")
    file["model_weights/alias"] = h5py.SoftLink("/model_weights/block1_conv1")
    file["elsewhere"] = h5py.ExternalLink("other.h5", "/")


for libver in ("earliest", "latest"):
    random = numpy.random.default_rng(19)
    for name, lay_out in (("old-keras", old_keras), ("new-keras", new_keras)):
        tensors = {}
        with h5py.File(f"hdf5/{name}-{libver}.h5", "w", libver=libver) as file:
            lay_out(file, network(), tensors)
        save(name, tensors)

    # Every type and layout.
    tensors = {}
    with h5py.File(f"hdf5/kinds-{libver}.h5", "w", libver=libver) as file:
        def add(name, array, dtype="<f4", **options):
            file.create_dataset(name, data=array.astype(dtype), **options)
            tensors[name] = array.astype(dtype).astype("float32")

        for dtype in ("<f2", ">f2", "<f4", ">f4", "<f8", ">f8"):
            add("type" + dtype.replace("<", "little-").replace(">", "big-"), values(3, 5), dtype)
        add("scalar", values())
        add("none", values(0, 3))
        add("chunks/plain", values(7, 5), chunks=(3, 2))
        add("chunks/shuffle-gzip", values(3, 3, 7, 5), chunks=(2, 3, 3, 4), shuffle=True, compression="gzip")
        add("chunks/fletcher", values(5, 9), chunks=(2, 4), fletcher32=True)
        add("chunks/all-big", values(9, 11), ">f8", chunks=(4, 4), shuffle=True, compression="gzip", fletcher32=True)
        add("chunks/half", values(9, 4), "<f2", chunks=(9, 2), shuffle=True, compression="gzip")
        add("chunks/one", values(5, 3), chunks=(5, 3))
        add("chunks/one-gzip", values(5, 3), chunks=(5, 3), compression="gzip")
        add("chunks/growing", values(7, 5), chunks=(2, 2), maxshape=(None, None))
        add("chunks/growing-gzip", values(7, 5), chunks=(2, 2), maxshape=(None, None), compression="gzip")
        add("chunks/larger", values(3, 5), chunks=(4, 8), maxshape=(None, None))
        add("chunks/many", values(37, 41), chunks=(1, 1) if libver == "latest" else (4, 4))
        add("chunks/many-gzip", values(40, 5), chunks=(1, 2), compression="gzip")

        space, plist = h5py.h5s.create_simple((2, 3)), h5py.h5p.create(h5py.h5p.DATASET_CREATE)
        plist.set_layout(h5py.h5d.COMPACT)
        array = values(2, 3)
        h5py.h5d.create(file.id, b"compact", h5py.h5t.IEEE_F32LE, space, plist).write(
            h5py.h5s.ALL, h5py.h5s.ALL, array)
        tensors["compact"] = array
        space, plist = h5py.h5s.create_simple((5, 3)), h5py.h5p.create(h5py.h5p.DATASET_CREATE)
        plist.set_chunk((2, 2))
        plist.set_alloc_time(h5py.h5d.ALLOC_TIME_EARLY)
        array = values(5, 3)
        h5py.h5d.create(file.id, b"early", h5py.h5t.IEEE_F32LE, space, plist).write(h5py.h5s.ALL, h5py.h5s.ALL, array)
        tensors["early"] = array
    save("kinds", tensors)

    # Groups with many links: trees of several levels, heaps of several blocks; behind foreign bytes.
    tensors = {}
    with h5py.File(f"hdf5/many-{libver}.h5", "w", libver=libver, userblock_size=512) as file:
        for i in range(60):
            name = f"a_rather_long_group_name/{'long_' * (i % 5)}weight_{i}"
            tensors[name] = values(i % 3 + 1)
            file.create_dataset(name, data=tensors[name])
    save("many", tensors)

random = numpy.random.default_rng(20)

# What is refused, each with a reason of its own.
with h5py.File("hdf5/refused-lzf.h5", "w") as file:
    file.create_dataset("a", data=values(8, 8), compression="lzf")
with h5py.File("hdf5/refused-holes.h5", "w") as file:
    file.create_dataset("a", (8, 8), dtype="<f4", chunks=(4, 4))[:4] = 1
with h5py.File("hdf5/refused-unwritten.h5", "w") as file:
    file.create_dataset("a", (8, 8), dtype="<f4")
with h5py.File("hdf5/refused-growing.h5", "w", libver="latest") as file:
    file.create_dataset("a", data=values(8, 8), chunks=(4, 4), maxshape=(None, 8))
with h5py.File("hdf5/refused-circle.h5", "w") as file:
    file.create_group("a/b")
    file["a/b/c"] = file["a"]
with h5py.File("hdf5/refused-type.h5", "w") as file:
    file["type"] = numpy.dtype("<f4")
    file.create_dataset("a", (3,), dtype=file["type"])[:] = 1
