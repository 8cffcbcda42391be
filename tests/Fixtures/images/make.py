"""Pictures written by other encoders (Pillow 9.4, ImageMagick 6.9), 19 x 11 pixels of a formula that the tests know.

Run in this folder: python3 make.py
"""
import subprocess
from PIL import Image
from PIL.PngImagePlugin import PngInfo

W, H = 19, 11


def picture(mode, pixel):
    image = Image.new(mode, (W, H))
    image.putdata([pixel(x, y) for y in range(H) for x in range(W)])
    return image


def rgb(x, y):
    return (x * 13, y * 23, (x * y) % 256)


def convert(source, target, *options):
    subprocess.run(["convert", source, *options, "-strip", target], check=True)


color = picture("RGB", rgb)
text = PngInfo()
text.add_text("Title", "Fixture")
text.add_itxt("Comment", "\u661f\u6708\u591c", zip=True)
color.save("png/rgb8.png", pnginfo=text)
picture("RGBA", lambda x, y: (*rgb(x, y), 255 - x * 13)).save("png/rgba8.png")
picture("LA", lambda x, y: (x * 13, y * 23)).save("png/gray-alpha8.png")
picture("I", lambda x, y: x * 3000 + y).convert("I;16").save("png/gray16.png")
picture("1", lambda x, y: 255 * ((x + y) % 2)).save("png/gray1.png")
indexed = picture("P", lambda x, y: (x + y) % 16)
indexed.putpalette([value for i in range(16) for value in (i * 16, 255 - i * 16, i)])
indexed.save("png/palette4.png", bits=4, transparency=bytes([0, 128]))
convert("png/rgb8.png", "png/rgb8-interlaced.png", "-interlace", "PNG")
color.save("bmp/rgb24.bmp")
indexed.save("bmp/palette8.bmp")
convert("bmp/palette8.bmp", "BMP3:bmp/rle8.bmp", "-compress", "RLE")
