using Atelier.Options;
using Atelier.Studio.Texts;

namespace Atelier.Studio.Components;

/// <summary>The names of groups of options.</summary>
internal static class GroupNames
{
    /// <summary>Returns the name of a group.</summary>
    public static string Of(OptionGroup group) => group switch
    {
        OptionGroup.Basic => Words.GroupBasic,
        OptionGroup.Style => Words.GroupStyle,
        OptionGroup.Content => Words.GroupContent,
        OptionGroup.Color => Words.GroupColor,
        OptionGroup.Where => Words.GroupWhere,
        OptionGroup.How => Words.GroupHow,
        OptionGroup.Video => Words.GroupVideo,
        OptionGroup.Output => Words.GroupOutput,
        _ => throw new ArgumentOutOfRangeException(nameof(group), group, "There is no such group."),
    };
}
