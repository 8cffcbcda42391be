#!/usr/bin/env python3
"""Makes small pictures in several color spaces, and what Little CMS (through Pillow's ImageCms) converts them to.

Each NAME.png, .tif or .jpg has a profile that this script builds; NAME.srgb.png has the same picture in sRGB, from LCMS
with the relative colorimetric intent and, for profiles of tables, black point compensation. The AVIF files have code
points instead of a profile, and what is expected of them is computed from the standards.
Run it in this folder: python3 make_color.py
"""
import io
import os
import struct
import subprocess
import zlib

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


def lab_table(channels, points, to_xyz):
    """A table of 16 bits (mft2) from samples to Lab, relative to D50."""
    grid = numpy.stack(numpy.meshgrid(*[numpy.linspace(0, 1, points)] * channels, indexing="ij"), axis=-1)
    light = to_xyz(grid.reshape(-1, channels)) / D50
    root = numpy.where(light > (6 / 29) ** 3, numpy.cbrt(light), light / (3 * (6 / 29) ** 2) + 4 / 29)
    lab = numpy.stack([116 * root[:, 1] - 16, 500 * (root[:, 0] - root[:, 1]), 200 * (root[:, 1] - root[:, 2])], axis=1)
    levels = numpy.clip(numpy.rint(numpy.stack([lab[:, 0] * 652.8, (lab[:, 1] + 128) * 256, (lab[:, 2] + 128) * 256], axis=1)), 0, 65535)
    identity = struct.pack(">2H", 0, 65535)
    return (b"mft2" + bytes(4) + bytes([channels, 3, points, 0]) + fixed(1, 0, 0, 0, 1, 0, 0, 0, 1) + struct.pack(">2H", 2, 2)
            + identity * channels + levels.astype(">u2").tobytes() + identity * 3)


def light_of_inks(inks):
    """A print whose inks each pass some light of the others, on a warm paper."""
    passed = numpy.array([[0.1, 0.45, 0.75], [0.5, 0.08, 0.25], [0.95, 0.85, 0.07], [0.02, 0.02, 0.02]])
    rgb = numpy.prod(1 - inks[:, :, None] * (1 - passed), axis=1) * [0.97, 0.95, 0.9]
    return rgb @ colorants(*SRGB).T


def light_of_scanner(samples):
    """A scanner with a curve of its own, and some crosstalk that no matrix describes. Its colors lie within sRGB, because
    Little CMS itself differs by ten levels from one way of computing to another where they are clipped."""
    rgb = samples ** 1.9
    return (0.02 + 0.8 * rgb + 0.1 * rgb[:, [1, 2, 0]] * (1 - 0.5 * rgb) + 0.05 * rgb[:, [2, 0, 1]]) @ colorants(*SRGB).T


def table_profile(kind, model, name, table):
    return profile(2, model, {"desc": text(2, name), "cprt": b"text" + bytes(4) + b"CC0\0",
                              "wtpt": b"XYZ " + bytes(4) + fixed(*D50), "A2B0": table}, kind, b"Lab ")


def profile(version, model, tags, kind=b"mntr", space=b"XYZ "):
    table, data, start = struct.pack(">I", len(tags)), b"", 132 + 12 * len(tags)
    for signature, tag in tags.items():
        table += signature.encode() + struct.pack(">II", start + len(data), len(tag))
        data += tag + bytes(-len(tag) % 4)
    header = struct.pack(">I4sI", 132 - 4 + len(table) + len(data), b"", version << 24 | (0x300000 if version == 4 else 0x100000))
    header += kind + model + space + struct.pack(">6H", 2026, 1, 1, 0, 0, 0) + b"acsp" + bytes(28) + fixed(*D50)
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


TABLES = {
    "print": table_profile(b"prtr", b"CMYK", "a print", lab_table(4, 7, light_of_inks)),
    "scanner": table_profile(b"scnr", b"RGB ", "a scanner", lab_table(3, 13, light_of_scanner)),
}


