using System.Globalization;
using Atelier.Imaging;
using Atelier.Studio.Components;
using Atelier.Studio.Gallery;
using Atelier.Studio.Library;
using Atelier.Studio.Painting;
using Atelier.Studio.Storage;
using Atelier.Studio.Videos;
using Atelier.Weights;
using Atelier.Workshop;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Atelier.Studio.Hosting;

/// <summary>Pictures in both directions: those that are dropped, those of the folder, and the painting as it
/// becomes.</summary>
internal sealed class PictureEndpoints(
    StudioFolder folder, SmallPictures small, StyleSwatches swatches, PaintingRoom room, VideoRoom videos,
    StudioOptions options)
    : IDisposable
{
    private const string Jpeg = "image/jpeg", Kept = "private, max-age=3600";
    private const int MomentSide = 96;

    // A browser sends only a few requests at once, and others wait behind those that are not answered.
    private static readonly TimeSpan SwatchPatience = TimeSpan.FromSeconds(2);

    // A picture is in memory until it is stored; thousands at once wait here.
    private readonly SemaphoreSlim _uploads = new(2);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/pictures/{kind}", Upload);
        routes.MapGet("/pictures/{kind}/{name}", Original);
        routes.MapGet("/pictures/{kind}/{name}/thumbnail", (string kind, string name, HttpContext context)
            => Reduced(kind, name, SmallPictures.ThumbnailSide, context));
        routes.MapGet("/pictures/{kind}/{name}/view", (string kind, string name, HttpContext context)
            => Reduced(kind, name, SmallPictures.ViewSide, context));
        routes.MapGet("/examples/{kind}/{name}", Example);
        routes.MapGet("/paintings/{id}/frames/{after:int}", NextFrame);
        routes.MapGet("/paintings/{id}/picture", Download);
        routes.MapGet("/paintings/{id}/moments/{key:int}", Moment);
    }

    public void Dispose() => _uploads.Dispose();

    /// <summary>Stores a picture, which is the whole body; its name is a query parameter. Where a result may be dropped
    /// to restore its recipe, one that has a recipe becomes a result.</summary>
    private async Task<IResult> Upload(
        string kind, string? name, HttpContext context, CancellationToken cancel, bool restores = false)
    {
        if (!PictureKinds.TryParse(kind, out PictureKind known) || known is PictureKind.Clips or PictureKind.Videos)
        {
            return Results.NotFound();
        }

        if (context.Request.ContentLength > options.MaxUploadBytes)
        {
            return Problem(StatusCodes.Status413PayloadTooLarge, TooLarge);
        }

        await _uploads.WaitAsync(cancel);
        try
        {
            using MemoryStream bytes = new((int)Math.Min(context.Request.ContentLength ?? 0, options.MaxUploadBytes));
            await context.Request.Body.CopyToAsync(bytes, cancel);
            ReadOnlyMemory<byte> file = bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
            PictureKind become = KindOf(file, known, restores);
            StoredPicture stored = become == PictureKind.Masks
                ? folder.Add(become, $"{Path.GetFileNameWithoutExtension(name)}.png", MaskFile.From(file.Span))
                : folder.Add(become, name, file);
            return Results.Json(
                new ReceivedPicture(PictureKinds.NameOf(become), stored.Name), StudioJson.Default.ReceivedPicture);
        }
        catch (BadHttpRequestException error) when (error.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return Problem(StatusCodes.Status413PayloadTooLarge, TooLarge);
        }
        catch (Exception error) when (error is ImageFormatException or WeightFormatException)
        {
            return Problem(StatusCodes.Status415UnsupportedMediaType, error.Message);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Problem(StatusCodes.Status507InsufficientStorage, Failure.FromException(error).Message);
        }
        finally
        {
            _uploads.Release();
        }
    }

    /// <summary>What a file is for. Where a result may be dropped to restore its recipe, one that has a recipe is a
    /// result.</summary>
    private static PictureKind KindOf(ReadOnlyMemory<byte> file, PictureKind given, bool restores)
    {
        PictureKind kind = ReceivedFile.KindOf(file, given);
        return restores && kind != PictureKind.Styles && GalleryIndex.LooksPainted(file.Span)
            ? PictureKind.Results
            : kind;
    }

    private string? Find(string kind, string name)
        => PictureKinds.TryParse(kind, out PictureKind known) ? folder.Find(known, name) : null;

    private string TooLarge => string.Create(CultureInfo.InvariantCulture,
        $"The picture is larger than {options.MaxUploadBytes / 1_000_000} MB; save it smaller.");

    private IResult Original(string kind, string name)
        => Find(kind, name) is string path
            ? Results.File(path, "application/octet-stream", name)
            : Results.NotFound();

    private async Task<IResult> Reduced(string kind, string name, int side, HttpContext context)
    {
        if (Find(kind, name) is not string path)
        {
            return Results.NotFound();
        }

        try
        {
            string tag = FileTag.Of(path);
            if (FileTag.IsKept(context, tag))
            {
                FileTag.Keep(context, tag);
                return Results.StatusCode(StatusCodes.Status304NotModified);
            }

            byte[] jpeg = kind == PictureKinds.NameOf(PictureKind.Styles)
                ? await swatches.GetAsync(new StoredPicture(PictureKind.Styles, name))
                    .WaitAsync(SwatchPatience, context.RequestAborted)
                : await Task.Run(() => small.Get(path, side));
            FileTag.Keep(context, tag);
            return Results.Bytes(jpeg, Jpeg);
        }
        catch (TimeoutException)
        {
            context.Response.Headers.CacheControl = "no-store";
            return Problem(StatusCodes.Status503ServiceUnavailable, "The texture is not painted yet; ask again.");
        }
        catch (Exception error) when (error is AtelierException or IOException or OperationCanceledException)
        {
            return Problem(StatusCodes.Status415UnsupportedMediaType, error.Message);
        }
    }

    private static IResult Example(string kind, string name, HttpContext context)
    {
        if (!PictureKinds.TryParse(kind, out PictureKind known) || Examples.Read(known, name) is not byte[] jpeg)
        {
            return Results.NotFound();
        }

        context.Response.Headers.CacheControl = Kept;
        return Results.Bytes(jpeg, Jpeg);
    }

    /// <summary>Answers with a frame that is newer than the known one, as soon as there is one; with nothing if there
    /// is none for a while.</summary>
    private async Task<IResult> NextFrame(string id, int after, HttpContext context, CancellationToken cancel)
    {
        FrameFeed? feed = room.Current?.Id == id ? room.Current.Frames : videos.Find(id)?.Frames;
        if (feed is null)
        {
            return Results.NotFound();
        }

        return await FrameAnswer.NextAsync(feed, after, context, cancel);
    }

    private async Task<IResult> Download(string id, CancellationToken cancel)
    {
        if (room.Current is not LivePainting painting || painting.Id != id)
        {
            return Results.NotFound();
        }

        using MemoryStream png = new();
        return await Task.Run(() => painting.Write(png), cancel)
            ? Results.Bytes(png.ToArray(), "image/png", painting.ResultName)
            : Results.NotFound();
    }

    private async Task<IResult> Moment(string id, int key)
    {
        StylizeMoment? moment = room.Current is LivePainting painting && painting.Id == id
            ? painting.Moments.FirstOrDefault(each => MomentList.KeyOf(each) == key)
            : null;
        return moment is null
            ? Results.NotFound()
            : Results.Bytes(await Task.Run(() => SmallPictures.Shrink(moment.Preview(), MomentSide)), Jpeg);
    }

    private static IResult Problem(int status, string reason) => Results.Problem(reason, statusCode: status);
}
