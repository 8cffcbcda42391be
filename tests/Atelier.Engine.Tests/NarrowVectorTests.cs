using Atelier.Testing;

namespace Atelier.Engine.Tests;

/// <summary>The rooms with kernels of their own, on processors with narrower vectors.</summary>
public sealed class NarrowVectorTests()
    : VectorTierTests("Atelier.Engine.Tests.Cpu*", "Atelier.Engine.Tests.Statistics");
