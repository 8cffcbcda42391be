using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Atelier.Engine;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Studio.Hosting;
using Atelier.Studio.Painting;
using Atelier.Studio.Storage;

namespace Atelier.Benchmarks;

/// <summary>How soon the studio shows something, what that costs the painting, how soon pages answer meanwhile, and
/// whether its memory stays flat. The requests are those of its pages; a browser adds what it needs itself.</summary>
internal static class StudioBenchmark
{
    private const int Paintings = 50, Rounds = 4;

    internal static void Run(int threads)
    {
        using TemporaryFolder files = new();
        string photograph = Path.Combine(files.Path, "photo.jpg"), artwork = Path.Combine(files.Path, "art.jpg");
        PictureFile.Save(Pictures.Noise(1200, 1600, seed: 1).ToPicture(), photograph);
        PictureFile.Save(Pictures.Noise(1000, 900, seed: 2).ToPicture(), artwork);
        MarkdownTable table = new("of the studio", "");
        table.Add("from the start of the process to the page, ms", $"{Fastest.Of(10, ToPage)[0] * 1e3:F0}");
        using (OpenStudio studio = new(threads, photograph, artwork))
        {
            studio.MeasureSoonest(table);
            studio.MeasurePreviews(table);
            studio.MeasureAnswers(table);
        }

        MeasureMemory(table, photograph, artwork);
    }

    private static double ToPage()
    {
        using TemporaryFolder folder = new();
        long begin = Stopwatch.GetTimestamp();
        using StudioProcess studio = new(folder.Path);
        studio.Client.GetStringAsync("/").GetAwaiter().GetResult();
        return Stopwatch.GetElapsedTime(begin).TotalSeconds;
    }

    private static void MeasureMemory(MarkdownTable table, string photograph, string artwork)
    {
        using TemporaryFolder folder = new();
        using StudioProcess studio = new(folder.Path);
        for (int i = 1; i <= Paintings; i++)
        {
            studio.Paint(photograph, artwork);
            if (i is 1 or 5 or 10 or 20 or Paintings)
            {
                table.Add($"memory after {i} paintings of 256 pixels, MB", $"{studio.Megabytes:F0}");
            }
        }
    }

    /// <summary>The studio in this process.</summary>
    private sealed class OpenStudio : IDisposable
    {
        private readonly TemporaryFolder _folder = new();
        private readonly StudioHost _host;
        private readonly HttpClient _client;
        private readonly byte[] _photograph;
        private readonly StoredPicture _artwork;

        internal OpenStudio(int threads, string photograph, string artwork)
        {
            _host = StudioHost.StartAsync(
                new StudioOptions { Port = 0, Folder = _folder.Path, Engine = new EngineOptions { Threads = threads } },
                Console.Error.WriteLine).GetAwaiter().GetResult();
            _client = new HttpClient { BaseAddress = _host.Address };
            _photograph = File.ReadAllBytes(photograph);
            _artwork = _host.Folder.Add(PictureKind.Artworks, "art.jpg", File.ReadAllBytes(artwork));
        }

        /// <summary>From the moment in which a photograph is dropped.</summary>
        internal void MeasureSoonest(MarkdownTable table)
        {
            double[] best = [1e9, 1e9, 1e9, 1e9];
            for (int round = 0; round < Rounds; round++)
            {
                long begin = Stopwatch.GetTimestamp();
                double[] seconds = new double[4];
                double Now() => Stopwatch.GetElapsedTime(begin).TotalSeconds;
                LivePainting painting = Drop(Presets.ByName["draft"]);
                NextFrame(painting, 0);
                seconds[0] = Now();
                Until(() => painting.State == PaintingState.Painting);
                seconds[1] = Now();
                Until(() => painting.Progress is not null);
                seconds[2] = Now();
                Until(() => painting.IsOver);
                seconds[3] = Now();
                best = [.. best.Zip(seconds, Math.Min)];
            }

            string[] what =
            [
                "a first look begins", "the first look is there", "the painting itself is seen", "a draft is complete",
            ];
            foreach ((string name, double seconds) in what.Zip(best))
                table.Add($"from dropping a photograph until {name}, ms", $"{seconds * 1e3:F0}");
        }

        /// <summary>The frames that a page gets, and how much longer a picture takes because of them.</summary>
        internal void MeasurePreviews(MarkdownTable table)
        {
            double[] best = [1e9, 1e9], frames = [0];
            for (int round = 0; round < Rounds; round++)
            {
                best[0] = Math.Min(best[0], Complete(isFollowed: false, out _));
                double seconds = Complete(isFollowed: true, out int seen);
                best[1] = Math.Min(best[1], seconds);
                frames[0] = Math.Max(frames[0], seen / seconds);
            }

            table.Add("frames a second at 512 pixels", $"{frames[0]:F1}");
            table.Add("a painting takes longer by, while a page shows it, %", $"{((best[1] / best[0]) - 1) * 100:F1}");
        }

