using System.Globalization;
using System.Text.Json;
using FastEndpoints;
using Lending.Platform.Audit;
using Lending.Platform.Broker;
using Lending.Platform.Clocks;
using Lending.Platform.Encryption;
using Lending.Platform.Http;
using Lending.Platform.Idempotency;
using Lending.Platform.Mapping;
using Lending.Platform.Modules;
using Lending.Platform.OpenApi;
using Lending.Platform.Outbox;
using Lending.Platform.Persistence;
using Lending.Platform.Persistence.Standby;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Lending.Platform;

/// <summary>What every module stands on, put together: the host, and a test host of one module, call these two.</summary>
public static class LendingPlatform
{
    /// <summary>The name of the connection string.</summary>
    public const string ConnectionStringName = "Lending";

    /// <summary>The longest request body, in bytes.</summary>
    public const int MaximumBodyBytes = 256 * 1024;

    // As long as the proxy gives a client.
    private static readonly TimeSpan LongestHeaders = TimeSpan.FromSeconds(10);

    /// <summary>Registers the platform and these modules.</summary>
    public static void AddLendingPlatform(this WebApplicationBuilder builder, IReadOnlyList<IModule> modules)
    {
        // Otherwise numbers, dates and the texts of failures would depend on the culture and language of the machine.
        CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        CultureInfo.CurrentUICulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
        var services = builder.Services;
        services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaximumBodyBytes;
            kestrel.Limits.RequestHeadersTimeout = LongestHeaders;
        });
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<DatabaseOptions>().BindConfiguration(DatabaseOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<SlowStatements>();
        services.AddSingleton(provider =>
            NewDataSource(
                provider.GetRequiredService<IConfiguration>().GetConnectionString(ConnectionStringName)
                    ?? throw new InvalidOperationException($"ConnectionStrings__{ConnectionStringName} is not set."),
                "lending",
                provider.GetRequiredService<SlowStatements>(),
                provider.GetRequiredService<IOptions<DatabaseOptions>>().Value
            )
        );
        services.AddSingleton<StandbyDatabase>();
        services.AddSingleton<PublicUrl>();
        services.AddSingleton<EvenTime>();
        services.AddSingleton<MailedSecrets>();
        services.AddSingleton<SealKeys>();
        services.AddSingleton<SelfRegistration>();
        // Each refuses what it cannot be; made at the start, so that a wrong setting stops that and not a request.
        services
            .AddOptions<LendingSettings>()
            .Validate<PublicUrl, MailedSecrets, SelfRegistration>((_, _, _, _) => true)
            .ValidateOnStart();
        services.AddSingleton<OwnerDatabase>();
        services.AddSingleton<DatabaseRights>();
        services.AddSingleton<DatabaseMigrator>();
        services.AddSingleton(ArchiveFigures.Oldest);
        services.AddKeyRing();
        services.AddBuiltModels();
        services.AddHttpContextAccessor();
        services.AddScoped<Caller>();
        services.AddScoped<AuditTrail>();
        services.AddScoped(provider => new Transactions(
            provider.GetRequiredService<NpgsqlDataSource>(),
            provider.GetRequiredService<OutboxBell>(),
            provider.GetRequiredService<IHttpContextAccessor>()
        ));
        services.AddScoped<OrganizationSql>();
        services.AddSingleton(typeof(ReadBatches<>));
        services.AddExceptionHandler<ProblemExceptionHandler>();
        services.ConfigureHttpJsonOptions(json => StrictJson.Configure(json.SerializerOptions));
        services.AddLendingOpenApi();
        services.AddLendingAuthentication(builder.Environment);
        services.AddLendingRateLimits(builder.Environment);
        services.AddSingleton<RequestPlaces>();
        services.AddSingleton<RecentRefusals>();
        services.AddOptions<OrganizationHosts>().BindConfiguration(OrganizationHosts.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOutboxDispatcher();
        services.AddBroker(builder.Configuration);
        services.AddAuditedReads();
        services.AddIdempotencyKeys();
        ResponseMappings.Add(services, modules.Select(module => module.GetType().Assembly));
        services.AddSingleton(modules);
        foreach (var module in modules)
        {
            module.AddServices(services, builder.Environment);
        }
        services.AddOrganizationClocks();
        services.AddFastEndpoints(options =>
        {
            options.DisableAutoDiscovery = true;
            options.Assemblies = modules.Select(module => module.GetType().Assembly);
        });
    }

    /// <summary>Refuses at once whoever was refused a moment ago. It comes before what costs something, the request log too.</summary>
    public static void UseRecentRefusals(this WebApplication app) => app.UseMiddleware<RefusalAgain>();

    /// <summary>Puts the platform's middleware and all slices into the pipeline.</summary>
    public static void UseLendingPlatform(this WebApplication app)
    {
        // The middleware does not start without a handler of its own. It is never called: ProblemExceptionHandler answers everything.
        app.UseExceptionHandler(
            new ExceptionHandlerOptions { SuppressDiagnosticsCallback = _ => true, ExceptionHandler = _ => Task.CompletedTask }
        );
        app.UseStatusCodePages(context => StatusProblems.For(context.HttpContext.Response.StatusCode).ExecuteAsync(context.HttpContext));
        app.UseAuthentication();
        app.UseLendingRateLimits();
        app.UseMiddleware<OrganizationGate>();
        app.UseMiddleware<OrganizationAgreement>();
        app.UseMiddleware<SandboxTime>();
        app.UseAuthorization();
        app.UseMiddleware<StepUp>();
        app.UseMiddleware<JsonBodiesOnly>();
        app.UseMiddleware<ConcurrencyLimit>();
        app.UseMiddleware<StandbyReads>();
        // Outside of keys, whose transaction is undone with the first try.
        app.UseMiddleware<SecondTry>();
        app.UseMiddleware<IdempotencyKeys>();
        app.MapPublishedKeys();
        foreach (var module in app.Services.GetRequiredService<IReadOnlyList<IModule>>())
        {
            module.MapPages(app);
        }
        app.UseFastEndpoints(config =>
        {
            config.Endpoints.RoutePrefix = "api";
            config.Endpoints.NameGenerator = slice => JsonNamingPolicy.CamelCase.ConvertName(slice.EndpointType.Name);
            config.Versioning.Prefix = "v";
            config.Versioning.DefaultVersion = 1;
            config.Versioning.PrependToRoute = true;
            config.Security.PermissionsClaimType = AccessTokenClaims.Permissions;
            StrictJson.Configure(config.Serializer.Options);
            config.Binding.JsonExceptionTransformer = ValidationProblems.From;
            // FastEndpoints would take null for an empty request.
            config.Serializer.RequestDeserializer = async (request, type, _, ct) =>
                await request.ReadFromJsonAsync(type, config.Serializer.Options, ct) ?? throw new JsonException();
            QueryValues.Configure(config.Binding);
            config.Endpoints.Configurator = slice =>
                QueryValues.ConfigureNames(config.Binding, slice.ReqDtoType, config.Serializer.Options);
            config.Errors.ContentType = Problem.ContentType;
            config.Errors.ProducesMetadataType = null;
            config.Errors.ResponseBuilder = (failures, context, _) => ValidationProblems.From(failures).For(context);
        });
    }

    /// <summary>The connections to a database. Metrics name the pool; without a name of its own, that would be its connection string.</summary>
    internal static NpgsqlDataSource NewDataSource(
        string connectionString,
        string name,
        SlowStatements statements,
        DatabaseOptions limits
    ) =>
        new NpgsqlDataSourceBuilder(Tuned(connectionString, limits).ConnectionString) { Name = name }
            .ConfigureTracing(tracing => tracing.EnableFirstResponseEvent(false))
            .UseLoggerFactory(statements)
            .Build();

    /// <summary>What saves PostgreSQL work and clients time, unless the connection string says otherwise (behind PgBouncer it has to: <c>Max Auto Prepare=0</c>).</summary>
    private static NpgsqlConnectionStringBuilder Tuned(string connectionString, DatabaseOptions limits)
    {
        var connection = new NpgsqlConnectionStringBuilder(connectionString);
        if (!Says("Max Auto Prepare"))
        {
            // Statements come from slices, and say which (record 99), so there are some hundred: each is parsed once for each connection, and often planned once; see OrganizationSql.
            connection.MaxAutoPrepare = 500;
            connection.AutoPrepareMinUsages = 2;
        }
        if (!Says("Timeout"))
        {
            // A database that refuses says so at once. One that does not even answer must not keep requests for Npgsql's fifteen seconds.
            connection.Timeout = 3;
        }
        if (limits.StatementTimeoutSeconds > 0 && !Says("Command Timeout"))
        {
            // PostgreSQL ends what takes too long. Where it says nothing at all, because it hangs or the network swallows everything, we end it a moment later.
            connection.CommandTimeout = limits.StatementTimeoutSeconds + 5;
        }
        if (!Says("Cancellation Timeout"))
        {
            // A PostgreSQL that works confirms within milliseconds that it has given a statement up.
            connection.CancellationTimeout = 1_000;
        }
        // Npgsql would reset a connection's session before its next use. No code changes the session, so that round trip is saved.
        connection.NoResetOnClose = true;
        return connection;

        bool Says(string setting) => connection.Keys.Contains(setting, StringComparer.OrdinalIgnoreCase);
    }

    private sealed class LendingSettings;
}
