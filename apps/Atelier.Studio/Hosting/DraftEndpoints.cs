using Atelier.Studio.Variations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Atelier.Studio.Hosting;

/// <summary>The drafts of the present grid.</summary>
internal sealed class DraftEndpoints(VariationRoom variations)
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/drafts/{id}/{index:int}", Find);

    /// <summary>A draft does not change once it is there.</summary>
    private Task<IResult> Find(string id, int index, HttpContext context) => FileTag.AnswerAsync(
        context, $"\"{id}-{index}\"", () => Task.FromResult(
            variations.Current is VariationGrid grid && grid.Id == id && index >= 0 && index < grid.Cells.Length
                && grid.Cells[index].Png is byte[] png
                ? Results.Bytes(png, "image/png")
                : Results.NotFound()));
}
