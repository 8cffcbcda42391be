using System.Diagnostics;
using Atelier.Engine;
using Atelier.Options;

namespace Atelier.Losses;

/// <summary>Selects the family of style losses; the only place that lists them all.</summary>
internal static class StyleFamilies
{
    /// <summary>Creates the family that the options select.</summary>
    internal static StyleFamily Create(IEngine engine, StylizeOptions options) => options switch
    {
        { CorrelationChain: true } => new CorrelationFamily(engine, options.ActivationShift),
        { StyleLoss: StyleLossKind.Gram } =>
            new MomentFamily(engine, styles => new GramDistance(styles, options.ActivationShift)),
        { StyleLoss: StyleLossKind.Wasserstein } => new MomentFamily(engine, styles => new WassersteinDistance(styles)),
        { StyleLoss: StyleLossKind.Moments } => new MomentFamily(engine, styles => new MomentsDistance(styles)),
        _ => throw new UnreachableException($"There is no style loss {options.StyleLoss}."),
    };
}
