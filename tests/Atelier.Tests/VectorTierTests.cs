using System.Diagnostics;
using System.Globalization;
using Atelier.Engine;

namespace Atelier.Tests;

/// <summary>Runs the tests of the engine again in processes that see a smaller processor: the runtime's own switches
/// change which instructions the compiler takes, and not only which kernel is chosen.</summary>
public sealed class VectorTierTests
{
    /// <summary>Tells a process started here which width it must find.</summary>
    internal const string ExpectedBitsVariable = "ATELIER_EXPECT_VECTOR_BITS";

    // Those with kernels of their own.
    private static readonly string[] Rooms =
        ["Atelier.Tests.Engine*", "Atelier.Tests.Flow", "Atelier.Tests.Losses", "Atelier.Tests.Statistics"];

    [Theory]
    [InlineData("DOTNET_EnableAVX512", 256)]
    [InlineData("DOTNET_EnableAVX2", 128)]
    [InlineData("DOTNET_EnableHWIntrinsic", 0)]
    public async Task EngineTests_ProcessorWithNarrowerVectors_Pass(string variable, int tierBits)
    {
        Assert.Null(Environment.GetEnvironmentVariable(ExpectedBitsVariable));
        int bits = Math.Min(tierBits, EngineInfo.Current.VectorBits);
        ProcessStartInfo start = new(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(VectorTierTests).Assembly.Location);
        }

        foreach (string name in Rooms)
        {
            start.ArgumentList.Add("-namespace");
            start.ArgumentList.Add(name);
        }

        start.ArgumentList.Add("-noColor");
        start.Environment[variable] = "0";
        start.Environment[ExpectedBitsVariable] = bits.ToString(CultureInfo.InvariantCulture);

        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(process.ExitCode == 0, output);
        Assert.Contains("Failed: 0", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Total: 0", output, StringComparison.Ordinal);
    }
}
