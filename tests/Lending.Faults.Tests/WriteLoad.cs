using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Lending.Testing;

namespace Lending.Faults.Tests;

/// <summary>Writers that create customers one after the other, each with a key and again until it is acknowledged, and remember what they were answered.</summary>
internal sealed class WriteLoad : IAsyncDisposable
{
    public const int Writers = 8;

    private const int Created = 201;
    private const int Unavailable = 503;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly CancellationTokenSource end = new();
    private readonly ConcurrentBag<Reply> replies = [];
    private readonly HttpClient client;
    private readonly Task writing;

    public WriteLoad(HttpClient client)
    {
        this.client = client;
        writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => WriteAsync()));
    }

    public IReadOnlyCollection<Reply> Replies => replies;

    public IEnumerable<Reply> Acknowledged => replies.Where(reply => reply.Status == Created);

    public IEnumerable<Reply> Refused => replies.Where(reply => reply.Status != Created);

    /// <summary>A customer whom nobody has yet.</summary>
    public static object NewCustomer(string? lastName = null) =>
        new
        {
            firstName = "Jürgen",
            lastName = lastName ?? "Groß",
            email = Unique.Email(),
            phoneNumber = "+49 30 901820",
            addressLine1 = "Sonnenallee 12",
            city = "Berlin",
            postalCode = "12045",
            country = "DE",
        };

    /// <summary>Waits until so many writes that began from now on were acknowledged, and answers how long the first one took to come.</summary>
    public async Task<TimeSpan> UntilAcknowledgedAsync(int count)
    {
        var start = Stopwatch.GetTimestamp();
        await UntilAsync(() => Acknowledged.Count(reply => reply.Began >= start) >= count);
        return Acknowledged.Where(reply => reply.Began >= start).Min(reply => Stopwatch.GetElapsedTime(start, reply.Began) + reply.Took);
    }

    /// <summary>Waits until so many more were refused.</summary>
    public Task UntilRefusedAsync(int count)
    {
        var before = Refused.Count();
        return UntilAsync(() => Refused.Count() >= before + count);
    }

    /// <summary>Lets each writer end the write that it is at.</summary>
    public async Task EndAsync()
    {
        await end.CancelAsync();
        await writing;
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        end.Dispose();
    }

    private async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!condition())
        {
            // Where a writer failed, it says why.
            if (writing.IsFaulted)
            {
                await writing;
            }
            await Task.Delay(Pause, limit.Token);
        }
    }

    private async Task WriteAsync()
    {
        while (!end.IsCancellationRequested)
        {
            // By its last name, the customer of a key is found.
            var key = Unique.Text();
            var body = JsonSerializer.Serialize(NewCustomer(key));
            // What was refused is sent again, also when the load is to end: only then it is known to have been done once.
            while ((await SendAsync(key, body)).Status == Unavailable)
            {
                await Task.Delay(Pause);
            }
            await Task.Delay(Pause);
        }
    }

    private async Task<Reply> SendAsync(string key, string body)
    {
        var began = Stopwatch.GetTimestamp();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/v1/customers", UriKind.Relative))
        {
            Headers = { { "Idempotency-Key", key } },
            Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json"),
        };
        using var answer = await client.SendAsync(request);
        var took = Stopwatch.GetElapsedTime(began);
        var text = await answer.Content.ReadAsStringAsync();
        LogWatch.OfThisRun.LearnFrom(body, text, isRefused: !answer.IsSuccessStatusCode);
        var json = JsonElement.Parse(text);
        var reply = new Reply(
            began,
            took,
            (int)answer.StatusCode,
            key,
            answer.IsSuccessStatusCode ? json.GetProperty("id").GetGuid() : Guid.Empty,
            answer.IsSuccessStatusCode ? null : json.GetProperty("code").GetString(),
            answer.Headers.RetryAfter?.Delta
        );
        replies.Add(reply);
        return reply;
    }
}

/// <summary>What a writer was answered.</summary>
internal sealed record Reply(long Began, TimeSpan Took, int Status, string Key, Guid Id, string? Code, TimeSpan? RetryAfter);
