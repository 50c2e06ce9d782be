using System.Net;
using Lending.Testing;

namespace Lending.Host.Tests.Journeys;

/// <summary>What is done with one offer, and what should come of it: an acceptance has to be answered as these few members say.</summary>
internal sealed class ContractWalk
{
    private const int MostTries = 5;

    /// <summary>Who answers: the customer with their account, and whoever holds the link.</summary>
    public static readonly string[] People = ["account", "link"];

    public static readonly string[] Acts =
    [
        "assess",
        "reopen the application",
        "withdraw the application",
        "form",
        "change the terms",
        "approve",
        "link",
        "code account",
        "code link",
        "accept account own",
        "accept account other",
        "accept account none",
        "accept account wrong",
        "accept link own",
        "accept link other",
        "accept link none",
        "accept link wrong",
    ];

    private readonly HttpClient nobody;
    private readonly HttpClient installer;
    private readonly HttpClient customer;
    private readonly Guid customerId;
    private readonly Guid offerId;
    private readonly Dictionary<string, Code> codes = new(StringComparer.Ordinal);
    private string? linkToken;
    private Guid? applicationId;
    private string application = "NONE";
    private string? informedOf;
    private bool isApproved;
    private int termMonths = 120;

    private ContractWalk(HttpClient nobody, HttpClient installer, HttpClient customer, Guid customerId, Guid offerId) =>
        (this.nobody, this.installer, this.customer, this.customerId, this.offerId) = (nobody, installer, customer, customerId, offerId);

    public bool IsAccepted { get; private set; }

    public static async Task<ContractWalk> BeginAsync(World world, HttpClient nobody, HttpClient installer)
    {
        // At a home of their own, so that no walk makes those after it look like fraud.
        var home = World.NewCustomer(addressLine1: $"Sonnenallee {Unique.Text()}");
        var person = (await installer.PostAsync("/customers", home, HttpStatusCode.Created)).Id;
        var account = await world.ActivateCustomerAsync(installer, person);
        return new(nobody, installer, account, person, await World.CreateOfferAsync(installer, person));
    }

    public async Task DoAsync(string act)
    {
        if (IsAccepted)
        {
            return;
        }
        var words = act.Split(' ');
        switch (words[0])
        {
            case "assess":
                await AssessAsync();
                break;
            case "reopen":
                await LeaveApplicationAsync("reassess", null, from: ["APPROVED"], to: "REASSESSING");
                break;
            case "withdraw":
                await LeaveApplicationAsync("withdraw", new { }, from: ["APPROVED", "REASSESSING"], to: "WITHDRAWN");
                break;
            case "form":
                await installer.PostAsync(
                    $"/loan-offers/{offerId}/disclosures",
                    new { medium = "PAPER", language = "en" },
                    HttpStatusCode.Created
                );
                informedOf = (await OfferAsync())["documentHash"];
                break;
            case "change":
                var terms = new { termMonths = --termMonths };
                (await installer.SendAsync("PATCH", $"/loan-offers/{offerId}", terms)).Status.ShouldBe(
                    isApproved ? HttpStatusCode.Conflict : HttpStatusCode.OK
                );
                break;
            case "approve":
                await ApproveAsync();
                break;
            case "link":
                var link = await installer.SendAsync("POST", $"/loan-offers/{offerId}/link");
                link.Status.ShouldBe(isApproved ? HttpStatusCode.Accepted : HttpStatusCode.Conflict, link.Text);
                linkToken = isApproved ? link["token"] : linkToken;
                // Codes are those of the link before.
                codes.Remove("link");
                break;
            case "code":
                await SendCodeAsync(words[1]);
                break;
            case "accept":
                await AcceptAsync(words[1], words[2]);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(act), act, "No such act.");
        }
    }

    public async Task<string?> ApplicationStatusAsync() =>
        applicationId is { } id ? (await installer.GetAsync($"/applications/{id}", HttpStatusCode.OK))["application.status"] : null;

    public Task UntilAsync(string status) => World.UntilAsync(installer, applicationId!.Value, status);

    private Task<Answer> OfferAsync() => installer.GetAsync($"/loan-offers/{offerId}", HttpStatusCode.OK);

    private async Task AssessAsync()
    {
        switch (application)
        {
            case "APPROVED":
                return;
            case "REASSESSING":
                await installer.PostAsync($"/applications/{applicationId}/assess", null, HttpStatusCode.OK);
                break;
            default:
                applicationId = await World.ApplyAsync(installer, customerId, SampleBodies.Household(housing: 300, offerId: offerId));
                break;
        }
        await UntilAsync("APPROVED");
        application = "APPROVED";
    }

    private async Task LeaveApplicationAsync(string step, object? body, string[] from, string to)
    {
        if (from.Contains(application))
        {
            await installer.PostAsync($"/applications/{applicationId}/{step}", body, HttpStatusCode.OK);
            application = to;
        }
    }

    private async Task ApproveAsync()
    {
        var answer = await installer.SendAsync("POST", $"/loan-offers/{offerId}/approve", World.Decision(await OfferAsync()));
        if (isApproved)
        {
            answer.ShouldBeProblem(HttpStatusCode.Conflict, "offer-not-pending");
            return;
        }
        isApproved = answer.Status == HttpStatusCode.OK;
        isApproved.ShouldBe(application == "APPROVED", answer.Text);
    }

    private async Task SendCodeAsync(string person)
    {
        var answer = await ClientOf(person).SendAsync("POST", $"/loan-offers/{offerId}/code", new { linkToken = TokenOf(person) });
        var works = isApproved && (person == "account" || linkToken is not null);
        (answer.Status == HttpStatusCode.Accepted).ShouldBe(works, answer.Text);
        if (works)
        {
            codes[person] = new Code(answer["codeSession"]!, answer["code"]!, Tries: 0);
        }
    }

    private async Task AcceptAsync(string person, string which)
    {
        var own = codes.GetValueOrDefault(person);
        var other = codes.GetValueOrDefault(People.Single(one => one != person));
        var given = which switch
        {
            "own" => own,
            "other" => other,
            "wrong" => own is null ? null : own with { Digits = own.Digits == "000000" ? "000001" : "000000" },
            _ => null,
        };
        var offer = await OfferAsync();
        var answer = await ClientOf(person)
            .SendAsync("POST", $"/loan-offers/{offerId}/accept", World.Acceptance(offer, TokenOf(person), given?.Digits, given?.Session));
        if (own is not null && given is not null)
        {
            codes[person] = own with { Tries = own.Tries + 1 };
        }
        var isRight = own is not null && given == own && own.Tries < MostTries;
        IsAccepted = answer.Status == HttpStatusCode.OK;
        IsAccepted.ShouldBe(isRight && isApproved && application == "APPROVED" && informedOf == offer["documentHash"], answer.Text);
        (await OfferAsync())["status"]
            .ShouldBe(
                IsAccepted ? "ACCEPTED"
                : isApproved ? "APPROVED"
                : "PENDING"
            );
    }

    private HttpClient ClientOf(string person) => person == "account" ? customer : nobody;

    private string? TokenOf(string person) => person == "account" ? null : linkToken ?? new string('A', 43);

    private sealed record Code(string Session, string Digits, int Tries);
}
