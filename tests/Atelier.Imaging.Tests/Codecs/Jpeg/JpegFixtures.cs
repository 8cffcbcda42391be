namespace Atelier.Imaging.Tests.Codecs.Jpeg;

/// <summary>The files of Fixtures/images/jpeg, and what tests measure on pictures.</summary>
internal static class JpegFixtures
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Fixtures", "images", "jpeg");

    /// <summary>Names of the sound files, without extension.</summary>
    internal static IEnumerable<string> ValidNames
        => Directory.GetFiles(Path.Combine(Folder, "valid"), "*.jpg")
            .Select(path => Path.GetFileNameWithoutExtension(path)!).Order();

    internal static byte[] Valid(string name) => File.ReadAllBytes(Path.Combine(Folder, "valid", name + ".jpg"));

    internal static byte[] Corrupt(string name) => File.ReadAllBytes(Path.Combine(Folder, "corrupt", name + ".jpg"));

    /// <summary>The decode of a sound file by libjpeg-turbo: size, and red, green, blue of each pixel.</summary>
    internal static (int Width, int Height, byte[] Samples) Reference(string name)
    {
        byte[] file = File.ReadAllBytes(Path.Combine(Folder, "valid", name + ".ppm"));
        string start = System.Text.Encoding.ASCII.GetString(file, 0, Math.Min(file.Length, 20));
        string[] header = start.Split((char[])[' ', '\n']);
        Assert.Equal("P6", header[0]);
        int headerLength = header.Take(4).Sum(word => word.Length + 1);
        return (int.Parse(header[1]), int.Parse(header[2]), file[headerLength..]);
    }

    /// <summary>Red, green, blue of each pixel, in steps of 1/255.</summary>
    internal static byte[] Samples(Picture picture)
    {
        byte[] samples = new byte[picture.Red.Length * 3];
        for (int i = 0; i < samples.Length; i++)
        {
            samples[i] = (byte)MathF.Round(picture.Planes[i % 3][i / 3] * 255f);
        }

        return samples;
    }

    /// <summary>A smooth picture with some edges.</summary>
    internal static Picture Drawn(int width, int height, bool hasAlpha = false)
    {
        Picture picture = new(width, height, hasAlpha);
        for (int i = 0; i < picture.Red.Length; i++)
        {
            (int y, int x) = Math.DivRem(i, width);
            picture.Red[i] = (float)x / width;
            picture.Green[i] = 0.5f + (0.4f * MathF.Sin((x + (2 * y)) * 0.15f));
            picture.Blue[i] = x > width / 2 && y > height / 3 ? 0.9f : 0.2f;
        }

        return picture;
    }

    /// <summary>Peak signal-to-noise ratio over the three planes, in dB.</summary>
    internal static double Psnr(Picture a, Picture b)
    {
        double squares = 0;
        for (int plane = 0; plane < 3; plane++)
        {
            squares += a.Planes[plane].Zip(b.Planes[plane], (x, y) => Math.Pow((double)x - y, 2)).Sum();
        }

        return -10 * Math.Log10(squares / (3 * a.Red.Length));
    }

    /// <summary>Decodes what may be damaged: a picture, or null where the decoder refused it.</summary>
    internal static Picture? TryDecode(ReadOnlySpan<byte> file)
    {
        try
        {
            return PictureFile.Decode(file);
        }
        catch (ImageFormatException)
        {
            return null;
        }
    }
}
