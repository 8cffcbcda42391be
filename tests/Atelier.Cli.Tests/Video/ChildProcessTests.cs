using System.Diagnostics;
using Atelier.Cli.Video;

namespace Atelier.Cli.Tests.Video;

/// <summary>How other programs are started; with those of Unix.</summary>
public sealed class ChildProcessTests
{
    // The sixth field of this file is the session's number, which is that of its first process.
    private const string TellSession = "cut -d ' ' -f 6 /proc/$$/stat; echo $$; echo \"$1\"";

    public static TheoryData<int> OwnSessions => [.. Enumerable.Range(0, ChildProcess.OwnSessions.Length)];

    [Theory]
    [MemberData(nameof(OwnSessions))]
    public async Task OwnSession_EachProgramForIt_StartsTheOtherInOneWithItsArguments(int index)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Sessions are read from /proc.");
        string[] words = ChildProcess.OwnSessions[index];
        Assert.SkipUnless(File.Exists(words[0]), $"There is no {words[0]}.");
        ProcessStartInfo start = new(words[0], [.. words[1..], "/bin/sh", "-c", TellSession, "sh", "a 'b' \"c\""])
        {
            RedirectStandardOutput = true,
        };

        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal([$"{process.Id}", $"{process.Id}", "a 'b' \"c\""], output.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public void Capture_TextBeyondAscii_IsReadAsUtf8()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no printf.");

        string text = ChildProcess.Capture("/usr/bin/printf", ["Gr\\303\\266\\303\\237e"], TimeSpan.FromSeconds(30));

        Assert.Equal("Größe", text);
    }
}
