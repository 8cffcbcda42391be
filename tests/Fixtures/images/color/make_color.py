#!/usr/bin/env python3
"""Makes small pictures in several color spaces, and what Little CMS (through Pillow's ImageCms) converts them to.

Each NAME.png has a profile that this script builds; NAME.srgb.png has the same picture in sRGB, from LCMS with
the relative colorimetric intent. Run it in this folder: python3 make_color.py
"""
import io
import struct

import numpy
from PIL import Image, ImageCms

WIDTH, HEIGHT = 27, 19
D50 = (0.9642, 1.0, 0.8249)
BRADFORD = numpy.array([[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]])


def fixed(*values):
    return b"".join(struct.pack(">i", round(value * 65536)) for value in values)


def xyz(x, y):
    return numpy.array([x / y, 1, (1 - x - y) / y])


def colorants(red, green, blue, white=(0.3127, 0.3290)):
    primaries = numpy.stack([xyz(*red), xyz(*green), xyz(*blue)], axis=1)
    scaled = primaries * numpy.linalg.solve(primaries, xyz(*white))
    gains = numpy.diag((BRADFORD @ D50) / (BRADFORD @ xyz(*white)))
    return numpy.linalg.inv(BRADFORD) @ gains @ BRADFORD @ scaled


def text(version, words):
    if version == 4:
        return b"mluc" + bytes(4) + struct.pack(">II4sII", 1, 12, b"enUS", 2 * len(words), 28) + words.encode("utf-16-be")
    return b"desc" + bytes(4) + struct.pack(">I", len(words) + 1) + words.encode() + bytes(1 + 8 + 3 + 67)


def profile(version, model, tags):
    table, data, start = struct.pack(">I", len(tags)), b"", 132 + 12 * len(tags)
    for signature, tag in tags.items():
        table += signature.encode() + struct.pack(">II", start + len(data), len(tag))
        data += tag + bytes(-len(tag) % 4)
    header = struct.pack(">I4sI", 132 - 4 + len(table) + len(data), b"", version << 24 | (0x300000 if version == 4 else 0x100000))
    header += b"mntr" + model + b"XYZ " + struct.pack(">6H", 2026, 1, 1, 0, 0, 0) + b"acsp" + bytes(28) + fixed(*D50)
    return header.ljust(128, b"\0") + table + data


def rgb(version, name, primaries, curve):
    columns = colorants(*primaries).T
    tags = {"desc": text(version, name), "cprt": text(4, "CC0") if version == 4 else b"text" + bytes(4) + b"CC0\0",
            "wtpt": b"XYZ " + bytes(4) + fixed(*D50)}
    tags |= {f"{c}XYZ": b"XYZ " + bytes(4) + fixed(*column) for c, column in zip("rgb", columns)}
    tags |= {f"{c}TRC": curve for c in "rgb"}
    return profile(version, b"RGB ", tags)


def curv(*values):
    return b"curv" + bytes(4) + struct.pack(f">I{len(values)}H", len(values), *values)


def para(kind, *values):
    return b"para" + bytes(4) + struct.pack(">HH", kind, 0) + fixed(*values)


SRGB = ((0.64, 0.33), (0.30, 0.60), (0.15, 0.06))
P3 = ((0.68, 0.32), (0.265, 0.69), (0.15, 0.06))
ADOBE = ((0.64, 0.33), (0.21, 0.71), (0.15, 0.06))
REC2020 = ((0.708, 0.292), (0.17, 0.797), (0.131, 0.046))
SRGB_CURVE = para(3, 2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
PROFILES = {
    "display-p3": rgb(4, "Display P3", P3, SRGB_CURVE),
    "adobe-rgb": rgb(2, "Adobe RGB compatible", ADOBE, curv(563)),
    "linear-2020": rgb(2, "linear BT.2020", REC2020, curv()),
    "table-709": rgb(2, "BT.709 with a table", SRGB, curv(*[round(65535 * (i / 255) ** 1.8) for i in range(256)])),
    "offset-p3": rgb(4, "P3 with an offset", P3, para(4, 2.2, 0.95, 0.05, 0.11, 0.06, -0.0005, 0.0)),
    "gray-1.8": profile(2, b"GRAY", {
        "desc": text(2, "gray 1.8"), "cprt": b"text" + bytes(4) + b"CC0\0", "wtpt": b"XYZ " + bytes(4) + fixed(*D50),
        "kTRC": curv(round(1.8 * 256))}),
}


def samples(channels):
    rows, columns = numpy.mgrid[0:HEIGHT, 0:WIDTH]
    planes = [columns * 255 // (WIDTH - 1), rows * 255 // (HEIGHT - 1), (columns * 37 + rows * 59 + columns * rows) % 256]
    return numpy.stack(planes, axis=2).astype(numpy.uint8) if channels == 3 else planes[2].astype(numpy.uint8)


for name, data in PROFILES.items():
    picture = Image.fromarray(samples(1 if name.startswith("gray") else 3))
    picture.save(f"{name}.png", icc_profile=data, optimize=True)
    converted = ImageCms.profileToProfile(
        picture, ImageCms.ImageCmsProfile(io.BytesIO(data)), ImageCms.createProfile("sRGB"),
        renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC, outputMode="RGB")
    converted.info.pop("icc_profile", None)
    converted.save(f"{name}.srgb.png", optimize=True, icc_profile=None)
