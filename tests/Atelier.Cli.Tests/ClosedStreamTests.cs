using Atelier.Cli.Output;
using Atelier.Workshop.Outputs;

namespace Atelier.Cli.Tests;

public sealed class ClosedStreamTests : IDisposable
{
    private readonly Studio _studio = new();
    private readonly StringWriter _error = new();

    public void Dispose() => _studio.Dispose();

    [Fact]
    public void Stylize_ClosedStandardError_StillWritesTheResult()
    {
        Host host = Closed() with { Out = new StringWriter(), Error = new GuardedWriter(new ClosedWriter(), _ => { }) };

        int code = Program.Run(["stylize", _studio.Content, "--style", _studio.Style, "-o", _studio.Result], host);

        Assert.Equal(0, code);
        Assert.True(File.Exists(_studio.Result));
    }

    [Theory]
    [InlineData("doctor")]
    [InlineData("stylize", "--help")]
    [InlineData("--version")]
    [InlineData("doctor", "--json")]
    public void Tool_ClosedStandardOutput_IsOneLineAndAFailure(params string[] args)
    {
        int code = Program.Run(args, Closed());

        Assert.Equal(1, code);
        Assert.Contains("standard output is closed or full", _error.ToString(), StringComparison.Ordinal);
        Assert.Single(_error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void Stylize_PictureToClosedStandardOutput_IsAFailure()
    {
        int code = Program.Run(
            ["stylize", _studio.Content, "--style", _studio.Style, "-o", "-", "--quiet"], Closed());

        Assert.Equal(1, code);
        Assert.Contains("standard output is closed or full", _error.ToString(), StringComparison.Ordinal);
    }

    private Host Closed() => new()
    {
        Out = new GuardedWriter(new ClosedWriter(), error => throw OutputFile.ClosedStream(error)),
        Error = _error,
        OpenOutput = () => throw new UnauthorizedAccessException("closed"),
        CreatePainter = _ => _studio.Painter,
    };

    private sealed class ClosedWriter : StringWriter
    {
        public override void Write(char value) => throw new IOException("closed");

        public override void Write(string? value) => throw new IOException("closed");

        public override void Write(char[] buffer, int index, int count) => throw new IOException("closed");

        public override void WriteLine(string? value) => throw new IOException("closed");
    }
}
