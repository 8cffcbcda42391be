#!/usr/bin/env python3
"""Makes the JPEG fixtures: small drawn pictures, encoded in many ways, each with its decode by libjpeg-turbo beside it.

Needs cjpeg and djpeg of libjpeg-turbo 2.1 or newer, numpy and Pillow. Run it in this folder.
"""
import io
import subprocess
from pathlib import Path

import numpy as np
from PIL import Image, ImageCms, ImageDraw, ImageOps

HERE = Path(__file__).parent
WIDTH, HEIGHT = 67, 53


def draw(width=WIDTH, height=HEIGHT):
    """A picture with slopes, hard edges of saturated color, fine strokes and grain."""
    y, x = np.mgrid[0:height, 0:width].astype(float)
    slope = np.stack([255 * x / width, 255 * y / height, 127 + 127 * np.sin(x / 5) * np.cos(y / 7)], axis=-1)
    grain = np.random.default_rng(7).normal(0, 6, (height, width, 1))
    image = Image.fromarray(np.clip(slope + grain, 0, 255).astype(np.uint8))
    pen = ImageDraw.Draw(image)
    pen.ellipse([width * .1, height * .15, width * .45, height * .7], fill=(230, 20, 30))
    pen.rectangle([width * .55, height * .4, width * .9, height * .9], fill=(10, 60, 220))
    for i in range(6):
        pen.line([(width * .5, height * i / 6), (width, height * (i + 1) / 7)], fill=(250, 240, 30 * i))
    return image


def ppm(image):
    out = io.BytesIO()
    image.convert("RGB").save(out, "PPM")
    return out.getvalue()


def cjpeg(*options, image=None):
    return subprocess.run(["cjpeg", *options], input=ppm(image or draw()), capture_output=True, check=True).stdout


def djpeg(data):
    """The decode by libjpeg-turbo as RGB, gray spread over three channels."""
    out = subprocess.run(["djpeg", "-pnm"], input=data, capture_output=True, check=True).stdout
    return ppm(Image.open(io.BytesIO(out)))


def segments(data):
    """Header segments as (marker, contents), and everything from SOS on."""
    position, found = 2, []
    while data[position + 1] != 0xDA:
        length = int.from_bytes(data[position + 2:position + 4], "big")
        found.append((data[position + 1], data[position + 4:position + 2 + length]))
        position += 2 + length
    return found, data[position:]


def join(found, rest, fill=b""):
    out = b"\xff\xd8"
    for marker, contents in found:
        out += fill + bytes([0xFF, marker]) + (len(contents) + 2).to_bytes(2, "big") + contents
    return out + fill + rest


def without(data, *markers):
    found, rest = segments(data)
    return join([s for s in found if s[0] not in markers], rest)


def patched(data, marker, change):
    """With the contents of one kind of segment changed."""
    found, rest = segments(data)
    return join([(m, change(c) if m == marker else c) for m, c in found], rest)


def renamed(data, old, new):
    found, rest = segments(data)
    return join([(new if m == old else m, c) for m, c in found], rest)


def scans(text, *options):
    script = HERE / "scans.txt"
    script.write_text(text)
    try:
        return cjpeg("-scans", str(script), *options)
    finally:
        script.unlink()


def cmyk():
    """Adobe CMYK: Pillow inverts, and says so by the Adobe segment."""
    c, m, y = [np.asarray(p).astype(int) for p in ImageOps.invert(draw()).split()]
    k = np.minimum(np.minimum(c, m), y) // 2
    planes = [Image.fromarray(np.clip(p - k, 0, 255).astype(np.uint8)) for p in (c, m, y)]
    return Image.merge("CMYK", [*planes, Image.fromarray(k.astype(np.uint8))])


def save(image, **options):
    out = io.BytesIO()
    image.save(out, "JPEG", quality=90, **options)
    return out.getvalue()


def ycck():
    """The inks' complements as YCbCr. Pillow would invert, so it is given the inverse; the transform is set by hand."""
    c, m, y, k = cmyk().split()
    ycc = Image.merge("RGB", (c, m, y)).convert("YCbCr").split()
    raw = Image.merge("CMYK", [ImageOps.invert(p) for p in (*ycc, ImageOps.invert(k))])
    return patched(save(raw), 0xEE, lambda contents: contents[:11] + b"\x02")


def merged_tables(data):
    """All quantization tables in one segment, all Huffman tables in another."""
    found, rest = segments(data)
    kinds = {m: b"".join(c for n, c in found if n == m) for m in (0xDB, 0xC4)}
    others = [s for s in found if s[0] not in kinds]
    return join([*others, *kinds.items()], rest)


def with_line_count_behind(data):
    """Height 0 in the frame, and a DNL segment behind the scan."""
    data = patched(data, 0xC0, lambda c: c[:1] + b"\0\0" + c[3:])
    return data[:-2] + b"\xff\xdc\x00\x04" + HEIGHT.to_bytes(2, "big") + data[-2:]


def oriented(value, order):
    exif = Image.Exif()
    exif.endian = ">" if order == "MM" else "<"
    exif[0x0112] = value
    return save(draw(19, 13), exif=exif.tobytes(), subsampling=0)


