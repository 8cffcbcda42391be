using Atelier.Video.Flow;

namespace Atelier.Benchmarks;

/// <summary>Flow in the format of the Middlebury benchmark: the number 202021.25, width, height, and for each pixel the
/// horizontal and the vertical part, all little-endian and of 32 bits.</summary>
internal static class MiddleburyFlow
{
    private const float Magic = 202021.25f;

    internal static FlowField Read(string path)
    {
        using BinaryReader reader = new(File.OpenRead(path));
        if (reader.ReadSingle() != Magic)
        {
            throw new InvalidDataException($"'{path}' is not a flow of the Middlebury format.");
        }

        (int width, int height) = (reader.ReadInt32(), reader.ReadInt32());
        FlowField flow = new(height, width, new float[height * width], new float[height * width]);
        for (int i = 0; i < height * width; i++)
            (flow.X[i], flow.Y[i]) = (reader.ReadSingle(), reader.ReadSingle());
        return flow;
    }
}
