using System.Numerics;
using Atelier.Imaging;
using Atelier.Options;

namespace Atelier.Color;

/// <summary>A color map that gives one picture the full color distribution of another: after a linear map, histograms
/// are matched along three axes at a time, which are rotated from round to round (Pitié, Kokaram and Dahyot 2007,
/// "Automated colour grading using colour distribution transfer").</summary>
/// <remarks>Matching only red, green and blue separately produces colors that neither picture has. The last round uses
/// these axes, so their histograms match the palette's as well.</remarks>
internal sealed class HistogramMatch
{
    // With more rounds, the distributions along other directions do not get any closer.
    private const int Turns = 5;

    // This many pixels represent the distribution as well as all of them.
    private const int MaxSamples = 1 << 16;

    private readonly ColorMatrix _start;
    private readonly List<Round> _rounds = [];

    private HistogramMatch(ColorMatrix start) => _start = start;

    internal static HistogramMatch Between(Picture from, Picture to)
    {
        HistogramMatch match = new(LinearMatch.Between(
            ColorMoments.Measure(from), ColorMoments.Measure(to), ColorMatchKind.MongeKantorovich).Matrix);
        Picture colors = ColorLoop.Map(Samples(from), match._start), wanted = Samples(to);
        foreach (Matrix3 axes in Directions())
        {
            ColorMatrix turn = new(axes);
            Picture turned = ColorLoop.Map(colors, turn), turnedWanted = ColorLoop.Map(wanted, turn);
            Round round = new(
                turn, new ColorMatrix(axes.Transposed), new QuantileMap(turned.Red, turnedWanted.Red),
                new QuantileMap(turned.Green, turnedWanted.Green), new QuantileMap(turned.Blue, turnedWanted.Blue));
            match._rounds.Add(round);
            colors = ColorLoop.Map(colors, round);
        }

        return match;
    }

    /// <summary>The recolored picture.</summary>
    internal Picture Apply(Picture picture) => ColorLoop.Map(picture, new AllRounds(_start, [.. _rounds]));

    /// <summary>Samples colors of visible pixels from all over the picture. Equal steps could hit only a few columns,
    /// so a random pixel is chosen from each step.</summary>
    private static Picture Samples(Picture picture)
    {
        float[] weights = ColorMoments.Weights(picture);
        float least = weights.Max() / 2;
        int[] seen = [.. Enumerable.Range(0, weights.Length).Where(i => weights[i] >= least)];
        int share = (seen.Length + MaxSamples - 1) / MaxSamples;
        Random random = new(0);
        int[] chosen = [.. Enumerable.Range(0, seen.Length / share)
            .Select(i => seen[(i * share) + random.Next(share)])];
        float[] At(float[] plane) => [.. chosen.Select(i => plane[i])];
        return new Picture(chosen.Length, 1, At(picture.Red), At(picture.Green), At(picture.Blue));
    }

    /// <summary>Returns evenly distributed rotations, from multiples of irrational numbers, followed by the
    /// identity.</summary>
    private static IEnumerable<Matrix3> Directions()
    {
        for (int turn = 1; turn <= Turns; turn++)
        {
            double Angle(double irrational) => Math.PI * (turn * irrational % 1);
            yield return Matrix3.Rotation(0, 1, Angle(Math.Sqrt(2))) * Matrix3.Rotation(0, 2, Angle(Math.Sqrt(3)))
                * Matrix3.Rotation(1, 2, Angle(Math.Sqrt(5)));
        }

        yield return Matrix3.Identity;
    }

    /// <summary>Maps along three axes.</summary>
    private readonly struct Round(
        ColorMatrix turn, ColorMatrix back, QuantileMap first, QuantileMap second, QuantileMap third) : IColorOperator
    {
        private readonly ColorMatrix _turn = turn, _back = back;

        public ColorLanes Apply(ColorLanes color, Vector<float> beside)
        {
            ColorLanes turned = _turn.Apply(color, beside);
            ColorLanes mapped = new(first.At(turned.Red), second.At(turned.Green), third.At(turned.Blue));
            return _back.Apply(mapped, beside);
        }
    }

    private readonly struct AllRounds(ColorMatrix start, Round[] rounds) : IColorOperator
    {
        private readonly ColorMatrix _start = start;

        public ColorLanes Apply(ColorLanes color, Vector<float> beside)
        {
            ColorLanes moved = _start.Apply(color, beside);
            foreach (ref readonly Round round in rounds.AsSpan())
                moved = round.Apply(moved, beside);
            return moved.Clamped();
        }
    }
}
