using System.Collections.Immutable;
using System.Globalization;
using Atelier.Inspection;
using Atelier.Studio.Inside;
using Atelier.Studio.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Atelier.Studio.Hosting;

/// <summary>What is inside pictures and figures: feature maps, receptive fields, Gram matrices, and small paintings as
/// they become.</summary>
internal sealed class InsideEndpoints(FeatureExplorer explorer, FigureRoom figures, StudioFolder folder)
{
    private const string Png = "image/png";
    private const string OfPicture = "/inside/{origin}/{kind}/{name}";

    // The share of the influence that is meant when an effective receptive field has a size.
    private const double MostInfluence = 0.95;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet($"{OfPicture}/picture", (string origin, string kind, string name, HttpContext context)
            => Image(origin, kind, name, context, subject =>
                Results.Bytes(FigureDrawing.Draw(explorer.Picture(subject)), Png)));
        routes.MapGet($"{OfPicture}/{{layer}}/maps/{{channel:int}}", FeatureMap);
        routes.MapGet($"{OfPicture}/{{layer}}/probe", (
                string origin, string kind, string name, string layer, int x, int y)
            => Answer(origin, kind, name, subject =>
                Results.Json(explorer.ProbeAt(subject, layer, x, y), StudioJson.Default.Probe)));
        routes.MapGet($"{OfPicture}/{{layer}}/influence", Influence);
        routes.MapGet("/inside/figures/{id}/{panel:int}/frames/{after:int}", (
                string id, int panel, int after, HttpContext context, CancellationToken cancel)
            => PanelOf(id, panel) is SmallPainting painting
                ? FrameAnswer.NextAsync(painting.Frames, after, context, cancel)
                : Task.FromResult(Results.NotFound()));
        routes.MapGet("/inside/figures/{id}/{panel:int}/guide", (string id, int panel)
            => PanelOf(id, panel)?.Guide is Imaging.Picture guide
                ? Results.Bytes(FigureDrawing.Draw(guide), Png)
                : Results.NotFound());
        routes.MapGet("/inside/figures/{id}/grams/{layer}/{which}", Gram);
    }

    private Task<IResult> FeatureMap(
        string origin, string kind, string name, string layer, int channel, HttpContext context)
        => Image(origin, kind, name, context, subject =>
        {
            LayerFeatures features = explorer.Features(subject, layer);
            return channel >= 0 && channel < features.Channels
                ? Results.Bytes(FigureDrawing.DrawMap(features, channel), Png)
                : Results.NotFound();
        });

    private Task<IResult> Influence(
        string origin, string kind, string name, string layer, int x, int y, HttpContext context)
        => Image(origin, kind, name, context, subject =>
        {
            EffectiveReceptiveField field = explorer.InfluenceAt(subject, layer, x, y);
            int side = field.SideHolding(MostInfluence);
            double FirstOf(int position) => field.Field.Center + (position * field.Field.Stride) - ((side - 1) / 2.0);
            context.Response.Headers["Atelier-Square"] = string.Create(
                CultureInfo.InvariantCulture, $"{FirstOf(field.Column)},{FirstOf(field.Row)},{side}");
            return Results.Bytes(FigureDrawing.DrawInfluence(field), Png);
        });

    private IResult Gram(string id, string layer, string which)
    {
        int index = GramWatch.Layers.IndexOf(layer);
        if (index < 0 || figures.Find(id) is not LiveFigure figure)
        {
            return Results.NotFound();
        }

        GramWatch? watch = figure.Grams;
        ImmutableArray<GramMatrix>? grams = which switch
        {
            "photograph" => watch?.Photograph,
            "artwork" => watch?.Artwork,
            "painting" => watch?.Painting,
            _ => null,
        };

        // A painting is measured a moment after it has begun.
        return grams is { IsEmpty: false } known
            ? Results.Json(ShownGram.Create(known[index], watch!.Artwork[index]), StudioJson.Default.ShownGram)
            : Results.NoContent();
    }

    private SmallPainting? PanelOf(string id, int panel)
        => figures.Find(id) is LiveFigure figure && panel >= 0 && panel < figure.Panels.Length
            ? figure.Panels[panel] : null;

    /// <summary>Answers with an image, which changes only with the picture.</summary>
    private Task<IResult> Image(
        string origin, string kind, string name, HttpContext context, Func<Subject, IResult> draw)
        => AnswerAsync(origin, kind, name, subject => FileTag.AnswerAsync(
            context, subject.IsExample ? FileTag.OfProgram : FileTag.Of(folder.PathOf(subject.Picture)),
            () => Task.Run(() => draw(subject))));

    private static Task<IResult> Answer(string origin, string kind, string name, Func<Subject, IResult> answer)
        => AnswerAsync(origin, kind, name, subject => Task.Run(() => answer(subject)));

    private static async Task<IResult> AnswerAsync(
        string origin, string kind, string name, Func<Subject, Task<IResult>> answer)
    {
        if (Subject.Parse(origin, kind, name) is not Subject subject)
        {
            return Results.NotFound();
        }

        try
        {
            return await answer(subject);
        }
        catch (CodedException)
        {
            return Results.NotFound();
        }
        catch (Exception error) when (error is AtelierException or IOException)
        {
            return Results.Problem(error.Message, statusCode: StatusCodes.Status422UnprocessableEntity);
        }
    }
}
