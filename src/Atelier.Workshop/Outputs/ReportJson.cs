using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Atelier.Workshop.Batches;
using Atelier.Workshop.Paintings;
using Atelier.Workshop.Sweeps;

namespace Atelier.Workshop.Outputs;

/// <summary>Writes the reports of batches and sweeps.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(BatchReport))]
[JsonSerializable(typeof(SweepReport))]
internal sealed partial class ReportJson : JsonSerializerContext
{
    /// <summary>Does not escape quotes and non-ASCII letters, because the text is never embedded in HTML; writes states
    /// as words.</summary>
    public static ReportJson Readable => field ??= new(new JsonSerializerOptions(Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter<JobState>(JsonNamingPolicy.CamelCase) },
    });
}
