using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using Lending.Testing;

namespace Lending.Faults.Tests;

/// <summary>Writers that make offers and take them back, which are two events each. What is not acknowledged is sent again with the same key.</summary>
internal sealed class OfferLoad : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly CancellationTokenSource end = new();
    private readonly ConcurrentBag<Guid> cancelled = [];
    private readonly HttpClient client;
    private readonly Guid customer;
    private readonly Task writing;

    public OfferLoad(HttpClient client, Guid customer, int writers = 8)
    {
        (this.client, this.customer) = (client, customer);
        writing = Task.WhenAll(Enumerable.Range(0, writers).Select(_ => WriteAsync()));
    }

    /// <summary>The offers of which both events have happened.</summary>
    public IReadOnlyCollection<Guid> Cancelled => cancelled;

    /// <summary>Waits until so many more offers are cancelled.</summary>
    public async Task UntilMoreAsync(int count)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        for (var enough = cancelled.Count + count; cancelled.Count < enough && !writing.IsCompleted; )
        {
            await Task.Delay(Pause, limit.Token);
        }
    }

    /// <summary>Lets each writer end what it is at.</summary>
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

    private async Task WriteAsync()
    {
        while (!end.IsCancellationRequested)
        {
            await WriteOneAsync();
            // Else nothing is left of the processors for whoever starts again meanwhile.
            await Task.Delay(Pause);
        }
    }

    /// <summary>Makes one offer, and takes it back.</summary>
    public async Task WriteOneAsync()
    {
        var offer = await PostAsync(
            "/api/v1/loan-offers",
            new
            {
                customerId = customer,
                loanAmount = 18000,
                annualRatePercent = 4.9,
                termMonths = 120,
            }
        );
        var id = offer.GetProperty("id").GetGuid();
        await PostAsync($"/api/v1/loan-offers/{id}/cancel", new { });
        cancelled.Add(id);
    }

    private async Task<JsonElement> PostAsync(string path, object body)
    {
        var key = Unique.Text();
        while (true)
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative))
                {
                    Headers = { { "Idempotency-Key", key } },
                    Content = JsonContent.Create(body),
                };
                using var answer = await client.SendAsync(request);
                var text = await answer.Content.ReadAsStringAsync();
                if (answer.IsSuccessStatusCode)
                {
                    return JsonElement.Parse(text);
                }
                ((int)answer.StatusCode).ShouldBe(503, text);
            }
            catch (HttpRequestException)
            {
                // The host was killed. Whether it has done it, the key tells.
            }
            await Task.Delay(Pause);
        }
    }
}
