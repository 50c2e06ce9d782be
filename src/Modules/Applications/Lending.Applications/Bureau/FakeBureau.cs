using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Lending.Applications.Bureau;

/// <summary>
/// A credit bureau that is made up, for Development and tests: a web server of its own, started by the first question. Its answer depends on the last word of
/// the name, so that everybody can try what they want; whoever has any other name is in class 2. Sandboxes are answered the same without a server.
/// </summary>
internal sealed class FakeBureau(TimeProvider clock) : IAsyncDisposable
{
    /// <summary>People of whom the made-up bureau knows something.</summary>
    public static IReadOnlyDictionary<string, BureauReply> Persons { get; } =
        new Dictionary<string, BureauReply>(StringComparer.OrdinalIgnoreCase)
        {
            ["ClassOne"] = Hit(1, 95, 0.004m),
            ["ClassTwo"] = Hit(2, 80, 0.012m),
            ["ClassThree"] = Hit(3, 60, 0.04m),
            ["ClassFour"] = Hit(4, 35, 0.11m),
            ["ClassFive"] = Hit(5, 10, 0.35m) with { NegativeEntries = 3, Reasons = ["DEFAULT", "BAN"] },
            ["Unknown"] = new() { Outcome = "NONE" },
            ["Twin"] = new() { Outcome = "AMBIGUOUS" },
        };

    /// <summary>The bureau does not answer these: it takes too long, breaks, or talks nonsense.</summary>
    public const string Slow = "Slow";

    /// <inheritdoc cref="Slow" />
    public const string Broken = "Broken";

    /// <inheritdoc cref="Slow" />
    public const string Nonsense = "Nonsense";

    private readonly SemaphoreSlim starting = new(1);
    private WebApplication? app;

    /// <summary>Where it is asked.</summary>
    public async Task<Uri> GetUrlAsync(CancellationToken ct)
    {
        await starting.WaitAsync(ct);
        try
        {
            app ??= await StartAsync(ct);
            return new Uri(new Uri(app.Urls.Single()), "inquiries");
        }
        finally
        {
            starting.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        starting.Dispose();
        if (app is not null)
        {
            await app.DisposeAsync();
        }
    }

    /// <summary>Its answer; null for those whom it does not answer.</summary>
    public static BureauReply? ReplyTo(BureauQuestion question, DateTimeOffset now) =>
        NameIn(question) is Slow or Broken or Nonsense
            ? null
            : Persons.GetValueOrDefault(NameIn(question), Persons["ClassTwo"]) with
            {
                AsOf = now,
                Reference = $"fake-{question.IdempotencyKey:N}",
            };

    private static string NameIn(BureauQuestion question) => question.FullName.Split(' ')[^1];

    private static BureauReply Hit(int bureauClass, decimal value, decimal probability) =>
        new()
        {
            Outcome = "HIT",
            Class = bureauClass,
            Value = value,
            Scale = "0-100",
            Direction = "HIGHER_IS_BETTER",
            DefaultProbability = probability,
            NegativeEntries = 0,
        };

    private async Task<WebApplication> StartAsync(CancellationToken ct)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        // It is asked about people.
        builder.Logging.ClearProviders();
        var started = builder.Build();
        started.MapPost("/inquiries", AnswerAsync);
        await started.StartAsync(ct);
        return started;
    }

    private async Task<IResult> AnswerAsync(BureauQuestion question, HttpContext context)
    {
        switch (NameIn(question))
        {
            case Slow:
                // Until whoever asked hangs up.
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                return Results.Empty;
            case Broken:
                return Results.StatusCode(StatusCodes.Status500InternalServerError);
            case Nonsense:
                return Results.Text("<html>maintenance</html>");
            default:
                return Results.Json(ReplyTo(question, clock.GetUtcNow()));
        }
    }
}
