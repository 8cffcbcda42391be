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

    private async Task<IResult> Download(string kind, string name, CancellationToken cancel)
    {
        if (!PictureKinds.TryParse(kind, out PictureKind known) || folder.Find(known, name) is not string path)
        {
            return Results.NotFound();
        }

        await _one.WaitAsync(cancel);
        try
        {
            byte[] png = await Task.Run(() => Write(path), cancel);
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

    private static byte[] Write(string path)
    {
        using MemoryStream png = new();
        PictureFile.Save(PictureFile.Load(path), png, ".png", new EncodeOptions { StripMetadata = true });
        return png.ToArray();
    }
}
