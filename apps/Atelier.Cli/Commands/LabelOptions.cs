using System.CommandLine;

namespace Atelier.Cli.Commands;

/// <summary>The options that pair regions of the photograph with regions of the artworks.</summary>
internal sealed class LabelOptions
{
    private readonly Option<string?> _content = new("--regions")
    {
        Description = "Label picture of CONTENT: each region takes its style from the region of the same color in " +
            "--style-regions; or auto:K to find K regions",
        HelpName = "FILE|auto:K",
    };

    private readonly Option<string[]> _styles = new("--style-regions")
    {
        Description = "Label picture of a style picture; one for each --style, in order",
        HelpName = "FILE",
        AllowMultipleArgumentsPerToken = true,
    };

    public LabelOptions(Command command)
    {
        _content.CompletionSources.Add("auto:2", "auto:3", "auto:4");
        command.Add(_content);
        command.Add(_styles);
    }

    /// <summary>The label picture of the photograph, or <c>auto:K</c>; null when not given.</summary>
    public string? Content(ParseResult parse) => parse.GetValue(_content);

    /// <summary>The label pictures of the artworks; none when not given.</summary>
    public string[] Styles(ParseResult parse) => parse.GetValue(_styles) ?? [];
}
