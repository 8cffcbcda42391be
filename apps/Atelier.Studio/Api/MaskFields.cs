using System.Collections.Immutable;
using Atelier.Guides;
using Atelier.Options;
using Atelier.Studio.Library;
using Atelier.Studio.Painting;
using Atelier.Studio.Storage;
using Atelier.Workshop.Inputs;
using Microsoft.AspNetCore.Http;

namespace Atelier.Studio.Api;

/// <summary>The masks and regions of a job's form. The fields of artworks are numbered, since a form does not tell the
/// order of files and words.</summary>
internal sealed class MaskFields
{
    internal const string Mask = "mask", Preserve = "preserve", ColorMask = "colorMask", Regions = "regions",
        StyleRegions = "styleRegions";

    /// <summary>How many artworks can have fields of their own.</summary>
    internal const int MaxArtworks = 16;

    private readonly HashSet<string> _given;
    private readonly int _artworks;
    private readonly bool _othersEverywhere;
    private readonly int? _autoRegions;

    private MaskFields(HashSet<string> given, int artworks, bool othersEverywhere, int? autoRegions)
        => (_given, _artworks, _othersEverywhere, _autoRegions) = (given, artworks, othersEverywhere, autoRegions);

    /// <summary>Reads the pictures of a field.</summary>
    internal delegate Task<ImmutableArray<StoredPicture>> Reader(string field, Reception reception);

    /// <summary>The names of all fields.</summary>
    internal static ImmutableArray<string> Names { get; } =
    [
        Preserve, ColorMask, Regions,
        .. Enumerable.Range(1, MaxArtworks).SelectMany(
            number => (string[])[$"{Mask}{number}", $"{StyleRegions}{number}"]),
    ];

    /// <summary>Checks the fields of a form, before anything is stored.</summary>
    /// <param name="form">The form.</param>
    /// <param name="artworks">Number of artworks.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="ApiException">The fields contradict each other, or the rest of the form.</exception>
    /// <exception cref="CodedException">The number of automatic regions is out of range.</exception>
    internal static MaskFields Of(IFormCollection form, int artworks, StylizeOptions options)
    {
        Dictionary<string, string?> given = [];
        foreach (string field in Names.Where(field => JobForm.Count(form, field) > 0))
        {
            Refuse(JobForm.Count(form, field) > 1, field, "is given more than once", "give it once");
            given[field] = form.Files.GetFile(field) is null ? JobForm.Text(form, field) : null;
        }

        foreach (int number in Enumerable.Range(artworks + 1, Math.Max(0, MaxArtworks - artworks)))
        {
            foreach (string field in (string[])[$"{Mask}{number}", $"{StyleRegions}{number}"])
                Refuse(given.ContainsKey(field), field, $"has no artwork: there are {artworks}", "leave it out");
        }

        Refuse(
            given.ContainsKey(ColorMask) && options.Color != ColorKind.Content, ColorMask,
            "acts only where colors are restored", """give the options {"color": "content"} too""");
        int? auto = given.GetValueOrDefault(Regions) is string word ? LabelSources.ParseCount(word) : null;
        for (int number = 1; number <= artworks; number++)
        {
            string field = $"{StyleRegions}{number}";
            bool isNeeded = given.ContainsKey(Regions) && auto is null;
            Refuse(
                isNeeded && !given.ContainsKey(field), field, "is missing", "give regions of each artwork, or auto:3");
            Refuse(!isNeeded && given.ContainsKey(field), field, "has no regions of the photograph to pair with",
                auto is null ? $"give {Regions} too" : "leave it out: auto finds those of artworks too");
        }

        string[] words = [.. Enumerable.Range(1, artworks).Select(number => given.GetValueOrDefault($"{Mask}{number}"))
            .OfType<string>().Where(word => StyleMask.FromName(word) is not null).Distinct()];
        Refuse(words.Length > 1, Mask, "is 'all' for one artwork and 'rest' for another", "use one word for all");
        return new MaskFields(
            [.. given.Where(field => field.Value is null || StyleMask.FromName(field.Value) is null)
                .Select(field => field.Key)],
            artworks, words is [string one] && one == StyleMask.All.Name, auto);
    }

    /// <summary>Reads the masks.</summary>
    /// <param name="read">Finds or stores the pictures of a field.</param>
    internal async Task<PaintingMasks> ReadAsync(Reader read)
    {
        PaintingMasks masks = PaintingMasks.None with
        {
            OthersEverywhere = _othersEverywhere,
            AutoRegions = _autoRegions,
        };
        foreach ((MaskSlot slot, string field) in Enumerable.Range(0, _artworks)
            .Select(i => (new MaskSlot(MaskRole.Style, i), $"{Mask}{i + 1}"))
            .Append((new MaskSlot(MaskRole.Preserve), Preserve)).Append((new MaskSlot(MaskRole.Color), ColorMask)))
        {
            if (await One(field, isLabels: false) is StoredPicture picture)
            {
                masks = masks.With(slot, new PaintingMask(picture), _artworks);
            }
        }

        if (_autoRegions is not null || await One(Regions, isLabels: true) is not StoredPicture content)
        {
            return masks;
        }

        List<StoredPicture> styles = [];
        for (int number = 1; number <= _artworks; number++)
            styles.Add((await One($"{StyleRegions}{number}", isLabels: true))!);
        return masks with { Regions = new PairedRegions(content, [.. styles]) };

        async Task<StoredPicture?> One(string field, bool isLabels) => _given.Contains(field)
            ? (await read(field, new Reception(PictureKind.Masks) { IsLabels = isLabels }))[0]
            : null;
    }

    private static void Refuse(bool isWrong, string field, string fault, string remedy)
    {
        if (isWrong)
        {
            throw ApiProblem.Usage(field, fault, remedy);
        }
    }
}
