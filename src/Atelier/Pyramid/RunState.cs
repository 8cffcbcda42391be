using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Atelier.Engine.Cpu;
using Atelier.Losses;
using Atelier.Weights;

namespace Atelier.Pyramid;

/// <summary>The progress of a run: its complete state except the optimizer's tensors.</summary>
/// <param name="Network">SHA-256 of the network's file.</param>
/// <param name="Finished">The loss histories of the completed scales.</param>
/// <param name="Present">The loss history of the current scale so far.</param>
/// <param name="Terms">Terms of the objective at the last iteration.</param>
/// <param name="Optimizer">The optimizer's numbers.</param>
/// <param name="Engine">Fingerprint of the engine; engines with different fingerprints round differently. Null in older
/// files.</param>
/// <param name="Changes">Number of changes that have taken effect.</param>
/// <param name="VectorBits">The vector width stored by older versions, which had only the built-in engine.</param>
internal sealed record RunState(
    string Network, ImmutableArray<ScaleReport> Finished, ScaleReport Present, ImmutableArray<LossTerm> Terms,
    ImmutableArray<double> Optimizer, string? Engine = null, int Changes = 0,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? VectorBits = null)
{
    /// <summary>Fingerprint of the engine that computed the saved state.</summary>
    internal string ComputedBy => Engine ?? CpuEngine.FingerprintOf(VectorBits ?? 0);

    /// <exception cref="WeightFormatException">The text is not the JSON of a state.</exception>
    internal static RunState Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, RunStateJson.Default.RunState) ?? throw new JsonException();
        }
        catch (JsonException error)
        {
            throw new WeightFormatException("its state is not valid JSON.", error);
        }
    }

    internal string ToJson() => JsonSerializer.Serialize(this, RunStateJson.Default.RunState);
}

/// <summary>JSON serialization of a run's state, generated at build time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(RunState))]
internal sealed partial class RunStateJson : JsonSerializerContext;
