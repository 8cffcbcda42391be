using NetVips;

namespace Atelier.Imaging.Vips;

/// <summary>The native library: loaded once, and configured for files that nobody vouches for.</summary>
internal static class Libvips
{
    private static readonly Lazy<string?> Problem = new(Load);

    [ThreadStatic]
    private static string? _warning;

    /// <summary>The only loaders and savers that may run; those for buffers are derived from them.</summary>
    private static readonly string[] Allowed =
    [
        "VipsForeignLoadWebp", "VipsForeignLoadHeif", "VipsForeignLoadTiff", "VipsForeignSaveWebp",
        "VipsForeignSaveTiff",
    ];

    /// <summary>Why the library cannot be used, without a final period; null if it can.</summary>
    public static string? UnavailableReason => Problem.Value;

    /// <summary>Version of the library; null if it cannot be used.</summary>
    public static string? Version => UnavailableReason is not null ? null
        : $"{NetVips.NetVips.Version(0)}.{NetVips.NetVips.Version(1)}.{NetVips.NetVips.Version(2)}";

    /// <summary>Reads a file, and gives every failure the one exception of codecs.</summary>
    /// <exception cref="ImageFormatException">Reading failed, or the library cannot be used.</exception>
    public static T Read<T>(string format, Func<T> read)
    {
        Require(format, "read", "convert the picture to PNG or JPEG");
        try
        {
            return read();
        }
        catch (VipsException error)
        {
            throw new ImageFormatException($"{format}: {Clean(error.Message)}.", error);
        }
    }

    /// <summary>Writes a file.</summary>
    /// <exception cref="AtelierException">Writing failed, or the library cannot be used.</exception>
    public static void Write(string format, Action write)
    {
        Require(format, "written", "write PNG or JPEG");
        try
        {
            write();
        }
        catch (VipsException error)
        {
            throw new AtelierException($"{format}: the picture cannot be written: {Clean(error.Message)}.");
        }
    }

    /// <summary>Returns what is wrong in one line: the library collects the complaints of all layers, the outermost
    /// first, and adds one for every attempt of a decoder to read past the end.</summary>
    internal static string Clean(string message)
    {
        IEnumerable<string> lines = message.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Trim().TrimEnd('.'))
            .Where(line => line.Length > 0 && !line.Contains("bad seek", StringComparison.Ordinal)).Distinct();
        string[] inner = [.. lines.Skip(1).Take(2)];
        return inner.Length > 0 ? string.Join("; ", inner) : lines.FirstOrDefault() ?? "the file is damaged";
    }

    /// <summary>Returns the last warning of the library on this thread, and forgets it; null for none.</summary>
    internal static string? TakeWarning()
    {
        string? warning = _warning;
        _warning = null;
        return warning;
    }

    private static void Receive(string domain, Enums.LogLevelFlags level, string message)
    {
        // Another rendering intent than the wanted one is no problem: many profiles have only one.
        if (level.HasFlag(Enums.LogLevelFlags.Warning) && !message.StartsWith("fallback", StringComparison.Ordinal))
        {
            _warning = message;
        }
    }

    private static void Require(string format, string verb, string remedy)
    {
        if (UnavailableReason is string reason)
        {
            throw new ImageFormatException(
                $"{format}: files of this format cannot be {verb}, because libvips cannot be used ({reason}); " +
                $"install libvips 8, or {remedy}.");
        }
    }

    private static string? Load()
    {
        try
        {
            if (!ModuleInitializer.VipsInitialized) return Describe(ModuleInitializer.Exception);
            Configure();
            return null;
        }
        catch (Exception error) when (error is TypeInitializationException or DllNotFoundException
            or EntryPointNotFoundException or BadImageFormatException or FileNotFoundException or VipsException)
        {
            return Describe(error);
        }
    }

    private static void Configure()
    {
        // Whatever the library or a decoder in it has to say belongs in an exception, not on standard error.
        Log.SetLogHandler("VIPS", Enums.LogLevelFlags.All, Receive);
        Operation.Block("VipsForeign", true);
        foreach (string allowed in Allowed) Operation.Block(allowed, false);
        Cache.Max = 0;
    }

    /// <summary>Returns the first sentence: what follows when a library is not found are all the places where it is
    /// not.</summary>
    private static string Describe(Exception? error)
        => (error?.GetBaseException().Message ?? "it does not start").ReplaceLineEndings(". ").Split(". ")[0]
            .TrimEnd('.');
}
