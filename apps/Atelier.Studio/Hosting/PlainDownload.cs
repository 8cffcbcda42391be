using Atelier.Imaging;
using Atelier.Studio.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Atelier.Studio.Hosting;

/// <summary>Pictures without metadata: with the same pixels, but nothing that tells how they came about.</summary>
internal sealed class PlainDownload(StudioFolder folder) : IDisposable
{
    // A picture is in memory while it is written anew.
    private readonly SemaphoreSlim _one = new(1);

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/pictures/{kind}/{name}/plain", Download);

    public void Dispose() => _one.Dispose();

    /// <summary>Answers with a picture without metadata.</summary>
    /// <param name="load">Reads it.</param>
    /// <param name="name">Its name.</param>
    /// <param name="cancel">Ends the work.</param>
    internal async Task<IResult> AnswerAsync(Func<Picture> load, string name, CancellationToken cancel)
    {
        await _one.WaitAsync(cancel);
        try
        {
            byte[] png = await Task.Run(() => Write(load()), cancel);
            return Results.Bytes(png, "image/png", Path.ChangeExtension(name, ".png"));
        }
        catch (Exception error) when (error is ImageFormatException or IOException)
        {
            return Results.Problem(error.Message, statusCode: StatusCodes.Status415UnsupportedMediaType);
        }
        finally
        {
            _one.Release();
        }
    }

    private Task<IResult> Download(string kind, string name, CancellationToken cancel)
        => PictureKinds.TryParse(kind, out PictureKind known) && folder.Find(known, name) is string path
            ? AnswerAsync(() => PictureFile.Load(path), name, cancel)
            : Task.FromResult(Results.NotFound());

    private static byte[] Write(Picture picture)
    {
        using MemoryStream png = new();
        PictureFile.Save(picture, png, ".png", new EncodeOptions { StripMetadata = true });
        return png.ToArray();
    }
}
