using System.CommandLine;
using System.Text.Json;
using Atelier.Cli.Output;
using Atelier.Workshop.Networks;

namespace Atelier.Cli.Commands;

/// <summary><c>atelier weights get</c>: downloads a published network into the cache, where <c>--network NAME</c> finds
/// it.</summary>
internal static class WeightsGetCommand
{
    public static Command Create(Host host)
    {
        string[] names = [.. NetworkManifest.All.Select(manifest => manifest.Name)];
        Argument<string> name = new("NAME") { Description = $"Which network: {string.Join(", ", names)}" };
        name.CompletionSources.Add(names);
        Option<bool> half = new("--half") { Description = "Store each weight in 16 bits, which halves the file size" };
        Option<bool> force = new("--force") { Description = "Download and convert it again" };
        Option<bool> quiet = SharedOptions.Quiet();
        Option<bool> json = SharedOptions.Json();
        Command command = new("get", "Download a published network from its publisher, verify it and keep it.")
        {
            name, half, force, quiet, json,
        };
        command.SetAction(async (ParseResult parse, CancellationToken _) =>
        {
            NetworkManifest manifest = NetworkManifest.ByName(parse.GetRequiredValue(name));
            bool isQuiet = parse.GetValue(quiet);
            NetworkFetch fetch = new(host.CreateContext(isQuiet), NetworkCache.ForCurrentUser())
            {
                Half = parse.GetValue(half),
                CreateReporter = () => isQuiet ? null : new DownloadReporter(host),
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
        Command command = new("list", "List the published networks, and which of them are on this machine.");
        command.SetAction((ParseResult _) =>
        {
            NetworkCache cache = NetworkCache.ForCurrentUser();
            int width = NetworkManifest.All.Max(manifest => manifest.Name.Length);
            foreach (NetworkManifest manifest in NetworkManifest.All)
            {
                string path = cache.GetNetworkPath(manifest);
                string place = File.Exists(path) ? path : "not here";
                host.Out.WriteLine($"{manifest.Name.PadRight(width)}  {manifest.Description}; {place}");
                string indent = new(' ', width);
                host.Out.WriteLine($"{indent}  {manifest.Source}; {manifest.Url}");
                host.Out.WriteLine($"{indent}  {Check(manifest)}");
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static string Check(NetworkManifest manifest) => manifest.IsHashWhole
        ? $"verified by its SHA-256, {manifest.Sha256}"
        : $"verified by the first {manifest.Sha256.Length} digits of its SHA-256, {manifest.Sha256}, which is all " +
            "that its publisher states";
}
