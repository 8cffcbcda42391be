namespace Atelier.Options;

/// <summary>The kind of an option's values.</summary>
public enum OptionKind
{
    /// <summary>A number, such as <c>0.5</c>.</summary>
    Number,

    /// <summary>A whole number, such as <c>512</c>.</summary>
    Whole,

    /// <summary>A number of bytes, such as <c>4GB</c>.</summary>
    Bytes,

    /// <summary>One of several text values.</summary>
    Word,

    /// <summary><c>on</c> or <c>off</c>.</summary>
    Switch,

    /// <summary>Layers with optional weights, such as <c>relu1_1=2,relu3_1=1</c>.</summary>
    Layers,

    /// <summary>A list of numbers, such as <c>1.5,-0.5</c>.</summary>
    NumberList,

    /// <summary>A list of whole numbers, such as <c>128,256</c>.</summary>
    WholeList,

    /// <summary>One of several text values, or the name or path of a file.</summary>
    WordOrName,
}
