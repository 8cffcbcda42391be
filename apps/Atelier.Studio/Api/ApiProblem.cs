using System.Globalization;
using Atelier.Imaging;
using Atelier.Weights;
using Atelier.Workshop;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Atelier.Studio.Api;

/// <summary>An error as the API answers it: problem details of RFC 9457, with what the library knows of it.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">A stable identifier, such as <c>image.format</c>.</param>
/// <param name="Detail">A sentence that says what is wrong.</param>
internal sealed record ApiProblem(int Status, string Code, string Detail)
{
    private const string MediaTypeName = "application/problem+json";

    /// <summary>The kind of problem: none but that of the status.</summary>
    public string Type { get; } = "about:blank";

    /// <summary>The status in words.</summary>
    public string Title => ReasonPhrases.GetReasonPhrase(Status);

    /// <summary>What to do next; null if nothing is known to help.</summary>
    public string? Remedy { get; init; }

    /// <summary>Seconds after which the request may be sent again; null if waiting does not help.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>What is wrong with each option or input.</summary>
    public IReadOnlyList<Problem> Problems { get; init; } = [];

    internal static string MediaType => MediaTypeName;

    internal static ApiException Usage(string option, string fault, string remedy)
        => Of(StatusCodes.Status400BadRequest, [new Problem(option, fault, remedy)]);

    internal static ApiException NotFound(string what, string remedy)
        => new(new ApiProblem(StatusCodes.Status404NotFound, "missing", what) { Remedy = remedy });

    internal static ApiException Conflict(string code, string what, string remedy)
        => new(new ApiProblem(StatusCodes.Status409Conflict, code, what) { Remedy = remedy });

    internal static ApiException Of(int status, IReadOnlyList<Problem> problems)
        => new(new ApiProblem(status, "options", string.Join(' ', problems)) { Problems = problems });

    /// <summary>Converts an error; null if nothing is known about it.</summary>
    internal static ApiProblem? From(Exception error) => error switch
    {
        ApiException known => known.Problem,
        OptionsException options => Of(StatusCodes.Status400BadRequest, options.Problems).Problem,
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => TooLarge,
        BadHttpRequestException request => new(request.StatusCode, "request", request.Message),
        InvalidDataException form => new(StatusCodes.Status400BadRequest, "request", form.Message),
        AtelierException or IOException or UnauthorizedAccessException or OutOfMemoryException
            => From(Failure.FromException(error), error),
        _ => null,
    };

    internal static ApiProblem TooLarge => new(
        StatusCodes.Status413PayloadTooLarge, "request.size", "The request is larger than the studio accepts.")
    {
        Remedy = "send smaller files",
    };

    /// <summary>Returns the answer, and sets its headers.</summary>
    internal IResult ToResult(HttpContext context)
    {
        context.Response.Headers.RetryAfter = RetryAfter?.ToString(CultureInfo.InvariantCulture);
        return Results.Json(this, ApiJson.Default.ApiProblem, MediaType, Status);
    }

    private static ApiProblem From(Failure failure, Exception error)
        => new(StatusOf(failure, error), failure.Code, failure.Message) { Remedy = failure.Remedy };

    private static int StatusOf(Failure failure, Exception error) => error switch
    {
        ImageFormatException or WeightFormatException => StatusCodes.Status415UnsupportedMediaType,
        CodedException { Code: "input.missing" } => StatusCodes.Status404NotFound,
        CodedException when failure.Kind == ErrorKind.Usage => StatusCodes.Status400BadRequest,
        CodedException => StatusCodes.Status409Conflict,
        AtelierException => StatusCodes.Status400BadRequest,
        IOException or UnauthorizedAccessException => StatusCodes.Status507InsufficientStorage,
        _ => StatusCodes.Status500InternalServerError,
    };
}

/// <summary>Ends a request with a problem.</summary>
/// <param name="problem">The problem.</param>
internal sealed class ApiException(ApiProblem problem) : Exception(problem.Detail)
{
    /// <summary>The problem.</summary>
    internal ApiProblem Problem { get; } = problem;
}
