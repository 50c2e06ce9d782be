using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Lending.Testing;

namespace Lending.Servicing.Tests.LoanAccounts;

/// <summary>
/// Two people do anything to one loan account at once, again and again, and a model that knows nothing but the rules says what may come of it: what was answered is
/// in the books once, of two who exclude each other one wins, and the books are those of a replay.
/// </summary>
public sealed class LoanWalkTests(ServicingFixture fixture)
{
    private const int Walks = 4;
    private const int Turns = 14;

    [Fact]
    public async Task What_was_answered_is_there_once_and_of_two_who_exclude_each_other_one_wins()
    {
        var seen = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(
            Enumerable.Range(1, Walks),
            TestContext.Current.CancellationToken,
            async (seed, _) =>
            {
                var walk = await Walk.StartAsync(fixture, seed, seen);
                for (var turn = 0; turn < Turns; turn++)
                {
                    await walk.TakeTurnAsync(seed + turn);
                }
                await walk.ShouldBeInTheBooksAsync();
            }
        );

        // Walks that got nowhere would show nothing.
        seen.Distinct()
            .ShouldBe(
                [
                    "anything",
                    "one payment by both",
                    "one id for two payments",
                    "one key twice",
                    "one of two reversals",
                    "one of two refunds",
                    "one of two who pay a quote",
                    "already-reversed",
                    "credit-exceeded",
                    "event-id-taken",
                    "payoff-quote-outdated",
                ],
                ignoreOrder: true
            );
    }

