using System.Collections.Immutable;
using Atelier.Options;
using Atelier.Recipes;
using Atelier.Video;
using FsCheck;
using FsCheck.Fluent;

namespace Atelier.Tests.Options;

/// <summary>Options of any valid values, made from their tables: an option that is added there is made here too.
/// </summary>
internal static class ArbitraryOptions
{
    private static readonly string[] Names =
        ["relu1_1", "relu2_1", "relu3_1", "compact", "a b.pth", "böse \"Pfade\"/ü.png", "x"];

    internal static Gen<StylizeOptions> Stylize => Of(StylizeOptionTable.All, StylizeOptions.Default);

    internal static Gen<VideoOptions> Video => Of(VideoOptionTable.All, VideoOptions.Default);

    internal static Gen<Recipe> Recipes =>
        from options in Stylize
        from isNamed in Gen.Elements(true, false)
        from content in Picture
        from styles in Picture.ListOf(2)
        from masks in Picture.ListOf(1)
        select new Recipe
        {
            Content = isNamed ? content : null,
            Styles = [.. styles],
            StyleMasks = [.. masks],
            Palette = content,
            Options = options,
        };

    /// <summary>A valid value of an option, as it is written.</summary>
    internal static Gen<string> TextOf<TOptions>(OptionDefinition<TOptions> option)
    {
        Gen<string> text = option.Kind switch
        {
            OptionKind.Number => Number(option.Range!),
            OptionKind.Whole or OptionKind.Bytes => Whole(option.Range),
            OptionKind.Word or OptionKind.Switch => Gen.Elements<string>([.. option.Words]),
            OptionKind.Layers => Layers,
            OptionKind.NumberList => Number(option.Range!).NonEmptyListOf().Select(Joined),
            OptionKind.WholeList => Gen.Choose((int)option.Range!.Min, (int)option.Range.Max).NonEmptyListOf()
                .Select(list => Joined(list.Distinct().Order().Select(OptionText.Of))),
            OptionKind.WordOrName when option.Name == "init" => Gen.Elements<string>([.. option.Words]),
            OptionKind.WordOrName => Gen.Elements(Names),
            _ => throw new InvalidOperationException($"No values are known of {option.Kind}."),
        };
        return option.EmptyWord is string word ? Gen.OneOf(Gen.Constant(word), text) : text;
    }

    private static Gen<TOptions> Of<TOptions>(ImmutableArray<OptionDefinition<TOptions>> table, TOptions defaults)
        => table.Aggregate(Gen.Constant(defaults), (all, option) =>
            from options in all
            from text in TextOf(option)
            select option.Change(options, text));

    private static Gen<RecipePicture> Picture =>
        from path in Gen.Elements(Names)
        from hash in Gen.Elements<string?>(null, "00ff")
        select new RecipePicture(path, hash);

    private static Gen<string> Layers =>
        from names in Gen.SubListOf("relu1_1", "relu2_1", "relu3_1", "relu4_1")
        from weights in Number(new OptionRange(0, 1e12)).ArrayOf(4)
        from isWeighted in Gen.Elements(true, false)
        select names.Count == 0
            ? "all"
            : Joined(names.Select((name, i) => isWeighted ? $"{name}={weights[i]}" : name));

    // The bounds themselves where they belong to it, and many digits.
    private static Gen<string> Number(OptionRange range)
    {
        double max = double.IsFinite(range.Max) ? range.Max : range.Min + 1000;
        return Gen.Choose(range.ExcludesMin ? 1 : 0, range.ExcludesMax ? int.MaxValue - 1 : int.MaxValue)
            .Select(part => OptionText.Of(range.Min + ((max - range.Min) * (part / (double)int.MaxValue))));
    }

    private static Gen<string> Whole(OptionRange? range)
        => range is null
            ? Gen.Choose(int.MinValue, int.MaxValue).Select(OptionText.Of)
            : Gen.Choose((int)range.Min, (int)Math.Min(range.Max, int.MaxValue)).Select(OptionText.Of);

    private static string Joined(IEnumerable<string> texts) => string.Join(',', texts);
}
