using Atelier.PublicApi.Tests.House.Samples.Left;

namespace Atelier.PublicApi.Tests.House.Samples.Right;

internal class Thing
{
    internal static int Count() => ByCall.Count();
}

[AttributeUsage(AttributeTargets.Class)]
internal sealed class MarkerAttribute : Attribute;
