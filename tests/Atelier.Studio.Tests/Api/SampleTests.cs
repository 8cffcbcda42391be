using System.Diagnostics;
using Atelier.Imaging;
using Atelier.Recipes;
using Atelier.Studio.Tests.Hosting;
using Atelier.Testing;

namespace Atelier.Studio.Tests.Api;

/// <summary>The samples of the API do what they say.</summary>
public sealed class SampleTests
{
    private const string Options = """{"size": 64, "iterations": 2, "seed": 7}""";

    [Fact]
    public async Task CurlSample_Paints()
    {
        if (OperatingSystem.IsWindows() || !await Starts("curl", "--version") || !await Starts("bash", "--version"))
        {
            Assert.Skip("curl or bash is not on this machine");
        }

        await Paints("bash", Repository.PathOf("samples", "studio-api", "paint.sh"));
    }

    [Fact]
    public Task DotnetSample_Paints()
        => Paints("dotnet", "run", Repository.PathOf("samples", "studio-api", "paint.cs"), "--");

    private static async Task Paints(string program, params string[] command)
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        using TemporaryFolder folder = new();
        string photograph = Path.Combine(folder.Path, "my photo.png"), artwork = Path.Combine(folder.Path, "art.png");
        string result = Path.Combine(folder.Path, "painting.png");
        await File.WriteAllBytesAsync(photograph, TestPictures.Photograph);
        await File.WriteAllBytesAsync(artwork, TestPictures.Artwork);
        string address = studio.Client.BaseAddress!.GetLeftPart(UriPartial.Authority);

        (int code, string output) = await Run(program, [.. command, address, photograph, artwork, result, Options]);

        Assert.True(code == 0, output);
        Assert.Equal(7, Recipe.FromPicture(PictureFile.Load(result))!.Options.Seed);
        (code, output) = await Run(program, [.. command, address, artwork, artwork, result, """{"size": 1}"""]);
        Assert.True(code == 1, output);
        Assert.Contains("size", output);
    }

    private static async Task<bool> Starts(string program, string argument)
    {
        try
        {
            return (await Run(program, [argument])).Code == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static async Task<(int Code, string Output)> Run(string program, string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + errors);
    }
}
