using Atelier.Engine.Cpu;
using Atelier.Imaging;

namespace Atelier.Video.Flow;

/// <summary>Computes dense optical flow between two pictures: patches are matched from coarse to fine, and at each
/// level the result is refined to a smooth flow (Kroeger et al. 2016).</summary>
/// <remarks>The result is bit-identical for any number of threads. Not safe for concurrent use: its buffers are kept
/// for the next pictures of the same size.</remarks>
internal sealed class OpticalFlow(IWorkers workers)
{
    // Pictures smaller than two patches contain nothing recognizable.
    private const int MinSide = 2 * PatchGrid.Side;

    private FlowLevel[] _levels = [];

    /// <summary>Returns the memory of the buffers for pictures of a given size, in bytes.</summary>
    internal static long BytesOf(int height, int width)
        => Sizes(height, width).Sum(size => FlowLevel.BytesOf(size.Height, size.Width));

    /// <summary>Returns the flow from one picture to another of the same size; zero where there is no
    /// structure.</summary>
    internal FlowField Between(PlanarPicture from, PlanarPicture to)
    {
        (int height, int width) = (from.Height, from.Width);
        ArgumentOutOfRangeException.ThrowIfNotEqual((to.Height, to.Width), (height, width), nameof(to));
        if (_levels is not [FlowLevel finest, ..] || (finest.Height, finest.Width) != (height, width))
        {
            _levels = [.. Sizes(height, width).Select((size, level) => new FlowLevel(size.Height, size.Width, level))];
        }

        (float[] fromGray, float[] toGray) = (Gray(from), Gray(to));
        foreach (FlowLevel level in _levels)
        {
            (fromGray, toGray) = (Resize(fromGray, level), Resize(toGray, level));
            level.Read(workers, fromGray, toGray);
            (height, width) = (level.Height, level.Width);
        }

        FlowField flow = new(height, width, new float[height * width], new float[height * width]);
        foreach (FlowLevel level in _levels.Reverse())
            flow = level.Find(workers, flow);
        return flow;

        float[] Resize(float[] gray, FlowLevel level) => (level.Height, level.Width) == (height, width)
            ? gray
            : Resampler.ResizePlane(gray, width, height, level.Width, level.Height, ResampleFilter.Bilinear);
    }

    /// <summary>Returns the sizes of the pyramid levels, each half of the previous one, finest first.</summary>
    private static IEnumerable<(int Height, int Width)> Sizes(int height, int width)
    {
        yield return (height, width);
        while (Math.Min(height, width) > MinSide)
        {
            (height, width) = ((height + 1) / 2, (width + 1) / 2);
            yield return (height, width);
        }
    }

    /// <summary>Returns the luma of the encoded samples (weights of ITU-R BT.709), from 0 to 255, the range for which
    /// the weights of the method were chosen.</summary>
    private static float[] Gray(PlanarPicture picture) => Array.ConvertAll(picture.Luma(), luma => 255 * luma);
}