        /// <summary>How soon a page answers, without and with a picture being painted.</summary>
        internal void MeasureAnswers(MarkdownTable table)
        {
            Choose(choice => choice with { Photograph = null });
            double[] idle = Answers();
            LivePainting painting = Drop(StylizeOptions.Default with { Iterations = 1000 });
            Until(() => painting.Progress is not null);
            double[] busy = Answers();
            Choose(choice => choice with { Photograph = null });
            foreach ((string name, double[] times) in new[] { ("", idle), (" while it paints", busy) })
                table.Add(
                    $"the gallery answers within{name}, ms: median, 95 of 100",
                    $"{times[times.Length / 2] * 1e3:F1}, {times[times.Length * 95 / 100] * 1e3:F1}");
        }

        public void Dispose()
        {
            _client.Dispose();
            _host.DisposeAsync().AsTask().GetAwaiter().GetResult();
            _folder.Dispose();
        }

        private double Complete(bool isFollowed, out int frames)
        {
            LivePainting painting = Drop(StylizeOptions.Default with { Iterations = 12 });
            Until(() => painting.State == PaintingState.Painting);
            long begin = Stopwatch.GetTimestamp();
            frames = 0;
            for (int last = 0; isFollowed && !painting.IsOver; frames++)
                last = NextFrame(painting, last);
            Until(() => painting.IsOver);
            return Stopwatch.GetElapsedTime(begin).TotalSeconds;
        }

        private double[] Answers()
            => [.. Enumerable.Range(0, 200).Select(_ => Fastest.Time(() =>
            {
                _client.GetByteArrayAsync("/gallery").GetAwaiter().GetResult();
                Thread.Sleep(5);
            }) - 0.005).Order()];

        private LivePainting Drop(StylizeOptions options)
        {
            using HttpResponseMessage answer = _client.PostAsync(
                "/pictures/photographs?name=photo.jpg", new ByteArrayContent(_photograph)).GetAwaiter().GetResult();
            answer.EnsureSuccessStatusCode();
            StoredPicture photograph = _host.Folder.List(PictureKind.Photographs)[0];
            Choose(choice => choice.With(_artwork) with { Photograph = photograph, Options = options });
            return _host.Room.Current!;
        }

        private void Choose(Func<PaintingChoice, PaintingChoice> change) => _host.Room.Choose(change);

        private int NextFrame(LivePainting painting, int after)
        {
            using HttpResponseMessage answer =
                _client.GetAsync($"/paintings/{painting.Id}/frames/{after}").GetAwaiter().GetResult();
            answer.Content.ReadAsByteArrayAsync().GetAwaiter().GetResult();
            return answer.Headers.TryGetValues("Atelier-Frame", out IEnumerable<string>? number)
                ? int.Parse(number.First(), CultureInfo.InvariantCulture)
                : after;
        }

        private static void Until(Func<bool> isSo)
        {
            while (!isSo())
                Thread.Sleep(1);
        }
    }

    /// <summary>The studio as it is started by the command-line tool.</summary>
    private sealed class StudioProcess : IDisposable
    {
        private readonly Process _process;

        internal StudioProcess(string folder)
        {
            _process = Process.Start(new ProcessStartInfo(
                ChildProcess.PathOf("Atelier.Cli"), ["studio", "--no-browser", "--port", "0", "--folder", folder])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            Client = new HttpClient { BaseAddress = new Uri(_process.StandardOutput.ReadLine()!) };
        }

        internal HttpClient Client { get; }

        internal double Megabytes
        {
            get
            {
                _process.Refresh();
                return _process.WorkingSet64 / 1e6;
            }
        }

        internal void Paint(string photograph, string artwork)
        {
            using MultipartFormDataContent form = new()
            {
                { new ByteArrayContent(File.ReadAllBytes(photograph)), "photograph", "photo.jpg" },
                { new ByteArrayContent(File.ReadAllBytes(artwork)), "artwork", "art.jpg" },
                { new StringContent("""{"size": 256, "iterations": 4}"""), "options" },
            };
            using HttpResponseMessage posted = Client.PostAsync("/api/jobs", form).GetAwaiter().GetResult();
            posted.EnsureSuccessStatusCode();
            string? state;
            do
            {
                Thread.Sleep(20);
                using JsonDocument job =
                    JsonDocument.Parse(Client.GetStringAsync(posted.Headers.Location).GetAwaiter().GetResult());
                state = job.RootElement.GetProperty("state").GetString();
            }
            while (state is "waiting" or "painting");
            if (state != "done")
            {
                throw new InvalidOperationException($"A job is {state}.");
            }
        }

        public void Dispose()
        {
            Client.Dispose();
            _process.Kill();
            _process.WaitForExit();
            _process.Dispose();
        }
    }
}
