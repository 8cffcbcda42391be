using System.Collections.Immutable;
using Atelier.Imaging;
using Atelier.Options;

namespace Atelier.Benchmarks;

/// <summary>Paints pairs of photographs and artworks, writes a contact sheet, and prints what can be measured without
/// an eye. Pictures are judged by looking at the sheet; the numbers show what has changed.</summary>
/// <remarks>The pairs are the examples', each photograph with each artwork, or a folder's: one folder a pair,
/// with pictures named <c>content</c> and <c>style</c> and, to compare with, <c>published</c>.</remarks>
internal static class QualityBenchmark
{
    private const int CellSide = 256;

    private static readonly ImmutableArray<(string Name, StylizeOptions Options)> Methods =
    [
        ("normal", StylizeOptions.Default),
        ("0.1", StylizeOptions.Version1),
    ];

    internal static void Run(string? folder, string? output)
    {
        ImmutableArray<PicturePair> pairs =
            folder is null ? PicturePair.Examples(RepositoryRoot()) : PicturePair.InFolder(folder);
        output ??= Path.Combine(Path.GetTempPath(), "atelier-quality");
        Directory.CreateDirectory(output);
        using Stylizer stylizer = new();
        MarkdownTable table = new(
            "pair", "method", "relief of flat parts", "chroma", "color distance", "edges", "change with the seed");
        List<ContactCell> cells = [];
        foreach (PicturePair pair in pairs)
        {
            cells.AddRange([Cell(pair.Content, pair.Name), Cell(pair.Style, "artwork")]);
            if (pair.Published is not null)
            {
                cells.Add(Cell(pair.Published, "published"));
                Add(table, pair, "published", pair.Published, again: null);
            }

            foreach ((string name, StylizeOptions options) in Methods)
            {
                Picture Paint(int seed) => stylizer.Stylize(new StylizeRequest
                {
                    Content = pair.Content,
                    Styles = [pair.Style],
                    Options = options with { Seed = seed },
                }).Picture;
                Picture painting = Paint(seed: 0);
                PictureFile.Save(painting, Path.Combine(output, $"{pair.Name}-{name}.png"));
                cells.Add(Cell(painting, name));
                Add(table, pair, name, painting, options == StylizeOptions.Default ? Paint(seed: 1) : null);
            }
        }

        int columns = 2 + Methods.Length + (pairs.Any(pair => pair.Published is not null) ? 1 : 0);
        string sheet = Path.Combine(output, "sheet.png");
        PictureFile.Save(new ContactSheet { Cells = [.. cells], Columns = columns }.Draw(), sheet);
        Console.WriteLine();
        Console.WriteLine($"The contact sheet is {sheet}, the paintings are beside it.");
    }

    private static void Add(MarkdownTable table, PicturePair pair, string method, Picture painting, Picture? again)
    {
        PictureMeasures measures = PictureMeasures.Of(painting, pair.Content, pair.Style);
        table.Add(
            pair.Name, method, $"{measures.FlatRelief:F2}", $"{measures.Chroma:F3} of {measures.ArtworkChroma:F3}",
            $"{measures.ColorDistance:F3}", $"{measures.EdgeCorrelation:F2}",
            again is null ? "" : $"{PictureMeasures.MeanDifference(painting, again):F3}");
    }

    private static ContactCell Cell(Picture picture, string caption)
    {
        (int width, int height) = Resampler.Fit(picture.Width, picture.Height, CellSide);
        return new ContactCell(Resampler.Resize(picture, width, height), caption);
    }

    private static string RepositoryRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !Directory.Exists(Path.Combine(folder.FullName, "examples")))
            folder = folder.Parent;
        return folder?.FullName
            ?? throw new DirectoryNotFoundException("There is no folder 'examples' above the benchmark's.");
    }
}
