using Atelier.Weights.Hdf5;

namespace Atelier.Weights.Tests.Hdf5;

public sealed class Lookup3Tests
{
    // Values that the author of the hash publishes with it.
    [Theory]
    [InlineData("", 0xDEADBEEF)]
    [InlineData("Four score and seven years ago", 0x17770551)]
    public void Hash_PublishedExample_HasItsValue(string text, uint expected)
        => Assert.Equal(expected, Lookup3.Hash(System.Text.Encoding.ASCII.GetBytes(text)));
}
