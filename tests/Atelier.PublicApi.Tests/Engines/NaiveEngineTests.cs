namespace Atelier.PublicApi.Tests.Engines;

/// <summary>An engine that is written outside of the library.</summary>
public sealed class NaiveEngineTests() : EngineAgreementTests(new NaiveEngine());
