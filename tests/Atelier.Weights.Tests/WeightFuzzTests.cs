using System.Diagnostics;
using System.Globalization;
using Atelier.Networks;
using Atelier.Testing;

namespace Atelier.Weights.Tests;

/// <summary>Damaged files of every kind: whatever the bytes, nothing but <see cref="WeightFormatException"/> escapes,
/// in little time and memory. <c>ATELIER_FUZZ_ROUNDS</c> asks for more than a quick look (200000, say).</summary>
public sealed class WeightFuzzTests
{
    private const int QuickRounds = 1500;
    private const long MostBytesOfRound = 64 << 20;

    private static readonly int Rounds = int.TryParse(
        Environment.GetEnvironmentVariable("ATELIER_FUZZ_ROUNDS"), NumberStyles.None, CultureInfo.InvariantCulture,
        out int rounds) ? rounds : QuickRounds;

    public static TheoryData<string> Files =>
    [
        "half.pth", "caffe_names_legacy.pt", "batch_norm.pth", "strided.pt", "compressed.npz", "orders.npz",
        "dictionary.npy", "lasagne5.pkl", "array.npy", "vgg19.onnx", "weights_vgg16.safetensors", "protocol2.pkl",
        "beside_protocol2.pth", "beside_legacy.pth", "beside_lightning.ckpt", "beside_tags.pth", "quantized.pth",
        "quantized.npz", "hdf5/many-latest.h5",
    ];

    [Theory]
    [MemberData(nameof(Files))]
    public void Read_FlippedBytes_GivesWeightsOrAFormatError(string file)
    {
        byte[] whole = File.ReadAllBytes(Fixture.PathOf("weights", file));
        Random random = new(file.Length);
        Stopwatch watch = Stopwatch.StartNew();
        int refused = 0;
        for (int round = 0; round < Rounds; round++)
        {
            byte[] damaged = [.. whole];
            for (int flips = random.Next(1, 9); flips > 0; flips--)
                damaged[PlaceOf(random, whole.Length)] = (byte)random.Next(256);
            long before = GC.GetAllocatedBytesForCurrentThread();
            refused += Read(damaged) ? 0 : 1;
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostBytesOfRound);
        }

        Assert.InRange(refused, Rounds / 20, Rounds);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 60 + (Rounds / 200));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Read_EveryPrefix_GivesNothingOrAFormatError(string file)
    {
        byte[] whole = File.ReadAllBytes(Fixture.PathOf("weights", file));
        for (int length = 0; length < whole.Length; length += length < 2000 || length > whole.Length - 2000 ? 1 : 97)
        {
            bool isRead = Read(whole[..length]);
            Assert.False(isRead && length < whole.Length - 64, $"{length} of {whole.Length} bytes were taken for all.");
        }
    }

    /// <summary>Half of the damage goes where the structure is: to the beginning and the end.</summary>
    private static int PlaceOf(Random random, int length) => random.Next(4) switch
    {
        0 => random.Next(Math.Min(length, 600)),
        1 => length - 1 - random.Next(Math.Min(length, 3000)),
        _ => random.Next(length),
    };

    /// <returns>Whether every tensor could be read.</returns>
    private static bool Read(byte[] file)
    {
        bool isRead = false;
        try
        {
            using IWeightArchive archive = WeightArchive.Open(new MemoryStream(file)).Archive;
            foreach (ArchivedTensor tensor in archive.Tensors.Where(tensor => tensor.Count < 1_000_000))
                Assert.Equal(tensor.Count, archive.Read(tensor).Length);
            isRead = true;
            VggMapping.Create(archive.Tensors);
        }
        catch (WeightFormatException)
        {
            // The one answer to damage.
        }

        return isRead;
    }
}
