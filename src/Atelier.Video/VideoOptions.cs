using System.Collections.Immutable;
using Atelier.Options;

namespace Atelier.Video;

/// <summary>Every knob of a video beside those of its single frames.</summary>
public sealed record VideoOptions
{
    private const int MostOffset = 64;

    /// <summary>What happens when nothing is asked for.</summary>
    public static VideoOptions Default { get; } = new();

    /// <summary>Strength of the temporal term, which holds a frame to the one before, moved along with its things; 0
    /// leaves it out.</summary>
    public double TemporalWeight { get; init; } = 200;

    /// <summary>How many frames back a frame is compared, growing, from 1; several keep what was hidden for a moment
    /// the same.</summary>
    public ImmutableArray<int> LongTerm { get; init; } = [1];

    /// <summary>Steps for each frame that follows another; null takes a third of those at the final size. The first
    /// frame of a scene is painted as a picture is.</summary>
    public int? FrameIterations { get; init; }

    /// <summary>How often the video is gone through, forth and back in turn.</summary>
    public int Passes { get; init; } = 1;

    /// <summary>How far the style that later frames of a scene are painted in is that of its first one, as it was
    /// painted, so that textures do not drift: 0–1. Above 0, colors do not drift either: their means follow the
    /// video's alone.</summary>
    public double Anchor { get; init; } = 0.2;

    /// <summary>Whether the last frame is to lead back to the first.</summary>
    public bool Loop { get; init; }

    /// <summary>How different two neighboring frames are where a new scene begins, 0–1; 1 finds no scenes.</summary>
    public double SceneCut { get; init; } = 0.5;

    /// <summary>Whether to measure each frame.</summary>
    public bool Report { get; init; }

    /// <summary>Whether frames are painted more than once.</summary>
    internal bool IsRevised => PassCount > 1;

    /// <summary>How often frames are painted, that for closing a loop included.</summary>
    internal int PassCount => Passes + (Loop ? 1 : 0);

    /// <summary>Checks every option and names all problems at once.</summary>
    public IReadOnlyList<Problem> Validate()
    {
        List<Problem> problems = [];
        void Require(bool holds, string option, FormattableString fault, string remedy)
        {
            if (!holds)
            {
                problems.Add(new Problem(option, FormattableString.Invariant(fault), remedy));
            }
        }

        Require(TemporalWeight is >= 0 and <= StylizeOptions.LargestWeight, "temporal-weight", $"is {TemporalWeight}",
            $"give 0 to {StylizeOptions.LargestWeight:0e+0}");
        Require(!LongTerm.IsDefaultOrEmpty && LongTerm.All(offset => offset is >= 1 and <= MostOffset), "long-term",
            $"holds an offset outside 1 to {MostOffset}", "1,2,4 compares with three frames");
        Require(LongTerm.IsDefaultOrEmpty || LongTerm.Zip(LongTerm.Skip(1)).All(pair => pair.First < pair.Second),
            "long-term", $"must grow from each to the next", "write them as in 1,2,4");
        Require(FrameIterations is null or (>= 1 and <= 1_000_000), "frame-iterations", $"is {FrameIterations}",
            "give 1 to 1000000");
        Require(Passes is >= 1 and <= 100, "passes", $"is {Passes}", "give 1 to 100");
        Require(Anchor is >= 0 and <= 1, "anchor", $"is {Anchor}", "give 0 to 1");
        Require(SceneCut is > 0 and <= 1, "scene-cut", $"is {SceneCut}", "give a number above 0, up to 1");
        return problems;
    }

    /// <summary>Steps for a frame that follows another.</summary>
    internal int StepsOf(StylizeOptions options) => FrameIterations ?? Math.Max(1, (options.Iterations + 2) / 3);
}
