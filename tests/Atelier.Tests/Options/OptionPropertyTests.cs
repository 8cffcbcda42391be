using System.Collections.Immutable;
using System.Reflection;
using Atelier.Engine;
using Atelier.Guides;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace Atelier.Tests.Options;

/// <summary>Options and guides of values that nobody would give: they are refused with a sentence, or they work.
/// </summary>
public sealed class OptionPropertyTests
{
    private const int Height = 24, Width = 32;

    private static readonly double[] Doubles =
        [0, -0.0, 1, -1, 0.5, 2, 1e-300, 1e300, -1e12, double.NaN, double.PositiveInfinity, double.NegativeInfinity];

    private static readonly int[] Wholes = [0, 1, -1, 2, 15, 16, 64, 65_535, 65_536, int.MinValue, int.MaxValue];

    private static readonly PropertyInfo[] Settable =
        [.. typeof(StylizeOptions).GetProperties().Where(property => property.SetMethod is not null)];

    private static Gen<StylizeOptions> AbsurdOptions(int changes) =>
        from valid in ArbitraryOptions.Stylize
        let isGram = valid.StyleLoss == StyleLossKind.Gram
        let options = valid with
        {
            ActivationShift = isGram ? valid.ActivationShift : 0,
            CorrelationChain = isGram && valid.CorrelationChain,
            Scales = [],
            StyleWeights = [],
        }
        from count in Gen.Choose(0, changes)
        from properties in Gen.Elements(Settable).ArrayOf(count)
        from values in Gen.CollectToArray(properties, property => AbsurdValue(property.PropertyType))
        select properties.Zip(values).Aggregate(options, (so, each) => With(so, each.First, each.Second));

    private static Gen<Picture?> Masks =>
        from width in Gen.Choose(1, 9)
        from height in Gen.Choose(1, 9)
        from shades in Gen.Elements<float[]>([0], [1], [0, 1], [0.25f, 0.5f], [float.NaN], [-3, 7])
        from seed in Gen.Choose(0, 1000)
        from isThere in Gen.Elements(true, true, false)
        select isThere ? Shaded(width, height, new Random(seed).GetItems(shades, width * height)) : null;

    private static Gen<SpatialGuides> Guides =>
        from count in Gen.Choose(0, 3)
        from masks in Masks.ArrayOf(count)
        from regions in Masks.ListOf(3)
        from preserve in Masks
        from color in Masks
        from content in Masks
        from used in Gen.Choose(0, 31)
        select new SpatialGuides
        {
            StyleMasks = (used & 1) == 0 ? [] : [.. masks.Select((mask, i) => mask is not null
                ? StyleMask.FromPicture(mask) : i == 0 ? StyleMask.All : StyleMask.Rest)],
            StyleRegions = (used & 2) == 0 ? [] : [.. regions.Take(count)],
            Preserve = (used & 4) == 0 ? null : preserve,
            ColorMask = (used & 8) == 0 ? null : color,
            Labels = (used & 16) == 0 || content is null
                ? null
                : new RegionLabels(content, [.. regions.OfType<Picture>()]),
        };

    [Fact]
    public void Validate_AbsurdOptions_NamesTheirProblemsAndNeverThrows()
    {
        int sound = 0;
        Properties.ForAll(
            from options in AbsurdOptions(changes: 5)
            from count in Gen.Elements(0, 1, 3, -1, int.MaxValue)
            select (options, count),
            each =>
            {
                IReadOnlyList<Problem> problems = each.options.Validate(each.count);

                Assert.All(problems, problem => Assert.InRange(problem.ToString().Length, 15, 2000));
                sound += problems.Count == 0 ? 1 : 0;
            }, count: 500);

        Assert.InRange(sound, 10, 450);
    }

    [Fact]
    public void Validate_AnyGuides_NamesTheirProblemsAndNeverThrows()
    {
        int sound = 0;
        Properties.ForAll(
            from guides in Guides
            from count in Gen.Elements(0, 1, 3, -1, int.MaxValue)
            select (guides, count),
            each =>
            {
                IReadOnlyList<Problem> problems = each.guides.Validate(each.count);

                Assert.All(problems, problem => Assert.InRange(problem.ToString().Length, 15, 500));
                sound += problems.Count == 0 ? 1 : 0;
            }, count: 500);

        Assert.InRange(sound, 10, 450);
    }

    [Fact]
    public void Evaluate_AnyOptionsAndGuides_GivesALossOrIsRefused()
    {
        using Stylizer stylizer = new(new EngineOptions { Threads = 1, Precision = Precision.Single });
        string network = Fixture.PathOf("reference", "narrow_vgg19.safetensors");
        (Picture picture, Picture content) = (Numbers.Picture(1, Height, Width), Numbers.Picture(2, Height, Width));
        int evaluated = 0;
        Properties.ForAll(
            from options in AbsurdOptions(changes: 1)
            from guides in Guides
            from isGuided in Gen.Elements(true, false, false)
            select (options: options with { Network = network },
                guides: isGuided ? guides : SpatialGuides.None),
            each =>
            {
                try
                {
                    Evaluation evaluation = stylizer.Evaluate(
                        picture, content, [Numbers.Picture(3, 35, 27)], each.options, each.guides);

                    Assert.Empty(each.options.Validate(1).Concat(each.guides.Validate(1)));
                    Assert.NotEmpty(evaluation.Terms);
                    evaluated++;
                }
                catch (AtelierException error)
                {
                    Assert.InRange(error.Message.Length, 15, 4000);
                }
            }, count: 50);

        Assert.InRange(evaluated, 5, 45);
    }

    private static Gen<object?> AbsurdValue(Type type)
    {
        Type? inner = Nullable.GetUnderlyingType(type);
        Gen<object?> values = (inner ?? type) switch
        {
            { IsEnum: true } => Gen.Elements(Wholes).Select(value => (object?)Enum.ToObject(inner ?? type, value)),
            Type t when t == typeof(double) => Gen.Elements(Doubles).Select(value => (object?)value),
            Type t when t == typeof(int) => Gen.Elements(Wholes).Select(value => (object?)value),
            Type t when t == typeof(long) => Gen.Elements(Wholes).Select(value => (object?)(long)value),
            Type t when t == typeof(bool) => Gen.Elements<object?>(false, true),
            Type t when t == typeof(string) => Gen.Elements<object?>("", " ", "no/such.file", "\0"),
            Type t when t == typeof(InitKind) => Gen.Elements<object?>(InitKind.File, InitKind.Noise),
            Type t when t == typeof(LayerSelection) => Gen.Elements(Doubles).Select(
                weight => (object?)new LayerSelection
                {
                    Layers = [("relu1_1", weight), ("relu2_1", 1)],
                }),
            Type t when t == typeof(ImmutableArray<double>) => ListOf(Doubles),
            Type t when t == typeof(ImmutableArray<int>) => ListOf(Wholes),
            Type t => throw new InvalidOperationException($"No absurd values are known of {t}."),
        };
        return inner is null ? values : Gen.OneOf(Gen.Constant<object?>(null), values);
    }

    private static Gen<object?> ListOf<T>(T[] values) => Gen.OneOf(
        Gen.Constant<object?>(default(ImmutableArray<T>)),
        Gen.Elements(values).ArrayOf().Select(list => (object?)list.ToImmutableArray()));

    private static StylizeOptions With(StylizeOptions options, PropertyInfo property, object? value)
    {
        StylizeOptions copy = options with { };
        property.SetValue(copy, value);
        return copy;
    }

    private static Picture Shaded(int width, int height, float[] shades)
        => new(width, height, shades, [.. shades], [.. shades]);
}
