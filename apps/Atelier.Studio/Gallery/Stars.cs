using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Atelier.Primitives;
using Atelier.Studio.Storage;

namespace Atelier.Studio.Gallery;

/// <summary>The results that somebody likes: their names, in a small file in the studio's folder. Several studios may
/// change it at once.</summary>
/// <param name="folder">The studio's folder.</param>
public sealed class Stars(StudioFolder folder)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5), Pause = TimeSpan.FromMilliseconds(10);

    private string FilePath => Path.Combine(folder.FullPath, "stars.json");

    /// <summary>Reads the names.</summary>
    /// <exception cref="CodedException">The file is damaged (<c>stars</c>).</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public ImmutableHashSet<string> Read()
    {
        try
        {
            using FileStream file = File.OpenRead(FilePath);
            return [.. JsonSerializer.Deserialize(file, StarsJson.Default.StringArray) ?? []];
        }
        catch (FileNotFoundException)
        {
            return [];
        }
        catch (JsonException)
        {
            throw CodedException.Failed("stars", $"'{FilePath}' is not a JSON list of names.", "mend or remove it");
        }
    }

    /// <summary>Stars a result, or takes its star away.</summary>
    /// <returns>All names, as they are then.</returns>
    /// <exception cref="CodedException">The file is damaged (<c>stars</c>); it stays as it is.</exception>
    /// <exception cref="IOException">The file cannot be written, or another studio does not let go of it.</exception>
    public ImmutableHashSet<string> Set(string name, bool isStarred)
    {
        using FileStream turn = TakeTurn();
        ImmutableHashSet<string> before = Read();
        ImmutableHashSet<string> after = isStarred ? before.Add(name) : before.Remove(name);
        if (after != before)
        {
            string[] names = [.. after.Order(StringComparer.Ordinal)];
            AtomicFile.Write(
                FilePath, stream => JsonSerializer.Serialize(stream, names, StarsJson.Default.StringArray));
        }

        return after;
    }

    /// <summary>Waits until no other studio is between reading and writing.</summary>
    private FileStream TakeTurn()
    {
        string path = Path.Combine(folder.FullPath, ".stars.lock");
        for (DateTime end = DateTime.UtcNow + Patience; ; Thread.Sleep(Pause))
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (DateTime.UtcNow < end && Directory.Exists(folder.FullPath))
            {
                // Another studio is at it.
            }
        }
    }
}

/// <summary>The stars as JSON.</summary>
[JsonSourceGenerationOptions(WriteIndented = true)]
[JsonSerializable(typeof(string[]))]
internal sealed partial class StarsJson : JsonSerializerContext;
