using System.Collections.Concurrent;

namespace Atelier.Studio.Storage;

/// <summary>Masks that were made on the way: each stroke, each step of a strength, each attempt at regions. They are
/// files like all masks, because a recipe may come to name them; those that none names are removed when nothing shows
/// them any more.</summary>
/// <param name="folder">The studio's folder.</param>
/// <remarks>What is not known here any more, because the studio ended meanwhile, stays.</remarks>
public sealed class PassingMasks(StudioFolder folder)
{
    // By name, with the time at which each was made.
    private readonly ConcurrentDictionary<string, DateTime> _made = new();

    /// <summary>Adds a mask that is to remain only if a recipe comes to name it.</summary>
    /// <param name="name">The name; it is made safe, and numbered if it is taken.</param>
    /// <param name="contents">The bytes.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public StoredPicture Add(string? name, ReadOnlyMemory<byte> contents)
    {
        StoredPicture mask = folder.Add(PictureKind.Masks, name, contents, out bool isNew);
        string path = folder.PathOf(mask);
        if (isNew)
        {
            _made[mask.Name] = File.GetLastWriteTimeUtc(path);
        }
        else
        {
            // Another studio may have made it: it keeps what was touched.
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow);
            if (_made.ContainsKey(mask.Name))
            {
                _made[mask.Name] = File.GetLastWriteTimeUtc(path);
            }
        }

        return mask;
    }

    /// <summary>Keeps masks for good, because a recipe names them, or a person sent them.</summary>
    /// <param name="names">Names or paths; others may be among them.</param>
    public void Keep(IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        foreach (string name in names)
            _made.TryRemove(Path.GetFileName(name), out _);
    }

    /// <summary>Removes those that are not kept.</summary>
    /// <param name="shown">Names or paths of those that are in use.</param>
    /// <param name="age">How old they must be: one that was just made may be on its way to a painting.</param>
    public void Remove(IEnumerable<string> shown, TimeSpan age)
    {
        HashSet<string?> inUse = [.. shown.Select(Path.GetFileName)];
        DateTime latest = DateTime.UtcNow - age;
        foreach ((string name, DateTime time) in _made.Where(made => made.Value <= latest && !inUse.Contains(made.Key)))
        {
            if (_made.TryRemove(KeyValuePair.Create(name, time)))
            {
                Delete(name, time);
            }
        }
    }

    private void Delete(string name, DateTime time)
    {
        try
        {
            if (folder.Find(PictureKind.Masks, name) is string path && File.GetLastWriteTimeUtc(path) == time)
            {
                File.Delete(path);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It is in use elsewhere, and stays.
        }
    }
}
