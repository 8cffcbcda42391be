using System.Text;

namespace Atelier.Weights;

/// <summary>The initializers of an ONNX model: a protocol buffer, of which only the fields that lead to tensors are
/// read (field numbers from onnx.proto).</summary>
internal static class OnnxArchive
{
    private const int GraphOfModel = 7, InitializerOfGraph = 5;
    private const int DimensionsOfTensor = 1, TypeOfTensor = 2, FloatsOfTensor = 4, NameOfTensor = 8;
    private const int BytesOfTensor = 9, DoublesOfTensor = 10, PlaceOfTensor = 14;
    private const int MaxNameBytes = 1024, MaxDimensions = 8;

    /// <summary>Finds the initializers.</summary>
    /// <exception cref="WeightFormatException">The file is damaged or not a model.</exception>
    internal static IEnumerable<(string Name, StoredTensor Tensor)> Read(ByteSource file)
    {
        ProtobufReader model = new(file, 0, file.Length);
        bool hasGraph = false, hasWeights = false;
        while (model.Next())
        {
            if (model.IsBytes(GraphOfModel))
            {
                hasGraph = true;
                ProtobufReader graph = model.Inside();
                while (graph.Next())
                {
                    if (graph.IsBytes(InitializerOfGraph)
                        && Tensor(file, graph.Inside()) is { } found)
                    {
                        // A shape or an index is no weight.
                        hasWeights |= found.Tensor is { UnreadType: null } or { Shape.Length: > 1 };
                        yield return found;
                    }
                }
            }
        }

        if (!hasGraph)
        {
            throw new WeightFormatException("onnx: there is no graph, so this is not a model, or the file is " +
                "truncated.");
        }

        if (!hasWeights)
        {
            throw new WeightFormatException("onnx: this is a model without weights: its graph has no initializers. " +
                "Export it again with them: torch.onnx.export(..., export_params=True).");
        }
    }

    private static (string Name, StoredTensor Tensor)? Tensor(ByteSource file, ProtobufReader tensor)
    {
        List<long> shape = [];
        string name = "";
        long number = 0;
        (long Begin, long Length)? values = null;
        bool isElsewhere = false;
        while (tensor.Next())
        {
            switch (tensor.Field)
            {
                case DimensionsOfTensor: shape.AddRange(tensor.Integers(MaxDimensions + 1)); break;
                case TypeOfTensor: number = tensor.Integer; break;
                case NameOfTensor: name = Encoding.UTF8.GetString(tensor.Bytes(MaxNameBytes)); break;
                case FloatsOfTensor or BytesOfTensor or DoublesOfTensor: values = tensor.Range; break;
                case PlaceOfTensor: isElsewhere = tensor.Integer != 0; break;
            }

            if (shape.Count > MaxDimensions)
            {
                throw new WeightFormatException($"onnx: a tensor has more than {MaxDimensions} axes.");
            }
        }

        if (values is null && shape.Contains(0))
        {
            return null;
        }

        if (TypeOf(number) is not WeightType type)
        {
            return (name, new StoredTensor(NameOf(number), shape));
        }

        if (isElsewhere || values is null)
        {
            throw new WeightFormatException(
                $"onnx: the values of '{name}' are in another file, or stored in an unsupported way. Save the model " +
                "with its values as raw data in one file.");
        }

        StoredTensor stored = new(file, values.Value.Begin, type, shape, StoredTensor.RowMajor(shape));
        long count = stored.Shape.Aggregate(1L, (product, length) => product * length);
        return count * type.BytesPerValue() == values.Value.Length ? (name, stored) : throw ByteSource.CutOff();
    }

    private static WeightType? TypeOf(long number) => number switch
    {
        1 => WeightType.F32,
        10 => WeightType.F16,
        11 => WeightType.F64,
        16 => WeightType.BF16,
        _ => null,
    };

    private static string NameOf(long number) => number switch
    {
        2 => "uint8",
        3 => "int8",
        6 => "int32",
        7 => "int64",
        9 => "bool",
        17 or 18 or 19 or 20 => "float8",
        21 or 22 => "int4",
        _ => $"type {number}",
    };
}
