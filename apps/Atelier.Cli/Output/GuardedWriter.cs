using System.Text;

namespace Atelier.Cli.Output;

/// <summary>Wraps a standard stream that may be closed or full at any time, and reports a failed write instead of
/// throwing. </summary>
internal sealed class GuardedWriter(TextWriter writer, Action<Exception> onFailure) : TextWriter
{
    public override Encoding Encoding => writer.Encoding;

    public override void Write(char value) => Guard(() => writer.Write(value));

    public override void Write(string? value) => Guard(() => writer.Write(value));

    public override void Write(char[] buffer, int index, int count) => Guard(() => writer.Write(buffer, index, count));

    public override void WriteLine(string? value) => Guard(() => writer.WriteLine(value));

    public override void Flush() => Guard(writer.Flush);

    private void Guard(Action write)
    {
        try
        {
            write();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            onFailure(error);
        }
    }
}
