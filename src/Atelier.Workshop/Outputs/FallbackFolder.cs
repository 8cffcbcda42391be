namespace Atelier.Workshop.Outputs;

/// <summary>Folders for results that cannot be written where they should be.</summary>
internal static class FallbackFolder
{
    private const int Tries = 1000;

    private static IEnumerable<string> All =>
    [
        Path.GetTempPath(), Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
        Environment.CurrentDirectory,
    ];

    /// <summary>Writes a file to the first folder that accepts it, under a name that does not exist yet. Returns its
    /// path; null if none accepts it.</summary>
    internal static string? Save(string name, Action<string> save)
    {
        foreach (string folder in All.Where(Directory.Exists))
        {
            try
            {
                string path = NewPath(folder, name);
                save(path);
                return path;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // The next one may be on another disk.
            }
        }

        return null;
    }

    private static string NewPath(string folder, string name)
        => Enumerable.Range(1, Tries)
            .Select(number => number == 1 ? name
                : $"{Path.GetFileNameWithoutExtension(name)}-{number}{Path.GetExtension(name)}")
            .Select(each => Path.Combine(folder, each))
            .FirstOrDefault(path => !File.Exists(path))
            ?? throw new IOException($"'{folder}' has {Tries} files with names like '{name}'.");
}
