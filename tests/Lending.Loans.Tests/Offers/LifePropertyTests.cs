using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Lending.Identity.Contracts;
using Lending.Testing;

namespace Lending.Loans.Tests.Offers;

/// <summary>
/// Everybody does anything to one offer, in any order, and a model that knows nothing but the rules foretells each answer: so no sequence of
/// calls by any role reaches a state or a history that the diagram forbids.
/// </summary>
public sealed class LifePropertyTests(LoansFixture fixture)
{
    private const int Walks = 100;
    private const int Calls = 150;

    [Fact]
    public async Task Every_answer_is_the_one_that_the_rules_foretell()
    {
        var walks = new ConcurrentBag<Walk>();
        await Parallel.ForEachAsync(
            Enumerable.Range(1, Walks),
            TestContext.Current.CancellationToken,
            async (seed, _) =>
            {
                var walk = await Walk.StartAsync(fixture, seed);
                for (var call = 0; call < Calls && !walk.IsOver; call++)
                {
                    await walk.CallAsync();
                }
                await walk.ShouldBeAsForetoldAsync();
                walks.Add(walk);
            }
        );

        // Walks that got nowhere would show nothing.
        walks.SelectMany(walk => walk.History).Distinct().ShouldBe(Steps.States, ignoreOrder: true);
        walks
            .SelectMany(walk => walk.Refusals)
            .Distinct()
            .ShouldBe(
                [
                    "unauthenticated",
                    "forbidden",
                    "not-found",
                    "link-invalid",
                    "offer-not-pending",
                    "offer-seen",
                    "offer-not-open",
                    "offer-not-approved",
                    "offer-not-accepted",
                    "offer-expired",
                    "offer-version-outdated",
                    "withdrawal-period-over",
                    "second-person-required",
                    "third-person-required",
                    "underwriter-required",
                ],
                ignoreOrder: true
            );
    }

    private sealed class Walk(Office office, Dictionary<string, HttpClient> people, int seed)
    {
        private static readonly string[] Acts =
        [
            "read",
            "list",
            "schedule",
            "patch",
            "patch nothing",
            "approve",
            "reject",
            "cancel",
            "accept",
            "accept outdated",
            "accept with link",
            "accept with used link",
            "decline",
            "decline with link",
            "withdraw",
            "disburse",
            "make link",
            "revoke link",
            "open link",
            "open used link",
            "delete",
            "offer falls due",
            "withdrawal period ends",
            "job runs",
        ];

        private static readonly ApprovalTier[] Tiers =
        [
            new(5_000, Approver.Installer),
            new(20_000, Approver.SecondPerson),
            new(null, Approver.Underwriter),
        ];

        private readonly Random random = new(seed);
        private readonly List<string> trace = [$"seed {seed}"];
        private readonly List<string> history = ["PENDING"];
        private readonly List<string> usedLinks = [new('A', 43)];
        private Answer offer = null!;
        private Answer? outdated;
        private string state = "PENDING";
        private int version = 1;
        private bool isSeen;
        private decimal amount = 10_000;
        private string termsBy = "creator";
        private string? approvedBy;
        private string? link;
        private bool isAnsweredLinkShown;
        private bool isOverdue;
        private bool isWithdrawalOver;
        private bool isWithdrawalEndTold;
        private bool isDeleted;
        private int callsSinceTheEnd;

        /// <summary>Whether there is no offer any more, or long enough nothing that could become of it.</summary>
        public bool IsOver => isDeleted || callsSinceTheEnd > 15;

        public IReadOnlyList<string> History => history;

        public HashSet<string> Refusals { get; } = new(StringComparer.Ordinal);

        public static async Task<Walk> StartAsync(LoansFixture fixture, int seed)
        {
            var office = new Office(fixture, approvalTiers: Tiers);
            var people = new Dictionary<string, HttpClient>(StringComparer.Ordinal)
            {
                ["creator"] = office.Installer,
                ["colleague"] = fixture.Host.ClientFor(Persons.Installer(office.Id)),
                ["administrator"] = fixture.Host.ClientFor(Persons.Administrator(office.Id)),
                ["underwriter"] = fixture.Host.ClientFor(Persons.Underwriter(office.Id)),
                ["customer"] = office.CustomerClient,
                ["other customer"] = office.ClientOf(office.AddCustomer().Id),
                ["stranger"] = new Office(fixture).Installer,
                ["nobody"] = office.Anonymous,
            };
            return new Walk(office, people, seed) { offer = await office.OfferAsync() };
        }

