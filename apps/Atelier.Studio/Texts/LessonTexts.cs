using System.Resources;

namespace Atelier.Studio.Texts;

/// <summary>The texts of the lessons, from LessonTexts.resx. Words between asterisks are stressed, those between
/// backquotes are values; a paragraph after an equals sign is a formula's name.</summary>
internal static class LessonTexts
{
    private static readonly ResourceManager Resources =
        new(typeof(LessonTexts).FullName!, typeof(LessonTexts).Assembly);

    /// <summary>The question that a lesson answers.</summary>
    public static string TitleOf(string lesson) => Get($"{lesson}.title");

    /// <summary>What is done in a lesson, as a sentence.</summary>
    public static string SummaryOf(string lesson) => Get($"{lesson}.summary");

    /// <summary>The paragraphs of a lesson.</summary>
    public static string[] ParagraphsOf(string lesson) => Get($"{lesson}.text").Split("\n\n");

    /// <summary>What a person may try.</summary>
    public static string[] PromptsOf(string lesson) => Get($"{lesson}.try").Split('\n');

    /// <summary>The label of a control.</summary>
    public static string LabelOf(string control) => Get($"control.{control}");

    /// <summary>A value of a control; itself, if it needs no text.</summary>
    public static string ValueOf(string control, string value)
        => Resources.GetString($"control.{control}.{value}") ?? value;

    /// <summary>The caption of a small painting.</summary>
    public static string CaptionOf(string panel) => Get($"panel.{panel}");

    private static string Get(string key)
        => Resources.GetString(key) ?? throw new InvalidOperationException($"There is no text '{key}'.");
}
