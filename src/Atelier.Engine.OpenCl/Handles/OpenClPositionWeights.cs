using Atelier.Engine.OpenCl.Runtime;

namespace Atelier.Engine.OpenCl.Handles;

/// <summary>Weights of positions in a device's memory, and in the host's, where they are looked up.</summary>
internal sealed class OpenClPositionWeights(int height, int width, float[] values, DeviceBuffer memory)
    : PositionWeights(height, width)
{
    internal DeviceBuffer Memory => memory;

    public override float this[int row, int column] => values[(row * Width) + column];

    public override double Sum(Rows rows)
    {
        double sum = 0;
        foreach (float weight in values.AsSpan(rows.First * Width, rows.Count * Width))
            sum += weight;
        return sum;
    }

    public override void Dispose() => memory.Dispose();
}
