using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Routing.Patterns;

namespace FastEndpoints;

/// <summary>Builds the HTTP requests of the test client.</summary>
internal static class TestCall
{
    public static async Task<TestResult<TResponse>> SendAsync<TEndpoint, TRequest, TResponse>(
        HttpClient client,
        HttpMethod method,
        TRequest request,
        bool sendAsFormData = false
    )
        where TRequest : notnull
    {
        var response = await SendAsync<TEndpoint, TRequest>(client, method, request, sendAsFormData);
        return new TestResult<TResponse>(response, await ReadAsync<TResponse>(response));
    }

    public static async Task<HttpResponseMessage> SendAsync<TEndpoint, TRequest>(
        HttpClient client,
        HttpMethod method,
        TRequest request,
        bool sendAsFormData = false
    )
        where TRequest : notnull
    {
        var pattern = RoutePatternFactory.Parse(await RouteOfAsync(client, typeof(TEndpoint)));
        var properties = RequestProperties.Of(request.GetType()).ToList();
        var path = string.Join(
            '/',
            pattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => Fill(part, properties, request))))
        );

        // What a GET does not carry in its route can only stand in the query.
        var query = properties
            .Where(property => method == HttpMethod.Get ? IsInQuery(property, pattern) : property.IsDefined(typeof(QueryParamAttribute)))
            .SelectMany(property =>
                Texts(property.GetValue(request)).Select(text => $"{RequestProperties.NameOf(property)}={Uri.EscapeDataString(text)}")
            );
        using var message = new HttpRequestMessage(method, new Uri($"{path}?{string.Join('&', query)}".TrimEnd('?'), UriKind.Relative));
        foreach (var property in properties.Where(property => property.IsDefined(typeof(FromHeaderAttribute))))
        {
            var name = property.GetCustomAttribute<FromHeaderAttribute>()!.HeaderName ?? property.Name;
            message.Headers.TryAddWithoutValidation(name, Texts(property.GetValue(request)));
        }

        message.Content = Content(method, request, properties, sendAsFormData);
        return await client.SendAsync(message);
    }

    private static async Task<string> RouteOfAsync(HttpClient client, Type endpoint)
    {
        var lines = await client.GetFromJsonAsync<string[]>(new Uri("_test_url_cache_", UriKind.Relative));
        var line = Array.Find(lines!, candidate => candidate.StartsWith($"{endpoint.FullName}|", StringComparison.Ordinal));
        return line?.Split('|', 2)[1].TrimStart('/')
            ?? throw new InvalidOperationException($"The server has no endpoint {endpoint.FullName}.");
    }

    private static string Fill(RoutePatternPart part, List<PropertyInfo> properties, object request)
    {
        if (part is not RoutePatternParameterPart parameter)
        {
            return part is RoutePatternLiteralPart literal ? literal.Content : ((RoutePatternSeparatorPart)part).Content;
        }

        var property = properties.Find(candidate => RequestProperties.HasName(candidate, parameter.Name));
        var text = property is null ? null : Texts(property.GetValue(request)).FirstOrDefault();
        return text is not null || parameter.IsOptional
            ? Uri.EscapeDataString(text ?? "")
            : throw new InvalidOperationException($"The request has no value for the route parameter {parameter.Name}.");
    }

    private static bool IsInQuery(PropertyInfo property, RoutePattern pattern) =>
        property.GetCustomAttribute<NonJsonBindingAttribute>() is null or QueryParamAttribute
        && pattern.Parameters.All(parameter => !RequestProperties.HasName(property, parameter.Name));

    private static HttpContent? Content(HttpMethod method, object request, List<PropertyInfo> properties, bool sendAsFormData)
    {
        if (sendAsFormData)
        {
            var fields = properties.SelectMany(property =>
                Texts(property.GetValue(request)).Select(text => KeyValuePair.Create(RequestProperties.NameOf(property), text))
            );
            var form = new MultipartFormDataContent();
            foreach (var (name, text) in fields)
            {
                form.Add(new StringContent(text), name);
            }

            return form;
        }

        if (method == HttpMethod.Get || request is EmptyRequest || properties.TrueForAll(ApplicationContext.IsOutsideJson))
        {
            return null;
        }

        var body = properties.Find(property => property.IsDefined(typeof(FromBodyAttribute)));
        return body is null
            ? JsonContent.Create(request, request.GetType(), null, TestClientJson.Request)
            : JsonContent.Create(body.GetValue(request), body.PropertyType, null, TestClientJson.Request);
    }

    /// <summary>Values as they are written in JSON, without quotation marks: the server reads them the same way.</summary>
    private static IEnumerable<string> Texts(object? value) =>
        value switch
        {
            null => [],
            string text => [text],
            System.Collections.IEnumerable items => items.Cast<object?>().SelectMany(Texts),
            _ => [JsonSerializer.Serialize(value, TestClientJson.Request).Trim('"')],
        };

    private static async Task<TResponse?> ReadAsync<TResponse>(HttpResponseMessage response)
    {
        try
        {
            return await response.Content.ReadFromJsonAsync<TResponse>(TestClientJson.Response);
        }
        catch (Exception x) when (x is JsonException or NotSupportedException)
        {
            return default; // An error or a file: the test looks at the HTTP response.
        }
    }
}
