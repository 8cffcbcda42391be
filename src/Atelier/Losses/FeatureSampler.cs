using Atelier.Engine;
using Atelier.Styles;

namespace Atelier.Losses;

/// <summary>Samples the feature vectors of a layer at random positions.</summary>
/// <param name="engine">The engine of the maps.</param>
/// <param name="layer">The layer.</param>
/// <param name="count">Maximum number of vectors.</param>
/// <param name="seed">Seed of the positions.</param>
/// <param name="where">Weight of each position, owned by this object: positions without weight are not sampled; null
/// for equal weights.</param>
internal sealed class FeatureSampler(IEngine engine, string layer, int count, int seed, PositionWeights? where)
    : IStyleMeasure<FeatureSample>
{
    private int[] _positions = [];
    private float[] _vectors = [];
    private double[] _sum = [];
    private double _weight;

    public void Measure(string shown, FeatureMap features, Rows rows)
    {
        if (shown != layer)
        {
            return;
        }

        (int width, int channels) = (features.Shape.Width, features.Shape.Channels);
        if (rows.First == 0)
        {
            _positions = Choose(features.Shape.Height, width);
            (_vectors, _sum, _weight) = (new float[_positions.Length * channels], new double[channels], 0);
        }

        float[] plane = new float[rows.Count * width];
        _weight += where?.Sum(rows) ?? plane.Length;
        for (int channel = 0; channel < channels; channel++)
        {
            engine.Read(features, channel, rows, plane);
            for (int i = 0; i < plane.Length; i++)
                _sum[channel] += plane[i] * (where?[rows.First + (i / width), i % width] ?? 1);
            for (int i = 0; i < _positions.Length; i++)
            {
                int place = _positions[i] - (rows.First * width);
                if (place >= 0 && place < plane.Length)
                {
                    _vectors[(i * channels) + channel] = plane[place];
                }
            }
        }
    }

    public FeatureSample Finish()
    {
        int channels = _sum.Length;
        float[] mean = Array.ConvertAll(_sum, sum => (float)(sum / _weight));
        for (int i = 0; i < _positions.Length; i++)
        {
            Span<float> vector = _vectors.AsSpan(i * channels, channels);
            double square = 0;
            for (int c = 0; c < channels; c++)
            {
                vector[c] -= mean[c];
                square += vector[c] * (double)vector[c];
            }

            float scale = (float)(1 / Math.Sqrt(Math.Max(square, 1e-12)));
            foreach (ref float value in vector)
                value = (float)(Half)(value * scale);
        }

        return new FeatureSample(channels, _vectors);
    }

    public void Dispose() => where?.Dispose();

    private int[] Choose(int height, int width)
    {
        int[] positions = [.. Enumerable.Range(0, height * width)
            .Where(i => where is null || where[i / width, i % width] > 0)];
        new Random(seed).Shuffle(positions);
        return positions.Length > count ? positions[..count] : positions;
    }
}
