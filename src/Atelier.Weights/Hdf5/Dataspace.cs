using System.Collections.Immutable;

namespace Atelier.Weights.Hdf5;

/// <summary>The shape of a dataset, versions 1 and 2.</summary>
internal static class Dataspace
{
    private const int Null = 2;

    /// <summary>Lengths of the axes, slowest first; null for a dataset that cannot contain even one value.</summary>
    internal static ImmutableArray<int>? Read(Hdf5File file, Cursor message)
    {
        int version = message.Version(1, 2);
        int axes = message.Byte();
        message.Skip(1);
        int kind = message.Byte();
        if (version == 2 && kind == Null)
        {
            return null;
        }

        message.Skip(version == 1 ? 4 : 0);
        long[] lengths = new long[Math.Min(axes, TensorShape.MaxAxes + 1)];
        for (int i = 0; i < lengths.Length; i++)
            lengths[i] = message.Number(file.LengthWidth);
        return TensorShape.TryCreate(lengths)
            ?? throw message.Error($"shape [{string.Join(", ", lengths)}] has too many axes or values");
    }
}
