using Atelier.Imaging;
using Atelier.Options;
using Atelier.Recipes;
using Atelier.Workshop.Inputs;

namespace Atelier.Workshop.Recipes;

/// <summary>Reproduces a result from its embedded recipe. Relative paths in the recipe are resolved against the working
/// folder, and then against the folder of the result.</summary>
public sealed class Reproduction
{
    private readonly string _result;
    private readonly List<PictureSource> _changed = [];

    private Reproduction(string result, Picture painted, Recipe recipe)
        => (_result, Picture, Recipe) = (result, painted, recipe);

    /// <summary>The original result.</summary>
    public Picture Picture { get; }

    /// <summary>Its recipe.</summary>
    public Recipe Recipe { get; }

    /// <summary>Input pictures that differ from those that the result was painted from, so that the new result will
    /// differ too; complete after <see cref="GetSources"/>.</summary>
    public IReadOnlyList<PictureSource> Changed => _changed;

    /// <summary>Reads a result.</summary>
    /// <param name="context">Supplies standard input.</param>
    /// <param name="result">A picture painted by Atelier, or <c>-</c> for standard input.</param>
    /// <exception cref="CodedException">The file does not exist, or contains no recipe
    /// (<c>recipe.missing</c>).</exception>
    /// <exception cref="AtelierException">The picture or its recipe cannot be read.</exception>
    public static Reproduction Open(WorkshopContext context, string result)
    {
        InputFile.Require("result", result);
        return TryOpen(context, result)
            ?? throw CodedException.Failed("recipe.missing", $"'{result}' contains no recipe.",
                "only a PNG, JPEG, WebP or TIFF painted by Atelier can be reproduced");
    }

    /// <summary>Reads a picture, and returns null if it contains no recipe.</summary>
    /// <inheritdoc cref="Open"/>
    /// <exception cref="AtelierException">The picture or its recipe cannot be read.</exception>
    public static Reproduction? TryOpen(WorkshopContext context, string result)
    {
        Picture painted = InputFile.Load(context, new PictureSource("result", result)).Picture;
        return Recipe.FromPicture(painted) is Recipe recipe ? new Reproduction(result, painted, recipe) : null;
    }

    /// <summary>Returns the default output path: <c>night-again.png</c> beside <c>night.jpg</c>.</summary>
    /// <exception cref="CodedException">The result is standard input, which has no name.</exception>
    public static string GetDefaultOutputPath(string result) => result == InputFile.StandardInput
        ? throw CodedException.Usage(
            "a result from standard input has no name to derive the output's from.", "name the output", "output")
        : Path.Combine(Path.GetDirectoryName(result) ?? "", $"{Path.GetFileNameWithoutExtension(result)}-again.png");

    /// <summary>Returns the recipe's options, optionally with another size or network file.</summary>
    /// <param name="size">The new long side; null for the content picture's own size.</param>
    /// <param name="isResized">Whether to use <paramref name="size"/> instead of the recipe's size.</param>
    /// <param name="network">The network; null to find the recipe's.</param>
    public StylizeOptions GetOptions(int? size, bool isResized, string? network)
    {
        StylizeOptions options = Recipe.Options;
        if (isResized)
        {
            // Explicit scales would have to end at the old size, so they are chosen again.
            options = options with { Size = size, Scales = [] };
        }

        return options with { Network = network ?? FindNetwork(options.Network) };
    }

    /// <summary>Returns the input pictures: the given ones, and otherwise those of the recipe.</summary>
    /// <exception cref="CodedException">A picture does not exist (<c>input.missing</c>), or is given although the
    /// recipe has none.</exception>
    /// <param name="given">Pictures that are not where the recipe says.</param>
    /// <param name="isResized">Whether the result has another size, so that changes of the size are left out.</param>
    public PaintSources GetSources(PictureOverrides given, bool isResized = false)
    {
        ArgumentNullException.ThrowIfNull(given);
        if (given.Initial is not null && Recipe.Initial is null)
        {
            throw CodedException.Usage(
                $"'{_result}' was painted without an initial picture of its own.", "leave it out", "init");
        }

        if (given.Palette is not null && Recipe.Palette is null)
        {
            throw CodedException.Usage($"'{_result}' was painted without a palette.", "leave it out", "palette");
        }

        string? GivenFor(string option) => option switch
        {
            "content" => given.Content,
            "init" => given.Initial,
            "palette" => given.Palette,
            _ => null,
        };
        PaintSources sources = PaintSources.Of(
            Recipe, (role, option, picture) => Find(role, option, picture, GivenFor(option)), given.Styles,
                given.Guides);
        return sources with
        {
            Content = sources.Content
                ?? (Recipe.Options.ContentWeight == 0 ? null
                    : throw CodedException.Failed("recipe", $"the recipe of '{_result}' contains no content picture.")),
            Changes =
                [.. sources.Changes.Select(each => (isResized ? WithoutSize(each.Change) : each.Change, each.Guides))],
        };
    }

    private static RecipeChange WithoutSize(RecipeChange change)
        => change with { Options = change.Options.RemoveRange(["size", "scales"]) };

    /// <summary>Finds a network file at the recipe's path, or relative to the folder of the result.</summary>
    private string FindNetwork(string network)
    {
        string beside = Beside(network);
        bool isEmbedded = network == StylizeOptions.Default.Network;
        return !isEmbedded && !File.Exists(network) && File.Exists(beside) ? beside : network;
    }

    private string Beside(string path)
        => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(_result))!, path);

    private PictureSource Find(string role, string option, RecipePicture picture, string? given)
    {
        string beside = Beside(picture.Path);
        string path = given ?? (PagePath.Parse(picture.Path).Exists ? picture.Path
            : PagePath.Parse(beside).Exists ? beside
            : throw CodedException.Failed("input.missing",
                $"{role} '{picture.Path}', from which '{_result}' was painted, was not found.", "name it", option));
        PictureSource source = new(role, path, option) { NamedAs = given ?? picture.Path };
        PagePath named = PagePath.Parse(path);
        if (picture.Sha256 is string expected && named.Exists
            && RecipePicture.Create(path, File.ReadAllBytes(named.File)).Sha256 != expected)
        {
            _changed.Add(source);
        }

        return source;
    }
}

/// <summary>Pictures that the user supplies because they were moved or renamed after a result was painted.</summary>
public sealed record PictureOverrides
{
    /// <summary>The photograph; null for the recipe's.</summary>
    public string? Content { get; init; }

    /// <summary>All artworks, in order; empty for the recipe's.</summary>
    public IReadOnlyList<string> Styles { get; init; } = [];

    /// <summary>The masks and regions.</summary>
    public GuidePaths Guides { get; init; } = new();

    /// <summary>The initial picture; null for the recipe's.</summary>
    public string? Initial { get; init; }

    /// <summary>The palette; null for the recipe's.</summary>
    public string? Palette { get; init; }
}
