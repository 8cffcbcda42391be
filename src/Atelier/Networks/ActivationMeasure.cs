using System.Collections.Immutable;
using Atelier.Engine;
using Atelier.Engine.Statistics;

namespace Atelier.Networks;

/// <summary>Measures the mean activations of a network on typical pictures.</summary>
/// <remarks>The pictures follow the dead leaves model: overlapping disks of all sizes, which have the statistics of
/// photographs, that is, edges and the same amount of detail at every scale (Lee, Mumford and Huang 2001). They are
/// always the same, so that a network's normalization does not depend on what is painted.</remarks>
internal static class ActivationMeasure
{
    private const int Pictures = 4;
    private const int Side = 192;
    private const double SmallestRadius = 1.5;
    private const double LargestRadius = 96;
    private const double Darkest = 0.1;
    private const double Brightest = 0.75;

    /// <summary>Returns the mean activations of the ReLUs among the first layers of a network, shallow to
    /// deep.</summary>
    internal static ImmutableArray<(string Layer, double Mean)> Measure(Network network, int layers, IEngine engine)
    {
        string[] relus = [.. network.Definition.LayerNames.Take(layers).Where(network.Definition.ReluNames.Contains)];
        EncoderGeometry geometry = new(network, Side, Side, relus, needsGradient: false);
        using Encoder encoder = new(engine, network, geometry, EncoderLayout.Whole);
        using Tensor picture = engine.CreateTensor(3 * Side * Side);
        Dictionary<string, MomentSums> sums =
            relus.ToDictionary(layer => layer, layer => new MomentSums(geometry.ShapeOf(layer).Channels));
        Random random = new(0);
        for (int i = 0; i < Pictures; i++)
        {
            engine.Write(DeadLeaves(random), picture);
            encoder.Forward(picture, (layer, map, rows) => engine.AddMoments(map, sums[layer], rows));
        }

        return [.. relus.Select(layer => (layer, sums[layer].Values.Average() / sums[layer].Count))];
    }

    /// <summary>Returns a planar picture of disks whose radii have the density 1/r³, drawn front to back until the
    /// picture is covered.</summary>
    private static float[] DeadLeaves(Random random)
    {
        float[] values = new float[3 * Side * Side];
        bool[] isPainted = new bool[Side * Side];
        int bare = isPainted.Length;
        double least = 1 / (SmallestRadius * SmallestRadius), most = 1 / (LargestRadius * LargestRadius);
        while (bare > 0)
        {
            double radius = 1 / Math.Sqrt(least + ((most - least) * random.NextDouble()));
            double centerX = Outward(random, radius), centerY = Outward(random, radius);
            float[] color = Color(random);
            for (int y = First(centerY, radius); y < End(centerY, radius); y++)
            {
                double half = Math.Sqrt(Math.Max(0, (radius * radius) - ((y - centerY) * (y - centerY))));
                for (int x = First(centerX, half); x < End(centerX, half); x++)
                {
                    int place = (y * Side) + x;
                    if (!isPainted[place])
                    {
                        isPainted[place] = true;
                        bare--;
                        for (int channel = 0; channel < 3; channel++)
                            values[(channel * Side * Side) + place] = color[channel];
                    }
                }
            }
        }

        return values;
    }

    /// <summary>Returns a color as typical in photographs: rarely black, white or saturated.</summary>
    private static float[] Color(Random random)
    {
        double brightness = Darkest + ((Brightest - Darkest) * random.NextDouble());
        return [.. Enumerable.Range(0, 3).Select(_ =>
            (float)Math.Clamp(brightness + (0.25 * (random.NextDouble() - 0.5)), 0, 1))];
    }

    private static double Outward(Random random, double radius)
        => (random.NextDouble() * (Side + (2 * radius))) - radius;

    private static int First(double center, double radius) => Math.Max(0, (int)Math.Ceiling(center - radius));

    private static int End(double center, double radius) => Math.Min(Side, (int)Math.Floor(center + radius) + 1);
}
