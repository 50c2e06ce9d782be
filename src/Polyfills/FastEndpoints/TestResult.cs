using System.Text.Json;

namespace FastEndpoints;

/// <summary>What a call of the test client got.</summary>
/// <typeparam name="TResponse">The response.</typeparam>
/// <param name="Response">The HTTP response.</param>
/// <param name="Result">Its body; null where it is none of that type.</param>
public sealed record TestResult<TResponse>(HttpResponseMessage Response, TResponse? Result);

/// <summary>
/// The one exception from «no static state»: the JSON options that the test client shares with the server in its process. The client's
/// signatures have no place to pass them, and options cannot be asked for over HTTP as routes are. It is a read-only snapshot, set when
/// endpoints are mapped; only the test client reads it, and hosts in one process are taken to write the same JSON.
/// </summary>
internal static class TestClientJson
{
    private static (JsonSerializerOptions Request, JsonSerializerOptions Response) s_options = (
        JsonSerializerOptions.Web,
        JsonSerializerOptions.Web
    );

    public static JsonSerializerOptions Request => s_options.Request;

    public static JsonSerializerOptions Response => s_options.Response;

    public static void Use(ApplicationContext application) => s_options = (application.RequestJson, application.Config.Serializer.Options);
}
