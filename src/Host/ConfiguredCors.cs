using System.ComponentModel.DataAnnotations;

namespace Lending.Host;

/// <summary>Which web pages of other origins may call the API; configuration section <c>Cors</c>.</summary>
internal sealed class CorsSettings : IValidatableObject
{
    public const string Section = "Cors";

    /// <summary>Origins such as <c>https://portal.example.org</c>; none by default.</summary>
    public string[] AllowedOrigins { get; set; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        AllowedOrigins
            .Where(origin => !Uri.TryCreate(origin, UriKind.Absolute, out var uri) || uri.GetLeftPart(UriPartial.Authority) != origin)
            .Select(origin => new ValidationResult(
                $"{Section}__AllowedOrigins: '{origin}' is no origin; allowed are scheme://host[:port]."
            ));
}

internal static class ConfiguredCors
{
    public static void AddConfiguredCors(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<CorsSettings>().BindConfiguration(CorsSettings.Section).ValidateDataAnnotations().ValidateOnStart();
        var origins = OriginsIn(builder.Configuration);
        builder.Services.AddCors(cors =>
            cors.AddDefaultPolicy(policy =>
                policy
                    .WithOrigins(origins)
                    .AllowAnyMethod()
                    .AllowAnyHeader()
                    .WithExposedHeaders(
                        "ETag",
                        "Location",
                        "Retry-After",
                        "RateLimit",
                        "RateLimit-Policy",
                        "Idempotency-Replayed",
                        "X-Read-After"
                    )
            )
        );
    }

    /// <summary>Adds the middleware only where origins are configured, so that it costs nothing elsewhere.</summary>
    public static void UseConfiguredCors(this WebApplication app)
    {
        if (OriginsIn(app.Configuration).Length > 0)
        {
            app.UseCors();
        }
    }

    private static string[] OriginsIn(IConfiguration configuration) =>
        configuration.GetSection(CorsSettings.Section).Get<CorsSettings>()?.AllowedOrigins ?? [];
}
