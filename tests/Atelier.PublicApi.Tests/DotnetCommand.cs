using System.Diagnostics;

namespace Atelier.PublicApi.Tests;

/// <summary>Programs that a test starts, as a user would.</summary>
internal static class DotnetCommand
{
    /// <summary>What these tests were built as.</summary>
#if DEBUG
    internal const string Configuration = "Debug";
#else
    internal const string Configuration = "Release";
#endif

    /// <summary>Runs dotnet in a folder, and gives what it printed.</summary>
    internal static Task<string> Run(string folder, params string[] arguments)
        => RunProgram("dotnet", folder, [], arguments);

    /// <summary>Runs a program in a folder with changes to its environment; it must succeed.</summary>
    internal static async Task<string> RunProgram(
        string program, string folder, Dictionary<string, string> environment, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // A build of its own: it takes nothing over from the one that runs the tests, and leaves no server behind.
        string[] names = [.. start.Environment.Keys];
        foreach (string name in names.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)))
            start.Environment.Remove(name);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";

        // Of a program that lasts a second, a fifth would go into measuring how it might be compiled better.
        start.Environment["DOTNET_TieredPGO"] = "0";
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        string printed = await output;
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}:\n{printed}{await errors}");
        return printed;
    }
}
