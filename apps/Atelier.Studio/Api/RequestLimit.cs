namespace Atelier.Studio.Api;

/// <summary>Limits how many requests of a kind are answered or wait at once. One more is refused, before what it sends
/// is read.</summary>
/// <param name="most">The number.</param>
/// <param name="what">What they are, such as <c>jobs</c>.</param>
/// <param name="code">The code of the problem.</param>
internal sealed class RequestLimit(int most, string what, string code)
{
    private int _count;

    /// <summary>The problem of a request that must be sent again later.</summary>
    internal ApiException Problem => new(new ApiProblem(429, code, $"{most} {what} are waiting already.")
    {
        Remedy = "send the request again when some of them are done",
        RetryAfter = 10,
    });

    /// <summary>Checks that there is place for one more.</summary>
    /// <param name="waiting">How many there are.</param>
    /// <exception cref="ApiException">There is none.</exception>
    internal void Require(int waiting)
    {
        if (waiting >= most)
        {
            throw Problem;
        }
    }

    /// <summary>Takes a place.</summary>
    /// <returns>Gives the place back when it is disposed.</returns>
    /// <exception cref="ApiException">There is none.</exception>
    internal IDisposable Enter()
    {
        if (Interlocked.Increment(ref _count) > most)
        {
            Interlocked.Decrement(ref _count);
            throw Problem;
        }

        return new Place(this);
    }

    private sealed class Place(RequestLimit limit) : IDisposable
    {
        private RequestLimit? _limit = limit;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _limit, null) is RequestLimit left)
            {
                Interlocked.Decrement(ref left._count);
            }
        }
    }
}
