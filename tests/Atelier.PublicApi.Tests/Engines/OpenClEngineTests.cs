using Atelier.Engine.OpenCl;

namespace Atelier.PublicApi.Tests.Engines;

/// <summary>The engine for graphics cards, on whatever device there is.</summary>
public sealed class OpenClEngineTests() : EngineAgreementTests(new OpenClEngine(OpenClDevice.List()[0]));
