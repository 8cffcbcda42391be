using System.Collections.Immutable;
using Atelier.Imaging;
using FsCheck;
using FsCheck.Fluent;

namespace Atelier.Testing;

/// <summary>A small picture in a few numbers, so that a test that fails with it can print it.</summary>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="Bits">Bits per sample.</param>
/// <param name="Levels">How many levels its samples have: few make runs and flat places, many make noise.</param>
/// <param name="HasAlpha">Whether it has alpha.</param>
/// <param name="Seed">Chooses the samples.</param>
internal sealed record PictureCase(int Width, int Height, int Bits, int Levels, bool HasAlpha, int Seed)
{
    /// <summary>Sides of 1 to 40 pixels, 8 or 16 bits, with and without alpha.</summary>
    internal static Gen<PictureCase> Any => OfSides(1, 40);

    internal static Gen<PictureCase> OfSides(int min, int max) =>
        from width in Gen.Choose(min, max)
        from height in Gen.Choose(min, max)
        from bits in Gen.Elements(8, 16)
        from levels in Gen.Elements(1, 2, 5, 256)
        from hasAlpha in Gen.Elements(false, true)
        from seed in Gen.Choose(0, 1_000_000)
        select new PictureCase(width, height, bits, levels, hasAlpha, seed);

    /// <summary>The picture; every sample is one that a file of its bits can hold.</summary>
    internal Picture Create(
        ReadOnlyMemory<byte>? profile = null, ImmutableDictionary<string, string>? text = null)
    {
        Random random = new(Seed);
        int highest = (1 << Bits) - 1;
        float[] levels = [.. Enumerable.Range(0, Levels).Select(_ => (float)random.Next(highest + 1) / highest)];
        float[] Plane() => random.GetItems(levels, Width * Height);
        return new Picture(Width, Height, Plane(), Plane(), Plane(), HasAlpha ? Plane() : null)
        {
            BitDepth = Bits,
            IccProfile = profile,
            Text = text ?? ImmutableDictionary<string, string>.Empty,
        };
    }
}
