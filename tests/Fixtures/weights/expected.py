"""Writes the values that the tests expect: a safetensors file, F32, written by hand so that nothing is needed for it."""
import json
import struct

import numpy


def write(path, tensors):
    header, data = {}, b""
    for name, values in tensors.items():
        values = numpy.asarray(values, dtype="<f4", order="C")
        header[name] = {"dtype": "F32", "shape": list(values.shape),
                        "data_offsets": [len(data), len(data) + values.nbytes]}
        data += values.tobytes()
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)
