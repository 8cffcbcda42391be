using System.CommandLine;
using Atelier.Engine;
using Atelier.Imaging;
using Atelier.Options;

namespace Atelier.Cli.Commands;

/// <summary>Options that several commands have, each declared once.</summary>
internal static class SharedOptions
{
    public static Option<bool> Json() => new("--json") { Description = "Print one JSON document on standard output" };

    public static Option<int> Threads()
    {
        Option<int> threads = Whole("--threads", "Threads to compute with; 0 takes all processors", 0, 1024);
        threads.DefaultValueFactory = _ => EngineOptions.Default.Threads;
        return threads;
    }

    /// <summary>What convolutions multiply; null when not given.</summary>
    /// <param name="standard">What is taken then, for the help.</param>
    public static Option<Precision?> Precision(string standard)
    {
        IReadOnlyList<string> words = OptionWords.All<Precision>();
        Option<Precision?> precision = new("--precision")
        {
            Description = $"What convolutions multiply; bfloat16 needs AMX units [default: {standard}]",
            HelpName = string.Join('|', words),
            CustomParser = result =>
            {
                try
                {
                    return OptionWords.Parse<Precision>(result.Tokens[0].Value);
                }
                catch (FormatException error)
                {
                    result.AddError($"--precision: {error.Message}");
                    return null;
                }
            },
        };
        precision.CompletionSources.Add([.. words]);
        return precision;
    }

    public static Option<string[]> Styles() => new("--style")
    {
        Description = "The artwork, or a style file; several are blended",
        HelpName = "FILE",
        AllowMultipleArgumentsPerToken = true,
    };

    public static Option<string?> Palette() => new("--palette")
    {
        Description = "A picture whose colors stand in for the photograph's",
        HelpName = "FILE",
    };

    public static Option<string> Output() => new("--output", "-o")
    {
        Description = "The result; its extension chooses the format, - is a PNG on standard output",
        HelpName = "OUT",
        Required = true,
    };

    /// <summary>A size that is not asked for by default.</summary>
    public static Option<string> Size(string help)
    {
        Option<string> size = TableOptions.Create("size");
        size.Description = help;
        size.DefaultValueFactory = null;
        return size;
    }

    /// <summary>A picture at the size that was asked for; null leaves it as it is.</summary>
    public static Picture Resized(Picture picture, int? longSide)
        => longSide is int side ? Resampler.Resize(picture, side) : picture;

    /// <summary>A whole number within bounds, with our own words for a wrong one.</summary>
    public static Option<int> Whole(string name, string help, int least, int most)
        => Parsed(name, "N", help, text =>
        {
            int value = OptionText.ParseWhole(text);
            return value >= least && value <= most
                ? value
                : throw new FormatException($"{value} does not fit; give {least} to {most}.");
        });

    /// <summary>A value that is written as a word, with our own words for a wrong one.</summary>
    /// <param name="parse">Throws <see cref="FormatException"/> for a word that does not fit.</param>
    public static Option<T> Parsed<T>(string name, string values, string help, Func<string, T> parse) => new(name)
    {
        Description = help,
        HelpName = values,
        CustomParser = result =>
        {
            try
            {
                return parse(result.Tokens[0].Value);
            }
            catch (FormatException error)
            {
                result.AddError($"{name}: {error.Message}");
                return default;
            }
        },
    };
}
