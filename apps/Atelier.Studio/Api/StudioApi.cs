using System.Text.Json.Serialization;
using Atelier.Engine;
using Atelier.Studio.Library;
using Atelier.Studio.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Atelier.Studio.Api;

/// <summary>The HTTP API beside the pages: what a person does there, for programs.</summary>
internal static partial class StudioApi
{
    /// <summary>The address of the API, and of the page that describes it.</summary>
    internal const string Root = "/api";

    private const string DocumentPath = $"{Root}/openapi.json";

    /// <summary>Adds what the API needs.</summary>
    /// <param name="services">The services of the studio.</param>
    /// <param name="engine">The engine.</param>
    /// <param name="maxBytes">The largest request, in bytes.</param>
    internal static void Add(IServiceCollection services, EngineOptions engine, long maxBytes)
    {
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default);
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
        });
        services.AddSingleton<JobQueue>();
        services.AddSingleton<JobEndpoints>();
        services.AddSingleton(found => new JobForm(
            found.GetRequiredService<StudioFolder>(), found.GetRequiredService<PictureIntake>(), maxBytes));
        services.AddSingleton(found => new CatalogEndpoints(
            found.GetRequiredService<JobForm>(), found.GetRequiredService<StudioFolder>(),
            found.GetRequiredService<StyleLibrary>(), engine));
        services.AddOpenApi(api =>
        {
            api.ShouldInclude = endpoint => endpoint.RelativePath?.StartsWith("api/", StringComparison.Ordinal) == true;
            api.AddDocumentTransformer((document, _, _) =>
            {
                document.Info = new()
                {
                    Title = "Atelier studio",
                    Version = "1",
                    Description = "Paints photographs in the style of artworks, one at a time, steered meanwhile.",
                };
                document.Servers = [];
                return Task.CompletedTask;
            });
        });
    }

    /// <summary>Maps the addresses of the API.</summary>
    internal static void Map(WebApplication application)
    {
        RouteGroupBuilder api = application.MapGroup(Root);
        api.AddEndpointFilter(Answer);
        application.Services.GetRequiredService<JobEndpoints>().Map(api);
        application.Services.GetRequiredService<CatalogEndpoints>().Map(api);
        application.MapOpenApi(DocumentPath);
        application.MapGet(Root, ApiPage.Show).ExcludeFromDescription();
        api.Map("/{**other}", NotFound).ExcludeFromDescription();
    }

    /// <summary>Sets the address of what was created.</summary>
    internal static IResult At(this IResult result, HttpContext context, string address)
    {
        context.Response.Headers.Location = address;
        return result;
    }

    private static IResult NotFound(HttpContext context) => throw ApiProblem.NotFound(
        $"There is nothing at {context.Request.Method} {context.Request.Path}.", $"see {Root} for what there is");

    /// <summary>Turns errors into problems.</summary>
    private static async ValueTask<object?> Answer(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (OperationCanceledException) when (context.HttpContext.RequestAborted.IsCancellationRequested)
        {
            return Results.Empty;
        }
        catch (Exception error)
        {
            if (ApiProblem.From(error) is ApiProblem problem)
            {
                return problem.ToResult(context.HttpContext);
            }

            ILoggerFactory loggers = context.HttpContext.RequestServices.GetRequiredService<ILoggerFactory>();
            NoteFailure(loggers.CreateLogger(nameof(StudioApi)), error);
            return new ApiProblem(StatusCodes.Status500InternalServerError, "internal", "The studio failed to do this.")
                .ToResult(context.HttpContext);
        }
    }

    [LoggerMessage(LogLevel.Error, "The API failed")]
    private static partial void NoteFailure(ILogger logger, Exception error);
}
