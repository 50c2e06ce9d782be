using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace FastEndpoints;

/// <summary>What API documents say of an endpoint.</summary>
public class EndpointSummary
{
    internal List<IProducesResponseTypeMetadata> ProducesMetas { get; } = [];

    /// <summary>One line.</summary>
    public string Summary { get; set; } = "";

    /// <summary>The long text.</summary>
    public string Description { get; set; } = "";

    /// <summary>An example of the request.</summary>
    public object? ExampleRequest { get; set; }

    /// <summary>What each status code means.</summary>
    public Dictionary<int, string> Responses { get; set; } = [];

    /// <summary>An example of the response for a status code.</summary>
    public Dictionary<int, object> ResponseExamples { get; set; } = [];

    /// <summary>What each request property means.</summary>
    public Dictionary<string, string> Params { get; set; } = [];

    /// <summary>What a status code means.</summary>
    /// <param name="statusCode">The status code.</param>
    public string this[int statusCode]
    {
        get => Responses[statusCode];
        set => Responses[statusCode] = value;
    }

    /// <summary>Adds a response with a body.</summary>
    /// <typeparam name="TResponse">The type of the body.</typeparam>
    /// <param name="statusCode">The status code.</param>
    /// <param name="description">What it means.</param>
    /// <param name="contentType">The body's content type.</param>
    /// <param name="example">An example of the body.</param>
    public void Response<TResponse>(
        int statusCode = 200,
        string? description = null,
        string contentType = "application/json",
        TResponse? example = default
    )
    {
        Add(new ProducesResponseTypeMetadata(statusCode, typeof(TResponse), [contentType]) { Description = description });
        if (example is not null)
        {
            ResponseExamples[statusCode] = example;
        }
    }

    /// <summary>Adds a response without a body.</summary>
    /// <param name="statusCode">The status code.</param>
    /// <param name="description">What it means.</param>
    /// <param name="contentType">The content type, if there is one.</param>
    public void Response(int statusCode = 200, string? description = null, string? contentType = null) =>
        Add(
            new ProducesResponseTypeMetadata(statusCode, typeof(void), contentType is null ? [] : [contentType])
            {
                Description = description,
            }
        );

    private void Add(ProducesResponseTypeMetadata metadata)
    {
        ProducesMetas.Add(metadata);
        if (metadata.Description is { } description)
        {
            Responses[metadata.StatusCode] = description;
        }
    }
}
