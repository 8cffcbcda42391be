using System.Globalization;
using Atelier.Imaging;
using Atelier.Studio.Components;
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
    PictureIntake intake, StudioOptions options)
{
    private const string Jpeg = "image/jpeg";
    private const int MomentSide = 96;

    // A browser sends only a few requests at once, and others wait behind those that are not answered.
    private static readonly TimeSpan SwatchPatience = TimeSpan.FromSeconds(2);

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

    /// <summary>Stores a picture, which is the whole body; its name is a query parameter.</summary>
    /// <param name="kind">The name of its kind.</param>
    /// <param name="name">Its name.</param>
    /// <param name="context">The request.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <param name="restores">Whether one that has a recipe becomes a result.</param>
    /// <param name="passing">Whether a mask remains only if a recipe comes to name it.</param>
    private async Task<IResult> Upload(
        string kind, string? name, HttpContext context, CancellationToken cancel, bool restores = false,
        bool passing = false)
    {
        if (!PictureKinds.TryParse(kind, out PictureKind known) || known is PictureKind.Clips or PictureKind.Videos)
        {
            return Results.NotFound();
        }

        if (context.Request.ContentLength > options.MaxUploadBytes)
        {
            return Problem(StatusCodes.Status413PayloadTooLarge, TooLarge);
        }

        Reception reception = new(known) { TakesStyles = true, Restores = restores, IsPassing = passing };
        try
        {
            StoredPicture stored = await intake.StoreAsync(
                context.Request.Body, context.Request.ContentLength ?? 0, name, reception, cancel);
            return Results.Json(
                new ReceivedPicture(PictureKinds.NameOf(stored.Kind), stored.Name), StudioJson.Default.ReceivedPicture);
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
            return await FileTag.AnswerAsync(context, FileTag.Of(path), async () => Results.Bytes(
                kind == PictureKinds.NameOf(PictureKind.Styles)
                    ? await swatches.GetAsync(new StoredPicture(PictureKind.Styles, name))
                        .WaitAsync(SwatchPatience, context.RequestAborted)
                    : await Task.Run(() => small.Get(path, side)),
                Jpeg));
        }
        catch (TimeoutException)
        {
            context.Response.Headers.RetryAfter = "10";
            return Problem(StatusCodes.Status503ServiceUnavailable, "The texture is not painted yet; ask again.");
        }
        catch (Exception error) when (error is AtelierException or IOException or OperationCanceledException)
        {
            return Problem(StatusCodes.Status415UnsupportedMediaType, error.Message);
        }
    }

    private static Task<IResult> Example(string kind, string name, HttpContext context) => FileTag.AnswerAsync(
        context, FileTag.OfProgram, () => Task.FromResult(
            PictureKinds.TryParse(kind, out PictureKind known) && Examples.Read(known, name) is byte[] jpeg
                ? Results.Bytes(jpeg, Jpeg)
                : Results.NotFound()));

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
