using System.Collections.Concurrent;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Studio.Painting;
using Atelier.Studio.Storage;
using Atelier.Styles;
using Atelier.Weights;
using Atelier.Workshop;
using Atelier.Workshop.Inputs;
using Atelier.Workshop.Networks;
using Atelier.Workshop.Styles;

namespace Atelier.Studio.Library;

/// <summary>The style files of the studio's folder. What was once read of a file is remembered until the file
/// changes.</summary>
/// <param name="folder">The studio's folder.</param>
/// <param name="work">Measures artworks.</param>
public sealed class StyleLibrary(StudioFolder folder, SideWork work)
{
    /// <summary>The extension of style files.</summary>
    public const string Extension = StyleFileExtraction.Extension;

    private readonly ConcurrentDictionary<string, StyleItem> _known = new();

    /// <summary>Lists the style files, newest first, those that are damaged too.</summary>
    public IReadOnlyList<StyleItem> List()
        => [.. folder.List(PictureKind.Styles).Select(Find).OfType<StyleItem>()];

    /// <summary>Returns a style file; null if it is not there.</summary>
    public StyleItem? Find(StoredPicture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        if (folder.Find(picture.Kind, picture.Name) is not string path)
        {
            return null;
        }

        FileInfo file = new(path);
        StyleItem item = new(picture, file.LastWriteTimeUtc, file.Exists ? file.Length : 0);
        return _known.TryGetValue(path, out StyleItem? known) && known.Time == item.Time && known.Bytes == item.Bytes
            ? known
            : _known[path] = Read(item, path);
    }

    /// <summary>Extracts the style of artworks to a new style file, while the painting waits.</summary>
    /// <param name="artworks">The artworks.</param>
    /// <param name="options">The network, its pooling, the style layers and the shares of the artworks.</param>
    /// <param name="name">The name of the file; null or empty for those of the artworks.</param>
    /// <param name="cancel">Cancels it.</param>
    /// <exception cref="AtelierException">An artwork cannot be used, or the options contradict each other.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    /// <exception cref="OperationCanceledException">It was canceled.</exception>
    public async Task<StyleItem> ExtractAsync(
        IReadOnlyList<StoredPicture> artworks, StylizeOptions options, string? name, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(artworks);
        StylizeOptions found = NetworkCache.ForCurrentUser().Resolve(options);
        StyleStatistics style = await work.InterruptAsync(
            (stylizer, stop) =>
            {
                WorkshopContext context = new() { Cancel = stop };
                Picture[] pictures =
                [
                    .. artworks.Select(artwork =>
                        InputFile.Load(context, ChosenSources.SourceOf(artwork, folder)).Picture),
                ];
                return stylizer.Extract(pictures, found, cancel: stop);
            },
            cancel).ConfigureAwait(false);
        string given = SafeName.From(name, "") is { Length: > 0 } safe
            ? Path.GetFileNameWithoutExtension(safe)
            : string.Join(" + ", artworks.Select(artwork => artwork.Title));
        return Find(folder.Create(PictureKind.Styles, given + Extension, style.Write))!;
    }

    /// <summary>Returns options with the network that style files were measured with, and how it was used; without
    /// style files, the options as they are.</summary>
    /// <param name="styles">Artworks and style files.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="CodedException">A style file is gone or damaged (<c>style.format</c>), or two were measured
    /// with different networks.</exception>
    public StylizeOptions OptionsFor(IEnumerable<StoredPicture> styles, StylizeOptions options)
    {
        ArgumentNullException.ThrowIfNull(styles);
        ArgumentNullException.ThrowIfNull(options);
        StyleItem[] items = [.. styles.Where(style => style.Kind == PictureKind.Styles).Select(Require)];
        if (items.FirstOrDefault(item => !AreAlike(item, items[0])) is StyleItem other)
        {
            throw CodedException.Usage(
                $"'{items[0].Picture.Title}' was measured with {NetworkOf(items[0])}, and " +
                $"'{other.Picture.Title}' with {NetworkOf(other)}.",
                "extract one of them again");
        }

        return items.Length == 0 ? options : options with
        {
            Network = items[0].Network,
            Pooling = items[0].Pooling,

            // Artworks are measured with these, and a style file fits no others.
            Activations = StylizeOptions.Default.Activations,
            Padding = StylizeOptions.Default.Padding,
        };
    }

    private StyleItem Require(StoredPicture picture)
    {
        StyleItem item = Find(picture) ?? throw CodedException.Failed(
            "input.missing", $"'{picture.Name}' is not in the studio's folder any more.", "choose another style");
        return item.Fault is string fault ? throw CodedException.Failed("style.format", fault) : item;
    }

    private static bool AreAlike(StyleItem a, StyleItem b)
        => a.NetworkSha256 == b.NetworkSha256 && a.Pooling == b.Pooling;

    private static string NetworkOf(StyleItem item)
        => $"network {item.Network} ({item.NetworkSha256[..8]}…, pooling {OptionValues.Format(item.Pooling)})";

    private static StyleItem Read(StyleItem item, string path)
    {
        try
        {
            return item.With(StyleFileInput.Load(path));
        }
        catch (Exception error) when (error is AtelierException or WeightFormatException or IOException
            or UnauthorizedAccessException)
        {
            string fault = error.Message.Replace(path, item.Picture.Name, StringComparison.Ordinal);
            return item with { Fault = fault };
        }
    }
}
