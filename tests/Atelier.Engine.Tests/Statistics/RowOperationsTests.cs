using Atelier.Engine.Statistics;
using Atelier.Testing;

namespace Atelier.Engine.Tests.Statistics;

public sealed class RowOperationsTests
{
    [Fact]
    public void RowOperations_EachLength_ArePlainSums()
    {
        for (int n = 1; n <= 40; n++)
        {
            double[] x = Numbers.NormalDoubles(3, n), y = Numbers.NormalDoubles(4, n), sum = [.. y];

            RowOperations.AddScaled(x, 0.3, sum);

            Assert.Equal(x.Zip(y, (p, q) => p * q).Sum(), RowOperations.Dot(x, y), 1e-12);
            Numbers.AssertClose([.. x.Zip(y, (p, q) => q + (0.3 * p))], sum, 1e-14);
        }
    }
}