        public async Task CallAsync()
        {
            var act = Acts[random.Next(Acts.Length)];
            if (((act is "reject" or "cancel") && random.Next(6) > 0) || (act is "disburse" && random.Next(2) > 0))
            {
                // Or most walks would end early.
                return;
            }
            // Half of the calls are made by who may make them, or walks would not get far.
            var person = random.Next(2) == 0 ? people.Keys.ElementAt(random.Next(people.Count)) : LikelyPerson(act);
            trace.Add($"{person}: {act}");
            callsSinceTheEnd += Steps.All.Any(step => Steps.Next(state, step) is not null) ? 0 : 1;
            try
            {
                await DoAsync(act, person);
                await CheckAsync();
            }
            catch (Exception exception) when (exception is ShouldAssertException or InvalidOperationException)
            {
                throw new InvalidOperationException(string.Join('\n', trace), exception);
            }
        }

        public async Task ShouldBeAsForetoldAsync()
        {
            if (isDeleted)
            {
                return;
            }
            var path = $"/loan-offers/{offer.Id}";
            var steps = (await office.Installer.GetAsync($"{path}/history", HttpStatusCode.OK)).Json.GetProperty("items");
            steps.EnumerateArray().Select(step => step.GetProperty("to").GetString()).ShouldBe(history);
            steps.EnumerateArray().Skip(1).Select(step => step.GetProperty("from").GetString()).ShouldBe(history.SkipLast(1));
            history
                .Zip(history.Skip(1))
                .ShouldAllBe(move => Steps.All.Append("expire").Any(step => Steps.Next(move.First, step) == move.Second));
            var events = (await office.EventsAsync(offer))
                .Select(happened => happened.Type["LoanOffer".Length..].ToUpperInvariant())
                .ToList();
            events.Remove("WITHDRAWALPERIODENDED").ShouldBe(isWithdrawalEndTold);
            events.ShouldBe(["CREATED", .. history.Skip(1)]);
            var versions = (await office.Installer.GetAsync($"{path}/versions", HttpStatusCode.OK)).Json.GetProperty("items");
            versions
                .EnumerateArray()
                .Select(item => item.GetProperty("number").GetInt32())
                .ShouldBe(Enumerable.Range(1, version).Reverse());
        }

        private static string LikelyPerson(string act) =>
            act switch
            {
                "read" or "list" or "schedule" => "customer",
                "approve" => "underwriter",
                "disburse" => "underwriter",
                "accept" or "accept outdated" or "decline" or "withdraw" => "customer",
                _ => "colleague",
            };

        private Task DoAsync(string act, string person) =>
            act switch
            {
                "read" => ReadAsync(person, ""),
                "schedule" => ReadAsync(person, "/schedule"),
                "list" => ListAsync(person),
                "patch" => PatchAsync(person, 1_000 * random.Next(1, 31)),
                "patch nothing" => PatchAsync(person, amount),
                "approve" => MoveAsync(person, act, Staff(person, mayWrite: false) ?? ObstacleTo(act) ?? Tier(person)),
                "reject" => MoveAsync(person, act, Staff(person, mayWrite: false) ?? ObstacleTo(act)),
                "disburse" => MoveAsync(person, act, Payer(person) ?? ObstacleTo(act) ?? ThirdPerson(person)),
                "cancel" => MoveAsync(person, act, Staff(person, mayWrite: true) ?? ObstacleTo(act)),
                "accept" or "decline" => MoveAsync(person, act, Customer(person) ?? ObstacleToAnswer(act)),
                "accept outdated" => AcceptOutdatedAsync(person),
                "accept with link" or "decline with link" => AnswerWithLinkAsync(person, act.Split(' ')[0]),
                "accept with used link" => MoveAsync(person, "accept", LinkInvalid, usedLinks[random.Next(usedLinks.Count)]),
                "withdraw" => MoveAsync(
                    person,
                    act,
                    Customer(person) ?? ObstacleTo(act) ?? (isWithdrawalOver ? (409, "withdrawal-period-over") : null)
                ),
                "make link" => MakeLinkAsync(person),
                "revoke link" => RevokeLinkAsync(person),
                "open link" => OpenLinkAsync(person, link, LinkObstacle),
                "open used link" => OpenLinkAsync(person, usedLinks[random.Next(usedLinks.Count)], LinkInvalid),
                "delete" => DeleteAsync(person),
                "offer falls due" => FallDueAsync(),
                "withdrawal period ends" => EndWithdrawalPeriodAsync(),
                _ => RunJobAsync(),
            };

