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

    /// <summary>Tags an answer.</summary>
    internal static void Keep(HttpContext context, string tag)
        => (context.Response.Headers.CacheControl, context.Response.Headers.ETag) = (Asks, tag);

    /// <summary>Whether the browser has kept the answer of this tag.</summary>
    internal static bool IsKept(HttpContext context, string tag) => context.Request.Headers.IfNoneMatch == tag;
}
