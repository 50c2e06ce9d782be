using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace FastEndpoints;

/// <summary>Reads JSON request bodies.</summary>
internal static class JsonBody
{
    /// <summary>Reads a body; JsonException if it is empty or bad JSON, and 415 if it is no JSON at all.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="http">The HTTP context.</param>
    /// <param name="type">What the serializer knows of the type.</param>
    /// <param name="ct">Ends when the client goes away.</param>
    /// <returns>The value; null where the body is the JSON null or there is none.</returns>
    public static async ValueTask<T?> ReadAsync<T>(HttpContext http, JsonTypeInfo<T> type, CancellationToken ct)
    {
        if (http.Request.HasJsonContentType())
        {
            try
            {
                return await http.Request.ReadFromJsonAsync(type, ct);
            }
            catch (InvalidOperationException x) when (x.InnerException is ArgumentException or NotSupportedException)
            {
                throw new BadHttpRequestException("The body's character set is unknown.", StatusCodes.Status415UnsupportedMediaType, x);
            }
        }

        return http.Request.ContentType is null
            ? default
            : throw new BadHttpRequestException("The body must be JSON.", StatusCodes.Status415UnsupportedMediaType);
    }
}

/// <summary>Reads form request bodies.</summary>
internal static class FormBody
{
    /// <summary>Reads a form; 400 if it is none, or too large in some part.</summary>
    /// <param name="http">The HTTP context.</param>
    /// <param name="ct">Ends when the client goes away.</param>
    /// <returns>The form.</returns>
    public static async Task<IFormCollection> ReadAsync(HttpContext http, CancellationToken ct)
    {
        try
        {
            return await http.Request.ReadFormAsync(ct);
        }
        catch (Exception x) when (x is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw new BadHttpRequestException("The form cannot be read.", StatusCodes.Status400BadRequest, x);
        }
    }
}
