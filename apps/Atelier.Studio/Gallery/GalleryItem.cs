using System.Collections.Immutable;
using System.Globalization;
using Atelier.Options;
using Atelier.Recipes;
using Atelier.Studio.Painting;
using Atelier.Studio.Storage;

namespace Atelier.Studio.Gallery;

/// <summary>A result, and what its file tells of how it was painted.</summary>
public sealed record GalleryItem
{
    private string? _searchText;

    /// <summary>The file.</summary>
    public required StoredPicture Picture { get; init; }

    /// <summary>When the file was written, in UTC.</summary>
    public required DateTime Time { get; init; }

    /// <summary>Size of the file, in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>Width, in pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Height, in pixels.</summary>
    public required int Height { get; init; }

    /// <summary>Whether the recipe has been looked for.</summary>
    public bool IsRead { get; private init; }

    /// <summary>The recipe; null if there is none, or if it has not been read.</summary>
    public Recipe? Recipe { get; private init; }

    /// <summary>The address of the page that shows it large.</summary>
    public string Url => UrlOf(Picture.Name);

    /// <summary>The address of its thumbnail. It has another end when the file is another, because a page that is open
    /// asks for a picture again only if its address changes; the server takes no notice of it.</summary>
    public string ThumbnailUrl => Versioned(Picture.ThumbnailUrl);

    /// <summary>The address of the picture at the size of a screen, with an end like that of the thumbnail.</summary>
    public string ViewUrl => Versioned(Picture.ViewUrl);

    /// <summary>The address of the picture without metadata.</summary>
    public string PlainUrl => $"{Picture.Url}/plain";

    /// <summary>The preset that is nearest to the options; null without a recipe.</summary>
    public string? Preset { get; private init; }

    /// <summary>The options that differ from those of the preset, with their values.</summary>
    public ImmutableArray<(string Name, string Value)> Changed { get; private init; } = [];

    /// <summary>Returns the item with its recipe, or with the knowledge that there is none.</summary>
    /// <exception cref="AtelierException">The recipe's changes are not changes of options.</exception>
    public GalleryItem With(Recipe? recipe)
    {
        GalleryItem read = this with { IsRead = true, Recipe = recipe, _searchText = null };
        if (recipe is null)
        {
            return read;
        }

        StylizeOptions options = Restoration.OptionsOf(recipe);
        string preset = Restoration.NearestPreset(options);
        return read with
        {
            Preset = preset,
            Changed =
            [
                .. CommandLine.Changed(options, Presets.ByName[preset])
                    .Select(option => (option.Name, option.Show(options))),
            ],
        };
    }

    /// <summary>Whether its name, pictures, preset or changed options contain every word of a query.</summary>
    public bool Matches(string query)
    {
        ArgumentNullException.ThrowIfNull(query);
        _searchText ??= DescribeForSearch();
        return query.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .All(word => _searchText.Contains(word, StringComparison.CurrentCultureIgnoreCase));
    }

    /// <summary>The address of the page that shows a result large.</summary>
    public static string UrlOf(string name) => $"gallery/{Uri.EscapeDataString(name)}";

    /// <summary>The name of a recipe's picture, without folders, which may be those of another system.</summary>
    public static string NameOf(RecipePicture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        return picture.Path.Split('/', '\\')[^1];
    }

    private string Versioned(string url)
        => string.Create(CultureInfo.InvariantCulture, $"{url}?v={Time.Ticks:x}");

    private string DescribeForSearch() => string.Join('\n',
    [
        Picture.Title,
        .. ((RecipePicture?[])[Recipe?.Content, .. Recipe?.Styles ?? []]).OfType<RecipePicture>().Select(NameOf),
        Preset ?? "",
        .. Changed.Select(option => $"{option.Name}={option.Value}"),
    ]);
}
