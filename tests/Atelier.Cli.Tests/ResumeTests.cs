using System.Diagnostics;
using System.Text.Json;
using Atelier.Imaging;
using Atelier.Recipes;

namespace Atelier.Cli.Tests;

public sealed class ResumeTests : IDisposable
{
    private readonly Studio _studio = new();

    private string Checkpoint => $"{_studio.Result}.atelier-checkpoint";

    public void Dispose() => _studio.Dispose();

    [Fact]
    public void Resume_WithoutACheckpoint_BeginsAnewAndSaysSo()
    {
        Outcome outcome = _studio.Stylize("--resume");

        Assert.Equal(0, outcome.Code);
        Assert.Contains("starts over", outcome.Error, StringComparison.Ordinal);
        Assert.False(_studio.Painter.Request!.Checkpoint!.Resume);
        Assert.DoesNotContain("starts over", _studio.Stylize().Error, StringComparison.Ordinal);
        Assert.Null(_studio.Painter.Request!.Checkpoint);
    }

    [Fact]
    public void Resume_WithACheckpoint_GoesOnAndRemovesItWhenTheResultIsThere()
    {
        File.WriteAllText(Checkpoint, "state");

        Outcome outcome = _studio.Stylize("--resume", "--save-every", "4");

        Assert.Equal(0, outcome.Code);
        CheckpointOptions options = _studio.Painter.Request!.Checkpoint!;
        Assert.True(options.Resume);
        Assert.Equal((Checkpoint, 4), (options.Path, options.Every));
        Assert.Equal(Recipe.FromPicture(PictureFile.Load(_studio.Result))!.ToJson(), options.Recipe.ToJson());
        Assert.False(File.Exists(Checkpoint));
    }

    [Fact]
    public void Resume_Interrupted_KeepsTheCheckpoint()
    {
        File.WriteAllText(Checkpoint, "state");
        using CancellationTokenSource source = new();
        _studio.Interrupt = source.Token;
        _studio.Painter.OnStep = _ => source.Cancel();

        Outcome outcome = _studio.Stylize("--resume");

        Assert.Equal(130, outcome.Code);
        Assert.Contains("Continue with --resume", outcome.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(Checkpoint));
    }

    [Fact]
    public void Resume_OverPicturesThatCarryNoRecipe_NeedsNoForce()
    {
        string result = _studio.At("out.ppm");
        File.WriteAllText(result, "the best so far");
        string[] args = ["stylize", _studio.Content, "--style", _studio.Style, "-o", result, "--resume"];

        Assert.Equal(1, _studio.Run(args).Code);
        File.WriteAllText($"{result}.atelier-checkpoint", "state");
        Assert.Equal(0, _studio.Run(args).Code);
    }

    [Fact]
    public void SaveEvery_OverTheCheckpointOfAnUnfinishedRun_IsRefusedWithoutForce()
    {
        File.WriteAllText(Checkpoint, "state");

        Outcome outcome = _studio.Stylize("--save-every", "4", "--json");

        Assert.Equal(1, outcome.Code);
        Assert.Equal("checkpoint.exists", outcome.Json.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal(0, _studio.Stylize("--save-every", "4", "--force").Code);
        Assert.False(_studio.Painter.Request!.Checkpoint!.Resume);
    }

    [Fact]
    public void Resume_ToStandardOutput_IsRefused()
    {
        Outcome outcome = _studio.Run("stylize", _studio.Content, "--style", _studio.Style, "-o", "-", "--resume");

        Assert.Equal(2, outcome.Code);
        Assert.Contains("--resume", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("adam"), InlineData("lbfgs")]
    public void Resume_OfAProcessKilledAgainAndAgain_GivesTheSameFile(string optimizer)
    {
        string whole = _studio.At("whole.png");
        JsonElement expected = Finish(whole, "--optimizer", optimizer);
        Random random = new(5);
        int kills = 0;
        while (kills < 4 && Interrupt(random, "--optimizer", optimizer))
            kills++;
        Assert.InRange(kills, 1, 4);
        Assert.False(File.Exists(_studio.Result));
        JsonElement resumed = Finish(_studio.Result, "--resume", "--optimizer", optimizer);

        Assert.Equal(File.ReadAllBytes(whole), File.ReadAllBytes(_studio.Result));
        Assert.Equal(
            expected.GetProperty("scales").GetRawText(), resumed.GetProperty("scales").GetRawText());
        Assert.False(File.Exists(Checkpoint));
    }

    /// <summary>Starts or resumes a run, and kills it at some moment after it has saved more than it began with.
    /// Returns whether the run is still to be finished.</summary>
    private bool Interrupt(Random random, params string[] more)
    {
        DateTime begun = File.GetLastWriteTimeUtc(Checkpoint);
        using Process tool = Start(_studio.Result, ["--save-every", "1", "--resume", .. more]);
        SpinWait.SpinUntil(() => File.GetLastWriteTimeUtc(Checkpoint) != begun || tool.HasExited);
        Thread.SpinWait(random.Next(1_000_000));
        tool.Kill();
        tool.WaitForExit();
        return File.Exists(Checkpoint);
    }

    private JsonElement Finish(string result, params string[] more)
    {
        using Process tool = Start(result, [.. more, "--json"]);
        string output = tool.StandardOutput.ReadToEnd();
        tool.WaitForExit();
        Assert.Equal(0, tool.ExitCode);
        return JsonElement.Parse(output);
    }

    private Process Start(string result, params string[] more) => Process.Start(new ProcessStartInfo(
        Environment.ProcessPath is string host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet",
        [
            Path.Combine(AppContext.BaseDirectory, "Atelier.Cli.dll"), "stylize", _studio.Content, "--style",
            _studio.Style, "-o", result, "--size", "97", "--min-size", "31", "--iterations", "40", "--quiet", .. more,
        ])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
