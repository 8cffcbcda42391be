#!/usr/bin/env dotnet
// Paints a photograph in the style of an artwork, through the HTTP API of a running studio. Needs the .NET SDK alone.
//
//   dotnet run paint.cs ADDRESS PHOTOGRAPH ARTWORK RESULT [OPTIONS]
//   dotnet run paint.cs http://127.0.0.1:7317 photo.jpg artwork.jpg painting.png '{"size": 384}'
//
// A studio that listens to other machines wants its token, in the variable ATELIER_TOKEN.
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Text.Json;

if (args.Length < 4)
{
    Console.Error.WriteLine("usage: paint ADDRESS PHOTOGRAPH ARTWORK RESULT [OPTIONS]");
    return 2;
}

using HttpClient studio = new() { BaseAddress = new Uri(args[0]), Timeout = Timeout.InfiniteTimeSpan };
if (Environment.GetEnvironmentVariable("ATELIER_TOKEN") is { Length: > 0 } token)
{
    studio.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
}

try
{
    string job = await Post(args[1], args[2], args.Length > 4 ? args[4] : "{}");
    Console.WriteLine($"job {job}");
    string end = await Follow(job);
    if (end != "done")
    {
        Console.Error.WriteLine($"the job ended: {end}");
        return 1;
    }

    await using FileStream result = File.Create(args[3]);
    await using Stream picture = await studio.GetStreamAsync($"{job}/result");
    await picture.CopyToAsync(result);
    Console.WriteLine(args[3]);
    return 0;
}
catch (Exception error) when (error is HttpRequestException or IOException)
{
    Console.Error.WriteLine(error.Message);
    return 1;
}

// Posts the job, and returns its address.
async Task<string> Post(string photograph, string artwork, string options)
{
    using MultipartFormDataContent form = new()
    {
        { new StreamContent(File.OpenRead(photograph)), "photograph", Path.GetFileName(photograph) },
        { new StreamContent(File.OpenRead(artwork)), "artwork", Path.GetFileName(artwork) },
        { new StringContent(options), "options" },
    };
    using HttpResponseMessage answer = await studio.PostAsync("/api/jobs", form);
    if (!answer.IsSuccessStatusCode)
    {
        // Problem details: the sentence says what is wrong, the remedy what to do.
        using JsonDocument problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        throw new HttpRequestException(problem.RootElement.GetProperty("detail").GetString());
    }

    return answer.Headers.Location!.ToString();
}

// Follows the job to its end, and returns the name of the last event.
async Task<string> Follow(string job)
{
    string last = "connection lost";
    using Stream stream = await studio.GetStreamAsync($"{job}/events");
    await foreach (SseItem<string> item in SseParser.Create(stream).EnumerateAsync())
    {
        last = item.EventType;
        using JsonDocument data = JsonDocument.Parse(item.Data);
        if (data.RootElement.GetProperty("progress") is { ValueKind: JsonValueKind.Object } progress)
        {
            Console.WriteLine($"{progress.GetProperty("fraction").GetDouble():P0}");
        }
    }

    return last;
}
