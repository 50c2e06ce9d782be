using System.Net;
using Lending.Loans.Data;
using Lending.Testing;
using Microsoft.EntityFrameworkCore;

namespace Lending.Loans.Tests.Offers;

/// <summary>The ways into each state of an offer, as the API names them, and who goes them.</summary>
internal static class Steps
{
    /// <summary>What the API offers; offers expire by themselves.</summary>
    public static readonly string[] All = ["approve", "reject", "cancel", "accept", "decline", "withdraw", "disburse"];

    public static readonly string[] States =
    [
        "PENDING",
        "APPROVED",
        "REJECTED",
        "ACCEPTED",
        "DECLINED",
        "EXPIRED",
        "CANCELLED",
        "WITHDRAWN",
        "DISBURSED",
    ];

    // The diagram, written down a second time.
    private static readonly Dictionary<(string State, string Step), string> Diagram = new()
    {
        [("PENDING", "approve")] = "APPROVED",
        [("PENDING", "reject")] = "REJECTED",
        [("PENDING", "cancel")] = "CANCELLED",
        [("APPROVED", "accept")] = "ACCEPTED",
        [("APPROVED", "decline")] = "DECLINED",
        [("APPROVED", "cancel")] = "CANCELLED",
        [("APPROVED", "expire")] = "EXPIRED",
        [("ACCEPTED", "withdraw")] = "WITHDRAWN",
        [("ACCEPTED", "disburse")] = "DISBURSED",
        [("DISBURSED", "withdraw")] = "WITHDRAWN",
    };

    /// <summary>Where a step leads from a state, or null where there is no such step.</summary>
    public static string? Next(string state, string step) => Diagram.GetValueOrDefault((state, step));

    /// <summary>The code of the refusal where there is no such step.</summary>
    public static string Refusal(string state, string step) =>
        step switch
        {
            "approve" or "reject" => "offer-not-pending",
            "cancel" => "offer-not-open",
            "accept" or "decline" => state == "EXPIRED" ? "offer-expired" : "offer-not-approved",
            _ => "offer-not-accepted",
        };

    public static string[] To(string state) =>
        state switch
        {
            "PENDING" => [],
            "APPROVED" => ["approve"],
            "REJECTED" => ["reject"],
            "CANCELLED" => ["cancel"],
            "ACCEPTED" => ["approve", "accept"],
            "DECLINED" => ["approve", "decline"],
            "EXPIRED" => ["approve", "expire"],
            "WITHDRAWN" => ["approve", "accept", "withdraw"],
            "DISBURSED" => ["approve", "accept", "disburse"],
            _ => throw new ArgumentOutOfRangeException(nameof(state), state, "No such state."),
        };

    /// <summary>A body that is right for the step.</summary>
    public static object BodyOf(string step, Answer offer) =>
        step switch
        {
            "accept" => Acceptance(offer),
            "reject" => new
            {
                reason = "CREDIT_HISTORY",
                comment = "because",
                version = VersionOf(offer),
                documentHash = offer["documentHash"],
            },
            "approve" or "disburse" => Decision(offer, "because"),
            _ => new { comment = "because" },
        };

    /// <summary>What staff send to approve an offer as it was answered, or to pay it out.</summary>
    public static object Decision(Answer offer, string? comment = null) =>
        new
        {
            comment,
            version = VersionOf(offer),
            documentHash = offer["documentHash"],
        };

    /// <summary>What the customer sends to accept an offer as it was answered.</summary>
    public static object Acceptance(Answer offer, string? linkToken = null, string? code = null, string? codeSession = null) =>
        new
        {
            typedName = "Ada Berg",
            version = VersionOf(offer),
            documentHash = offer["documentHash"],
            linkToken,
            code,
            codeSession,
        };

    private static int VersionOf(Answer offer) => offer.Json.GetProperty("version").GetInt32();

    /// <summary>Whether it is the customer who goes this step.</summary>
    public static bool IsCustomers(string step) => step is "accept" or "decline" or "withdraw";

    /// <summary>Goes a step as whoever goes it.</summary>
    public static Task<Answer> TryAsync(this Office office, Answer offer, string step, string? ifMatch = null) =>
        office.ClientFor(step).SendAsync("POST", $"/loan-offers/{offer.Id}/{step}", BodyOf(step, offer), ifMatch);

    /// <summary>Goes a step that there is; <c>expire</c> lets the offer fall due and the job run.</summary>
    public static async Task<Answer> GoAsync(this Office office, Answer offer, string step)
    {
        if (step == "expire")
        {
            await office.LetPassAsync(offer, "valid_until");
            await office.Deadlines.RunAsync(office.Id, CancellationToken.None);
            return await office.Installer.GetAsync($"/loan-offers/{offer.Id}", HttpStatusCode.OK);
        }
        var answer = await office.TryAsync(offer, step);
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        return answer;
    }

    /// <summary>Moves a deadline of the offer into the past, behind the API.</summary>
    public static Task<int> LetPassAsync(this Office office, Answer offer, string deadline) =>
        office.SqlAsync($"UPDATE loans.offers SET {deadline} = now() - interval '1 second' WHERE id = '{offer.Id}'");

    /// <summary>Runs SQL behind the API.</summary>
    public static Task<int> SqlAsync(this Office office, string sql) =>
        office.BehindTheApiAsync((LoansDbContext db) => db.Database.ExecuteSqlRawAsync(sql));
}