        private static (int, string)? LinkInvalid => (404, "link-invalid");

        private (int, string)? LinkObstacle => state != "APPROVED" || isOverdue ? LinkInvalid : null;

        private static (int, string)? Staff(string person, bool mayWrite) =>
            person switch
            {
                "nobody" => (401, "unauthenticated"),
                "customer" or "other customer" => (403, "forbidden"),
                "underwriter" when mayWrite => (403, "forbidden"),
                "stranger" => (404, "not-found"),
                _ => null,
            };

        private static (int, string)? Payer(string person) =>
            person is "creator" or "colleague" or "stranger" ? (403, "forbidden") : Staff(person, mayWrite: false);

        private static (int, string)? Customer(string person) =>
            person switch
            {
                "nobody" => (401, "unauthenticated"),
                "customer" => null,
                "other customer" => (404, "not-found"),
                _ => (403, "forbidden"),
            };

        private static (int, string)? Reader(string person) =>
            person switch
            {
                "nobody" => (401, "unauthenticated"),
                "other customer" or "stranger" => (404, "not-found"),
                _ => null,
            };

        private (int, string)? ObstacleTo(string step) => Steps.Next(state, step) is null ? (409, Steps.Refusal(state, step)) : null;

        private (int, string)? ObstacleToAnswer(string step) =>
            ObstacleTo(step) ?? (state == "APPROVED" && isOverdue ? (409, "offer-expired") : null);

        private (int, string)? Tier(string person) =>
            amount switch
            {
                <= 5_000 => null,
                <= 20_000 => person == "creator" || person == termsBy ? (403, "second-person-required") : null,
                _ => person == "underwriter" ? null : (403, "underwriter-required"),
            };

        private (int, string)? ThirdPerson(string person) =>
            amount > 5_000 && (person == "creator" || person == termsBy || person == approvedBy) ? (403, "third-person-required") : null;

        private async Task ReadAsync(string person, string suffix)
        {
            await ExpectAsync(person, "GET", $"/loan-offers/{offer.Id}{suffix}", null, Reader(person));
            isSeen |= person == "customer";
        }

        private async Task ListAsync(string person)
        {
            var answer = await ExpectAsync(person, "GET", "/loan-offers", null, person == "nobody" ? (401, "unauthenticated") : null);
            if (person != "nobody")
            {
                answer.Json.GetProperty("items").GetArrayLength().ShouldBe(Reader(person) is null ? 1 : 0);
            }
            isSeen |= person == "customer";
        }

        private async Task PatchAsync(string person, decimal loanAmount)
        {
            var refusal = Staff(person, mayWrite: true) ?? (state == "PENDING" ? null : (409, "offer-not-pending"));
            await ExpectAsync(person, "PATCH", $"/loan-offers/{offer.Id}", new { loanAmount }, refusal);
            if (refusal is null && loanAmount != amount)
            {
                outdated = offer;
                version += isSeen ? 1 : 0;
                (amount, isSeen, termsBy) = (loanAmount, false, person);
            }
        }

        private async Task MoveAsync(string person, string step, (int, string)? refusal, string? token = null)
        {
            object body = step switch
            {
                "accept" => Steps.Acceptance(offer, token),
                "decline" => new { linkToken = token },
                _ => Steps.BodyOf(step, offer),
            };
            await ExpectAsync(person, "POST", $"/loan-offers/{offer.Id}/{step}", body, refusal);
            if (refusal is null)
            {
                approvedBy = step == "approve" ? person : approvedBy;
                Enter(Steps.Next(state, step)!);
            }
        }

        private async Task AcceptOutdatedAsync(string person)
        {
            if (outdated is null)
            {
                return;
            }
            var refusal = Customer(person) ?? ObstacleToAnswer("accept") ?? (409, "offer-version-outdated");
            await ExpectAsync(person, "POST", $"/loan-offers/{offer.Id}/accept", Steps.Acceptance(outdated), refusal);
        }

