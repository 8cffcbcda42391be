using System.Numerics;
using Atelier.Imaging;

namespace Atelier.Examples;

/// <summary>Float RGB pixels. Artworks hold display values in [0, 1]; photographs hold linear light until
/// <see cref="Develop"/>.</summary>
internal sealed class Canvas(int width, int height)
{
    public int Width => width;

    public int Height => height;

    /// <summary>The pixels, row by row.</summary>
    public Vector3[] Pixels { get; } = new Vector3[width * height];

    public Vector3 this[int x, int y]
    {
        get => Pixels[(y * width) + x];
        set => Pixels[(y * width) + x] = value;
    }

    /// <summary>A canvas whose every pixel is asked for once, rows in parallel.</summary>
    public static Canvas Paint(int width, int height, Func<int, int, Vector3> color)
    {
        Canvas canvas = new(width, height);
        canvas.Repaint((x, y, _) => color(x, y));
        return canvas;
    }

    /// <summary>Replaces every pixel by a function of its place and its old color.</summary>
    public void Repaint(Func<int, int, Vector3, Vector3> color)
        => Parallel.For(0, height, y =>
        {
            for (int x = 0; x < width; x++)
            {
                this[x, y] = color(x, y, this[x, y]);
            }
        });

    /// <summary>The color between pixels; beyond the border the border's color.</summary>
    public Vector3 Sample(float x, float y)
    {
        x = Math.Clamp(x, 0f, width - 1.001f);
        y = Math.Clamp(y, 0f, height - 1.001f);
        int ix = (int)x, iy = (int)y;
        int right = Math.Min(ix + 1, width - 1), below = Math.Min(iy + 1, height - 1);
        Vector3 top = Vector3.Lerp(this[ix, iy], this[right, iy], x - ix);
        Vector3 bottom = Vector3.Lerp(this[ix, below], this[right, below], x - ix);
        return Vector3.Lerp(top, bottom, y - iy);
    }

    /// <summary>Lays a color over one pixel; places beyond the border are ignored.</summary>
    public void Blend(int x, int y, Vector3 color, float alpha)
    {
        if ((uint)x < (uint)width && (uint)y < (uint)height && alpha > 0f)
        {
            ref Vector3 pixel = ref Pixels[(y * width) + x];
            pixel = Vector3.Lerp(pixel, color, Math.Min(alpha, 1f));
        }
    }

    /// <summary>An antialiased line with round ends that tapers from one width to another.</summary>
    public void Line(Vector2 from, Vector2 to, float fromWidth, float toWidth, Vector3 color, float alpha = 1f)
    {
        float reach = (Math.Max(fromWidth, toWidth) / 2f) + 1f;
        Vector2 along = to - from;
        float lengthSquared = Math.Max(along.LengthSquared(), 1e-6f);
        int left = (int)(Math.Min(from.X, to.X) - reach), right = (int)(Math.Max(from.X, to.X) + reach) + 1;
        int top = (int)(Math.Min(from.Y, to.Y) - reach), bottom = (int)(Math.Max(from.Y, to.Y) + reach) + 1;
        for (int y = Math.Max(top, 0); y <= Math.Min(bottom, height - 1); y++)
        {
            for (int x = Math.Max(left, 0); x <= Math.Min(right, width - 1); x++)
            {
                Vector2 point = new Vector2(x, y) - from;
                float t = Math.Clamp(Vector2.Dot(point, along) / lengthSquared, 0f, 1f);
                float lineWidth = Noise.Lerp(fromWidth, toWidth, t);
                float distance = (point - (along * t)).Length();
                // Lines thinner than a pixel fade instead of breaking up.
                float cover = Math.Clamp((lineWidth / 2f) + 0.5f - distance, 0f, 1f) * Math.Min(1f, lineWidth);
                Blend(x, y, color, cover * alpha);
            }
        }
    }

    /// <summary>An antialiased disc.</summary>
    public void Dot(Vector2 center, float radius, Vector3 color, float alpha = 1f)
        => Line(center, center, 2f * radius, 2f * radius, color, alpha);

    /// <summary>A blurred copy; three box filters come close to a Gaussian.</summary>
    public Canvas Blurred(float radius)
    {
        Canvas result = this;
        int reach = Math.Max(1, (int)MathF.Round(radius / 1.7f));
        for (int pass = 0; pass < 3; pass++)
        {
            result = result.BoxBlurTransposed(reach).BoxBlurTransposed(reach);
        }

        return result;
    }

    /// <summary>Turns linear light into display values as a camera would: bloom around lights, a filmic curve that
    /// rolls off highlights, slightly darker corners, fine grain.</summary>
    public Canvas Develop(float exposure, float bloom, float contrast = 1.1f, float saturation = 1.08f)
    {
        Canvas near = Blurred(width / 170f), far = Blurred(width / 28f);
        return Paint(width, height, (x, y) =>
        {
            Vector3 light = Vector3.Lerp(this[x, y], (near[x, y] + far[x, y]) / 2f, bloom) * exposure;
            Vector2 corner = new((x / (width - 1f)) - 0.5f, (y / (height - 1f)) - 0.5f);
            light *= 1f - (0.45f * corner.LengthSquared());
            Vector3 display = new(Film(light.X, contrast), Film(light.Y, contrast), Film(light.Z, contrast));
            float grain = (Noise.Unit(x, y, 901) + Noise.Unit(x, y, 902) - 1f) * 0.009f;
            return Palette.Saturate(display, saturation) + new Vector3(grain);
        });
    }

    /// <summary>Writes the pixels as an 8-bit PNG file.</summary>
    public void Save(string path) => PictureFile.Save(ToPicture(), path);

    /// <summary>The pixels as a picture, within [0, 1].</summary>
    public Picture ToPicture()
    {
        Picture picture = new(width, height);
        for (int i = 0; i < Pixels.Length; i++)
        {
            Vector3 color = Vector3.Clamp(Pixels[i], Vector3.Zero, Vector3.One);
            (picture.Red[i], picture.Green[i], picture.Blue[i]) = (color.X, color.Y, color.Z);
        }

        return picture;
    }

    private static float Film(float light, float contrast)
    {
        float x = MathF.Pow(Math.Max(light, 0f), contrast);
        float curved = x * ((2.51f * x) + 0.03f) / ((x * ((2.43f * x) + 0.59f)) + 0.14f);
        return MathF.Pow(Math.Clamp(curved, 0f, 1f), 1f / 2.2f);
    }

    private Canvas BoxBlurTransposed(int reach)
    {
        Canvas result = new(height, width);
        float scale = 1f / ((2 * reach) + 1);
        Parallel.For(0, height, y =>
        {
            Vector3 sum = Vector3.Zero;
            for (int x = -reach; x <= reach; x++)
            {
                sum += this[Math.Clamp(x, 0, width - 1), y];
            }

            for (int x = 0; x < width; x++)
            {
                result[y, x] = sum * scale;
                sum += this[Math.Min(x + reach + 1, width - 1), y] - this[Math.Max(x - reach, 0), y];
            }
        });
        return result;
    }
}
