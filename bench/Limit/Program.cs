using Lending.Bench.Limit;
using Npgsql;

// The yardstick: the hot operations by hand, on raw Npgsql, with nothing between Kestrel and PostgreSQL that they do not need. Same tables,
// same indexes, same token check, same bytes in the answers; no logs, no problem details, no other endpoint.
var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
var tokens = new Tokens(builder.Configuration.GetSection("Jwt"), TimeProvider.System);
Encryption.Use(builder.Configuration.GetSection("Encryption"));
await using var database = NpgsqlDataSource.Create(
    new NpgsqlConnectionStringBuilder(builder.Configuration.GetConnectionString("Lending"))
    {
        ApplicationName = "limit",
        MaxAutoPrepare = 64,
        AutoPrepareMinUsages = 1,
        NoResetOnClose = true,
    }
);
var offers = new Offers(database, TimeProvider.System);
var quotes = new Quotes(TimeProvider.System);
var customers = new Customers(database);

await using var app = builder.Build();
Map("GET", "loan-offers/{id:guid}", "offers:read", offers.GetAsync);
Map("GET", "loan-offers", "offers:read", offers.ListAsync);
Map("POST", "loan-offers", "offers:write", offers.CreateAsync);
Map("GET", "customers/{id:guid}", "customers:read", customers.GetAsync);
Map("GET", "customers", "customers:read", customers.ListAsync);
app.MapPost("/api/v1/loan-offers/quote", (RequestDelegate)quotes.CreateAsync);
app.MapGet("/health/ready", (RequestDelegate)(_ => Task.CompletedTask));
await app.RunAsync();

void Map(string method, string path, string permission, Func<HttpContext, AccessToken, Task> handle) =>
    app.MapMethods(
        $"/api/v1/{path}",
        [method],
        (RequestDelegate)(
            http =>
            {
                if (tokens.Read(http.Request.Headers.Authorization.ToString()) is not { } token)
                {
                    http.Response.StatusCode = StatusCodes.Status401Unauthorized;
                    return Task.CompletedTask;
                }
                if (!token.Permissions.Contains(permission))
                {
                    http.Response.StatusCode = StatusCodes.Status403Forbidden;
                    return Task.CompletedTask;
                }
                return handle(http, token);
            }
        )
    );
