using System.Globalization;

namespace Atelier.Weights.Tests;

/// <summary>Damages whole files in many ways, always the same ones, and opens and reads what is left: whatever the
/// bytes, nothing but <see cref="WeightFormatException"/> escapes, and memory stays within bounds.</summary>
internal static class ArchiveDamage
{
    private const long MostAllocated = 256L << 20;

    /// <summary>Cases for each file: few, or as many as ATELIER_DAMAGE_CASES says.</summary>
    internal static int Cases => int.Parse(
        Environment.GetEnvironmentVariable("ATELIER_DAMAGE_CASES") ?? "1500", CultureInfo.InvariantCulture);

    /// <summary>How many of so many damaged files were refused.</summary>
    internal static int Refused(byte[] whole, int cases, Func<Stream, IWeightArchive> open)
    {
        Random random = new(whole.Length);
        int refused = 0;
        for (int i = 0; i < cases; i++)
            refused += Survives(Damaged(whole, random), open) ? 0 : 1;
        return refused;
    }

    /// <summary>Whether everything of a file can be read; throws if it is refused in a wrong way.</summary>
    internal static bool Survives(byte[] file, Func<Stream, IWeightArchive> open)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        bool isWhole = true;
        try
        {
            using IWeightArchive archive = open(new MemoryStream(file));
            foreach (ArchivedTensor tensor in archive.Tensors)
            {
                try
                {
                    Assert.Equal(tensor.Count, archive.Read(tensor).Length);
                }
                catch (WeightFormatException)
                {
                    isWhole = false;
                }
            }
        }
        catch (WeightFormatException)
        {
            isWhole = false;
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostAllocated);
        return isWhole;
    }

    /// <summary>A few bytes changed, a number made large or small, a part moved, or the end cleared.</summary>
    private static byte[] Damaged(byte[] whole, Random random)
    {
        byte[] damaged = [.. whole];
        switch (random.Next(8))
        {
            case 0:
                damaged.AsSpan(random.Next(damaged.Length)).Clear();
                break;
            case 1:
                int length = random.Next(1, 64);
                whole.AsSpan(random.Next(whole.Length - length), length)
                    .CopyTo(damaged.AsSpan(random.Next(whole.Length - length)));
                break;
            case 2:
                int width = 1 << random.Next(4);
                damaged.AsSpan(random.Next(damaged.Length - width), width).Fill((byte)(random.Next(2) * 255));
                break;
            default:
                for (int flips = random.Next(1, 5); flips > 0; flips--)
                    damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
                break;
        }

        return damaged;
    }
}
