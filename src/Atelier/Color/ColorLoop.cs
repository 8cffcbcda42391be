using System.Numerics;
using Atelier.Imaging;

namespace Atelier.Color;

/// <summary>An operation on the color of each pixel.</summary>
internal interface IColorOperator
{
    /// <param name="color">The picture's colors.</param>
    /// <param name="beside">The samples of the second plane at the same pixels.</param>
    ColorLanes Apply(ColorLanes color, Vector<float> beside);
}

/// <summary>Applies an operation to the pixels of a picture, one vector at a time.</summary>
internal static class ColorLoop
{
    /// <summary>Returns a new picture with the transformed colors, and the alpha and metadata of the
    /// original.</summary>
    internal static Picture Map<TOperator>(Picture picture, TOperator change)
        where TOperator : struct, IColorOperator => Map(picture, picture.Red, change);

    /// <summary>The same, with a second plane of the same size as input.</summary>
    internal static Picture Map<TOperator>(Picture picture, float[] beside, TOperator change)
        where TOperator : struct, IColorOperator
    {
        int count = picture.Red.Length;
        (float[] red, float[] green, float[] blue) = (new float[count], new float[count], new float[count]);
        for (int i = 0; i < count; i += Vector<float>.Count)
        {
            ColorLanes color = change.Apply(At(picture, i), Load(beside, i));
            Store(color.Red, red, i);
            Store(color.Green, green, i);
            Store(color.Blue, blue, i);
        }

        return picture.WithColors(red, green, blue);
    }

    internal static ColorLanes At(Picture picture, int index)
        => new(Load(picture.Red, index), Load(picture.Green, index), Load(picture.Blue, index));

    /// <summary>Returns the samples from an index on; zeros after the last one.</summary>
    internal static Vector<float> Load(float[] plane, int index)
    {
        if (index + Vector<float>.Count <= plane.Length)
        {
            return new Vector<float>(plane, index);
        }

        Span<float> rest = stackalloc float[Vector<float>.Count];
        rest.Clear();
        plane.AsSpan(index).CopyTo(rest);
        return new Vector<float>(rest);
    }

    internal static void Store(Vector<float> values, float[] plane, int index)
    {
        if (index + Vector<float>.Count <= plane.Length)
        {
            values.CopyTo(plane, index);
            return;
        }

        Span<float> rest = stackalloc float[Vector<float>.Count];
        values.CopyTo(rest);
        rest[..(plane.Length - index)].CopyTo(plane.AsSpan(index));
    }
}
