using System.Diagnostics;
using Atelier.Engine;

namespace Atelier.Workshop.Engines;

/// <summary>Compares engines by what takes most of the time of a painting: a 3×3 convolution.</summary>
internal static class EngineRace
{
    private const int Side = 192, Channels = 64;

    private static readonly TimeSpan Heat = TimeSpan.FromSeconds(0.5);

    /// <summary>Returns the fastest. One that fails loses; without rivals, nothing is measured.</summary>
    /// <param name="engines">The engines, at least one; the first wins a draw.</param>
    internal static EngineOptions Fastest(IReadOnlyList<EngineOptions> engines)
        => engines.Count == 1 ? engines[0] : engines.MaxBy(Speed)!;

    /// <summary>Convolutions a second; 0 if the engine does not work.</summary>
    private static double Speed(EngineOptions options)
    {
        try
        {
            using IEngine engine = options.CreateEngine();
            float[] weights = new float[9 * Channels * Channels];
            using Filter filter = engine.CreateFilter(weights, new float[Channels]);
            using FeatureMap input = engine.CreateMap(new Shape(Side, Side, Channels));
            using FeatureMap output = engine.CreateMap(input.Shape);
            float[] row = new float[Side];
            void Convolve()
            {
                engine.ConvolveRelu(filter, input, output, null, Rows.All(output));

                // Reading waits for what has only been queued.
                engine.Read(output, 0, new Rows(0, 1), row);
            }

            Convolve();
            long start = Stopwatch.GetTimestamp();
            int count = 0;
            for (; Stopwatch.GetElapsedTime(start) < Heat; count++)
                Convolve();
            return count / Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
        catch (AtelierException)
        {
            return 0;
        }
    }
}
