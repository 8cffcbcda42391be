using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Atelier.Weights;

/// <summary>NumPy's files: an array (.npy), a zip of them (.npz), and pickled dictionaries of them in either.</summary>
internal static partial class NumpyArchive
{
    private const string Extension = ".npy";
    private const int MaxHeaderBytes = 4096;

    /// <summary>The signature of an array file.</summary>
    internal static ReadOnlySpan<byte> Signature => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Whether a zip is one of NumPy's.</summary>
    internal static bool Fits(ZipDirectory zip)
        => zip.Names.Exists(name => name.EndsWith(Extension, StringComparison.Ordinal));

    /// <summary>Finds the arrays of a zip.</summary>
    /// <exception cref="WeightFormatException">The file is damaged.</exception>
    internal static IEnumerable<(string Name, StoredTensor Tensor)> Read(ZipDirectory zip)
        => zip.Names.Where(name => name.EndsWith(Extension, StringComparison.Ordinal)).SelectMany(member =>
            Read(zip.Open(member), member[..^Extension.Length]));

    /// <summary>Finds the array of a file, or those in a pickle that is stored instead.</summary>
    /// <exception cref="WeightFormatException">The file is damaged.</exception>
    internal static IEnumerable<(string Name, StoredTensor Tensor)> Read(ByteSource file, string name)
    {
        ByteCursor cursor = new(file);
        bool isArray = cursor.Take(Signature.Length).SequenceEqual(Signature);
        int version = cursor.ReadByte();
        cursor.Skip(1);
        long length = version == 1 ? cursor.ReadUInt16() : cursor.ReadUInt32();
        if (!isArray || version is < 1 or > 3 || length > MaxHeaderBytes)
        {
            throw new WeightFormatException("numpy: the header is damaged.");
        }

        string header = Encoding.UTF8.GetString(cursor.Take((int)length));
        Match type = TypeField().Match(header), order = OrderField().Match(header), shape = ShapeField().Match(header);
        if (!type.Success || !order.Success || !shape.Success)
        {
            throw new WeightFormatException("numpy: the header has no descr, fortran_order or shape.");
        }

        if (type.Groups["code"].Value == "O")
        {
            return Named(name, PickleTree.Tensors(PickleReader.Read(file, cursor, new NumpyGlobals())));
        }

        NumpyType stored = new(type.Groups["code"].Value, type.Groups["order"].Value == ">");
        StoredTensor tensor = stored.Locate(
            file, cursor.Position, cursor.Left,
            [.. shape.Groups["length"].Captures.Select(length => long.TryParse(
                length.Value, NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? value : -1)],
            order.Groups["columns"].Value == "True");
        return [(name, tensor)];
    }

    private static IEnumerable<(string Name, StoredTensor Tensor)> Named(
        string name, IEnumerable<(string Name, StoredTensor Tensor)> tensors)
        => tensors.Select(each => (
            name.Length == 0 || each.Name.Length == 0 ? name + each.Name : $"{name}.{each.Name}", each.Tensor));

    [GeneratedRegex(@"'descr': *'(?<order>[<>|=]?)(?<code>[a-zA-Z]\d*)'")]
    private static partial Regex TypeField();

    [GeneratedRegex("'fortran_order': *(?<columns>True|False)")]
    private static partial Regex OrderField();

    [GeneratedRegex(@"'shape': *\((?:(?<length>\d+)L?,? *)*\)")]
    private static partial Regex ShapeField();
}

/// <summary>The storage format of a value in NumPy.</summary>
/// <param name="Code">Kind and bytes: f4 is a float.</param>
/// <param name="BigEndian">Whether values are big-endian.</param>
internal readonly record struct NumpyType(string Code, bool BigEndian)
{
    /// <summary>Returns the array at a position.</summary>
    /// <exception cref="WeightFormatException">There are fewer bytes than its shape needs.</exception>
    internal StoredTensor Locate(
        ByteSource bytes, long begin, long length, IReadOnlyList<long> shape, bool columnsFirst)
    {
        WeightType? type = Code switch
        {
            "f2" => WeightType.F16,
            "f4" => WeightType.F32,
            "f8" => WeightType.F64,
            _ => null,
        };
        if (type is null)
        {
            return new StoredTensor(Name, shape);
        }

        long[] strides = columnsFirst
            ? [.. StoredTensor.RowMajor([.. shape.Reverse()]).Reverse()]
            : StoredTensor.RowMajor(shape);
        StoredTensor tensor = new(bytes, begin, type.Value, shape, strides, BigEndian);
        long count = tensor.Shape.Aggregate(1L, (product, axis) => product * axis);
        return count <= length / type.Value.BytesPerValue() ? tensor : throw ByteSource.CutOff();
    }

    private string Name => Code[0] switch
    {
        'i' => $"int{Bits}",
        'u' => $"uint{Bits}",
        'f' => $"float{Bits}",
        'c' => $"complex{Bits}",
        'b' => "bool",
        _ => Code,
    };

    private int Bits => 8 * (Code is [_, >= '1' and <= '9'] ? Code[1] - '0' : 16);
}
