namespace Atelier.Options;

/// <summary>What the value of an option is.</summary>
public enum OptionKind
{
    /// <summary>A number, as in <c>0.5</c>.</summary>
    Number,

    /// <summary>A whole number, as in <c>512</c>.</summary>
    Whole,

    /// <summary>A number of bytes, as in <c>4GB</c>.</summary>
    Bytes,

    /// <summary>One of a few words.</summary>
    Word,

    /// <summary><c>on</c> or <c>off</c>.</summary>
    Switch,

    /// <summary>Layers with optional weights, as in <c>relu1_1=2,relu3_1=1</c>.</summary>
    Layers,

    /// <summary>Numbers, as in <c>1.5,-0.5</c>.</summary>
    NumberList,

    /// <summary>Whole numbers, as in <c>128,256</c>.</summary>
    WholeList,

    /// <summary>One of a few words, or the name or path of a file.</summary>
    WordOrName,
}
