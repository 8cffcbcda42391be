using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace Atelier.Testing;

/// <summary>What holds for every value of some kind, tried with many. The values are the same in every run;
/// ATELIER_PROPERTY_SEED, a whole number, gives others.</summary>
internal static class Properties
{
    private static readonly ulong Seed =
        ulong.TryParse(Environment.GetEnvironmentVariable("ATELIER_PROPERTY_SEED"), out ulong seed) ? seed : 1;

    /// <summary>Fails with the first value for which the assertions do not hold.</summary>
    /// <param name="values">How values are made.</param>
    /// <param name="holds">The assertions.</param>
    /// <param name="count">How many values are tried.</param>
    internal static void ForAll<T>(Gen<T> values, Action<T> holds, int count = 100)
        => Prop.ForAll(values.ToArbitrary(), holds).Check(Config.QuickThrowOnFailure.WithMaxTest(count)
            .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(Seed), FSharpOption<int>.None))));
}
