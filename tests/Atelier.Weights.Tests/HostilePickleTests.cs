using System.Diagnostics;
using System.Text;

namespace Atelier.Weights.Tests;

/// <summary>Pickles that were written to do harm.</summary>
public sealed class HostilePickleTests
{
    private static readonly byte[] Start = [0x80, 2];

    [Theory]
    [InlineData("cos\nsystem\n(U\u0004echotR.", "os.system")]
    [InlineData("cbuiltins\neval\n(U\u00011tR.", "builtins.eval")]
    [InlineData("c__builtin__\ngetattr\n.", "__builtin__.getattr")]
    [InlineData("U\u0002osU\u0006system\u0093.", "os.system")]
    [InlineData("ctorch.storage\n_load_from_bytes\n.", "_load_from_bytes")]
    [InlineData("cnumpy.core.multiarray\nscalar\n.", "scalar")]
    [InlineData("c__torch__.Vgg\nVgg\n)\u0081.", "__torch__")]
    [InlineData("\u0082\u0001.", "0x82")]
    [InlineData("P1\n.", "0x50")]
    [InlineData("(icos\nsystem\n.", "0x69")]
    [InlineData("]]R.", "not a function")]
    [InlineData("cnumpy\ndtype\n)R.", "argument 0")]
    [InlineData("cnumpy.core.multiarray\n_reconstruct\n)R(K\u0001)NNNtb.", "argument")]
    [InlineData("K\u0001}b.", "state")]
    [InlineData("h\u0005.", "never stored")]
    [InlineData("t.", "empty stack")]
    [InlineData("(.", "empty stack")]
    [InlineData("K\u0001K\u0002a.", "not a list")]
    [InlineData("K\u0001K\u0002K\u0003s.", "not a dictionary")]
    [InlineData("}(K\u0001u.", "a key without a value")]
    [InlineData("K\u0001Q.", "outside itself")]
    [InlineData("T\u00ff\u00ff\u00ff\u00ff.", "truncated")]
    [InlineData("\u008d\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff.", "truncated")]
    [InlineData("\u008a\u00ff.", "truncated")]
    [InlineData("\u008b\u00ff\u00ff\u00ff\u00ff.", "truncated")]
    [InlineData("(o.", "not a function")]
    [InlineData("(K\u0001o.", "not a function")]
    [InlineData("K\u0001)\u0081.", "not a function")]
    [InlineData("(cos\nsystem\nU\u0004echoo.", "os.system")]
    [InlineData("cos\nsystem\n)}\u0092.", "os.system")]
    [InlineData("}U\u0001acos\nsystem\n)Rs.", "os.system")]
    [InlineData("\u008f(K\u0001\u0090.", "type 'set'")]
    [InlineData("c_codecs\nencode\n(X\u0003\u0000\u0000\u0000\u00e2\u0082\u00actR.", "other characters")]
    [InlineData("c_codecs\nencode\n(X\u0001\u0000\u0000\u0000\u00c3tR.", "truncated")]
    [InlineData("c_codecs\nencode\n(X\u0002\u0000\u0000\u0000\u00c3atR.", "other characters")]
    [InlineData("c_codecs\nencode\n)R.", "argument 0")]
    [InlineData("\u0080\u0009.", "protocol")]
    public void Open_PickleThatWantsMore_IsRefused(string rest, string part)
    {
        WeightFormatException error = Assert.Throws<WeightFormatException>(() => Open(Bytes(rest)));
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_ObjectsOfTooManyTypes_AreRefused()
    {
        string classes = string.Concat(Enumerable.Range(0, 10_001).Select(i => $"cm\nC{i}\n0"));
        WeightFormatException error = Assert.Throws<WeightFormatException>(() => Open(Bytes(classes + "].")));
        Assert.Contains("more than 10000 types", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_LongNamesOnTheStack_AreRefused()
    {
        string name = "X\u0000\u0003\u0000\u0000" + new string('a', 768);
        WeightFormatException error =
            Assert.Throws<WeightFormatException>(() => Open(Bytes($"{name}{name}\u0093.")));
        Assert.Contains("name that is too long", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_ListsThatHoldEachOtherTwice_AreEnteredOnce()
    {
        StringBuilder laughs = new("]q\u0001");
        for (int level = 1; level < 100; level++)
            laughs.Append($"](h{(char)level}h{(char)level}eq{(char)(level + 1)}");
        using IWeightArchive archive = Open(Bytes(laughs + "."));
        Assert.Empty(archive.Tensors);
    }

    [Fact]
    public void Open_ListThatHoldsItself_IsRead()
    {
        using IWeightArchive archive = Open(Bytes("]q\u0001h\u0001a."));
        Assert.Empty(archive.Tensors);
    }

    [Theory]
    [InlineData("]", ""), InlineData("]", "\u0085"), InlineData("}(", ""), InlineData("(", "")]
    [InlineData("N", "\u0085")]
    public void Open_MillionsOfSteps_EndSoon(string step, string last)
    {
        byte[] bytes = Bytes(string.Concat(Enumerable.Repeat(step + last, 3_000_000)) + ".");
        long before = GC.GetAllocatedBytesForCurrentThread();
        Stopwatch watch = Stopwatch.StartNew();

        Assert.Throws<WeightFormatException>(() => Open(bytes));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 256 << 20);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 20);
    }

    [Fact]
    public void Open_DeeplyNestedLists_DoNotOverflowTheStack()
    {
        byte[] bytes = Bytes(
            string.Concat(Enumerable.Repeat("]", 200_000)) + string.Concat(Enumerable.Repeat("a", 199_999)) + ".");
        using IWeightArchive archive = Open(bytes);
        Assert.Empty(archive.Tensors);
    }

    [Theory]
    [InlineData("(K\u0003K\u0003t", "(K\u0003K\u0001t", "K\u0001", "truncated")]
    [InlineData("(J\u00ff\u00ff\u00ff\u007fJ\u00ff\u00ff\u00ff\u007ft", "(K\u0000K\u0000t", "K\u0000", "too large")]
    [InlineData("(J\u00ff\u00ff\u00ff\u00fft", "(K\u0001t", "K\u0000", "too large")]
    [InlineData("(K\u0002t", "(J\u00ff\u00ff\u00ff\u00fft", "K\u0004", "strides")]
    [InlineData("(K\u0002t", "(\u008a\u0008\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007ft", "K\u0000", "truncated")]
    [InlineData("(K\u0002t", "(K\u0001t", "\u008a\u0008\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f", "truncated")]
    [InlineData("(K\u0002t", "(K\u0001t", "J\u00ff\u00ff\u00ff\u00ff", "truncated")]
    [InlineData("(K\u0002t", "(K\u0001K\u0001t", "K\u0000", "strides")]
    [InlineData("(tK\u0002", "(t", "K\u0000", "argument")]
    public void Open_TensorThatLies_IsRefused(string shape, string strides, string offset, string part)
    {
        WeightFormatException error = Assert.Throws<WeightFormatException>(
            () => Open(Legacy(shape, strides, offset)));
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OneValueSeenManyTimes_TakesNoMoreThanItsShape()
    {
        using IWeightArchive archive = Open(Legacy("(K\u0005K\u0003t", "(K\u0000K\u0000t", "K\u0001"));
        Assert.Equal(Enumerable.Repeat(2f, 15), archive.Read(archive.Tensors[0]));
    }

    [Fact]
    public void Read_ValuesFarApart_IsRefused()
    {
        byte[] file = Legacy("(K\u0002t", "(J\u00c0\u00c6\u002d\u0000t", "K\u0000", 4_000_000);
        using IWeightArchive archive = Open(file);
        WeightFormatException error =
            Assert.Throws<WeightFormatException>(() => archive.Read(archive.Tensors[0]));
        Assert.Contains("spread", error.Message, StringComparison.Ordinal);
    }

    /// <summary>A file of the old format with one tensor over four values, 1 to 4, or over many zeros.</summary>
    private static byte[] Legacy(string shape, string strides, string offset, int count = 4)
    {
        string magic = "\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019", version = "M\u00e9\u0003.", facts = "}.";
        string tensor = "ctorch._utils\n_rebuild_tensor_v2\n("
            + "(U\u0007storagectorch\nFloatStorage\nU\u00010U\u0003cpuK\u0004NtQ" + offset + shape + strides
            + "\u0089ccollections\nOrderedDict\n)RtR.";
        float[] values = new float[count];
        for (int i = 0; i < 4; i++)
            values[i] = count == 4 ? i + 1 : 0;
        return
        [
            .. Bytes(magic + "."), .. Bytes(version), .. Bytes(facts), .. Bytes(tensor), .. Bytes("](U\u00010e."),
            .. BitConverter.GetBytes((long)count), .. values.SelectMany(BitConverter.GetBytes),
        ];
    }

    private static byte[] Bytes(string rest) => [.. Start, .. rest.Select(letter => (byte)letter)];

    private static IWeightArchive Open(byte[] bytes) => WeightArchive.Open(new MemoryStream(bytes)).Archive;
}
