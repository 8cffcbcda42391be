using Atelier.Testing;

namespace Atelier.Video.Tests;

/// <summary>The rooms with kernels of their own, on processors with narrower vectors.</summary>
public sealed class NarrowVectorTests() : VectorTierTests("Atelier.Video.Tests.Flow");
