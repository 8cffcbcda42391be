using System.CommandLine;
using Atelier.Guides;
using Atelier.Workshop.Inputs;

namespace Atelier.Cli.Commands;

/// <summary>The options that say where styles act, the same for every command that has styles.</summary>
internal sealed class GuideOptions
{
    private readonly Option<string[]> _masks = new("--style-mask")
    {
        Description = "Where in the result a style acts (white = fully): one for each --style, in order",
        HelpName = "FILE|all|rest",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string[]> _regions = new("--style-region")
    {
        Description = "Which part of a style picture is taken (white): one for each --style, in order",
        HelpName = "FILE|all",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string?> _preserve = new("--preserve")
    {
        Description = "Where the result stays the photograph (white = exactly)",
        HelpName = "FILE",
    };

    private readonly Option<string?> _colorMask = new("--color-mask")
    {
        Description = "Where --color content puts colors back (white = fully) [default: everywhere]",
        HelpName = "FILE",
    };

    private readonly LabelOptions _labels;

    public GuideOptions(Command command)
    {
        _masks.CompletionSources.Add(StyleMask.All.Name, StyleMask.Rest.Name);
        _regions.CompletionSources.Add(StyleMask.All.Name);
        foreach (Option option in (Option[])[_masks, _regions, _preserve, _colorMask])
            command.Add(option);
        _labels = new LabelOptions(command);
    }

    /// <summary>What is given.</summary>
    public GuidePaths Read(ParseResult parse) => new()
    {
        Masks = parse.GetValue(_masks) ?? [],
        Regions = parse.GetValue(_regions) ?? [],
        Preserve = parse.GetValue(_preserve),
        ColorMask = parse.GetValue(_colorMask),
        Labels = _labels.Content(parse),
        StyleLabels = _labels.Styles(parse),
    };
}