def samples(channels):
    rows, columns = numpy.mgrid[0:HEIGHT, 0:WIDTH]
    planes = [columns * 255 // (WIDTH - 1), rows * 255 // (HEIGHT - 1), (columns * 37 + rows * 59 + columns * rows) % 256]
    if channels == 4:
        planes.append((columns * 11 + rows * 5) % 200)
    return numpy.stack(planes, axis=2).astype(numpy.uint8) if channels >= 3 else planes[2].astype(numpy.uint8)


def save_converted(picture, data, name, flags=0):
    converted = ImageCms.profileToProfile(
        picture, ImageCms.ImageCmsProfile(io.BytesIO(data)), ImageCms.createProfile("sRGB"),
        renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC, outputMode="RGB", flags=flags)
    converted.info.pop("icc_profile", None)
    converted.save(f"{name}.srgb.png", optimize=True, icc_profile=None)


for name, data in PROFILES.items():
    picture = Image.fromarray(samples(1 if name.startswith("gray") else 3))
    picture.save(f"{name}.png", icc_profile=data, optimize=True)
    save_converted(picture, data, name)

BLACK_POINT_COMPENSATION, WITHOUT_PRECOMPUTED_TABLE = 0x2000, 0x0100
scan = Image.fromarray(samples(3))
scan.save("scanner.png", icc_profile=TABLES["scanner"], optimize=True)
scan.save("scanner.tif", icc_profile=TABLES["scanner"], compression="tiff_adobe_deflate")
save_converted(scan, TABLES["scanner"], "scanner", BLACK_POINT_COMPENSATION | WITHOUT_PRECOMPUTED_TABLE)
inks = Image.fromarray(samples(4), "CMYK")
inks.save("print.tif", icc_profile=TABLES["print"], compression="tiff_adobe_deflate")
save_converted(inks, TABLES["print"], "print", BLACK_POINT_COMPENSATION)

# Of a JPEG, the pixels that another decoder makes of it are converted. Pillow writes and reads CMYK as Adobe does, with the
# complements of the inks; YCCK is made of it by the other mark and of the same samples as YCbCr.
inks.save("print.jpg", icc_profile=TABLES["print"], quality=95, subsampling=0)
save_converted(Image.open("print.jpg"), TABLES["print"], "print.jpg", BLACK_POINT_COMPENSATION)
marked = bytearray(open("print.jpg", "rb").read())
marked[marked.index(b"Adobe") + 11] = 2
open("print-ycck.jpg", "wb").write(marked)
save_converted(Image.open("print-ycck.jpg"), TABLES["print"], "print-ycck.jpg", BLACK_POINT_COMPENSATION)


def tiff(name, bits, photometric, data):
    """A TIFF of three samples a pixel in one strip."""
    fields = [(256, WIDTH), (257, HEIGHT), (258, bits), (259, 1), (262, photometric), (277, 3), (278, HEIGHT)]
    start, places = 8 + len(data), 8 + len(data) + 2 + 12 * 9 + 4
    entries = [struct.pack("<HHLL", tag, 3, 3, places) if tag == 258 else struct.pack("<HHLL", tag, 3, 1, value) for tag, value in fields]
    entries += [struct.pack("<HHLL", 273, 4, 1, 8), struct.pack("<HHLL", 279, 4, 1, len(data))]
    with open(name, "wb") as file:
        file.write(b"II*\0" + struct.pack("<L", start) + data + struct.pack("<H", 9) + b"".join(sorted(entries, key=lambda e: e[:2][::-1])))
        file.write(bytes(4) + struct.pack("<3H", bits, bits, bits))


def save_encoded(linear, name):
    linear = numpy.clip(linear, 0, 1)
    encoded = numpy.where(linear > 0.0031308, 1.055 * linear ** (1 / 2.4) - 0.055, 12.92 * linear)
    Image.fromarray(numpy.rint(encoded * 255).astype(numpy.uint8)).save(f"{name}.srgb.png", optimize=True)


# Lab, which is relative to D50.
levels = samples(3).astype(int) * [257, 128, 128] - [0, 64 * 256, 64 * 256]
tiff("lab.tif", 16, 8, (levels & 0xFFFF).astype("<u2").tobytes())
tiff("lab-8.tif", 8, 8, samples(3).tobytes())
tiff("lab-icc.tif", 8, 9, samples(3).tobytes())
lightness = (levels[..., 0] / 655.35 + 16) / 116
roots = numpy.stack([lightness + levels[..., 1] / 128000, lightness, lightness - levels[..., 2] / 51200], axis=2)
light = numpy.where(roots > 6 / 29, roots ** 3, 3 * (6 / 29) ** 2 * (roots - 4 / 29)) * D50
save_encoded(light @ numpy.linalg.inv(colorants(*SRGB)).T, "lab")


def deep_png(name, words):
    """A PNG of 16 bits, which Pillow does not write."""
    def chunk(kind, data):
        return struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))
    rows = b"".join(b"\0" + row.astype(">u2").tobytes() for row in words)
    with open(name, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">LLBBBBB", WIDTH, HEIGHT, 16, 2, 0, 0, 0)))
        file.write(chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def srgb_light(x):
    return numpy.where(x > 0.04045, ((x + 0.055) / 1.055) ** 2.4, x / 12.92)


def bt709_light(x):
    return numpy.where(x < 0.081243, x / 4.5, ((x + 0.0993) / 1.0993) ** (1 / 0.45))


def tone_mapped(luminance):
    """Relative to the diffuse white of BT.2408; what is brighter than 0.7 of it approaches 1."""
    light = luminance / 203
    return numpy.where(light <= 0.7, light, 1 - 0.3 / (1 + (light - 0.7) / 0.3))


def pq_light(x):
    root = x ** (1 / 78.84375)
    return tone_mapped(10000 * (numpy.maximum(root - 0.8359375, 0) / (18.8515625 - 18.6875 * root)) ** (1 / 0.1593017578125))


def hlg_light(x):
    a, b, c = 0.17883277, 0.28466892, 0.55991073
    return tone_mapped(1000 * numpy.where(x <= 0.5, x * x / 3, (numpy.exp((x - c) / a) + b) / 12) ** 1.2)


deep_png("deep.png", samples(3).astype(numpy.uint16) * 257)
for name, bits, points, primaries, light in (
        ("p3", 10, "12/13", P3, srgb_light), ("bt2020", 12, "9/1", REC2020, bt709_light),
        ("pq", 10, "9/16", REC2020, pq_light), ("hlg", 12, "9/18", REC2020, hlg_light)):
    # The matrix 0 is that of lossless RGB.
    subprocess.run(["avifenc", "--lossless", "-d", str(bits), "--cicp", points + "/0", "deep.png", f"{name}.avif"],
                   check=True, stdout=subprocess.DEVNULL)
    stored = numpy.rint(samples(3) / 255 * (2 ** bits - 1)) / (2 ** bits - 1)
    save_encoded(light(stored) @ (numpy.linalg.inv(colorants(*SRGB)) @ colorants(*primaries)).T, f"{name}.avif")
os.remove("deep.png")
