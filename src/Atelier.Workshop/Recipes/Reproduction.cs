using Atelier.Imaging;
using Atelier.Options;
using Atelier.Recipes;
using Atelier.Workshop.Inputs;

namespace Atelier.Workshop.Recipes;

/// <summary>A result from which another one is made by the recipe that it carries. Its pictures are looked for where
/// the recipe says, seen from the working folder and from the result's.</summary>
public sealed class Reproduction
{
    private readonly string _result;
    private readonly List<PictureSource> _changed = [];

    private Reproduction(string result, Picture painted, Recipe recipe)
        => (_result, Painted, Recipe) = (result, painted, recipe);

    /// <summary>The result.</summary>
    public Picture Painted { get; }

    /// <summary>Its recipe.</summary>
    public Recipe Recipe { get; }

    /// <summary>Pictures that are not the files of which the result was made, or have changed since, so that the new
    /// result will differ; complete after <see cref="SourcesOf"/>.</summary>
    public IReadOnlyList<PictureSource> Changed => _changed;

    /// <summary>Reads a result.</summary>
    /// <param name="around">Where standard input is.</param>
    /// <param name="result">A picture that Atelier painted, or <c>-</c>.</param>
    /// <exception cref="CodedException">It is not there, or carries no recipe (<c>recipe.missing</c>).</exception>
    /// <exception cref="AtelierException">The picture or its recipe cannot be read.</exception>
    public static Reproduction Open(Surroundings around, string result)
    {
        InputFile.Require("result", result);
        Picture painted = InputFile.Load(around, new PictureSource("result", result)).Picture;
        Recipe recipe = Recipe.FromPicture(painted)
            ?? throw CodedException.Failed("recipe.missing", $"'{result}' contains no recipe.",
                "only a PNG that Atelier painted can be made again");
        return new Reproduction(result, painted, recipe);
    }

    /// <summary>Where a new result goes if nothing else is said: <c>night-again.png</c> beside
    /// <c>night.jpg</c>.</summary>
    /// <exception cref="CodedException">The result is standard input, which has no name.</exception>
    public static string PathAgain(string result) => result == InputFile.StandardInput
        ? throw CodedException.Usage(
            "the output cannot be named after a result from standard input.", "name the new one", "output")
        : Path.Combine(Path.GetDirectoryName(result) ?? "", $"{Path.GetFileNameWithoutExtension(result)}-again.png");

    /// <summary>The recipe's options, at another size and with a network that moved.</summary>
    /// <param name="size">The long side; null for the result's own.</param>
    /// <param name="isResized">Whether <paramref name="size"/> holds.</param>
    /// <param name="network">The network; null to look for the recipe's.</param>
    public StylizeOptions OptionsFor(int? size, bool isResized, string? network)
    {
        StylizeOptions options = Recipe.Options;
        if (isResized)
        {
            // Explicit scales would have to end at the old size, so they are chosen again.
            options = options with { Size = size, Scales = [] };
        }

        return options with { Network = network ?? FindNetwork(options.Network) };
    }

    /// <summary>The pictures: those that are given, because they moved, and else the recipe's.</summary>
    /// <exception cref="CodedException">One is not there (<c>input.missing</c>), or is given where the recipe has
    /// none.</exception>
    public PaintSources SourcesOf(GivenPictures given)
    {
        ArgumentNullException.ThrowIfNull(given);
        if (given.Initial is not null && Recipe.Initial is null)
        {
            throw CodedException.Usage(
                $"'{_result}' was not painted from a picture of its own.", "leave it out", "init");
        }

        if (given.Palette is not null && Recipe.Palette is null)
        {
            throw CodedException.Usage($"'{_result}' was painted without a palette.", "leave it out", "palette");
        }

        PictureSource? One(string role, string option, RecipePicture? picture, string? path)
            => picture is null ? null : Find(role, option, picture, path);
        return new PaintSources
        {
            Content = One("content", "content", Recipe.Content, given.Content)
                ?? (Recipe.Options.ContentWeight == 0 ? null
                    : throw CodedException.Failed("recipe", $"the recipe of '{_result}' names no content.")),
            Styles = given.Styles.Count > 0
                ? PaintSources.StylesOf(given.Styles, Recipe)
                : [.. Recipe.Styles.Select(style => Find("style", "style", style, null))],
            Guides = GuideSources.Of(
                given.Guides, Recipe, (role, option, picture) => Find(role, option, picture, null)),
            Initial = One("initial picture", "init", Recipe.Initial, given.Initial),
            Palette = One("palette", "palette", Recipe.Palette, given.Palette),
        };
    }

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
        string path = given ?? (File.Exists(picture.Path) ? picture.Path
            : File.Exists(beside) ? beside
            : throw CodedException.Failed("input.missing",
                $"{role} '{picture.Path}', of which '{_result}' was made, is not there.", "name it", option));
        PictureSource source = new(role, path, option) { NamedAs = given ?? picture.Path };
        if (picture.Sha256 is string expected && File.Exists(path)
            && RecipePicture.Create(path, File.ReadAllBytes(path)).Sha256 != expected)
        {
            _changed.Add(source);
        }

        return source;
    }
}

/// <summary>Pictures that a person names anew, because they moved since a result was made of them.</summary>
public sealed record GivenPictures
{
    /// <summary>The photograph; null for the recipe's.</summary>
    public string? Content { get; init; }

    /// <summary>All artworks, in order; empty for the recipe's.</summary>
    public IReadOnlyList<string> Styles { get; init; } = [];

    /// <summary>Where styles act.</summary>
    public GuidePaths Guides { get; init; } = new();

    /// <summary>The picture to start from; null for the recipe's.</summary>
    public string? Initial { get; init; }

    /// <summary>The picture whose colors were taken; null for the recipe's.</summary>
    public string? Palette { get; init; }
}
