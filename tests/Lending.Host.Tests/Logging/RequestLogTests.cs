using System.Text.Json;
using Lending.Host.Logging;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Serilog;
using Serilog.Events;
using Serilog.Extensions.Logging;
using Serilog.Formatting.Json;

namespace Lending.Host.Tests.Logging;

/// <summary>The line that each request writes.</summary>
public sealed class RequestLogTests
{
    [Fact]
    public async Task A_request_tells_its_method_route_path_status_and_time()
    {
        var line = (await LinesOfAsync("/api/v1/customers/7", "api/v1/customers/{id}", LogEventLevel.Information)).Single();

        line.GetProperty("RenderedMessage").GetString().ShouldStartWith("GET api/v1/customers/{id} answered 200 in ");
        var properties = line.GetProperty("Properties");
        properties.GetProperty("SourceContext").GetString().ShouldBe("Lending.Requests");
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

    [Fact]
    public async Task The_level_of_the_settings_holds() =>
        (await LinesOfAsync("/api/v1/customers/7", "api/v1/customers/{id}", LogEventLevel.Warning)).ShouldBeEmpty();

    private static async Task<List<JsonElement>> LinesOfAsync(string path, string? route, LogEventLevel minimumLevel)
    {
        var output = new MemoryStream();
        using (var console = new BatchedConsole(new JsonFormatter(), output))
        {
            using var loggers = new SerilogLoggerFactory(
                new LoggerConfiguration().MinimumLevel.Override("Lending.Requests", minimumLevel).CreateLogger(),
                dispose: true
            );
            var http = new DefaultHttpContext();
            (http.Request.Method, http.Request.Path) = ("GET", path);
            if (route is not null)
            {
                http.SetEndpoint(new RouteEndpoint(_ => Task.CompletedTask, RoutePatternFactory.Parse(route), 0, null, null));
            }
            await new RequestLog(_ => Task.CompletedTask, console, loggers, TimeProvider.System).InvokeAsync(http);
        }
        return
        [
            .. System
                .Text.Encoding.UTF8.GetString(output.ToArray())
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonElement.Parse(line)),
        ];
    }
}
