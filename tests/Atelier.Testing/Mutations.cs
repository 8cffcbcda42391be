using Atelier.Imaging;

namespace Atelier.Testing;

/// <summary>Damages files in ways that are the same in every run.</summary>
internal static class Mutations
{
    /// <summary>Decodes every strict prefix of a file and returns the lengths of those that were not refused.</summary>
    public static List<int> AcceptedPrefixes(byte[] file)
    {
        List<int> accepted = [];
        for (int length = 0; length < file.Length; length++)
        {
            if (TryDecode(file[..length])) accepted.Add(length);
        }

        return accepted;
    }

    /// <summary>Decodes copies of a file with one to four random bytes changed. Anything but a picture or an
    /// <see cref="ImageFormatException"/> passes through to the test.</summary>
    /// <param name="file">A sound file.</param>
    /// <param name="count">The number of copies.</param>
    /// <param name="seed">Chooses the changes.</param>
    /// <param name="repair">Makes checksums right again, so that the change reaches what lies behind them.</param>
    /// <returns>How many copies were refused.</returns>
    public static int CountRefused(byte[] file, int count, int seed, Action<byte[]>? repair = null)
    {
        Random random = new(seed);
        int refused = 0;
        for (int i = 0; i < count; i++)
        {
            byte[] damaged = [.. file];
            for (int changes = random.Next(1, 5); changes > 0; changes--)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            repair?.Invoke(damaged);
            if (!TryDecode(damaged)) refused++;
        }

        return refused;
    }

    private static bool TryDecode(byte[] file)
    {
        try
        {
            PictureFile.Decode(file, new DecodeLimits { MaxPixels = 1_000_000 });
            return true;
        }
        catch (ImageFormatException)
        {
            return false;
        }
    }
}
