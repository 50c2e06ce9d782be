using System.Text.Json;
using Lending.Host.Logging;
using Lending.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Json;

namespace Lending.Host.Tests.Logging;

/// <summary>The line that each request writes.</summary>
public sealed class RequestLogTests(HostFixture host)
{
    [Theory]
    [InlineData("GET", "/customers", null, 401)]
    [InlineData("GET", "/nowhere", null, 404)]
    [InlineData("DELETE", "/auth/login", null, 405)]
    [InlineData("POST", "/auth/login", "{", 400)]
    [InlineData("POST", "/auth/login", "{}", 400)]
    public async Task An_error_answer_has_the_trace_id_of_its_line(string method, string path, string? body, int status)
    {
        var answer = await host.Anonymous.SendAsync(method, path, body);

        ((int)answer.Status).ShouldBe(status);
        var id = answer["traceId"]!;
        await Wait.UntilAsync(() => host.Log.Lines.Any(line => line.Contains(id, StringComparison.Ordinal)));
        JsonElement
            .Parse(host.Log.Lines.Last(line => line.Contains(id, StringComparison.Ordinal)))
            .GetProperty("TraceId")
            .GetString()
            .ShouldBe(id);
    }

    [Fact]
    public async Task A_request_tells_its_method_route_path_status_and_time()
    {
        var line = (await LinesOfAsync("/api/v1/customers/7", "api/v1/customers/{id}", LogEventLevel.Information)).Single();

        line.GetProperty("RenderedMessage").GetString().ShouldStartWith("GET api/v1/customers/{id} answered 200 in ");
        var properties = line.GetProperty("Properties");
        properties.GetProperty("Method").GetString().ShouldBe("GET");
        properties.GetProperty("Route").GetString().ShouldBe("api/v1/customers/{id}");
        properties.GetProperty("StatusCode").GetInt32().ShouldBe(200);
        properties.GetProperty("SourceContext").GetString().ShouldBe("Lending.Requests");
        properties.GetProperty("RequestId").GetString().ShouldNotBeNullOrEmpty();
        properties.GetProperty("RequestPath").GetString().ShouldBe("/api/v1/customers/7");
        properties.GetProperty("ElapsedMilliseconds").GetDouble().ShouldBeGreaterThanOrEqualTo(0);
    }

    [Fact]
    public async Task A_path_that_there_is_not_stays_out_of_the_log()
    {
        var line = (await LinesOfAsync("/customers/greta@example.org", route: null, LogEventLevel.Information)).Single();

        line.GetRawText().ShouldContain("(no route)");
        line.GetRawText().ShouldNotContain("greta");
    }

    [Theory]
    [InlineData(404)]
    [InlineData(500)]
    public async Task Whatever_is_answered_the_line_is_information(int status)
    {
        var line = (await LinesOfAsync("/api/v1/customers/7", "api/v1/customers/{id}", LogEventLevel.Information, status)).Single();

        line.GetProperty("Level").GetString().ShouldBe("Information");
        line.GetProperty("Properties").GetProperty("StatusCode").GetInt32().ShouldBe(status);
    }

    [Fact]
    public async Task The_level_of_the_settings_holds() =>
        (await LinesOfAsync("/api/v1/customers/7", "api/v1/customers/{id}", LogEventLevel.Warning)).ShouldBeEmpty();

    private static async Task<List<JsonElement>> LinesOfAsync(string path, string? route, LogEventLevel minimumLevel, int status = 200)
    {
        var output = new Output();
        await using var services = new ServiceCollection()
            .AddSerilog(
                logger => logger.MinimumLevel.Override("Lending.Requests", minimumLevel).WriteTo.Sink(output),
                preserveStaticLogger: true
            )
            .BuildServiceProvider();
        var app = new ApplicationBuilder(services);
        app.UseRequestLog();
        app.Run(context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });
        var http = new DefaultHttpContext { TraceIdentifier = "request-1" };
        (http.Request.Method, http.Request.Path, http.Request.QueryString) = ("GET", path, new QueryString("?search=greta"));
        if (route is not null)
        {
            http.SetEndpoint(new RouteEndpoint(_ => Task.CompletedTask, RoutePatternFactory.Parse(route), 0, null, null));
        }
        await app.Build()(http);
        output.Lines.ShouldAllBe(line => !line.GetRawText().Contains("search"));
        return output.Lines;
    }

    private sealed class Output : ILogEventSink
    {
        private readonly JsonFormatter formatter = new(renderMessage: true);

        public List<JsonElement> Lines { get; } = [];

        public void Emit(LogEvent logEvent)
        {
            var line = new StringWriter();
            formatter.Format(logEvent, line);
            Lines.Add(JsonElement.Parse(line.ToString()));
        }
    }
}
