using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Atelier.Options;

namespace Atelier.Cli.Commands;

/// <summary>One option of the command line and the property of <see cref="StylizeOptions"/> behind it.</summary>
/// <param name="Name">The option, as in <c>--size</c>.</param>
/// <param name="Values">What may follow, for the help.</param>
/// <param name="Help">What it does.</param>
/// <param name="Show">The written value; what <paramref name="Set"/> reads back.</param>
/// <param name="Set">The options with a written value; throws <see cref="FormatException"/> for one that does not fit.
/// </param>
internal sealed record Knob(
    string Name, string Values, string Help,
    Func<StylizeOptions, string> Show, Func<StylizeOptions, string, StylizeOptions> Set)
{
    private const string On = "on";
    private const string Off = "off";

    /// <summary>The words that may follow, for completion.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>Whether it shapes the objective, and so concerns <c>evaluate</c>.</summary>
    public bool ShapesObjective { get; init; }

    /// <summary>What the option means when no value follows; null when one must.</summary>
    public string? Alone { get; init; }

    /// <summary>The option of a command line.</summary>
    /// <param name="name">What it is called there; null for the knob's own name.</param>
    /// <param name="defaults">The options that hold when nothing is given; null for the usual ones.</param>
    public Option<string> CreateOption(string? name = null, StylizeOptions? defaults = null)
    {
        Option<string> option = new(name ?? Name)
        {
            Description = Help,
            HelpName = Values,
            DefaultValueFactory = _ => Show(defaults ?? StylizeOptions.Default),
        };
        if (Alone is not null)
        {
            option.Arity = ArgumentArity.ZeroOrOne;
        }

        option.Validators.Add(result =>
        {
            try
            {
                if (result.Tokens is [{ Value: string text }])
                {
                    Set(StylizeOptions.Default, text);
                }
            }
            catch (FormatException error)
            {
                result.AddError($"{name ?? Name}: {error.Message}");
            }
        });
        option.CompletionSources.Add([.. Words]);
        return option;
    }

    public static Knob Number(
        string name, string help, Func<StylizeOptions, double> get, Func<StylizeOptions, double, StylizeOptions> set)
        => new(name, "X", help, options => Text(get(options)), (options, text) => set(options, ParseNumber(text)));

    public static Knob Whole(
        string name, string help, Func<StylizeOptions, int> get, Func<StylizeOptions, int, StylizeOptions> set)
        => new(name, "N", help, options => Text(get(options)), (options, text) => set(options, ParseWhole(text)));

    public static Knob Choice<TKind>(
        string name, string help, Func<StylizeOptions, TKind> get, Func<StylizeOptions, TKind, StylizeOptions> set)
        where TKind : struct, Enum
        => new(name, string.Join('|', OptionWords.All<TKind>()), help,
            options => OptionWords.Of(get(options)),
            (options, text) => set(options, OptionWords.Parse<TKind>(text)))
        {
            Words = OptionWords.All<TKind>(),
        };

    /// <summary>Something to turn on, by the option alone, or off.</summary>
    public static Knob Switch(
        string name, string help, Func<StylizeOptions, bool> get, Func<StylizeOptions, bool, StylizeOptions> set)
        => new(name, $"{On}|{Off}", help,
            options => get(options) ? On : Off,
            (options, text) => set(options, IsWord(text, On) || (IsWord(text, Off) ? false
                : throw new FormatException($"'{text}' is neither {On} nor {Off}."))))
        {
            Words = [On, Off],
            Alone = On,
        };

    public static Knob LayerList(
        string name, string help,
        Func<StylizeOptions, LayerSelection> get, Func<StylizeOptions, LayerSelection, StylizeOptions> set)
        => new(name, "LAYERS", help,
            options => get(options).ToString(), (options, text) => set(options, LayerSelection.Parse(text)))
        {
            Words = ["all"],
        };

    /// <summary>A list of numbers, or a word that stands for the empty one.</summary>
    public static Knob NumberList<T>(
        string name, string help, string emptyWord, Func<string, T> parse,
        Func<StylizeOptions, ImmutableArray<T>> get, Func<StylizeOptions, ImmutableArray<T>, StylizeOptions> set)
        where T : IFormattable
        => new(name, $"{emptyWord}|N,N,...", help,
            options => get(options).IsEmpty ? emptyWord : string.Join(',', get(options).Select(Text)),
            (options, text) => set(options, IsWord(text, emptyWord) ? [] : [.. text.Split(',').Select(parse)]))
        {
            Words = [emptyWord],
        };

    /// <summary>A number, or a word that stands for none.</summary>
    public static Knob Optional<T>(
        string name, string values, string help, string noneWord, Func<string, T> parse,
        Func<StylizeOptions, T?> get, Func<StylizeOptions, T?, StylizeOptions> set) where T : struct, IFormattable
        => new(name, values, help,
            options => get(options) is T value ? Text(value) : noneWord,
            (options, text) => set(options, IsWord(text, noneWord) ? null : parse(text)))
        {
            Words = [noneWord],
        };

    public static int ParseWhole(string text)
        => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
            ? value
            : throw new FormatException($"'{text}' is not a whole number that fits; write one like 512.");

    public static double ParseNumber(string text)
        => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            && double.IsFinite(value)
            ? value
            : throw new FormatException($"'{text}' is not a number; write one like 0.5.");

    /// <summary>A number of bytes, as in 4GB, 1.5GB or 700MB.</summary>
    public static long ParseBytes(string text)
    {
        (string unit, double factor)[] units = [("KB", 1e3), ("MB", 1e6), ("GB", 1e9), ("TB", 1e12), ("", 1)];
        (string unit, double factor) =
            units.First(each => text.EndsWith(each.unit, StringComparison.OrdinalIgnoreCase));
        return double.TryParse(
            text[..^unit.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number)
            && number * factor < long.MaxValue
            ? (long)(number * factor)
            : throw new FormatException($"'{text}' is not an amount of memory; write one like 4GB or 700MB.");
    }

    private static bool IsWord(string text, string word) => text.Equals(word, StringComparison.OrdinalIgnoreCase);

    private static string Text<T>(T value) where T : IFormattable => value.ToString(null, CultureInfo.InvariantCulture);
}
