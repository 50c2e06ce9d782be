namespace FastEndpoints;

/// <summary>
/// Calls endpoints in tests by their class, without writing routes. Route parameters are filled from the request's properties of the
/// same name; a GET sends the others in the query, every other method as JSON.
/// </summary>
public static class HttpClientExtensions
{
    extension(HttpClient client)
    {
        /// <summary>GET with a request and a response.</summary>
        public Task<TestResult<TResponse>> GETAsync<TEndpoint, TRequest, TResponse>(TRequest request)
            where TEndpoint : IEndpoint
            where TRequest : notnull => TestCall.SendAsync<TEndpoint, TRequest, TResponse>(client, HttpMethod.Get, request);

        /// <summary>GET with a request.</summary>
        public Task<HttpResponseMessage> GETAsync<TEndpoint, TRequest>(TRequest request)
            where TEndpoint : IEndpoint
            where TRequest : notnull => TestCall.SendAsync<TEndpoint, TRequest>(client, HttpMethod.Get, request);

        /// <summary>GET with a response.</summary>
        public Task<TestResult<TResponse>> GETAsync<TEndpoint, TResponse>()
            where TEndpoint : IEndpoint => client.GETAsync<TEndpoint, EmptyRequest, TResponse>(EmptyRequest.Instance);

        /// <summary>POST with a request and a response.</summary>
        public Task<TestResult<TResponse>> POSTAsync<TEndpoint, TRequest, TResponse>(TRequest request, bool sendAsFormData = false)
            where TEndpoint : IEndpoint
            where TRequest : notnull =>
            TestCall.SendAsync<TEndpoint, TRequest, TResponse>(client, HttpMethod.Post, request, sendAsFormData);

        /// <summary>POST with a request.</summary>
        public Task<HttpResponseMessage> POSTAsync<TEndpoint, TRequest>(TRequest request, bool sendAsFormData = false)
            where TEndpoint : IEndpoint
            where TRequest : notnull => TestCall.SendAsync<TEndpoint, TRequest>(client, HttpMethod.Post, request, sendAsFormData);

        /// <summary>POST with a response.</summary>
        public Task<TestResult<TResponse>> POSTAsync<TEndpoint, TResponse>()
            where TEndpoint : IEndpoint => client.POSTAsync<TEndpoint, EmptyRequest, TResponse>(EmptyRequest.Instance);

        /// <summary>PUT with a request and a response.</summary>
        public Task<TestResult<TResponse>> PUTAsync<TEndpoint, TRequest, TResponse>(TRequest request, bool sendAsFormData = false)
            where TEndpoint : IEndpoint
            where TRequest : notnull => TestCall.SendAsync<TEndpoint, TRequest, TResponse>(client, HttpMethod.Put, request, sendAsFormData);

        /// <summary>PUT with a request.</summary>
        public Task<HttpResponseMessage> PUTAsync<TEndpoint, TRequest>(TRequest request, bool sendAsFormData = false)
            where TEndpoint : IEndpoint
            where TRequest : notnull => TestCall.SendAsync<TEndpoint, TRequest>(client, HttpMethod.Put, request, sendAsFormData);

        /// <summary>PUT with a response.</summary>
        public Task<TestResult<TResponse>> PUTAsync<TEndpoint, TResponse>()
            where TEndpoint : IEndpoint => client.PUTAsync<TEndpoint, EmptyRequest, TResponse>(EmptyRequest.Instance);

        /// <summary>PATCH with a request and a response.</summary>
        public Task<TestResult<TResponse>> PATCHAsync<TEndpoint, TRequest, TResponse>(TRequest request, bool sendAsFormData = false)
            where TEndpoint : IEndpoint
            where TRequest : notnull =>
            TestCall.SendAsync<TEndpoint, TRequest, TResponse>(client, HttpMethod.Patch, request, sendAsFormData);

        /// <summary>PATCH with a request.</summary>
        public Task<HttpResponseMessage> PATCHAsync<TEndpoint, TRequest>(TRequest request, bool sendAsFormData = false)
            where TEndpoint : IEndpoint
            where TRequest : notnull => TestCall.SendAsync<TEndpoint, TRequest>(client, HttpMethod.Patch, request, sendAsFormData);

        /// <summary>PATCH with a response.</summary>
        public Task<TestResult<TResponse>> PATCHAsync<TEndpoint, TResponse>()
            where TEndpoint : IEndpoint => client.PATCHAsync<TEndpoint, EmptyRequest, TResponse>(EmptyRequest.Instance);

        /// <summary>DELETE with a request and a response.</summary>
        public Task<TestResult<TResponse>> DELETEAsync<TEndpoint, TRequest, TResponse>(TRequest request)
            where TEndpoint : IEndpoint
            where TRequest : notnull => TestCall.SendAsync<TEndpoint, TRequest, TResponse>(client, HttpMethod.Delete, request);

        /// <summary>DELETE with a request.</summary>
        public Task<HttpResponseMessage> DELETEAsync<TEndpoint, TRequest>(TRequest request)
            where TEndpoint : IEndpoint
            where TRequest : notnull => TestCall.SendAsync<TEndpoint, TRequest>(client, HttpMethod.Delete, request);

        /// <summary>DELETE with a response.</summary>
        public Task<TestResult<TResponse>> DELETEAsync<TEndpoint, TResponse>()
            where TEndpoint : IEndpoint => client.DELETEAsync<TEndpoint, EmptyRequest, TResponse>(EmptyRequest.Instance);
    }
}
