using System.Buffers.Binary;
using Atelier.Imaging.Profiles;
using Atelier.Imaging.Tests.Codecs.Png;
using Atelier.Testing;

namespace Atelier.Imaging.Tests.Profiles;

public sealed class IccReaderTests
{
    [Theory]
    [InlineData(0, new[] { 2.0 }, 0.5, 0.25)]
    [InlineData(1, new[] { 2, 2, -0.5 }, 0.5, 0.25), InlineData(1, new[] { 2, 2, -0.5 }, 0.2, 0.0)]
    [InlineData(2, new[] { 2, 1, -0.25, 0.125 }, 0.5, 0.1875), InlineData(2, new[] { 2, 1, -0.25, 0.125 }, 0.1, 0.125)]
    [InlineData(3, new[] { 2, 1, 0, 0.5, 0.25 }, 0.5, 0.25), InlineData(3, new[] { 2, 1, 0, 0.5, 0.25 }, 0.2, 0.1)]
    [InlineData(4, new[] { 2, 1, 0, 0.5, 0.25, 0.125, 0.0625 }, 0.5, 0.375)]
    [InlineData(4, new[] { 2, 1, 0, 0.5, 0.25, 0.125, 0.0625 }, 0.2, 0.1625)]
    public void Parametric_EveryFormula_GivesItsValue(int type, double[] parameters, float sample, float light)
        => Assert.Equal(light, ToneCurve.Lookup(ToneCurve.Parametric(type, parameters).Linear, sample), 1e-4f);

    [Fact]
    public void FromSamples_BetweenSamples_Interpolates()
    {
        ToneCurve curve = ToneCurve.FromSamples([0, 32_768, 65_535]);

        Assert.Equal(0.25f, ToneCurve.Lookup(curve.Linear, 0.25f), 1e-4f);
        Assert.Equal(0.75f, ToneCurve.Lookup(curve.Encoded, MathF.Sqrt(0.75f)), 1e-4f);
    }

    [Theory]
    [InlineData("RGB ", "RGB", "tables"), InlineData("GRAY", "RGB", "describes GRAY")]
    [InlineData("CMYK", "RGB", "describes CMYK"), InlineData("RGB ", "GRAY", "describes RGB")]
    [InlineData("CMYK", "CMYK", "approximate")]
    public void Accept_ProfileThatCannotBeApplied_IsRefusedWithItsReason(string described, string model, string reason)
    {
        List<string> warnings = [];

        Assert.Null(EmbeddedProfile.Accept(TestProfiles.OfTables(described), model, warnings.Add));

        Assert.Contains(reason, Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(15_999_999, true), InlineData(16_000_001, false)]
    public void Accept_EnormousProfile_IsRefused(int length, bool isAccepted)
    {
        List<string> warnings = [];

        byte[]? accepted = EmbeddedProfile.Accept(TestProfiles.Srgb(length), "RGB", warnings.Add);

        Assert.Equal(isAccepted, accepted is not null);
        Assert.Equal(isAccepted ? [] : ["has 16000001 bytes, more than 16000000, and was ignored"], warnings);
    }

    [Fact]
    public void Decode_CompressedProfileThatExpandsWithoutEnd_IsIgnoredWithAWarning()
    {
        // 64 MiB in 64 kB, of which no more than the budget for metadata is expanded.
        byte[] chunk = [.. "bomb\0\0"u8, .. TestPng.Compress(new byte[64 << 20])];
        byte[] file = new TestPng(2, 1, 8, 2) { Chunks = [("iCCP", chunk)] }.Build();
        long before = GC.GetAllocatedBytesForCurrentThread();

        Picture picture = PictureFile.Decode(file);

        Assert.Contains("exceed", Assert.Single(picture.Warnings), StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 << 20);
    }

    [Fact]
    public void Read_EveryPrefix_IsRefusedOrGivesTheSpace()
    {
        byte[] profile = TestProfiles.DisplayP3;
        for (int length = 0; length < profile.Length; length++)
        {
            Assert.True(IsRefused(profile[..length]) || length > profile.Length - 4);
        }
    }

    [Fact]
    public void Decode_PictureWithDamagedProfile_IsAPictureWithAtMostAWarning()
    {
        Random random = new(4);
        int warned = 0;
        for (int i = 0; i < 1000; i++)
        {
            byte[] profile = [.. TestProfiles.DisplayP3];
            for (int changes = random.Next(1, 6); changes > 0; changes--)
                profile[random.Next(profile.Length)] = (byte)random.Next(256);
            Picture picture = new(2, 1, [0.1f, 0.9f], [0.5f, 0.5f], [1, 0]) { IccProfile = profile };
            using MemoryStream stream = new();
            PictureFile.Save(picture, stream, i % 2 == 0 ? ".png" : ".jpg");

            Picture read = PictureFile.Decode(stream.ToArray());

            Assert.All(read.Planes, plane => Assert.All(plane, sample => Assert.True(float.IsFinite(sample))));
            warned += read.Warnings.Length;
        }

        Assert.InRange(warned, 50, 950);
    }

    [Fact]
    public void Read_ImplausibleProfiles_AreRefused()
    {
        byte[] flat = Changed("rTRC", tag => tag[9..16].Clear()), collinear = Changed("gXYZ", tag => tag[8..].Clear()),
            formula = Changed("rTRC", tag => tag[9] = 9), manyTags = [.. TestProfiles.DisplayP3];
        BinaryPrimitives.WriteInt32BigEndian(manyTags.AsSpan(128), int.MaxValue);

        Assert.All([flat, collinear, formula, manyTags], profile => Assert.True(IsRefused(profile)));
        Assert.Null(IccReader.Read(TestProfiles.OfTables("RGB ")));
    }

    private delegate void Change(Span<byte> tag);

    private static byte[] Changed(string signature, Change change)
    {
        byte[] profile = [.. TestProfiles.DisplayP3];
        int entry = profile.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(signature));
        int offset = BinaryPrimitives.ReadInt32BigEndian(profile.AsSpan(entry + 4));
        change(profile.AsSpan(offset, BinaryPrimitives.ReadInt32BigEndian(profile.AsSpan(entry + 8))));
        return profile;
    }

    private static bool IsRefused(byte[] profile)
    {
        try
        {
            return IccReader.Read(profile) is null;
        }
        catch (ImageFormatException)
        {
            return true;
        }
    }
}
