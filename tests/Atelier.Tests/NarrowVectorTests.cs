using Atelier.Testing;

namespace Atelier.Tests;

/// <summary>The rooms with kernels of their own, on processors with narrower vectors.</summary>
public sealed class NarrowVectorTests() : VectorTierTests("Atelier.Tests.Losses");
