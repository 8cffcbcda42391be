using System.CommandLine;
using Atelier.Guides;
using Atelier.Workshop.Inputs;

namespace Atelier.Cli.Commands;

/// <summary>The mask and region options, shared by all commands that take styles.</summary>
internal sealed class GuideOptions
{
    private readonly Option<string[]> _masks = new("--style-mask")
    {
        Description = "Mask of where in the result a style applies (white = fully); one for each --style, in order",
        HelpName = "FILE|all|rest",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string[]> _regions = new("--style-region")
    {
        Description = "Mask of the part of a style picture to use (white = used); one for each --style, in order",
        HelpName = "FILE|all",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string?> _preserve = new("--preserve")
    {
        Description = "Mask of the photograph's pixels to preserve (white = exactly)",
        HelpName = "FILE",
    };

    private readonly Option<string?> _colorMask = new("--color-mask")
    {
        Description = "Mask of where --color content restores colors (white = fully) [default: everywhere]",
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

    /// <summary>Reads the given values.</summary>
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
