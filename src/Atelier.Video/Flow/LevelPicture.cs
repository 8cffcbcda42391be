using Atelier.Engine.Cpu;

namespace Atelier.Video.Flow;

/// <summary>The gray values of a picture at one pyramid level, from 0 to 255, and their derivatives.</summary>
internal sealed class LevelPicture(int height, int width)
{
    internal Plane Gray { get; } = new(height, width);

    internal Plane Across { get; } = new(height, width);

    internal Plane Down { get; } = new(height, width);

    internal void Read(IWorkers workers, float[] gray)
    {
        Gray.Read(gray);
        workers.ForEachRow(height, y => Derivatives.ComputeRow(Gray, y, Across, Down));
    }
}
