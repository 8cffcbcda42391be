using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Atelier.Studio.Hosting;

/// <summary>Lets browsers keep what was made from a file until the file changes. They ask each time, since a name may
/// become that of another file.</summary>
internal static class FileTag
{
    internal const string Asks = "private, no-cache";

    /// <summary>Returns the tag of a file, which another file does not have.</summary>
    /// <exception cref="IOException">It is gone.</exception>
    internal static string Of(string path)
    {
        FileInfo file = new(path);
        return string.Create(CultureInfo.InvariantCulture, $"\"{file.LastWriteTimeUtc.Ticks:x}-{file.Length:x}\"");
    }

    /// <summary>The tag of what the program contains, which another build does not have.</summary>
    internal static string OfProgram { get; } = $"\"{typeof(FileTag).Module.ModuleVersionId:n}\"";

    /// <summary>Answers with what was made of a file, or that the browser has it already.</summary>
    /// <param name="context">The request.</param>
    /// <param name="tag">The tag of the file.</param>
    /// <param name="make">Makes the answer; one that is not found is not kept.</param>
    internal static async Task<IResult> AnswerAsync(HttpContext context, string tag, Func<Task<IResult>> make)
    {
        IResult answer = context.Request.Headers.IfNoneMatch == tag
            ? Results.StatusCode(StatusCodes.Status304NotModified)
            : await make();
        if (answer is not IStatusCodeHttpResult { StatusCode: >= StatusCodes.Status400BadRequest })
        {
            (context.Response.Headers.CacheControl, context.Response.Headers.ETag) = (Asks, tag);
        }

        return answer;
    }
}
