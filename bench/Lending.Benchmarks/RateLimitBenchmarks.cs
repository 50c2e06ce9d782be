using BenchmarkDotNet.Attributes;
using Lending.Platform.Http;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting.Internal;

namespace Lending.Benchmarks;

/// <summary>What counting a request in its budgets costs, with the headers that tell what is left: the middleware alone.</summary>
public class RateLimitBenchmarks
{
    private readonly RequestDelegate counted = Pipeline(isCounted: true);
    private readonly RequestDelegate notCounted = Pipeline(isCounted: false);
    private readonly System.Security.Claims.ClaimsPrincipal staff = new(
        new CallerIdentity([
            new(AccessTokenClaims.Subject, "01900000-0000-7000-8000-000000000002"),
            new(AccessTokenClaims.Username, "installer"),
            new(AccessTokenClaims.Organization, "01900000-0000-7000-8000-000000000001"),
            new(AccessTokenClaims.AccessVersion, "0"),
            new(AccessTokenClaims.Session, "01900000-0000-7000-8000-000000000003"),
            new(AccessTokenClaims.Permissions, Caller.WholeOrganizationPermission),
        ])
    );

    [Benchmark(Baseline = true)]
    public Task Nothing_counted() => SendAsync(notCounted);

    [Benchmark]
    public Task Caller_and_organisation() => SendAsync(counted);

    private static RequestDelegate Pipeline(bool isCounted)
    {
        var services = new ServiceCollection();
        services.AddLogging().AddMetrics();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddLendingRateLimits(
            new HostingEnvironment { EnvironmentName = "Development", ContentRootFileProvider = new NullFileProvider() }
        );
        var app = new ApplicationBuilder(services.BuildServiceProvider());
        if (isCounted)
        {
            app.UseLendingRateLimits();
        }
        app.Run(context => context.Response.StartAsync());
        return app.Build();
    }

    private Task SendAsync(RequestDelegate pipeline)
    {
        var response = new Response();
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(new HttpRequestFeature());
        features.Set<IHttpResponseFeature>(response);
        features.Set<IHttpResponseBodyFeature>(response);
        return pipeline(new DefaultHttpContext(features) { User = staff });
    }

    /// <summary>Tells when it starts, as Kestrel's does.</summary>
    private sealed class Response : HttpResponseFeature, IHttpResponseBodyFeature
    {
        private (Func<object, Task> Callback, object State)? onStarting;

        public Stream Stream => Stream.Null;

        public System.IO.Pipelines.PipeWriter Writer => throw new NotSupportedException();

        public override void OnStarting(Func<object, Task> callback, object state) => onStarting = (callback, state);

        public Task StartAsync(CancellationToken cancellationToken = default) =>
            onStarting is { } starting ? starting.Callback(starting.State) : Task.CompletedTask;

        public void DisableBuffering() { }

        public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public Task CompleteAsync() => Task.CompletedTask;
    }
}
