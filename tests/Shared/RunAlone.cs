namespace Atelier.Testing;

/// <summary>Tests that run while no other test does.</summary>
[CollectionDefinition(nameof(RunAlone), DisableParallelization = true)]
public sealed class RunAlone;
