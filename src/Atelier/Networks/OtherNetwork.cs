using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Atelier.Weights;

namespace Atelier.Networks;

/// <summary>Says what a weight file that contains no VGG seems to contain, by the names and shapes of its
/// tensors.</summary>
internal static partial class OtherNetwork
{
    private const string Remedy = "An encoder is needed: VGG-19 or VGG-16, for example the published 'vgg19'.";

    // One such convolution may also read gray pictures.
    private const int MinDepthwise = 3;

    // The most telling names come first: a diffusion model also contains a transformer.
    private static readonly (Regex Names, string Kind)[] ByNames =
    [
        (Adapters(), "an adapter (LoRA), a small addition to another network"),
        (Diffusion(), "a diffusion model"),
        (Transformer(), "a transformer"),
        (DenseNet(), "a DenseNet"),
        (Inception(), "an Inception network"),
        (SqueezeNet(), "a SqueezeNet"),
        (ResNet(), "a residual network (ResNet)"),
    ];

    /// <summary>Returns why the tensors are not a VGG, with what they seem to be; null if that is unclear.</summary>
    internal static string? Describe(ImmutableArray<ArchivedTensor> tensors)
    {
        (string Kind, ArchivedTensor Sign)? found = ByShapes(tensors) ?? ByNames
            .Select(known => (known.Kind, Sign: tensors.FirstOrDefault(tensor => known.Names.IsMatch(tensor.Name))!))
            .Where(known => known.Sign is not null)
            .Cast<(string Kind, ArchivedTensor Sign)?>()
            .FirstOrDefault();
        return found is (string kind, ArchivedTensor sign)
            ? $"is not a VGG network; it seems to be {kind}, because of '{sign.Name}' [" +
                $"{string.Join(", ", sign.Shape)}]. {Remedy}"
            : null;
    }

    /// <summary>Returns why convolutions of other types are not read; null if there are none.</summary>
    internal static string? DescribeUnread(ReadOnlySpan<UnreadTensor> tensors)
    {
        foreach (UnreadTensor tensor in tensors)
        {
            if (VggConvolution.OrderOf(tensor.Shape) is not null)
            {
                return $"stores its weights as {tensor.Type} ('{tensor.Name}'), as quantized networks do, which is " +
                    "not supported. Use the original network, with weights in floating point of 16 or 32 bits.";
            }
        }

        return null;
    }

    /// <summary>Judges by what the first and last convolution read and write, in the order of the file.</summary>
    private static (string Kind, ArchivedTensor Sign)? ByShapes(ImmutableArray<ArchivedTensor> tensors)
    {
        (ArchivedTensor Tensor, int Outputs, int Inputs)[] convolutions =
            [.. tensors.Select(tensor => (tensor, tensor.Shape)).Select(each => each.Shape switch
            {
                [int outputs, int inputs, int rows, int columns] when rows == columns && rows is > 1 and < 16 =>
                    (each.tensor, outputs, inputs),
                [int rows, int columns, int inputs, int outputs] when rows == columns && rows is > 1 and < 16 =>
                    (each.tensor, outputs, inputs),
                _ => (each.tensor, 0, 0),
            }).Where(each => each.Item2 > 0)];
        if (convolutions.Length < 2)
        {
            return null;
        }

        ArchivedTensor? depthwise = convolutions.Where(each => each is { Inputs: 1, Outputs: > 3 })
            .Skip(MinDepthwise - 1).FirstOrDefault().Tensor;
        bool readsPicture = convolutions.Any(each => each.Inputs == 3 && each.Outputs > 3);
        ArchivedTensor? painter = convolutions.FirstOrDefault(each => each.Outputs == 3 && each.Inputs > 3).Tensor;
        return (readsPicture, painter, depthwise) switch
        {
            (true, ArchivedTensor sign, _) =>
                ("a network that turns pictures into pictures, such as those of fast style transfer", sign),
            (false, ArchivedTensor sign, _) => ("a decoder, which turns features into pictures", sign),
            (_, null, ArchivedTensor sign) => ("a network of depthwise convolutions, such as MobileNet", sign),
            _ => null,
        };
    }

    [GeneratedRegex(@"lora_(up|down|A|B)\b|\.lora_")]
    private static partial Regex Adapters();

    [GeneratedRegex(@"diffusion_model|(^|\.)(down|up)_blocks\.|time_embed")]
    private static partial Regex Diffusion();

    [GeneratedRegex(@"attn|attention|transformer|embed_tokens|(^|\.)wte\.|(^|\.)(q|k|v|query|key)(_proj)?\.weight")]
    private static partial Regex Transformer();

    [GeneratedRegex("denseblock")]
    private static partial Regex DenseNet();

    [GeneratedRegex(@"inception|(^|[./])Mixed_\d", RegexOptions.IgnoreCase)]
    private static partial Regex Inception();

    [GeneratedRegex(@"(^|\.)(fire\d*|squeeze)\b")]
    private static partial Regex SqueezeNet();

    [GeneratedRegex(@"(^|\.)layer\d+\.\d+\.(conv\d|bn\d|downsample)|(^|[./_])res(net|\d[a-f]_)|(^|\.)downsample\.")]
    private static partial Regex ResNet();
}
