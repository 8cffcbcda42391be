using System.Collections.Immutable;
using System.CommandLine;
using Atelier.Video;

namespace Atelier.Cli.Commands.Video;

/// <summary>The options that stand for the properties of <see cref="VideoOptions"/>.</summary>
internal sealed class VideoKnobs
{
    private static readonly VideoOptions Default = VideoOptions.Default;

    private readonly Option<double> _temporalWeight = SharedOptions.Parsed("--temporal-weight", "X",
        "How strongly a frame is held to the one before, moved along; 0 leaves it out", Knob.ParseNumber);

    private readonly Option<ImmutableArray<int>> _longTerm = SharedOptions.Parsed<ImmutableArray<int>>(
        "--long-term", "N,N,...", "How many frames back a frame is held to; 1,2,4 keeps what was hidden for a moment",
        text => [.. text.Split(',').Select(Knob.ParseWhole)]);

    private readonly Option<int?> _frameIterations = SharedOptions.Parsed<int?>("--frame-iterations", "N|auto",
        "Steps for a frame that follows another; auto takes a third of --iterations",
        text => text == "auto" ? null : Knob.ParseWhole(text));

    private readonly Option<int> _passes = SharedOptions.Parsed("--passes", "N",
        "How often the video is gone through, forth and back in turn", Knob.ParseWhole);

    private readonly Option<double> _anchor = SharedOptions.Parsed("--anchor", "X",
        "How far colors and textures are drawn to those of the scene's first frame, 0 to 1",
        Knob.ParseNumber);

    private readonly Option<bool> _loop = new("--loop") { Description = "Let the last frame lead back to the first" };

    private readonly Option<double> _sceneCut = SharedOptions.Parsed("--scene-cut", "X",
        "How different two frames are where a new scene begins, 0 to 1; 1 finds none", Knob.ParseNumber);

    public VideoKnobs(Command command)
    {
        _temporalWeight.DefaultValueFactory = _ => Default.TemporalWeight;
        _longTerm.Description += $" [default: {string.Join(',', Default.LongTerm)}]";
        _frameIterations.Description += " [default: auto]";
        _passes.DefaultValueFactory = _ => Default.Passes;
        _anchor.DefaultValueFactory = _ => Default.Anchor;
        _sceneCut.DefaultValueFactory = _ => Default.SceneCut;
        Option[] all =
            [_temporalWeight, _longTerm, _frameIterations, _passes, _anchor, _loop, _sceneCut];
        foreach (Option option in all)
            command.Add(option);
    }

    public VideoOptions Read(ParseResult parse) => Default with
    {
        TemporalWeight = parse.GetValue(_temporalWeight),
        LongTerm = parse.GetResult(_longTerm) is null ? Default.LongTerm : parse.GetValue(_longTerm),
        FrameIterations = parse.GetValue(_frameIterations),
        Passes = parse.GetValue(_passes),
        Anchor = parse.GetValue(_anchor),
        Loop = parse.GetValue(_loop),
        SceneCut = parse.GetValue(_sceneCut),
    };
}
