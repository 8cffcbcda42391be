using System.Collections.Frozen;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Atelier.Studio.Assets;

/// <summary>What pages load besides themselves: styles, scripts and the example pictures, which the assembly
/// contains. Their address has a version, so that browsers may keep them.</summary>
public static class StudioAssets
{
    private const string Prefix = "assets/";
    private static readonly Assembly Home = typeof(StudioAssets).Assembly;

    private static readonly FrozenDictionary<string, byte[]> Files = Home.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .ToFrozenDictionary(name => name[Prefix.Length..], Read);

    /// <summary>Identifies the contents of all assets.</summary>
    public static string Version { get; } = Home.ManifestModule.ModuleVersionId.ToString("N")[..12];

    /// <summary>Returns the address of an asset.</summary>
    public static string UrlOf(string name) => $"{Prefix}{Version}/{name}";

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/assets/{version}/{**name}", (string name, HttpContext context) =>
        {
            if (!Files.TryGetValue(name, out byte[]? file))
            {
                return Results.NotFound();
            }

            context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
            return Results.Bytes(file, TypeOf(name));
        });
        routes.MapGet("/favicon.ico", () => Results.Bytes(Files["icon.svg"], TypeOf("icon.svg")));
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => "application/octet-stream",
    };

    private static byte[] Read(string name)
    {
        using Stream stream = Home.GetManifestResourceStream(name)!;
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
