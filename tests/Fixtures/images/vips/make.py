"""WebP, AVIF, TIFF and HEIC pictures written by other encoders (Pillow 9.4, avifenc 0.11, heif-enc 1.15) or by the few lines
below, 19 x 11 pixels of a formula that the tests know. What is lossy has beside it, as PNG, what another decoder makes of it.

Run in this folder: python3 make.py
"""
import os
import struct
import subprocess
from PIL import Image, ImageCms

W, H = 19, 11


def rgb(x, y):
    return (x * 13, y * 23, (x * y) % 256)


def alpha(x, y):
    return 255 - x * 13


def picture(mode, pixel):
    image = Image.new(mode, (W, H))
    image.putdata([pixel(x, y) for y in range(H) for x in range(W)])
    return image


def samples(pixel):
    return [sample for y in range(H) for x in range(W) for sample in pixel(x, y)]


def wide(x, y):
    """16 bits a sample: the formula in the upper byte, its position in the lower one."""
    return tuple(value * 256 + x + y for value in rgb(x, y))


def tiff(name, fields, data, order="<"):
    """Writes a TIFF of one directory and one block of data for each strip, tile or plane."""
    blocks = data if isinstance(data, list) else [data]
    offsets, at = [], 8
    for block in blocks:
        offsets.append(at)
        at += len(block)
    tiled = any(tag == 322 for tag, _, _ in fields)
    fields = sorted(fields + [(324 if tiled else 273, 4, offsets), (325 if tiled else 279, 4, [len(b) for b in blocks])])
    extra, entries, end = b"", b"", at + 2 + 12 * len(fields) + 4
    for tag, kind, values in fields:
        packed = struct.pack(order + {3: "H", 4: "L"}[kind] * len(values), *values)
        if len(packed) > 4:
            entries += struct.pack(order + "HHLL", tag, kind, len(values), end + len(extra))
            extra += packed
        else:
            entries += struct.pack(order + "HHL", tag, kind, len(values)) + packed.ljust(4, b"\0")
    with open(name, "wb") as file:
        file.write((b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "L", at))
        file.write(b"".join(blocks))
        file.write(struct.pack(order + "H", len(fields)) + entries + b"\0\0\0\0" + extra)


def usual(bits, photometric=2, channels=3, rows=H, **more):
    fields = [(256, 3, [W]), (257, 3, [H]), (258, 3, [bits] * channels), (259, 3, [1]), (262, 3, [photometric]),
              (277, 3, [channels]), (278, 3, [rows])]
    return fields + [(int(tag[1:]), 3, values) for tag, values in more.items()]


color = picture("RGB", rgb)
clear = picture("RGBA", lambda x, y: (*rgb(x, y), alpha(x, y)))
profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()

# WebP
color.save("lossless.webp", lossless=True)
clear.save("alpha.webp", lossless=True, exact=True)
color.save("lossy.webp", quality=80)
Image.open("lossy.webp").convert("RGB").save("lossy.webp.png")
color.save("animation.webp", lossless=True, save_all=True, append_images=[color.transpose(Image.ROTATE_180)], duration=80)
turned = Image.Exif()
turned[0x0112] = 6
color.save("orientation-6.webp", lossless=True, exif=turned.tobytes())
color.save("profile.webp", lossless=True, icc_profile=profile)

# TIFF
for name in ("raw", "tiff_lzw", "tiff_adobe_deflate", "packbits"):
    color.save(f"{name.replace('tiff_', '')}.tif", compression=name)
