using System.Net;
using Atelier.Studio.Api;
using Atelier.Studio.Assets;
using Atelier.Studio.Components;
using Atelier.Studio.Gallery;
using Atelier.Studio.Inside;
using Atelier.Studio.Library;
using Atelier.Studio.Painting;
using Atelier.Studio.Queue;
using Atelier.Studio.Storage;
using Atelier.Studio.Variations;
using Atelier.Studio.Videos;
using Atelier.Workshop;
using Atelier.Workshop.Formats;
using Atelier.Workshop.Networks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Atelier.Studio.Hosting;

/// <summary>A running studio: a web server on this machine.</summary>
public sealed class StudioHost : IAsyncDisposable
{
    private const int MaxConnections = 256;

    // An upload that stands still keeps others waiting.
    private static readonly MinDataRate SlowestUpload = new(bytesPerSecond: 5000, TimeSpan.FromSeconds(2));

    // No upload takes that long.
    private static readonly TimeSpan LongArrival = TimeSpan.FromDays(1);

    private readonly WebApplication _application;
    private readonly string? _token;

    private StudioHost(WebApplication application, string? token) => (_application, _token) = (application, token);

    /// <summary>The address to open in a browser, with the token if there is one.</summary>
    public Uri Address
    {
        get
        {
            string bound = _application.Services.GetRequiredService<IServer>().Features
                .Get<IServerAddressesFeature>()!.Addresses.First();
            UriBuilder address = new(bound.Replace("[::]", "localhost", StringComparison.Ordinal)
                .Replace("0.0.0.0", Dns.GetHostName(), StringComparison.Ordinal));
            address.Query = _token is null ? "" : $"token={_token}";
            return address.Uri;
        }
    }

    /// <summary>The painting room, which all pages share.</summary>
    public PaintingRoom Room => _application.Services.GetRequiredService<PaintingRoom>();

    /// <summary>The room in which videos are painted.</summary>
    public VideoRoom Videos => _application.Services.GetRequiredService<VideoRoom>();

    /// <summary>Where the figures of the lessons are painted.</summary>
    public FigureRoom Figures => _application.Services.GetRequiredService<FigureRoom>();

    /// <summary>The queue of paintings.</summary>
    public QueueRoom Queue => _application.Services.GetRequiredService<QueueRoom>();

    /// <summary>The folder of pictures and results.</summary>
    public StudioFolder Folder => _application.Services.GetRequiredService<StudioFolder>();

    /// <summary>Starts a studio.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="report">Receives errors of the server, a line each.</param>
    /// <param name="cancel">Cancels the start.</param>
    /// <exception cref="CodedException">The address is taken or does not belong to this machine
    /// (<c>studio.address</c>).</exception>
    /// <exception cref="IOException">The folder cannot be used.</exception>
    public static async Task<StudioHost> StartAsync(
        StudioOptions options, Action<string> report, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!OpenSsl.IsAvailableOrNotNeeded())
        {
            throw CodedException.Failed("openssl.missing", "OpenSSL, which web servers need, was not found.",
                "install it, for example with 'sudo apt install libssl3'");
        }

        try
        {
            return await StartAsync(options, options.Port ?? StudioOptions.DefaultPort, report, cancel);
        }
        catch (CodedException) when (options.Port is null)
        {
            return await StartAsync(options, 0, report, cancel);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // What is painted for the queue stops before it would be its turn.
        Task queue = Queue.DisposeAsync().AsTask();

        // Drafts need not be painted any more.
        _application.Services.GetRequiredService<VariationRoom>().Dispose();
        _application.Services.GetRequiredService<SideWork>().Dispose();

        // Pages that wait for a frame need not wait any longer, and jobs that wait need not begin any more. A video
        // keeps what is finished.
        Room.Dispose();
        _application.Services.GetRequiredService<JobQueue>().Dispose();
        Videos.Dispose();
        Figures.Dispose();
        await queue;
        using CancellationTokenSource atOnce = new(TimeSpan.FromSeconds(2));
        await _application.StopAsync(atOnce.Token);
        await _application.DisposeAsync();
    }

    private static async Task<StudioHost> StartAsync(
        StudioOptions options, int port, Action<string> report, CancellationToken cancel)
    {
        string? token = IPAddress.IsLoopback(options.Host) ? null : RequestGuard.CreateToken();
        WebApplication application = Build(options, port, token, report);
        try
        {
            await application.StartAsync(cancel);
            application.Services.GetRequiredService<ClipIntake>().RemoveAbandoned(LongArrival);
            application.Services.GetRequiredService<StudioFolder>().RemoveAbandoned();
            application.Services.GetRequiredService<UnfinishedPaintings>().GoOn();
            application.Services.GetRequiredService<QueueRoom>().Begin();
            return new StudioHost(application, token);
        }
        catch (Exception error) when (error is IOException or System.Net.Sockets.SocketException)
        {
            await application.DisposeAsync();
            throw CodedException.Failed("studio.address",
                $"cannot listen on {options.Host}, port {port}: {error.Message.TrimEnd('.')}.",
                "choose another port", "port");
        }
    }

