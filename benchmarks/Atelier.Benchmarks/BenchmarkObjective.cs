using System.Collections.Immutable;
using Atelier.Options;

namespace Atelier.Benchmarks;

/// <summary>An objective to measure with, by Adam.</summary>
/// <param name="Name">Name of the objective.</param>
/// <param name="Options">The options that it follows from.</param>
internal sealed record BenchmarkObjective(string Name, StylizeOptions Options)
{
    /// <summary>The published method (Gatys et al. 2016): five Gram matrices, and content at relu4_2.</summary>
    internal static BenchmarkObjective Classic { get; } =
        new("classic", Presets.ByName["classic"] with { ContentWeight = 1, Optimizer = OptimizerKind.Adam });

    /// <summary>That of the default options.</summary>
    internal static BenchmarkObjective Default { get; } = new("default", StylizeOptions.Default);

    internal static ImmutableArray<BenchmarkObjective> All { get; } = [Classic, Default];
}
