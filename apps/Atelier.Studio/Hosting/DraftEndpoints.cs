using Atelier.Studio.Variations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Atelier.Studio.Hosting;

/// <summary>The drafts of the present grid.</summary>
internal sealed class DraftEndpoints(VariationRoom variations)
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/drafts/{id}/{index:int}", Find);

    private IResult Find(string id, int index, HttpContext context)
    {
        if (variations.Current is not VariationGrid grid || grid.Id != id || index < 0 || index >= grid.Cells.Length
            || grid.Cells[index].Png is not byte[] png)
        {
            return Results.NotFound();
        }

        context.Response.Headers.CacheControl = "private, max-age=3600";
        return Results.Bytes(png, "image/png");
    }
}
