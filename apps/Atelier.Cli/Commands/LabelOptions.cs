using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Atelier.Engine;
using Atelier.Guides;
using Atelier.Imaging;
using Atelier.Recipes;
using Atelier.Regions;
using Atelier.Styles;

namespace Atelier.Cli.Commands;

/// <summary>The options that say which regions of the photograph and of the artworks go together.</summary>
internal sealed class LabelOptions
{
    private readonly Option<string?> _content = new("--regions")
    {
        Description = "Label picture of CONTENT: each color takes its style from the same color of --style-regions; "
            + "or auto:K to find K regions",
        HelpName = "FILE|auto:K",
    };

    private readonly Option<string[]> _styles = new("--style-regions")
    {
        Description = "Label picture of a style picture: one for each --style, in order",
        HelpName = "FILE",
        AllowMultipleArgumentsPerToken = true,
    };

    public LabelOptions(Command command)
    {
        _content.CompletionSources.Add("auto:2", "auto:3", "auto:4");
        command.Add(_content);
        command.Add(_styles);
    }

    /// <summary>What is given, or else what a recipe says, whose pictures are looked for; null for no regions.
    /// </summary>
    public LabelSources? Read(ParseResult parse, Recipe recipe, Func<string, string, RecipePicture, PictureSource> find)
    {
        string[] given = parse.GetValue(_styles) ?? [];
        if ((parse.GetValue(_content) ?? recipe.Labels?.Path) is not string content)
        {
            return given.Length == 0 ? null : throw CliException.Usage(
                "--style-regions has no counterpart.", "add --regions FILE, the label picture of the photograph.");
        }

        if (LabelSources.CountOf(content) is int count)
        {
            return given.Length == 0 ? new LabelSources(null, [], count) : throw CliException.Usage(
                "--regions auto finds the style pictures' regions too.", "leave --style-regions out.");
        }

        bool isGiven = parse.GetValue(_content) is not null;
        if (isGiven && given.Length == 0)
        {
            throw CliException.Usage(
                $"--regions {content} has no counterpart.",
                "add --style-regions with one label picture for each style, or take --regions auto:3.");
        }

        return new LabelSources(
            isGiven ? new PictureSource("regions", content, _content.Name)
                : find("regions", _content.Name, recipe.Labels!),
            given.Length > 0
                ? [.. given.Select(path => new PictureSource("style regions", path, _styles.Name))]
                : [.. recipe.StyleLabels.Select(picture => find("style regions", _styles.Name, picture))],
            null);
    }
}

/// <summary>Where label pictures come from.</summary>
/// <param name="Content">The file for the photograph; null where regions are found.</param>
/// <param name="Styles">The files for the style pictures.</param>
/// <param name="Count">How many regions to find; null for files.</param>
internal sealed record LabelSources(PictureSource? Content, ImmutableArray<PictureSource> Styles, int? Count)
{
    private const string Auto = "auto";

    public IEnumerable<PictureSource> Files => Content is null ? [] : [Content, .. Styles];

    /// <summary>How a recipe says that regions were found.</summary>
    public RecipePicture? Word
        => Count is int count ? new(string.Create(CultureInfo.InvariantCulture, $"{Auto}:{count}")) : null;

    /// <summary>The number of a word <c>auto:K</c>; null for what is a file.</summary>
    public static int? CountOf(string text)
    {
        if (text != Auto && !text.StartsWith($"{Auto}:", StringComparison.Ordinal))
        {
            return null;
        }

        bool isNumber = int.TryParse(
            text.AsSpan(Math.Min(text.Length, Auto.Length + 1)), NumberStyles.None, CultureInfo.InvariantCulture,
            out int count);
        return isNumber && count is >= 2 and <= RegionFinder.MostRegions ? count : throw CliException.Usage(
            $"--regions is '{text}'; give auto:2 to auto:{RegionFinder.MostRegions}, or a file.");
    }

    /// <summary>The label pictures.</summary>
    /// <param name="read">Decodes a file.</param>
    /// <param name="find">Finds so many regions.</param>
    public RegionLabels Load(Func<PictureSource, Picture> read, Func<int, RegionLabels> find)
        => Count is int count ? find(count) : new RegionLabels(read(Content!), [.. Styles.Select(read)]);

    /// <summary>Finds regions that the pictures of a run have in common.</summary>
    public static RegionLabels Find(int count, Picture content, IReadOnlyList<Style> styles, EngineOptions engine)
    {
        if (styles.Count == 0)
        {
            throw CliException.Usage("--regions auto has no style picture to pair regions with.", "add --style FILE.");
        }

        Picture[] artworks = [.. styles.Select(style => style.Picture ?? throw CliException.Usage(
            "--regions auto needs the artworks themselves; a style file has no picture.",
            "give the artwork with --style, or leave --regions out."))];
        using RegionFinder finder = new(engine);
        return finder.Find(content, artworks, count);
    }

    /// <summary>Files beside a result, for the photograph's regions and for those of each style.</summary>
    private static string[] PathsBeside(string output, int styleCount)
    {
        string stem = Path.Combine(Path.GetDirectoryName(output) ?? "", Path.GetFileNameWithoutExtension(output));
        IEnumerable<string> styles = styleCount == 1
            ? [$"{stem}.style-regions.png"]
            : Enumerable.Range(1, styleCount).Select(number => $"{stem}.style-regions{number}.png");
        return [$"{stem}.regions.png", .. styles];
    }

    /// <summary>Writes regions that were found, so that a person can correct them and pass them back. A file that
    /// differs may be such a correction, and is not replaced unasked.</summary>
    /// <param name="inputs">Files that are never replaced.</param>
    public static string[] Save(Host host, RegionLabels labels, string output, IEnumerable<string> inputs, bool force)
    {
        Picture[] pictures = [labels.Content, .. labels.Styles];
        string[] paths = PathsBeside(output, labels.Styles.Length);
        foreach ((string path, Picture picture) in paths.Zip(pictures))
        {
            if (!force && File.Exists(path) && !IsSame(path, picture))
            {
                throw CliException.Failed(
                    "output.exists", $"'{path}' exists and shows other regions.",
                    "if you corrected it, pass it back with --regions FILE and --style-regions FILE; or add --force " +
                    "to replace it.");
            }
        }

        foreach ((string path, Picture picture) in paths.Zip(pictures))
            new OutputFile(host, path, inputs, force: true, EncodeOptions.Default).Save(picture);
        return paths;
    }

    private static bool IsSame(string path, Picture picture)
    {
        try
        {
            Picture old = PictureFile.Load(path);
            return (old.Width, old.Height) == (picture.Width, picture.Height)
                && old.Red.AsSpan().SequenceEqual(picture.Red) && old.Green.AsSpan().SequenceEqual(picture.Green)
                && old.Blue.AsSpan().SequenceEqual(picture.Blue);
        }
        catch (AtelierException)
        {
            return false;
        }
    }
}
