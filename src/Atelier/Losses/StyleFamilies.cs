using System.Diagnostics;
using Atelier.Engine;
using Atelier.Options;

namespace Atelier.Losses;

/// <summary>The families of style losses: the one place that knows which there are.</summary>
internal static class StyleFamilies
{
    /// <summary>What options compare of a style.</summary>
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
