using System.Globalization;
using System.Text;
using Atelier.Options;
using Atelier.Studio.Painting;
using Atelier.Studio.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atelier.Studio.Api;

/// <summary>Jobs: to post, watch, steer and fetch.</summary>
internal sealed class JobEndpoints(JobQueue queue, JobForm form, StudioFolder folder, SmallPictures small)
{
    private const string Jpeg = "image/jpeg", Png = "image/png";
    private const int MaxOptionsLength = 100_000;

    // A painting that rests has no newer frame than the newest.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    // The first frame is made when somebody asks for it.
    private static readonly TimeSpan FirstPatience = TimeSpan.FromSeconds(10);

    public void Map(IEndpointRouteBuilder api)
    {
        RouteGroupBuilder jobs = api.MapGroup("/jobs").WithTags("Jobs");
        jobs.MapPost("/", Post).TakesForm([JobForm.Photograph], [JobForm.Artwork])
            .Answers<JobDocument>(201, 400, 413, 415, 429)
            .Tells("Paints a picture", "The job waits for its turn: one picture is painted at a time. A file that is " +
                "sent is stored in the studio's folder, under the name in the answer.");
        jobs.MapGet("/", () => (IReadOnlyList<JobDocument>)[.. queue.Jobs.Select(Describe)])
            .Tells("Lists the jobs", "Oldest first. Jobs are forgotten when the studio ends; results are not.");
        jobs.MapGet("/{id}", (string id) => Describe(queue.Find(id))).Answers<JobDocument>(200, 404)
            .Tells("Shows a job", "");
        jobs.MapGet("/{id}/events", (string id, CancellationToken cancel) => (IResult)Events(id, cancel))
            .Answers<JobDocument>(200, "text/event-stream", 404)
            .Tells("Follows a job", "Server-sent events, whose data is the job: progress, preview (there is a newer " +
                "one), and as the last done, failed or canceled.");
        jobs.MapGet("/{id}/preview", Preview).AnswersFile(Jpeg, 404)
            .Tells("Returns the picture as it is now", "A JPEG; its number is in the header Atelier-Frame.");
        jobs.MapGet("/{id}/result", Result).AnswersFile(Png, 404, 409)
            .Tells("Returns the result", "A PNG with its recipe.");
        jobs.MapPatch("/{id}/options", Steer).TakesOptions().Answers<JobDocument>(200, 400, 404, 409, 413)
            .Tells("Steers a job", "Options that are given change, the others stay. A picture that is being painted " +
                "takes the change without starting again; what it cannot take is refused.");
        jobs.MapPost("/{id}/pause", (string id) => Hold(id, isHeld: true)).Answers<JobDocument>(200, 404, 409)
            .Tells("Holds a job", "Jobs that wait go on waiting.");
        jobs.MapPost("/{id}/resume", (string id) => Hold(id, isHeld: false)).Answers<JobDocument>(200, 404, 409)
            .Tells("Lets a job go on", "");
        jobs.MapDelete("/{id}", Cancel).Answers<JobDocument>(200, 404)
            .Tells("Cancels a job", "One that is over stays as it is.");
    }

    private async Task<IResult> Post(HttpContext context, CancellationToken cancel)
    {
        queue.RequirePlace();
        Job job = queue.Add(await form.ReadAsync(context.Request, cancel));
        return Results.Json(Describe(job), ApiJson.Default.JobDocument, statusCode: StatusCodes.Status201Created)
            .At(context, $"/api/jobs/{job.Id}");
    }

    private ServerSentEventsResult<JobDocument> Events(string id, CancellationToken cancel)
    {
        Job job = queue.Find(id);
        return TypedResults.ServerSentEvents(JobEvents.Of(job, () => Describe(job), cancel));
    }

    private async Task<IResult> Preview(string id, HttpContext context, CancellationToken cancel)
    {
        Job job = queue.Find(id);
        if (job.Painting is LivePainting painting && await Newest(painting.Frames, cancel) is Frame frame)
        {
            context.Response.Headers["Atelier-Frame"] = frame.Number.ToString(CultureInfo.InvariantCulture);
            return Results.Bytes(frame.Jpeg, Jpeg);
        }

        StoredPicture result = job.Result
            ?? throw ApiProblem.NotFound("There is no preview yet.", "ask again when the job is being painted");
        string path = folder.PathOf(result);
        return Results.Bytes(await Task.Run(() => small.Get(path, SmallPictures.ViewSide), cancel), Jpeg);
    }

    private static async Task<Frame?> Newest(FrameFeed frames, CancellationToken cancel)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(frames.Newest is null ? FirstPatience : Patience);
        try
        {
            return await frames.WaitAsync(frames.Newest?.Number ?? 0, patience.Token) ?? frames.Newest;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return frames.Newest;
        }
    }

    private IResult Result(string id)
    {
        StoredPicture result = queue.Find(id).Result
            ?? throw ApiProblem.Conflict("job.state", "The job is not done.", "wait for the event done");
        return Results.File(folder.PathOf(result), Png, result.Name);
    }

    private async Task<JobDocument> Steer(string id, HttpRequest request, CancellationToken cancel)
    {
        Job job = queue.Find(id);
        string json = await ReadText(request, cancel);
        await job.Steer(options =>
        {
            StylizeOptions changed = OptionJson.Read(json, options);
            OptionJson.Require(changed, job.Choice.Artworks.Length);
            return changed;
        });
        return Describe(job);
    }

    private JobDocument Hold(string id, bool isHeld)
    {
        Job job = queue.Find(id);
        job.Hold(isHeld);
        return Describe(job);
    }

    private JobDocument Cancel(string id)
    {
        Job job = queue.Find(id);
        job.Cancel();
        return Describe(job);
    }

    private static async Task<string> ReadText(HttpRequest request, CancellationToken cancel)
    {
        byte[] bytes = new byte[MaxOptionsLength + 1];
        int length = await request.Body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancel);
        return length <= MaxOptionsLength
            ? Encoding.UTF8.GetString(bytes, 0, length)
            : throw new ApiException(ApiProblem.TooLarge);
    }

    private JobDocument Describe(Job job) => JobDocument.Of(job, queue.Jobs);
}
