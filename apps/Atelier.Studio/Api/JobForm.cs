using System.Collections.Immutable;
using Atelier.Options;
using Atelier.Primitives;
using Atelier.Studio.Library;
using Atelier.Studio.Painting;
using Atelier.Studio.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Atelier.Studio.Api;

/// <summary>Reads what to paint from a form: a photograph, artworks and masks, each as a file or as the name of one
/// that the studio's folder has, a preset and options.</summary>
/// <param name="folder">Where named files are.</param>
/// <param name="intake">Stores files that are sent.</param>
/// <param name="maxBytes">The largest form, in bytes.</param>
internal sealed class JobForm(StudioFolder folder, PictureIntake intake, long maxBytes)
{
    internal const string Photograph = "photograph", Artwork = "artwork", Preset = "preset", Options = "options";

    /// <summary>The name of a style file to extract.</summary>
    internal const string Name = "name";

    private const int MaxTextLength = 100_000, MaxFields = 100;

    // What a form that is cut off is reported as; a full disk, for one, has a code of its own.
    private const int PlainIoError = unchecked((int)0x80131620);

    /// <summary>Reads a form, and stores its files.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancel">Ends reading.</param>
    /// <exception cref="ApiException">The form is not one, or not complete.</exception>
    /// <exception cref="AtelierException">A file is not a picture, or the options are not valid.</exception>
    internal async Task<PaintingChoice> ReadAsync(HttpRequest request, CancellationToken cancel)
    {
        IFormCollection form = await ReadFormAsync(
            request, [Photograph, Artwork, Preset, Options, .. MaskFields.Names], cancel);
        string preset = Text(form, Preset) ?? PaintingChoice.DefaultPreset;
        if (!Presets.ByName.TryGetValue(preset, out StylizeOptions? baseline))
        {
            throw ApiProblem.Usage(
                Preset, $"'{preset}' is not known", $"use one of {string.Join(", ", Presets.ByName.Keys)}");
        }

        // Options first: they are cheap to check.
        StylizeOptions options = OptionJson.Read(Text(form, Options) ?? "{}", baseline);
        int artworks = Count(form, Artwork);
        Require(Count(form, Photograph) == 1, Photograph, "must be given once");
        Require(artworks > 0, Artwork, "must be given at least once");
        OptionJson.Require(options, artworks);
        MaskFields masks = MaskFields.Of(form, artworks, options);
        return new PaintingChoice
        {
            Photograph = (await Pictures(form, Photograph, new Reception(PictureKind.Photographs), cancel))[0],
            Artworks = await Pictures(
                form, Artwork, new Reception(PictureKind.Artworks) { TakesStyles = true }, cancel),
            Masks = await masks.ReadAsync((field, reception) => Pictures(form, field, reception, cancel)),
            Preset = preset,
            Options = options,
        };
    }

    /// <summary>Reads a form of artworks whose style is to be extracted.</summary>
    /// <inheritdoc cref="ReadAsync"/>
    internal async Task<(ImmutableArray<StoredPicture> Artworks, StylizeOptions Options, string? Name)> ReadStyleAsync(
        HttpRequest request, CancellationToken cancel)
    {
        IFormCollection form = await ReadFormAsync(request, [Artwork, Name, Options], cancel);
        StylizeOptions layers = StylizeOptions.Default with { StyleLayers = LayerSelection.All };
        StylizeOptions options = OptionJson.Read(Text(form, Options) ?? "{}", layers);
        Require(Count(form, Artwork) > 0, Artwork, "must be given at least once");
        OptionJson.Require(options, Count(form, Artwork));
        return (await Pictures(form, Artwork, new Reception(PictureKind.Artworks), cancel), options, Text(form, Name));
    }

    private async Task<IFormCollection> ReadFormAsync(HttpRequest request, string[] known, CancellationToken cancel)
    {
        if (request.ContentType?.StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase) != true)
        {
            throw new ApiException(new ApiProblem(
                StatusCodes.Status415UnsupportedMediaType, "request", "The body is not a form.")
            {
                Remedy = "send multipart/form-data",
            });
        }

        if (request.ContentLength > maxBytes)
        {
            throw new ApiException(ApiProblem.TooLarge);
        }

        IFormCollection form = await ParseAsync(request, cancel);
        foreach (string field in form.Keys.Concat(form.Files.Select(file => file.Name)))
        {
            if (!known.Contains(field))
            {
                throw ApiProblem.Usage(field, "is not a field of this form", NearestName.Remedy(
                    field, known, $"use {string.Join(", ", known)}"));
            }
        }

        return form;
    }

    private async Task<IFormCollection> ParseAsync(HttpRequest request, CancellationToken cancel)
    {
        try
        {
            return await request.ReadFormAsync(new FormOptions
            {
                MultipartBodyLengthLimit = maxBytes,
                ValueLengthLimit = MaxTextLength,
                ValueCountLimit = MaxFields,
            }, cancel);
        }
        catch (IOException error) when (error.GetType() == typeof(IOException) && error.HResult == PlainIoError)
        {
            throw new ApiException(new ApiProblem(
                StatusCodes.Status400BadRequest, "request", "The form ends before its end.")
            {
                Remedy = "send it again",
            });
        }
    }

    /// <summary>Returns the pictures of a field: first those that are named, then those that are sent.</summary>
    private async Task<ImmutableArray<StoredPicture>> Pictures(
        IFormCollection form, string field, Reception reception, CancellationToken cancel)
    {
        List<StoredPicture> pictures = [];
        foreach (string? name in form[field])
            pictures.Add(Find(field, name ?? "", reception));
        foreach (IFormFile file in form.Files.Where(file => file.Name == field))
        {
            using Stream contents = file.OpenReadStream();
            pictures.Add(await intake.StoreAsync(contents, file.Length, file.FileName, reception, cancel));
        }

        return [.. pictures];
    }

    private StoredPicture Find(string field, string name, Reception reception)
        => ((PictureKind[])[reception.Kind, PictureKind.Styles])
            .Where(kind => kind == reception.Kind || reception.TakesStyles)
            .Where(kind => folder.Find(kind, name) is not null)
            .Select(kind => new StoredPicture(kind, name)).FirstOrDefault()
            ?? throw ApiProblem.Usage(field, $"'{name}' is not in the studio's folder", "send the file itself");

    private static void Require(bool isGiven, string field, string fault)
    {
        if (!isGiven)
        {
            throw ApiProblem.Usage(field, fault, "send a file, or the name of one in the studio's folder");
        }
    }

    internal static int Count(IFormCollection form, string field)
        => form[field].Count + form.Files.Count(file => file.Name == field);

    internal static string? Text(IFormCollection form, string field) => form[field].Count switch
    {
        0 when form.Files.GetFile(field) is not null => throw ApiProblem.Usage(field, "is a file", "send it as text"),
        0 => null,
        1 => form[field][0],
        _ => throw ApiProblem.Usage(field, "is given more than once", "give it once"),
    };
}
