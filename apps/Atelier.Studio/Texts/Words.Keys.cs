namespace Atelier.Studio.Texts;

/// <content>What shortcuts do.</content>
internal static partial class Words
{
    public static string KeyMask => Get();
    public static string KeyMaskTools => Get();
    public static string KeyBrushSize => Get();
    public static string KeyBrushSoftness => Get();
    public static string KeyMaskSwap => Get();
    public static string KeyMaskOverlay => Get();
    public static string KeyMaskInvert => Get();
    public static string KeyMaskUndo => Get();
    public static string KeyStep => Get();
    public static string KeyOpen => Get();
    public static string KeyClose => Get();
    public static string KeyStar => Get();
    public static string KeyPick => Get();
    public static string KeyDelete => Get();
    public static string KeyTakeBack => Get();
    public static string KeySearch => Get();
    public static string KeyPlay => Get();
    public static string KeyFrame => Get();
    public static string KeyRange => Get();
    public static string KeyTryFrame => Get();
    public static string KeyPause => Get();
    public static string KeyCompare => Get();
    public static string KeyBeside => Get();
    public static string KeyPaintingOnly => Get();
    public static string KeyZoom => Get();
    public static string KeyFit => Get();
    public static string KeyPixels => Get();
    public static string KeyMove => Get();
    public static string KeyUndo => Get();
    public static string KeySave => Get();
    public static string KeyPanel => Get();
    public static string KeyTheme => Get();
    public static string KeyHelp => Get();
    public static string KeyNextLesson => Get();
    public static string KeyPreviousLesson => Get();
    public static string KeyAgain => Get();
    public static string KeyMoveAmongDrafts => Get();
    public static string KeyGoOnFrom => Get();
    public static string KeyKeepDraft => Get();
    public static string KeyStyle => Get();
    public static string KeyBlend => Get();
    public static string KeyRename => Get();
    public static string KeyMoveAmongJobs => Get();
    public static string KeyPressJob => Get();
}
