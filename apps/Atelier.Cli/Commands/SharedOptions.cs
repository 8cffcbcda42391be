using System.CommandLine;
using Atelier.Engine;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Workshop.Engines;

namespace Atelier.Cli.Commands;

/// <summary>Options shared by several commands, each declared once.</summary>
internal static class SharedOptions
{
    public static Option<bool> Quiet() => new("--quiet") { Description = "Show only warnings and errors" };

    public static Option<bool> Json() => new("--json")
    {
        Description = "Print a single JSON document on standard " +
        "output"
    };

    public static Option<int> Threads()
    {
        Option<int> threads = Whole("--threads", "Number of threads; 0 uses all processors", 0, 1024);
        threads.DefaultValueFactory = _ => EngineOptions.Default.Threads;
        return threads;
    }

    /// <summary>The option that selects the engine; its value is a name for <see cref="EngineCatalog"/>.</summary>
    public static Option<string> Engine()
    {
        Option<string> engine = Parsed(
            "--engine", EngineCatalog.Names,
            "What computes: the processor, a device of OpenCL ('atelier doctor' lists them), or the faster of both",
            EngineCatalog.ParseName);
        engine.DefaultValueFactory = _ => EngineOptions.Default.Name;
        return engine;
    }

    /// <summary>The precision option; null if not given.</summary>
    /// <param name="standard">The default, for the help.</param>
    public static Option<Precision?> Precision(string standard)
    {
        IReadOnlyList<string> words = OptionValues.All<Precision>();
        Option<Precision?> precision = new("--precision")
        {
            Description = "Number format of the convolutions' products; bfloat16 requires AMX units [default: " +
                $"{standard}]",
            HelpName = string.Join('|', words),
            CustomParser = result =>
            {
                try
                {
                    return OptionValues.Parse<Precision>(result.Tokens[0].Value);
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
        Description = "The artwork, or a style file; several are blended. Needed, unless a recipe names it",
        HelpName = "FILE",
        AllowMultipleArgumentsPerToken = true,
    };

    public static Option<string?> Palette() => new("--palette")
    {
        Description = "A picture whose colors are used instead of the photograph's",
        HelpName = "FILE",
    };

    public static Option<string> Output() => new("--output", "-o")
    {
        Description = "The result; the extension selects the format, - writes a PNG to standard output",
        HelpName = "OUT",
        Required = true,
    };

    /// <summary>Creates a size option without a default.</summary>
    public static Option<string> Size(string help)
    {
        Option<string> size = TableOptions.Create("size");
        size.Description = help;
        size.DefaultValueFactory = null;
        return size;
    }

    /// <summary>Resizes a picture to the given long side; null leaves it unchanged.</summary>
    public static Picture Resized(Picture picture, int? longSide)
        => longSide is int side ? Resampler.Resize(picture, side) : picture;

    /// <summary>Creates an option for a whole number within bounds, with its own error message.</summary>
    public static Option<int> Whole(string name, string help, int min, int max)
        => Parsed(name, "N", help, text =>
        {
            int value = OptionText.ParseWhole(text);
            return value >= min && value <= max
                ? value
                : throw new FormatException($"{value} is out of range; give {min} to {max}.");
        });

    /// <summary>Creates an option that is parsed from text, with its own error message.</summary>
    /// <param name="parse">Throws <see cref="FormatException"/> for invalid text.</param>
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