        private async Task AnswerWithLinkAsync(string person, string step)
        {
            if (link is null)
            {
                return;
            }
            // Whoever holds the link speaks for the customer, whatever account they have.
            var refusal = LinkObstacle;
            await MoveAsync(person, step, refusal, link);
            if (refusal is null)
            {
                RetireLink();
                // Pages still show the offer with it, until it is revoked.
                isAnsweredLinkShown = true;
            }
        }

        private async Task MakeLinkAsync(string person)
        {
            var refusal = Staff(person, mayWrite: true) ?? ObstacleToAnswer("accept");
            var answer = await ExpectAsync(person, "POST", $"/loan-offers/{offer.Id}/link", null, refusal);
            if (refusal is null)
            {
                RetireLink();
                link = answer["token"];
            }
        }

        private async Task RevokeLinkAsync(string person)
        {
            var refusal =
                Staff(person, mayWrite: true)
                ?? (!isAnsweredLinkShown && (link is null || LinkObstacle is not null) ? (404, "not-found") : null);
            await ExpectAsync(person, "DELETE", $"/loan-offers/{offer.Id}/link", null, refusal);
            if (refusal is null)
            {
                RetireLink();
                isAnsweredLinkShown = false;
            }
        }

        private async Task OpenLinkAsync(string person, string? token, (int, string)? refusal)
        {
            if (token is null)
            {
                return;
            }
            await ExpectAsync(person, "POST", $"/loan-offers/{offer.Id}/link/open", new { token }, refusal);
            isSeen |= refusal is null;
        }

        private async Task DeleteAsync(string person)
        {
            // Seldom, as it ends the walk.
            if (state == "PENDING" && random.Next(5) > 0)
            {
                return;
            }
            var refusal =
                Staff(person, mayWrite: true)
                ?? (
                    state != "PENDING" ? (409, "offer-not-pending")
                    : isSeen || version > 1 ? (409, "offer-seen")
                    : null
                );
            await ExpectAsync(person, "DELETE", $"/loan-offers/{offer.Id}", null, refusal);
            isDeleted = refusal is null;
        }

        private async Task FallDueAsync()
        {
            if (state == "APPROVED" && random.Next(3) == 0)
            {
                await office.LetPassAsync(offer, "valid_until");
                await office.SqlAsync($"UPDATE loans.offer_links SET expires_at = now() WHERE offer_id = '{offer.Id}'");
                isOverdue = true;
            }
        }

        private async Task EndWithdrawalPeriodAsync()
        {
            if ((state is "ACCEPTED" or "DISBURSED") && random.Next(3) == 0)
            {
                await office.LetPassAsync(offer, "withdrawal_ends_at");
                isWithdrawalOver = true;
            }
        }

        private async Task RunJobAsync()
        {
            await office.Deadlines.RunAsync(office.Id, CancellationToken.None);
            if (state == "APPROVED" && isOverdue)
            {
                Enter("EXPIRED");
            }
            isWithdrawalEndTold |= (state is "ACCEPTED" or "DISBURSED") && isWithdrawalOver;
        }

        private void Enter(string next)
        {
            state = next;
            history.Add(next);
        }

        private void RetireLink()
        {
            if (link is not null)
            {
                usedLinks.Add(link);
            }
            link = null;
        }

        private async Task<Answer> ExpectAsync(string person, string method, string path, object? body, (int Status, string Code)? refusal)
        {
            var answer = await people[person].SendAsync(method, path, body);
            if (refusal is { } expected)
            {
                answer.ShouldBeProblem((HttpStatusCode)expected.Status, expected.Code);
                Refusals.Add(expected.Code);
            }
            else
            {
                ((int)answer.Status).ShouldBeInRange(200, 204, answer.Text);
            }
            return answer;
        }

        private async Task CheckAsync()
        {
            if (isDeleted)
            {
                await office.Installer.GetAsync($"/loan-offers/{offer.Id}", HttpStatusCode.NotFound);
                return;
            }
            offer = await office.Installer.GetAsync($"/loan-offers/{offer.Id}", HttpStatusCode.OK);
            offer["status"].ShouldBe(state);
            offer.Json.GetProperty("version").GetInt32().ShouldBe(version);
            offer.Json.GetProperty("loanAmount").GetDecimal().ShouldBe(amount);
            (offer.Json.GetProperty("validUntil").ValueKind == JsonValueKind.Null).ShouldBe(!history.Contains("APPROVED"));
        }
    }
}
