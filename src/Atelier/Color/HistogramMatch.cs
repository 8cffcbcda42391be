using System.Numerics;
using Atelier.Imaging;

namespace Atelier.Color;

/// <summary>A map of colors that gives one picture the whole distribution of another's: after the linear map,
/// histograms are matched along three axes at a time, which turn from round to round (Pitié, Kokaram and Dahyot 2007,
/// "Automated colour grading using colour distribution transfer").</summary>
/// <remarks>Matching red, green and blue by themselves alone makes colors that neither picture has. The last round is
/// along these axes, so their histograms are the palette's too.</remarks>
internal sealed class HistogramMatch
{
    // Past this, distributions along other directions come no nearer.
    private const int Turns = 5;

    // So many pixels tell the distribution as well as all do.
    private const int MostSamples = 1 << 16;

    private readonly LinearMatch _start;
    private readonly List<Round> _rounds = [];

    private HistogramMatch(LinearMatch start) => _start = start;

    internal static HistogramMatch Between(Picture from, Picture to)
    {
        HistogramMatch match = new(LinearMatch.Between(
            ColorMoments.Of(from), ColorMoments.Of(to), ColorMatchKind.MongeKantorovich));
        Vector3[] colors = [.. Samples(from).Select(match._start.Apply)], wanted = Samples(to);
        foreach (Matrix4x4 axes in Directions())
        {
            Vector3[] turned = Turned(colors, axes), turnedWanted = Turned(wanted, axes);
            QuantileMap Along(Func<Vector3, float> axis)
                => new([.. turned.Select(axis)], [.. turnedWanted.Select(axis)]);
            Round round = new(axes, Along(color => color.X), Along(color => color.Y), Along(color => color.Z));
            match._rounds.Add(round);
            colors = [.. colors.Select(round.Apply)];
        }

        return match;
    }

    /// <summary>The recolored picture.</summary>
    internal Picture Apply(Picture picture)
    {
        Picture result = _start.Apply(picture, keepInGamut: false);
        Round[] rounds = [.. _rounds];
        for (int i = 0; i < result.Red.Length; i++)
        {
            Vector3 color = new(result.Red[i], result.Green[i], result.Blue[i]);
            foreach (Round round in rounds)
                color = round.Apply(color);
            color = Vector3.Clamp(color, Vector3.Zero, Vector3.One);
            (result.Red[i], result.Green[i], result.Blue[i]) = (color.X, color.Y, color.Z);
        }

        return result;
    }

    /// <summary>Colors from all over the picture, of pixels that can be seen.</summary>
    private static Vector3[] Samples(Picture picture)
    {
        float[] weights = ColorMoments.Weights(picture);
        float least = weights.Max() / 2;
        int stride = Math.Max(1, weights.Length / MostSamples);
        return [.. Enumerable.Range(0, weights.Length)
            .Where(i => weights[i] >= least && i % stride == 0)
            .Select(i => new Vector3(picture.Red[i], picture.Green[i], picture.Blue[i]))];
    }

    private static Vector3[] Turned(Vector3[] colors, Matrix4x4 axes)
        => [.. colors.Select(color => Vector3.TransformNormal(color, axes))];

    /// <summary>Turns that are spread evenly, by multiples of the golden ratio, and at last none.</summary>
    private static IEnumerable<Matrix4x4> Directions()
    {
        const float Golden = 1.618034f;
        for (int turn = 1; turn <= Turns; turn++)
        {
            yield return Matrix4x4.CreateFromYawPitchRoll(
                MathF.PI * (turn * Golden % 1), MathF.PI * (turn * Golden * Golden * Golden % 1),
                MathF.PI * (turn * MathF.Sqrt(2) % 1));
        }

        yield return Matrix4x4.Identity;
    }

    /// <summary>Maps along three axes, which are the columns of a rotation.</summary>
    private sealed class Round(Matrix4x4 axes, QuantileMap first, QuantileMap second, QuantileMap third)
    {
        private readonly Matrix4x4 _axes = axes, _back = Matrix4x4.Transpose(axes);
        private readonly Vector3 _least = new(first.Least, second.Least, third.Least);
        private readonly Vector3 _scale = new(first.Scale, second.Scale, third.Scale);

        internal Vector3 Apply(Vector3 color)
        {
            Vector3 places = (Vector3.TransformNormal(color, _axes) - _least) * _scale;
            places = Vector3.Min(Vector3.Max(places, Vector3.Zero), new Vector3(QuantileMap.Intervals));
            Vector3 mapped = new(first.At(places.X), second.At(places.Y), third.At(places.Z));
            return Vector3.TransformNormal(mapped, _back);
        }
    }
}
