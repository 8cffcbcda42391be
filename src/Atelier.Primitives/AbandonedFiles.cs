using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Atelier.Primitives;

/// <summary>Temporary files of processes that ended before they could remove them.</summary>
internal static partial class AbandonedFiles
{
    /// <summary>Removes them from a folder, as far as that is possible. Files that are still open, or whose process is
    /// still running, stay.</summary>
    internal static void RemoveFrom(string folder)
    {
        try
        {
            foreach (string path in Directory.EnumerateFiles(folder, ".*.tmp"))
            {
                if (ProcessOf(Path.GetFileName(path)) is int process && !IsRunning(process))
                {
                    Remove(path);
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Whoever needs this folder will report what is wrong with it.
        }
    }

    private static int? ProcessOf(string name)
        => int.TryParse(
            Name().Match(name).Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out int process)
            ? process
            : null;

    private static void Remove(string path)
    {
        try
        {
            // Fails if another machine that shares the folder still has it open.
            using (new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
            {
            }

            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It is in use, or belongs to somebody else.
        }
    }

    private static bool IsRunning(int process)
    {
        try
        {
            using Process found = Process.GetProcessById(process);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"^\..*\.(\d+)-\d+(\.[a-z]+)?\.tmp$")]
    private static partial Regex Name();
}
