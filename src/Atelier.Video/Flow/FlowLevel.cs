using Atelier.Engine.Cpu;

namespace Atelier.Video.Flow;

/// <summary>One pyramid level of two pictures and of the flow between them.</summary>
/// <param name="level">How many times the pictures were halved.</param>
internal sealed class FlowLevel(int height, int width, int level)
{
    // Three of a picture with its derivatives, the other picture, two of the flow, and seventeen of its refinement.
    private const int Planes = 23;

    private readonly LevelPicture _from = new(height, width);
    private readonly Plane _to = new(height, width);
    private readonly Plane _flowX = new(height, width), _flowY = new(height, width);
    private readonly PatchSearch _search = new(height, width);
    private readonly VariationalRefinement _refinement = new(height, width, level);

    /// <summary>The memory of a level, in bytes; that of the patches, a sixteenth of a plane each, is left
    /// out.</summary>
    internal static long BytesOf(int height, int width)
        => Planes * (long)height * (width + (2 * Plane.Margin)) * sizeof(float);

    internal int Height => height;

    internal int Width => width;

    /// <summary>Loads the pictures as rows of gray values.</summary>
    internal void Read(IWorkers workers, float[] from, float[] to)
    {
        _from.Read(workers, from);
        _to.Read(to);
    }

    /// <summary>Computes the flow, starting from a coarser level.</summary>
    internal FlowField Find(IWorkers workers, FlowField coarse)
    {
        FlowField start = coarse.Resize(height, width);
        _flowX.Read(start.X);
        _flowY.Read(start.Y);
        _search.Improve(workers, _from, _to, _flowX, _flowY);
        _refinement.Refine(workers, _from.Gray, _to, _flowX, _flowY);
        return new FlowField(height, width, _flowX.ToArray(), _flowY.ToArray());
    }
}
