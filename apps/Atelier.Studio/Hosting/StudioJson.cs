using System.Text.Json;
using System.Text.Json.Serialization;
using Atelier.Studio.Storage;

namespace Atelier.Studio.Hosting;

/// <summary>What the studio answers as JSON.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true)]
[JsonSerializable(typeof(StoredPicture))]
internal sealed partial class StudioJson : JsonSerializerContext;
