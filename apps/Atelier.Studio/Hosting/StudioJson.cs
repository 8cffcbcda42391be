using System.Text.Json;
using System.Text.Json.Serialization;
using Atelier.Studio.Inside;

namespace Atelier.Studio.Hosting;

/// <summary>The answer to a picture that was received.</summary>
/// <param name="Kind">What it is for.</param>
/// <param name="Name">The name under which it is stored.</param>
internal sealed record ReceivedPicture(string Kind, string Name);

/// <summary>What the studio answers as JSON.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ReceivedPicture))]
[JsonSerializable(typeof(Probe))]
[JsonSerializable(typeof(ShownGram))]
internal sealed partial class StudioJson : JsonSerializerContext;
