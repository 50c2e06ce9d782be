using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Lending.Platform.Http;

/// <summary>
/// Where people's browsers find the application; setting <c>PublicUrl</c>. Links are made of it and never of a request's Host header, which whoever sends the
/// request chooses.
/// </summary>
public sealed class PublicUrl
{
    /// <summary>The name of the setting.</summary>
    public const string Setting = "PublicUrl";

    /// <summary>Reads the setting; in Development it may be left out.</summary>
    /// <exception cref="InvalidOperationException">It is missing, or no address.</exception>
    public PublicUrl(IConfiguration configuration, IHostEnvironment environment)
    {
        var text = configuration[Setting] ?? (environment.IsDevelopment() ? "http://localhost:5080" : null);
        Value =
            Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == "https" || (url.Scheme == "http" && url.IsLoopback))
                ? url
                : throw new InvalidOperationException($"{Setting} must be the https address at which browsers find the application.");
    }

    /// <summary>The address.</summary>
    public Uri Value { get; }

    /// <summary>The address of something below it.</summary>
    public Uri To(string path) => new($"{Value.AbsoluteUri.TrimEnd('/')}/{path}");
}
