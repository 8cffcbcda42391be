using System.Collections.Immutable;
using Atelier.Options;

namespace Atelier.Video;

/// <summary>All options of a video other than those of its frames, each declared once.</summary>
public static class VideoOptionTable
{
    private const int MaxOffset = 64;

    private static readonly OptionRange Shares = new(0, 1);

    /// <summary>All options.</summary>
    public static ImmutableArray<OptionDefinition<VideoOptions>> All { get; } =
    [
        Define("temporal-weight", OptionGroup.Video, new NumberType(new OptionRange(0, StylizeOptions.MaxWeight)),
            "Weight of the temporal loss, which keeps each frame consistent with the previous one, warped along " +
            "the motion; 0 turns it off",
            options => options.TemporalWeight, (options, value) => options with { TemporalWeight = value }, true),
        Define("long-term", OptionGroup.Video,
            new ListType<int>(new WholeType(new OptionRange(1, MaxOffset)), OptionKind.WholeList, "an offset")
            {
                Growing = "1,2,4",
            },
            "Offsets of the earlier frames to stay consistent with; 1,2,4 also restores what was briefly hidden",
            options => options.LongTerm, (options, value) => options with { LongTerm = value }, true),
        Define("frame-iterations", OptionGroup.Video,
            new OrWordType<int>(new WholeType(new OptionRange(1, 1_000_000)), "auto"),
            "Iterations for each frame after the first of a scene; auto uses half of the iterations",
            options => options.FrameIterations, (options, value) => options with { FrameIterations = value }),
        Define("passes", OptionGroup.Video, new WholeType(new OptionRange(1, 100)),
            "How many times the whole video is painted, alternately forward and backward",
            options => options.Passes, (options, value) => options with { Passes = value }),
        Define("anchor", OptionGroup.Video, new NumberType(Shares),
            "How strongly the style of later frames is anchored to the scene's first frame, 0 to 1, so that colors " +
            "and textures do not drift",
            options => options.Anchor, (options, value) => options with { Anchor = value }, true),
        Define("loop", OptionGroup.Video, new SwitchType(),
            "Make the end of the video lead seamlessly back to its beginning",
            options => options.Loop, (options, value) => options with { Loop = value }),
        Define("scene-cut", OptionGroup.Video, new NumberType(Shares with { ExcludesMin = true }),
            "Difference between two frames above which a new scene begins, 0 to 1; 1 detects no scenes",
            options => options.SceneCut, (options, value) => options with { SceneCut = value }),
        Define("report", OptionGroup.Output, new SwitchType(),
            "Measure the stability of each frame",
            options => options.Report, (options, value) => options with { Report = value }),
    ];

    /// <summary>Returns the option with a name, such as <c>scene-cut</c>.</summary>
    /// <exception cref="KeyNotFoundException">There is no such option.</exception>
    public static OptionDefinition<VideoOptions> Get(string name)
        => All.FirstOrDefault(definition => definition.Name == name)
            ?? throw new KeyNotFoundException($"There is no option '{name}'.");

    private static OptionDefinition<VideoOptions, TValue> Define<TValue>(
        string name, OptionGroup group, OptionType<TValue> type, string help,
        Func<VideoOptions, TValue> get, Func<VideoOptions, TValue, VideoOptions> set, bool shapesObjective = false)
        => new(name, group, help, type, get, set)
        {
            AffectsObjective = shapesObjective,
        };
}
