using System.Net;
using Atelier.Studio.Api;
using Microsoft.AspNetCore.Http;

namespace Atelier.Studio.Hosting;

/// <summary>Lets only requests in that come from the studio's own pages: other sites that a browser shows can send
/// requests to this machine too, and other machines if the studio listens to them.</summary>
/// <param name="host">The address that the studio listens on.</param>
/// <param name="token">What a browser must know; null if this machine alone can connect.</param>
internal sealed class RequestGuard(IPAddress host, string? token)
{
    private const string Cookie = "atelier-token", Query = "token", Bearer = "Bearer ";

    // Scripts, styles and pictures of the studio alone; pictures may be made by its scripts.
    private const string ContentPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; media-src 'self'; " +
        "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'none'";

    /// <summary>Creates a token that cannot be guessed.</summary>
    public static string CreateToken() => Guid.NewGuid().ToString("N");

    public async Task Invoke(HttpContext context, RequestDelegate next)
    {
        HttpRequest request = context.Request;
        SetHeaders(context.Response.Headers);
        if (!IsOwnName(request.Host.Host))
        {
            await Refuse(context, StatusCodes.Status421MisdirectedRequest,
                "This address does not belong to the studio; open the one that 'atelier studio' shows.");
        }
        else if (IsForeign(request))
        {
            await Refuse(context, StatusCodes.Status403Forbidden, "Another site may not send requests to the studio.");
        }
        else if (token is not null && IsToken(request.Query[Query]))
        {
            context.Response.Cookies.Append(Cookie, token, new CookieOptions
            {
                HttpOnly = true,
                SameSite = SameSiteMode.Strict,
                IsEssential = true,
            });
            context.Response.Redirect(request.Path.HasValue ? request.Path.Value : "/");
        }
        else if (token is not null && !IsToken(request.Cookies[Cookie]) && !IsToken(BearerOf(request)))
        {
            await Refuse(context, StatusCodes.Status401Unauthorized,
                "The studio needs its token; open the whole address that 'atelier studio' shows.");
        }
        else
        {
            await next(context);
        }
    }

    /// <summary>Whether a host name is one by which the studio is reached. Names that anybody could register are not,
    /// because they may lead here although the page is another's (DNS rebinding).</summary>
    private bool IsOwnName(string name)
        => name.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(name.Trim('[', ']'), out IPAddress? address)
                && (IPAddress.IsLoopback(address) || address.Equals(host) || IsAny))
            || (!IPAddress.IsLoopback(host) && name.Equals(Dns.GetHostName(), StringComparison.OrdinalIgnoreCase));

    private bool IsAny => host.Equals(IPAddress.Any) || host.Equals(IPAddress.IPv6Any);

    /// <summary>Whether a page of another origin sends the request. Following a link from one is allowed.</summary>
    private static bool IsForeign(HttpRequest request)
    {
        string? origin = request.Headers.Origin;
        bool isForeign = origin is not null
            && !(Uri.TryCreate(origin, UriKind.Absolute, out Uri? uri) && uri.Authority == request.Host.Value);
        string? site = request.Headers["Sec-Fetch-Site"];
        bool isLink = HttpMethods.IsGet(request.Method) && request.Headers["Sec-Fetch-Mode"] == "navigate";
        return isForeign || (site is not (null or "same-origin" or "none") && !isLink);
    }

    private static string? BearerOf(HttpRequest request)
        => request.Headers.Authorization.ToString() is string given
            && given.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
                ? given[Bearer.Length..]
                : null;

    /// <summary>Whether a text is the token. The time that this takes does not tell how much of it was
    /// right.</summary>
    private bool IsToken(string? given)
        => given?.Length == token!.Length && given.Zip(token).Sum(pair => pair.First ^ pair.Second) == 0;

    private static void SetHeaders(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = ContentPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
    }

    private static Task Refuse(HttpContext context, int status, string reason)
    {
        context.Response.Headers.Connection = "close";
        if (context.Request.Path.StartsWithSegments(StudioApi.Root))
        {
            return new ApiProblem(status, "request.refused", reason).ToResult(context).ExecuteAsync(context);
        }

        context.Response.StatusCode = status;
        return context.Response.WriteAsync(reason);
    }
}
