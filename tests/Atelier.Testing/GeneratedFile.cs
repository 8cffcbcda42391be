namespace Atelier.Testing;

/// <summary>Files of the repository that are made from code, so that they cannot say anything else.</summary>
internal static class GeneratedFile
{
    /// <summary>What stands in the repository.</summary>
    /// <param name="path">The file, from the root of the repository.</param>
    internal static string Read(string path)
        => File.Exists(Repository.PathOf(path))
            ? File.ReadAllText(Repository.PathOf(path)).ReplaceLineEndings("\n")
            : "";

    /// <summary>What to do where a file does not say what it should; null where it does. The new text lies beside the
    /// tests then.</summary>
    /// <param name="path">The file, from the root of the repository.</param>
    /// <param name="text">What it should say.</param>
    /// <param name="acceptedBy">An environment variable; where it is 1, the new text is written in place of the old.
    /// </param>
    internal static string? Difference(string path, string text, string? acceptedBy = null)
    {
        if (Read(path) == text)
        {
            return null;
        }

        if (acceptedBy is not null && Environment.GetEnvironmentVariable(acceptedBy) == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Repository.PathOf(path))!);
            File.WriteAllText(Repository.PathOf(path), text);
            return null;
        }

        string written = Path.Combine(AppContext.BaseDirectory, "Generated", path);
        Directory.CreateDirectory(Path.GetDirectoryName(written)!);
        File.WriteAllText(written, text);
        return $"{path} is not what the code says any more. Look at the new text, {written}, and take it: " +
            (acceptedBy is null
                ? $"cp {written} {Repository.PathOf(path)}"
                : $"run the test again with {acceptedBy}=1, and review the difference");
    }
}
