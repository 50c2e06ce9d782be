using Lending.Host.Telemetry;
using Lending.Platform;
using Lending.Platform.Encryption;
using Lending.Platform.OpenApi;

namespace Lending.Host.Verbs;

/// <summary>Writes the API document that a running host answers.</summary>
internal static class OpenApi
{
    public static async Task<int> ExecuteAsync(FileInfo? output, CancellationToken ct)
    {
        var document = await ReadDocumentAsync(ct);
        if (output is null)
        {
            Console.WriteLine(document);
        }
        else
        {
            output.Directory!.Create();
            await File.WriteAllTextAsync(output.FullName, document + "\n", ct);
        }
        return 0;
    }

    public static async Task<string> ReadDocumentAsync(CancellationToken ct)
    {
        await using var host = await LendingHost.BuildAsync(
            ["--urls", "http://127.0.0.1:0", "--environment", "Development"],
            WithoutDatabase,
            ct
        );
        await host.App.StartAsync(ct);
        using var client = new HttpClient { BaseAddress = new Uri(host.App.Urls.Single()) };
        var document = await client.GetStringAsync(LendingOpenApi.DocumentPath, ct);
        await host.App.StopAsync(ct);
        return document.ReplaceLineEndings("\n").TrimEnd();
    }

    // The document is made from the slices alone, so nobody connects to this server.
    private static void WithoutDatabase(WebApplicationBuilder builder)
    {
        builder.Configuration[$"ConnectionStrings:{LendingPlatform.ConnectionStringName}"] = "Host=localhost;Database=none";
        // Nor is anything encrypted, and no file of keys is made for it.
        builder.Configuration[$"{EncryptionOptions.Section}:Keys:none"] = EncryptionOptions.NewKey();
        builder.Configuration[$"{EncryptionOptions.Section}:SearchKey"] = EncryptionOptions.NewKey();
        // Nor does anybody read metrics or traces of it.
        builder.Configuration[$"{MetricsOptions.Section}:{nameof(MetricsOptions.Port)}"] = "0";
        builder.Configuration[LendingTelemetry.OtlpEndpoint] = "";
        // Background jobs find no database and would log that. An error in the document ends the verb all the same.
        builder.Configuration["Serilog:MinimumLevel:Default"] = "Fatal";
        builder.Configuration["Serilog:MinimumLevel:Override:Microsoft"] = "Fatal";
        builder.Configuration["Serilog:MinimumLevel:Override:Microsoft.Hosting.Lifetime"] = "Fatal";
    }
}