def make_valid():
    plain = cjpeg("-quality", "85", "-sample", "2x2")
    files = {f"sampling-{s.replace(',', '-')}": cjpeg("-quality", "90", "-sample", s) for s in (
        "1x1", "2x1", "2x2", "1x2", "4x1", "4x2", "3x1", "1x4", "1x3", "2x4", "2x2,1x2,2x1", "2x2,2x1,1x1",
        "3x2,1x1,3x1", "1x1,2x2,1x1")}
    for width, height in ((1, 1), (3, 5), (4, 2), (5, 3), (8, 8), (17, 33)):
        files[f"size-{width}x{height}"] = cjpeg("-sample", "2x2", image=draw(width, height))
    files |= {
        "quality-1-16-bit-tables": cjpeg("-quality", "1"),
        "quality-100": cjpeg("-quality", "100", "-sample", "1x1"),
        "progressive-420": cjpeg("-progressive", "-quality", "85"),
        "progressive-444-restart": cjpeg("-progressive", "-quality", "95", "-sample", "1x1", "-restart", "7B"),
        "progressive-gray": cjpeg("-progressive", "-grayscale"),
        "progressive-bit-by-bit": scans(
            "0,1,2: 0-0, 0, 3;\n0,1,2: 0-0, 3, 2;\n0,1,2: 0-0, 2, 1;\n0,1,2: 0-0, 1, 0;\n"
            + "".join(f"{c}: 1-9, 0, 3; {c}: 10-63, 0, 3; {c}: 1-63, 3, 2; {c}: 1-63, 2, 1; {c}: 1-63, 1, 0;\n"
                      for c in range(3)), "-quality", "92"),
        "restart-each-mcu": cjpeg("-restart", "1B", "-sample", "2x1"),
        "restart-each-row": cjpeg("-restart", "1", "-sample", "2x2"),
        "gray": cjpeg("-grayscale"),
        "gray-sampling-2x2": patched(cjpeg("-grayscale"), 0xC0, lambda c: c[:7] + b"\x22" + c[8:]),
        "non-interleaved": scans("0;\n1;\n2;\n", "-sample", "2x2"),
        "partly-interleaved-restart": scans("0;\n1,2;\n", "-sample", "2x1", "-restart", "4B"),
        "rgb-adobe": cjpeg("-rgb", "-quality", "90"),
        "rgb-by-names": without(cjpeg("-rgb", "-quality", "90"), 0xEE),
        "cmyk-adobe": save(cmyk()),
        "cmyk-without-adobe": without(save(cmyk()), 0xEE),
        "ycck": ycck(),
        "no-huffman-tables": without(plain, 0xC4),
        "merged-tables": merged_tables(plain),
        "fill-bytes": join(*segments(plain), fill=b"\xff\xff\xff"),
    }
    expected = {name: djpeg(data) for name, data in files.items()}
    files["line-count-behind"] = with_line_count_behind(plain)
    expected["line-count-behind"] = djpeg(plain)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    profile = profile[:24] + bytes(12) + profile[36:]  # the time at which it was made
    files["icc-srgb"] = save(draw(19, 13), icc_profile=profile, subsampling=0)
    expected["icc-srgb"] = djpeg(files["icc-srgb"])
    for value in range(1, 9):
        name = f"orientation-{value}"
        files[name] = oriented(value, "II" if value % 2 else "MM")
        upright = Image.open(io.BytesIO(djpeg(files[name])))
        upright.getexif()[0x0112] = value
        expected[name] = ppm(ImageOps.exif_transpose(upright))
    for name, data in files.items():
        (HERE / "valid" / f"{name}.jpg").write_bytes(data)
        (HERE / "valid" / f"{name}.ppm").write_bytes(expected[name])


def make_corrupt():
    plain, progressive = cjpeg("-quality", "85"), cjpeg("-progressive", "-quality", "85")
    restarts = cjpeg("-quality", "85", "-restart", "1")
    found, rest = segments(plain)
    cut = len(plain) // 2
    files = {
        "arithmetic": cjpeg("-arithmetic"),
        "lossless": renamed(plain, 0xC0, 0xC3),
        "hierarchical": renamed(plain, 0xC0, 0xC5),
        "12-bit": patched(plain, 0xC0, lambda c: b"\x0c" + c[1:]),
        "two-components": patched(plain, 0xC0, lambda c: c[:5] + b"\x02" + c[6:12]),
        "sampling-5": patched(plain, 0xC0, lambda c: c[:7] + b"\x51" + c[8:]),
        "huge": patched(plain, 0xC0, lambda c: c[:1] + b"\x4e\x20\x4e\x20" + c[5:]),
        "huge-progressive": join([(m, c[:1] + b"\x4e\x20\x4e\x20" + c[5:] if m == 0xC2 else c)
                                  for m, c in segments(progressive)[0]], segments(progressive)[1]),
        "no-frame": without(plain, 0xC0),
        "no-quantization": without(plain, 0xDB),
        "no-scan": join(found, b"\xff\xd9"),
        "empty-scan": join(found, rest[:14] + b"\xff\xd9"),
        "overfull-huffman": patched(plain, 0xC4, lambda c: c[:1] + b"\x03\x01\x02" + c[4:]),
        "cut-baseline": plain[:cut],
        "cut-progressive": progressive[:len(progressive) * 2 // 3],
        "damaged-middle": plain[:cut] + b"\xff\x00" * 8 + plain[cut + 16:],
        "damaged-interval": restarts[:-400] + bytes(200) + restarts[-200:],
        "many-scans": join(*segments(progressive)[:1], progressive_repeated(progressive)),
    }
    for name, data in files.items():
        (HERE / "corrupt" / f"{name}.jpg").write_bytes(data)


def progressive_repeated(progressive):
    """The first scan, then its refinement 600 times."""
    rest = segments(progressive)[1]
    first = rest[:rest.index(b"\xff\xc4")]
    refinement = b"\xff\xda\x00\x0c\x03\x01\x00\x02\x00\x03\x00\x00\x00\x10" + b"\x55" * 4
    return first + refinement * 600 + b"\xff\xd9"


if __name__ == "__main__":
    for folder in ("valid", "corrupt"):
        (HERE / folder).mkdir(exist_ok=True)
        for old in (HERE / folder).iterdir():
            old.unlink()
    make_valid()
    make_corrupt()
