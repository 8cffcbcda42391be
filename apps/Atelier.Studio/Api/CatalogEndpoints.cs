using System.Text.Json.Nodes;
using Atelier.Engine;
using Atelier.Options;
using Atelier.Studio.Library;
using Atelier.Studio.Painting;
using Atelier.Studio.Storage;
using Atelier.Workshop;
using Atelier.Workshop.Inputs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Atelier.Studio.Api;

/// <summary>What there is to paint with, and what it would cost.</summary>
internal sealed class CatalogEndpoints(
    JobForm form, StudioFolder folder, StyleLibrary library, EngineOptions engine) : IDisposable
{
    // Each takes the whole machine for a moment.
    private readonly SemaphoreSlim _measuring = new(1);
    private readonly RequestLimit _limit = new(16, "measurements", "measure.queue");

    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/options", () => Options).WithTags("Options")
            .Tells("Lists the options", "The option table: names, groups, help, kinds, defaults, ranges and words.");
        api.MapPost("/plan", Plan).WithTags("Plan").TakesForm([JobForm.Photograph], [JobForm.Artwork])
            .Answers<RunPlan>(200, 400, 409, 413, 415, 429)
            .Tells("Predicts time and memory", "From a short trial at small sizes; takes the form of a job. Times " +
                "are longer while a picture is painted.");
        api.MapGet("/styles", ListStyles).WithTags("Styles")
            .Tells("Lists the style files", "Those in the studio's folder that can be read, newest first.");
        api.MapPost("/styles", Extract).WithTags("Styles").TakesForm([], [JobForm.Artwork], JobForm.Name)
            .Answers<StyleDocument>(201, 400, 409, 413, 415, 429)
            .Tells("Extracts a style file", "Measures artworks, and stores what a job takes in place of an artwork.");
    }

    public void Dispose() => _measuring.Dispose();

    private static IReadOnlyList<OptionDocument> Options
    {
        get
        {
            JsonObject defaults = OptionJson.All(StylizeOptions.Default);
            return
            [
                .. StylizeOptionTable.All.Select(option => new OptionDocument(
                    option.JsonName, option.Name, option.Group, option.Help, option.Kind,
                    defaults[option.JsonName]?.DeepClone(), option.Values, option.Words, RangeOf(option.Range))),
            ];
        }
    }

    private static RangeDocument? RangeOf(OptionRange? range) => range is null ? null : new RangeDocument(
        range.Min, double.IsFinite(range.Max) ? range.Max : null, range.Unit, range.ExcludesMin, range.ExcludesMax);

    private async Task<RunPlan> Plan(HttpRequest request, CancellationToken cancel)
    {
        using IDisposable place = _limit.Enter();
        PaintingChoice choice = await form.ReadAsync(request, cancel);
        PaintSources sources = ChosenSources.Of(choice, folder);
        return await Measure((context, painter) => painter.Plan(
            sources.Load(context, engine).Request with { Options = choice.Options with { Init = InitKind.Content } },
            context.Clock, cancel), cancel);
    }

    private async Task<IResult> Extract(HttpContext http, CancellationToken cancel)
    {
        using IDisposable place = _limit.Enter();
        (IReadOnlyList<StoredPicture> artworks, StylizeOptions options, string? name) =
            await form.ReadStyleAsync(http.Request, cancel);
        StyleItem style = await library.ExtractAsync(artworks, options, name, cancel);
        return Results.Json(Describe(style), ApiJson.Default.StyleDocument, statusCode: 201)
            .At(http, "/api/styles");
    }

    private IReadOnlyList<StyleDocument> ListStyles()
        => [.. library.List().Where(style => style.Fault is null).Select(Describe)];

    private static StyleDocument Describe(StyleItem style)
        => new(style.Picture.Name, style.Bytes, style.Network, style.Layers, style.Sizes);

    private async Task<T> Measure<T>(Func<WorkshopContext, IPainter, T> measure, CancellationToken cancel)
    {
        await _measuring.WaitAsync(cancel);
        try
        {
            return await Task.Run(() =>
            {
                WorkshopContext context = new() { Cancel = cancel };
                using IPainter painter = context.CreatePainter(engine);
                return measure(context, painter);
            }, cancel);
        }
        finally
        {
            _measuring.Release();
        }
    }
}
