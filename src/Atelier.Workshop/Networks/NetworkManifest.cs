using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Atelier.Workshop.Networks;

/// <summary>A published network: where to download its file, and how to verify it.</summary>
/// <param name="Name">Name in Atelier.</param>
/// <param name="Description">Short description.</param>
/// <param name="Url">The publisher's address.</param>
/// <param name="Sha256">SHA-256 of the file in lowercase hexadecimal, or if it is not known, the first digits of it,
/// which the publisher states in the file's name.</param>
/// <param name="Input">Its input convention, by a name in <see cref="Atelier.Networks.InputConvention.Known"/>.</param>
/// <param name="Source">Authors and license.</param>
public sealed record NetworkManifest(
    string Name, string Description, Uri Url, string Sha256, string Input, string Source)
{
    private const int WholeHash = 64;

    /// <summary>All known published networks, from the files in <c>models/manifests</c>.</summary>
    public static ImmutableArray<NetworkManifest> All { get; } =
        [.. Load().OrderBy(manifest => manifest.Name, StringComparer.Ordinal)];

    /// <summary>Returns the network with a name.</summary>
    /// <exception cref="CodedException">There is no such network.</exception>
    public static NetworkManifest ByName(string name)
        => All.FirstOrDefault(manifest => manifest.Name == name) ?? throw CodedException.Usage(
            $"there is no published network '{name}'; the published networks are " +
            $"{string.Join(", ", All.Select(manifest => manifest.Name))}.",
            "import its weight file if you have one", "network");

    /// <summary>Whether <see cref="Sha256"/> is the whole hash and not only its first digits.</summary>
    public bool IsHashWhole => Sha256.Length == WholeHash;

    /// <summary>File name in the URL.</summary>
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

/// <summary>JSON serialization of manifests, generated at build time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(NetworkManifest))]
internal sealed partial class NetworkManifestJson : JsonSerializerContext;
