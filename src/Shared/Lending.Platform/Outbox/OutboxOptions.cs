using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Lending.Platform.Outbox;

/// <summary>Settings of the delivery of events; configuration section <c>Outbox</c>.</summary>
public sealed class OutboxOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Outbox";

    /// <summary>How often events to deliver are looked for that nobody rang for, in seconds: 1 to 3600.</summary>
    [Range(1, 3600)]
    public int PollSeconds { get; set; } = 5;
}

internal static class OutboxRegistration
{
    public static void AddOutboxDispatcher(this IServiceCollection services)
    {
        services.AddOptions<OutboxOptions>().BindConfiguration(OutboxOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<OldEvents>();
        services.TryAddSingleton<OutboxBell>();
        services.AddHostedService<OutboxNotices>();
        services.AddScoped<OutboxEvents>();
        services.AddSingleton<OutboxFigures>();
        services.AddSingleton<OutboxHandlers>();
        services.AddSingleton<OutboxDispatcher>();
        services.AddHostedService(provider => provider.GetRequiredService<OutboxDispatcher>());
        services.AddSingleton(provider => provider.GetRequiredService<OutboxFigures>().Waiting);
        services.AddSingleton(provider => provider.GetRequiredService<OutboxFigures>().Oldest);
        services.AddSingleton(provider => provider.GetRequiredService<OutboxFigures>().Dead);
    }
}
