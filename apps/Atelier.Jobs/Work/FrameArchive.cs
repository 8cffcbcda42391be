using System.IO.Compression;
using Atelier.Video;

namespace Atelier.Jobs.Work;

/// <summary>A folder of pictures as one file: a zip of them, without compression, as pictures have their own.</summary>
internal static class FrameArchive
{
    /// <summary>The extension of such a file.</summary>
    internal const string Extension = ".zip";

    // The same pictures give the same bytes.
    private static readonly DateTimeOffset Time = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes the pictures of a folder, in the order of the frames.</summary>
    internal static void Pack(string folder, Stream target)
    {
        using ZipArchive archive = new(target, ZipArchiveMode.Create, leaveOpen: true);
        foreach (string path in FolderSource.PicturesIn(folder))
        {
            ZipArchiveEntry entry = archive.CreateEntry(Path.GetFileName(path), CompressionLevel.NoCompression);
            entry.LastWriteTime = Time;
            using FileStream file = File.OpenRead(path);
            using Stream content = entry.Open();
            file.CopyTo(content);
        }
    }

    /// <summary>Writes the pictures of an archive to a folder. Nothing of the archive is trusted.</summary>
    /// <exception cref="AtelierException">It contains something else.</exception>
    internal static void Unpack(string path, string folder)
    {
        try
        {
            UnpackEntries(path, folder);
        }
        catch (InvalidDataException error)
        {
            throw new AtelierException($"the frames of the job are no archive of pictures: {error.Message}", error);
        }
    }

    private static void UnpackEntries(string path, string folder)
    {
        using ZipArchive archive = ZipFile.OpenRead(path);
        Directory.CreateDirectory(folder);

        // What is not compressed is not larger than the archive, unless pictures share their bytes.
        long left = new FileInfo(path).Length;
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            left -= entry.Length;
            bool isPlain = entry.CompressedLength == entry.Length && left >= 0 && entry.Name == entry.FullName
                && Path.GetFileName(entry.Name) == entry.Name && entry.Name.Length > 0;
            if (!isPlain)
            {
                throw new AtelierException(
                    $"the frames of the job contain '{entry.FullName}', which is no plain picture.");
            }

            using FileStream file = new(Path.Combine(folder, entry.Name), FileMode.CreateNew, FileAccess.Write);
            using Stream content = entry.Open();
            content.CopyTo(file);
        }
    }
}
