using System.Diagnostics;
using Atelier.Imaging;
using Atelier.Imaging.Vips;

namespace Atelier.Cli.Tests;

/// <summary>The tool where libvips is missing, as in a package for a system without it: only WebP, AVIF and TIFF need
/// it, and whoever needs it reads what to do.</summary>
public sealed class MissingLibraryTests : IDisposable
{
    private readonly Studio _studio = new();
    private readonly string _tool;

    public MissingLibraryTests()
    {
        _tool = Directory.CreateDirectory(_studio.At("tool")).FullName;
        foreach (string path in Directory.EnumerateFiles(AppContext.BaseDirectory).Where(IsOfTheTool))
            File.Copy(path, Path.Combine(_tool, Path.GetFileName(path)));
    }

    public void Dispose() => _studio.Dispose();

    [Fact]
    public void Tool_WithoutLibvips_SaysWhatToDoAndReadsOtherFormats()
    {
        Assert.SkipWhen(VipsFormats.UnavailableReason is not null, "There is no WebP file to try.");
        string webp = _studio.At("photo.webp");
        VipsFormats.Register();
        PictureFile.Save(PictureFile.Load(_studio.Content), webp);
        (int code, string doctor, _) = Run("doctor");
        string line = Assert.Single(doctor.Split('\n'), line => line.StartsWith("libvips ", StringComparison.Ordinal));
        Assert.SkipUnless(line.Contains("cannot be used", StringComparison.Ordinal), "This system has libvips.");

        Assert.Equal(0, code);
        Assert.EndsWith("WebP, AVIF and TIFF need it: install libvips 8", line.TrimEnd(), StringComparison.Ordinal);
        AssertRefused(1, "install libvips 8, or convert the picture to PNG or JPEG", webp, "result.png");
        AssertRefused(2, "because libvips cannot be used", _studio.Content, "result.tif");
        Assert.Equal(0, Run("color", _studio.Content, "--palette", _studio.Style, "-o", _studio.At("result.png")).Code);
    }

    private static bool IsOfTheTool(string path) => Path.GetFileName(path) is string name
        && (name.StartsWith("Atelier", StringComparison.Ordinal) || name is "NetVips.dll" or "System.CommandLine.dll");

    private void AssertRefused(int expected, string remedy, string input, string output)
    {
        (int code, _, string error) = Run("color", input, "--palette", _studio.Style, "-o", _studio.At(output));
        Assert.Equal(expected, code);
        Assert.Contains(remedy, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    private (int Code, string Out, string Error) Run(params string[] words)
    {
        using Process process = Process.Start(new ProcessStartInfo(
            "dotnet", [Path.Combine(_tool, "Atelier.Cli.dll"), .. words])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string written = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, written, error.GetAwaiter().GetResult());
    }
}
