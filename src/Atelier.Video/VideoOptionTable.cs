using System.Collections.Immutable;
using Atelier.Options;

namespace Atelier.Video;

/// <summary>Every option of a video beside those of its single frames, each declared once.</summary>
public static class VideoOptionTable
{
    private const int MaxOffset = 64;

    private static readonly OptionRange Shares = new(0, 1);

    /// <summary>All options.</summary>
    public static ImmutableArray<OptionDefinition<VideoOptions>> All { get; } =
    [
        Define("temporal-weight", OptionGroup.Video, new NumberType(new OptionRange(0, StylizeOptions.LargestWeight)),
            "How strongly a frame is held to the one before, moved along; 0 leaves it out",
            options => options.TemporalWeight, (options, value) => options with { TemporalWeight = value }, true),
        Define("long-term", OptionGroup.Video,
            new ListType<int>(new WholeType(new OptionRange(1, MaxOffset)), OptionKind.WholeList, "an offset")
            {
                Growing = "1,2,4",
            },
            "How many frames back a frame is held to; 1,2,4 keeps what was hidden for a moment",
            options => options.LongTerm, (options, value) => options with { LongTerm = value }, true),
        Define("frame-iterations", OptionGroup.Video,
            new OrWordType<int>(new WholeType(new OptionRange(1, 1_000_000)), "auto"),
            "Steps for a frame that follows another; auto takes a third of iterations",
            options => options.FrameIterations, (options, value) => options with { FrameIterations = value }),
        Define("passes", OptionGroup.Video, new WholeType(new OptionRange(1, 100)),
            "How many times the whole video is painted, alternately forward and backward",
            options => options.Passes, (options, value) => options with { Passes = value }),
        Define("anchor", OptionGroup.Video, new NumberType(Shares),
            "How far colors and textures are drawn to those of the scene's first frame, 0 to 1",
            options => options.Anchor, (options, value) => options with { Anchor = value }, true),
        Define("loop", OptionGroup.Video, new SwitchType(),
            "Let the last frame lead back to the first",
            options => options.Loop, (options, value) => options with { Loop = value }),
        Define("scene-cut", OptionGroup.Video, new NumberType(Shares with { ExcludesMin = true }),
            "How different two frames are where a new scene begins, 0 to 1; 1 finds none",
            options => options.SceneCut, (options, value) => options with { SceneCut = value }),
        Define("report", OptionGroup.Output, new SwitchType(),
            "Measure each frame",
            options => options.Report, (options, value) => options with { Report = value }),
    ];

    /// <summary>The option of a name, as in <c>scene-cut</c>.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public static OptionDefinition<VideoOptions> Of(string name)
        => All.FirstOrDefault(definition => definition.Name == name)
            ?? throw new KeyNotFoundException($"There is no option '{name}'.");

    private static OptionDefinition<VideoOptions, TValue> Define<TValue>(
        string name, OptionGroup group, OptionType<TValue> type, string help,
        Func<VideoOptions, TValue> get, Func<VideoOptions, TValue, VideoOptions> set, bool shapesObjective = false)
        => new(name, group, help, type, get, set)
        {
            ShapesObjective = shapesObjective,
        };
}
