using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Atelier.Cli.Tests;

/// <summary>The commands of the queue, with a queue in a folder.</summary>
public sealed class JobsTests : IDisposable
{
    private readonly Studio _studio = new();

    public JobsTests() => _studio.Variables["ATELIER_QUEUE"] = _studio.At("queue");

    public void Dispose() => _studio.Dispose();

    [Fact]
    public void Add_WithoutWorker_PrintsTheIdentifierAndSaysForWhatItWaits()
    {
        Outcome outcome = Add();

        Assert.Equal(0, outcome.Code);
        Assert.Matches("^[0-9a-z]{10}$", outcome.Out.Trim());
        Assert.Contains("'atelier worker'", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Add_List_Show_TellTheSame()
    {
        string id = Add("--name", "lake.png", "--owner", "ann", "--priority", "3").Out.Trim();

        string[] lines = _studio.Run("jobs", "list").Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        JsonElement listed = _studio.Run("jobs", "list", "--json").Json.GetProperty("jobs")[0];
        JsonElement shown = _studio.Run("jobs", "show", id[..6], "--json").Json;

        Assert.Equal(2, lines.Length);
        Assert.Equal(
            lines[0].IndexOf("NAME", StringComparison.Ordinal), lines[1].IndexOf("lake", StringComparison.Ordinal));
        Assert.Equal("queued", listed.GetProperty("state").GetString());
        Assert.Equal(listed.GetRawText(), shown.GetProperty("job").GetRawText());
        Assert.Equal(("ann", 3), (listed.GetProperty("owner").GetString(), listed.GetProperty("priority").GetInt32()));
        Assert.Equal(3, shown.GetProperty("recipe").GetProperty("options").GetProperty("iterations").GetInt32());
        Assert.Contains(id, _studio.Run("jobs", "show", id).Out, StringComparison.Ordinal);
    }

    [Fact]
    public void List_Filters_AndSaysWhenThereAreMore()
    {
        string[] ids = [.. Enumerable.Range(0, 3).Select(_ => Add().Out.Trim())];
        _studio.Run("jobs", "cancel", ids[1]);

        Assert.Equal([ids[1]], Listed("--state", "canceled"));
        Assert.Equal([ids[2], ids[0]], Listed("--state", "queued"));
        Assert.Empty(Listed("--owner", "nobody"));
        Outcome few = _studio.Run("jobs", "list", "--count", "2");
        Assert.Equal(3, few.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("--all", few.Error, StringComparison.Ordinal);
        Assert.Equal(3, Listed("--all").Length);
    }

    [Fact]
    public void Change_SeveralAtOnce_EachTellsItsState_AndTheImpossibleFails()
    {
        string[] ids = [Add().Out.Trim(), Add().Out.Trim()];

        Outcome paused = _studio.Run(["jobs", "pause", .. ids]);
        Assert.Equal(0, paused.Code);
        Assert.Equal(2, paused.Out.Split('\n')
            .Count(line => line.TrimEnd().EndsWith("  paused", StringComparison.Ordinal)));
        Assert.Equal(0, _studio.Run("jobs", "resume", ids[0]).Code);
        Assert.Equal(0, _studio.Run(["jobs", "cancel", .. ids]).Code);
        Outcome resumed = _studio.Run("jobs", "resume", ids[0]);
        Assert.Equal(1, resumed.Code);
        Assert.Contains("canceled; it cannot be resumed", resumed.Error, StringComparison.Ordinal);
        Assert.Contains("queued", _studio.Run("jobs", "retry", ids[0]).Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("show", "job.missing"), InlineData("cancel", "job.missing"), InlineData("get", "job.missing")]
    public void UnknownJob_IsNamed_AndNothingElseIsDone(string command, string code)
    {
        string id = Add().Out.Trim();

        Outcome outcome = command == "show" ? _studio.Run("jobs", command, "uuu", "--json")
            : _studio.Run("jobs", command, id, "uuu");

        Assert.Equal(1, outcome.Code);
        Assert.Contains("no job 'uuu'", outcome.Error, StringComparison.Ordinal);
        Assert.Equal([id], Listed("--state", "queued"));
        Assert.True(command != "show" || outcome.Json.GetProperty("error").GetProperty("code").GetString() == code);
    }

    [Fact]
    public void Batch_IsAGroup_ThatWorkerPaints_WatchFollows_AndGetFetches()
    {
        Outcome added = _studio.Run(
            "batch", _studio.Content, "--style", _studio.Style, "--vary", "seed=1,2", "--queue", "--owner", "ann");
        string group = added.Out.Trim();
        Assert.Equal(0, added.Code);
        Assert.StartsWith("batch-", group, StringComparison.Ordinal);
        Assert.Equal(2, Listed("--group", group).Length);
        Assert.Contains("has no result", _studio.Run("jobs", "get", Listed()[0], "-o", _studio.Result).Error,
            StringComparison.Ordinal);

        Outcome worked = _studio.Run("worker", "--once", "--threads", "1");

        Assert.True(worked.Code == 0, worked.Error);
        Assert.Equal(2, worked.Error.Split('\n').Count(line => line.Contains("  done, ", StringComparison.Ordinal)));
        Outcome watched = _studio.Run("jobs", "watch", group);
        Assert.Equal(0, watched.Code);
        Assert.Contains("2/2", watched.Error, StringComparison.Ordinal);
        Assert.Equal(0, _studio.Run("jobs", "get", group, "-o", _studio.At("painted")).Code);
        Assert.Equal(["content--style--seed-1.png", "content--style--seed-2.png"],
            Directory.GetFiles(_studio.At("painted")).Select(path => Path.GetFileName(path)).Order());
    }

    [Fact]
    public void Get_NeverReplacesAForeignFile_WithoutForce()
    {
        string id = Add().Out.Trim();
        Assert.Equal(0, _studio.Run("worker", "--once", "--threads", "1", "--quiet").Code);
        File.WriteAllText(_studio.Result, "mine");

        Outcome refused = _studio.Run("jobs", "get", id, "-o", _studio.Result);

        Assert.Equal(1, refused.Code);
        Assert.Equal("mine", File.ReadAllText(_studio.Result));
        Assert.Equal(2, _studio.Run("jobs", "get", id, "-o", _studio.At("out.jpg")).Code);
        Assert.Equal(0, _studio.Run("jobs", "get", id, "-o", _studio.Result, "--force").Code);
        Assert.Equal(0, _studio.Run("jobs", "get", id, "-o", "-").Code);
        Assert.Equal(File.ReadAllBytes(_studio.Result), _studio.Output.ToArray());
    }

    [Fact]
    public void FailedJob_IsToldByWorkerListAndWatch_AndExitsWithOne()
    {
        File.WriteAllBytes(_studio.At("broken.png"), [.. File.ReadAllBytes(_studio.Content)[..60]]);
        string id = _studio.Run("jobs", "add", _studio.At("broken.png"), "--style", _studio.Style).Out.Trim();

        Outcome worked = _studio.Run("worker", "--once", "--threads", "1");

        Assert.Equal(1, worked.Code);
        Assert.Contains($"{id}  broken.png  failed: ", worked.Error, StringComparison.Ordinal);
        Assert.Contains("NOTE", _studio.Run("jobs", "list").Out, StringComparison.Ordinal);
        Assert.Equal(1, _studio.Run("jobs", "watch", id).Code);
        Assert.Equal("failed", _studio.Run("jobs", "show", id, "--json").Json.GetProperty("job")
            .GetProperty("state").GetString());
    }

    [Theory]
    [InlineData("-o", "x"), InlineData("--sheet"), InlineData("--threads", "1"), InlineData("--force")]
    public void Batch_WithQueue_RefusesWhatMeansNothingThere(params string[] more)
    {
        Outcome outcome = _studio.Run(["batch", _studio.Content, "--style", _studio.Style, "--queue", .. more]);

        Assert.Equal(2, outcome.Code);
        Assert.Contains("means nothing with --queue", outcome.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_studio.At("queue")));
    }

    [Fact]
    public void Worker_ThatIsInterrupted_GivesItsJobBack_AndASecondOneIsRefusedMeanwhile()
    {
        using CancellationTokenSource interrupt = new();
        Outcome? second = null;
        string id = Add().Out.Trim();
        _studio.Interrupt = interrupt.Token;
        _studio.Painter.OnStep = _ =>
        {
            second ??= _studio.Run("worker", "--once");
            interrupt.Cancel();
            Thread.Sleep(TimeSpan.FromSeconds(0.5));
        };

        Outcome outcome = _studio.Run("worker", "--threads", "1");

        Assert.Equal(0, outcome.Code);
        Assert.Contains($"{id}  content.png  given back", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(1, second!.Code);
        Assert.Contains("has a worker already", second.Error, StringComparison.Ordinal);
        _studio.Interrupt = default;
        Assert.Equal([id], Listed("--state", "queued"));
    }

    [Theory]
    [InlineData("Host=db;Database=a;Username=u;Password=sesame"), InlineData("postgresql://u:sesame@db/a")]
    public void PasswordOnTheCommandLine_IsRefused_AndNotRepeated(string address)
    {
        Outcome outcome = _studio.Run("jobs", "list", "--json", "--debug", "--queue", address);

        Assert.Equal(2, outcome.Code);
        Assert.DoesNotContain("sesame", outcome.Out + outcome.Error, StringComparison.Ordinal);
        Assert.Contains("PGPASSWORD", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("28P01", "PGPASSWORD"), InlineData("3D000", "create the database"), InlineData("42501", "jobs setup")]
    public async Task PostgresThatRefuses_IsWordedWithoutThePassword(string state, string remedy)
    {
        using TcpListener server = new(IPAddress.Loopback, 0);
        server.Start();
        Task serving = RefuseAsync(server, state);
        int port = ((IPEndPoint)server.LocalEndpoint).Port;
        _studio.Variables["ATELIER_QUEUE"] =
            $"Host=127.0.0.1;Port={port};Database=a;Username=u;Password=sesame;Pooling=false";

        Outcome outcome = await Task.Run(() => _studio.Run("jobs", "list", "--json"));

        server.Stop();
        await serving;
        Assert.Equal(1, outcome.Code);
        Assert.DoesNotContain("sesame", outcome.Out + outcome.Error, StringComparison.Ordinal);
        Assert.Contains($"127.0.0.1:{port}/a", outcome.Error, StringComparison.Ordinal);
        Assert.Contains(remedy, outcome.Error, StringComparison.Ordinal);
    }

    private static async Task RefuseAsync(TcpListener server, string state)
    {
        try
        {
            while (true)
            {
                using TcpClient client = await server.AcceptTcpClientAsync();
                NetworkStream stream = client.GetStream();
                byte[] asked = new byte[4096];
                while (await stream.ReadAsync(asked) is int length and > 0)
                {
                    // A request for encryption has eight bytes, and is answered by one letter; others are refused.
                    if (length == 8)
                    {
                        await stream.WriteAsync("N"u8.ToArray());
                        continue;
                    }

                    byte[] fields = System.Text.Encoding.ASCII.GetBytes($"SFATAL\0VFATAL\0C{state}\0Mrefused\0\0");
                    await stream.WriteAsync((byte[])[(byte)'E', 0, 0, 0, (byte)(fields.Length + 4), .. fields]);
                    break;
                }
            }
        }
        catch (Exception error) when (error is SocketException or IOException or InvalidOperationException)
        {
            // The test is over.
        }
    }

    [Fact]
    public void Film_IsShownAndFetchedByTheIdentifierThatAddingPrints()
    {
        string frames = Directory.CreateDirectory(_studio.At("frames")).FullName, fetched = _studio.At("got.zip");
        foreach (string name in (string[])["a.png", "b.png"])
            File.Copy(_studio.Content, Path.Combine(frames, name));
        string id = _studio.Run("jobs", "add-film", frames, "--style", _studio.Style, "--iterations", "3").Out.Trim();

        Assert.Equal(0, _studio.Run("worker", "--once", "--threads", "1").Code);
        JsonElement shown = _studio.Run("jobs", "show", id, "--json").Json.GetProperty("job");
        Assert.Equal(("film", "done"), (shown.GetProperty("kind").GetString(), shown.GetProperty("state").GetString()));
        Assert.Equal(0, _studio.Run("jobs", "get", id, "-o", fetched).Code);
        Assert.Equal(0, _studio.Run("jobs", "get", $"film-{id}", "-o", _studio.At("all")).Code);

        Assert.Equal(File.ReadAllBytes(fetched), File.ReadAllBytes(_studio.At("all/frames.zip")));
        Assert.Equal(2, Listed("--group", $"film-{id}").Length);
    }

    private Outcome Add(params string[] more) => _studio.Run(
        ["jobs", "add", _studio.Content, "--style", _studio.Style, "--iterations", "3", .. more]);

    private string[] Listed(params string[] more) =>
        [.. _studio.Run(["jobs", "list", "--json", .. more]).Json.GetProperty("jobs").EnumerateArray()
            .Select(job => job.GetProperty("id").GetString()!)];
}
