using Lending.Testing;

namespace Lending.Host.Tests.Journeys;

/// <summary>The whole product with a virus scanner of its own and few connections, for journeys with documents, one after the other.</summary>
[CollectionDefinition]
public sealed class ScannedHost : IAsyncLifetime, ICollectionFixture<ScannedHost>
{
    /// <summary>The product. Without a setting, it starts a scanner.</summary>
    public HostFixture Host { get; } =
        new()
        {
            MaximumPoolSize = 16,
            Settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Documents:Clamd"] = null },
        };

    public ValueTask InitializeAsync()
    {
        OtherPrograms.Need("clamd", "clamav-daemon");
        return Host.InitializeAsync();
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
