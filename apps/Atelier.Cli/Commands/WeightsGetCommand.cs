using System.CommandLine;
using System.Text.Json;
using Atelier.Cli.Output;
using Atelier.Workshop.Networks;

namespace Atelier.Cli.Commands;

/// <summary><c>atelier weights get</c>: brings a published network into the cache, where <c>--network NAME</c> finds
/// it.</summary>
internal static class WeightsGetCommand
{
    public static Command Create(Host host)
    {
        string[] names = [.. NetworkManifest.All.Select(manifest => manifest.Name)];
        Argument<string> name = new("NAME") { Description = $"Which network: {string.Join(", ", names)}" };
        name.CompletionSources.Add(names);
        Option<bool> half = new("--half") { Description = "Keep 16 bits of each weight: a file of half the size" };
        Option<bool> force = new("--force") { Description = "Fetch and convert it anew" };
        Option<bool> quiet = new("--quiet") { Description = "Show warnings and errors only" };
        Option<bool> json = SharedOptions.Json();
        Command command = new("get", "Download a published network from its publisher, check it and keep it.")
        {
            name, half, force, quiet, json,
        };
        command.SetAction(async (ParseResult parse, CancellationToken _) =>
        {
            NetworkManifest manifest = NetworkManifest.ByName(parse.GetRequiredValue(name));
            bool isQuiet = parse.GetValue(quiet);
            NetworkFetch fetch = new(host.Around(isQuiet), NetworkCache.OfUser())
            {
                Half = parse.GetValue(half),
                NewReporter = () => isQuiet ? null : new DownloadReporter(host),
            };
            string path = await fetch.RunAsync(manifest, parse.GetValue(force));
            long bytes = new FileInfo(path).Length;
            host.Out.WriteLine(parse.GetValue(json)
                ? JsonSerializer.Serialize(new WeightsGetDocument(path, bytes), Documents.Readable.WeightsGetDocument)
                : FormattableString.Invariant($"{path}  {bytes / 1e6:F0} MB  use it with --network {manifest.Name}"));
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary><c>atelier weights list</c>.</summary>
    public static Command CreateList(Host host)
    {
        Command command = new("list", "Tell which published networks are known, and which are here.");
        command.SetAction((ParseResult _) =>
        {
            NetworkCache cache = NetworkCache.OfUser();
            int width = NetworkManifest.All.Max(manifest => manifest.Name.Length);
            foreach (NetworkManifest manifest in NetworkManifest.All)
            {
                string path = cache.NetworkOf(manifest);
                string place = File.Exists(path) ? path : "not here";
                host.Out.WriteLine($"{manifest.Name.PadRight(width)}  {manifest.Description}; {place}");
                host.Out.WriteLine($"{new string(' ', width)}  {manifest.Source}; {manifest.Url}");
            }

            return ExitCode.Done;
        });
        return command;
    }
}