clear.save("alpha.tif")
picture("L", lambda x, y: x * 13).save("gray.tif")
picture("LA", lambda x, y: (x * 13, y * 23)).save("gray-alpha.tif")
picture("1", lambda x, y: 255 * ((x + y) % 2)).save("group4.tif", compression="group4")
picture("I", lambda x, y: x * 3000 + y).convert("I;16").save("gray16.tif")
picture("F", lambda x, y: x / 20).save("gray-float.tif")
indexed = picture("P", lambda x, y: (x + y) % 16)
indexed.putpalette([value for i in range(16) for value in (i * 16, 255 - i * 16, i)])
indexed.save("palette.tif")
picture("CMYK", lambda x, y: (x * 13, y * 23, 0, 0)).save("cmyk.tif")
color.save("pages.tif", save_all=True, append_images=[color.transpose(Image.ROTATE_180), picture("L", lambda x, y: y * 23)])
color.save("profile.tif", icc_profile=profile)
color.save("orientation-6.tif", tiffinfo={274: 6})
words = samples(wide)
tiff("rgb16.tif", usual(16), struct.pack(f"<{len(words)}H", *words))
tiff("rgb16-big-endian.tif", usual(16), struct.pack(f">{len(words)}H", *words), ">")
floats = samples(lambda x, y: tuple(value / 255 for value in rgb(x, y)))
tiff("float.tif", usual(32, t339=[3] * 3), struct.pack(f"<{len(floats)}f", *floats))
floats[0], floats[1] = -0.5, 1.5
tiff("float-beyond.tif", usual(32, t339=[3] * 3), struct.pack(f"<{len(floats)}f", *floats))
grays = samples(lambda x, y: (x * 3000 + y, y * 6000 + x))
tiff("gray-alpha16.tif", usual(16, photometric=1, channels=2, t338=[2]), struct.pack(f"<{len(grays)}H", *grays))
bits = [sum(((x + y) % 2) << (7 - x % 8) for x in range(left, min(left + 8, W))) for y in range(H) for left in range(0, W, 8)]
tiff("white-is-zero.tif", usual(1, photometric=0, channels=1), bytes(bits))
tiff("planes.tif", usual(8, t284=[2]), [bytes(rgb(x, y)[c] for y in range(H) for x in range(W)) for c in range(3)])
tiff("strips.tif", usual(8, rows=4), [bytes(samples(rgb))[i:i + 4 * W * 3] for i in range(0, W * H * 3, 4 * W * 3)])


def tile(left, top):
    return b"".join(bytes(rgb(min(x, W - 1), min(y, H - 1))) for y in range(top, top + 16) for x in range(left, left + 16))


tiff("tiles.tif", usual(8)[:-1] + [(322, 3, [16]), (323, 3, [16])],
     [tile(0, 0), tile(16, 0)])
over = samples(lambda x, y: (*(round(value * alpha(x, y) / 255) for value in rgb(x, y)), alpha(x, y)))
tiff("premultiplied.tif", usual(8, channels=4, t338=[1]), bytes(over))
tiff("camera-raw.tif", usual(8) + [(254, 4, [1]), (330, 4, [8])], bytes(samples(rgb)))

# AVIF and HEIC
color.save("rgb.png")
clear.save("rgba.png")


def run(*words):
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL)


def deep_png(name):
    """A PNG of 16 bits, which Pillow does not write."""
    import zlib

    def chunk(kind, data):
        return struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))
    rows = b"".join(b"\0" + struct.pack(f">{3 * W}H", *words[y * 3 * W:(y + 1) * 3 * W]) for y in range(H))
    with open(name, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">LLBBBBB", W, H, 16, 2, 0, 0, 0)))
        file.write(chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


deep_png("deep.png")
run("avifenc", "--lossless", "rgb.png", "lossless.avif")
run("avifenc", "--lossless", "rgba.png", "alpha.avif")
run("avifenc", "--lossless", "-d", "10", "deep.png", "10-bits.avif")
run("avifenc", "--lossless", "-d", "12", "deep.png", "12-bits.avif")
run("avifenc", "--lossless", "--irot", "1", "rgb.png", "rotated.avif")
run("avifenc", "-y", "444", "--min", "20", "--max", "20", "rgb.png", "lossy.avif")
run("avifdec", "lossy.avif", "lossy.avif.png")
run("heif-enc", "-L", "-p", "chroma=444", "rgb.png", "-o", "picture.heic")
run("heif-convert", "picture.heic", "picture.heic.png")
for name in ("rgb.png", "rgba.png", "deep.png"):
    os.remove(name)
