using System.Globalization;
using Atelier.Studio.Storage;
using Atelier.Studio.Videos;
using Atelier.Workshop;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Atelier.Studio.Hosting;

/// <summary>Clips and painted videos: taken in as they arrive, played in ranges, and frame by frame.</summary>
internal sealed class ClipEndpoints(StudioFolder folder, ClipIntake intake, ClipReader clips) : IDisposable
{
    private readonly SemaphoreSlim _uploads = new(2);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/pictures/clips", Upload);
        foreach (PictureKind kind in (PictureKind[])[PictureKind.Clips, PictureKind.Videos])
        {
            string address = $"/{PictureKinds.NameOf(kind)}/{{name}}";
            routes.MapGet(address, (string name, HttpContext context) => Play(kind, name, context));
            routes.MapGet($"{address}/frames/{{index:int}}/thumbnail", (string name, int index, HttpContext context)
                => Frame(kind, name, index, SmallPictures.ThumbnailSide, context));
            routes.MapGet($"{address}/frames/{{index:int}}/view", (string name, int index, HttpContext context)
                => Frame(kind, name, index, SmallPictures.ViewSide, context));
        }
    }

    public void Dispose() => _uploads.Dispose();

    /// <summary>Stores a clip, which is the whole body; its name is a query parameter.</summary>
    private async Task<IResult> Upload(string? name, HttpContext context, CancellationToken cancel)
    {
        if (context.Request.ContentLength > intake.MaxBytes)
        {
            return Problem(StatusCodes.Status413PayloadTooLarge, TooLarge);
        }

        IHttpMaxRequestBodySizeFeature? limit = context.Features.Get<IHttpMaxRequestBodySizeFeature>();
        if (limit is { IsReadOnly: false })
        {
            limit.MaxRequestBodySize = intake.MaxBytes;
        }

        await _uploads.WaitAsync(cancel);
        try
        {
            StoredPicture stored = await intake.StoreAsync(name, context.Request.Body, cancel);
            return Results.Json(
                new ReceivedPicture(PictureKinds.NameOf(stored.Kind), stored.Name), StudioJson.Default.ReceivedPicture);
        }
        catch (BadHttpRequestException error) when (error.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return Problem(StatusCodes.Status413PayloadTooLarge, TooLarge);
        }
        catch (AtelierException error)
        {
            Failure failure = Failure.FromException(error);
            string remedy = failure.Remedy is null ? "" : $" To mend it, {failure.Remedy}.";
            return Problem(StatusCodes.Status415UnsupportedMediaType, failure.Message + remedy);
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

    private string TooLarge => string.Create(CultureInfo.InvariantCulture,
        $"The clip is larger than {intake.MaxBytes / 1_000_000} MB; cut it or save it smaller.");

    /// <summary>The file, or the range of it that a player asks for.</summary>
    private IResult Play(PictureKind kind, string name, HttpContext context)
    {
        if (folder.Find(kind, name) is not string path || ClipFormat.OfName(name) is not ClipFormat format)
        {
            return Results.NotFound();
        }

        context.Response.Headers.CacheControl = FileTag.Asks;
        return Results.File(
            path, format.MediaType, entityTag: new EntityTagHeaderValue(FileTag.Of(path)), enableRangeProcessing: true);
    }

    private async Task<IResult> Frame(PictureKind kind, string name, int index, int side, HttpContext context)
    {
        if (folder.Find(kind, name) is not string path || ClipFormat.OfName(name) is null)
        {
            return Results.NotFound();
        }

        try
        {
            return await FileTag.AnswerAsync(context, FileTag.Of(path), async () =>
                await clips.FrameAsync(new StoredPicture(kind, name), index, side, context.RequestAborted)
                    is byte[] jpeg
                    ? Results.Bytes(jpeg, "image/jpeg")
                    : Results.NotFound());
        }
        catch (Exception error) when (error is AtelierException or IOException)
        {
            return Problem(StatusCodes.Status415UnsupportedMediaType, error.Message);
        }
    }

    private static IResult Problem(int status, string reason) => Results.Problem(reason, statusCode: status);
}
