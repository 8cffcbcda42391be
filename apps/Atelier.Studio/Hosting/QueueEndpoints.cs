using Atelier.Imaging;
using Atelier.Jobs;
using Atelier.Jobs.Blobs;
using Atelier.Studio.Queue;
using Atelier.Studio.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Atelier.Studio.Hosting;

/// <summary>Pictures of jobs: only what the job itself names.</summary>
internal sealed class QueueEndpoints(QueueRoom queue, PlainDownload plain, SmallPictures small)
{
    private const string Jpeg = "image/jpeg";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/queue/{id}/preview", (string id, HttpContext context) => AnswerAsync(
            id, job => job.Preview, context, (_, content) => Task.FromResult(Results.Stream(content, Jpeg))));
        routes.MapGet("/queue/{id}/result", (string id, HttpContext context) => AnswerAsync(
            id, job => job.Output, context, (job, content) => Task.FromResult(
                Results.Stream(content, "application/octet-stream", job.Name))));
        routes.MapGet("/queue/{id}/result/plain", (string id, HttpContext context) => AnswerAsync(
            id, PictureOf, context, async (job, content) =>
            {
                await using (content)
                {
                    return await plain.AnswerAsync(() => PictureFile.Load(content), job.Name, context.RequestAborted);
                }
            }));
        routes.MapGet("/queue/{id}/thumbnail", (string id, HttpContext context) => AnswerAsync(
            id, PictureOf, context, async (_, content) =>
            {
                await using (content)
                {
                    return Results.Bytes(await small.ShrinkAsync(content, context.RequestAborted), Jpeg);
                }
            }));
    }

    private static BlobKey? PictureOf(Job job) => job.Kind == JobKind.Picture ? job.Output : null;

    /// <summary>Answers with a blob of a job, which never changes. It is read and checked before the answer
    /// begins.</summary>
    private async Task<IResult> AnswerAsync(
        string id, Func<Job, BlobKey?> keyOf, HttpContext context, Func<Job, FileStream, Task<IResult>> answer)
    {
        try
        {
            JobQueue opened = await queue.OpenAsync(context.RequestAborted);
            Job job = await opened.FindAsync(id, context.RequestAborted);
            return job.Id == id && keyOf(job) is BlobKey key
                ? await FileTag.AnswerAsync(context, $"\"{key.Sha256}\"", async () =>
                    await answer(job, await FetchAsync(opened, key, context.RequestAborted)))
                : Results.NotFound();
        }
        catch (Exception error) when (error is FileNotFoundException or CodedException { Code: "job.missing" })
        {
            return Results.NotFound();
        }
        catch (Exception error) when (error is AtelierException or IOException)
        {
            return Results.Problem(error.Message, statusCode: StatusCodes.Status422UnprocessableEntity);
        }
    }

    private static async Task<FileStream> FetchAsync(JobQueue opened, BlobKey key, CancellationToken cancel)
    {
        FileStream file = new(
            Path.Combine(Path.GetTempPath(), $"atelier-{Guid.NewGuid():N}"), FileMode.CreateNew, FileAccess.ReadWrite,
            FileShare.Read, 1 << 16, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        try
        {
            await opened.Blobs.CopyToAsync(key, file, cancel);
            file.Position = 0;
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }
}
