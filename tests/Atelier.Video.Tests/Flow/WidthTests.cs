using Atelier.Testing;

namespace Atelier.Video.Tests.Flow;

/// <summary>The width that the tests beside this one run at.</summary>
public sealed class WidthTests : VectorWidthTests;
