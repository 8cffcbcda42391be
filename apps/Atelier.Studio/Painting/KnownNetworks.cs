using System.Collections.Immutable;
using Atelier.Options;
using Atelier.Workshop.Networks;

namespace Atelier.Studio.Painting;

/// <summary>The networks that have a name. A network that comes with a request or a picture is one of them: a path from
/// elsewhere is never opened.</summary>
internal static class KnownNetworks
{
    /// <summary>Their names; the embedded one is first.</summary>
    public static ImmutableArray<string> Names { get; } =
        [StylizeOptions.Default.Network, .. NetworkManifest.All.Select(manifest => manifest.Name)];
}
