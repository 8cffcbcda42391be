using System.Diagnostics;

namespace Atelier.Studio.Browser.Tests;

/// <summary>The command-line tool, as a process of its own.</summary>
internal static class Tool
{
    /// <summary>Reproduces a result from its recipe, and returns the file.</summary>
    internal static async Task<byte[]> ReproduceAsync(string result)
    {
        string again = $"{result}.again.png";
        using Process tool = Start("reproduce", result, "-o", again, "--quiet");
        Task<string> errors = tool.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await tool.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(tool.ExitCode == 0, await errors);
        byte[] bytes = await File.ReadAllBytesAsync(again, TestContext.Current.CancellationToken);
        File.Delete(again);
        return bytes;
    }

    /// <summary>Starts a studio, and returns its address.</summary>
    internal static async Task<(Process Process, Uri Address)> StartStudioAsync(string folder, int port = 0)
    {
        Process tool = Start("studio", "--no-browser", "--port", $"{port}", "--folder", folder);
        string? line = await tool.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        Assert.True(line is not null, await FirstError(tool, line));
        return (tool, new Uri(line));
    }

    private static async Task<string> FirstError(Process tool, string? line)
        => line is null ? await tool.StandardError.ReadToEndAsync() : "";

    private static Process Start(params string[] words) => Process.Start(new ProcessStartInfo(
        Environment.ProcessPath is string host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet",
        [Path.Combine(AppContext.BaseDirectory, "Atelier.Cli.dll"), .. words])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
