using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Atelier.Cli.Weights;

/// <summary>A published network: where its file is, and how to know it.</summary>
/// <param name="Name">What it is called here.</param>
/// <param name="Description">What it is, in a few words.</param>
/// <param name="Url">The publisher's address.</param>
/// <param name="Sha256">SHA-256 of the file in hexadecimal, or as much of its beginning as the publisher tells.</param>
/// <param name="Input">What pictures it expects, as <c>weights import --input</c> names it.</param>
/// <param name="Source">Whose work it is.</param>
internal sealed record NetworkManifest(
    string Name, string Description, Uri Url, string Sha256, string Input, string Source)
{
    /// <summary>All published networks that are known, from the files of <c>models/manifests</c>.</summary>
    public static ImmutableArray<NetworkManifest> All { get; } =
        [.. Load().OrderBy(manifest => manifest.Name, StringComparer.Ordinal)];

    /// <summary>Name of the file at its address.</summary>
    public string FileName => Path.GetFileName(Url.LocalPath);

    private static IEnumerable<NetworkManifest> Load()
    {
        System.Reflection.Assembly assembly = typeof(NetworkManifest).Assembly;
        foreach (string resource in assembly.GetManifestResourceNames())
        {
            if (resource.StartsWith("manifests/", StringComparison.Ordinal))
            {
                using Stream stream = assembly.GetManifestResourceStream(resource)!;
                yield return JsonSerializer.Deserialize(stream, NetworkManifestJson.Default.NetworkManifest)!;
            }
        }
    }
}

/// <summary>The JSON form of manifests, read by code that is generated at build time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(NetworkManifest))]
internal sealed partial class NetworkManifestJson : JsonSerializerContext;