    private sealed class Walk(
        ServicingFixture fixture,
        Guid id,
        HttpClient one,
        HttpClient other,
        Random random,
        ConcurrentBag<string> seen
    )
    {
        private const string Today = "2026-06-15";

        private readonly Dictionary<Guid, Recorded> recorded = [];
        private readonly List<string> trace = [];

        public static async Task<Walk> StartAsync(ServicingFixture fixture, int seed, ConcurrentBag<string> seen)
        {
            var organization = Unique.Id();
            return new Walk(
                fixture,
                await fixture.DisbursedAccountAsync(organization),
                fixture.Host.ClientFor(Persons.Administrator(organization)),
                fixture.Host.ClientFor(Persons.Underwriter(organization)),
                new Random(seed),
                seen
            );
        }

        public async Task TakeTurnAsync(int turn)
        {
            Func<Task>[] turns =
            [
                AnythingAsync,
                OnePaymentByBothAsync,
                OneIdAsync,
                OneKeyAsync,
                TwoReversalsAsync,
                TwoRefundsAsync,
                OneQuoteAsync,
            ];
            try
            {
                await turns[turn % turns.Length]();
                await ShouldBalanceAsync();
            }
            catch (Exception exception) when (exception is ShouldAssertException or InvalidOperationException)
            {
                throw new InvalidOperationException(string.Join('\n', trace), exception);
            }
        }

        /// <summary>Each event that was answered is there once, in the order of its number, and nothing else is; money is what the model counts.</summary>
        public async Task ShouldBeInTheBooksAsync()
        {
            var ids = (Guid[])
                (
                    await fixture.ScalarAsync(
                        $"SELECT array_agg(id ORDER BY number) FROM servicing.loan_events WHERE loan_account_id = '{id}' AND type <> 'tranche'"
                    )
                )!;
            ids.ShouldBe(recorded.Keys, ignoreOrder: true);
            (await fixture.ScalarAsync($"SELECT max(number) FROM servicing.loan_events WHERE loan_account_id = '{id}'")).ShouldBe(
                recorded.Count + 1
            );
            var trial = (await one.GetAsync("/trial-balance", HttpStatusCode.OK)).Json.GetProperty("currencies");
            trial.EnumerateArray().ShouldHaveSingleItem().GetProperty("balance").GetDecimal().ShouldBe(0);
        }

        private async Task AnythingAsync()
        {
            await AtOnceAsync(AnyAct(), AnyAct());
            seen.Add("anything");
        }

        private async Task OnePaymentByBothAsync()
        {
            var payment = Payment(AnyAmount(), AnyDay());
            var answers = await AtOnceAsync(payment, payment);
            answers.ShouldAllBe(answer => answer.Status == HttpStatusCode.OK);
            seen.Add("one payment by both");
        }

        private async Task OneIdAsync()
        {
            var payment = Payment(AnyAmount(), AnyDay());
            var another = Payment(payment.Amount + 1, Today, payment.Id);
            (await AtOnceAsync(payment, another)).Count(answer => answer.Status == HttpStatusCode.OK).ShouldBe(1);
            seen.Add("one id for two payments");
        }

        private async Task OneKeyAsync()
        {
            var payment = Payment(AnyAmount(), AnyDay());
            var key = Unique.Text();
            // A key is its sender's: the same person sends it twice.
            var answers = await Task.WhenAll(SendAsync(one, payment, key), SendAsync(one, payment, key));
            answers.Count(answer => answer.IsReplayed).ShouldBe(1);
            answers[0].Text.ShouldBe(answers[1].Text);
            seen.Add("one key twice");
        }

        private async Task TwoReversalsAsync()
        {
            var payment = Payment(AnyAmount(), AnyDay());
            await SendAsync(one, payment);
            var answers = await AtOnceAsync(Reversal(payment.Id), Reversal(payment.Id));
            answers.Count(answer => answer.Status == HttpStatusCode.OK).ShouldBe(1);
            seen.Add("one of two reversals");
        }

        private async Task TwoRefundsAsync()
        {
            var payment = Payment(3_000, Today);
            await SendAsync(one, payment);
            var credit = (await StateAsync()).GetProperty("credit").GetDecimal();
            var refunds = (Refund(credit), Refund(credit));
            await AtOnceAsync(refunds.Item1, refunds.Item2);
            var winner = OneOf(refunds.Item1, refunds.Item2);
            seen.Add("one of two refunds");
            // The loan goes on.
            await AtOnceAsync(Reversal(winner), Reversal(payment.Id));
        }

        private async Task OneQuoteAsync()
        {
            var quote = (await one.PostAsync($"/loan-accounts/{id}/payoff-quotes", null, HttpStatusCode.Created)).Json;
            var total = quote.GetProperty("rows")[0].GetProperty("total").GetDecimal();
            if (total == 0)
            {
                return;
            }
            var quoteId = quote.GetProperty("id").GetGuid();
            var (first, second) = (Payment(total, Today, quoteId: quoteId), Payment(total, Today, quoteId: quoteId));
            var answers = await AtOnceAsync(first, second);
            var winner = OneOf(first, second);
            answers.Single(answer => answer.Status == HttpStatusCode.OK)["state.status"].ShouldBe("SETTLED");
            seen.Add("one of two who pay a quote");
            // The loan goes on.
            await SendAsync(other, Reversal(winner));
        }

        private Guid OneOf(Act first, Act second) => new[] { first.Id, second.Id }.Where(recorded.ContainsKey).ShouldHaveSingleItem();

        private Act AnyAct() =>
            random.Next(6) switch
            {
                0 => Refund(AnyAmount()),
                1 => new(
                    Unique.Id(),
                    "reschedules",
                    0,
                    act => new
                    {
                        eventId = act.Id,
                        effectiveOn = Today,
                        kind = "DEFERRAL",
                        fromDueOn = "2026-07-01",
                        count = 1,
                        reason = "HARDSHIP",
                        consent = new { reference = "consent-1", sha256 = new string('a', 64) },
                    },
                    ["no-instalments-left"]
                ),
                2 => new(Unique.Id(), "extra-repayments", AnyAmount(), Money, []),
                3 when recorded.Count > 0 => Reversal(recorded.Keys.ElementAt(random.Next(recorded.Count))),
                _ => Payment(AnyAmount(), AnyDay()),
            };

        private decimal AnyAmount() => random.Next(1, 20_000) / 100m;

        private string AnyDay() => new DateOnly(2026, 1, 1).AddDays(random.Next(166)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

        private static object Money(Act act) =>
            new
            {
                eventId = act.Id,
                effectiveOn = Today,
                amount = act.Amount,
            };

        private static Act Payment(decimal amount, string day, Guid? eventId = null, Guid? quoteId = null) =>
            new(
                eventId ?? Unique.Id(),
                "payments",
                amount,
                act => new
                {
                    eventId = act.Id,
                    effectiveOn = day,
                    amount,
                    payoffQuoteId = quoteId,
                },
                quoteId is null ? ["event-id-taken"] : ["payoff-quote-outdated"]
            );

        private static Act Refund(decimal amount) => new(Unique.Id(), "credit-refunds", amount, Money, ["credit-exceeded"]);

        private static Act Reversal(Guid eventId) =>
            new(Unique.Id(), "reversals", 0, act => new { eventId = act.Id }, ["already-reversed"]) { Reverses = eventId };

        private Task<Answer[]> AtOnceAsync(Act first, Act second) => Task.WhenAll(SendAsync(one, first), SendAsync(other, second));

        private async Task<Answer> SendAsync(HttpClient person, Act act, string? key = null)
        {
            var path = act.Reverses is { } reversed ? $"/loan-events/{reversed}/reversals" : $"/loan-accounts/{id}/{act.Kind}";
            var answer = await person.SendAsync("POST", path, act.BodyOf(act), idempotencyKey: key);
            lock (recorded)
            {
                trace.Add($"{(person == one ? "one" : "other")}: {act.Kind} {act.Amount} of {act.Id} {act.Reverses}: {answer.Status}");
                if (answer.Status == HttpStatusCode.OK)
                {
                    // Of what is sent twice with one id, the first that is answered is the event.
                    recorded.TryAdd(act.Id, new Recorded(act.Kind, act.Amount, act.Reverses));
                    return answer;
                }
                answer.Status.ShouldBe(HttpStatusCode.Conflict, answer.Text);
                act.Refusals.ShouldContain(answer.Code);
                seen.Add(answer.Code == "no-instalments-left" ? "anything" : answer.Code!);
                return answer;
            }
        }

        private async Task<JsonElement> StateAsync() =>
            (await one.GetAsync($"/loan-accounts/{id}", HttpStatusCode.OK)).Json.GetProperty("state");

        /// <summary>The journal says what a replay says, sums to zero, and has the money that came and went by the model.</summary>
        private async Task ShouldBalanceAsync()
        {
            var booked = (
                (string[])
                    (
                        await fixture.ScalarAsync(
                            $"""
                            SELECT array_agg(account || ' ' || amount ORDER BY account) FROM (
                                SELECT account, trim_scale(sum(amount)) AS amount
                                FROM servicing.journal_lines JOIN servicing.journal_entries ON id = journal_entry_id
                                WHERE loan_account_id = '{id}' GROUP BY account HAVING sum(amount) <> 0
                            ) AS balances
                            """
                        )
                    )!
            ).Select(text => text.Split(' ')).ToDictionary(pair => pair[0].ToUpperInvariant(), pair => decimal.Parse(pair[1], CultureInfo.InvariantCulture), StringComparer.Ordinal);
            var replayed = (await one.GetAsync($"/loan-accounts/{id}/balances", HttpStatusCode.OK))
                .Json.GetProperty("lines")
                .EnumerateArray()
                .ToDictionary(
                    line => line.GetProperty("account").GetString()!.Replace("_", "", StringComparison.Ordinal),
                    line => line.GetProperty("amount").GetDecimal(),
                    StringComparer.Ordinal
                );
            booked.ShouldBe(replayed, ignoreOrder: true);
            booked.Values.Sum().ShouldBe(0);
            booked.GetValueOrDefault("CLEARINGIN").ShouldBe(SumOf("payments") + SumOf("extra-repayments"));
            booked.GetValueOrDefault("CLEARINGOUT").ShouldBe(-1_000 - SumOf("credit-refunds"));
        }

        private decimal SumOf(string kind) =>
            recorded.Where(pair => pair.Value.Kind == kind && Holds(pair.Key)).Sum(pair => pair.Value.Amount);

        private bool Holds(Guid eventId) => !recorded.Any(pair => pair.Value.Reverses == eventId && Holds(pair.Key));
    }

    private sealed record Act(Guid Id, string Kind, decimal Amount, Func<Act, object> BodyOf, string[] Refusals)
    {
        public Guid? Reverses { get; init; }
    }

    private sealed record Recorded(string Kind, decimal Amount, Guid? Reverses);
}
