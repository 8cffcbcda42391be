using System.Globalization;
using Atelier.Studio.Painting;
using Microsoft.AspNetCore.Http;

namespace Atelier.Studio.Hosting;

/// <summary>Answers with frames of a painting.</summary>
internal static class FrameAnswer
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Answers with a frame that is newer than the known one, as soon as there is one; with nothing if there
    /// is none for a while.</summary>
    internal static async Task<IResult> NextAsync(
        FrameFeed frames, int after, HttpContext context, CancellationToken cancel)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        try
        {
            Frame? frame = await frames.WaitAsync(after, patience.Token);
            if (frame is null)
            {
                return Results.NotFound();
            }

            context.Response.Headers["Atelier-Frame"] = frame.Number.ToString(CultureInfo.InvariantCulture);
            return Results.Bytes(frame.Jpeg, "image/jpeg");
        }
        catch (OperationCanceledException)
        {
            return Results.NoContent();
        }
    }
}
