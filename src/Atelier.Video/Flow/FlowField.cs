using Atelier.Imaging;

namespace Atelier.Video.Flow;

/// <summary>Dense optical flow between two pictures: the content at (x, y) in the first picture is at (x + X, y + Y) in
/// the second, in pixels. Both planes are Height × Width.</summary>
internal sealed record FlowField(int Height, int Width, float[] X, float[] Y)
{
    /// <summary>Resizes the flow: interpolated when enlarging, averaged when shrinking, with its vectors scaled by the
    /// same factor.</summary>
    internal FlowField Resize(int height, int width) => (height, width) == (Height, Width)
        ? this
        : new FlowField(
            height, width,
            Resize(X, height, width, (float)width / Width), Resize(Y, height, width, (float)height / Height));

    private float[] Resize(float[] plane, int height, int width, float scale)
    {
        float[] values = Resampler.ResizePlane(plane, Width, Height, width, height, ResampleFilter.Bilinear);
        foreach (ref float value in values.AsSpan())
            value *= scale;
        return values;
    }
}
