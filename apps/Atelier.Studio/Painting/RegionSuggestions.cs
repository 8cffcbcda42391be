using System.Collections.Immutable;
using System.Globalization;
using Atelier.Guides;
using Atelier.Imaging;
using Atelier.Studio.Storage;
using Atelier.Styles;
using Atelier.Workshop.Inputs;

namespace Atelier.Studio.Painting;

/// <summary>Regions that were found in a photograph and its artworks.</summary>
/// <param name="Pairs">The label pictures, in which equal colors are paired.</param>
/// <param name="Content">The regions of the photograph, largest first.</param>
/// <param name="Styles">The regions of each artwork, largest first.</param>
public sealed record FoundRegions(
    PairedRegions Pairs, ImmutableArray<FoundRegion> Content, ImmutableArray<ImmutableArray<FoundRegion>> Styles);

/// <summary>A region of a label picture.</summary>
/// <param name="Color">Its color there, as <c>#rrggbb</c>.</param>
/// <param name="Share">The part of the picture that it covers, 0–1.</param>
public readonly record struct FoundRegion(string Color, double Share);

/// <summary>Finds regions of a photograph and its artworks automatically, to begin masks with, and to pair.</summary>
/// <param name="folder">Where the pictures are, and the label pictures go.</param>
/// <param name="work">Finds them.</param>
public sealed class RegionSuggestions(StudioFolder folder, SideWork work)
{
    /// <summary>Finds regions, while the picture of the painting room waits.</summary>
    /// <param name="choice">The pictures; complete.</param>
    /// <param name="count">How many, 2 to 12; fewer are found if the pictures have no more in common.</param>
    /// <param name="cancel">Cancels it.</param>
    /// <exception cref="AtelierException">A picture cannot be used.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    /// <exception cref="OperationCanceledException">It was canceled.</exception>
    public Task<FoundRegions> FindAsync(PaintingChoice choice, int count, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(choice);
        return work.InterruptAsync((_, _) => Find(choice, count), cancel);
    }

    private FoundRegions Find(PaintingChoice choice, int count)
    {
        Picture photograph = PictureFile.Load(folder.PathOf(choice.Photograph!));
        Style[] artworks = [.. choice.Artworks.Select(art => new Style(PictureFile.Load(folder.PathOf(art))))];
        RegionLabels labels = LabelSources.Find(count, photograph, artworks, work.Engine);
        return new FoundRegions(
            new PairedRegions(
                Save(labels.Content, choice.Photograph!),
                [.. labels.Styles.Zip(choice.Artworks, Save)]),
            RegionsOf(labels.Content),
            [.. labels.Styles.Select(RegionsOf)]);
    }

    /// <summary>Returns pairs in which regions of the photograph are paired with others of the artworks.</summary>
    /// <param name="found">What was found.</param>
    /// <param name="colors">The color of the artworks' region for that of each region of the photograph; one that no
    /// artwork has stands for the whole of them.</param>
    /// <exception cref="AtelierException">A picture cannot be used.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public PairedRegions Pair(FoundRegions found, IReadOnlyDictionary<string, string> colors)
    {
        ArgumentNullException.ThrowIfNull(found);
        ArgumentNullException.ThrowIfNull(colors);
        StoredPicture original = found.Pairs.Content;
        Picture labels = PictureFile.DecodeSamples(File.ReadAllBytes(folder.PathOf(original)));
        for (int i = 0; i < labels.Red.Length; i++)
        {
            if (colors.TryGetValue(ColorAt(labels, i), out string? color))
            {
                int value = int.Parse(color.AsSpan(1), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                (labels.Red[i], labels.Green[i], labels.Blue[i]) =
                    ((value >> 16) / 255f, ((value >> 8) & 255) / 255f, (value & 255) / 255f);
            }
        }

        return found.Pairs with { Content = Save(labels, original.Title) };
    }

    private StoredPicture Save(Picture labels, StoredPicture of) => Save(labels, $"{of.Title} regions");

    private StoredPicture Save(Picture labels, string title)
    {
        using MemoryStream png = new();
        PictureFile.Save(labels, png, ".png");
        return folder.PassingMasks.Add($"{title}.png", png.ToArray());
    }

    private static ImmutableArray<FoundRegion> RegionsOf(Picture labels)
        =>
        [
            .. Enumerable.Range(0, labels.Red.Length).CountBy(i => ColorAt(labels, i))
                .OrderByDescending(each => each.Value)
                .Select(each => new FoundRegion(each.Key, (double)each.Value / labels.Red.Length)),
        ];

    private static string ColorAt(Picture labels, int index)
    {
        static int Level(float value) => (int)Math.Round(value * 255);
        return string.Create(CultureInfo.InvariantCulture,
            $"#{Level(labels.Red[index]):x2}{Level(labels.Green[index]):x2}{Level(labels.Blue[index]):x2}");
    }
}