    private static WebApplication Build(StudioOptions options, int port, string? token, Action<string> report)
    {
        PictureFormats.Register();

        // Nothing is read from files or variables that belong to other programs.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(StudioHost).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(options.Host, port);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.MaxUploadBytes;
            kestrel.Limits.MinRequestBodyDataRate = SlowestUpload;
            kestrel.Limits.MaxConcurrentConnections = MaxConnections;
            kestrel.Limits.MaxConcurrentUpgradedConnections = MaxConnections;
        });
        AddServices(builder.Services, options, report);
        WebApplication application = builder.Build();
        StudioFolder folder = application.Services.GetRequiredService<StudioFolder>();
        folder.Renamed += application.Services.GetRequiredService<VideoRoom>().Rename;
        folder.Renamed += application.Services.GetRequiredService<JobQueue>().Rename;
        RequestGuard guard = new(options.Host, token);
        application.Use(next => context => guard.Invoke(context, next));
        application.UseRouting();
        application.UseAntiforgery();
        StudioAssets.Map(application);
        application.Services.GetRequiredService<PictureEndpoints>().Map(application);
        application.Services.GetRequiredService<PlainDownload>().Map(application);
        application.Services.GetRequiredService<InsideEndpoints>().Map(application);
        application.Services.GetRequiredService<DraftEndpoints>().Map(application);
        application.Services.GetRequiredService<ClipEndpoints>().Map(application);
        application.Services.GetRequiredService<QueueEndpoints>().Map(application);
        StudioApi.Map(application);
        application.MapRazorComponents<App>()
            .AddInteractiveServerRenderMode(mode => mode.ContentSecurityFrameAncestorsPolicy = null);
        return application;
    }

    private static void AddServices(IServiceCollection services, StudioOptions options, Action<string> report)
    {
        services.AddSingleton(options);
        services.AddSingleton(new StudioFolder(options.Folder));
        services.AddSingleton<SmallPictures>();
        services.AddSingleton(found => new PaintingRoom(found.GetRequiredService<StudioFolder>(), options.Engine));
        services.AddSingleton<PaintingPlanner>();
        services.AddSingleton(found => new SideWork(found.GetRequiredService<PaintingRoom>(), options.Engine));
        services.AddSingleton<VariationRoom>();
        services.AddSingleton<PictureIntake>();
        services.AddSingleton<StyleLibrary>();
        services.AddSingleton<StyleLook>();
        services.AddSingleton<StyleSwatches>();
        services.AddSingleton<RegionSuggestions>();
        services.AddSingleton<GalleryIndex>();
        services.AddSingleton<PictureFinder>();
        services.AddSingleton<UnfinishedPaintings>();
        services.AddSingleton<Stars>();
        services.AddSingleton<Trash>();
        services.AddScoped<GalleryView>();
        services.AddSingleton<PictureEndpoints>();
        services.AddSingleton<PlainDownload>();
        services.AddSingleton<FigurePictures>();
        services.AddSingleton(found => new FeatureExplorer(found.GetRequiredService<FigurePictures>(), options.Engine));
        services.AddSingleton(found => new FigureRoom(
            found.GetRequiredService<PaintingRoom>().Turns, found.GetRequiredService<FigurePictures>(),
            options.Engine));
        services.AddSingleton<InsideEndpoints>();
        services.AddSingleton<DraftEndpoints>();
        AddVideos(services, options);
        services.AddSingleton(found => new QueueRoom(
            options.Queue, found.GetRequiredService<StudioFolder>(), found.GetRequiredService<PaintingRoom>().Turns,
            options.Engine));
        services.AddSingleton<LaterPaintings>();
        services.AddSingleton<QueueEndpoints>();
        StudioApi.Add(services, options.Engine, options.MaxUploadBytes);
        services.AddSingleton<IHostLifetime, NoLifetime>();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Error).AddProvider(new ReportLog(report)));
        services.AddRouting();
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddRazorComponents().AddInteractiveServerComponents();
    }

    private static void AddVideos(IServiceCollection services, StudioOptions options)
    {
        services.AddSingleton(found => new ClipReader(
            found.GetRequiredService<StudioFolder>(), () => Machine.FindFfmpeg(options.FfmpegPath)));
        services.AddSingleton(found => new ClipIntake(
            found.GetRequiredService<StudioFolder>(), found.GetRequiredService<ClipReader>(), options.MaxClipBytes));
        services.AddSingleton<VideoShelf>();
        services.AddSingleton<VideoPlanner>();
        services.AddSingleton(found => new VideoRoom(
            found.GetRequiredService<StudioFolder>(), found.GetRequiredService<ClipReader>(),
            found.GetRequiredService<VideoShelf>(), found.GetRequiredService<PaintingRoom>(), options.Engine));
        services.AddSingleton<ClipEndpoints>();
    }

    /// <summary>Leaves Ctrl+C to the program.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
