using System.CommandLine;
using Atelier.Workshop.Figures;
using Atelier.Workshop.Outputs;

namespace Atelier.Cli.Commands.Inspect;

/// <summary>The output options of a figure.</summary>
internal sealed class FigureOptions
{
    private readonly Host _host;
    private readonly Option<string?> _output;
    private readonly Option<bool> _json = SharedOptions.Json();
    private readonly Option<bool> _force = new("--force")
    {
        Description = "Replace a file that is not an earlier figure",
    };

    public FigureOptions(Host host, Command command, string formats, bool isRequired)
    {
        _host = host;
        _output = new Option<string?>("--output", "-o")
        {
            Description = $"The figure, {formats} on standard output",
            HelpName = "OUT",
            Required = isRequired,
        };
        foreach (Option option in (Option[])[_output, _json, _force])
            command.Add(option);
    }

    public bool Json(ParseResult parse) => parse.GetValue(_json);

    /// <summary>Returns the output file after checking that it may be written; null if none was given.</summary>
    /// <param name="parse">The values given.</param>
    /// <param name="inputs">Input files.</param>
    /// <param name="extensions">Extensions of the figure's possible formats.</param>
    public FigureFile? Output(ParseResult parse, IEnumerable<string> inputs, IReadOnlyList<string> extensions)
    {
        string? path = parse.GetValue(_output);
        if (path == OutputFile.StandardOutput && Json(parse))
        {
            throw CliException.Usage("-o - and --json cannot be used together: both write to standard " +
                "output.", "name a file with -o FILE.");
        }

        return path is null
            ? null
            : new FigureFile(_host.CreateContext(), path, inputs, extensions, parse.GetValue(_force));
    }
}
