using Atelier.PublicApi.Tests.House.Samples.Right;

namespace Atelier.PublicApi.Tests.House.Samples.Left;

// One reference each to the other room, in every form that code can give it.
#pragma warning disable SA1402, CA1812, CA1822, CS0649, CA1051, CS1998

internal sealed class ByBase : Thing;

internal sealed class ByField
{
    internal Thing? Field;
}

internal abstract class BySignature
{
    internal abstract void Take(Thing thing);
}

[Marker]
internal sealed class ByAttribute;

internal sealed class ByGenericArgument
{
    internal List<Thing[]> Things { get; } = [];
}

internal static class ByCall
{
    internal static int Count() => Thing.Count();
}

internal static class ByLambda
{
    internal static int[] Count(int[] numbers) => Array.ConvertAll(numbers, number => number + Thing.Count());
}

internal static class ByIterator
{
    internal static IEnumerable<int> Count()
    {
        yield return Thing.Count();
    }
}

internal static class ByAsync
{
    internal static async Task<int> CountAsync(Task task)
    {
        await task;
        return Thing.Count();
    }
}

internal static class ByTypeOf
{
    internal static string Name => typeof(Thing).Name;
}

internal static class ByNested
{
    internal static int Count() => Inner.Count();

    private static class Inner
    {
        internal static int Count() => Thing.Count();
    }
}
