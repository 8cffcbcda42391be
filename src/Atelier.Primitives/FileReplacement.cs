namespace Atelier.Primitives;

/// <summary>Renames a file over another one.</summary>
internal static class FileReplacement
{
    private const int TriesOnWindows = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Renames a file over another one. On Windows this fails while another process has the target open, as
    /// virus scanners and search indexers do briefly after each change, so it is retried for a second. </summary>
    /// <param name="from">The file.</param>
    /// <param name="to">Its new name, in the same folder.</param>
    /// <exception cref="IOException">The target cannot be replaced; on Windows, the message names it.</exception>
    internal static void Move(string from, string to)
        => Move(from, to, OperatingSystem.IsWindows() ? TriesOnWindows : 1, File.Move);

    internal static void Move(string from, string to, int tries, Action<string, string, bool> move)
    {
        while (true)
        {
            try
            {
                move(from, to, true);
                return;
            }
            catch (Exception error) when (
                tries > 1 && error is IOException or UnauthorizedAccessException && !Directory.Exists(to))
            {
                tries--;
                Thread.Sleep(Pause);
            }
            catch (Exception error) when (
                OperatingSystem.IsWindows() && error is IOException or UnauthorizedAccessException)
            {
                // The system's own message does not say which file.
                throw new IOException(
                    $"'{to}' cannot be replaced: {error.Message.TrimEnd('.')}. It may be open in another program.",
                    error.HResult);
            }
        }
    }
}
