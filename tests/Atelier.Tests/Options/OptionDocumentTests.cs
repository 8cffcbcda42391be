using System.Text;
using Atelier.Options;
using Atelier.Recipes;
using Atelier.Testing;
using Atelier.Video;

namespace Atelier.Tests.Options;

/// <summary>What is published of the table says what the table says.</summary>
public sealed class OptionDocumentTests
{
    private const string Guide = "docs/guide.md", Begin = "<!-- options: begin -->\n", End = "<!-- options: end -->";

    [Fact]
    public void Schema_Published_IsThatOfTheTable()
    {
        if (GeneratedFile.Difference("docs/recipe.schema.json", RecipeSchema.Text) is string difference)
        {
            Assert.Fail(difference);
        }
    }

    [Fact]
    public void Guide_TableOfOptions_IsThatOfTheTable()
    {
        string guide = GeneratedFile.Read(Guide);
        int begin = guide.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        int end = guide.IndexOf(End, StringComparison.Ordinal);

        if (GeneratedFile.Difference(Guide, guide[..begin] + Tables() + guide[end..]) is string difference)
        {
            Assert.Fail(difference);
        }
    }

    private static string Tables()
    {
        StringBuilder text = new();
        foreach (OptionGroup group in Enum.GetValues<OptionGroup>())
        {
            string[] rows =
            [
                .. StylizeOptionTable.All.Where(option => option.Group == group && option.Name != "aspect")
                    .Select(option => Row(option, StylizeOptions.Default)),
                .. VideoOptionTable.All.Where(option => option.Group == group && option.Name != "report")
                    .Select(option => Row(option, VideoOptions.Default)),
            ];
            if (rows.Length > 0)
            {
                text.Append($"\n| {group} | values | default | what it does |\n");
                text.Append("| --- | --- | --- | --- |\n");
                text.AppendJoin('\n', rows).Append('\n');
            }
        }

        return text.Append('\n').ToString();
    }

    private static string Row<TOptions>(OptionDefinition<TOptions> option, TOptions defaults)
    {
        string range = option.Range is OptionRange numbers && option.Kind != OptionKind.Bytes ? $": {numbers}" : "";
        bool isFlag = option.Kind == OptionKind.Switch && defaults is VideoOptions;
        string values = isFlag ? "" : $"`{option.Values.Replace("|", "\\|", StringComparison.Ordinal)}`";
        return $"| `--{option.Name}` | {values}{range} | `{option.Show(defaults)}` | {option.Help} |";
    }
}
