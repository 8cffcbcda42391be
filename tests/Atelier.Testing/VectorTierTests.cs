using System.Diagnostics;
using System.Globalization;
using Atelier.Engine.Cpu;

namespace Atelier.Testing;

/// <summary>Runs tests of their assembly again in processes that see a smaller processor: the runtime's own switches
/// change which instructions the compiler takes, and not only which kernel is chosen.</summary>
/// <param name="namespaces">Where the tests are that have kernels of their own. One of them is a
/// <see cref="VectorWidthTests"/>.</param>
public abstract class VectorTierTests(params string[] namespaces)
{
    /// <summary>Tells a process started here which width it must find.</summary>
    internal const string ExpectedBitsVariable = "ATELIER_EXPECT_VECTOR_BITS";

    /// <summary>Whether this process was started here.</summary>
    internal static bool IsNarrowed => Environment.GetEnvironmentVariable(ExpectedBitsVariable) is not null;

    [Theory]
    [InlineData("DOTNET_EnableAVX512", 256)]
    [InlineData("DOTNET_EnableAVX2", 128)]
    [InlineData("DOTNET_EnableHWIntrinsic", 0)]
    public async Task Kernels_ProcessorWithNarrowerVectors_Pass(string variable, int tierBits)
    {
        Assert.Null(Environment.GetEnvironmentVariable(ExpectedBitsVariable));
        Assert.Contains(GetType().Assembly.GetTypes(), type => type.BaseType == typeof(VectorWidthTests)
            && namespaces.Any(name => type.Namespace!.StartsWith(name.TrimEnd('*'), StringComparison.Ordinal)));
        int bits = Math.Min(tierBits, EngineInfo.Current.VectorBits);
        ProcessStartInfo start = new(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(GetType().Assembly.Location);
        }

        foreach (string name in namespaces)
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
